"""What a post and its thread said before: `list_wordings`, and what became of its comments."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from scraper.store.rows import among


@dataclass(frozen=True, slots=True)
class Wording:
    """The first capture that shows a wording of a post, or of one of the pages that it stands on."""

    capture_id: int
    seen_at: str | None
    page: int | None  # number of the page, where the post stands on several


@dataclass(frozen=True, slots=True)
class Words:
    """What a post said."""

    title: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Rewording:
    """A comment as it was, and as it is now."""

    comment_id: int
    author: str | None
    seen_at: str | None  # of the capture that shows the older wording
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """A capture of a post or of a page of its thread, and how many comments there were."""

    capture_id: int
    url: str
    fetched_at: str | None
    comments: int
    declared: int | None
    confirmed_at: str | None


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A comment that was not seen since."""

    comment_id: int
    author: str | None
    text: str
    last_seen: str | None
    missed_at: str | None


def list_wordings(connection: sqlite3.Connection, post_id: int) -> list[Wording]:
    """The wordings one after the other, oldest first; each page of a post by itself.

    Only those of the pages that the row of the post is made of: other views of it word things in their own way.
    """
    wordings: list[Wording] = []
    last: tuple[object, ...] = ()
    for digest, capture_id, seen_at, page in connection.execute(_WORDINGS, (post_id,)):
        if (page, digest) != last:
            wordings.append(Wording(capture_id, seen_at, page))
        last = (page, digest)
    return wordings


def read_words(connection: sqlite3.Connection, post_id: int, captures: Sequence[int]) -> dict[int, Words]:
    """What the post said, by capture."""
    rows = connection.execute(_WORDS, (post_id, json.dumps(captures)))
    return {capture_id: Words(title, text) for capture_id, title, text in rows}


def count_rewordings(connection: sqlite3.Connection, post_id: int) -> int:
    """How many earlier wordings of comments are held."""
    found: int = connection.execute(_REWORDED, (post_id,)).fetchone()[0]
    return found


def read_rewordings(connection: sqlite3.Connection, post_id: int, offset: int, limit: int) -> list[Rewording]:
    """Comments of the post that were worded differently, in the order of their thread."""
    return [Rewording(*row) for row in connection.execute(_REWORDINGS, (post_id, limit, offset))]


def read_sightings(connection: sqlite3.Connection, post_id: int, limit: int) -> list[Sighting]:
    """The captures that the post and its thread were read from, newest first."""
    return [Sighting(*row) for row in connection.execute(_SIGHTINGS, (post_id, limit))]


def read_tombstones(connection: sqlite3.Connection, post_id: int, limit: int) -> list[Tombstone]:
    """The comments of the post that were not seen since."""
    return [Tombstone(*row) for row in connection.execute(_TOMBSTONES, (post_id, limit))]


_WORDINGS = """
SELECT text_sha256, capture_id, fetched_at, post_page FROM post_history
WHERE post_id = ?1 AND text_sha256 IS NOT NULL
  AND preference = (SELECT max(preference) FROM post_sightings WHERE post_id = ?1 AND text_sha256 IS NOT NULL)
ORDER BY post_page, coalesce(fetched_at, ''), capture_id"""
_WORDS = f"SELECT capture_id, title, text FROM post_history WHERE post_id = ? AND {among('capture_id')}"
_REWORDED = """
SELECT count(*) FROM comments JOIN revisions ON revisions.comment_id = comments.id WHERE comments.post_id = ?"""
_REWORDINGS = """
SELECT comments.id, comments.author, captures.fetched_at, revisions.text, comments.text
FROM comments JOIN revisions ON revisions.comment_id = comments.id
LEFT JOIN captures ON captures.id = revisions.capture_id
WHERE comments.post_id = ? ORDER BY comments.thread_page, comments.position, revisions.id LIMIT ? OFFSET ?"""
_SIGHTINGS = """
SELECT capture_id, captures.url, captures.fetched_at, comments, declared, confirmed_at
FROM post_sightings JOIN captures ON captures.id = capture_id
WHERE post_id = ? ORDER BY coalesce(captures.fetched_at, '') DESC, capture_id DESC LIMIT ?"""
_TOMBSTONES = """
SELECT comment_id, author, text, last_seen, not_seen_since FROM tombstones WHERE post_id = ?
ORDER BY not_seen_since, comment_id LIMIT ?"""
