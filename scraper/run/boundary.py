"""The boundary around one page: what goes wrong inside becomes a value, so that one page never stops a run."""

from __future__ import annotations

import sqlite3
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from scraper.errors import ScraperError

Result = TypeVar("Result")

OF_THE_PAGE = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError, sqlite3.ProgrammingError)


@dataclass(frozen=True, slots=True)
class Mishap:
    """A bug that a page brought to light: one line, and the traceback for the run's events."""

    message: str
    traceback: str


def attempt(work: Callable[[], Result]) -> Result | Mishap:
    """What `work` returns, or the Mishap that it raised.

    A broken environment (disk full, database damaged or locked) is no page's fault and goes on up.
    """
    try:
        return work()
    except Exception as error:
        if isinstance(error, (ScraperError, OSError, MemoryError)) and not isinstance(error.__cause__, OF_THE_PAGE):
            raise
        return Mishap(f"{type(error).__name__}: {error}", traceback.format_exc())
