"""Where on a page the comments that a feed states stand: `find_remarks`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from scraper.extract.metadata.candidates import words_of
from scraper.extract.threads.commenters import commenter_name
from scraper.model import Entry
from scraper.parse.html import Document, parse_html
from scraper.parse.node import Node

FEWEST_CHARACTERS = 12  # of a comment's words; 'Thanks!' may stand anywhere
MOST_REMARKS = 30  # looked for on a page
MOST_UP = 6  # elements around a comment's words until its author's name
ANSWERED = 150  # characters of a first line that links to the comment that is answered
INNER = 0.01  # what an element loses for each around it that also holds just this comment
LENGTHS = 0.3  # how far the length of the words on the page may be from that in the feed


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment of the feed, as the page shows it: the elements that hold its words, its author, and all of it."""

    words: str
    author: str
    bodies: tuple[Node, ...]
    authors: tuple[Node, ...]
    items: tuple[Node, ...]  # the outermost first


@dataclass(frozen=True, slots=True)
class Remarks:
    """All comments of the feed that the page shows. The judges count those for which a selector is right."""

    found: tuple[Remark, ...]

    def judge_items(self, nodes: Sequence[Node]) -> float:
        """How many of the comments stand each in an element of its own, with their author.

        A little less for an inner element: the outer one is also what answers stand in.
        """
        taken: set[int] = set()
        right = 0.0
        for remark in self.found:
            around = [node for node in nodes if node.contains(remark.bodies[-1]) and node not in remark.bodies]
            item = around[-1] if around else None
            if item is None or id(item) in taken or not any(item.contains(each) for each in remark.authors):
                return 0.0
            taken.add(id(item))
            right += 1 - INNER * (remark.items.index(item) if item in remark.items else 0)
        return right

    def judge_bodies(self, nodes: Sequence[Node]) -> float:
        """How many of the comments have their words in the first of these elements in them."""
        return float(sum(_first_in(remark, nodes) in remark.bodies for remark in self.found))

    def judge_authors(self, nodes: Sequence[Node]) -> float:
        """The same of their authors' names."""
        return float(sum(_first_in(remark, nodes) in remark.authors for remark in self.found))

    def items(self) -> Iterator[Node]:
        """The elements that may be whole comments, the outermost of each first."""
        return (node for remark in self.found for node in remark.items)

    def bodies(self) -> Iterator[Node]:
        """The elements that hold the words, the outermost of each first."""
        return (node for remark in self.found for node in remark.bodies)

    def authors(self) -> Iterator[Node]:
        """The elements that show the authors' names."""
        return (node for remark in self.found for node in remark.authors)


def find_remarks(document: Document, entries: Sequence[Entry]) -> Remarks:
    """Those of the feed's comments whose very words, with their author near, stand on the page once."""
    shown = _by_words(document, [(_words(entry.html), entry) for entry in entries[:MOST_REMARKS]])
    outermost = [nodes[0] for _, _, nodes in shown]
    found = []
    for words, author, nodes in shown:
        others = [node for node in outermost if node is not nodes[0]]
        authors: tuple[Node, ...] = ()
        items: list[Node] = []
        for up in islice(nodes[0].ancestors(), MOST_UP):
            if any(up.contains(other) for other in others) and items:
                break
            authors = authors or _showing(author, up, nodes[0])
            if authors:
                items.append(up)
        if authors:
            found.append(Remark(words, author, nodes, authors, tuple(reversed(items[:3]))))
    return Remarks(tuple(found))


def _by_words(document: Document, wanted: list[tuple[str, Entry]]) -> list[tuple[str, str, tuple[Node, ...]]]:
    """Words, author and elements, the outermost first, of each comment whose words stand on the page once."""
    by_words = {words: entry for words, entry in wanted if len(words) >= FEWEST_CHARACTERS and entry.authors}
    lengths = [len(words) for words in by_words]
    nodes_of: dict[str, list[Node]] = {}
    for node in document.nodes if lengths else ():
        length = node.text_length
        if any((1 - LENGTHS) * each <= length <= (1 + LENGTHS) * each + 20 for each in lengths):
            words = words_of(node.text())
            if words in by_words:
                nodes_of.setdefault(words, []).append(node)
    return [
        (words, words_of(by_words[words].authors[0]), tuple(nodes))
        for words, nodes in nodes_of.items()
        if all(nodes[0].contains(node) for node in nodes)
    ]


def _words(html: str) -> str:
    """The comment's words; a first line that only names whom it answers is none of them."""
    document = parse_html(html)
    first = next(iter(document.body.below), None)
    answers = first is not None and first.text_length < ANSWERED and first.select_one("a[href*='#']") is not None
    words = words_of(document.body.text([first] if answers and first else []))
    document.release()
    return words


def _showing(author: str, item: Node, body: Node) -> tuple[Node, ...]:
    return tuple(
        node
        for node in item.subtree()
        if node.text_length <= 2 * len(author) + 30
        and not body.contains(node)
        and words_of(commenter_name(node.text()) or "") == author
    )


def _first_in(remark: Remark, nodes: Sequence[Node]) -> Node | None:
    return next((node for node in nodes if remark.items[0].contains(node)), None)
