"""`take_arc`: every record of an ARC file into the archive, or into the counts; `unpacked_arc` has it as WARC."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scraper.capture.arc import write_as_warc
from scraper.capture.records import DamagedRecord
from scraper.model import Visit
from scraper.run.importing.intake import Intake
from scraper.run.importing.warcs import take_warc
from scraper.run.scratch import scratch_folder
from scraper.run.watcher import Stop


@dataclass(frozen=True, slots=True)
class UnpackedArc:
    """The WARC file that says what an ARC file does, for as long as it is looked at, and what could not be read."""

    path: Path
    damaged: list[DamagedRecord]


def take_arc(intake: Intake, path: Path, stop: Stop) -> None:
    """Reads the ARC file as if it had been given as WARC. Raises InputError for one without any record."""
    with unpacked_arc(path) as arc:
        for each in arc.damaged:
            intake.drop(Visit(f"{path}@{each.offset}", "failed", f"damaged record: {each.reason}"), "damaged")
        if arc.path.stat().st_size or not arc.damaged:
            take_warc(intake, arc.path, stop, str(path))


@contextmanager
def unpacked_arc(path: Path) -> Iterator[UnpackedArc]:
    """The ARC file as WARC, in a folder for passing things. InputError where it cannot be read."""
    with scratch_folder() as folder:
        target = folder / "data.warc"
        with target.open("wb") as file:
            damaged = write_as_warc(path, file)
        yield UnpackedArc(target, damaged)
