"""A comment's own words: `Bodies` finds the element that holds them, and takes off what is none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from scraper.extract.blocks.chrome import kind_by_name
from scraper.extract.layout.render import Rendered, joined, render
from scraper.extract.platforms.rules import Selectors
from scraper.extract.threads.comment_words import FURNITURE, SPACES_OF_FURNITURE
from scraper.extract.threads.record import Record
from scraper.parse.html import Document
from scraper.parse.node import Node

BUTTONS = frozenset({"share", "login_prompt", "tool", "rating", "menu", "comments", "pagination"})
EMPTY = Rendered("", "", (), ())
TURNED = "[dir=rtl i]"
WORDS = re.compile(r"comment[-_]?(?:body|content|text|words|message)", re.I)  # names of what holds a comment's words
SAMPLE = 50  # comments of a thread that tell whether all have an element for their words
FEW = 5  # comments that tell nothing of it
MARKED = 0.9  # share of them that must have one
SMALL = 40  # characters of furniture


class Bodies:
    """Reads the bodies of the comments of one page, by selectors that can match on it."""

    def __init__(self, selectors: Selectors, furniture: Selectors, document: Document, base: str | None) -> None:
        self.selectors = selectors
        self.furniture = (", ".join(furniture),) if furniture else ()
        self.base = base
        self.are_marked = False  # whether the thread has an element for each comment's words
        self.is_turned = document.root.matches(TURNED) or document.select_one(TURNED) is not None

    def learn(self, records: Sequence[Record]) -> None:
        """Learns whether the comments of a thread have an element for their words; one or the other may have none."""
        asked = records[:SAMPLE]
        marked = sum(self.longest(each) is not None for each in asked)
        self.are_marked = len(asked) >= FEW and marked >= MARKED * len(asked)

    def first(self, record: Record) -> Node | None:
        """The first match that shows text."""
        return next((node for node in record.each(self.selectors) if node.text_length), None)

    def longest(self, record: Record) -> Node | None:
        """Of the matches of the first selector that has some, the one with the most text."""
        for css in self.selectors:
            found = record.select(css)
            longest = max(found, key=lambda node: node.text_length) if found else None
            if longest is not None and longest.text_length:
                return longest
        return None

    def read(self, record: Record, node: Node | None, fields: list[Node]) -> Rendered:
        """The comment's own words: without the replies nested in it, the fields read already, and its buttons."""
        places = [node] if node else [part for part in record.parts if not _is_in_one(part, fields)]
        furniture = [*record.each(self.furniture)]
        body = self._words(record, places, node, fields, furniture)
        if body.text or node is not None or not furniture:
            return body
        return self._words(record, places, node, fields, [])  # a theme's name for the words may be another's for a line

    def wordless(self, record: Record) -> Rendered:
        """What a comment without words shows, where the others of its thread have an element for theirs: a picture."""
        node = next(iter(record.each(self.selectors)), None)
        return render(node, self.base, record.nested, keep_labelled=True) if node else EMPTY

    def _words(
        self, record: Record, places: list[Node], node: Node | None, fields: list[Node], furniture: list[Node]
    ) -> Rendered:
        without = dict.fromkeys(record.nested)
        for each in (*furniture, *fields):
            if not _holds_one(each, places):
                without[each] = None
        for each in record.select("[class], [id]"):
            is_inside = node is None or (node.contains(each) and each is not node)
            if is_inside and each not in without and _is_button(each) and not _holds_one(each, fields):
                without[each] = None
        if node is None or any(node.contains(each) for each in fields):
            end = 0  # of what is left out with all in it
            for each in record.subtree() if node is None else node.subtree():
                if each.index < end:
                    continue
                if each in without:
                    end = each.end
                elif each.text_length <= SMALL and each not in places and _is_furniture(each):
                    without[each] = None
        left = [place for place in places if not _is_in_one(place, without)]
        base, turned = self.base, self.is_turned
        return joined([render(place, base, without, keep_labelled=True, turned=turned) for place in left])


def _holds_one(node: Node, others: Sequence[Node]) -> bool:
    """Whether one of the others is in a node, or is the node."""
    return any(map(node.contains, others))


def _is_in_one(node: Node, others: Iterable[Node]) -> bool:
    """Whether a node is one of the others, or in one."""
    return any(each.contains(node) for each in others)


def _is_button(node: Node) -> bool:
    names = node.names
    found = kind_by_name(names) if names and node.text_length <= 3 * SMALL else None
    return found is not None and found[0] in BUTTONS and not WORDS.search(names)


def _is_furniture(node: Node) -> bool:
    text = node.text()
    return text.count(" ") <= SPACES_OF_FURNITURE and FURNITURE.fullmatch(text) is not None
