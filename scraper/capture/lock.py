"""One writer at a time: `WriterLock`, a lock on `<archive>.lock` that says who holds it, and since when.

The lock is the kernel's (flock): it goes with its process, however that ends. What the file says is only for the
message to whoever comes second, so text left there by a killed process is in nobody's way.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType, TracebackType

from scraper.errors import ArchiveError, ArchiveLocked


class WriterLock:
    """The right to write one archive, from `acquire` to `release`; a context manager.

    `wait` is in seconds; more than 0 is for the main thread only, whose signals still come through meanwhile.
    The file stays when the lock is released: removing it would let two processes hold locks on two files of one name.
    """

    def __init__(self, archive: Path, now: datetime, wait: float = 0.0) -> None:
        self.path = archive.with_name(archive.name + ".lock")
        self._archive = archive
        self._now = now
        self._wait = wait
        self._file = -1

    def __enter__(self) -> WriterLock:
        self.acquire()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()

    def acquire(self) -> None:
        """Take the lock, at once or within the time to wait, or raise ArchiveLocked, which names the holder.

        ArchiveError where no lock can be had.
        """
        try:
            file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise ArchiveError(f"no lock file can be opened there ({error.strerror})", str(self.path)) from error
        begin = time.monotonic()
        try:
            _lock(file, self._wait)
            waited = timedelta(seconds=time.monotonic() - begin) if self._wait else timedelta()
            _write_holder(file, self._now + waited)
        except BlockingIOError:
            holder = _read_holder(file)
            os.close(file)
            raise ArchiveLocked(f"another process writes it ({holder}); try again later", str(self._archive)) from None
        except OSError as error:
            os.close(file)
            raise ArchiveError(f"the file system gives no lock ({error.strerror})", str(self.path)) from error
        except BaseException:
            os.close(file)
            raise
        self._file = file

    def release(self) -> None:
        """Give the lock back; twice is once."""
        if self._file >= 0:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = -1


def _lock(file: int, wait: float) -> None:
    """Return with the lock; BlockingIOError where somebody has it, at the end of the wait."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if wait <= 0:
            raise
        with _alarm(wait):
            fcntl.flock(file, fcntl.LOCK_EX)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Ends what is waited for inside by BlockingIOError when the time is up: the system's own call has no limit."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise BlockingIOError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _write_holder(file: int, now: datetime) -> None:
    # The command's name and verb, not all of it: arguments can be secrets.
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]]) if sys.argv else ""
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "command": command, "since": now.isoformat()}
    with suppress(OSError):  # a full disk takes nothing from the lock
        os.ftruncate(file, 0)
        os.pwrite(file, json.dumps(holder).encode() + b"\n", 0)


def _read_holder(file: int) -> str:
    try:
        holder = json.loads(os.pread(file, 4096, 0))
        return f"process {holder['pid']} on {holder['host']}, {holder['command']!r}, since {holder['since']}"
    except (ValueError, TypeError, KeyError):
        return "it does not say who"
