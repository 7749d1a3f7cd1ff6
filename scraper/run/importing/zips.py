"""The members of a ZIP file, read within bounds and never written under their names: `open_zip`."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from scraper.errors import InputError
from scraper.run.importing.bounded import FREE, HIGHEST_RATIO, Bounded
from scraper.run.importing.zip_heads import find_members

PIECE = 1 << 20
HEAD = 30  # bytes of a member's own header (APPNOTE.TXT, 4.3.7), which name and extra fields follow
ENCRYPTED = 1
MOST_MEMBERS = 200_000
MOST_BYTES = 64 * 1024 * 1024  # of one that is read whole


class Members:
    """The members of an open ZIP file, by their names in its order; folders left out.

    `flaw` tells that the file's list of them is lost: then they are known by their own headers, as far as those go.
    """

    def __init__(self, archive: zipfile.ZipFile | None, path: Path, flaw: str | None = None) -> None:
        found = archive.infolist() if archive else find_members(path, MOST_MEMBERS)
        if len(found) > MOST_MEMBERS:
            raise InputError(f"more than {MOST_MEMBERS} members", str(path))
        self.flaw = flaw
        self._archive = archive
        self._path = path
        self._by_name: dict[str, zipfile.ZipInfo] = {}
        for number, each in enumerate(found):
            if not each.is_dir():  # two of one name are two members
                name = each.filename if each.filename not in self._by_name else f"{number}/{each.filename}"
                self._by_name[name] = each

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members."""
        return tuple(self._by_name)

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """The member's bytes as a stream. Raises InputError where they are damaged, encrypted, or too many."""
        info = self._by_name[name]
        where = f"{self._path}!{name}"
        if self._archive is None:
            raise InputError(f"cannot be read: {self.flaw}", where)
        try:
            member = self._archive.open(info)
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
            raise InputError(f"cannot be read: {error}", where) from error
        with member:
            yield cast(BinaryIO, Bounded(cast(BinaryIO, member), info.compress_size, where))

    def pieces(self, name: str) -> Iterator[bytes]:
        """The member in pieces, as far as it goes: the InputError of a damaged one comes after all that can be read."""
        info = self._by_name[name]
        where, left, crc = f"{self._path}!{name}", max(FREE, info.compress_size * HIGHEST_RATIO), 0
        for piece in _unpacked(self._path, info, where):
            left -= len(piece)
            if left < 0:
                raise InputError(f"unpacks to more than {HIGHEST_RATIO} times its size", where)
            crc = zlib.crc32(piece, crc)
            yield piece
        if crc != info.CRC:
            raise InputError("damaged: not the bytes that its checksum is of", where)

    def read(self, name: str) -> bytes:
        """The whole member. Raises InputError as `open` does, and for one of more than MOST_BYTES."""
        with self.open(name) as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise InputError(f"larger than {MOST_BYTES} bytes", f"{self._path}!{name}")
        return data

    def text(self, name: str) -> str | None:
        """The whole member as text; None where there is none of this name, or it cannot be read."""
        if name not in self._by_name:
            return None
        try:
            return self.read(name).decode("utf-8", "replace")
        except InputError:
            return None


@contextmanager
def open_zip(path: Path) -> Iterator[Members]:
    """The file's members, of a damaged one as far as they go. Raises InputError where it is no ZIP file."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        members = _without_list(path, str(error))
        if not members.names:
            raise InputError(f"cannot be read: {error}", str(path)) from error
        yield members
        return
    with archive:
        yield Members(archive, path)


def _without_list(path: Path, reason: str) -> Members:
    try:
        return Members(None, path, f"damaged: {reason}")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from error


def _unpacked(path: Path, info: zipfile.ZipInfo, where: str) -> Iterator[bytes]:
    """The member's bytes; the standard library's reader would keep the last of them where the checksum is wrong."""
    if info.flag_bits & ENCRYPTED or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise InputError("encrypted, or packed in a way that is not read", where)
    inflate = zlib.decompressobj(-15) if info.compress_type == zipfile.ZIP_DEFLATED else None
    try:
        for piece in _stored(path, info, where):
            while inflate and piece:
                yield inflate.decompress(piece, PIECE)
                piece = inflate.unconsumed_tail
            if piece:
                yield piece
        if inflate:
            yield inflate.flush()
    except zlib.error as error:
        raise InputError(f"damaged: {error}", where) from error


def _stored(path: Path, info: zipfile.ZipInfo, where: str) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(info.header_offset)
        head = file.read(HEAD)
        if len(head) < HEAD or not head.startswith(b"PK\x03\x04"):
            raise InputError("damaged: it is not where the file's list says", where)
        file.seek(sum(struct.unpack_from("<HH", head, 26)), 1)
        left = info.compress_size
        while left > 0 and (piece := file.read(min(left, PIECE))):
            left -= len(piece)
            yield piece
    if left:
        raise InputError("damaged: it ends too early", where)
