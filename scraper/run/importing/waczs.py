"""The WARC files in a WACZ file (https://specs.webrecorder.net/wacz/1.1.1/): `unpacked_warcs`, and `take_wacz`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scraper.errors import InputError
from scraper.model import Visit
from scraper.run.importing.intake import Intake
from scraper.run.importing.warcs import take_warc
from scraper.run.importing.zips import Members, open_zip
from scraper.run.scratch import scratch_folder
from scraper.run.watcher import Stop

WARCS = (".warc", ".warc.gz")
BESIDE = "WACZ member without records"  # indexes, lists of pages, logs: all that the records say themselves


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A WARC file of a WACZ as a file of its own, for as long as it is looked at; `flaw` tells that it is not whole."""

    name: str
    path: Path
    flaw: str | None


def take_wacz(intake: Intake, path: Path, stop: Stop) -> None:
    """Reads the WARC files in it as if they had been given themselves; what else is in it is counted.

    One that is damaged is read as far as it goes. Raises InputError for a file without any.
    """
    with open_zip(path) as members:
        names = [name for name in members.names if name.lower().endswith(WARCS)]
        if not names:
            raise InputError("no WARC file in it", str(path))
        if len(members.names) > len(names):
            intake.session.report.records[BESIDE] += len(members.names) - len(names)
        if members.flaw:
            intake.drop(Visit(str(path), "failed", members.flaw), "damaged")
    for each in unpacked_warcs(path):
        if stop.is_wanted:
            return
        where = name_in_wacz(path, each.name)
        try:
            take_warc(intake, each.path, stop, where)
        except InputError as error:
            intake.drop(Visit(where, "failed", error.message))
        if each.flaw:
            intake.drop(Visit(where, "failed", each.flaw), "damaged")


def name_in_wacz(path: Path, member: str) -> str:
    """What messages call a member of the WACZ file."""
    return f"{path}!{member}"


def unpacked_warcs(path: Path) -> Iterator[Unpacked]:
    """Each WARC file in the WACZ, one after the other, in a folder for passing things. InputError as `open_zip`."""
    with open_zip(path) as members, scratch_folder() as folder:
        for name in members.names:
            if name.lower().endswith(WARCS):
                target = folder / ("data.warc.gz" if name.lower().endswith(".gz") else "data.warc")
                yield Unpacked(name, target, _unpack(members, name, target))
                target.unlink(missing_ok=True)


def _unpack(members: Members, name: str, target: Path) -> str | None:
    """Writes the member to the target; what is wrong with it, if anything is: the file then has what came before."""
    try:
        with target.open("wb") as file:
            file.writelines(members.pieces(name))
    except InputError as error:
        return error.message
    return None
