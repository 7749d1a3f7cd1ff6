"""`scratch_folder`: a folder for a run's copies while it goes on; a later run removes what a killed one left."""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "blog-to-sqlite-"
LEAST_AGE = 3600  # seconds: there may be systems that do not share locks


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A new folder among the system's temporary files, which goes with all that is in it at the end of the block.

    Its process holds a lock of it. What a killed process has left, with no lock any more and nothing written to it for
    an hour, is taken away first.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        _sweep(left)
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        lock = _locked(folder)
        if lock is not None:  # else another process has just swept it away
            break
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _sweep(folder: Path) -> None:
    """Takes a folder away that is this user's and no process's."""
    with suppress(OSError):
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or _age(folder) < LEAST_AGE:
            return
        lock = _locked(folder)
        if lock is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def _age(folder: Path) -> float:
    """For how many seconds nothing was written to it."""
    return time.time() - max(each.lstat().st_mtime for each in (folder, *folder.iterdir()))


def _locked(folder: Path) -> int | None:
    """The folder, open and locked; None where another process has it, or it is gone. The lock ends with the process."""
    try:
        file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(file), folder.stat()):
            return file
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(file)
    return None
