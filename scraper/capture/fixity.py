"""A segment held against the archive's rows of it and against its seal: `check_segment`, in one reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from scraper.capture.captures import is_capture
from scraper.capture.digested import DigestedFile
from scraper.capture.header import escape_spaces
from scraper.capture.records import DamagedRecord, WarcRecord, read_open, read_record
from scraper.capture.seal import Seal, judge_seal, read_seal
from scraper.errors import InputError
from scraper.model import CaptureRow, Finding
from scraper.text.prose import counted

KEPT = 64 * 1024  # of a body; the rest only goes through the digest
RESTORE = "restore the file from a backup"

Record = WarcRecord | DamagedRecord


def check_segment(
    path: Path, rows: Iterable[CaptureRow], is_held: Callable[[WarcRecord], bool], count: int
) -> Iterator[Finding]:
    """What is wrong with the segment, its `count` rows (in the order of their offsets) and its seal.

    `is_held` tells of a record without a row here whether the archive has that capture all the same. A segment
    without a seal may grow meanwhile: what stands behind the last row is not judged.
    """
    if path.exists() and not path.is_file():
        yield Finding(str(path), f"no file{_captures_in(count)}", RESTORE)
        return
    seal = read_seal(path)  # before the segment: a sealed one never changes
    try:
        with DigestedFile(path) as file:
            reading = _Reading(path, file, rows, is_held)
            is_right = True
            for finding in reading.compare():
                is_right = False
                yield finding
            length, sha256 = file.finish()
    except (InputError, OSError) as error:
        if count or seal is not None:
            yield _unreadable(path, count, error)
        return
    found = Seal(path.name, length, sha256, reading.records)
    yield from judge_seal(path, seal, found, is_whole=is_right and reading.end == length)
    if seal is not None:
        yield from reading.notes(is_as_sealed=seal == found)


class _Reading:
    """The records of a segment as they go by, each beside its rows. `end` is that of the whole ones in a row."""

    def __init__(
        self, path: Path, file: DigestedFile, rows: Iterable[CaptureRow], is_held: Callable[[WarcRecord], bool]
    ) -> None:
        self._path, self._file, self._is_held = path, file, is_held
        self._rows = iter(rows)
        self._row = next(self._rows, None)
        self.records = self.end = self._unheld = self._damaged = 0

    def compare(self) -> Iterator[Finding]:
        """The rows that are not what the records say."""
        for record in read_open(self._file, self._path, KEPT):
            self._count(record)
            yield from self._rows_before(record.offset, "no record begins there")
            if not self._has_row_at(record.offset):
                self._note(record)
            while self._row and self._row.warc_offset == record.offset:
                yield from self._differing(self._row, record)
                self._row = next(self._rows, None)
        yield from self._rows_before(None, "that is beyond its last record")

    def notes(self, is_as_sealed: bool) -> Iterator[Finding]:
        """What there is besides, in a sealed segment."""
        if self._unheld:
            captures = "capture" if self._unheld == 1 else "captures"
            message = f"{self._unheld} {captures} in it {'has' if self._unheld == 1 else 'have'} no row"
            yield Finding(str(self._path), message, "the next command that writes takes them in", is_problem=False)
        if self._damaged and is_as_sealed:
            message = f"{counted(self._damaged, 'place')} in it cannot be read; no row points there"
            yield Finding(str(self._path), message, "it was sealed so after a run that was cut short", is_problem=False)

    def _count(self, record: Record) -> None:
        if isinstance(record, WarcRecord):
            self.records += 1
            if record.offset == self.end:
                self.end += record.length

    def _has_row_at(self, offset: int) -> bool:
        return self._row is not None and self._row.warc_offset == offset

    def _note(self, record: Record) -> None:
        if isinstance(record, DamagedRecord):
            self._damaged += 1
        elif is_capture(record) and not self._is_held(record):
            self._unheld += 1

    def _rows_before(self, offset: int | None, reason: str) -> Iterator[Finding]:
        while self._row and (offset is None or self._row.warc_offset < offset):
            yield _lost(self._path, self._row, reason)
            self._row = next(self._rows, None)

    def _differing(self, row: CaptureRow, record: Record) -> Iterator[Finding]:
        reason = _difference(row, record)
        if reason:
            yield _lost(self._path, row, reason)


def payloads_of(record: WarcRecord) -> set[tuple[str, int]]:
    """Digest and length of the payload; a revisit has none, but may say for which one it stands."""
    found = {(record.sha256, record.entity_length)}
    if record.kind == "revisit" and (payload := record.header.payload) is not None:
        found.add(payload)
    return found


def _lost(path: Path, row: CaptureRow, reason: str) -> Finding:
    return Finding(row.url, f"its capture should be at {row.warc_offset} of {path}, but {reason}", RESTORE)


def _unreadable(path: Path, count: int, error: InputError | OSError) -> Finding:
    if isinstance(error, FileNotFoundError):
        return Finding(str(path), f"missing{_captures_in(count)}", RESTORE)
    reason = error.strerror if isinstance(error, OSError) else error.message
    return Finding(str(path), f"cannot be read ({reason}){_captures_in(count)}", RESTORE)


def _captures_in(count: int) -> str:
    return f"; {count} {'capture is' if count == 1 else 'captures are'} in it" if count else ""


def _difference(row: CaptureRow, record: Record) -> str | None:
    """What the record is in place of what the row says; None where they agree."""
    if isinstance(record, DamagedRecord):
        return f"what is there cannot be read ({record.reason})"
    if row.record_id != (record.record_id or ""):
        return f"there is the record {record.record_id or 'without an id'}"
    if record.url is not None and escape_spaces(row.url.strip("<> \t")) != record.url:
        return f"what is there is of {record.url}"
    if row.warc_length != record.length:
        return f"the record there has {record.length} bytes, not {row.warc_length}"
    if not _has_payload(row, record):
        return f"the payload there is another one ({record.entity_length} bytes, SHA-256 {record.sha256})"
    return None


def _has_payload(row: CaptureRow, record: WarcRecord) -> bool:
    wanted = (row.payload_sha256, row.payload_length)
    if wanted in payloads_of(record):
        return True
    if record.raw_length <= KEPT:
        return False
    return wanted in payloads_of(read_record(record.path, record.offset))  # chunks come off only where all is kept
