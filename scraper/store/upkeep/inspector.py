"""`Inspector`: an archive's database opened to be checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from scraper.model import CaptureRow, Finding
from scraper.store.connection import FAILURES, database_error, named_errors, open_for_reading
from scraper.store.upkeep.integrity import FINDERS, damage

ENVIRONMENT = ("BUSY", "LOCKED", "FULL", "IOERR", "NOMEM", "READONLY", "CANTOPEN", "INTERRUPT")  # no fault of the file


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much an archive holds."""

    posts: int
    comments: int
    captures: int


class Inspector:
    """What the database has to be held against. Nothing it does changes a byte, and a writer may go on meanwhile.

    Raises ArchiveError for what is no archive, ArchiveTooNew for one of a newer version, and ArchiveError later on
    where the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = open_for_reading(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()

    def findings(self) -> Iterator[Finding]:
        """What is wrong in the database alone. Where it is damaged, what can be found all the same."""
        said: set[Finding] = set()
        for find in FINDERS:
            try:
                yield from find(self._connection, self.path)
            except FAILURES as error:
                if _is_environment(error):
                    raise database_error(error, self.path) from error
                finding = damage(self.path, error)
                if finding not in said:
                    said.add(finding)
                    yield finding

    def is_whole(self) -> bool:
        """Whether the file is sound enough to be written to."""
        with named_errors(self.path):
            (said,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        return bool(said == "ok")

    def segments(self) -> dict[str, int]:
        """The segments that captures are in, with how many, by name."""
        with named_errors(self.path):
            return dict(self._connection.execute(_SEGMENTS).fetchall())

    def captures(self, segment: str) -> Iterator[CaptureRow]:
        """The captures in a segment by their place, as they are when the first one is asked for."""
        with named_errors(self.path):
            for row in self._connection.execute(_CAPTURES, (segment,)):
                yield CaptureRow(*row)

    def holdings(self) -> Holdings:
        """How much the archive holds."""
        with named_errors(self.path):
            return Holdings(*self._connection.execute(_HOLDINGS).fetchone())


def _is_environment(error: Exception) -> bool:
    return getattr(error, "sqlite_errorname", "").removeprefix("SQLITE_").startswith(ENVIRONMENT)


_SEGMENTS = "SELECT warc_file, count(*) FROM captures GROUP BY warc_file ORDER BY warc_file"
_CAPTURES = """
SELECT warc_offset, warc_length, url, payload_sha256, payload_length, record_id FROM captures
WHERE warc_file = ? ORDER BY warc_offset, id"""
_HOLDINGS = """
SELECT (SELECT count(*) FROM posts WHERE kind = 'post'), (SELECT count(*) FROM comments WHERE state = 'visible'),
  (SELECT count(*) FROM captures)"""
