"""`Block`: a run of a page's text in which no line begins."""

from __future__ import annotations

from typing import Any

from scraper.parse.node import Node


class Block:
    """A run of text in which no line begins but by a br. `node` is the element whose text it is.

    `pieces` are its strings and what stands between them, `items` the parser's objects that hold the strings; there are
    none for a closed element, which is one block. `length` and `link_length` count as a Node's do.
    """

    __slots__ = ("items", "length", "link_length", "node", "pieces")

    def __init__(self, node: Node) -> None:
        self.node = node
        self.pieces: list[str] = []
        self.items: list[Any] = []
        self.length = self.link_length = 0

    def text(self) -> str:
        """All its text, white space folded, in one line."""
        if self.node.is_closed:
            return " ".join(" ".join(self.node.strings_here).split())
        return " ".join("".join(self.pieces).split())

    def inline(self) -> list[Node]:
        """The outermost inline elements that hold parts of the run."""
        owner: Any = self.node.element
        within: list[Node] = []
        for item in self.items:
            element: Any = item.parent
            if element != owner:
                while element.parent != owner:
                    element = element.parent
                within.append(self.node.document.node_of(element))
        return within

    def own_text(self) -> str:
        """What of the run stands in no inline element, white space folded."""
        own: Any = self.node.element
        return " ".join(" ".join([item.data for item in self.items if item.parent == own]).split())

    def cut(self) -> None:
        """Takes what stands in no inline element out of the tree: last, since the Nodes keep their strings."""
        owner: Any = self.node.element
        for item in self.items:
            if item.parent == owner:
                item.extract()
