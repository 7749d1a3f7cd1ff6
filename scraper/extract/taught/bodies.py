"""Where on a page the content that a feed states stands: `find_body`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from scraper.extract.taught.template import blocks_of
from scraper.parse.html import Document, parse_html
from scraper.parse.node import Node

RUN = 4  # words that are looked up together
ENOUGH = 200  # characters of a content that tells where the body is
ALIKE = 0.8  # share of a block's runs of words that have to be in the content
SHARE = 0.95  # of what was found that the body has to hold
FAIR = 0.5  # share of the body's own text that has to be in the content
WHOLE = 0.7  # the same, where what is not in the content is taken for furniture


class Wanted:
    """The words of a content, as runs of RUN and, of short blocks, as a whole."""

    def __init__(self, html: str) -> None:
        document = parse_html(html)
        self.length = document.body.text_length
        self.blocks = {tuple(_words(node.text())) for node in blocks_of(document)}
        self.runs = {run for block in self.blocks for run in _runs(block)}
        self.words = Counter(_words(document.body.text()))
        document.release()

    def overlap(self, text: str) -> tuple[float, float]:
        """The share of the text's words that the content has, and of the content's words that the text has."""
        words = Counter(_words(text))
        both = (words & self.words).total()
        return both / max(1, words.total()), both / max(1, self.words.total())

    def holds(self, node: Node) -> bool:
        """Whether the content has this block."""
        words = tuple(_words(node.text()))
        if words in self.blocks:
            return True
        runs = list(_runs(words))
        return bool(runs) and sum(run in self.runs for run in runs) >= ALIKE * len(runs)


@dataclass(frozen=True, slots=True)
class FoundBody:
    """The element that holds the content, and how many characters of it stand in each element, by identity."""

    node: Node
    held: dict[int, int]
    shown: dict[int, int]  # the same of all text that is not the thread's
    blocks: tuple[Node, ...]  # in it, of the content
    furniture: tuple[Node, ...]  # in it, and not of the content

    @property
    def is_whole(self) -> bool:
        """Whether the content is so much of the body that the rest is none of it."""
        return self.held[id(self.node)] >= WHOLE * self.shown[id(self.node)]

    def nodes(self) -> Iterator[Node]:
        """The element, and those around it that hold hardly more."""
        yield self.node
        yield from takewhile(lambda up: self.judge([up]) > 0, self.node.ancestors())

    def judge(self, found: Sequence[Node]) -> float:
        """How much of the fullest of these elements is the body, where it holds the body and hardly more; else 0."""
        best = max(found, key=lambda node: self.shown.get(id(node), 0))
        held, shown = self.held.get(id(best), 0), self.shown.get(id(best), 0)
        if held < SHARE * self.held[id(self.node)] or shown * SHARE > self.shown[id(self.node)]:
            return 0.0
        return min(1.0, self.shown[id(self.node)] / shown)

    def judge_furniture(self, found: Sequence[Node]) -> float:
        """1 where none of these elements holds anything of the content, or stands in it; else 0."""
        return float(all(not self.held.get(id(node), 0) and id(node) in self.shown for node in found))


def find_body(document: Document, wanted: Wanted) -> FoundBody | None:
    """The lowest element that holds nearly all that the page shows of the content; None where that is too little."""
    held: dict[int, int] = {}
    shown: dict[int, int] = {}
    blocks: list[Node] = []
    for node in blocks_of(document):
        shown[id(node)] = node.text_length
        if wanted.holds(node):
            held[id(node)] = node.text_length
            blocks.append(node)
    for node in reversed(document.nodes):  # a child comes after its parent
        for sums in (shown, held):
            if id(node) in sums and node.parent is not None:
                sums[id(node.parent)] = sums.get(id(node.parent), 0) + sums[id(node)]
    whole = held.get(id(document.body), 0)
    if whole < ENOUGH or whole < FAIR * wanted.length:
        return None
    node = document.body
    while best := next((each for each in node.below if held.get(id(each), 0) >= SHARE * whole), None):
        node = best
    if held[id(node)] < FAIR * shown[id(node)] or node is document.body:
        return None
    inside = tuple(each for each in blocks if node.contains(each))
    return FoundBody(node, held, shown, inside, tuple(_furniture(node, held, shown)))


def _furniture(body: Node, held: dict[int, int], shown: dict[int, int]) -> list[Node]:
    """The largest elements in the body that hold blocks, and nothing of the content."""
    found: list[Node] = []
    stack = list(body.below)
    while stack:
        node = stack.pop()
        if id(node) in held:
            stack.extend(node.below)
        elif id(node) in shown:
            found.append(node)
    return found


def _words(text: str) -> list[str]:
    return [word for word in text.casefold().split() if any(map(str.isalnum, word))]


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)]
