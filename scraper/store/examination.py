"""Whether an archive's database is sound in itself: `Examination`. It reads only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from scraper.model import Capture, CaptureRow, Finding
from scraper.store.connection import open_for_reading
from scraper.store.times import utc_text

MOST_SHOWN = 100  # findings of one kind
ADVICE = "restore a backup, or move it away: the next import makes a new one from its segments"
TOKENIZE = "unicode61 remove_diacritics 2"

# What must have no rows: the table, the rows, and what is wrong with them.
ORPHANS = (
    ("posts", "SELECT url FROM posts WHERE id NOT IN (SELECT post_id FROM pages WHERE post_id IS NOT NULL)",
     "no page shows this post"),
    ("pages", "SELECT url FROM pages WHERE state = 'fetched' AND id NOT IN (SELECT page_id FROM captures)",
     "fetched, but without a capture"),
    ("comments", "SELECT comments.id FROM comments JOIN comments AS parent ON parent.id = comments.parent_id"
     " WHERE parent.post_id <> comments.post_id", "answers a comment on another post"),
    ("comments", "WITH RECURSIVE rooted(id) AS (SELECT id FROM comments WHERE parent_id IS NULL UNION ALL"
     " SELECT comments.id FROM comments JOIN rooted ON comments.parent_id = rooted.id)"
     " SELECT id FROM comments WHERE id NOT IN (SELECT id FROM rooted)"
     " AND parent_id IN (SELECT id FROM comments)", "stands in a circle of answers"),
    ("people", "SELECT name FROM people WHERE id NOT IN (SELECT person_id FROM post_people)"
     " AND id NOT IN (SELECT person_id FROM bios)", "nothing names this person"),
)  # fmt: skip
# Tables whose rows are evidence or lists about other rows, and mean nothing without them: column -> the other table.
DEPENDENT = {
    "removals": {"capture_id": "captures"},
    "claims": {"capture_id": "captures"},
    "links": {"post_id": "posts"},
    "post_people": {"post_id": "posts", "person_id": "people"},
    "post_tags": {"post_id": "posts", "tag_id": "tags"},
    "post_media": {"post_id": "posts", "media_id": "media"},
}
INDEXES = {"posts": ("title", "text"), "comments": ("author", "subject", "text")}


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much an archive holds."""

    posts: int
    comments: int
    captures: int


class Examination:
    """An archive's database, opened read-only to be looked through; use it in a `with` block.

    Raises ArchiveError for what cannot be opened as an archive, ArchiveTooNew for one of a newer version.
    """

    def __init__(self, path: Path) -> None:
        self._connection = open_for_reading(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()

    def findings(self) -> Iterator[Finding]:
        """What is wrong, as of one moment, the worst first. Damage that stops a step is a finding of its own."""
        self._connection.execute("BEGIN")
        for step in (_integrity, _foreign_keys, _orphans, _indexes):
            try:
                yield from step(self._connection)
            except sqlite3.DatabaseError as error:
                yield Finding("database", f"damaged ({error}): {ADVICE}")
                break
        self._connection.execute("ROLLBACK")

    def holdings(self) -> Holdings | None:
        """None where the database is too damaged to tell."""
        try:
            return Holdings(*self._connection.execute(_HOLDINGS).fetchone())
        except sqlite3.DatabaseError:
            return None

    def segments(self) -> list[str]:
        """The segments that captures are said to be in, relative to the archive's folder."""
        return [name for (name,) in self._connection.execute("SELECT DISTINCT warc_file FROM captures ORDER BY 1")]

    def rows(self, segment: str) -> list[CaptureRow]:
        """The captures that are said to be in this segment, in its order."""
        return [CaptureRow(*row) for row in self._connection.execute(_CAPTURE_ROWS, (segment,))]

    def holds(self, capture: Capture) -> bool:
        """Whether there is a capture of this URL, payload and time (to the second)."""
        return holds(self._connection, capture.url, capture.payload_sha256, capture.fetched_at)


def holds(connection: sqlite3.Connection, url: str, payload_sha256: str, fetched_at: datetime | None) -> bool:
    """Whether this very capture is here: same URL, same payload, same time (to the second; None is its own)."""
    at = utc_text(fetched_at) if fetched_at else ""
    return connection.execute(_HOLDS, (payload_sha256, url, at)).fetchone() is not None


def _integrity(connection: sqlite3.Connection) -> Iterator[Finding]:
    for (line,) in connection.execute(f"PRAGMA integrity_check({MOST_SHOWN})"):
        if line != "ok":
            yield Finding("database", " ".join(line.split()), remedy="indexes" if "index" in line else None)


def _foreign_keys(connection: sqlite3.Connection) -> Iterator[Finding]:
    lost = connection.execute('SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2')
    for table, parent, count in lost.fetchall():
        what = f"{count} {'row refers' if count == 1 else 'rows refer'} to rows of {parent} that are not there"
        yield Finding(table, what, remedy="orphans" if table in DEPENDENT else None)


def _orphans(connection: sqlite3.Connection) -> Iterator[Finding]:
    for table, sql, what in ORPHANS:
        for (name,) in connection.execute(f"{sql} LIMIT {MOST_SHOWN}"):
            yield Finding(f"{table} {name}" if isinstance(name, int) else str(name), f"{what} (table {table})")


def _indexes(connection: sqlite3.Connection) -> Iterator[Finding]:
    for table in INDEXES:
        try:
            differs = _differs(connection, table)
        except sqlite3.DatabaseError as error:
            yield Finding(f"{table}_fts", f"damaged: {error}", remedy="indexes")
            continue
        if differs:
            yield Finding(f"{table}_fts", f"the full-text index is out of step with {table}", remedy="indexes")


def _differs(connection: sqlite3.Connection, table: str) -> bool:
    """Whether an index made anew, in a temporary file, has other rows or words than the archive's."""
    columns = ", ".join(INDEXES[table])
    rows = f"SELECT id FROM main.{table} EXCEPT SELECT id FROM main.{table}_fts_docsize"
    back = f"SELECT id FROM main.{table}_fts_docsize EXCEPT SELECT id FROM main.{table}"
    if connection.execute(f"SELECT EXISTS ({rows}) OR EXISTS ({back})").fetchone()[0]:
        return True
    try:
        connection.execute(f"CREATE TEMP VIEW now AS SELECT id, {columns} FROM main.{table}")
        options = f"content=now, content_rowid=id, tokenize='{TOKENIZE}'"
        connection.execute(f"CREATE VIRTUAL TABLE temp.anew USING fts5({columns}, {options})")
        connection.execute("INSERT INTO temp.anew (anew) VALUES ('rebuild')")
        connection.execute(f"CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, {table}_fts, col)")
        connection.execute("CREATE VIRTUAL TABLE temp.words_anew USING fts5vocab(temp, anew, col)")
        found = connection.execute(_OTHER_WORDS).fetchone()[0]
    finally:
        for name in ("words", "words_anew", "anew"):
            connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
        connection.execute("DROP VIEW IF EXISTS temp.now")
    return bool(found)


_HOLDS = "SELECT 1 FROM captures WHERE payload_sha256 = ? AND url = ? AND coalesce(fetched_at, '') = ?"
_HOLDINGS = (
    "SELECT (SELECT count(*) FROM posts WHERE kind = 'post'), (SELECT count(*) FROM comments),"
    " (SELECT count(*) FROM captures)"
)
_CAPTURE_ROWS = (
    "SELECT warc_offset, warc_length, url, payload_sha256, payload_length, record_id FROM captures"
    " WHERE warc_file = ? ORDER BY warc_offset"
)
_OTHER_WORDS = (
    "SELECT EXISTS (SELECT * FROM temp.words EXCEPT SELECT * FROM temp.words_anew)"
    " OR EXISTS (SELECT * FROM temp.words_anew EXCEPT SELECT * FROM temp.words)"
)
