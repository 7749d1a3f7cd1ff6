"""`repair_archive`: what `check_archive` finds, mended where that is certain."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from scraper.capture.segment_file import place_seal
from scraper.model import Finding, PlaceSeal, Remedy
from scraper.run.check import check_archive
from scraper.run.leftovers import open_session
from scraper.run.session import Session
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store.inspector import Inspector


@dataclass(frozen=True, slots=True)
class Repair:
    """What was found and is mended, and what is left."""

    mended: tuple[Finding, ...]
    left: tuple[Finding, ...]


def repair_archive(path: Path, tally: Counter[str], settings: Settings, watcher: Watcher | None = None) -> Repair:
    """Checks, mends under the writer lock, and checks again: mended is what is not found any more.

    A run of its own, which also looks through what a killed one left. Into a damaged database nothing is written.
    Raises ArchiveLocked where another process writes.
    """
    found = tuple(check_archive(path, tally))
    with Inspector(path) as inspector:
        if not inspector.is_whole():
            return Repair((), found)
    with open_session(path, "check", settings, watcher or Watcher()) as session:
        for each in found:
            if each.remedy:
                _carry_out(session, each.remedy)
                session.archive.event("warning", each.about, f"mended: {each.message}")
        tally.clear()
        left = tuple(check_archive(path, tally))
        session.report.problems = sum(not each.is_note for each in left)
    return Repair(tuple(each for each in found if each not in left), left)


def _carry_out(session: Session, remedy: Remedy) -> None:
    if isinstance(remedy, PlaceSeal):
        place_seal(Path(remedy.path), remedy.length, remedy.sha256, remedy.records)
    else:
        session.archive.mend(remedy)
