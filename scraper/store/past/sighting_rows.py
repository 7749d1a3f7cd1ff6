"""Sightings, absences and losses on their way into the database; what is there already is not written again."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from scraper.store.past.absences import Absence, ThreadCapture, find_absences
from scraper.store.past.sightings import CommentSighting, FormerComment, PostSighting
from scraper.store.rows import Row, among, insert_sql


@dataclass(frozen=True, slots=True)
class PersonSighting:
    """A person as a capture names or presents them."""

    person_id: int
    capture_id: int
    name: str | None
    bio_sha256: str | None


def _upsert(table: str, values: type, *keys: str) -> str:
    """INSERT that changes what differs; where nothing does, no row is written."""
    columns = [field.name for field in fields(values)]
    rest = [column for column in columns if column not in keys]
    changes = ", ".join(f"{column} = excluded.{column}" for column in rest)
    differs = " OR ".join(f"{table}.{column} IS NOT excluded.{column}" for column in rest)
    return f"{insert_sql(table, *columns)} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes} WHERE {differs}"


def _row_of(values: type) -> Callable[[Any], Row]:
    """What gives a value of this type as the row of its fields."""
    return attrgetter(*(field.name for field in fields(values)))


_UPSERT_POST = _upsert("post_sightings", PostSighting, "capture_id")
_UPSERT_COMMENT = _upsert("comment_sightings", CommentSighting, "comment_id", "capture_id")
_UPSERT_PERSON = _upsert("person_sightings", PersonSighting, "person_id", "capture_id")
_post_row, _comment_row = _row_of(PostSighting), _row_of(CommentSighting)
_person_row, _absence_row = _row_of(PersonSighting), _row_of(Absence)
_READ_AGAIN = f"SELECT capture_id FROM post_sightings WHERE {among('capture_id')}"
_NOT_SHOWN = f"""
DELETE FROM comment_sightings WHERE {among('capture_id')} AND (comment_id, capture_id) NOT IN (
  SELECT value ->> 0, value ->> 1 FROM json_each(?)
)"""  # fmt: skip


def write_sightings(
    connection: sqlite3.Connection,
    posts: Sequence[PostSighting],
    comments: Sequence[CommentSighting],
    former: Iterable[FormerComment],
) -> None:
    """Write what captures show; what an earlier reading of the same captures found instead of it goes.

    Earlier sightings keep what they took from the comments' rows, where these have changed.
    """
    again = [row[0] for row in connection.execute(_READ_AGAIN, (json.dumps([each.capture_id for each in posts]),))]
    for each in former:
        for column in ("author", "permalink", "text_sha256"):
            if (change := getattr(each, column)) is not None:
                _keep(connection, each.comment_id, column, *change)
    connection.executemany(_UPSERT_POST, map(_post_row, posts))
    if again:
        shown = json.dumps([(each.comment_id, each.capture_id) for each in comments])
        connection.execute(_NOT_SHOWN, (json.dumps(again), shown))
    connection.executemany(_UPSERT_COMMENT, map(_comment_row, comments))


def write_people_seen(connection: sqlite3.Connection, people: Iterable[PersonSighting]) -> None:
    """Write how captures name and present people."""
    connection.executemany(_UPSERT_PERSON, map(_person_row, people))


def _keep(connection: sqlite3.Connection, comment_id: int, column: str, old: str, new: str) -> None:
    """What was as in the row is told from now on; what is as in the row now is not."""
    connection.execute(
        f"UPDATE comment_sightings SET {column} = CASE WHEN {column} IS NULL THEN ?1 END"
        f" WHERE comment_id = ?2 AND ({column} IS NULL OR {column} = ?3)",
        (old, comment_id, new),
    )


def write_confirmed(connection: sqlite3.Connection, capture_ids: Iterable[int], now: str) -> list[int]:
    """Note that these captures' pages are still so; the posts whose threads stand on several pages, and were."""
    found: list[int] = []
    for capture_id in capture_ids:
        found += [row[0] for row in connection.execute(_CONFIRM, (now, capture_id))]
    return found


def write_losses(connection: sqlite3.Connection, losses: Iterable[Row]) -> None:
    """Write (page id, time, state, reason) of pages that did not come, where that is news."""
    for loss in losses:
        connection.execute(_ADD_LOSS, loss)


def settle_absences(connection: sqlite3.Connection, post_ids: Collection[int], news: Mapping[int, int]) -> None:
    """Find anew which comments of these posts were absent when, where a post has more than one capture.

    `news` are the captures of posts of which one came. Where that is the newest, and shows all comments but those that
    were absent before it, there is nothing to find: else each capture would cost as much as all before it.
    """
    for (post_id,) in connection.execute(_SEEN_TWICE, (json.dumps(list(post_ids)),)).fetchall():
        if post_id in news and connection.execute(_IS_SETTLED, (post_id, news[post_id])).fetchone()[0]:
            continue
        captures = [_capture(row) for row in connection.execute(_CAPTURES, (post_id,))]
        shown: dict[int, list[int]] = defaultdict(list)
        for capture_id, comment_id in connection.execute(_SHOWN, (post_id,)):
            shown[capture_id].append(comment_id)
        found = set(find_absences(captures, shown))
        stored = {Absence(*row) for row in connection.execute(_ABSENCES, (post_id,))}
        connection.executemany(_DROP_ABSENCE, [(each.comment_id, each.missed) for each in stored - found])
        connection.executemany(_ADD_ABSENCE, map(_absence_row, found - stored))


def _capture(row: Row) -> ThreadCapture:
    capture_id, page, at, until, links, comments, declared, tells = row
    begin = datetime.fromisoformat(at)
    end = max(begin, datetime.fromisoformat(until)) if until else begin
    return ThreadCapture(capture_id, page, begin, end, frozenset(json.loads(links)), comments, declared, bool(tells))


_CONFIRM = """
UPDATE post_sightings SET confirmed_at = ? WHERE capture_id = ?
AND (thread_pages IS NOT NULL OR comment_page IS NOT NULL) RETURNING post_id"""
_ADD_LOSS = """
INSERT INTO page_losses (page_id, at, state, reason) SELECT ?1, ?2, ?3, ?4
WHERE NOT EXISTS (
  SELECT 1 FROM (
    SELECT at, state, reason FROM page_losses WHERE page_id = ?1 AND at <= ?2 ORDER BY at DESC LIMIT 1
  ) AS last
  WHERE last.at = ?2 OR ((last.state, last.reason) IS (?3, ?4) AND NOT EXISTS (
    SELECT 1 FROM captures JOIN post_sightings ON post_sightings.capture_id = captures.id
    WHERE captures.page_id = ?1 AND captures.fetched_at > last.at AND captures.fetched_at <= ?2
  ))
)"""
_SEEN_TWICE = f"""
SELECT post_id FROM post_sightings WHERE {among("post_id")} GROUP BY post_id HAVING count(*) > 1"""
# Shown and absent, or neither, is news. What was confirmed later may have made a visit whole, which a capture undoes.
_IS_SETTLED = """
SELECT ?2 = (
  SELECT capture_id FROM post_sightings JOIN captures ON captures.id = capture_id
  WHERE post_id = ?1 ORDER BY fetched_at DESC, capture_id DESC LIMIT 1
) AND NOT EXISTS (
  SELECT 1 FROM comments WHERE post_id = ?1
  AND EXISTS (SELECT 1 FROM comment_sightings WHERE comment_id = comments.id AND capture_id = ?2)
    = EXISTS (SELECT 1 FROM absences WHERE comment_id = comments.id AND back_capture_id IS NULL)
) AND NOT EXISTS (
  SELECT 1 FROM post_sightings WHERE post_id = ?1 AND confirmed_at IS NOT NULL
  AND EXISTS (
    SELECT 1 FROM absences JOIN comments ON comments.id = comment_id
    WHERE comments.post_id = ?1 AND back_capture_id IS NULL
  )
)"""
_CAPTURES = """
SELECT captures.id, pages.url_key, captures.fetched_at, confirmed_at, coalesce(thread_pages, '[]'), comments, declared,
  tells_thread
FROM post_sightings JOIN captures ON captures.id = post_sightings.capture_id JOIN pages ON pages.id = captures.page_id
WHERE post_sightings.post_id = ? AND fetched_at IS NOT NULL AND pages.view IS NULL"""
_SHOWN = """
SELECT comment_sightings.capture_id, comment_id FROM post_sightings
JOIN comment_sightings ON comment_sightings.capture_id = post_sightings.capture_id
WHERE post_id = ? ORDER BY 1, 2"""
_ABSENCES = """
SELECT comment_id, seen_capture_id, missed_capture_id, back_capture_id FROM absences
WHERE comment_id IN (SELECT id FROM comments WHERE post_id = ?)"""
_DROP_ABSENCE = "DELETE FROM absences WHERE comment_id = ? AND missed_capture_id = ?"
_ADD_ABSENCE = insert_sql("absences", "comment_id", "seen_capture_id", "missed_capture_id", "back_capture_id")
