"""One tree for a page: `parse_html` turns text into `Document`, the only place where HTML is parsed.

The tree under it is turbohtml's (docs/tree.md has the measurement that chose it). Nothing outside this module sees
its objects: every stage works on `Node`, a plain record in document order with its subtree as an index range, so that
a pass over a page is a loop over a list and depth costs no stack.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import turbohtml

from scraper.text.prose import excerpt

MAX_NODES = 400_000  # a page of 10 MB has about 100,000

SHORT = 60  # characters of a label

# In pages saved by an XML serialiser these stand as <iframe/>, which HTML reads as open: all after it would be lost.
SELF_CLOSED = re.compile(r"<(iframe|textarea|title|noframes|style)((?:\s[^<>]*)?)/>", re.I)
HEAD = 3_000  # characters in which an XML serialiser has stated its namespace
# Their content is no part of the page's text; `raw_text` gives it.
RAW_TEXT = frozenset("script style template svg iframe noframes textarea title".split())
# Elements that start and end a line of text.
BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul video audio iframe caption"
    " br td th".split()
)
SPACE = re.compile(r"\s+")
TOP_COMMA = re.compile(r",(?![^(\[]*[)\]])")  # between the alternatives of a selector
BRACKETS = re.compile(r"\[[^\]]*\]|:not\([^)]*\)")
# Attributes that many selectors ask for and few pages have.
RARE_ATTRIBUTES = ("itemprop", "itemtype", "data-drupal-selector", "about", "typeof")
RARE = re.compile(r"\[(?:itemprop|itemtype|data-drupal-selector|about|typeof)\b")
NEEDED = re.compile(r"[.#]([\w-]+)")


class Node:
    """One element. `children` holds Nodes and strings in order; the subtree is `document.nodes[index:end]`.

    `text_length` and `link_length` count the characters of text (each piece stripped) in the subtree, and of those
    the ones inside links. `names` are class and id in lower case with a space around each word, for matching whole
    words (' node node-7 '), empty where there is neither. `label` is extraction's: what a step took this block for,
    so that later steps leave it alone.
    """

    __slots__ = (
        "children",
        "document",
        "element",
        "end",
        "index",
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
    def classes(self) -> list[str]:
        return (self.element.attr("class") or "").split()

    @property
    def path(self) -> str:
        """A short human-readable place: the tag with its id or first class, below its nearest named ancestor."""
        parts: list[str] = []
        node: Node | None = self
        while node is not None and len(parts) < 3:
            ident, classes = node.get("id"), node.classes
            parts.append(node.tag + (f"#{ident}" if ident else f".{classes[0]}" if classes else ""))
            if ident:
                break
            node = node.parent
        return " > ".join(reversed(parts))

    def subtree(self) -> list[Node]:
        """This element and all elements below it, in document order."""
        return self.document.nodes[self.index : self.end]

    def contains(self, other: Node) -> bool:
        return self.index <= other.index < self.end

    def ancestors(self) -> Iterator[Node]:
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
        return SPACE.sub(" ", "".join(self.strings(without))).strip()

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
        by_element = self.document.by_element
        return [by_element[found] for found in self.element.select(possible) if found in by_element]

    def select_one(self, css: str) -> Node | None:
        """The first element below that matches the selector."""
        possible = self.document.possible(css)
        found = self.element.select_one(possible) if possible else None
        return None if found is None else self.document.by_element.get(found)

    def matches(self, css: str) -> bool:
        result: bool = self.element.matches(css)
        return result


@dataclass(slots=True)
class Document:
    """A parsed page: `nodes` in document order (`nodes[0]` is the html element), `notices` what was cut or doubtful."""

    nodes: list[Node] = field(default_factory=list)
    by_element: dict[Any, Node] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    words: frozenset[str] = frozenset()  # every class and id on the page
    short_texts: list[tuple[Node, str]] = field(default_factory=list)  # labels: elements whose own text is short
    _possible: dict[str, str] = field(default_factory=dict)
    _body: Node | None = None
    _selected: dict[str, list[Node]] = field(default_factory=dict)

    def possible(self, css: str) -> str:
        """The alternatives of a selector whose classes and ids occur on the page; empty where none can match."""
        found = self._possible.get(css)
        if found is None:
            found = ",".join(one for one, needed in alternatives(css) if needed <= self.words)
            self._possible[css] = found
        return found

    def select_within(self, node: Node, css: str) -> list[Node]:
        """The elements below `node` that match, out of one search of the whole page: for many nodes, few selectors."""
        found = self._selected.get(css)
        if found is None:
            found = self._selected[css] = self.select(css)
        if not found:
            return found
        return found[bisect_right(found, node.index, key=_index) : bisect_left(found, node.end, key=_index)]

    def short_texts_in(self, node: Node) -> list[tuple[Node, str]]:
        """Those of `short_texts` in one subtree."""
        first = bisect_left(self.short_texts, node.index, key=_place)
        last = bisect_left(self.short_texts, node.end, key=_place)
        return self.short_texts[first:last]

    def release(self) -> None:
        """Unties the tree, so that its memory is free at once and not at the collector's next pass. Unusable after."""
        for node in self.nodes:
            node.parent = None
            node.children.clear()
        self.nodes.clear()
        self.by_element.clear()
        self._selected.clear()
        self.short_texts.clear()

    @property
    def root(self) -> Node:
        return self.nodes[0]

    @property
    def body(self) -> Node:
        """The body element, or the root where there is none."""
        if self._body is None:
            parts = self.nodes[0].elements()
            self._body = next((node for node in parts if node.tag in ("body", "frameset")), self.nodes[0])
        return self._body

    @property
    def head(self) -> Node | None:
        return next((node for node in self.nodes[0].elements() if node.tag == "head"), None)

    def select(self, css: str) -> list[Node]:
        return self.root.select(css)

    def select_one(self, css: str) -> Node | None:
        return self.root.select_one(css)


def parse_html(text: str, closed: Closed | None = None) -> Document:
    """The page's tree. Never fails: what exceeds MAX_NODES is kept as text without structure, with a notice.

    Depth needs no bound here: the parser, like a browser, hangs elements deeper than 512 levels on the last of them.

    :param closed: which elements the caller never looks into: they become leaves that hold their text.
    """
    document = Document()
    if "xmlns" in text[:HEAD]:
        text = SELF_CLOSED.sub(r"<\1\2></\1>", text)
    source = turbohtml.parse(text, positions=False)
    _build(document, source.root, closed)
    _measure(document)
    return document


@dataclass(frozen=True, slots=True)
class Closed:
    """Elements to leave unopened: `names` says by tag and names which, but for what holds a match of `unless` or much
    of the page's text."""

    names: Callable[[str, str], bool]
    unless: str
    share: float


@lru_cache(maxsize=2_000)
def alternatives(css: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The selectors of a list, each with the classes, ids and attributes that a page must have for it to match.

    >>> alternatives("#a .b[rel], p")
    (('#a .b[rel]', frozenset({'a', 'b'})), ('p', frozenset()))
    """
    parts = [part.strip() for part in TOP_COMMA.split(css)]
    return tuple((part, frozenset((*NEEDED.findall(BRACKETS.sub("", part)), *RARE.findall(part)))) for part in parts)


def _build(document: Document, root: Any, closed: Closed | None) -> None:
    """Makes the nodes in document order, each with its names and the length of its own text."""
    nodes, by_element, words = document.nodes, document.by_element, set[str]()
    element_type, text_type = turbohtml.Element, turbohtml.Text
    stays_closed = _check(root, closed) if closed else None
    stack = [Node(root, None, document)]
    while stack:
        node = stack.pop()
        node.index = len(nodes)
        nodes.append(node)
        element = node.element
        by_element[element] = node
        stated, ident = element.attr("class"), element.attr("id")
        if stated or ident:
            node.names = _names(stated, ident, words)
        if node.tag in RAW_TEXT:
            continue
        if node.index + len(stack) > MAX_NODES or (stays_closed and stays_closed(node)):
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
        if below:
            below.reverse()
            stack.extend(below)
    if len(nodes) > MAX_NODES:
        document.notices.append(f"flattened: elements after the first {MAX_NODES}")
    words.update(f"[{name}" for name in RARE_ATTRIBUTES if root.select_one(f"[{name}]") is not None)
    document.words = frozenset(words)


def _names(stated: str | None, ident: str | None, words: set[str]) -> str:
    """`Node.names` of a class attribute and an id, whose words are added to those of the page."""
    name, parts = _folded(stated) if stated else (" ", ())
    words.update(parts)
    if ident:
        words.add(ident)
        return f"{name}{' '.join(ident.lower().split())} "
    return name


@lru_cache(maxsize=20_000)
def _folded(stated: str) -> tuple[str, tuple[str, ...]]:
    words = stated.split()
    return f" {' '.join(words).lower()} ", tuple(words)


def _check(root: Any, closed: Closed) -> Callable[[Node], bool]:
    limit = len(root.text) * closed.share
    is_closed, unless = closed.names, closed.unless

    def stays_closed(node: Node) -> bool:
        if not is_closed(node.tag, node.names):
            return False
        element = node.element
        if element.matches(unless) or element.select_one(unless) is not None:
            return False
        return len(element.text) < limit

    return stays_closed


def _index(node: Node) -> int:
    return node.index


def _place(item: tuple[Node, str]) -> int:
    return item[0].index


def _measure(document: Document) -> None:
    """Adds up text lengths from the leaves to the root, and notes the elements whose own text is short."""
    nodes, short = document.nodes, document.short_texts
    below = [0] * len(nodes)  # the text in the elements below each
    for node in reversed(nodes):
        index, own = node.index, node.text_length
        if 2 < own <= SHORT:
            pieces = (child.strip() for child in node.children if type(child) is str)
            short.append((node, " ".join(piece for piece in pieces if piece)))
        node.text_length = whole = own + below[index]
        if not node.end:
            node.end = index + 1
        if node.tag == "a":
            node.link_length = whole
        parent = node.parent
        if parent is not None:
            below[parent.index] += whole
            parent.link_length += node.link_length
            parent.end = max(parent.end, node.end)
    short.reverse()
