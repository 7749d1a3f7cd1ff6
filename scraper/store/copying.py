"""`copy_crawls`: what an archive knows of the blogs that it crawls, in a new archive of its own."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from scraper.store.connection import named_errors, open_for_reading, open_for_writing

TABLES = ("crawls", "frontier", "listings", "hosts", "robots")  # they refer to no other ones


def copy_crawls(source: Path, target: Path) -> None:
    """Makes a new archive at `target` that knows of the crawled blogs what `source` does, and holds nothing else.

    The source is only read. Raises ArchiveError and ArchiveTooNew as a reader of it would.
    """
    open_for_reading(source).close()  # says what is wrong with it
    connection = open_for_writing(target)
    try:
        with named_errors(source):
            connection.execute("ATTACH ? AS source", (f"file:{quote(os.path.abspath(source))}?mode=ro",))
            connection.execute("BEGIN")
            for table in TABLES:
                connection.execute(f"INSERT INTO main.{table} SELECT * FROM source.{table}")
            connection.execute("COMMIT")
    finally:
        connection.close()
