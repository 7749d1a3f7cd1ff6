"""The bytes of a WARC file as a run of members: `open_members`. One is a gzip member, or a whole plain file.

Nothing here knows records; it inflates, counts positions, and finds the next place to go on from after damage.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

CHUNK = 64 * 1024
MOST = 1024 * 1024  # inflated at a time, so that a bomb is met in small pieces
MAX_HEAD = 256 * 1024
MAX_LINE = 16 * 1024
OPENINGS = (b"WARC/", b"http:", b"https", b"filed")  # of records, in WARC files and in ARC files
GZIP = b"\x1f\x8b\x08"


class Damage(Exception):
    """Bytes that are not what they claim; the message says how. Internal to capture/."""


class Member:
    """One member, read from front to back. `offset` is where it starts in the file, `inner` what was read of it."""

    __slots__ = ("_at", "_buffer", "_file", "_inflate", "_raw", "_read_to", "_stored", "inner", "offset")

    def __init__(self, file: BinaryIO, offset: int, raw: bytes, gzipped: bool) -> None:
        self.offset = offset
        self.inner = 0
        self._file = file
        self._raw = raw
        self._stored = [raw]  # all that was read, as long as that is little
        self._read_to = offset + len(raw)
        self._inflate = zlib.decompressobj(31) if gzipped else None
        self._buffer = b""
        self._at = 0

    @property
    def gzipped(self) -> bool:
        """Whether this is a gzip member; else it is the plain file."""
        return self._inflate is not None

    @property
    def end(self) -> int:
        """Where the member ends in the file; right once it is read to its end."""
        return self._read_to - len(self._raw)

    @property
    def stored(self) -> bytes | None:
        """The member as it stands in the file, once it is read to its end; None where it is large."""
        return b"".join(self._stored)[: self.end - self.offset] if self._stored else None

    @property
    def rest(self) -> bytes:
        """What was read of the file beyond the member's end."""
        return self._raw

    def at_end(self) -> bool:
        """Whether nothing is left to read."""
        return self._at == len(self._buffer) and not self._fill()

    def take(self, size: int) -> bytes:
        """The next `size` bytes, fewer only at the member's end."""
        return b"".join(self.pieces(size))

    def pieces(self, size: int) -> Iterator[bytes]:
        """The next `size` bytes in pieces of at most a megabyte; if need be, of the gzip members after this one."""
        while size > 0 and (not self.at_end() or self._join()):
            piece = self._buffer[self._at : self._at + size]
            self._at += len(piece)
            self.inner += len(piece)
            size -= len(piece)
            yield piece

    def head(self) -> bytes:
        """The bytes up to and with the next empty line; Damage where there is none in reach."""
        while True:
            for mark in (b"\r\n\r\n", b"\n\n"):
                found = self._buffer.find(mark, self._at)
                if found >= 0:
                    return self.take(found + len(mark) - self._at)
            if len(self._buffer) - self._at > MAX_HEAD:
                raise Damage("no end of the header in reach")
            if not self._extend():
                raise Damage("cut off inside a header")

    def line(self, *, peek: bool = False) -> bytes:
        """The bytes up to and with the next newline, still to be read with `peek`; Damage where none is in reach."""
        while (found := self._buffer.find(b"\n", self._at)) < 0:
            if len(self._buffer) - self._at > MAX_LINE:
                raise Damage("no end of the line in reach")
            if not self._extend():
                raise Damage("cut off inside a line")
        return self._buffer[self._at : found + 1] if peek else self.take(found + 1 - self._at)

    def peek(self) -> bytes:
        """What of the next bytes is at hand."""
        return self._buffer[self._at :]

    def starts_with(self, mark: bytes) -> bool:
        """Whether the next bytes are these."""
        while len(self._buffer) - self._at < len(mark):
            if not self._extend():
                return False
        return self._buffer.startswith(mark, self._at)

    def skip_newlines(self) -> int:
        """The number of CR and LF bytes that were skipped."""
        if self._buffer.startswith(b"\r\n\r\n", self._at) and len(self._buffer) == self._at + 4:
            self._at += 4
            self.inner += 4
            return 4
        start = self.inner
        while not self.at_end() and self._buffer[self._at] in b"\r\n":
            self._at += 1
            self.inner += 1
        return self.inner - start

    def rewind(self, inner: int) -> None:
        """Go back to this place in a plain file; in a gzip member there is no way back, and nothing happens."""
        if self._inflate is None and inner < self.inner:
            self._file.seek(self.offset + inner)
            self._raw, self._buffer, self._at = b"", b"", 0
            self._read_to, self.inner = self.offset + inner, inner

    def skip_to_line(self, mark: bytes) -> bool:
        """Go on to the next line that starts with `mark`; False where none does."""
        wanted = b"\n" + mark
        while True:
            found = self._buffer.find(wanted, self._at)
            if found >= 0:
                self.inner += found + 1 - self._at
                self._at = found + 1
                return True
            keep = max(self._at, len(self._buffer) - len(wanted) + 1)
            self.inner += keep - self._at
            self._at = keep
            if not self._extend():
                return False

    def _join(self) -> bool:
        """Take the next gzip member in as the continuation of this one, unless a record begins with it."""
        if self._inflate is None:
            return False
        if not self._raw:
            self._read()
        if not self._raw.startswith(GZIP) or _opens(self._raw):
            return False
        self._inflate = zlib.decompressobj(31)
        return self._fill()

    def _extend(self) -> bool:
        """More bytes after those that are not yet read."""
        left = self._buffer[self._at :]
        grown = self._fill()
        if grown:
            self._buffer = left + self._buffer
        else:
            self._buffer, self._at = left, 0
        return grown

    def _fill(self) -> bool:
        """The next bytes in place of the buffer; False at the member's end, Damage where it is not well-formed."""
        self._buffer, self._at = b"", 0
        while not self._buffer:
            if self._inflate is not None and self._inflate.eof:
                return False
            if not self._raw:
                self._read()
                if not self._raw:
                    if self._inflate is not None:
                        raise Damage("cut off inside a gzip member")
                    return False
            self._buffer = self._next_bytes()
        return True

    def _read(self) -> None:
        self._raw = self._file.read(CHUNK)
        self._read_to += len(self._raw)
        if self._stored:
            self._stored = [*self._stored, self._raw] if len(self._stored) < MOST // CHUNK else []

    def _next_bytes(self) -> bytes:
        raw, self._raw = self._raw, b""
        if self._inflate is None:
            return raw
        try:
            data = self._inflate.decompress(raw, MOST)
        except zlib.error as error:
            raise Damage(f"not well-formed gzip ({error})") from error
        self._raw = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
        return data


def open_members(file: BinaryIO) -> Iterator[Member]:
    """Each member from where the file stands; a member must be read to its end, or damaged, before the next is asked.

    After damage the next gzip header that opens is gone on from.
    """
    offset, raw = file.tell(), file.read(CHUNK)
    if not raw.startswith(GZIP[:2]):
        yield Member(file, offset, raw, gzipped=False)
        return
    while raw:
        member = Member(file, offset, raw, gzipped=True)
        yield member
        if _is_done(member):
            offset, raw = member.end, member.rest or file.read(CHUNK)
        else:
            offset, raw = _find_member(file, offset + 1)
            continue
        if raw and not raw.startswith(GZIP[: len(raw)]):
            offset, raw = _find_member(file, offset)


def _is_done(member: Member) -> bool:
    try:
        return member.at_end()
    except Damage:
        return False


def find_member(path: Path, offset: int) -> int | None:
    """Where, from there on, the next gzip header is that opens; None where there is none."""
    with path.open("rb") as file:
        found, raw = _find_member(file, offset)
    return found if raw else None


def _find_member(file: BinaryIO, offset: int) -> tuple[int, bytes]:
    """The place of the next gzip member at or after `offset` that can be opened, with bytes from there; else none."""
    file.seek(offset)
    raw = file.read(CHUNK)
    while raw:
        found = raw.find(GZIP)
        if found < 0:
            keep = len(GZIP) - 1
            offset, raw = offset + max(0, len(raw) - keep), raw[-keep:] if len(raw) > keep else b""
            more = file.read(CHUNK)
            raw = raw + more if more else b""
            continue
        offset, raw = offset + found, raw[found:]
        if _opens(raw + file.read(CHUNK)):
            file.seek(offset)
            return offset, file.read(CHUNK)
        offset, raw = offset + 1, raw[1:]
        file.seek(offset + len(raw))
    return offset, b""


def _opens(raw: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(raw, 5) in OPENINGS
    except zlib.error:
        return False
