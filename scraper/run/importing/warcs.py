"""`take_warc`: every record of a WARC into the archive, or into the counts; those that state comments come last."""

from __future__ import annotations

from pathlib import Path

from scraper.capture.captures import is_capture
from scraper.capture.public import public_record
from scraper.capture.records import DamagedRecord, Place, WarcRecord, read_records, read_records_at
from scraper.errors import InputError
from scraper.model import Visit
from scraper.run.captured import read_captured
from scraper.run.importing.intake import Intake
from scraper.run.stating import may_state, with_statement
from scraper.run.watcher import Stop


def take_warc(intake: Intake, path: Path, stop: Stop, name: str | None = None) -> None:
    """Reads the WARC to its end. Records of what was captured become visits, the others are counted by their type.

    A damaged record becomes an event; what is private in records of exported posts is kept on request only. What may
    state comments is put off until their posts are held. Raises InputError for a file without any record.

    :param name: what messages call the file, where it is not its path.
    """
    empty = True
    put_off: set[Place] = set()
    for record in read_records(path):
        empty = False
        if stop.is_wanted:
            return
        if isinstance(record, DamagedRecord):
            _drop(intake, f"{name or path}@{record.offset}", record.reason)
        elif not is_capture(record):
            intake.session.report.records[record.kind] += 1
        elif not _take_record(intake, record, f"{name or path}@{record.offset}"):
            put_off.add((record.offset, record.inner))
    if put_off:
        intake.put_off[name or str(path)] = put_off
    if empty:
        raise InputError("no WARC record in it", str(name or path))


def take_put_off(intake: Intake, path: Path, stop: Stop, name: str | None = None) -> None:
    """Reads the records of the WARC that `take_warc` has put off. InputError where it has changed since."""
    for record in read_records_at(path, intake.put_off.pop(name or str(path), ())):
        if stop.is_wanted:
            return
        _take_record(intake, record, f"{name or path}@{record.offset}", is_last=True)


def _take_record(intake: Intake, record: WarcRecord, place: str, *, is_last: bool = False) -> bool:
    """Whether it is dealt with; what may state comments only with the last of all."""
    if not intake.keep_private:
        try:
            record = public_record(record, intake.session.watcher.clock())
        except InputError as error:
            _drop(intake, place, error.message)
            return True
    url = record.url or ""
    if intake.is_held(url, record.sha256, record.fetched_at):
        return True
    reading = read_captured(record, url, intake.session.known)
    if may_state(reading.judgement) and not is_last:
        return False
    intake.add(intake.session.segment.write_copy(record), with_statement(reading, record))
    return True


def _drop(intake: Intake, place: str, reason: str) -> None:
    intake.drop(Visit(place, "failed", f"damaged record: {reason}"), "damaged")
