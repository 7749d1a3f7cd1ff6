"""What WARC files hold: `read_records`, forgiving, in order, with the place of each record; `read_record` of one place.

WARC 0.17 to 1.1, plain, gzipped by record, or gzipped as a whole. What cannot be read becomes a DamagedRecord, and
reading goes on at the next record that can be found. An own reader and not a library's: those tell no place for copying
in files gzipped as a whole, and end, or worse go on in silence, at the first damage. With the digest
taken: .10 to .12 ms a record, warcio .10 to .16, fastwarc .03 to .05.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from scraper.capture.block import read_block
from scraper.capture.coding import Payload, decode_body
from scraper.capture.header import Header, read_header
from scraper.capture.member import CHUNK, Damage, Member, open_members
from scraper.capture.stated import Stated
from scraper.errors import InputError
from scraper.settings import Settings

Place = tuple[int, int]  # of a record: where its member begins in the file, and where it begins in that
MAX_BYTES = Settings().max_page_bytes
OTHER_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"filedesc:", "an ARC file and no WARC"),
    (b"PK\x03\x04", "a ZIP file and no WARC"),
    (b"SQLite format 3\0", "a SQLite database; pages and WARC files are read"),
)


@dataclass(frozen=True, slots=True)
class DamagedRecord:
    """A place in a file that could not be read as a record; `offset` is in the file, as stored."""

    path: Path
    offset: int
    reason: str


@dataclass(frozen=True, slots=True)
class WarcRecord(Stated):
    """One record. `kind` is its WARC-Type, `date` its WARC-Date, `status` and `http_headers` those of an HTTP message.

    `sha256` (hex) and `entity_length` are of the entity body as stored: transfer coding off, content coding kept, for
    records without HTTP the whole block. `entity` is that body, but no more than the reader's cap of it.
    The bytes [offset, offset + length) of the file are the record as stored; `own_member` tells that they are one gzip
    member of it alone, which can be copied as it is. In a file gzipped as a whole, `inner` is the record's place
    within its member; elsewhere it is 0.
    """

    path: Path
    offset: int
    length: int
    inner: int
    raw_length: int
    own_member: bool
    header: Header
    kind: str
    url: str | None
    date: datetime | None
    record_id: str | None
    status: int | None
    http_headers: tuple[tuple[str, str], ...]
    entity: bytes
    entity_length: int
    sha256: str
    max_bytes: int
    stored: bytes | None = None  # a small member of its own, as it stands in the file

    def read(self) -> Payload:
        """The payload with its content coding off, capped, and what is to be said of it. Decoded at each call."""
        payload = decode_body(self.entity, self.http_headers, self.max_bytes)
        if len(self.entity) == self.entity_length:
            return payload
        return Payload(payload.data, (*payload.notices, f"only {len(self.entity)} of {self.entity_length} bytes read"))

    @property
    def payload(self) -> bytes:
        """The data of `read`."""
        return self.read().data

    def raw_pieces(self) -> Iterator[bytes]:
        """The record as it was before gzip: header, block and the two newlines, in pieces, read anew from the file."""
        with self.path.open("rb") as file:
            file.seek(self.offset)
            member = next(open_members(file))
            for _ in member.pieces(self.inner):
                pass
            left = self.raw_length
            try:
                for piece in member.pieces(self.raw_length):
                    left -= len(piece)
                    yield piece
            except Damage as damage:
                raise InputError(f"changed while it was read: {damage}", str(self.path)) from damage
        self._refuse_change(left)
        yield b"\r\n\r\n"

    def stored_pieces(self) -> Iterator[bytes]:
        """The bytes of the record as they stand in the file, in pieces; a large one is read anew."""
        if self.stored is not None:
            yield self.stored
            return
        with self.path.open("rb", buffering=0) as file:
            at, left = self.offset, self.length
            while left > 0 and (piece := os.pread(file.fileno(), min(left, 16 * CHUNK), at)):
                at, left = at + len(piece), left - len(piece)
                yield piece
        self._refuse_change(left)

    def _refuse_change(self, left: int) -> None:
        if left:
            raise InputError("the file was cut while it was read", str(self.path))


def read_records(path: Path, max_bytes: int = MAX_BYTES, offset: int = 0) -> Iterator[WarcRecord | DamagedRecord]:
    """Every record of the file in its order, one in memory at a time and at most `max_bytes` of it.

    `offset` is where to begin: at a record. InputError, at the first step, where the file cannot be opened or is no
    WARC file.
    """
    try:
        with path.open("rb") as file:
            file.seek(offset)
            yield from read_open(file, path, max_bytes)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from error


def read_open(file: BinaryIO, path: Path, max_bytes: int = MAX_BYTES) -> Iterator[WarcRecord | DamagedRecord]:
    """As `read_records`, of a file that is open already, from where it stands. OSErrors are the caller's."""
    for member in open_members(file):
        yield from _read_member(path, member, max_bytes)


def read_record(path: Path, offset: int, max_bytes: int = MAX_BYTES) -> WarcRecord:
    """The record at this place of the file; InputError where there is none, or a damaged one."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            member = next(open_members(file))
            found = _read_one(path, member, max_bytes)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from error
    except Damage as damage:
        raise InputError(f"no record at {offset}: {damage}", str(path)) from damage
    return found


def read_records_at(path: Path, places: Collection[Place], max_bytes: int = MAX_BYTES) -> Iterator[WarcRecord]:
    """The records at these places in their order; all of the file is read again where it is gzipped as a whole."""
    if any(inner for _, inner in places):
        records = (each for each in read_records(path, max_bytes) if isinstance(each, WarcRecord))
        yield from (each for each in records if (each.offset, each.inner) in places)
    else:
        yield from (read_record(path, offset, max_bytes) for offset, _ in sorted(places))


def read_payload(path: Path, offset: int, max_bytes: int = MAX_BYTES) -> bytes:
    """The payload of the record at this place, codings off; InputError for a revisit, which has none of its own."""
    record = read_record(path, offset, max_bytes)
    if record.kind == "revisit":
        raise InputError(f"the record at {offset} is a revisit of {record.header.get('WARC-Refers-To')}", str(path))
    return record.payload


def _read_member(path: Path, member: Member, max_bytes: int) -> Iterator[WarcRecord | DamagedRecord]:
    """The records of one member, usually one.

    Where a record ends in the middle of something, its length is wrong: the next is looked for from its own start.
    """
    start = doubtful = 0
    while True:
        try:
            member.skip_newlines()
            start = member.inner
            if member.at_end():
                return
            if member.offset == 0 and start == 0:
                _refuse_other_formats(path, member)
            record = _read_one(path, member, max_bytes)
            ends_well = member.gzipped or member.inner - start - record.raw_length == 4
            doubtful = member.inner if ends_well else start
            yield record
        except Damage as damage:
            yield DamagedRecord(path, member.offset + (0 if member.gzipped else start), str(damage))
            if not _skip_to_next(member, min(start, doubtful)):
                return
            doubtful = member.inner


def _skip_to_next(member: Member, start: int) -> bool:
    """Go on to the next record after a damaged one that began at `start`; False where this member has no more."""
    try:
        member.rewind(start + 1)
        return (member.inner > start and member.starts_with(b"WARC/")) or member.skip_to_line(b"WARC/")
    except Damage:
        return False


def _refuse_other_formats(path: Path, member: Member) -> None:
    for mark, what in OTHER_FORMATS:
        if member.starts_with(mark):
            raise InputError(what, str(path))
    if not member.starts_with(b"WARC/"):
        raise InputError("not a WARC file", str(path))


def _read_one(path: Path, member: Member, max_bytes: int) -> WarcRecord:
    """The record that starts here; Damage where it is not whole."""
    start = member.inner
    header = read_header(member.head())
    if header is None:
        raise Damage("no WARC header")
    size = header.length
    if size is None:
        stated = header.get("Content-Length")
        raise Damage(f"Content-Length is no number: {stated[:40]!r}" if stated else "no Content-Length")
    block = read_block(member, header, size, max_bytes)
    raw_length = member.inner - start
    clean = member.skip_newlines() == 4
    own_member = member.gzipped and start == 0 and clean and member.at_end()
    return WarcRecord(
        path=path,
        offset=member.offset if member.gzipped else member.offset + start,
        length=member.end - member.offset if own_member else 0 if member.gzipped else raw_length,
        inner=start if member.gzipped else 0,
        raw_length=raw_length,
        own_member=own_member,
        header=header,
        kind=header.kind,
        url=header.url,
        date=header.date,
        record_id=header.get("WARC-Record-ID"),
        status=block.status,
        http_headers=block.headers,
        entity=block.entity,
        entity_length=block.length,
        sha256=block.sha256,
        max_bytes=max_bytes,
        stored=member.stored if own_member else None,
    )
