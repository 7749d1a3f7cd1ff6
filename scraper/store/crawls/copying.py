"""Copies: `copy_database`, all of an archive as one file; `copy_crawls`, what it knows of the blogs that it crawls, in
a new archive of its own; and `copy_servers`, what was learned there of those who were asked, back again.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from scraper.store.connection import named_errors, open_for_reading, open_for_writing, reading

TABLES = ("crawls", "frontier", "listings", "hosts", "robots", "forgotten")  # they refer to no other ones
OF_SERVERS = ("hosts", "robots")


def copy_crawls(source: Path, target: Path) -> None:
    """Makes a new archive at `target` that knows of the crawled blogs what `source` does, and holds nothing else.

    The source is only read. Raises ArchiveError and ArchiveTooNew as a reader of it would.
    """
    open_for_reading(source).close()  # says what is wrong with it
    with beside(source, target) as connection:
        for table in TABLES:
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM source.{table}")


def copy_servers(source: Path, target: Path) -> None:
    """Lets `target` know of the pace and the robots.txt of servers what `source` does, in place of what it knew.

    The caller holds the writer lock of `target`, since before `source` was made of it.
    """
    with beside(source, target) as connection:
        for table in OF_SERVERS:
            connection.execute(f"DELETE FROM main.{table}")
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM source.{table}")


@contextmanager
def beside(source: Path, target: Path) -> Iterator[sqlite3.Connection]:
    """A transaction of an archive, `target`, that sees another one as `source`, which is only read."""
    connection = open_for_writing(target)
    try:
        with named_errors(source, target):
            connection.execute("ATTACH ? AS source", (f"file:{quote(os.path.abspath(source))}?mode=ro",))
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
    finally:
        connection.close()


def copy_database(source: Path, target: Path) -> None:
    """A copy of the archive's database at `target`, which must not be there: one moment's state, as a single file.

    The source is only read, and others may write to it meanwhile. What is left of a copy that failed is the caller's
    to remove. Raises ArchiveError and ArchiveTooNew as a reader of the source would.
    """
    connection = open_for_reading(source)
    try:
        with named_errors(source, target):
            connection.execute("VACUUM INTO ?", (f"file:{quote(os.path.abspath(target))}?mode=rwc",))
    finally:
        connection.close()


def segment_ends(path: Path) -> dict[str, int]:
    """The segments that the archive's rows refer to, and where in each the last record with a row ends, in bytes."""
    with reading(path) as connection:
        rows = connection.execute(
            "SELECT warc_file, max(warc_offset + warc_length) FROM captures GROUP BY warc_file ORDER BY warc_file"
        )
        return dict(rows.fetchall())
