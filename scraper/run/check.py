"""`check_archive`: an archive held against itself, its database and its segments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from scraper.capture.fixity import RESTORE, check_segment, payloads_of
from scraper.capture.records import WarcRecord
from scraper.capture.recovery import find_segments
from scraper.capture.segment_file import SEAL
from scraper.errors import ArchiveError, ArchiveLocked
from scraper.model import Finding
from scraper.store.archive import Archive
from scraper.store.connection import ANEW
from scraper.store.inspector import Inspector

WARCS = (".warc", ".warc.gz")


def check_archive(path: Path, tally: Counter[str]) -> Iterator[Finding]:
    """All that is wrong with the archive, and notes; `tally` gets how much was looked at.

    Nothing is changed. A writer may be at work meanwhile: what it adds is no fault, since each segment is held against
    the rows of that moment, and rows come after their records. Raises ArchiveError for what is no archive.
    """
    with Inspector(path) as inspector, Archive(path, readonly=True) as archive:
        yield from inspector.findings()
        try:
            rows = dict(inspector.segments())
            tally.update(inspector.counts())
        except ArchiveError as error:
            yield _unread(path, "its captures", error)
            return
        for segment, count in _with_files(archive.warc_folder, rows).items():
            tally["segments"] += 1
            yield from _check_segment(inspector, archive, segment, count)
        yield from _find_strangers(archive.warc_folder, rows)


def _with_files(folder: Path, rows: dict[str, int]) -> dict[str, int]:
    """The segments by name, with how many rows each has; also those in the folder that have none."""
    files = {f"{folder.name}/{path.name}": 0 for path in find_segments(folder)}
    return dict(sorted((files | rows).items()))


def _check_segment(inspector: Inspector, archive: Archive, segment: str, count: int) -> Iterator[Finding]:
    place = PurePosixPath(segment)
    path = archive.path.parent / place
    if place.is_absolute() or ".." in place.parts:
        yield Finding(str(archive.path), f"{count} captures should be in {segment}, outside of its folder", ANEW)
        return

    def is_held(record: WarcRecord) -> bool:
        url, at = record.url or "", record.fetched_at
        return any(archive.holds(url, sha256, at) for sha256, _ in payloads_of(record))

    try:
        yield from check_segment(path, inspector.captures(segment), is_held, count)
    except ArchiveError as error:
        yield _unread(archive.path, f"its captures in {segment}", error)


def _unread(path: Path, what: str, error: ArchiveError) -> Finding:
    """That the database did not give its rows; where it is not its fault, the error goes on."""
    if isinstance(error, ArchiveLocked):
        raise error
    return Finding(str(path), f"{what} cannot be read from the database", ANEW)


def _find_strangers(folder: Path, rows: dict[str, int]) -> Iterator[Finding]:
    """What looks like a part of the archive and is none: WARC files that no run wrote, and seals without segments."""
    ours = {path.name for path in find_segments(folder)}
    for path in sorted(folder.glob("*")):
        named = path.name.removesuffix(SEAL)
        if f"{folder.name}/{named}" in rows or named in ours:
            continue
        if path.name.endswith(SEAL):
            yield Finding(str(path), f"the segment that it seals is missing: {named}", RESTORE)
        elif path.name.endswith(WARCS):
            yield Finding(str(path), "no row and no seal knows it", "`import` it, or move it elsewhere")
