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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType, TracebackType

from scraper.errors import ArchiveError, ArchiveLocked


class WriterLock:
    """The right to write one archive, from `acquire` to `release`; a context manager.

    `wait` is in seconds; more than 0 is for the main thread only, whose signals still come through meanwhile. Before it
    waits, `tell` is told for whom. The file stays when the lock is released, unless it is taken away by `discard`.
    """

    def __init__(
        self, archive: Path, now: datetime, wait: float = 0.0, tell: Callable[[str], None] = lambda line: None
    ) -> None:
        self.path = archive.with_name(archive.name + ".lock")
        self._archive = archive
        self._now = now
        self._wait = wait
        self._tell = tell
        self._file = -1
        self._is_new = False
        self._waited = 0.0  # seconds, for all holders that came before

    def __enter__(self) -> WriterLock:
        self.acquire()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()

    def acquire(self) -> None:
        """Take the lock, at once or within the time to wait, or raise ArchiveLocked, which names the holder.

        ArchiveError where no lock can be had.
        """
        give_up = time.monotonic() + self._wait
        while self._file < 0:
            self._is_new = not self.path.exists()
            try:
                file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            except OSError as error:
                raise ArchiveError(f"no lock file can be opened there ({error.strerror})", str(self.path)) from error
            try:
                self._lock(file, give_up)
                if not _is_at(file, self.path):  # its holder has taken it away since it was opened
                    continue
                _write_holder(file, self._now + timedelta(seconds=self._waited))
                self._file, file = file, -1
            finally:
                if file >= 0:
                    os.close(file)

    def release(self) -> None:
        """Give the lock back; twice is once."""
        if self._file >= 0:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = -1

    def discard(self) -> None:
        """Give the lock back, and take its file away where this lock has made it: there is nothing to write to."""
        if self._file >= 0 and self._is_new:
            with suppress(OSError):
                self.path.unlink()
        self.release()

    def _lock(self, file: int, give_up: float) -> None:
        """Return with the lock of this file, at once or after a wait."""
        if self._gets(file):
            return
        begin = time.monotonic()
        if begin < give_up:
            with suppress(OSError):  # that nobody hears it is no reason not to wait
                self._tell(f"{self._archive}: waiting for the process that writes it ({_read_holder(file)})")
            if self._gets(file, give_up - time.monotonic()):
                self._waited += time.monotonic() - begin
                return
        what = f"another process writes it ({_read_holder(file)}); try again later"
        raise ArchiveLocked(what, str(self._archive))

    def _gets(self, file: int, seconds: float = 0.0) -> bool:
        """Whether this process gets the lock of this file, at once or within so many seconds."""
        try:
            if seconds <= 0:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            else:
                with _alarm(seconds):
                    fcntl.flock(file, fcntl.LOCK_EX)
        except BlockingIOError:
            return False
        except OSError as error:
            raise ArchiveError(f"the file system gives no lock ({error.strerror})", str(self.path)) from error
        return True


def _is_at(file: int, path: Path) -> bool:
    """Whether the open file is the one of that name."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


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
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "command": _command(), "since": now.isoformat()}
    with suppress(OSError):  # a full disk takes nothing from the lock
        os.ftruncate(file, 0)
        os.pwrite(file, json.dumps(holder).encode() + b"\n", 0)


def _command() -> str:
    """The command's name and verb, not all of it: arguments can be secrets."""
    program, *words = sys.argv or [""]
    name = Path(program).name.replace("__main__.py", "blog-to-sqlite")
    return " ".join([name, *(word for word in words[:1] if not word.startswith("-"))])


def _read_holder(file: int) -> str:
    try:
        holder = json.loads(os.pread(file, 4096, 0))
        since = datetime.fromisoformat(holder["since"]).astimezone(UTC)
        return (
            f"process {holder['pid']} on {holder['host']}, {holder['command']!r}, since {since:%Y-%m-%d %H:%M:%S} UTC"
        )
    except (ValueError, TypeError, KeyError, OverflowError):
        return "it does not say who"
