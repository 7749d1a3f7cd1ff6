"""The records of a large XML document, one in memory at a time: `read_elements`.

Nothing is loaded and nothing expanded: every '&' goes past the parser (see ampersands.py), and so do each '<' that
begins no tag and the control characters that XML forbids and exports hold. What is damaged is gone past, and told of at
the end.
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
SPARE = b"spare-level"  # elements between the root and all else: each end without a beginning takes one
SPARES = 30
PROLOG = re.compile(
    rb"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>|\s+|\xef\xbb\xbf", re.DOTALL | re.IGNORECASE
)
ROOT = re.compile(rb"<[A-Za-z_][^<>]*[^<>/]>")
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

    An element is empty once the next one is asked for. Where damage took an element's end, it ends where the next of
    its name begins; where it took the beginning of one, those after it are known by their name, wherever they stand.
    """
    from lxml import etree

    parser = etree.XMLPullParser(
        ("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    records = _Records(depth + SPARES)
    flaw: Flaw | None = None
    for piece in _pieces(stream):
        try:
            parser.feed(piece)
        except (etree.XMLSyntaxError, ValueError) as error:
            flaw = Flaw(str(error))
        for event, element in parser.read_events():
            if event == "end":
                is_record = records.end(element)
                if is_record:
                    yield element
                records.leave(element, is_record)
                continue
            unended = records.begin(element)
            if records.is_too_large:
                yield Flaw("a record of it is larger than any is")
                return
            if unended is not None:
                yield unended
        if flaw:
            break
    found = flaw or _complaint(parser) or (Flaw("it ends too early") if records.level > SPARES else None)
    if found is not None:
        yield found


class _Records:
    """Which elements are records: those at one depth, and those that damage has put deeper or higher.

    `level` is how many elements are open; `is_too_large`: more than in any document, or in any record of one.
    """

    def __init__(self, depth: int) -> None:
        self.level = 0
        self._depth = depth
        self._inside = 0  # elements of the record in hand
        self._open: Any = None
        self._tags: set[str] = set()  # of records with elements in them

    @property
    def is_too_large(self) -> bool:
        return self._inside > MOST_ELEMENTS or self.level > DEEPEST

    def begin(self, element: Any) -> Any:
        """Notes an element that begins; the record that ends by that without an end of its own, else None."""
        self.level += 1
        self._inside += self.level > self._depth
        is_again = self._open is not None and element.tag == self._open.tag
        is_record = is_again or (self._open is None and element.tag in self._tags)
        if self.level == self._depth + 1 or (self.level > 1 and is_record):
            unended, self._open = self._open, element
            return unended
        return None

    def end(self, element: Any) -> bool:
        """Whether what ends here is a record."""
        if element is not self._open:
            return False
        self._open = None
        if len(element):
            self._tags.add(element.tag)
        return True

    def leave(self, element: Any, is_record: bool) -> None:
        """Empties an element that has ended, where it is no part of a record that goes on."""
        if is_record or self.level <= self._depth + 1:
            self._inside = 0
            _forget(element)
        self.level -= 1


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
    is_first = True
    while piece := stream.read(PIECE):
        left = (left + piece).lstrip() if not left.strip() else left + piece
        if is_first and left:
            left, is_first = _with_spares(left), False
        end = _good_end(left)
        if end:
            yield hide_ampersands(left[:end].translate(BLANKS), strays=True)
            left = left[end:]
    if left:
        yield hide_ampersands(left.translate(BLANKS), strays=True)


def _with_spares(text: bytes) -> bytes:
    """The beginning of the document with the spare levels below its root."""
    at = 0
    while found := PROLOG.match(text, at):
        at = found.end()
    root = ROOT.match(text, at)
    return text[: root.end()] + b"".join([b"<", SPARE, b">"]) * SPARES + text[root.end() :] if root else text


def _complaint(parser: Any) -> Flaw | None:
    """The first error that the parser went past and that is the document's own."""
    from lxml import etree

    errors = (each for each in parser.feed_error_log if each.level >= etree.ErrorLevels.ERROR and not _is_ours(each))
    return next((Flaw(f"line {each.line}: {each.message}") for each in errors), None)


def _is_ours(error: Any) -> bool:
    """Whether the parser complains of a spare level that the document's own end took."""
    return SPARE.decode() in error.message


def _good_end(text: bytes) -> int:
    """How far the text goes before a CDATA section that it does not end, or the beginning of a mark."""
    start = text.rfind(CDATA)
    if start >= 0 and text.find(CDATA_END, start) < 0:
        return start if len(text) - start < MOST_OPEN else len(text)
    last = text.rfind(b"<")
    return last if last >= 0 and len(text) - last < len(CDATA) else len(text)
