"""What there is to import: `find_inputs` walks the given paths and says of each file what it is to be read as."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from scraper.capture.arc import VERSION_BLOCK
from scraper.capture.records import OTHER_FORMATS
from scraper.errors import InputError, UsageError
from scraper.parse.cdx import looks_like_cdx
from scraper.parse.exports.kinds import ExportKind, kind_of_export, kind_of_members
from scraper.parse.mhtml import looks_like_mhtml
from scraper.run.importing.contents import GZIP
from scraper.run.importing.zips import open_zip
from scraper.run.payloads import looks_like_html

InputKind = Literal["html", "text", "mhtml", "warc", "wacz", "arc", "cdx", "skipped", "failed"] | ExportKind

KINDS: dict[str, InputKind] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".php": "html",
    ".txt": "text",
    ".text": "text",
    ".warc": "warc",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
}
CERTAIN = frozenset({"html", "mhtml", "warc"})  # a name that ends so says what the file is
ZIP = b"PK\x03\x04"
SEAL = ".warc.gz.seal"  # of an archive's segments
LOOK = 65_536  # bytes that decide on a file whose name says nothing


@dataclass(frozen=True, slots=True)
class Input:
    """A file and what to read it as; a skipped or failed one says why. `named`: the person gave this very path.

    `url` is what its place in a mirror, or a list beside it, stands for, and `fetched_at` when it was so.
    """

    path: Path
    kind: InputKind
    reason: str | None = None
    named: bool = False
    url: str | None = None
    fetched_at: datetime | None = None


def find_inputs(paths: Sequence[Path]) -> Iterator[Input]:
    """Every file at or below the paths, in order: folders sorted by name, hidden names left out.

    Links are not followed out of a folder, nor into other folders. What a browser keeps beside a saved page
    (`page_files/` beside `page.html`) is part of that page and skipped. A folder with nothing in it is a skipped
    input, one that cannot be listed a failed one. Raises UsageError for a missing path.
    """
    for path in paths:
        if not os.path.exists(path):  # Path.exists raises where a name is too long
            raise UsageError("no such file or folder", str(path))
    for path in paths:
        if os.path.isdir(path):
            yield from _in_folder(path)
        else:
            yield judge_file(path, named=True)


def _in_folder(folder: Path) -> Iterator[Input]:
    root = os.path.realpath(folder)
    left = [folder]
    nothing = True
    while left:
        path = left.pop()
        if path != folder and _leads_out(path, root):
            found = [Input(path, "skipped", "a link out of the folder")]
        elif not os.path.isdir(path):
            found = [judge_file(path)]
        elif _is_part_of_page(path):
            found = _parts_of_page(path)
        else:
            found = _list(path, left)
        nothing = nothing and not found
        yield from found
    if nothing:
        yield Input(folder, "skipped", "nothing in it to read")


def _list(folder: Path, left: list[Path]) -> list[Input]:
    """Puts what is in the folder before the rest that is left; where it cannot be listed, that is an input."""
    try:
        names = sorted(os.listdir(folder), reverse=True)
    except OSError as error:
        return [Input(folder, "failed", f"cannot be read: {error.strerror}")]
    left += [folder / name for name in names if not name.startswith(".")]
    return []


def _leads_out(path: Path, root: str) -> bool:
    return os.path.islink(path) and (os.path.isdir(path) or not Path(os.path.realpath(path)).is_relative_to(root))


def _is_part_of_page(folder: Path) -> bool:
    stem = folder.name.removesuffix("_files")
    return stem != folder.name and any(os.path.isfile(folder.parent / f"{stem}{end}") for end in (".html", ".htm"))


def _parts_of_page(folder: Path) -> list[Input]:
    files = (Path(at) / name for at, _, names in os.walk(folder) for name in names)
    return [Input(path, "skipped", "part of a saved page") for path in sorted(files)]


def judge_file(path: Path, *, named: bool = False) -> Input:
    """What the file is, by its name, else by its first bytes."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if os.path.islink(path):
            return Input(path, "skipped", "a link that leads nowhere", named)
        return Input(path, "failed", f"cannot be read: {error.strerror}", named)
    if not stat.S_ISREG(mode):
        return Input(path, "skipped", "not a regular file", named)
    if path.name.endswith(SEAL):
        return Input(path, "skipped", "the seal of a WARC file", named)
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes[-1:] == [".gz"]:
        suffixes.pop()
    kind = KINDS.get(suffixes[-1]) if suffixes else None
    if kind in CERTAIN:
        return Input(path, kind, None, named)
    return _look_into(path, named, kind)


def _look_into(path: Path, named: bool, by_name: InputKind | None) -> Input:
    """What the file is by its first bytes, also if they are gzip; else what its name says."""
    try:
        with path.open("rb") as file:
            head = file.read(LOOK)
    except OSError as error:
        return Input(path, "failed", f"cannot be read: {error.strerror}", named)
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(31).decompress(head, LOOK)
        except zlib.error:
            head = b""
    if head.startswith(ZIP) and by_name is None:
        return _look_into_zip(path, named)
    kind = _surely(head) or by_name or _maybe(head)
    if kind is not None:
        return Input(path, kind, None, named)
    what = next((what for mark, what in OTHER_FORMATS if head.startswith(mark)), None)
    return Input(path, "skipped", what or "neither HTML, text nor WARC, nor a known export", named)


def _surely(head: bytes) -> InputKind | None:
    """What a file is that begins so, whatever its name; None where that does not tell."""
    return "cdx" if looks_like_cdx(head) else kind_of_export(head)


def _maybe(head: bytes) -> InputKind | None:
    """What a file is that begins so, where its name says nothing."""
    if head.startswith(VERSION_BLOCK):
        return "arc"
    if head.startswith(b"WARC/"):
        return "warc"
    if looks_like_mhtml(head):
        return "mhtml"
    return "html" if looks_like_html(head) else None


def _look_into_zip(path: Path, named: bool) -> Input:
    """What the ZIP file is by the names in it."""
    try:
        with open_zip(path) as members:
            kind = kind_of_members(members.names)
    except InputError as error:
        return Input(path, "failed", error.message, named)
    if kind is None:
        return Input(path, "skipped", "a ZIP file with no WARC and no known export in it", named)
    return Input(path, kind, None, named)
