"""Saved copies of a web archive's captures: `place_mementos` tells of each file what it is a copy of, and of when.

Told by where it lies, as waybackpack, wayback_machine_downloader and pywaybackup lay them out (a folder named by the
timestamp beside one named by the host), or by a CDX list beside it that has the file's digest.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scraper.errors import InputError
from scraper.model import Visit
from scraper.parse.cdx import Listed, NotListed, read_cdx
from scraper.run.importing.bounded import open_unpacked
from scraper.run.importing.inputs import Input
from scraper.run.importing.intake import Intake
from scraper.run.importing.mirrors import url_in_folder
from scraper.text.mementos import read_timestamp

MOST_LISTED = 1_000_000  # captures of one list that are remembered
LONGEST = 64 * 1024 * 1024  # bytes of a line, which may be a whole table
PAGES = ("text/html", "application/xhtml+xml", "")
_HOST = re.compile(r"(?:[a-z0-9_-]{1,63}\.)+[a-z0-9-]{2,63}(?::\d{1,5})?", re.IGNORECASE)


@dataclass(slots=True)
class CdxFile:
    """What one list says: captures by digest, how many lines are what, and the lines that are damaged."""

    path: Path
    captures: dict[str, list[Listed]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    damaged: list[NotListed] = field(default_factory=list)
    error: str | None = None


def read_lists(inputs: Sequence[Input]) -> dict[Path, CdxFile]:
    """All lists among the inputs, by their paths; one that cannot be read to its end as far as it goes."""
    return {each.path: _read_list(each.path) for each in inputs if each.kind == "cdx"}


def place_mementos(inputs: Sequence[Input], lists: dict[Path, CdxFile]) -> Iterator[Input]:
    """The inputs, those that are copies of captures with URL and time; one of several captures once for each."""
    for each in inputs:
        if each.kind != "html":
            yield each
            continue
        found = _listed(each.path, lists.values()) if lists else []
        if found:
            yield from (replace(each, url=listed.url, fetched_at=listed.at) for listed in found)
        else:
            yield _by_place(each)


def take_list(intake: Intake, cdx: CdxFile) -> None:
    """Counts what the list says, and tells of its lines that say nothing."""
    records = intake.session.report.records
    records["list of captures"] += 1
    records.update(cdx.counts)
    left = sum(len(found) for found in cdx.captures.values())
    if left:
        records["listed without a copy beside"] += left
    for each in cdx.damaged:
        intake.drop(Visit(f"{cdx.path}:{each.line}", "failed", f"damaged line: {each.reason}"), "damaged")
    if cdx.error:
        intake.drop(Visit(str(cdx.path), "failed", cdx.error))


def _read_list(path: Path) -> CdxFile:
    cdx = CdxFile(path)
    try:
        with open_unpacked(path) as stream:
            lines = (line.decode("utf-8", "replace") for line in iter(lambda: stream.readline(LONGEST), b""))
            held = 0
            for each in read_cdx(lines):
                if isinstance(each, NotListed):
                    cdx.damaged.append(each)
                elif isinstance(each, Listed):
                    held += _keep(cdx, each)
                    if held > MOST_LISTED:
                        raise InputError(f"lists more than {MOST_LISTED:,} pages", str(path))
    except InputError as error:
        cdx.error = error.message
    return cdx


def _keep(cdx: CdxFile, listed: Listed) -> bool:
    """Remembers what may be a page that was saved beside the list, and counts the rest by what it is."""
    if listed.in_warc:
        cdx.counts["listed in a WARC file"] += 1
    elif listed.media_type not in PAGES:
        cdx.counts["listed, not a page"] += 1
    elif listed.digest is None:
        cdx.counts["listed without a digest"] += 1
    else:
        cdx.captures.setdefault(listed.digest, []).append(listed)
        return True
    return False


def _listed(path: Path, lists: Iterable[CdxFile]) -> list[Listed]:
    """The captures that lists beside the file, or above it, have under its digest; they are counted there as found."""
    above = [cdx for cdx in lists if path.is_relative_to(cdx.path.parent)]
    digest = _digest(path) if above else None
    for cdx in above:
        if digest and (found := cdx.captures.pop(digest, None)):
            cdx.counts["listed, with a copy beside"] += len(found)
            return found
    return []


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return base64.b32encode(hashlib.file_digest(file, "sha1").digest()).decode()
    except OSError:  # told of when its turn comes
        return None


def _by_place(each: Input) -> Input:
    """The input with what two folders above it say, one named by a host and the other by a timestamp."""
    parts = each.path.parts
    for at in range(len(parts) - 3, -1, -1):
        for host, stamp in ((parts[at], parts[at + 1]), (parts[at + 1], parts[at])):
            moment = read_timestamp(stamp)
            if moment is not None and _HOST.fullmatch(host):
                url = url_in_folder(parts[at + 2 :], f"https://{host}/")
                return replace(each, url=url, fetched_at=moment)
    return each
