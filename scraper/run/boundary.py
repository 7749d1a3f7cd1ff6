"""The boundary around one page: what goes wrong inside becomes a value, so that one page never stops a run."""

from __future__ import annotations

import signal
import sqlite3
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TypeVar

from scraper.errors import ScraperError

Result = TypeVar("Result")

PAGE_SECONDS = 30.0  # of CPU; the slowest of 2,641 real pages takes .2
OF_THE_PAGE = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError, sqlite3.ProgrammingError)


@dataclass(frozen=True, slots=True)
class Mishap:
    """A bug that a page brought to light: one line, and the traceback for the run's events."""

    message: str
    traceback: str


class PageTooSlow(Exception):
    """Reading a page took all the time that one page gets."""


def attempt(work: Callable[[], Result], seconds: float | None = None) -> Result | Mishap:
    """What `work` returns, or the Mishap that it raised.

    A broken environment (disk full, database damaged or locked) is no page's fault and goes on up.

    :param seconds: of CPU, after which `work` is given up; kept in the main thread only. Work so limited is reading a
        page, whose fault it also is where the memory does not suffice.
    """
    try:
        with _limited(seconds):
            return work()
    except Exception as error:
        broken = isinstance(error, (ScraperError, OSError)) or (isinstance(error, MemoryError) and seconds is None)
        if broken and not isinstance(error.__cause__, OF_THE_PAGE):
            raise
        return Mishap(f"{type(error).__name__}: {error}", traceback.format_exc())


@contextmanager
def _limited(seconds: float | None) -> Iterator[None]:
    """PageTooSlow where the block takes longer. A timer of the process's CPU time: a busy machine harms no page."""
    if seconds is None or threading.current_thread() is not threading.main_thread():
        yield
        return

    def give_up(number: int, frame: FrameType | None) -> None:
        raise PageTooSlow(f"gave up after {seconds:g} s of CPU")

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
