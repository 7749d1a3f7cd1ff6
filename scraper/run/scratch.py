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
MARK = ".blog-to-sqlite-scratch"  # a file that only our folders have, locked by the process that uses the folder
LEAST_AGE = 3600  # seconds: there may be systems that do not share locks


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A new folder among the system's temporary files, which goes with all that is in it at the end of the block.

    It bears a mark, which its process holds locked. What a killed process has left, with a mark that nobody holds and
    nothing written to it for an hour, is taken away first. Without a mark no folder is, so where the file system gives
    no lock the new one has none.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if _is_left(left):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    lock = _mark(folder)
    try:
        yield folder
    finally:
        if lock is not None:  # first: some file systems keep a file that is open
            os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


def _mark(folder: Path) -> int | None:
    """The mark that is put into a new folder, open and locked; None, and no mark, where no lock can be had."""
    mark = folder / MARK
    try:
        return _locked(mark, os.O_CREAT | os.O_EXCL)
    except OSError:
        with suppress(OSError):
            mark.unlink()
        return None


def _is_left(folder: Path) -> bool:
    """Whether the folder is one that a killed process of this user has left."""
    try:
        found = folder.lstat()
        is_own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
        if not is_own or not (folder / MARK).exists() or _age(folder) < LEAST_AGE:
            return False
        os.close(_locked(folder / MARK))
    except OSError:
        return False
    return True


def _age(folder: Path) -> float:
    """For how many seconds nothing was written to it, at any depth."""
    return time.time() - max(each.lstat().st_mtime for each in (folder, *folder.rglob("*")))


def _locked(mark: Path, how: int = 0) -> int:
    """The mark, open and locked until it is closed or the process ends; OSError where it is another's, or no lock is.

    It is opened for writing: without that some network file systems give no lock.
    """
    file = os.open(mark, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | how, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BaseException:
        os.close(file)
        raise
    return file
