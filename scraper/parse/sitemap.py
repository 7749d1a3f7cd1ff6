"""What a sitemap names: `read_sitemap` gives its addresses (sitemaps.org 0.9, its text form, and the news extension).

Packed or not, in any order and with any damage: what can be read of it is. No tree is built; entities are not expanded,
nothing is loaded; what is read is bounded by the protocol's own limits.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from scraper.parse.ampersands import STAND_IN, show_ampersands

MOST_BYTES = 52_428_800  # uncompressed, and
MOST_PLACES = 50_000  # addresses in one document, both by the protocol
MOST_ELEMENTS = 2_000_000  # with pictures and translations a document of 50,000 addresses has so many
MOST_CHARACTERS = 2_000  # of a value
CHUNK = 65_536
PLACES = {"url": False, "sitemap": True}
VALUES = {"loc": "url", "lastmod": "changed", "publication_date": "published"}
URL_LINE = re.compile(r"https?://\S{1,2000}$", re.I)
LONGEST_LINE = 4 * MOST_CHARACTERS


@dataclass(frozen=True, slots=True)
class Place:
    """An address in a sitemap, and when what stands there was changed and published, as stated."""

    url: str
    changed: str = ""
    published: str = ""
    is_sitemap: bool = False


def read_sitemap(payload: bytes) -> Iterator[Place]:
    """The addresses in the document's order, of a urlset, an index, or a text with one on each line. Never fails."""
    chunks = _unpacked(payload)
    head = next(chunks, b"")
    if head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\0\xff\xfe \t\r\n").startswith(b"<"):
        yield from _of_xml(chain((head.lstrip(),), chunks))
    else:
        yield from _of_text(head, chunks)


def _unpacked(payload: bytes) -> Iterator[bytes]:
    """The document in pieces, up to MOST_BYTES; of a packed one that is cut or damaged what comes before."""
    if not payload.startswith(b"\x1f\x8b"):
        for start in range(0, min(len(payload), MOST_BYTES), CHUNK):
            yield payload[start : start + CHUNK]
        return
    unpacker, left = zlib.decompressobj(31), MOST_BYTES
    for start in range(0, len(payload), CHUNK):
        waiting = payload[start : start + CHUNK]
        while waiting and left > 0 and not unpacker.eof:
            try:
                piece = unpacker.decompress(waiting, CHUNK)
            except zlib.error:
                return
            left -= len(piece)
            waiting = unpacker.unconsumed_tail
            if piece:
                yield piece
        if left <= 0 or unpacker.eof:
            return


# ---- XML


class _Reader:
    """Takes what the parser sees, one element after the other, and keeps the places that are whole."""

    def __init__(self) -> None:
        self.places: list[Place] = []
        self.elements = 0
        self._values: dict[str, str] = {}
        self._is_sitemap = False
        self._field: str | None = None
        self._text = ""

    def start(self, tag: Any, attributes: Any) -> None:
        self.elements += 1
        name = tag.rpartition("}")[2]
        if name in PLACES:
            self._finish()  # the one before, where its end is missing
            self._is_sitemap = PLACES[name]
        self._field, self._text = (VALUES.get(name) if "image" not in tag and "video" not in tag else None), ""

    def data(self, text: Any) -> None:
        if self._field is not None and len(self._text) <= MOST_CHARACTERS:
            self._text += text[: MOST_CHARACTERS + 1]

    def end(self, tag: Any) -> None:
        if self._field is not None:
            self._values.setdefault(self._field, show_ampersands(self._text).strip())
            self._field = None
        if tag.rpartition("}")[2] in PLACES:
            self._finish()

    def close(self) -> None:
        self._finish()

    def _finish(self) -> None:
        url = self._values.get("url", "")
        if 0 < len(url) <= MOST_CHARACTERS:
            self.places.append(
                Place(url, self._values.get("changed", ""), self._values.get("published", ""), self._is_sitemap)
            )
        self._values = {}


def _of_xml(chunks: Iterator[bytes]) -> Iterator[Place]:
    from lxml import etree

    reader = _Reader()
    target: Any = reader
    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    total = 0
    try:
        for piece in chunks:
            parser.feed(piece.replace(b"&", STAND_IN.encode()))
            places, reader.places = reader.places, []
            yield from places[: MOST_PLACES - total]
            total += len(places)
            if total >= MOST_PLACES or reader.elements > MOST_ELEMENTS:
                return
        parser.close()
    except (etree.XMLSyntaxError, ValueError):
        reader.close()
    yield from reader.places[: MOST_PLACES - total]


# ---- text


def _of_text(head: bytes, chunks: Iterator[bytes]) -> Iterator[Place]:
    """One address on a line, in UTF-8; a line that is none is passed over."""
    total, rest = 0, head
    for piece in chain(chunks, (b"\n",)):
        lines = (rest + piece).split(b"\n")
        rest = lines.pop()[:LONGEST_LINE]
        for line in lines:
            url = line.decode("utf-8", "replace").strip("\ufeff \t\r")
            if len(url) <= MOST_CHARACTERS and URL_LINE.match(url):
                yield Place(url)
                total += 1
                if total == MOST_PLACES:
                    return
