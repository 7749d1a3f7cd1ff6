"""What a segment's seal says: `read_seal`, and `judge_seal` beside what the segment is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scraper.capture.segment_file import seal_of
from scraper.model import Finding, PlaceSeal

MOST = 4096  # bytes of a seal; ours have 200


@dataclass(frozen=True, slots=True)
class Seal:
    """Name, length, digest and number of records of a finished segment; all None where the seal cannot be read."""

    file: str | None
    length: int | None
    sha256: str | None
    records: int | None


UNREADABLE = Seal(None, None, None, None)


def read_seal(path: Path) -> Seal | None:
    """The seal of this segment, or None where it has none."""
    try:
        with seal_of(path).open("rb") as file:
            said = json.loads(file.read(MOST))
        return Seal(said["file"], said["length"], said["sha256"], said["records"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError):
        return UNREADABLE


def judge_seal(path: Path, seal: Seal | None, found: Seal, is_whole: bool) -> Iterator[Finding]:
    """What is wrong between a segment and its seal.

    `is_whole`: it reads from its first byte to its last, and its rows agree. Only then may it be sealed anew, and never
    over a seal that states other bytes: they may have been lost, and the seal is what tells.
    """
    if seal is None:
        yield Finding(str(path), "not sealed", "the next command that writes looks it through", is_problem=False)
    elif seal != found:
        message = _difference(seal, found)
        if is_whole and (seal == UNREADABLE or (seal.length, seal.sha256) == (found.length, found.sha256)):
            remedy = PlaceSeal(str(path), found.length or 0, found.sha256 or "", found.records or 0)
            yield Finding(str(path), f"{message}, but reads whole", "`check --repair` seals it anew", remedy=remedy)
        else:
            yield Finding(str(path), message, "restore the file from a backup")


def _difference(seal: Seal, found: Seal) -> str:
    if seal == UNREADABLE:
        return "its seal cannot be read"
    if seal.length != found.length:
        return f"it has {found.length} bytes and was sealed with {seal.length}"
    if seal.sha256 != found.sha256:
        return "it is not what was sealed: the SHA-256 is another one"
    return f"its seal is of {seal.file} with {seal.records} records; it has {found.records}"
