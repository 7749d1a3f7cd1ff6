"""What is packed, read within bounds: `Bounded`."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from scraper.errors import InputError
from scraper.run.importing.contents import GZIP

HIGHEST_RATIO = 200  # unpacked to packed; texts of posts come to 10
DAMAGE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError)
FREE = 100_000_000  # bytes that may be unpacked from however little


class Bounded:
    """A stream of unpacked bytes that ends in an InputError where more comes out than ever is packed into so little."""

    def __init__(self, stream: BinaryIO, packed: int, name: str) -> None:
        self._stream = stream
        self._left = max(FREE, packed * HIGHEST_RATIO)
        self._name = name

    def read(self, size: int = -1) -> bytes:
        """The next bytes, as any stream gives them."""
        try:
            piece = self._stream.read(size if size >= 0 else self._left + 1)
        except DAMAGE as error:
            raise InputError(f"cannot be read: what is packed is damaged ({error})", self._name) from error
        return self._counted(piece)

    def readline(self, size: int = -1) -> bytes:
        """The next line, as any stream gives it."""
        try:
            line = self._stream.readline(size if size >= 0 else self._left + 1)
        except DAMAGE as error:
            raise InputError(f"cannot be read: what is packed is damaged ({error})", self._name) from error
        return self._counted(line)

    def _counted(self, piece: bytes) -> bytes:
        self._left -= len(piece)
        if self._left < 0:
            raise InputError(f"unpacks to more than {HIGHEST_RATIO} times its size", self._name)
        return piece


@contextmanager
def open_unpacked(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes, unpacked where they are gzip. Raises InputError where they cannot be read."""
    try:
        with path.open("rb") as file:
            packed = file.read(2) == GZIP
            file.seek(0)
            if packed:
                with gzip.GzipFile(fileobj=file) as unpacked:
                    yield cast(BinaryIO, Bounded(cast(BinaryIO, unpacked), path.stat().st_size, str(path)))
            else:
                yield file
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from error
