"""One WARC file while it is written: `SegmentFile`, append-only, all or nothing for each record."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from scraper.capture import disk

SEAL = ".seal"  # of <segment>.seal: JSON with file, length, sha256 and records of a finished segment


class SegmentFile:
    """A new file, open for appending. `length` is in bytes.

    It is named by the run's time to the microsecond, its number in the run and four random hex digits, so that the
    names of all segments are in the order in which they were written. `path` is for one that has its name already.
    """

    def __init__(self, folder: Path, now: datetime, number: int = 1, path: Path | None = None) -> None:
        with disk.about(folder):
            if path is not None:
                self.path, self._file = path, disk.create(path)
            else:
                self.path, self._file = _create(folder, f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ-%f}-{number:05}")
        self.length = 0
        self.records = 0
        self._digest = hashlib.sha256()
        self._synced = False

    def append(self, pieces: Iterable[bytes]) -> tuple[int, int]:
        """Offset and length of a record, once its bytes are written; where that fails the file ends as before it."""
        offset = self.length
        digest = self._digest.copy()
        self._synced = False
        with disk.about(self.path):
            try:
                for piece in pieces:
                    disk.append(self._file, piece)
                    digest.update(piece)
                    self.length += len(piece)
            except BaseException:
                self.length = offset
                disk.cut(self._file, offset)
                raise
        self._digest = digest
        self.records += 1
        return offset, self.length - offset

    def sync(self) -> None:
        """Return when all that was appended is on the disk."""
        if not self._synced:
            with disk.about(self.path):
                disk.sync(self._file)
            self._synced = True

    def seal(self) -> None:
        """Place the seal; from now on this file is finished."""
        self.sync()
        place_seal(self.path, self.length, self._digest.hexdigest(), self.records)

    def close(self) -> None:
        """Close the file; twice is once."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def remove(self) -> None:
        """Take the closed file away."""
        with disk.about(self.path):
            disk.remove(self.path)


def seal_of(path: Path) -> Path:
    """Where the segment's seal is, or would be."""
    return path.with_name(path.name + SEAL)


def place_seal(path: Path, length: int, sha256: str, records: int) -> None:
    """The file beside a synced segment that says what it holds; durable."""
    said = {"file": path.name, "length": length, "sha256": sha256, "records": records}
    with disk.about(seal_of(path)):
        disk.place(seal_of(path), (json.dumps(said).encode() + b"\n",))


def _create(folder: Path, name: str) -> tuple[Path, int]:
    """A new file that nobody else has."""
    while True:
        path = folder / f"{name}-{secrets.token_hex(2)}.warc.gz"
        try:
            return path, disk.create(path)
        except FileExistsError:
            if not os.path.lexists(path):  # it is the folder's name that a file has
                raise
