"""`Guest`: a reader's connection, which leaves no file behind; and `is_archive`, which opens none."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

from scraper.store.schema import APPLICATION_ID

SQLITE, APPLICATION_AT = b"SQLite format 3\0", 68  # https://sqlite.org/fileformat2.html#the_database_header


class Guest(sqlite3.Connection):
    """A reader's connection. In WAL mode SQLite makes two files for it, which only one that may write can take away.

    So one such is opened and closed behind a guest that found the database at rest (`tidied` is its path). It takes the
    files away if it is the last of all processes; if somebody has written meanwhile, that goes into the database first.
    """

    tidied: Path | None = None

    def close(self) -> None:
        super().close()
        path, self.tidied = self.tidied, None
        if path is None or not Path(f"{path}-wal").exists():
            return
        if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
            uri = database_uri(path, "rw")
            with suppress(sqlite3.Error), closing(sqlite3.connect(uri, timeout=0, uri=True)) as connection:
                connection.execute("PRAGMA schema_version").fetchone()  # which opens the two files


def database_uri(path: Path, mode: str) -> str:
    """What SQLite is told to open a database by, in this mode."""
    return f"file:{quote(os.path.abspath(path))}?mode={mode}"


def is_archive(path: Path) -> bool:
    """Whether a file says in its first bytes that it is an archive of ours. Nothing is made beside it.

    Not for one that this process has open: the kernel drops all its locks of a file when any of its handles is closed.
    """
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            head = file.read(APPLICATION_AT + 4)
    except OSError:
        return False
    return head.startswith(SQLITE) and head[APPLICATION_AT:] == APPLICATION_ID.to_bytes(4)
