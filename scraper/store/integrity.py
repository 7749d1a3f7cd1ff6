"""An archive's database held against itself: `FINDERS`, each of which reads, changes nothing, and yields findings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scraper.model import Finding, RebuildIndex, RemoveRows
from scraper.store.connection import ANEW

# Rows that are written anew with their post or capture, and have no text of a person in them.
EVIDENCE = frozenset({"post_people", "post_tags", "post_media", "links", "removals", "claims"})
INDEXED = ("posts", "comments")
SHADOWS = ("data", "idx", "docsize", "config")  # the tables that an FTS5 index consists of
SHOWN = 5  # rows that are named


def find_damage(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """What SQLite's own check says of the file, a hundred lines of it at most."""
    for (text,) in connection.execute("PRAGMA integrity_check"):
        for line in text.splitlines():
            if line != "ok" and not line.startswith("***") and "FTS5" not in line:  # those have a finder of their own
                yield damage(path, line)


def damage(path: Path, reason: object) -> Finding:
    """That the file is no sound database."""
    return Finding(str(path), f"the database is damaged ({reason})", ANEW)


def find_dangling(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """Columns that refer to rows which are not there."""
    counts: dict[tuple[str, str, int], int] = {}
    named: dict[tuple[str, str, int], list[str]] = {}
    for table, row_id, parent, key in connection.execute("PRAGMA foreign_key_check"):
        reference = (table, parent, key)
        counts[reference] = counts.get(reference, 0) + 1
        rows = named.setdefault(reference, [])
        if row_id is not None and len(rows) < SHOWN:
            rows.append(str(row_id))
    for (table, parent, key), count in counts.items():
        (column,) = connection.execute(
            'SELECT "from" FROM pragma_foreign_key_list(?) WHERE id = ?', (table, key)
        ).fetchone()
        rows = named[table, parent, key]
        ids = f" (id {', '.join(rows)}{' ...' if count > len(rows) else ''})" if rows else ""
        message = f"{count} of the rows of {table} have a {column} that is not in {parent}{ids}"
        remedy = RemoveRows(table) if table in EVIDENCE else None
        yield Finding(str(path), message, "`check --repair` takes them out" if remedy else ANEW, remedy=remedy)


def find_untraced(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """Posts that no page and no capture stands behind."""
    for (url,) in connection.execute(_UNTRACED):
        yield Finding(url, "the post has no page and no capture", "grab or import its page again")


def find_unnamed(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """How many people nobody names: a byline that changed leaves one, so it is no fault."""
    (count,) = connection.execute(_UNNAMED).fetchone()
    if count:
        message = f"{count} of the people sign nothing and have no bio"
        yield Finding(str(path), message, "left from bylines that changed", is_note=True)


def find_lagging(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """Full-text indexes that are not in step with their tables, or missing."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    for table in INDEXED:
        if f"{table}_fts" not in there:
            yield damage(path, f"no table {table}_fts")
        elif not _is_in_step(connection, table):
            message = f"the full-text index of {table} is not in step with them"
            yield Finding(str(path), message, "`check --repair` makes it anew", remedy=RebuildIndex(table))


FINDERS = (find_damage, find_dangling, find_untraced, find_unnamed, find_lagging)


def _is_in_step(connection: sqlite3.Connection, table: str) -> bool:
    """Whether the index says of every row what the row says, and of no other.

    SQLite's own check is a statement that writes. So it is run on a copy of the index among the temporary tables,
    with the real table as its content.
    """
    index = f"{table}_fts"
    with _undone(connection):
        make_empty_index(connection, table)
        for shadow in SHADOWS:
            connection.execute(f"DELETE FROM temp.{index}_{shadow}")
            connection.execute(f"INSERT INTO temp.{index}_{shadow} SELECT * FROM main.{index}_{shadow}")
        try:
            connection.execute(f"INSERT INTO temp.{index} ({index}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname not in ("SQLITE_CORRUPT_VTAB", "SQLITE_ERROR"):
                raise
            return False
    return True


def make_empty_index(connection: sqlite3.Connection, table: str) -> None:
    """A temporary full-text index of the table, of the same name as the real one, with no row in it."""
    index = f"{table}_fts"
    (sql,) = connection.execute("SELECT sql FROM main.sqlite_master WHERE name = ?", (index,)).fetchone()
    connection.execute(f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table}")  # the content, to a temporary index
    connection.execute(sql.replace(index, f"temp.{index}", 1))


@contextmanager
def _undone(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that sees one state of the archive and leaves no temporary table."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


_UNTRACED = """
SELECT url FROM posts
WHERE capture_id IS NULL AND NOT EXISTS (SELECT 1 FROM pages WHERE pages.post_id = posts.id) ORDER BY id"""
_UNNAMED = """
SELECT count(*) FROM people
WHERE NOT EXISTS (SELECT 1 FROM post_people WHERE person_id = people.id)
  AND NOT EXISTS (SELECT 1 FROM bios WHERE person_id = people.id)
  AND NOT EXISTS (SELECT 1 FROM revisions WHERE person_id = people.id)"""
