"""What there is to import: `find_inputs` walks the given paths and says of each file what it is to be read as."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scraper.capture.records import OTHER_FORMATS
from scraper.errors import InputError, UsageError
from scraper.run.payloads import looks_like_html

InputKind = Literal["html", "text", "warc", "skipped"]

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
    """A file and what to read it as; a skipped one says why. `named`: the person gave this very path."""

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
        if not path.exists():
            raise UsageError("no such file or folder", str(path))
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path, path.resolve())
        else:
            yield judge_file(path, named=True)


def _in_folder(folder: Path, root: Path) -> Iterator[Input]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_symlink() and (path.is_dir() or not path.resolve().is_relative_to(root)):
            yield Input(path, "skipped", "a link out of the folder")
        elif path.is_dir():
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
    if not path.is_file():
        return Input(path, "skipped", "not a regular file", named)
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes[-1:] == [".gz"]:
        suffixes.pop()
    kind = KINDS.get(suffixes[-1]) if suffixes else None
    return Input(path, kind, None, named) if kind else _judge_by_content(path, named)


def _judge_by_content(path: Path, named: bool) -> Input:
    try:
        with path.open("rb") as file:
            head = file.read(LOOK)
        if head.startswith(GZIP):
            head = zlib.decompressobj(31).decompress(head, LOOK)
    except (OSError, zlib.error) as error:
        return Input(path, "skipped", f"cannot be read: {error}", named)
    if head.startswith(b"WARC/"):
        return Input(path, "warc", None, named)
    other = next((what for mark, what in OTHER_FORMATS if head.startswith(mark)), None)
    if other is None and looks_like_html(head):
        return Input(path, "html", None, named)
    return Input(path, "skipped", other or "neither HTML, text nor WARC", named)


def read_bytes(path: Path, limit: int) -> bytes:
    """The file's bytes, unpacked where they are gzip. Raises InputError where they cannot be read or exceed `limit`."""
    try:
        with path.open("rb") as file:
            packed = file.read(2) == GZIP
        with gzip.open(path) if packed else path.open("rb") as stream:
            data: bytes = stream.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"cannot be read: {error}", str(path)) from error
    if len(data) > limit:
        raise InputError(f"larger than {limit} bytes", str(path))
    if path.suffix.lower() == ".gz" and not packed and not looks_like_html(data[:LOOK]):
        raise InputError("named .gz, but neither gzip nor HTML", str(path))
    if not data.strip():
        raise InputError("is empty", str(path))
    if _is_binary(data):
        raise InputError("is neither HTML nor text: too many control characters", str(path))
    return data


def _is_binary(data: bytes) -> bool:
    """Whether the beginning is no text in any encoding; UTF-16 has a byte order mark or a NUL in every other byte."""
    head = data[:LOOK]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.count(0) * 3 > len(head):
        return False
    return len(head) - len(head.translate(None, CONTROLS)) > MOST_CONTROLS * len(head)
