"""Movable Type's export (https://movabletype.org/documentation/appendices/import-export-format.html), which TypePad
and others write too: `read_movable_type`.

A text: lines 'KEY: value', then sections ('BODY:', 'COMMENT:' ...) that end with five dashes; an entry ends with eight.
Most exports have no addresses: those of entries are then made as the software's own templates make them, below the
blog's address, else entries are known by their time and name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO
from urllib.parse import quote

from scraper.parse.exports.values import Exported, ExportedComment, ExportedPerson, ExportedPost, LeftOut
from scraper.text.urls import resolve

SECTION_END, ENTRY_END = "-----", "--------"
MOST_CHARACTERS = 20_000_000  # of one entry with its comments
KEY = re.compile(r"([A-Z][A-Z ]{1,20}):(?: (.*)|\s*)$")
SECTIONS = frozenset({"BODY", "EXTENDED BODY", "EXCERPT", "KEYWORDS", "COMMENT", "PING"})
FIELDS = {  # of a comment or trackback, before its words
    "COMMENT": frozenset({"AUTHOR", "EMAIL", "IP", "URL", "DATE", "TITLE"}),
    "PING": frozenset({"TITLE", "URL", "IP", "BLOG NAME", "DATE"}),
}
TIMES = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S")
WHOLE = frozenset({"0", "richtext", "wysiwyg"})  # values of CONVERT BREAKS that leave a text as it is
TAG = re.compile(r'"([^"]*)"|([^,"]+)')


@dataclass(slots=True)
class _Entry:
    """The lines of one entry: its own values, and its sections, each with its name."""

    values: dict[str, list[str]] = field(default_factory=dict)
    sections: list[tuple[str, list[str]]] = field(default_factory=list)
    open: bool = False  # whether the last section goes on

    def first(self, name: str) -> str:
        return next(iter(self.values.get(name, ())), "").strip()

    def body(self, name: str) -> str:
        return "\n".join("\n".join(lines) for each, lines in self.sections if each == name).strip()


def read_movable_type(stream: BinaryIO, base: str | None = None) -> Iterator[Exported]:
    """What the export holds, in its order. Never fails.

    :param base: the blog's address.
    """
    entry, size = _Entry(), 0
    for line in _lines(stream):
        size += len(line)
        if line == ENTRY_END:
            yield from _exported(entry, base)
            entry, size = _Entry(), 0
        elif size > MOST_CHARACTERS:
            yield LeftOut(entry.first("TITLE") or "an entry", "damaged: larger than any entry is", damaged=True)
            return
        else:
            _take(entry, line)
    if entry.values or entry.sections:
        if entry.open:
            yield LeftOut(entry.first("TITLE") or "an entry", "damaged: it ends too early", damaged=True)
        else:
            yield from _exported(entry, base)


def _take(entry: _Entry, line: str) -> None:
    if line == SECTION_END:
        entry.open = False
    elif entry.open:
        entry.sections[-1][1].append(line)
    elif found := KEY.match(line):
        name, value = found[1], found[2]
        if name in SECTIONS:
            entry.sections.append((name, [value] if value else []))
            entry.open = True
        else:
            entry.values.setdefault(name, []).append(value or "")


def _exported(entry: _Entry, base: str | None) -> Iterator[Exported]:
    if not entry.values and not entry.sections:
        return
    published = _time(entry.first("DATE"))
    url = _url(entry, published, base)
    status = entry.first("STATUS").lower()
    remarks = [(name, lines) for name, lines in entry.sections if name in FIELDS]
    if status not in ("", "publish"):
        yield LeftOut(entry.first("TITLE") or url, f"not published: {status}")
        yield from (LeftOut(url, "comment on what is left out", part_of_post=True) for _ in remarks)
        return
    html = "\n\n".join(filter(None, (entry.body("BODY"), entry.body("EXTENDED BODY"))))
    author = entry.first("AUTHOR")
    categories = (each.strip() for name in ("PRIMARY CATEGORY", "CATEGORY") for each in entry.values.get(name, ()))
    yield ExportedPost(
        url=url,
        kind="post",
        platform="movabletype",
        title=entry.first("TITLE") or None,
        authors=(ExportedPerson(author),) if author else (),
        published=published,
        html=html,
        breaks=entry.first("CONVERT BREAKS") not in WHOLE,
        tags=tuple(
            dict.fromkeys((one or other).strip() for one, other in TAG.findall(entry.first("TAGS")) if one or other)
        ),
        categories=tuple(dict.fromkeys(filter(None, categories))),
        comments=tuple(_remark(name, lines) for name, lines in remarks),
        comments_complete=True,
    )


def _remark(name: str, lines: list[str]) -> ExportedComment:
    """A comment or trackback; its first lines say whose it is, with the addresses of mail and network."""
    values: dict[str, str] = {}
    start = 0
    for line in lines:
        found = KEY.match(line)
        if found is None or found[1] not in FIELDS[name] or found[1] in values:
            break
        values[found[1]] = (found[2] or "").strip()
        start += 1
    is_ping = name == "PING"
    return ExportedComment(
        author=values.get("BLOG NAME" if is_ping else "AUTHOR") or None,
        author_url=values.get("URL") or None,
        subject=values.get("TITLE") or None,
        published=_time(values.get("DATE", "")),
        html="\n".join(lines[start:]).strip(),
        breaks=True,
        kind="trackback" if is_ping else "comment",
        email=values.get("EMAIL") or None,
        ip=values.get("IP") or None,
    )


def _url(entry: _Entry, published: str | None, base: str | None) -> str:
    """The entry's address: as stated, else as the default template of entries makes it, else a name of our own."""
    stated = entry.first("UNIQUE URL")
    if stated.startswith(("http://", "https://")):
        return stated
    name = entry.first("BASENAME") or re.sub(r"\W+", "_", entry.first("TITLE").lower()).strip("_")[:100]
    if base and published and entry.first("BASENAME"):
        placed = resolve(f"{base.rstrip('/')}/", f"{published[:4]}/{published[5:7]}/{quote(name)}.html")
        if placed:
            return placed
    return f"urn:movabletype:{published or ''}:{quote(name)}"


def _time(stated: str) -> str | None:
    """The time in ISO 8601, without a zone: the export states none.

    >>> _time("05/14/2012 10:04:00 PM")
    '2012-05-14T22:04:00'
    """
    for pattern in TIMES:
        try:
            return datetime.strptime(stated.strip(), pattern).isoformat()
        except ValueError:
            continue
    return None


def _lines(stream: BinaryIO) -> Iterator[str]:
    """The lines without their ends, in UTF-8, or where one is not, in the encoding of old Windows programs."""
    first = True
    while line := stream.readline(MOST_CHARACTERS):
        if first:
            line, first = line.removeprefix(b"\xef\xbb\xbf"), False
        try:
            yield line.decode().rstrip("\r\n")
        except UnicodeDecodeError:
            yield line.decode("cp1252", "replace").rstrip("\r\n")
