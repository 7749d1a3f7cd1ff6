"""Whether an archive is sound, database and segments: `check_archive`; what can be mended of it: `repair_archive`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from scraper.capture.fixity import RESTORE, check_segment, payloads_of
from scraper.capture.records import WarcRecord
from scraper.capture.recovery import find_segments, is_sealed
from scraper.capture.segment_file import SEAL, place_seal
from scraper.errors import ArchiveError, ArchiveLocked
from scraper.model import Finding, PlaceSeal, Remedy
from scraper.run.leftovers import open_session
from scraper.run.session import Session
from scraper.run.upkeep.backup import find_differences, read_backup
from scraper.run.upkeep.clearing import clear_segments
from scraper.run.upkeep.warc_folders import (
    about_parts,
    find_elsewhere,
    find_ends,
    find_missing,
    find_missing_segments,
    find_parts,
)
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store.archive import Archive
from scraper.store.connection import ANEW
from scraper.store.upkeep.inspector import Holdings, Inspector
from scraper.text.prose import counted

WARCS = (".warc", ".warc.gz")


@dataclass(frozen=True, slots=True)
class Checkup:
    """What a check found, and how much it went through; of a repair also what it has mended."""

    findings: tuple[Finding, ...]
    holdings: Holdings | None  # None: the database is too damaged to tell
    segments: int
    mended: tuple[Finding, ...] = ()

    @property
    def problems(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_problem)

    @property
    def exit_code(self) -> int:
        return 1 if self.problems else 0


def check_archive(path: Path, backup: Path | None = None) -> Checkup:
    """The archive held against itself: database, segments, seals, and each capture's row against its record.

    With a backup, that and the segments are held against its list too; UsageError or ArchiveError where it has none.

    Nothing is changed. A writer may be at work meanwhile: what it adds is no fault, since each segment is held against
    the rows of that moment, and rows come after their records. Raises ArchiveError for what is no archive.
    """
    listed = read_backup(backup) if backup is not None else None
    with Inspector(path) as inspector, Archive(path, readonly=True) as archive:
        findings = list(inspector.findings())
        try:
            rows, holdings = inspector.segments(), inspector.holdings()
        except ArchiveError as error:
            return Checkup((*findings, _unread(path, "its captures", error)), None, 0)
        segments = _with_files(archive.warc_folder, rows)
        where = _look_for_folders(archive)
        findings += where.missing
        for segment, count in segments.items():
            if segment not in where.segments:
                findings += _check_segment(inspector, archive, segment, count, where.ends.get(segment, 0))
        findings += _find_uncleared(archive)
        findings += where.notes
        findings += _find_strangers(archive.warc_folder, rows)
        if backup is not None and listed is not None:
            findings += find_differences(path, rows, backup, listed)
    return Checkup(tuple(findings), holdings, len(segments))


def repair_archive(path: Path, settings: Settings, watcher: Watcher) -> Checkup:
    """Checks, mends under the writer lock, and checks again: mended is what is not found any more.

    A run of its own, which also looks through what a killed one left. Into a damaged database nothing is written.
    Raises ArchiveLocked where another process writes.
    """
    found = check_archive(path)
    with Inspector(path) as inspector:
        if not inspector.is_whole():
            return found
    with open_session(path, "check", settings, watcher) as session:
        for each in found.problems:
            if each.remedy:
                _carry_out(session, each.remedy)
                session.archive.event("warning", each.about, f"mended: {each.what}")
        if not watcher.stop.is_wanted:
            clear_segments(session.archive, watcher.clock())
        left = check_archive(path)
        session.report.problems = len(left.problems)
    return replace(left, mended=tuple(each for each in found.problems if each not in left.findings))


def _carry_out(session: Session, remedy: Remedy) -> None:
    if isinstance(remedy, PlaceSeal):
        place_seal(Path(remedy.path), remedy.length, remedy.sha256, remedy.records)
    else:
        session.archive.mend(remedy)


def _with_files(folder: Path, rows: dict[str, int]) -> dict[str, int]:
    """The segments by name, with how many rows each has; also those in the folder that have none."""
    files = {f"{folder.name}/{path.name}": 0 for path in find_segments(folder)}
    return dict(sorted((files | rows).items()))


@dataclass(frozen=True, slots=True)
class _Folders:
    """What there is to say of the folders that captures are looked for in."""

    missing: tuple[Finding, ...]
    notes: tuple[Finding, ...] = ()
    segments: frozenset[str] = frozenset()  # of which all is said by that
    ends: Mapping[str, int] = field(default_factory=dict)


def _look_for_folders(archive: Archive) -> _Folders:
    try:
        missing, notes = tuple(find_missing(archive, archive.path)), (*find_elsewhere(archive), *about_parts(archive))
        parts = frozenset(f"{path.parent.name}/{path.name}" for path in find_parts(archive))
        return _Folders(missing, notes, parts | find_missing_segments(archive), find_ends(archive))
    except ArchiveError as error:
        return _Folders((_unread(archive.path, "where its captures are", error),))


def _check_segment(
    inspector: Inspector, archive: Archive, segment: str, count: int, known_to: int
) -> Iterator[Finding]:
    place = PurePosixPath(segment)
    if place.is_absolute() or ".." in place.parts:
        what = f"{counted(count, 'capture')} should be in {segment}, outside of its folder"
        yield Finding(str(archive.path), what, ANEW)
        return

    def is_held(record: WarcRecord) -> bool:
        if record.offset < read_to:  # of a blog that was removed, or with rows that name it in another folder
            return True
        url, at = record.url or "", record.fetched_at
        return any(archive.holds(url, sha256, at) for sha256, _ in payloads_of(record))

    try:
        read_to = max(known_to, archive.removed_to(segment))
        yield from check_segment(archive.path.parent / place, inspector.captures(segment), is_held, count)
    except ArchiveError as error:
        yield _unread(archive.path, f"its captures in {segment}", error)


def _unread(path: Path, what: str, error: ArchiveError) -> Finding:
    """That the database did not give its rows; where it is only locked, the error goes on."""
    if isinstance(error, ArchiveLocked):
        raise error
    return Finding(str(path), f"{what} cannot be read from the database", ANEW)


def _find_uncleared(archive: Archive) -> Iterator[Finding]:
    """Sealed segments that still hold what was forgotten: the run that was to take it out did not get to that."""
    try:
        counts = archive.forget_book.uncleared()
    except ArchiveError as error:
        yield _unread(archive.path, "what is still to be cleared", error)
        return
    for path in filter(is_sealed, find_segments(archive.warc_folder)):  # one without a seal may be being written
        count = counts.get(f"{path.parent.name}/{path.name}", 0)
        if count:
            what = f"{counted(count, 'record')} in it still {'holds' if count == 1 else 'hold'} what was forgotten"
            yield Finding(str(path), what, "the next command that writes takes it out")


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
            yield Finding(str(path), "no row and no seal knows it", "`import` it, or move it away", is_problem=False)
