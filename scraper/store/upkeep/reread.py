"""What a capture that is read again does not say any more: noted, never deleted; and revisions that only we made."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from scraper.model import Post
from scraper.store.planning.comment_plan import matched_rows
from scraper.store.planning.values import Seen, StoredPost, text_digest
from scraper.store.rows import among


@dataclass(frozen=True, slots=True)
class Lost:
    """Posts, comments and people's bios whose own capture was read again and does not show them any more."""

    posts: tuple[int, ...] = ()
    comments: tuple[int, ...] = ()


def find_lost(
    connection: sqlite3.Connection,
    captures: Collection[int],
    stored: Mapping[str, StoredPost],
    seen: Mapping[str, Seen],
) -> Lost:
    """What of the rows that were read from these captures is not found in them any more, before anything is written."""
    shown_posts = {
        stored[key].id for key, each in seen.items() for sighting in each.sightings if sighting.capture_id in captures
    }
    matched = {row_id for key, each in seen.items() for row_id in matched_rows(stored[key], each)}
    posts = _rows(connection, "SELECT id FROM posts WHERE", "capture_id", captures) - shown_posts
    comments = _rows(connection, "SELECT id FROM comments WHERE", "last_capture_id", captures) - matched
    return Lost(tuple(sorted(posts)), tuple(sorted(comments)))


def note_lost(connection: sqlite3.Connection, lost: Lost) -> None:
    """Writes that these are gone, though their rows stay."""
    rows = [("post", row_id) for row_id in lost.posts] + [("comment", row_id) for row_id in lost.comments]
    connection.executemany("INSERT OR IGNORE INTO reparse_changes VALUES (?, ?, 'gone', NULL)", rows)


def rename_causes(connection: sqlite3.Connection, stored: Mapping[str, StoredPost], seen: Mapping[str, Seen]) -> None:
    """Lets revisions that these captures do not word so any more be 'reparsed': nobody changed the page."""
    connection.executemany(_RENAME_POST, _post_readings(stored, seen))
    connection.executemany(_RENAME_COMMENT, _comment_readings(stored, seen))


def _post_readings(stored: Mapping[str, StoredPost], seen: Mapping[str, Seen]) -> Iterator[tuple[int, int, str]]:
    for key, each in seen.items():
        for sighting in each.sightings if stored[key].revisions else ():
            if sighting.capture_id is not None and sighting.page.post_page is None:
                post = sighting.page.post or Post(None)
                yield (stored[key].id, sighting.capture_id, text_digest(post.title, post.text))


def _comment_readings(stored: Mapping[str, StoredPost], seen: Mapping[str, Seen]) -> Iterator[tuple[int, int, str]]:
    for key, each in seen.items():
        revised = {row.id for row in stored[key].comments if row.revisions}
        if not revised or len(each.sightings) != 1:  # of several it is not known which said what
            continue
        for row_id, comment in matched_rows(stored[key], each).items():
            capture_id = comment.values.last_capture_id
            if row_id in revised and capture_id is not None:
                yield (row_id, capture_id, text_digest(comment.values.subject, comment.values.text))


def _rows(connection: sqlite3.Connection, select: str, column: str, ids: Collection[int]) -> set[int]:
    found = connection.execute(f"{select} {among(column)}", (json.dumps(sorted(ids)),))
    return {row_id for (row_id,) in found}


_RENAME_POST = """
UPDATE revisions SET cause = 'reparsed'
WHERE post_id = ? AND capture_id = ? AND text_sha256 <> ? AND cause <> 'reparsed'"""
_RENAME_COMMENT = """
UPDATE revisions SET cause = 'reparsed'
WHERE comment_id = ? AND capture_id = ? AND text_sha256 <> ? AND cause <> 'reparsed'"""
