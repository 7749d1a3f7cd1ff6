"""All by which this package changes a disk, one function each, so that faults can be tried at each of them.

Every function but `append` and `cut` returns when what it did is durable. They raise OSError; `about` names its file.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scraper.errors import ArchiveError


@contextmanager
def about(path: Path) -> Iterator[None]:
    """Errors of the disk as ArchiveError, about this file."""
    try:
        yield
    except OSError as error:
        message = f"cannot be written ({error.strerror}); what was saved before is not touched"
        raise ArchiveError(message, str(path)) from error


def create(path: Path) -> int:
    """A new file, open for writing and locked as `claim` does; FileExistsError where there is one of the name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    fcntl.flock(file, fcntl.LOCK_EX)
    _sync_folder(path.parent)
    _sync_folder(path.parent.parent)
    return file


@contextmanager
def claim(path: Path) -> Iterator[int | None]:
    """An existing file, open for writing, which nobody else gets meanwhile; None where somebody else has it."""
    file = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield file
    finally:
        os.close(file)


def append(file: int, data: bytes) -> None:
    """Write all of it: the system may take less at a time."""
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]


def cut(file: int, length: int) -> None:
    """End the file there; what is appended next follows."""
    os.ftruncate(file, length)
    os.lseek(file, length, os.SEEK_SET)


def sync(file: int) -> None:
    os.fsync(file)


def place(path: Path, pieces: Iterable[bytes]) -> None:
    """A file of these bytes, which is there whole or not at all, in place of any other."""
    draft = path.with_name(path.name + ".new")
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
    try:
        for piece in pieces:
            append(file, piece)
        sync(file)
    finally:
        os.close(file)
    os.replace(draft, path)
    _sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """What was written to the file before, by whomever, is on the disk."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        sync(file)
    finally:
        os.close(file)


def rename_folder(path: Path, target: Path) -> None:
    """The folder under a name that nothing has, with the names in it."""
    _sync_folder(path)
    os.rename(path, target)
    _sync_folder(target.parent)


def remove(path: Path) -> None:
    """No file of this name any more, if there was one."""
    if path.exists():
        os.unlink(path)
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the names in the folder durable."""
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        sync(file)
    finally:
        os.close(file)
