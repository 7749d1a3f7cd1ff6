"""A segment written anew beside the old one, without some of its records or what they hold: `rewrite_segment`.

A record that is cleared keeps its kind, id, times and URL, so that a row can go on pointing to it; in place of its
content there is a line that says so. One that is mended has another page in place of its own. What cannot be read in
the old segment is not taken over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import uuid4

from scraper.capture.compose import compress
from scraper.capture.header import (
    FETCHED_AT,
    FETCHED_BEFORE,
    FORGOTTEN,
    FORGOTTEN_PARTS,
    write_date,
    write_digest,
    write_header,
)
from scraper.capture.records import DamagedRecord, WarcRecord, read_records
from scraper.capture.segment_file import SegmentFile
from scraper.model import MovedRecord

Verdict = Literal["keep", "mend", "clear", "drop"]
Mend = Callable[[int], bytes]  # the page, in UTF-8, that the record at this offset has from now on
KEPT = 64 * 1024  # of a record's body in memory; all of it is copied
FIELDS = (
    *("WARC-Record-ID", "WARC-Date", "WARC-Warcinfo-ID", "WARC-Refers-To", "WARC-Concurrent-To"),
    *(FETCHED_AT, FETCHED_BEFORE),
)


def rewrite_segment(
    old: Path, new: Path, verdicts: Mapping[int, Verdict], now: datetime, mend: Mend
) -> tuple[list[MovedRecord], int]:
    """Where the old one's records are in the new file, which is on the disk and sealed; and its length.

    :param verdicts: what becomes of records, by their offsets; the others are kept.
    """
    file = SegmentFile(new.parent, now, path=new)
    try:
        moved = [_write(file, record, verdicts.get(record.offset, "keep"), now, mend) for record in _whole(old)]
        file.seal()
    finally:
        file.close()
    return moved, file.length


def _whole(path: Path) -> Iterator[WarcRecord]:
    return (record for record in read_records(path, KEPT) if not isinstance(record, DamagedRecord))


def _write(file: SegmentFile, record: WarcRecord, verdict: Verdict, now: datetime, mend: Mend) -> MovedRecord:
    if verdict == "drop":
        return MovedRecord(record.offset, None)
    if verdict in ("clear", "mend"):
        is_mended = verdict == "mend"
        body = mend(record.offset) if is_mended else _notice()
        place = file.append(compress(_with_body(record, body, now, is_mended)))
        return MovedRecord(record.offset, *place, hashlib.sha256(body).hexdigest(), len(body))
    pieces = record.stored_pieces() if record.own_member else compress(record.raw_pieces())
    if record.kind == "warcinfo" and record.header.get("WARC-Filename"):
        pieces = compress(_renamed(record, file.path.name))
    return MovedRecord(record.offset, *file.append(pieces))


def _renamed(record: WarcRecord, name: str) -> Iterable[bytes]:
    """The record that opens a segment, with the name that this now has."""
    fields = [
        (field, name if field.lower() == "warc-filename" else value)
        for field, value in record.header.fields
        if field.lower() != "content-length"
    ]
    return (write_header(fields, len(record.entity)), record.entity, b"\r\n\r\n")


def _notice() -> bytes:
    return f"Its content was taken out on request. {uuid4().urn}\n".encode()  # no two cleared captures are the same


def _with_body(record: WarcRecord, body: bytes, now: datetime, is_mended: bool) -> Iterable[bytes]:
    kind = "response" if record.kind == "revisit" else record.kind
    content_type, block = "text/html" if is_mended or kind == "conversion" else "text/plain", body
    if kind == "response":
        stated = "text/html; charset=utf-8" if is_mended else "text/plain"
        content_type = "application/http; msgtype=response"
        head = f"HTTP/1.1 {record.status or 200} Forgotten\r\nContent-Type: {stated}\r\nContent-Length: {len(body)}"
        block = f"{head}\r\n\r\n".encode() + body
    fields = [
        ("WARC-Type", kind),
        ("WARC-Target-URI", record.url),
        *((name, record.header.get(name)) for name in FIELDS),
        (FORGOTTEN_PARTS if is_mended else FORGOTTEN, write_date(now)),
        ("WARC-Payload-Digest", write_digest(body)),
        ("Content-Type", content_type),
    ]
    return (write_header(fields, len(block)), block, b"\r\n\r\n")
