"""An archive's database held against itself: `FINDERS`, each of which reads, changes nothing, and yields findings."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scraper.model import Finding, RebuildIndex, RemoveRows
from scraper.store.connection import ANEW
from scraper.store.lookup.fulltext import COLUMNS, bigrams_in_step

# Rows that are written anew with their post or capture, and have no text of a person in them.
EVIDENCE = frozenset(
    {"post_people", "post_tags", "post_media", "links", "removals", "claims"}
    | {"post_sightings", "comment_sightings", "person_sightings", "absences", "page_losses"}
)
SHADOWS = ("data", "idx", "docsize", "config")  # the tables that an FTS5 index consists of
MENDABLE = "`check --repair` makes it anew"
SHOWN = 5  # rows that are named


def find_damage(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """What SQLite's own check says of the file, a hundred lines of it at most."""
    for (text,) in connection.execute("PRAGMA integrity_check"):
        for line in text.splitlines():
            index = _OUT_OF_STEP.match(line)
            if index:
                what = f"the index {index[1]} is not in step with its table ({line})"
                yield Finding(str(path), what, MENDABLE, remedy=RebuildIndex(index[1]))
            elif line != "ok" and not line.startswith("***") and "FTS5" not in line:  # those have their own finder
                yield damage(path, line)


def damage(path: Path, reason: object) -> Finding:
    """That the file is no sound database."""
    return Finding(str(path), f"the database is damaged ({reason})", ANEW)


def find_dangling(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """Columns that refer to rows which are not there."""
    counts: dict[tuple[str, str, int], int] = {}
    named: dict[tuple[str, str, int], list[int]] = {}
    for table, row_id, parent, key in connection.execute("PRAGMA foreign_key_check"):
        reference = (table, parent, key)
        counts[reference] = counts.get(reference, 0) + 1
        rows = named.setdefault(reference, [])
        if row_id is not None and len(rows) < SHOWN:
            rows.append(row_id)
    for (table, parent, key), count in counts.items():
        (column,) = connection.execute(
            'SELECT "from" FROM pragma_foreign_key_list(?) WHERE id = ?', (table, key)
        ).fetchone()
        ids = _named(named[table, parent, key], count)
        message = f"{count} of the rows of {table} have a {column} that is not in {parent}{ids}"
        remedy = RemoveRows(table) if table in EVIDENCE else None
        yield Finding(str(path), message, "`check --repair` takes them out" if remedy else ANEW, remedy=remedy)


def find_untraced(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """Posts that no page and no capture stands behind."""
    for (url,) in connection.execute(_UNTRACED):
        yield Finding(url, "the post has no page and no capture", "grab or import its page again")


def find_tangled(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """Comments that answer one of another post, or that no way leads up from: the view `thread` would not end."""
    for what, sql in (("answer one of another post", _ASTRAY), ("stand in a circle of answers", _CIRCLES)):
        ids = [row[0] for row in connection.execute(sql)]
        if ids:
            yield Finding(str(path), f"{len(ids)} of the rows of comments {what}{_named(ids, len(ids))}", ANEW)


def find_unnamed(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """How many people nobody names: a byline that changed leaves one, so it is no fault."""
    (count,) = connection.execute(_UNNAMED).fetchone()
    if count:
        message = f"{count} of the people sign nothing and have no bio"
        yield Finding(str(path), message, "left from bylines that changed", is_problem=False)


def find_lagging(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    """Full-text indexes that are not in step with their tables, or missing."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    for table in COLUMNS:
        if f"{table}_fts" not in there:
            yield damage(path, f"no table {table}_fts")
        elif not _is_in_step(connection, table):
            message = f"the full-text index of {table} is not in step with them"
            yield Finding(str(path), message, MENDABLE, remedy=RebuildIndex(f"{table}_fts"))
        if f"{table}_bigrams_fts" not in there:
            yield damage(path, f"no table {table}_bigrams_fts")
        elif not bigrams_in_step(connection, table):
            message = f"the index of {table} in scripts without spaces is not in step with them"
            yield Finding(str(path), message, MENDABLE, remedy=RebuildIndex(f"{table}_bigrams_fts"))


FINDERS = (find_damage, find_dangling, find_untraced, find_tangled, find_unnamed, find_lagging)


def _named(ids: Sequence[int], count: int) -> str:
    """The first of so many rows by their keys, where they have any."""
    shown = [str(each) for each in ids[:SHOWN]]
    return f" (id {', '.join(shown)}{' ...' if count > len(shown) else ''})" if shown else ""


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


_OUT_OF_STEP = re.compile(r"(?:row \d+ missing from|wrong # of entries in) index (\w+)$")
_UNTRACED = """
SELECT url FROM posts
WHERE capture_id IS NULL AND NOT EXISTS (SELECT 1 FROM pages WHERE pages.post_id = posts.id) ORDER BY id"""
_ASTRAY = """
SELECT comments.id FROM comments JOIN comments AS parent ON parent.id = comments.parent_id
WHERE parent.post_id <> comments.post_id"""
_CIRCLES = """
WITH RECURSIVE rooted(id) AS (
  SELECT id FROM comments WHERE parent_id IS NULL OR parent_id NOT IN (SELECT id FROM comments)
  UNION ALL SELECT comments.id FROM comments JOIN rooted ON comments.parent_id = rooted.id
)
SELECT id FROM comments WHERE id NOT IN (SELECT id FROM rooted)"""
_UNNAMED = """
SELECT count(*) FROM people
WHERE NOT EXISTS (SELECT 1 FROM post_people WHERE person_id = people.id)
  AND NOT EXISTS (SELECT 1 FROM bios WHERE person_id = people.id)
  AND NOT EXISTS (SELECT 1 FROM revisions WHERE person_id = people.id)"""
