"""`open_archive`: an archive to read from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


@contextmanager
def open_archive(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection, closed at the end. SQLite's errors come out as ArchiveError, in one line."""
    import sqlite3

    from scraper.store.connection import database_error, open_for_reading

    connection = open_for_reading(path)
    try:
        yield connection
    except sqlite3.Error as error:
        raise database_error(error, path) from error
    finally:
        connection.close()
