"""Lists of what a web archive holds, in all forms that they come in: `read_cdx`.

CDX text (one letter a column in its first line, or the columns of the usual ones), CDXJ (key, timestamp and JSON),
lines of JSON objects, and the JSON table of the Wayback Machine's server. A line names a capture; where its bytes are
is another matter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scraper.text.mementos import read_timestamp, whole_url

LETTERS = {"b": "timestamp", "a": "original", "m": "mimetype", "s": "statuscode", "k": "digest", "g": "filename"}
USUAL: dict[int, str] = {  # letters by the number of columns of a list without a first line
    5: "bamsk",  # what is asked for where fields can be chosen
    7: "NbamskS",
    9: "NbamskrVg",
    10: "NbamskrMVg",
    11: "NbamskrMSVg",
}
NAMES: dict[Any, str] = {"url": "original", "mime": "mimetype", "status": "statuscode"}  # of CDXJ
_CDXJ = re.compile(r"\S{1,10000} (\d{14}) (\{.*\})\s*\Z", re.S)
_LOOKS = re.compile(
    rb"""\s*(?:![^\n]{0,1000}\n\s*){0,9}(?:
    \[\s*\[\s*"[a-z]+"[^\]]{0,300}"original"
    | CDX\ [A-Za-z](?:\ [A-Za-z])+\s*\n
    | [^\s\[{<]{1,10000}\ \d{14}\ (?:\{|(?:https?|ftp|dns|warcinfo)[:/]|-\ )
    | \{"urlkey"
    )""",
    re.X,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One capture as a list has it; `digest` is of its payload, SHA-1 in base 32, or what else the archive takes.

    `in_warc` tells that the list is an index of WARC files.
    """

    url: str
    at: datetime
    media_type: str
    status: int | None
    digest: str | None
    in_warc: bool = False


@dataclass(frozen=True, slots=True)
class NotListed:
    """A line, counted from 1, that names no capture."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Resume:
    """The list goes on, from this key."""

    key: str


def looks_like_cdx(head: bytes) -> bool:
    """Whether a file that begins so is such a list."""
    return _LOOKS.match(head) is not None


def read_cdx(lines: Iterable[str]) -> Iterator[Listed | NotListed | Resume]:
    """What the lines say, one after the other; what is no capture is told with its place. Never fails."""
    columns: Sequence[str] | None = None
    table = _Table()
    for number, line in enumerate(lines, 1):
        text = line.strip().lstrip("\ufeff")
        if text.startswith("CDX "):
            columns = [_name(letter) for letter in text.split()[1:]]
        elif text.startswith("["):
            yield from table.read(text, number)
        elif text and not text.startswith("!"):
            yield _listed(_fields(text, columns), number)


class _Table:
    """A JSON table, whose first row has the names; an empty row is followed by the key to go on from."""

    def __init__(self) -> None:
        self._names: list[str] | None = None
        self._has_ended = False

    def read(self, text: str, number: int) -> Iterator[Listed | NotListed | Resume]:
        """What the rows in one of its lines say, which may be all."""
        rows = _rows(text)
        if rows is None:
            yield NotListed(number, "no JSON table")
        for row in rows or ():
            if self._names is None:
                self._names = row
            elif not row:
                self._has_ended = True
            elif self._has_ended:
                yield Resume(row[0])
            else:
                yield _listed(dict(zip(self._names, row, strict=False)), number)


def _rows(text: str) -> list[list[str]] | None:
    """The rows in a line of a JSON table, whose brackets stand in its first and last lines."""
    bare = text.rstrip(",")
    for attempt in (bare, f"{bare}]", bare[1:], bare[:-1]):
        try:
            found = json.loads(attempt)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, list):
            rows = found if found and all(isinstance(each, list) for each in found) else [found]
            return [[str(cell) for cell in row] for row in rows]
    return None


def _fields(text: str, columns: Sequence[str] | None) -> dict[str, Any] | None:
    if text.startswith("{"):
        return _object(text)
    if columns is None and (found := _CDXJ.match(text)):
        fields = _object(found[2])
        return None if fields is None else {"timestamp": found[1], **fields}
    cells = text.split(" ")
    names = columns or [_name(letter) for letter in USUAL.get(len(cells), "")]
    return dict(zip(names, cells, strict=False)) if names and len(cells) >= len(names) else None


def _name(letter: str) -> str:
    return LETTERS.get(letter, letter)


def _object(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return (
        {NAMES.get(str(name), str(name)): value for name, value in found.items()} if isinstance(found, dict) else None
    )


def _listed(fields: dict[str, Any] | None, number: int) -> Listed | NotListed:
    if fields is None:
        return NotListed(number, "no CDX line")
    url, at = str(fields.get("original") or ""), read_timestamp(str(fields.get("timestamp") or ""))
    if at is None:
        return NotListed(number, "no timestamp")
    if not url.lower().startswith(("http:", "https:")):
        return NotListed(number, "no URL of the web")
    status, digest = str(fields.get("statuscode") or ""), str(fields.get("digest") or "-")
    media_type = str(fields.get("mimetype") or "").partition(";")[0].strip().lower()
    return Listed(
        whole_url(url),
        at,
        media_type,
        int(status) if re.fullmatch("[1-9][0-9]{2}", status) else None,
        None if digest == "-" else digest.removeprefix("sha1:"),
        fields.get("filename") not in (None, "", "-"),
    )
