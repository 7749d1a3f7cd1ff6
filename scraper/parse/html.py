"""One tree for a page: `parse_html` turns text into `Document`, the only place where HTML is parsed.

The tree under it is turbohtml's (docs/tree.md has the measurement that chose it). Nothing outside this module sees its
objects: every stage works on `Node`, a plain record in document order with its subtree as a range of places, so that a
pass over a page is a loop over a list. A page has a thousand elements, and half of them are menus that no step needs
to look into: those the caller leaves closed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any

import turbohtml

from scraper.text.prose import excerpt

# In pages saved by an XML serialiser these stand as <iframe/>, which HTML reads as open: all after it would be lost.
SELF_CLOSED = re.compile(r"<(iframe|textarea|title|noframes|style)((?:\s[^<>]*)?)/>", re.I)
HEAD = 3_000  # characters in which an XML serialiser has stated its namespace
# Their content is no part of the page's text; `raw_text` gives it.
RAW_TEXT = frozenset("script style template svg iframe noframes textarea title noscript".split())
UNSEEN = "script, style, template, noscript, svg"
# Elements that start and end a line of text.
BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul video audio iframe caption"
    " br td th".split()
)
SHORT = 60  # characters of a label
MAX_NODES = 400_000  # a page of 10 MB has about 100,000
TOP_COMMA = re.compile(r",(?![^(\[]*[)\]])")  # between the alternatives of a selector
BRACKETS = re.compile(r"\[[^\]]*\]|:not\([^)]*\)")
# Attributes that many selectors ask for and few pages have.
RARE_ATTRIBUTES = ("itemprop", "itemtype", "data-drupal-selector", "about", "typeof")
ANY_RARE = ",".join(f"[{name}]" for name in RARE_ATTRIBUTES)
RARE = re.compile(r"\[(?:itemprop|itemtype|data-drupal-selector|about|typeof)\b")
INDEX = attrgetter("index")
NEEDED = re.compile(r"[.#]([\w-]+)")


class Node:
    """One element. `children` holds Nodes and strings in order; the subtree is `document.nodes[index:end]`.

    `text_length` and `link_length` count the characters of text (each piece stripped) below, and of those the ones
    inside links.
    `names` are class and id in lower case with a space around each word, for matching whole words (' node node-7 '),
    empty where there is neither. `label` is extraction's: what a step took this block for, so that later steps leave
    it alone.
    """

    __slots__ = (
        "children",
        "document",
        "element",
        "end",
        "index",
        "is_closed",
        "label",
        "link_length",
        "names",
        "parent",
        "tag",
        "text_length",
    )

    def __init__(self, element: Any, parent: Node | None, document: Document) -> None:
        self.tag: str = element.tag
        self.element = element
        self.parent = parent
        self.document = document
        self.children: list[Node | str] = []
        self.is_closed = False
        self.index = 0
        self.end = 0
        self.text_length = 0
        self.link_length = 0
        self.label: str | None = None
        self.names = ""

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
            ident, classes = node.get("id"), (node.get("class") or "").split()
            parts.append(node.tag + (f"#{ident}" if ident else f".{classes[0]}" if classes else ""))
            if ident:
                break
            node = node.parent
        return " > ".join(reversed(parts))

    def subtree(self) -> list[Node]:
        """This element and all elements below it, in document order."""
        return self.document.nodes[self.index : self.end]

    def contains(self, other: Node) -> bool:
        """Whether `other` is this element or stands below it."""
        return self.index <= other.index < self.end

    def is_within(self, others: Container[int]) -> bool:
        """Whether this element or one around it is among `others`, given by their `id()`."""
        node: Node | None = self
        while node is not None and id(node) not in others:
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
        if self.parent is None or self.index == self.parent.index + 1:
            return None
        node: Node | None = self.document.nodes[self.index - 1]
        while node is not None and node.parent is not self.parent:
            node = node.parent
        return node

    def following(self) -> Iterator[Node]:
        """The sibling elements after this one."""
        nodes, node = self.document.nodes, self
        while node.end < len(nodes) and nodes[node.end].parent is self.parent:
            node = nodes[node.end]
            yield node

    def elements(self) -> list[Node]:
        """The child elements."""
        return [child for child in self.children if not isinstance(child, str)]

    def strings(self, without: Iterable[Node] = ()) -> Iterator[str]:
        """The text pieces below, in order, not those below an element of `without`; scripts and styles have none.

        A space stands where a block begins or ends, so that the words of two blocks do not run together.
        """
        skip = {id(node) for node in without}
        stack: list[Node | str] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                yield item
            elif id(item) not in skip:
                if item.tag in BLOCKS:
                    yield " "
                    stack.append(" ")
                stack.extend(reversed(item.children))

    def text(self, without: Iterable[Node] = ()) -> str:
        """All text below, white space folded, in one line."""
        return " ".join("".join(self.strings(without)).split())

    def excerpt(self, limit: int = 80) -> str:
        """The beginning of the text below; reads no further than it needs."""
        parts: list[str] = []
        length = 0
        for piece in self.strings():
            parts.append(piece)
            length += len(piece.strip()) + 1
            if length > limit:
                break
        return excerpt("".join(parts), limit)

    def pieces(self) -> Iterator[str]:
        """The pieces of text below, stripped."""
        return (text for piece in self.strings() if (text := piece.strip()))

    def own_text(self) -> str:
        """The text that stands directly in this element, white space folded."""
        pieces = [child for child in self.children if type(child) is str and not child.isspace()]
        return " ".join(" ".join(pieces).split()) if pieces else ""

    def short_texts(self) -> Iterator[tuple[Node, str]]:
        """The elements below (this one among them) whose own text is short, and that text: labels, names, times."""
        for node in self.subtree():
            if node.tag not in RAW_TEXT:
                text = node.own_text()
                if 2 < len(text) <= SHORT:
                    yield node, text

    @property
    def raw_text(self) -> str:
        """The text of a script, style or title element as it stands."""
        value: str = self.element.text
        return value

    def select(self, css: str) -> list[Node]:
        """The elements below that match the selector, in document order."""
        possible = self.document.possible(css)
        if not possible:
            return []
        known = self.document.by_element
        return [known[found] for found in self.element.select(possible) if found in known]

    def select_one(self, css: str) -> Node | None:
        """The first element below that matches the selector."""
        possible = self.document.possible(css)
        found = self.element.select_one(possible) if possible else None
        if found is None:
            return None
        return self.document.by_element.get(found) or next(iter(self.select(css)), None)  # the first may be closed

    def matches(self, css: str) -> bool:
        result: bool = self.element.matches(css)
        return result


class Document:
    """A parsed page: its `nodes` in document order, the words of its classes and ids, and `notices` of doubts."""

    __slots__ = ("_matches", "_possible", "body", "by_element", "nodes", "notices", "words")

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.by_element: dict[Any, Node] = {}
        self.words: frozenset[str] = frozenset()  # every class and id on the page
        self.notices: list[str] = []
        self.body: Node  # the body element, or the root where there is none
        self._possible: dict[str, str] = {}
        self._matches: dict[str, list[Node]] = {}

    @property
    def root(self) -> Node:
        return self.nodes[0]

    def select(self, css: str) -> list[Node]:
        return self.root.select(css)

    def select_one(self, css: str) -> Node | None:
        return self.root.select_one(css)

    def matches_between(self, css: str, start: int, end: int) -> list[Node]:
        """The matches among `nodes[start:end]`: the page is searched once, however many parts of it are asked for."""
        found = self._matches.get(css)
        if found is None:
            found = self._matches[css] = self.select(css)
        return found[bisect_left(found, start, key=INDEX) : bisect_left(found, end, key=INDEX)]

    def possible(self, css: str) -> str:
        """The alternatives of a selector whose classes and ids occur on the page; empty where none can match."""
        found = self._possible.get(css)
        if found is None:
            found = ",".join(one for one, needed in alternatives(css) if needed <= self.words)
            self._possible[css] = found
        return found

    def release(self) -> None:
        """Unties the Nodes, so that their memory is free at once and not at the collector's next pass.

        Neither the document nor its Nodes may be used after.
        """
        for node in self.nodes:
            node.parent = None
            node.children.clear()
        self.nodes.clear()
        self.by_element.clear()
        self._matches.clear()


@dataclass(frozen=True, slots=True)
class Closed:
    """Elements to leave unopened, as leaves that hold their text.

    `names` says by tag and names which; what holds a match of `unless` or more than `share` of the page's text is
    opened all the same.
    """

    names: Callable[[str, str], bool]
    unless: str
    share: float


def parse_html(text: str, closed: Closed | None = None) -> Document:
    """The page's tree. Never fails: what exceeds MAX_NODES is kept as text without structure, with a notice.

    Depth needs no bound here: the parser, like a browser, hangs elements deeper than 512 levels on the last of them.
    """
    if "xmlns" in text[:HEAD]:
        text = SELF_CLOSED.sub(r"<\1\2></\1>", text)
    source = turbohtml.parse(text, positions=False)
    document = Document()
    document.words = _words(source)
    _build(document, source.root, closed)
    _measure(document.nodes)
    parts = document.root.elements()
    document.body = next((node for node in parts if node.tag in ("body", "frameset")), document.root)
    return document


@lru_cache(maxsize=2_000)
def alternatives(css: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The selectors of a list, each with the classes, ids and attributes that a page must have for it to match.

    >>> [(one, sorted(needed)) for one, needed in alternatives("#a .b[rel], p")]
    [('#a .b[rel]', ['a', 'b']), ('p', [])]
    """
    parts = [part.strip() for part in TOP_COMMA.split(css)]
    return tuple((part, frozenset((*NEEDED.findall(BRACKETS.sub("", part)), *RARE.findall(part)))) for part in parts)


@lru_cache(maxsize=20_000)
def folded_names(stated: str) -> str:
    """A class attribute as `Node.names` has it."""
    return f" {' '.join(stated.lower().split())} "


def _words(source: Any) -> frozenset[str]:
    stated = {element.attr("class") for element in source.select("[class]")}
    words = {word for each in stated if each for word in each.split()}
    words.update(element.attr("id") or "" for element in source.select("[id]"))
    if source.select_one(ANY_RARE) is not None:
        words.update(f"[{name}" for name in RARE_ATTRIBUTES if source.select_one(f"[{name}]") is not None)
    return frozenset(words)


def _build(document: Document, root: Any, closed: Closed | None) -> None:
    """Makes the nodes in document order, each with its names and the length of its own text."""
    nodes, by_element = document.nodes, document.by_element
    element_type, text_type = turbohtml.Element, turbohtml.Text
    stays_closed = _check(root, closed) if closed else None
    stack = [Node(root, None, document)]
    while stack:
        node = stack.pop()
        node.index = len(nodes)
        nodes.append(node)
        element = node.element
        by_element[element] = node
        node.names = _names(element)
        if node.tag in RAW_TEXT:
            continue
        if len(nodes) + len(stack) > MAX_NODES or (stays_closed and stays_closed(node)):
            node.is_closed = True
            element.remove(UNSEEN)
            text = " ".join(element.stripped_strings)
            node.children.append(text)
            node.text_length = len(text)
            continue
        children = node.children
        length = 0
        below: list[Node] = []
        for child in element.children:
            kind = type(child)
            if kind is text_type:
                data = child.data
                length += len(data.strip())
                children.append(data)
            elif kind is element_type:
                made = Node(child, node, document)
                children.append(made)
                below.append(made)
        node.text_length = length
        below.reverse()
        stack.extend(below)
    if len(nodes) > MAX_NODES:
        document.notices.append(f"flattened: elements after the first {MAX_NODES}")


def _names(element: Any) -> str:
    stated, ident = element.attr("class"), element.attr("id")
    name = folded_names(stated) if stated else ""
    return f"{name or ' '}{' '.join(ident.lower().split())} " if ident else name


def _check(root: Any, closed: Closed) -> Callable[[Node], bool]:
    limit = _shown_length(root) * closed.share
    is_closed, unless = closed.names, closed.unless

    def stays_closed(node: Node) -> bool:
        if not is_closed(node.tag, node.names):
            return False
        element = node.element
        if element.matches(unless) or element.select_one(unless) is not None:
            return False
        return _shown_length(element) < limit

    return stays_closed


def _shown_length(element: Any) -> int:
    """The characters of text below an element of the parser's tree, scripts and styles left out."""
    hidden = sum(len(each.text) for each in element.select(UNSEEN))
    return len(element.text) - hidden


def _measure(nodes: list[Node]) -> None:
    """Adds up text lengths from the leaves to the root, and finds where each subtree ends."""
    below = [0] * len(nodes)  # the text in the elements below each
    for node in reversed(nodes):
        index = node.index
        node.text_length = whole = node.text_length + below[index]
        node.end = max(node.end, index + 1)
        if node.tag == "a":
            node.link_length = whole
        parent = node.parent
        if parent is not None:
            below[parent.index] += whole
            parent.link_length += node.link_length
            parent.end = max(parent.end, node.end)
