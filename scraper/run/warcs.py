"""`take_warc`: every record of a WARC into the archive, or into the counts."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from scraper.capture.records import DamagedRecord, WarcRecord, read_records
from scraper.errors import InputError
from scraper.model import Visit
from scraper.run.boundary import attempt
from scraper.run.intake import Intake
from scraper.run.outcomes import Judgement, judge_response
from scraper.run.payloads import kind_of_payload
from scraper.run.reading import Source, read_source
from scraper.run.watcher import Stop

CAPTURES = frozenset({"response", "resource", "revisit"})
PLAIN = "text/plain"  # a resource of this type is a page saved as text


def take_warc(intake: Intake, path: Path, stop: Stop) -> None:
    """Reads the WARC to its end. Records of what was captured become visits, the others are counted by their type.

    A damaged record becomes an event. Raises InputError for a file without any record.
    """
    empty = True
    for record in read_records(path):
        empty = False
        if stop.signal is not None:
            return
        if isinstance(record, DamagedRecord):
            intake.drop(Visit(f"{path}@{record.offset}", "failed", f"damaged record: {record.reason}"), "damaged")
        elif record.kind in CAPTURES and record.url is not None:
            _take_record(intake, record, record.url)
        else:
            intake.session.report.records[record.kind] += 1
    if empty:
        raise InputError("no WARC record in it", str(path))


def _take_record(intake: Intake, record: WarcRecord, url: str) -> None:
    if intake.is_held(url, record.sha256, record.fetched_at):
        return
    body = record.read()
    judgement = _judge(record, body.data)
    page = None
    if judgement.readable:
        kind: Literal["html", "text"] = "text" if judgement.reason == PLAIN else "html"
        times = (record.fetched_at, record.fetched_before)
        source = Source(body.data, url, kind, *times, headers=record.http_headers)
        page = attempt(lambda: read_source(source))
    capture = intake.session.segment.write_copy(record)
    intake.add(capture, judgement, page, body.notices)


def _judge(record: WarcRecord, payload: bytes) -> Judgement:
    if record.kind == "revisit":
        return Judgement("not_modified", "revisit")
    if record.kind == "response":
        return _judge_response(record, payload)
    media_type = (record.content_type or "").partition(";")[0].strip().lower()
    if media_type == PLAIN:
        return Judgement("fetched", PLAIN, readable=True)
    kind = kind_of_payload(record.content_type, payload)
    if kind == "html":
        return Judgement("fetched", None, readable=True)
    return Judgement("fetched", kind if kind != "other" else media_type or "unknown type")


def _judge_response(record: WarcRecord, payload: bytes) -> Judgement:
    if record.status is None:  # dns: and other protocols that are no HTTP
        return Judgement("skipped", "not an HTTP response")
    return judge_response(record.status, record.http_headers, payload)
