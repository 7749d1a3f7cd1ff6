"""Pages that are nested deeper than a tree can be: `without_depth` brings what is too deep further out.

The parser, like a browser, hangs what stands deeper than 512 levels on the last of them, where it is nobody's. Threads
of answers to answers get there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from html import escape
from itertools import islice

import turbohtml

DEEPEST = 500  # levels; a tree with fewer has lost nothing
MOVED_FROM = 400  # levels from which on an element with an id is moved out
FARTHEST = 50  # open elements among which the one is looked for that a tag closes
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
RAW = frozenset("script style xmp iframe noembed noframes plaintext".split())  # their text is no markup
# Elements whose end tag may be left out: the next of these ends one, unless one of the others opened in between.
ENDED_BY_NEXT = {"li": ("ul", "ol", "menu"), "dt": ("dl",), "dd": ("dl",), "tr": ("table",), "td": ("tr", "table")}
PAIRED = {"dt": "dd", "dd": "dt"}
CONTAINERS = ("div", "article", "section")
PARAGRAPH_ENDS = frozenset("p div ul ol dl table article section blockquote pre h1 h2 h3 h4 h5 h6 form hr".split())


def without_depth(text: str) -> tuple[str, dict[str, str]]:
    """The source with its deepest parts further out, and for each id that of the nearest element with one around it.

    What is moved becomes a sibling of the outermost element of its tag and class that it stands in.
    """
    flat = _Flat()
    for token in turbohtml.tokenize(text):
        if token.type == turbohtml.TokenType.START_TAG:
            flat.start(str(token.tag), [(name, value or "") for name, value in token.attrs or ()])
        elif token.type == turbohtml.TokenType.END_TAG:
            flat.end(str(token.tag))
        elif token.type == turbohtml.TokenType.TEXT:
            flat.add_text(str(token.data))
    return "".join(flat.parts), flat.enclosing


@dataclass(slots=True)
class _Open:
    """An element that is open: its kind (tag and first class), the nearest id from it outwards, whether it was left."""

    tag: str
    kind: tuple[str, str]
    ident: str | None
    is_left: bool = False


@dataclass(slots=True)
class _Flat:
    """The source as it is written anew, and the elements that are open in the old one."""

    parts: list[str] = field(default_factory=list)
    enclosing: dict[str, str] = field(default_factory=dict)
    open: list[_Open] = field(default_factory=list)
    places: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    depth: int = 0  # of open elements that were not left

    def start(self, tag: str, attributes: list[tuple[str, str]]) -> None:
        ended = self.ended_by(tag)
        if ended:
            self.end(ended)
        stated = dict(reversed(attributes))
        ident, names = stated.get("id"), stated.get("class", "").split()
        kind = (tag, names[0] if names else "")
        around = self.open[-1].ident if self.open else None
        if ident and around:
            self.enclosing.setdefault(ident, around)
        if ident and self.depth >= MOVED_FROM and self.places[kind]:
            self.leave(self.places[kind][0])
        self.parts.append(f"<{tag}{''.join(f' {name}={_quoted(value)}' for name, value in attributes)}>")
        if tag not in VOID:
            self.places[kind].append(len(self.open))
            self.open.append(_Open(tag, kind, ident or around))
            self.depth += 1

    def leave(self, outermost: int) -> None:
        """Writes the end tags of all that is open from there on; their own, when they come, mean nothing."""
        for each in reversed(self.open[outermost:]):
            if each.is_left:
                break  # and so are all between
            self.parts.append(f"</{each.tag}>")
            each.is_left = True
            self.depth -= 1

    def end(self, tag: str) -> None:
        """Closes the nearest element of this tag, with all in it; a stray end tag closes nothing."""
        if not any(each.tag == tag for each in islice(reversed(self.open), FARTHEST)):
            return
        while True:
            closed = self.open.pop()
            self.places[closed.kind].pop()
            if not closed.is_left:
                self.parts.append(f"</{closed.tag}>")
                self.depth -= 1
            if closed.tag == tag:
                return

    def add_text(self, data: str) -> None:
        is_raw = bool(self.open) and self.open[-1].tag in RAW
        self.parts.append(data if is_raw else escape(data, quote=False))

    def ended_by(self, tag: str) -> str | None:
        """The tag of the open element that this one ends without an end tag."""
        if self.open and self.open[-1].tag == "p" and tag in PARAGRAPH_ENDS:
            return "p"
        borders = ENDED_BY_NEXT.get(tag, ())
        for each in islice(reversed(self.open), FARTHEST if borders else 0):
            if each.tag in (tag, PAIRED.get(tag)):
                return each.tag
            if each.tag in borders or each.tag in CONTAINERS:
                return None
        return None


def _quoted(value: str) -> str:
    return f'"{escape(value)}"'
