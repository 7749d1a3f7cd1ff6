"""A post's thread as an archive held it at some time: `branches_as_of` for all of it, `comments_as_of` for some."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from scraper.store.rows import Row

if TYPE_CHECKING:
    from scraper.store.reader import ThreadComment


def branches_as_of(connection: sqlite3.Connection, post_id: int, at: str) -> list[tuple[int, int | None]]:
    """(id, parent's id) of each comment that was held at this time (UTC, as in rows), in the order of the pages.

    What was not there any more counts as held; a parent that was not held as none.
    """
    rows = connection.execute(_BRANCHES, {"post": post_id, "at": at}).fetchall()
    held = {key for key, _ in rows}
    return [(key, parent if parent in held else None) for key, parent in rows]


def comments_as_of(
    connection: sqlite3.Connection, comments: Iterable[ThreadComment], at: str
) -> Iterator[ThreadComment]:
    """The comments as the newest captures at or before that time show them; what no page shows is as it is now."""
    comments = tuple(comments)
    asked = {"ids": json.dumps([comment.id for comment in comments]), "at": at}
    shown = {row[0]: row[1:] for row in connection.execute(_SHOWN, asked)}
    absent = dict(connection.execute(_ABSENT, asked).fetchall())
    for comment in comments:
        yield replace(_then(comment, shown.get(comment.id)), not_seen_since=absent.get(comment.id))


def _then(comment: ThreadComment, row: Row | None) -> ThreadComment:
    if row is None:
        return comment
    author, permalink, subject, text, html, differs, at = row
    state = "visible" if differs and text else comment.state
    then = replace(comment, author=author, permalink=permalink, subject=subject, text=text, html=html)
    return replace(then, state=state, captured_at=at)


# Held is what a capture of then shows, and what no page ever showed but a feed or an interface had told of; of a post
# without a history all that it has.
_BRANCHES = """
SELECT id, parent_id FROM comments WHERE post_id = :post AND (
  EXISTS (
    SELECT 1 FROM comment_sightings JOIN captures ON captures.id = capture_id
    WHERE comment_id = comments.id AND coalesce(fetched_at, '') <= :at
  )
  OR (
    coalesce((SELECT fetched_at FROM captures WHERE id = first_capture_id), '') <= :at
    AND NOT EXISTS (SELECT 1 FROM comment_sightings WHERE comment_id = comments.id)
  )
  OR NOT EXISTS (SELECT 1 FROM post_sightings WHERE post_id = :post)
)
ORDER BY coalesce(thread_page, (SELECT thread_page FROM own_pages WHERE post_id = :post), 0), position, id"""

_SHOWN = """
SELECT comment_id, author, permalink, subject, text, html, text_sha256 <> '', fetched_at FROM (
  SELECT *, row_number() OVER (PARTITION BY comment_id ORDER BY coalesce(fetched_at, '') DESC, capture_id DESC) AS place
  FROM comment_history WHERE comment_id IN (SELECT value FROM json_each(:ids)) AND coalesce(fetched_at, '') <= :at
) WHERE place = 1"""

_ABSENT = """
SELECT absences.comment_id, missed.fetched_at FROM absences
JOIN captures AS missed ON missed.id = absences.missed_capture_id
LEFT JOIN captures AS back ON back.id = absences.back_capture_id
WHERE comment_id IN (SELECT value FROM json_each(:ids)) AND missed.fetched_at <= :at
AND (back.id IS NULL OR back.fetched_at > :at)"""
