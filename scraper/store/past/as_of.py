"""A post as an archive held it at some time: `as_of`, made of what captures of then show."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from scraper.store.past.thread_as_of import branches_as_of, comments_as_of
from scraper.store.planning.values import text_digest
from scraper.store.rows import Row
from scraper.text.parts import Part, joined

if TYPE_CHECKING:
    from scraper.store.reader import ArchivedPost, Signer, ThreadComment


def as_of(connection: sqlite3.Connection, post: ArchivedPost, at: str) -> ArchivedPost | None:
    """The post as of this time (UTC, as in rows): None where no capture of it is as old.

    Title, text, tags, count, bios and comments are as the newest captures at or before that time show them; captures
    whose time nobody knows count as older than all others. What no history is kept of, such as the subtitle, is as it
    is now.
    Comments that were not there any more stay, with the time when that was found out.
    """
    rows = connection.execute(_CHOSEN, {"post": post.id, "at": at}).fetchall()
    if not rows:
        (is_seen,) = connection.execute("SELECT count(*) FROM post_sightings WHERE post_id = ?", (post.id,)).fetchone()
        return None if is_seen or (post.captured_at or "") > at else post
    fetched_at, is_current, part, title, text, html, declared, filed = rows[0]
    then = replace(post, comments=_comments(connection, post, at), signers=_signers(connection, post.signers, at))
    if part is not None:
        parts = connection.execute(_PARTS, {"post": post.id, "at": at}).fetchall()
        whole = joined(Part(*each) for each in parts)
        text, html = whole.text, whole.html
        held = {number for number, _, _ in parts}
        (last,) = connection.execute("SELECT max(number) FROM post_parts WHERE post_id = ?", (post.id,)).fetchone()
        every = range(1, max(last, *post.missing_pages, 1) + 1)
        then = replace(then, missing_pages=tuple(each for each in every if each not in held))
    elif is_current:
        return replace(then, gone_since=gone_since(connection, post.id, at))
    if not is_current:
        then = replace(then, title=title, declared_comment_count=declared, captured_at=fetched_at)
        if filed is not None:
            then = replace(then, tags=_filed(filed, "tag"), categories=_filed(filed, "category"))
    return replace(then, text=text, html=html, gone_since=gone_since(connection, post.id, at))


def _filed(filed: str, kind: str) -> tuple[str, ...]:
    return tuple(name for each, name in json.loads(filed) if each == kind)


def gone_since(connection: sqlite3.Connection, post_id: int, at: str = "9999") -> str | None:
    """Since when the post's own page was gone, as it was known at this time; None where it was not, or is not known."""
    found: str | None = connection.execute(_GONE, {"post": post_id, "at": at}).fetchone()[0]
    return found


def _comments(connection: sqlite3.Connection, post: ArchivedPost, at: str) -> tuple[ThreadComment, ...]:
    if not post.comments:  # or it was asked for without them
        return ()
    parents = dict(branches_as_of(connection, post.id, at))
    held = (replace(each, parent_id=parents[each.id]) for each in post.comments if each.id in parents)
    return tuple(comments_as_of(connection, held, at))


def _signers(connection: sqlite3.Connection, signers: Iterable[Signer], at: str) -> tuple[Signer, ...]:
    signers = tuple(signers)
    ids = json.dumps([signer.person_id for signer in signers])
    bios: Mapping[int, Row] = {row[0]: row[1:] for row in connection.execute(_BIOS, (ids, at))}
    return tuple(_signer_then(signer, bios.get(signer.person_id)) for signer in signers)


def _signer_then(signer: Signer, row: Row | None) -> Signer:
    if row is None:  # no capture tells of the bio
        return signer
    digest, text, html = row
    if digest is None:
        return replace(signer, bio_text=None, bio_html=None, bio_source=None, picture_url=None)
    is_current = text is None or text_digest(None, signer.bio_text or "") == digest
    return signer if is_current else replace(signer, bio_text=text, bio_html=html)


_CHOSEN = """
SELECT history.fetched_at, history.capture_id IS posts.capture_id, history.post_page,
  history.title, history.text, history.html, post_sightings.declared,
  post_sightings.tags
FROM post_history AS history
JOIN post_sightings ON post_sightings.capture_id = history.capture_id
JOIN posts ON posts.id = history.post_id
WHERE history.post_id = :post AND coalesce(history.fetched_at, '') <= :at
ORDER BY history.preference DESC, coalesce(history.fetched_at, '') DESC, history.capture_id DESC LIMIT 1"""

_PARTS = """
SELECT post_page, text, html FROM (
  SELECT post_page, text, html,
    row_number() OVER (PARTITION BY post_page ORDER BY coalesce(fetched_at, '') DESC, capture_id DESC) AS place
  FROM post_history WHERE post_id = :post AND post_page IS NOT NULL AND coalesce(fetched_at, '') <= :at
) WHERE place = 1 ORDER BY post_page"""

_GONE = """
SELECT min(at) FROM page_losses
WHERE page_id = (SELECT pages.id FROM pages JOIN posts ON posts.url_key = pages.url_key WHERE posts.id = :post)
AND state = 'gone' AND at <= :at AND at >= coalesce((
  SELECT max(captures.fetched_at) FROM captures JOIN post_sightings ON post_sightings.capture_id = captures.id
  WHERE captures.page_id = page_losses.page_id AND captures.fetched_at <= :at
), '')"""

_BIOS = """
SELECT who, digest, revisions.text, revisions.html FROM (
  SELECT who, substr(newest, instr(newest, ' ') + 1) AS digest FROM (
    SELECT person_id AS who,
      max(CASE WHEN coalesce(fetched_at, '') <= ?2 THEN coalesce(fetched_at, '') || ' ' || bio_sha256 END) AS newest
    FROM person_sightings JOIN captures ON captures.id = capture_id
    WHERE person_id IN (SELECT value FROM json_each(?1)) AND bio_sha256 IS NOT NULL GROUP BY person_id
  )
) LEFT JOIN revisions ON revisions.person_id = who AND revisions.text_sha256 = digest"""
