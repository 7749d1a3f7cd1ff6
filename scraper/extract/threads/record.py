"""One comment's place on a page: `Record`, an element or a run of siblings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scraper.parse.node import Node

ENDING = re.compile(r"\d+$")


@dataclass(slots=True)
class Record:
    """One comment's node, the siblings that hold the rest of it, and the nodes of comments nested in it.

    Old templates have no element per comment: `<dt>who</dt><dd>what</dd>`, or paragraphs with a line 'Posted by'.
    """

    node: Node
    identity: str | None
    nested: list[Node] = field(default_factory=list)
    more: list[Node] = field(default_factory=list)
    thread: Matches | None = field(default=None, repr=False, compare=False)
    place: int = field(default=0, repr=False, compare=False)  # among the records of `thread`

    @property
    def parts(self) -> list[Node]:
        """The elements that hold the comment, in order."""
        return [self.node, *self.more]

    @property
    def end(self) -> int:
        """Where in the document the comment ends."""
        return self.more[-1].end if self.more else self.node.end

    @property
    def text_length(self) -> int:
        return self.node.text_length + sum(part.text_length for part in self.more)

    @property
    def link_length(self) -> int:
        return self.node.link_length + sum(part.link_length for part in self.more)

    def select(self, css: str) -> list[Node]:
        """The matches inside this comment that do not belong to a comment nested in it.

        In a run of siblings they are matches too, since none of them is the comment as a whole.
        """
        if self.thread is not None:
            return self.thread.within(self.place, css)
        found = self.node.select(css)
        if self.more:
            found = [each for part in self.parts for each in _with_itself(part, css)]
        if not self.nested:
            return found
        return [each for each in found if not any(nested.contains(each) for nested in self.nested)]

    def each(self, selectors: tuple[str, ...]) -> Iterable[Node]:
        """The matches of several selectors, all of the first before those of the next."""
        if self.thread is not None:
            return self.thread.each_within(self.place, selectors) if selectors else ()
        return (node for css in selectors for node in self.select(css))

    def shows(self, css: str) -> bool:
        """Whether this comment, or something in it, matches."""
        possible = self.node.document.possible(css)
        return bool(possible) and (self.node.matches(possible) or bool(self.select(css)))

    def holds(self, node: Node) -> bool:
        """Whether an element is a part of this comment or stands in one."""
        return self.node.contains(node) or any(part.contains(node) for part in self.more)

    def is_part(self, node: Node) -> bool:
        return any(part is node for part in self.parts)

    def subtree(self) -> Iterable[Node]:
        """The elements that show text, in document order, those of nested comments left out."""
        return self._unnested() if self.nested or self.more else self.node.subtree()

    def _unnested(self) -> Iterator[Node]:
        nested = {id(node) for node in self.nested}
        for part in self.parts:
            nodes, at = part.document.nodes, part.index
            while at < part.end:
                node = nodes[at]
                if id(node) in nested:
                    at = max(node.end, at + 1)
                else:
                    yield node
                    at += 1

    def short_texts(self, limit: int) -> Iterator[tuple[Node, str]]:
        """The elements whose own text is short, and that text: labels, names, times."""
        for node in self.subtree():
            text = node.own_text()
            if 2 < len(text) <= limit:
                yield node, text

    def pieces(self) -> Iterator[str]:
        """The pieces of text, stripped."""
        return (piece.strip() for node in self.subtree() for piece in node.strings_here)


def number_of(node: Node) -> str | None:
    """The number that an element's id ends with: the platform's, as most templates write it."""
    for name in ("id", "data-id", "data-post-id"):
        found = ENDING.search(node.get(name) or "")
        if found:
            return found[0]
    return None


def _with_itself(node: Node, css: str) -> list[Node]:
    possible = node.document.possible(css)
    if not possible:
        return []
    return [*([node] if node.matches(possible) else ()), *node.select(css)]


class Matches:
    """Selectors looked up once for a whole thread, and shared out among its records.

    A record of its own would have to look through all that is nested in it, which adds up to a square. It holds no
    records, which hold it: a circle would keep the page in memory.
    """

    def __init__(self, records: list[Record]) -> None:
        first, end = records[0].node.index, max(record.end for record in records)
        around = (up for up in records[0].node.ancestors() if up.index < first and end <= up.end)
        self.root = next(around, records[0].node.document.root)
        self.start = self.root.index
        self.wholes = [None if record.more else record.node for record in records]  # elements that are all of a comment
        self.owners = [-1] * (self.root.end - self.start)
        self.found: dict[str, dict[int, list[Node]]] = {}
        for place, record in enumerate(records):  # those nested in others come after them
            for part in record.parts:
                self.owners[part.index - self.start : part.end - self.start] = [place] * (part.end - part.index)

    def within(self, place: int, css: str) -> list[Node]:
        """The matches that stand in the record at this place and in none that is nested in it."""
        return self._shared(css).get(place, [])

    def each_within(self, place: int, selectors: tuple[str, ...]) -> Iterator[Node]:
        """Those of several selectors, all of the first before those of the next, which few records ask for."""
        for css in selectors:
            shared = self.found.get(css)
            if shared is None:
                shared = self._shared(css)
            if place in shared:
                yield from shared[place]

    def _shared(self, css: str) -> dict[int, list[Node]]:
        shared = self.found.get(css)
        if shared is None:
            shared = self.found[css] = {}
            for node in self.root.select(css):
                owner = self.owners[node.index - self.start]
                if owner >= 0 and node is not self.wholes[owner]:
                    shared.setdefault(owner, []).append(node)
        return shared


def around(records: Iterable[Record]) -> set[int]:
    """All elements around the records, by their `id()`."""
    found: set[int] = set()
    for record in records:
        for up in record.node.ancestors():
            if id(up) in found:
                break
            found.add(id(up))
    return found


def share(records: list[Record]) -> list[Record]:
    """The records, which from now on look up their selectors together."""
    if len(records) > 1:
        thread = Matches(records)
        for place, record in enumerate(records):
            record.thread, record.place = thread, place
    return records
