"""How the records of a WARC begin, and no more of them: `read_heads`, for who looks a file through.

Most of what reading costs is to inflate and digest bodies. Where each record is a gzip member of its own, as nearly all
tools write them, a member's end can be found without inflating it: gzip states there how large it was.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scraper.capture.block import is_chunked, split_http
from scraper.capture.coding import decode_body, decode_chunked
from scraper.capture.header import Header, read_header
from scraper.capture.member import CHUNK, GZIP
from scraper.capture.records import MAX_BYTES, WarcRecord, read_record, read_records
from scraper.capture.stated import Stated
from scraper.errors import InputError

LOOK = 8192  # bytes of a record that are looked at: its heads, and the beginning of its payload
BREAK = b"\r\n\r\n"  # what ends heads, and records


@dataclass(frozen=True, slots=True)
class RecordHead(Stated):
    """What a record says of itself, and the first bytes of its payload, content coding off.

    `whole` is the record where it had to be read; else `read` finds it at its place.
    """

    path: Path
    offset: int
    header: Header
    kind: str
    url: str | None
    date: datetime | None
    status: int | None
    http_headers: tuple[tuple[str, str], ...]
    beginning: bytes
    whole: WarcRecord | None = None

    def read(self, max_bytes: int = MAX_BYTES) -> WarcRecord:
        """The record itself; InputError where it is damaged."""
        return self.whole or read_record(self.path, self.offset, max_bytes)


def read_heads(path: Path, max_bytes: int = MAX_BYTES) -> Iterator[RecordHead]:
    """How each record of the file begins, in its order, but for damaged ones.

    From a record on whose end is not where it should be, all is read as `read_records` does. InputError, at the first
    step, where the file cannot be opened or is no WARC file.
    """
    end = 0
    try:
        with path.open("rb", buffering=0) as file:
            for head, end in _skim(file.fileno(), path):  # noqa: B007
                yield head
            if 0 < end == os.fstat(file.fileno()).st_size:
                return
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from error
    for record in read_records(path, max_bytes, end):
        if isinstance(record, WarcRecord):
            yield _head_of(record)


def _skim(file: int, path: Path) -> Iterator[tuple[RecordHead, int]]:
    """Each record, and where the next one begins, as long as that can be told."""
    offset, raw = 0, os.pread(file, CHUNK, 0)
    find_end = _end_of_member if raw.startswith(GZIP) else _end_of_plain
    while raw:
        start = _inflated(raw) if find_end is _end_of_member else raw[:LOOK]
        size = start.find(BREAK) + len(BREAK)
        header = read_header(start[:size]) if size >= len(BREAK) else None
        if header is None or header.length is None:
            return
        end, raw = find_end(file, offset, raw, size + header.length + len(BREAK))
        if end is None:
            return
        status, http_headers, body = split_http(header, start[size : size + header.length])
        body = decode_chunked(body) if is_chunked(http_headers) else body
        beginning = decode_body(body, http_headers, LOOK).data
        stated = (header, header.kind, header.url, header.date, status, http_headers)
        yield RecordHead(path, offset, *stated, beginning), end
        offset = end
        if len(raw) < LOOK:
            raw += os.pread(file, CHUNK, offset + len(raw))


def _inflated(raw: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(raw[:LOOK], LOOK)
    except zlib.error:
        return b""


def _end_of_member(file: int, offset: int, raw: bytes, size: int) -> tuple[int | None, bytes]:
    """Where the gzip member ends that holds `size` bytes, and what was read behind it; None where that is not to see.

    `raw` is what was read of the file from `offset` on. Each member ends with its size modulo 2^32 (RFC 1952).
    """
    stated = (size % 2**32).to_bytes(4, "little")
    wanted = stated + GZIP
    while (found := raw.find(wanted)) < 0:
        more = os.pread(file, CHUNK, offset + len(raw))
        if not more:
            return (offset + len(raw) if raw.endswith(stated) else None), b""
        left = raw[1 - len(wanted) :]
        offset, raw = offset + len(raw) - len(left), left + more
    return offset + found + len(stated), raw[found + len(stated) :]


def _end_of_plain(file: int, offset: int, raw: bytes, size: int) -> tuple[int | None, bytes]:
    """The same for a record of a plain file: there the next one begins, or the file ends."""
    end = offset + size
    raw = os.pread(file, LOOK, end - len(BREAK))
    right = raw == BREAK or raw.startswith(BREAK + b"WARC/")
    return (end if right else None), raw[len(BREAK) :]


def _head_of(record: WarcRecord) -> RecordHead:
    stated = (record.header, record.kind, record.url, record.date, record.status, record.http_headers)
    return RecordHead(record.path, record.offset, *stated, record.payload[:LOOK], record)
