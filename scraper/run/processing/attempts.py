"""`Attempt`: the right to do one task, and the memory of where those before it died."""

from __future__ import annotations

import fcntl
import os
import time
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Self

WIDTH = 20  # bytes of a line
PATIENCE = 5.0  # seconds for a process to end whose parent was killed
LOOK = 0.05
DEADLY = 2  # processes that must have ended at a record before it is left out


class Attempt:
    """A lock on `path`, whose lines say at which place of its input each attempt was last: one line an attempt.

    So the record that killed its process is known to the next one; where two have ended at it, it is in `deadly`. The
    lock is the kernel's and goes with the process. BlockingIOError where another one is at it, and stays at it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = -1
        self._at = 0  # where our line begins
        self.deadly: frozenset[int] = frozenset()

    def __enter__(self) -> Self:
        self._file = _locked(self._path)
        lines = os.pread(self._file, 1_000 * WIDTH, 0).split()
        self.deadly = frozenset(
            place for place, times in Counter(map(int, filter(bytes.isdigit, lines))).items() if times >= DEADLY
        )
        self._at = len(lines) * WIDTH
        self.leave()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.leave()
        os.close(self._file)

    def come_to(self, place: int) -> None:
        """Notes the place that is in hand now."""
        self._note(b"%019d\n" % place)

    def leave(self) -> None:
        """Nothing is in hand."""
        self._note(b"%19s\n" % b"-")

    def end(self) -> None:
        """Takes the file away: the task is done."""
        self._path.unlink(missing_ok=True)

    def _note(self, line: bytes) -> None:
        os.pwrite(self._file, line, self._at)


def _locked(path: Path) -> int:
    """The open file with its lock; opened again where it was taken away before we had that."""
    ends = time.monotonic() + PATIENCE
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists() and os.path.samestat(os.fstat(file), os.stat(path)):
                return file
        except BlockingIOError:
            if time.monotonic() >= ends:
                os.close(file)
                raise
            time.sleep(LOOK)
        os.close(file)
