"""What a check of an archive finds: `Finding`, and what mends it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RebuildIndex:
    """Make an index anew, of rows or of their words."""

    index: str


@dataclass(frozen=True, slots=True)
class RemoveRows:
    """Take out the rows of a table that belong to nothing; never those of a text."""

    table: str


@dataclass(frozen=True, slots=True)
class PlaceSeal:
    """Seal a segment as what it was read to be: whole, and as its rows have it."""

    path: str
    length: int
    sha256: str
    records: int


Remedy = RebuildIndex | RemoveRows | PlaceSeal


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has to say of a path or URL, in one line, and what to do about it.

    One that is no problem is only good to know. Where a repair can mend it, `remedy` is how.
    """

    about: str
    what: str
    advice: str
    is_problem: bool = True
    remedy: Remedy | None = None
