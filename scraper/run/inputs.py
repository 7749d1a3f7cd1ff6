"""What there is to import: `find_inputs` walks the given paths and says of each file what it is to be read as."""

from __future__ import annotations

import gzip
import os
import stat
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scraper.capture.records import OTHER_FORMATS
from scraper.errors import InputError, UsageError
from scraper.run.payloads import looks_like_html

InputKind = Literal["html", "text", "warc", "skipped", "unreadable"]

KINDS: dict[str, InputKind] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".php": "html",
    ".txt": "text",
    ".text": "text",
    ".warc": "warc",
}
GZIP = b"\x1f\x8b"
CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\f\r\x1b") + b"\x7f"
MOST_CONTROLS = 0.05  # share of the first bytes; random bytes have 0.1
LOOK = 4096  # bytes that decide on a file whose name says nothing


@dataclass(frozen=True, slots=True)
class Input:
    """A file and what to read it as; one that is not read says why. `named`: the person gave this very path."""

    path: Path
    kind: InputKind
    reason: str | None = None
    named: bool = False


def find_inputs(paths: Sequence[Path]) -> Iterator[Input]:
    """Every file at or below the paths, in order: folders sorted by name, hidden names left out.

    Links are not followed out of a folder, nor into other folders. What a browser keeps beside a saved page
    (`page_files/` beside `page.html`) is part of that page and skipped. Raises UsageError for a missing path.
    """
    for path in paths:
        if not os.path.exists(path):
            raise UsageError("no such file or folder", str(path))
    for path in paths:
        if not path.is_dir():
            yield judge_file(path, named=True)
            continue
        empty = True
        for each in _in_folder(path, path.resolve()):
            empty = False
            yield each
        if empty:
            yield Input(path, "skipped", "a folder with nothing in it", named=True)


def _in_folder(folder: Path, root: Path) -> Iterator[Input]:
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        yield Input(folder, "unreadable", _said(error))
        return
    for path in paths:
        if path.name.startswith("."):
            continue
        if path.is_symlink() and (os.path.isdir(path) or not path.resolve().is_relative_to(root)):
            yield Input(path, "skipped", "a link out of the folder")
        elif path.is_symlink() and not os.path.exists(path):
            yield Input(path, "skipped", "a link to nothing")
        elif os.path.isdir(path):
            yield from _parts_of_page(path) if _is_part_of_page(path) else _in_folder(path, root)
        else:
            yield judge_file(path)


def _is_part_of_page(folder: Path) -> bool:
    stem = folder.name.removesuffix("_files")
    return stem != folder.name and any((folder.parent / f"{stem}{suffix}").is_file() for suffix in (".html", ".htm"))


def _parts_of_page(folder: Path) -> Iterator[Input]:
    return (Input(path, "skipped", "part of a saved page") for path in sorted(folder.rglob("*")) if path.is_file())


def judge_file(path: Path, *, named: bool = False) -> Input:
    """What the file is, by its name, else by its first bytes."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return _unfit(path, "not a regular file", named)
        suffixes = [suffix.lower() for suffix in path.suffixes]
        if suffixes[-1:] == [".gz"]:
            suffixes.pop()
        kind = KINDS.get(suffixes[-1]) if suffixes else None
        return Input(path, kind, None, named) if kind else _sniff(path, named)
    except OSError as error:
        return Input(path, "unreadable", _said(error), named)


def _sniff(path: Path, named: bool) -> Input:
    with path.open("rb") as file:
        head = file.read(LOOK)
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(31).decompress(head, LOOK)
        except zlib.error:
            return _unfit(path, "not well-formed gzip", named)
    if head.startswith(b"WARC/"):
        return Input(path, "warc", None, named)
    other = next((what for mark, what in OTHER_FORMATS if head.startswith(mark)), None)
    if other is None and looks_like_html(head):  # an ARC file has pages in it
        return Input(path, "html", None, named)
    return _unfit(path, other or ("neither HTML, text nor WARC" if head else "is empty"), named)


def _unfit(path: Path, reason: str, named: bool) -> Input:
    """A file that is nothing to read: a failure where the person gave this path, else one of a folder's many."""
    return Input(path, "unreadable" if named else "skipped", reason, named)


def _said(error: Exception) -> str:
    return f"cannot be read ({getattr(error, 'strerror', None) or error})"


def read_bytes(path: Path, limit: int) -> bytes:
    """The file's bytes, unpacked where they are gzip. Raises InputError where they cannot be read or exceed `limit`."""
    try:
        with path.open("rb") as file:
            packed = file.read(2) == GZIP
        with gzip.open(path) if packed else path.open("rb") as stream:
            data: bytes = stream.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(_said(error), str(path)) from error
    if len(data) > limit:
        raise InputError(f"larger than {limit} bytes", str(path))
    if not data.strip():
        raise InputError("is empty", str(path))
    if _is_binary(data):
        raise InputError("is neither HTML nor text: too many control characters", str(path))
    return data


def _is_binary(data: bytes) -> bool:
    """Whether the beginning is no text in any encoding; UTF-16 has a byte order mark or a NUL in every other byte."""
    head = data[:LOOK]
    zeros = sorted((head[::2].count(0), head[1::2].count(0)))
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or (zeros[1] * 3 > len(head) and zeros[0] * 20 < len(head)):
        return False
    return len(head) - len(head.translate(None, CONTROLS)) > MOST_CONTROLS * len(head)
