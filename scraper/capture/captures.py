"""What a record is a capture of: `capture_of`."""

from __future__ import annotations

from scraper.capture.records import WarcRecord
from scraper.model import Capture, CaptureOrigin

CAPTURES = frozenset({"response", "resource", "revisit"})  # kinds of records that hold what a URL was captured as


def is_capture(record: WarcRecord) -> bool:
    """Whether the record holds what a URL was captured as; of conversions, only a page that was rendered does."""
    rendered = record.kind == "conversion" and (record.content_type or "").lower().startswith("text/html")
    return record.url is not None and (record.kind in CAPTURES or rendered)


def capture_of(record: WarcRecord, origin: CaptureOrigin) -> Capture:
    """What the record, where it stands, is a capture of. One without a URL is known by its payload's digest."""
    return Capture(
        url=record.url or f"urn:sha256:{record.sha256}",
        fetched_at=record.fetched_at,
        fetched_before=record.fetched_before,
        status=record.status,
        content_type=record.content_type,
        payload_sha256=record.sha256,
        payload_length=record.entity_length,
        record_id=record.record_id or "",
        warc_file="/".join(record.path.parts[-2:]),
        warc_offset=record.offset,
        warc_length=record.length,
        origin=origin,
    )
