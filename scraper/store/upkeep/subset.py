"""`copy_posts`: some posts of an archive, with all that belongs to them, in a new database of the same schema.

What the archive knows of its own work (crawls, runs, servers, profiles, a reparse) stays behind. What was read from a
capture that is not copied is no longer traced. How far the segments were taken in is noted, so that where they stand
beside the new database too, no run takes in what was left out.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from scraper.errors import ArchiveError
from scraper.store.connection import named_errors, open_for_writing
from scraper.store.lookup.fulltext import rebuild_all

Cells = dict[str, Any]  # of one row, by column
Rewrite = Callable[[str, Cells], Cells | None]  # of a table's row: what is copied instead; None: nothing

BATCH = 1_000  # rows


def copy_posts(
    connection: sqlite3.Connection, target: Path, posts: Sequence[int] | None, rewrite: Rewrite | None = None
) -> int:
    """The number of posts that were copied to `target`, an empty file: these, or all. Its foreign keys are whole."""
    made = open_for_writing(target)
    try:
        with named_errors(target):
            for pragma in ("foreign_keys = OFF", "journal_mode = OFF", "synchronous = OFF"):  # nobody else sees it yet
                made.execute(f"PRAGMA {pragma}")
            made.execute("BEGIN")
            for table, condition in TABLES.items():
                _copy(connection, made, table, condition, posts, rewrite)
            ends = connection.execute(_SEGMENT_ENDS).fetchall()
            made.executemany("INSERT INTO segments_read (warc_file, read_to) VALUES (?, ?)", ends)
            for table, column, of in LOOSE:
                made.execute(f"UPDATE {table} SET {column} = NULL WHERE {column} NOT IN (SELECT id FROM {of})")
            rebuild_all(made)
            made.execute("COMMIT")
            if made.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise ArchiveError("rows refer to others that are not there; `check` tells more")
            made.execute("PRAGMA journal_mode = DELETE")
            (number,) = made.execute("SELECT count(*) FROM posts").fetchone()
            return int(number)
    finally:
        made.close()


def _copy(
    source: sqlite3.Connection,
    made: sqlite3.Connection,
    table: str,
    condition: str,
    posts: Sequence[int] | None,
    rewrite: Rewrite | None,
) -> None:
    columns = [row[1] for row in made.execute(f"PRAGMA table_info({table})")]
    names = ", ".join(columns)
    sql = f"{_CHOSEN} SELECT {names} FROM {table} WHERE {condition}"
    rows = source.execute(sql, {"posts": None if posts is None else json.dumps(posts)})
    insert = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"
    while batch := rows.fetchmany(BATCH):
        if rewrite is not None:
            changed = (rewrite(table, dict(zip(columns, row, strict=True))) for row in batch)
            batch = [tuple(cells.values()) for cells in changed if cells is not None]
        made.executemany(insert, batch)


_CHOSEN = """
WITH chosen AS MATERIALIZED (
  SELECT id FROM posts WHERE :posts IS NULL OR id IN (SELECT value FROM json_each(:posts))
),
seen AS MATERIALIZED (SELECT id FROM pages WHERE post_id IN (SELECT id FROM chosen)),
captured AS MATERIALIZED (SELECT id FROM captures WHERE page_id IN (SELECT id FROM seen)),
said AS MATERIALIZED (SELECT id FROM comments WHERE post_id IN (SELECT id FROM chosen)),
signing AS MATERIALIZED (
  SELECT id FROM people
  WHERE :posts IS NULL OR id IN (SELECT person_id FROM post_people WHERE post_id IN (SELECT id FROM chosen))
)"""
_SEGMENT_ENDS = """
SELECT warc_file, max(read_to) FROM (
  SELECT warc_file, warc_offset + warc_length AS read_to FROM captures
  UNION ALL SELECT warc_file, read_to FROM segments_read
) GROUP BY warc_file"""
_OF_POST = "post_id IN (SELECT id FROM chosen)"
_OF_CAPTURE = "capture_id IN (SELECT id FROM captured)"
TABLES = {  # in an order in which nothing refers to what comes later, but for what is deferred
    "blogs": "id IN (SELECT blog_id FROM posts WHERE id IN (SELECT id FROM chosen)"
    " UNION SELECT blog_id FROM pages WHERE id IN (SELECT id FROM seen)"
    " UNION SELECT blog_id FROM people WHERE id IN (SELECT id FROM signing))",
    "recipes": "sha256 IN (SELECT recipe FROM pages WHERE id IN (SELECT id FROM seen))",
    "pages": "id IN (SELECT id FROM seen)",
    "captures": "id IN (SELECT id FROM captured)",
    "posts": "id IN (SELECT id FROM chosen)",
    "people": "id IN (SELECT id FROM signing)",
    "post_people": _OF_POST,
    "bios": "person_id IN (SELECT id FROM signing)",
    "comments": _OF_POST,
    "tags": f"id IN (SELECT tag_id FROM post_tags WHERE {_OF_POST})",
    "post_tags": _OF_POST,
    "media": f"id IN (SELECT media_id FROM post_media WHERE {_OF_POST})",
    "post_media": _OF_POST,
    "links": _OF_POST,
    "revisions": f"{_OF_POST} OR comment_id IN (SELECT id FROM said) OR person_id IN (SELECT id FROM signing)",
    "post_parts": _OF_POST,
    "removals": _OF_CAPTURE,
    "claims": _OF_CAPTURE,
    # '+': looked up for each row; SQLite would else try every comment with every capture.
    "post_sightings": f"{_OF_POST} AND +{_OF_CAPTURE}",
    "comment_sightings": f"comment_id IN (SELECT id FROM said) AND +{_OF_CAPTURE}",
    "person_sightings": f"person_id IN (SELECT id FROM signing) AND +{_OF_CAPTURE}",
    "absences": "comment_id IN (SELECT id FROM said) AND +seen_capture_id IN (SELECT id FROM captured)"
    " AND +missed_capture_id IN (SELECT id FROM captured)"
    " AND (back_capture_id IS NULL OR back_capture_id IN (SELECT id FROM captured))",
    "page_losses": "page_id IN (SELECT id FROM seen)",
}
LEFT_BEHIND = frozenset(
    "crawls frontier listings hosts robots runs run_events profiles profile_selectors profile_blocks"
    " reparses reparse_queue reparse_changes"
    " forgotten takedowns records_to_clear segments_searched segment_swaps private_contacts".split()
)
LOOSE = (  # columns that may refer to what was not copied
    *((table, "capture_id", "captures") for table in ("pages", "posts", "bios", "revisions", "post_parts", "media")),
    *(("comments", column, "captures") for column in ("first_capture_id", "last_capture_id")),
    ("comments", "parent_id", "comments"),
)
