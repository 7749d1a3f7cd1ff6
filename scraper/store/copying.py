"""`copy_crawls`: what an archive knows of the blogs that it crawls, in a new archive of its own; and `copy_servers`,
what was learned there of those who were asked, back again.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from scraper.store.connection import named_errors, open_for_reading, open_for_writing

TABLES = ("crawls", "frontier", "listings", "hosts", "robots")  # they refer to no other ones
OF_SERVERS = ("hosts", "robots")


def copy_crawls(source: Path, target: Path) -> None:
    """Makes a new archive at `target` that knows of the crawled blogs what `source` does, and holds nothing else.

    The source is only read. Raises ArchiveError and ArchiveTooNew as a reader of it would.
    """
    open_for_reading(source).close()  # says what is wrong with it
    with _beside(source, target) as connection:
        for table in TABLES:
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM source.{table}")


def copy_servers(source: Path, target: Path) -> None:
    """Lets `target` know of the pace and the robots.txt of servers what `source` does, in place of what it knew.

    The caller holds the writer lock of `target`, since before `source` was made of it.
    """
    with _beside(source, target) as connection:
        for table in OF_SERVERS:
            connection.execute(f"DELETE FROM main.{table}")
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM source.{table}")


@contextmanager
def _beside(source: Path, target: Path) -> Iterator[sqlite3.Connection]:
    """A transaction of an archive, `target`, that sees another one as `source`, which is only read."""
    connection = open_for_writing(target)
    try:
        with named_errors(source):
            connection.execute("ATTACH ? AS source", (f"file:{quote(os.path.abspath(source))}?mode=ro",))
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
    finally:
        connection.close()
