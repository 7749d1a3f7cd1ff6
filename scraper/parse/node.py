"""One element of a page: `Node`, over an element of the parser's tree, which nothing outside parse/ sees."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import turbohtml

from scraper.text.prose import excerpt

if TYPE_CHECKING:
    from scraper.parse.html import Document

# Elements that start and end a line of text.
BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul video audio iframe caption"
    " br td th".split()
)
# Elements that stand within a line of text; any other starts a line of its own.
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q s samp small span"
    " strike strong sub sup time tt u var wbr".split()
)
SHORT = 60  # characters of a label
LONGEST = 2_000  # characters of a class or id attribute that are read: what they tell is remembered in many places
TEXT, ELEMENT = turbohtml.Text, turbohtml.Element


class Node:
    """One element; there is never a second Node for it, so that two can be compared by identity.

    `text_length` and `link_length` count the characters of text (each piece stripped) below, and of those the ones
    inside links; `strings_here` are the pieces that stand directly in it. `names` are class and id in lower case with
    a space around each word, for matching whole words (' node node-7 '), empty where there is neither. The subtree, as
    far as it shows text, is `document.nodes[index:end]`. `owner` is the element in whose lines this one stands: itself,
    unless it is inline; `depth` counts the elements around it. What `is_closed` is a leaf. `label` is what
    a step of the extraction took this block for, so that later steps leave it alone.
    """

    __slots__ = (
        "below",
        "depth",
        "document",
        "element",
        "end",
        "in_link",
        "index",
        "is_closed",
        "label",
        "link_length",
        "names",
        "owner",
        "parent",
        "strings_here",
        "tag",
        "text_length",
    )

    element: Any
    parent: Node | None
    document: Document
    depth: int
    index: int
    end: int
    tag: str
    names: str
    below: list[Node]  # the child elements that show text
    strings_here: list[str]
    text_length: int
    link_length: int
    in_link: bool
    is_closed: bool
    label: str | None
    owner: Node

    def close(self, strings: list[str]) -> None:
        """Makes it a leaf that holds the texts of all below it."""
        self.is_closed = True
        self.owner = self
        self.strings_here = strings
        self.text_length = sum(map(len, strings))

    def __repr__(self) -> str:
        return f"<Node {self.path}>"

    def get(self, name: str) -> str | None:
        """The attribute's value, or None where it is absent."""
        value: str | None = self.element.attr(name)
        return value

    @property
    def path(self) -> str:
        """A short human-readable place: the tag with its id or first class, below its nearest named ancestor."""
        parts: list[str] = []
        node: Node | None = self
        while node is not None and len(parts) < 3:
            if not node.names:
                parts.append(node.tag)
            elif ident := node.element.attr("id"):
                parts.append(f"{node.tag}#{ident}")
                break
            else:
                classes = node.element.attr("class").split(None, 1)
                parts.append(f"{node.tag}.{classes[0]}" if classes else node.tag)
            node = node.parent
        return " > ".join(reversed(parts))

    def subtree(self) -> list[Node]:
        """The elements that show text, of this one and those below it, in document order."""
        return self.document.nodes[self.index : self.end]

    def contains(self, other: Node) -> bool:
        """Whether `other` is this element or stands below it."""
        if self.index < self.end:
            return self.index <= other.index < self.end
        return other is self or any(up is self for up in other.ancestors())  # one that shows no text

    def is_within(self, others: Container[int]) -> bool:
        """Whether this element or one around it is among `others`, given by their `id()`."""
        node: Node | None = self
        while node is not None and id(node) not in others:
            node = node.parent
        return node is not None

    def stands_in(self, labels: Container[str | None]) -> bool:
        """Whether this element or one around it carries one of these labels."""
        node: Node | None = self
        while node is not None and node.label not in labels:
            node = node.parent
        return node is not None

    def ancestors(self) -> Iterator[Node]:
        """The elements around this one, from the inside out."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def previous(self) -> Node | None:
        """The sibling element right before this one."""
        beside = (each for each in self.element.previous_siblings if type(each) is ELEMENT)
        return next((self.document.node_of(each) for each in beside), None)

    def following(self) -> Iterator[Node]:
        """The sibling elements after this one."""
        return (self.document.node_of(each) for each in self.element.next_siblings if type(each) is ELEMENT)

    def strings(self, without: Iterable[Node] = ()) -> list[str]:
        """The text pieces below, in order, not those below an element of `without`; scripts and styles have none.

        A space stands where a block begins or ends, so that the words of two blocks do not run together.
        """
        found: list[str] = []
        skip = {node.element for node in without}
        closed = self.document.closed
        stack: list[Any] = [self.element]
        while stack:
            item = stack.pop()
            kind = type(item)
            if kind is TEXT:
                found.append(item.data)
            elif item is None:
                found.append(" ")
            elif kind is ELEMENT and not (skip and item in skip):
                if item.tag in BLOCKS:
                    found.append(" ")
                    stack.append(None)
                children = item.children
                if children:
                    stack += children[::-1]
                elif item in closed:
                    found.append(closed[item])
        return found

    def text(self, without: Iterable[Node] = ()) -> str:
        """All text below, white space folded, in one line."""
        node = self
        while not node.strings_here and len(node.below) == 1 and node.index:  # the root has a head, too
            node = node.below[0]
        if len(node.strings_here) == 1 and not node.below and not without:  # all there is
            return " ".join(node.strings_here[0].split())
        return " ".join("".join(self.strings(without)).split())

    def excerpt(self, limit: int = 80) -> str:
        """The beginning of the text below; reads no further than it needs."""
        parts: list[str] = []
        length = 0
        nodes = self.document.nodes
        for at in range(self.index, self.end):
            here = nodes[at].strings_here
            parts += here
            length += sum(map(len, here))
            if length > limit:
                break
        return excerpt(" ".join(parts), limit)

    def pieces(self) -> Iterator[str]:
        """The pieces of text below, stripped."""
        return (piece.strip() for node in self.subtree() for piece in node.strings_here)

    def own_text(self) -> str:
        """The text that stands directly in this element, white space folded."""
        here = self.strings_here
        if not here:
            return ""
        return " ".join((here[0] if len(here) == 1 else " ".join(here)).split())

    def text_before(self) -> str:
        """The piece of text right before this element, in the same parent; '' where something else stands there."""
        before = self.element.previous_sibling
        return str(before.data) if type(before) is TEXT else ""

    def short_texts(self) -> Iterator[tuple[Node, str]]:
        """The elements below (this one among them) whose own text is short, and that text: labels, names, times."""
        for node in self.subtree():
            text = node.own_text()
            if 2 < len(text) <= SHORT:
                yield node, text

    def rewrite(self, change: Callable[[str], str]) -> None:
        """Puts other text in the place of each piece that stands directly in this element."""
        texts = [each for each in self.element.children if type(each) is TEXT and not each.data.isspace()]
        self.strings_here = [change(piece) for piece in self.strings_here]
        for text, piece in zip(texts, self.strings_here, strict=False):
            text.data = piece

    @property
    def raw_text(self) -> str:
        """The text of a title element, or the data in a script, as it stands."""
        return self.document.raw_text(self.element)

    def select(self, css: str) -> list[Node]:
        """The elements below that match the selector, in document order."""
        possible = self.document.possible(css)
        if not possible:
            return []
        found = self.element.select(possible)
        return self.document.nodes_of(found) if found else []

    def select_named(self, words: Iterable[str]) -> list[Node]:
        """The elements below that have one of these words, classes and ids of the page, as a class or as their id."""
        css = ",".join([f".{word},#{word}" for word in words])
        node_of = self.document.node_of
        return [node_of(found) for found in self.element.select(css)] if css else []

    def select_one(self, css: str) -> Node | None:
        """The first element below that matches the selector."""
        possible = self.document.possible(css)
        found = self.element.select_one(possible) if possible else None
        return None if found is None else self.document.node_of(found)

    def matches(self, css: str) -> bool:
        result: bool = self.element.matches(css)
        return result


def make_node(element: Any, parent: Node | None, document: Document, index: int) -> Node:
    """The Node of an element. A function and no `__init__`: to call that would take nearly as long as this does."""
    node = Node()
    node.element = element
    node.parent = parent
    node.document = document
    node.index = index
    node.tag = tag = element.tag
    node.below = []
    node.strings_here = []
    node.end = node.text_length = node.link_length = 0
    node.is_closed = False
    node.label = None
    if parent is None:
        node.depth = 0
        node.in_link = False
        node.owner = node
    else:
        node.depth = parent.depth + 1
        node.in_link = parent.in_link or tag == "a"
        node.owner = parent.owner if tag in INLINE else node
    stated, ident = element.attr("class"), element.attr("id")
    node.names = joined_names(stated, ident) if ident else folded_names(stated[:LONGEST]) if stated else ""
    return node


@lru_cache(maxsize=4096)
def folded_names(stated: str) -> str:
    """A class attribute as `Node.names` has it."""
    return f" {' '.join(stated.lower().split())} "


def joined_names(stated: str | None, ident: str | None) -> str:
    """The class and id attributes of one element as `Node.names` has them."""
    names = folded_names(stated[:LONGEST]) if stated else ""
    return f"{names or ' '}{' '.join(ident[:LONGEST].lower().split())} " if ident else names
