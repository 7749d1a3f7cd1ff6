"""The members of a ZIP file whose list is lost, which stands at its end: `find_members`, by their own headers."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

HEAD = struct.Struct("<4s5H3I2H")  # APPNOTE.TXT, 4.3.7; name and extra fields follow
MARK, DESCRIPTOR = b"PK\x03\x04", b"PK\x07\x08"
SIZE_FOLLOWS = 1 << 3  # of the flags: the size stands behind the member
UTF8 = 1 << 11
LARGE = 0xFFFFFFFF  # the size stands in the extra field (4.5.3)
PIECE = 1 << 20


def find_members(path: Path, most: int) -> list[zipfile.ZipInfo]:
    """The members from the file's beginning, no more than `most`, up to the first place where none begins.

    The last may be cut off: then its stated size is more than is there. OSErrors are the caller's.
    """
    with path.open("rb") as file:
        return [info for info, _ in zip(_walk(file), range(most), strict=False)]


def _walk(file: BinaryIO) -> Iterator[zipfile.ZipInfo]:
    while True:
        start = file.tell()
        head = file.read(HEAD.size)
        if len(head) < HEAD.size or not head.startswith(MARK):
            return
        _, _, flags, method, _, _, crc, packed, size, name_length, extra_length = HEAD.unpack(head)
        name, extra = file.read(name_length), file.read(extra_length)
        info = zipfile.ZipInfo(name.decode("utf-8" if flags & UTF8 else "cp437", "replace") or "without name")
        info.flag_bits, info.compress_type, info.CRC, info.header_offset = flags, method, crc, start
        info.file_size, info.compress_size = size, _large(extra, size) if packed == LARGE else packed
        begin = file.tell()
        if flags & SIZE_FOLLOWS and packed == 0:
            info.compress_size, info.CRC, end = _until_descriptor(file, begin)
        else:
            end = begin + info.compress_size
        yield info
        file.seek(end)


def _large(extra: bytes, size: int) -> int:
    """The packed size in the field for large files: behind the unpacked one, where that is there too."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        place = at + 4 + (8 if size == LARGE else 0)
        if kind == 1 and place + 8 <= len(extra):
            return int(struct.unpack_from("<Q", extra, place)[0])
        at += 4 + length
    return LARGE


def _until_descriptor(file: BinaryIO, begin: int) -> tuple[int, int, int]:
    """Length and checksum of a member that states them behind itself, and where the next begins; to the end else."""
    tail, at = b"", begin
    file.seek(begin)
    while piece := file.read(PIECE):
        text = tail + piece
        found = text.find(DESCRIPTOR)
        while found >= 0:
            end = at - len(tail) + found
            crc, following = _descriptor(file, end)
            if following:
                return end - begin, crc, following
            found = text.find(DESCRIPTOR, found + 1)
        at += len(piece)
        tail = text[-3:]
        file.seek(at)
    return at - begin, 0, at


def _descriptor(file: BinaryIO, at: int) -> tuple[int, int]:
    """The checksum that the descriptor at this place states, and where the next member begins; 0 where none does."""
    file.seek(at)
    stated = file.read(28)
    for length in (16, 24):  # with sizes of four bytes, or of eight
        if stated[length : length + 2] == b"PK":
            return int(struct.unpack_from("<I", stated, 4)[0]), at + length
    return 0, 0
