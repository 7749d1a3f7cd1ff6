"""Stored HTML as a small tree that is never deep: `read_elements`, the first half of `polyglot.py`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from scraper.export.plain import plain
from scraper.export.safe_html import safe_html

DEEPEST = 40  # elements in one another; further ones are opened
VOID = frozenset({"br", "hr", "img"})


@dataclass(slots=True)
class Element:
    """An element; its children are elements and texts."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def all(self) -> Iterator[Element]:
        """This element and those in it, in the order of the document."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.all()


def read_elements(html: str) -> Element:
    """The HTML, sanitised again, below an element of its own. It is well-formed then, whatever was stored."""
    reader = _Reader()
    reader.feed(safe_html(html))
    reader.close()
    return reader.root


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("div")
        self._open: list[tuple[str, Element]] = [("", self.root)]  # the tag, and where its children go

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inside = self._open[-1][1]
        element = Element(tag, {name: plain(value) for name, value in attrs})
        if tag in VOID:
            inside.children.append(element)
        elif len(self._open) > DEEPEST:
            self._open.append((tag, inside))
        else:
            inside.children.append(element)
            self._open.append((tag, element))

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1][1].children.append(plain(data))
