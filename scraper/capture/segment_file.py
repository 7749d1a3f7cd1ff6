"""One WARC file while it is written: `SegmentFile`, append-only, all or nothing for each record.

All that touches the disk goes through the four functions at the end, so that faults can be tried at each of them.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from scraper.errors import ArchiveError

SEAL = ".seal"  # of <segment>.seal: JSON with file, length, sha256 and records of a finished segment


class SegmentFile:
    """A new file, named by its time and four random hex digits, open for appending. `length` is in bytes."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.path, self._file = _create(folder, now)
        self.length = 0
        self.records = 0
        self._digest = hashlib.sha256()
        self._synced = False

    def append(self, pieces: Iterable[bytes]) -> tuple[int, int]:
        """Offset and length of a record, once its bytes are written; where that fails the file ends as before it."""
        offset = self.length
        digest = self._digest.copy()
        self._synced = False
        try:
            with _disk(self.path):
                for piece in pieces:
                    _append(self._file, piece)
                    digest.update(piece)
                    self.length += len(piece)
        except BaseException:
            self.length = offset
            _cut(self._file, offset)
            raise
        self._digest = digest
        self.records += 1
        return offset, self.length - offset

    def sync(self) -> None:
        """Return when all that was appended is on the disk."""
        if not self._synced:
            with _disk(self.path):
                _sync(self._file)
            self._synced = True

    def seal(self) -> Path:
        """The file beside this one that says what it holds, durable; from now on this one is finished."""
        self.sync()
        beside = self.path.with_name(self.path.name + SEAL)
        said = {"file": self.path.name, "length": self.length, "sha256": self._digest.hexdigest()}
        with _disk(beside):
            _place(beside, json.dumps({**said, "records": self.records}).encode() + b"\n")
        return beside

    def close(self) -> None:
        """Close the file; twice is once."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def remove(self) -> None:
        """Take the closed file away."""
        with _disk(self.path):
            self.path.unlink(missing_ok=True)


@contextmanager
def _disk(path: Path) -> Iterator[None]:
    """Errors of the disk as ArchiveError, about this file."""
    try:
        yield
    except OSError as error:
        message = f"cannot be written ({error.strerror}); what was saved before is not touched"
        raise ArchiveError(message, str(path)) from error


def _create(folder: Path, now: datetime) -> tuple[Path, int]:
    """A new file that nobody else has, its name durable."""
    with _disk(folder):
        folder.mkdir(parents=True, exist_ok=True)
        while True:
            path = folder / f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}.warc.gz"
            try:
                file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
            except FileExistsError:
                continue
            _sync_folder(folder)
            _sync_folder(folder.parent)
            return path, file


def _append(file: int, data: bytes) -> None:
    """Write all of it: the system may take less at a time."""
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]


def _cut(file: int, length: int) -> None:
    os.ftruncate(file, length)
    os.lseek(file, length, os.SEEK_SET)


def _sync(file: int) -> None:
    os.fsync(file)


def _sync_folder(folder: Path) -> None:
    """Make the names in the folder durable."""
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _sync(file)
    finally:
        os.close(file)


def _place(path: Path, data: bytes) -> None:
    """A file that is there whole or not at all."""
    draft = path.with_name(path.name + ".new")
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
    try:
        _append(file, data)
        _sync(file)
    finally:
        os.close(file)
    draft.replace(path)
    _sync_folder(path.parent)
