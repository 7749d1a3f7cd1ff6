"""Segments that a killed run left: `mend` ends one with its last whole record; `read_captures` says what it holds.

Only for a process that has the archive's writer lock. Each step may be the last one: done again, it finishes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from scraper.capture import disk
from scraper.capture.captures import capture_of, is_capture
from scraper.capture.header import COPIED_FROM, read_fields, split_lines
from scraper.capture.member import find_member
from scraper.capture.records import DamagedRecord, WarcRecord, read_record, read_records
from scraper.capture.segment_file import place_seal, seal_of
from scraper.errors import ArchiveError, InputError
from scraper.model import Capture

TORN = ".torn"  # of <segment>.torn: what stood behind its last whole record
CHUNK = 1024 * 1024
_NAME = re.compile(r"\d{8}T\d{6}Z-(?:\d{6}-\d{5}-)?[0-9a-f]{4}\.warc\.gz")  # ours; other files are left alone


@dataclass(frozen=True, slots=True)
class Mended:
    """A segment that ends with its last whole record. `damaged` counts places before it that cannot be read.

    `holds_captures` is False where nothing but the record that opens a segment is whole, if that.
    """

    path: Path
    length: int
    records: int
    damaged: int
    holds_captures: bool
    start: int = 0  # of its first readable record

    @property
    def torn(self) -> Path | None:
        """The file that has what was cut off last, now or by a recovery that did not finish."""
        return next((each for each in reversed(_asides(self.path)) if each.exists()), None)


def find_segments(folder: Path) -> list[Path]:
    """The archive's own segments in the order of their names, which is that of their runs."""
    return sorted(path for path in folder.glob("*.warc.gz") if _NAME.fullmatch(path.name))


def is_sealed(path: Path) -> bool:
    """Whether the segment's run, or a recovery, finished it."""
    return seal_of(path).exists()


def mend(path: Path, known: int = 0) -> Mended | None:
    """The segment once its torn end is cut off and kept aside, all durable; None where somebody is writing it.

    Nothing is cut off in front of `known`, the end of the last record that has a row, as long as the file has it.
    """
    with disk.about(path), disk.claim(path) as file:
        if file is None:
            return None
        mended = _look_through(path)
        size = path.stat().st_size
        end = max(mended.length, known) if known <= size else mended.length
        if size > end:
            disk.place(_aside(path, end), _pieces(path, end))
            disk.cut(file, end)
        disk.sync(file)
        return mended


def finish(mended: Mended) -> None:
    """Seal the segment, all of whose captures have their rows."""
    digest = hashlib.sha256()
    for piece in _pieces(mended.path):
        digest.update(piece)
    place_seal(mended.path, mended.length, digest.hexdigest(), mended.records)


def discard(mended: Mended) -> None:
    """Take away a segment that holds no captures; what was cut off it stays."""
    with disk.about(mended.path):
        disk.remove(mended.path)


def read_captures(path: Path, max_bytes: int, offset: int = 0) -> Iterator[tuple[WarcRecord, Capture]]:
    """The captures in a segment from a record on, each with its record, as the run that wrote them had them.

    InputError where the file cannot be read.
    """
    ours = find_openings(path)
    for record in read_records(path, max_bytes, offset):
        if isinstance(record, WarcRecord) and is_capture(record):
            yield record, _capture(record, ours)


def find_openings(path: Path) -> tuple[str, ...]:
    """The ids of the record that opens the segment, and of those that opened what was merged into it.

    What our own runs put into a segment names one of them; copies from other WARC files do not.
    """
    try:
        record = read_record(path, 0, max_bytes=CHUNK)
    except InputError:
        return ()
    lines = dict(read_fields(split_lines(record.entity.decode("utf-8", "replace"))))
    return (record.record_id, *lines.get(COPIED_FROM, "").split()) if record.record_id else ()


def is_merged(path: Path) -> bool:
    """Whether the segment was copied from another archive."""
    return len(find_openings(path)) > 1


def _look_through(path: Path) -> Mended:
    """The segment up to its last whole record, also where its beginning is damaged.

    ArchiveError where the disk does not give it.
    """
    start: int | None = 0
    while start is not None:
        try:
            return _look_through_from(path, start)
        except InputError as error:  # what begins here is no record
            if isinstance(error.__cause__, OSError):
                raise ArchiveError(f"{error.message}: nothing of it was changed; try again", str(path)) from error
            start = find_member(path, start + 1)
    return Mended(path, 0, 0, 0, holds_captures=False)


def _look_through_from(path: Path, start: int) -> Mended:
    length = records = damaged_since = 0
    damaged = 1 if start else 0
    holds_captures = False
    for record in read_records(path, CHUNK, start):
        if isinstance(record, DamagedRecord):
            damaged_since += 1
            continue
        length = record.offset + record.length
        records += 1
        damaged, damaged_since = damaged + damaged_since, 0
        holds_captures = holds_captures or record.kind != "warcinfo"
    return Mended(path, length, records, damaged, holds_captures, start)


def _asides(path: Path) -> list[Path]:
    """The names that torn ends of the segment have: those in use, and the next one."""
    names = [path.with_name(path.name + TORN)]
    while names[-1].exists():
        names.append(path.with_name(f"{path.name}{TORN}-{len(names) + 1}"))
    return names


def _aside(path: Path, end: int) -> Path:
    """Where to keep what is cut off there: another torn end that is kept already is not overwritten."""
    *used, free = _asides(path)
    same = (each for each in used if each.read_bytes() == b"".join(_pieces(path, end)))
    return next(same, free)


def _pieces(path: Path, offset: int = 0) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(offset)
        while piece := file.read(CHUNK):
            yield piece


def _capture(record: WarcRecord, ours: tuple[str, ...]) -> Capture:
    if record.header.get("WARC-Warcinfo-ID") not in ours:
        return capture_of(record, "warc")
    capture = capture_of(record, "file" if record.kind == "resource" else "fetch")
    if record.kind != "revisit" or (payload := record.header.payload) is None:
        return capture
    return replace(capture, payload_sha256=payload[0], payload_length=payload[1])
