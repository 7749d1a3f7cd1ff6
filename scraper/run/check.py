"""Whether an archive is sound, database and segments: `check_archive`; what can be mended of it: `repair_archive`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scraper.capture.recovery import find_segments
from scraper.capture.verification import mend_seal, verify_segment
from scraper.model import Finding
from scraper.run.leftovers import open_session
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store.examination import Examination, Holdings


@dataclass(frozen=True, slots=True)
class Checkup:
    """What a check found, and how much it went through."""

    findings: tuple[Finding, ...]
    holdings: Holdings | None  # None: the database is too damaged to tell
    segments: int

    @property
    def problems(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_problem)

    @property
    def exit_code(self) -> int:
        return 1 if self.problems else 0


def check_archive(db: Path) -> Checkup:
    """The archive held against itself: database, segments, seals, and each capture's row against its record.

    Nothing is written, and a run may write meanwhile. Raises as Examination does for what is no archive.
    """
    with Examination(db) as examination:
        findings = [*examination.findings()]
        holdings = examination.holdings()
        segments = _segments(db, examination) if holdings else {}
        for name, path in segments.items():
            rows = examination.rows(name)
            if path.exists():
                findings += verify_segment(path, rows, examination.holds)
            else:
                findings.append(Finding(name, f"missing, and {len(rows)} captures with it; restore it from a backup"))
        findings += _strangers(db, segments)
    return Checkup(tuple(findings), holdings, len(segments))


def repair_archive(db: Path, settings: Settings, watcher: Watcher) -> Checkup:
    """A new check, once what the one before found has been mended as far as it can be.

    What a killed run left is taken in first, as by any run that writes.
    """
    with open_session(db, "check", settings, watcher) as session:
        before = check_archive(db)
        remedies = {finding.remedy for finding in before.problems}
        if "orphans" in remedies:
            session.archive.drop_orphans()
        if "indexes" in remedies:
            session.archive.rebuild_indexes()
        for path in _to_seal(db, before):
            mend_seal(path)
    return check_archive(db)


def _segments(db: Path, examination: Examination) -> dict[str, Path]:
    """The segments that rows name, and those of our own in the folder, by their names relative to the archive."""
    named = {name: db.parent / name for name in examination.segments()}
    folder = db.with_suffix(".warc")
    return named | {f"{folder.name}/{path.name}": path for path in find_segments(folder)}


def _strangers(db: Path, segments: dict[str, Path]) -> Iterator[Finding]:
    folder = db.with_suffix(".warc")
    for path in sorted(folder.glob("*.warc*")):
        name = f"{folder.name}/{path.name}"
        if path.suffix in (".gz", ".warc") and name not in segments:
            yield Finding(name, "no segment of this archive; nothing refers to it", is_problem=False)


def _to_seal(db: Path, checkup: Checkup) -> Iterator[Path]:
    """The segments whose seal is all that is wrong with them."""
    trouble = Counter(finding.about.removesuffix(".seal") for finding in checkup.problems)
    for finding in checkup.problems:
        name = finding.about.removesuffix(".seal")
        if finding.remedy == "seal" and trouble[name] == 1 and not any(name in each.what for each in checkup.problems):
            yield db.parent / name
