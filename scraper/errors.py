"""The exceptions of this package. Expected outcomes (a refusal, a failed fetch) are values, not exceptions.

    ScraperError
    ├── UsageError            wrong arguments, a missing path              exit 2
    ├── InputError            a file that cannot be read as what it claims exit 3
    ├── ArchiveError          not our database, damaged, disk full         exit 1
    │   ├── ArchiveLocked     another process writes                       exit 4
    │   └── ArchiveTooNew     written by a newer version                   exit 4
    └── MissingExtra          an optional package is not installed         exit 2

Each carries `about`, the URL or path that it is about, and `message`, the rest; together they say in one line what
is wrong or what to do.
"""

from __future__ import annotations


class ScraperError(Exception):
    """Base of all; `exit_code` is what the command line returns."""

    exit_code = 1

    def __init__(self, message: str, about: str | None = None) -> None:
        super().__init__(f"{about}: {message}" if about else message)
        self.about = about
        self.message = message


class UsageError(ScraperError):
    exit_code = 2


class InputError(ScraperError):
    exit_code = 3


class ArchiveError(ScraperError):
    exit_code = 1


class ArchiveLocked(ArchiveError):
    exit_code = 4


class ArchiveTooNew(ArchiveError):
    exit_code = 4


class MissingExtra(ScraperError):
    exit_code = 2
