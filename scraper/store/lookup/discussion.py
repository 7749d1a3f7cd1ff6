"""One post's thread in parts: how it branches, the comments of one page of it, and where a comment stands."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from scraper.store.past.thread_as_of import branches_as_of, comments_as_of
from scraper.store.planning.times import Time, utc_text
from scraper.store.reader import COMMENT_FIELDS, ThreadComment, comment_from_row
from scraper.store.rows import among


@dataclass(frozen=True, slots=True)
class Standing:
    """How a thread stands: comments held, those of them that the page still shows, and what it declares."""

    held: int
    gone: int  # placeholders of deleted ones, and those that a later visit did not find
    declared: int | None
    complete: bool | None  # None: nobody can know
    service: str | None  # keeps (more of) the comments


def read_standing(connection: sqlite3.Connection, post_id: int) -> Standing:
    """How the thread of this post stands."""
    held, gone, declared, complete, service = connection.execute(_STANDING, (post_id,)).fetchone()
    return Standing(held, gone, declared, None if complete is None else bool(complete), service)


def read_branches(
    connection: sqlite3.Connection, post_id: int, at: datetime | None = None
) -> list[tuple[int, int | None]]:
    """(id, parent's id) of each comment of a post, in the order in which its pages show them; with `at` of then."""
    if at is not None:
        return branches_as_of(connection, post_id, utc_text(at))
    return connection.execute(_BRANCHES, (post_id,)).fetchall()


def read_comments(
    connection: sqlite3.Connection, ids: Sequence[int], at: datetime | None = None
) -> dict[int, ThreadComment]:
    """These comments by id; with `at` as they were then, but for their parents."""
    rows = connection.execute(_COMMENTS, (json.dumps(ids),))
    comments: Iterable[ThreadComment] = map(comment_from_row, rows)
    if at is not None:
        comments = comments_as_of(connection, comments, utc_text(at))
    return {comment.id: comment for comment in comments}


def edited_among(connection: sqlite3.Connection, ids: Sequence[int]) -> frozenset[int]:
    """Those of these comments that were worded differently before."""
    rows = connection.execute(
        f"SELECT DISTINCT comment_id FROM revisions WHERE {among('comment_id')}", (json.dumps(ids),)
    )
    return frozenset(key for (key,) in rows)


def times_of(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, Time]:
    """When these comments were written."""
    rows = connection.execute(_TIMES, (json.dumps(ids),))
    return {row[0]: Time(*row[1:]) for row in rows}


def post_of_comment(connection: sqlite3.Connection, comment_id: int) -> int | None:
    """The id of the post that a comment is about; None where there is no such comment."""
    row = connection.execute("SELECT post_id FROM comments WHERE id = ?", (comment_id,)).fetchone()
    return row[0] if row else None


_STANDING = """
SELECT (SELECT count(*) FROM comments WHERE post_id = posts.id),
  (SELECT count(*) FROM comments WHERE post_id = posts.id AND (state <> 'visible' OR EXISTS (
    SELECT 1 FROM absences WHERE comment_id = comments.id AND back_capture_id IS NULL
  ))),
  declared_comment_count, comments_complete, comments_service
FROM posts WHERE id = ?"""
_BRANCHES = """
SELECT id, parent_id FROM comments WHERE post_id = ?1
ORDER BY coalesce(thread_page, (SELECT thread_page FROM own_pages WHERE post_id = ?1), 0), position, id"""
_COMMENTS = f"SELECT {COMMENT_FIELDS} FROM comments WHERE {among('id')}"
_TIMES = f"""
SELECT id, published, published_earliest, published_latest, published_precision, published_shown
FROM comments WHERE {among("id")}"""
