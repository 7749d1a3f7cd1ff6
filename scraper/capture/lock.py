"""One writer at a time: `WriterLock`, a lock on `<archive>.lock` that says who holds it, and since when.

The lock is the kernel's (flock): it goes with its process, however that ends. What the file says is only for the
message to whoever comes second, so text left there by a killed process is in nobody's way.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType

from scraper.errors import ArchiveError, ArchiveLocked


class WriterLock:
    """The right to write one archive, from `acquire` to `release`; a context manager.

    The file stays when the lock is released: removing it would let two processes hold locks on two files of one name.
    """

    def __init__(self, archive: Path, now: datetime) -> None:
        self.path = archive.with_name(archive.name + ".lock")
        self._archive = archive
        self._now = now
        self._file = -1

    def __enter__(self) -> WriterLock:
        self.acquire()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()

    def acquire(self) -> None:
        """Take the lock at once, or raise ArchiveLocked, which names the holder; ArchiveError where none can be had."""
        try:
            file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise ArchiveError(f"no lock file can be opened there ({error.strerror})", str(self.path)) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _read_holder(file)
            os.close(file)
            raise ArchiveLocked(f"another process writes it ({holder}); try again later", str(self._archive)) from None
        except OSError as error:
            os.close(file)
            raise ArchiveError(f"the file system gives no lock ({error.strerror})", str(self.path)) from error
        self._file = file
        _write_holder(file, self._now)

    def release(self) -> None:
        """Give the lock back; twice is once."""
        if self._file >= 0:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = -1


def _write_holder(file: int, now: datetime) -> None:
    # The command's name and verb, not all of it: arguments can be secrets.
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]]) if sys.argv else ""
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "command": command, "since": now.isoformat()}
    os.ftruncate(file, 0)
    os.pwrite(file, json.dumps(holder).encode() + b"\n", 0)


def _read_holder(file: int) -> str:
    try:
        holder = json.loads(os.pread(file, 4096, 0))
        return f"process {holder['pid']} on {holder['host']}, {holder['command']!r}, since {holder['since']}"
    except (ValueError, TypeError, KeyError):
        return "it does not say who"
