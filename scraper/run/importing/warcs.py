"""`take_warc`: every record of a WARC into the archive, or into the counts."""

from __future__ import annotations

from pathlib import Path

from scraper.capture.captures import is_capture
from scraper.capture.public import public_record
from scraper.capture.records import DamagedRecord, WarcRecord, read_records
from scraper.errors import InputError
from scraper.model import Visit
from scraper.run.captured import read_captured
from scraper.run.importing.intake import Intake
from scraper.run.watcher import Stop


def take_warc(intake: Intake, path: Path, stop: Stop, name: str | None = None) -> None:
    """Reads the WARC to its end. Records of what was captured become visits, the others are counted by their type.

    A damaged record becomes an event; what is private in records of exported posts is kept on request only. Raises
    InputError for a file without any record.

    :param name: what messages call the file, where it is not its path.
    """
    empty = True
    for record in read_records(path):
        empty = False
        if stop.is_wanted:
            return
        if isinstance(record, DamagedRecord):
            _drop(intake, f"{name or path}@{record.offset}", record.reason)
        elif is_capture(record):
            _take_record(intake, record, f"{name or path}@{record.offset}")
        else:
            intake.session.report.records[record.kind] += 1
    if empty:
        raise InputError("no WARC record in it", str(name or path))


def _take_record(intake: Intake, record: WarcRecord, place: str) -> None:
    if not intake.keep_private:
        try:
            record = public_record(record, intake.session.watcher.clock())
        except InputError as error:
            _drop(intake, place, error.message)
            return
    url = record.url or ""
    if not intake.is_held(url, record.sha256, record.fetched_at):
        reading = read_captured(record, url, intake.session.known)
        intake.add(intake.session.segment.write_copy(record), reading)


def _drop(intake: Intake, place: str, reason: str) -> None:
    intake.drop(Visit(place, "failed", f"damaged record: {reason}"), "damaged")
