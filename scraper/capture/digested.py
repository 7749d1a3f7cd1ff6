"""`DigestedFile`: a file that is digested while it is read."""

from __future__ import annotations

import hashlib
from io import BufferedReader, FileIO
from pathlib import Path

CHUNK = 1024 * 1024


class DigestedFile(BufferedReader):
    """A file open for reading; whatever is read of it twice is digested once."""

    def __init__(self, path: Path) -> None:
        super().__init__(FileIO(path))
        self._digest = hashlib.sha256()
        self._known = 0

    def read(self, size: int | None = -1, /) -> bytes:
        at = self.tell()
        data = super().read(size)
        if at <= self._known < at + len(data):
            self._digest.update(data[self._known - at :])
            self._known = at + len(data)
        return data

    def finish(self) -> tuple[int, str]:
        """Length and SHA-256 (hex) of the whole file, what nobody has read so far included."""
        self.seek(self._known)
        while self.read(CHUNK):
            pass
        return self._known, self._digest.hexdigest()
