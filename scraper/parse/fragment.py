"""A copy of a part of a page that can be changed without harm to the page: `Fragment`, made of `Piece`s."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from functools import lru_cache
from typing import Any

import turbohtml

from scraper.parse.node import Node
from scraper.text.prose import fold, without_unseen

MARK = "data-left-out"  # is put on the page's own elements while they are copied
LAYOUT = turbohtml.PlainText(layout="strict", bullet="", table_cell_separator=" ")
INDENTED = "ol, ul, dd, blockquote"  # and numbered: in plain text they are blocks like any other


class Fragment:
    """A copy of what stands below a node, without the nodes of `left_out` and what matches the selector `dropped`."""

    def __init__(self, node: Node, left_out: Iterable[Node], dropped: str) -> None:
        marked = {each.element for each in left_out}
        for element in marked:
            element.attrs[MARK] = ""
        self._element = copy(node.element)
        for element in marked:
            del element.attrs[MARK]
        self._element.remove(f"[{MARK}], {dropped}")
        self._added: list[Any] = []

    def pieces(self, css: str) -> Iterator[Piece]:
        """The elements that match the selector, in document order."""
        return map(Piece, self._element.select(css))

    def replace_by_link(self, piece: Piece, url: str) -> None:
        """Puts a paragraph with this link in the piece's place, which is no part of the text."""
        link = turbohtml.Element("a", {"href": url}, [turbohtml.Text(url)])
        self._added.append(turbohtml.Element("p", None, [link]))
        piece.element.replace_with(self._added[-1])

    def html(self, tags: Collection[str], attributes: Mapping[str, Collection[str]]) -> str:
        """The markup of these tags and attributes only, with the text of the others, white space folded.

        It is small, not yet safe: names and addresses are not looked at.
        """
        from turbohtml.clean import collapse_whitespace_node

        kept = _filter(frozenset(tags), tuple((tag, frozenset(names)) for tag, names in attributes.items()))
        cleaned = collapse_whitespace_node(kept.sanitize_node(self._element))
        return str(cleaned.html if self._element.tag in tags else cleaned.inner_html)

    def text(self) -> str:
        """The text with one block a line and white space folded, but in preformatted blocks, whose lines are kept."""
        for element in self._added:
            element.extract()
        preformatted = self._element.select_one("pre") is not None or self._element.tag == "pre"
        for element in self._element.select(INDENTED):
            element.tag = "div"
        lines = without_unseen(self._element.to_text(LAYOUT)).split("\n")
        folded = (line.rstrip() if preformatted and _is_laid_out(line) else " ".join(line.split()) for line in lines)
        return "\n".join(line for line in folded if line)


class Piece:
    """One element of a Fragment."""

    __slots__ = ("element",)

    def __init__(self, element: Any) -> None:
        self.element = element

    @property
    def tag(self) -> str:
        return str(self.element.tag)

    def get(self, name: str) -> str | None:
        value: str | None = self.element.attr(name)
        return value

    def set(self, name: str, value: str | None) -> None:
        """Gives the attribute another value, or with None takes it away."""
        if value is not None:
            self.element.attrs[name] = value
        elif self.element.attr(name) is not None:
            del self.element.attrs[name]

    def text(self) -> str:
        return fold(self.element.to_text(LAYOUT))

    def around(self, css: str) -> Piece | None:
        """The nearest element around this one that matches."""
        found = self.element.closest(css)
        return None if found is None else Piece(found)

    def blocks_without_text(self) -> Iterator[Piece]:
        """This element and those around it, up to the first that shows text."""
        element = self.element
        while element is not None and not element.text.strip():
            yield Piece(element)
            element = element.parent

    def select_one(self, css: str) -> Piece | None:
        found = self.element.select_one(css)
        return None if found is None else Piece(found)

    def remove(self) -> None:
        self.element.decompose()


def _is_laid_out(line: str) -> bool:
    return line[:1].isspace() or "  " in line or "\t" in line


@lru_cache(maxsize=8)
def _filter(tags: frozenset[str], attributes: tuple[tuple[str, frozenset[str]], ...]) -> Any:
    from turbohtml.clean import OnDisallowed, Policy, Sanitizer

    return Sanitizer(
        Policy(tags=tags, attributes=dict(attributes), on_disallowed_tag=OnDisallowed.STRIP, add_link_rel=frozenset())
    )
