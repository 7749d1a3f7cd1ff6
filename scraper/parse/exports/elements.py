"""The records of a large XML document, one in memory at a time: `read_elements`.

Nothing is loaded and nothing expanded: every '&' goes past the parser (see ampersands.py), and so do the control
characters that XML forbids and exports hold. What is damaged is gone past, and told of at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from scraper.parse.ampersands import hide_ampersands, show_ampersands
from scraper.text.prose import fold

PIECE = 1 << 20
MOST_OPEN = 10_000_000  # bytes of a CDATA section; the parser takes no longer text
MOST_ELEMENTS = 2_000_000  # in one record
MOST_CHARACTERS = 2_500_000  # of one text, as of a page
DEEPEST = 100
CDATA, CDATA_END = b"<![CDATA[", b"]]>"
FORBIDDEN = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
BLANKS = bytes.maketrans(FORBIDDEN, b" " * len(FORBIDDEN))
SPACES = {  # of names that mean something else than the same name without a prefix; any version of them
    re.compile(r"//purl\.org/rss/1\.0/modules/content/"): "content:",
    re.compile(r"//wordpress\.org/export/[\d.]+/excerpt/"): "excerpt:",
    re.compile(r"//wordpress\.org/export/[\d.]+/$"): "wp:",
    re.compile(r"//schemas\.google\.com/blogger/\d+"): "blogger:",
    re.compile(r"//purl\.org/atom/app#|//www\.w3\.org/2007/app"): "app:",
    re.compile(r"//purl\.org/syndication/thread/"): "thr:",
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """What was wrong with the document, in one line: what could be read of it was read all the same."""

    message: str


def read_elements(stream: BinaryIO, depth: int) -> Iterator[Any]:
    """The elements at that depth below the root (1: its children), each whole; a Flaw at the end where there was one.

    An element is empty once the next one is asked for.
    """
    from lxml import etree

    parser = etree.XMLPullParser(
        ("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    level = inside = 0
    flaw: Flaw | None = None
    for piece in _pieces(stream):
        try:
            parser.feed(piece)
        except (etree.XMLSyntaxError, ValueError) as error:
            flaw = Flaw(str(error))
        for event, element in parser.read_events():
            level += 1 if event == "start" else -1
            inside = inside + 1 if event == "start" and level > depth else inside
            if inside > MOST_ELEMENTS or level > DEEPEST:
                yield Flaw("a record of it is larger than any is")
                return
            if event == "end" and level <= depth:
                inside = 0
                if level == depth:
                    yield element
                _forget(element)
        if flaw:
            break
    errors = [each for each in parser.feed_error_log if each.level >= etree.ErrorLevels.ERROR]
    found = flaw or (Flaw(f"line {errors[0].line}: {errors[0].message}") if errors else None)
    if found is None and level > 0:
        found = Flaw("it ends too early")
    if found is not None:
        yield found


def name_of(element: Any) -> str:
    """The local name in lower case, behind a prefix of our own for the namespaces in SPACES."""
    if not isinstance(element.tag, str):
        return ""
    space, _, name = element.tag.rpartition("}")
    prefix = next((prefix for pattern, prefix in SPACES.items() if space and pattern.search(space)), "")
    return f"{prefix}{name.lower()}"


def parts_of(element: Any) -> dict[str, list[Any]]:
    """The element's children by their names."""
    found: dict[str, list[Any]] = {}
    for child in element:
        if name := name_of(child):
            found.setdefault(name, []).append(child)
    return found


def words(parts: dict[str, list[Any]], name: str) -> str:
    """The text of the first child of this name, with white space folded; '' where there is none."""
    return fold(long_text(parts, name))


def long_text(parts: dict[str, list[Any]], name: str) -> str:
    """As `words`, with its lines as they stand."""
    found = parts.get(name)
    return text_of(found[0]) if found else ""


def text_of(element: Any) -> str:
    """All text in the element."""
    return show_ampersands("".join(element.itertext())[:MOST_CHARACTERS]).strip()


def attribute(element: Any, name: str) -> str:
    """The value of the attribute, in whatever namespace; '' where there is none."""
    value = next((each for key, each in element.attrib.items() if key.rpartition("}")[2] == name), "")
    return show_ampersands(str(value)).strip()


def _forget(element: Any) -> None:
    """Empties the element and removes those before it: else the root would keep them all."""
    element.clear()
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    """The document in pieces that neither cut a CDATA mark in two nor begin within CDATA."""
    left = b""
    while piece := stream.read(PIECE):
        left = (left + piece).lstrip() if not left.strip() else left + piece
        end = _good_end(left)
        if end:
            yield hide_ampersands(left[:end].translate(BLANKS))
            left = left[end:]
    if left:
        yield hide_ampersands(left.translate(BLANKS))


def _good_end(text: bytes) -> int:
    """How far the text goes before a CDATA section that it does not end, or the beginning of a mark."""
    start = text.rfind(CDATA)
    if start >= 0 and text.find(CDATA_END, start) < 0:
        return start if len(text) - start < MOST_OPEN else len(text)
    last = text.rfind(b"<")
    return last if last >= 0 and len(text) - last < len(CDATA) else len(text)
