"""Limits of one page that hold whatever its reading does: `limited_memory` and `deadline_of`."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STATM = Path("/proc/self/statm")  # its sixth number is of pages of data and stack
FACTOR = 3  # times the limit at which a page is given up, after which its process ends


@contextmanager
def limited_memory(most: int | None) -> Iterator[None]:
    """A MemoryError where the block wants more than `most` bytes besides what its process has: a page fails alone."""
    if most is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most += _data()
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


@contextmanager
def deadline_of(seconds: float | None) -> Iterator[None]:
    """Ends this process where the block takes so much CPU time that even what Python cannot interrupt is at fault."""
    if seconds is None:
        yield
        return
    signal.setitimer(signal.ITIMER_VIRTUAL, FACTOR * seconds)  # SIGVTALRM, which nobody catches
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _data() -> int:
    """Bytes of data that this process has mapped; 0 where nobody can tell."""
    try:
        return int(STATM.read_bytes().split()[5]) * resource.getpagesize()
    except (OSError, IndexError, ValueError):
        return 0
