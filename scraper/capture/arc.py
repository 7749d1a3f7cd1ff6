"""ARC files (https://archive.org/web/researcher/ArcFileFormat.php), which were before WARC: `write_as_warc`.

A record is a line (URL, IP address, date, media type, length in bytes; in version 2 five more before the length) and as
many bytes as it says. Each becomes the WARC record that says the same, so that all that reads WARC files reads it.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from scraper.capture.header import escape_spaces, read_date, write_date, write_header
from scraper.capture.member import Damage, Member, open_members
from scraper.capture.records import DamagedRecord
from scraper.errors import InputError

VERSION_BLOCK = b"filedesc:"
COLUMNS = {b"1": 5, b"2": 10}  # of a record's line, by the version that the block states
STARTS = (b"http", b"dns:", b"filedesc:")
_URL = re.compile(r"(?:https?|ftp|dns|filedesc|whois|gopher):\S", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    """A record's line: what stands in its columns, the last of which is how many bytes follow."""

    url: str
    ip: str
    date: str
    media_type: str
    length: str


def write_as_warc(path: Path, target: BinaryIO) -> list[DamagedRecord]:
    """Writes the records of an ARC file as those of a plain WARC file; what could not be read, with its place.

    Raises InputError where the file cannot be opened or is no ARC file.
    """
    damaged: list[DamagedRecord] = []
    columns = COLUMNS[b"1"]
    try:
        with path.open("rb") as file:
            for number, member in enumerate(open_members(file)):
                if number == 0:
                    columns = _columns(member, path)
                damaged += _copy_member(path, member, columns, target)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from error
    return damaged


def _columns(member: Member, path: Path) -> int:
    """How many columns lines have, by the version that the file's first block states; the member stays where it is."""
    try:
        if not member.starts_with(VERSION_BLOCK):
            raise InputError("not an ARC file", str(path))
    except Damage as damage:
        raise InputError(f"cannot be read: {damage}", str(path)) from damage
    stated = re.match(rb"[^\n]*\n(\d) \d", member.peek())
    return COLUMNS.get(stated[1], COLUMNS[b"1"]) if stated else COLUMNS[b"1"]


def _copy_member(path: Path, member: Member, columns: int, target: BinaryIO) -> Iterator[DamagedRecord]:
    """Writes the records of one member; of one that is not whole the place is told, and the next line looked for."""
    while True:
        place = member.offset + (0 if member.gzipped else member.inner)
        end = target.tell()
        try:
            member.skip_newlines()
            if member.at_end():
                return
            place = member.offset + (0 if member.gzipped else member.inner)
            _copy_record(member, columns, target)
        except Damage as damage:
            target.truncate(end)
            target.seek(end)
            yield DamagedRecord(path, place, str(damage))
            if not _skip_to_next(member, columns):
                return


def _skip_to_next(member: Member, columns: int) -> bool:
    """Go on to the next line that can be a record's; False where this member has none."""
    try:
        while member.skip_to_line(b""):
            if any(member.starts_with(start) for start in STARTS) and _read_line(member.line(peek=True), columns):
                return True
    except Damage:
        pass
    return False


def _copy_record(member: Member, columns: int, target: BinaryIO) -> None:
    """Writes the record that starts here; Damage where it is not whole."""
    start = member.offset, member.inner
    line = _read_line(member.line(), columns)
    if line is None:
        raise Damage("no ARC record")
    if not re.fullmatch(r"[0-9]{1,15}", line.length):
        raise Damage(f"length is no number: {line.length[:40]!r}")
    length = int(line.length)
    is_http = member.starts_with(b"HTTP/")
    is_info = line.url.startswith("filedesc:")
    stated = read_date(line.date[:14])
    target.write(
        write_header(
            (
                ("WARC-Type", "warcinfo" if is_info else "response"),
                ("WARC-Record-ID", f"<{uuid.uuid5(uuid.NAMESPACE_URL, f'{line} {start}').urn}>"),
                ("WARC-Target-URI", None if is_info else escape_spaces(line.url)),
                ("WARC-Date", write_date(stated) if stated else None),
                ("WARC-IP-Address", None if is_info else line.ip),
                ("Content-Type", "application/http; msgtype=response" if is_http else line.media_type),
            ),
            length,
        )
    )
    left = length
    for piece in member.pieces(length):
        target.write(piece)
        left -= len(piece)
    if left:
        raise Damage(f"cut off: {length - left} of {length} bytes")
    target.write(b"\r\n\r\n")


def _read_line(line: bytes, columns: int) -> _Line | None:
    """The line's columns, of which the URL alone may have spaces; None where it is no record's."""
    cells = line.decode("utf-8", "replace").rstrip("\r\n").rsplit(" ", columns - 1)
    if len(cells) != columns or not _URL.match(cells[0]) or not cells[2].isdecimal():
        return None
    return _Line(cells[0], cells[1], cells[2], cells[3], cells[-1])
