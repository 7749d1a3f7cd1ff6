"""A capture where an archive's row says that it is: `read_stored`, with the request that it answers."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from scraper.capture.header import PAYLOAD_SHA256
from scraper.capture.records import WarcRecord, read_record
from scraper.errors import InputError

LOOK = 65_536  # bytes of a request


def read_stored(folder: Path, warc_file: str, offset: int, sha256: str, max_bytes: int) -> tuple[WarcRecord, ...]:
    """The record of a capture with this payload, and behind it that of its request, where there is one.

    `warc_file` is relative to the folder of the archive. Raises InputError where there is no such record.
    """
    path = place_of(folder, warc_file)
    record = read_record(path, offset, max_bytes)
    said = record.header.get(PAYLOAD_SHA256) if record.kind == "revisit" else None
    if sha256 not in (said, record.sha256):
        raise InputError(f"the record at {offset} holds another payload", str(path))
    request = _request_behind(record)
    return (record, request) if request else (record,)


def place_of(folder: Path, warc_file: str) -> Path:
    """Where a segment is that a row names. Raises InputError where that is not in the archive's folder."""
    place = PurePosixPath(warc_file)
    if place.is_absolute() or ".." in place.parts:
        raise InputError("not a place in the archive's folder", warc_file)
    return folder / place


def _request_behind(record: WarcRecord) -> WarcRecord | None:
    try:
        behind = read_record(record.path, record.offset + record.length, LOOK)
    except InputError:
        return None
    asks = behind.kind == "request" and behind.header.get("WARC-Concurrent-To") == record.record_id
    return behind if asks and record.record_id else None
