"""One tree for a page: `parse_html` turns text into `Document`, the only place where HTML is parsed.

The tree under it is turbohtml's (docs/tree.md has the measurement that chose it). Nothing outside this module sees its
objects: every stage works on `Node`. A page has a thousand elements, of which a third show text and are not in menus:
those get their Node in one pass over the page's text, the others when a selector finds them.
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

from scraper.parse.budget import within_budget
from scraper.text.prose import excerpt

# In pages saved by an XML serialiser these stand as <iframe/>, which HTML reads as open: all after it would be lost.
SELF_CLOSED = re.compile(r"<(iframe|textarea|title|noframes|style)((?:\s[^<>]*)?)/>", re.I)
HEAD = 3_000  # characters in which an XML serialiser has stated its namespace
# Their content is no part of the page's text: they are emptied. `raw_text` gives what is data in a script.
UNSEEN = "script, style, template, svg, noscript, iframe, noframes, textarea"
# Elements that start and end a line of text.
BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul video audio iframe caption"
    " br td th".split()
)
SHORT = 60  # characters of a label
TOP_COMMA = re.compile(r",(?![^(\[]*[)\]])")  # between the alternatives of a selector
NEGATED = re.compile(r":not\([^)]*\)")
BRACKETS = re.compile(r"\[[^\]]*\]")
NEEDED = re.compile(r"[.#]([\w-]+)")
PARTLY = re.compile(r"\[(?:class|id)[*^$~]?=[\"']?([\w-]+)[\"']?\]")
# Attributes that many selectors ask for and few pages have.
RARE_ATTRIBUTES = ("itemprop", "itemtype", "data-drupal-selector", "about", "typeof")
ANY_RARE = ",".join(f"[{name}]" for name in RARE_ATTRIBUTES)
RARE = re.compile(rf"\[(?:{'|'.join(RARE_ATTRIBUTES)})\b")
INDEX = attrgetter("index")
TEXT, ELEMENT = turbohtml.Text, turbohtml.Element


class Node:
    """One element; there is never a second Node for it, so that two can be compared by identity.

    `text_length` and `link_length` count the characters of text (each piece stripped) below, and of those the ones
    inside links; `strings_here` are the pieces that stand directly in it. `names` are class and id in lower case with
    a space around each word, for matching whole words (' node node-7 '), empty where there is neither. The subtree, as
    far as it shows text, is `document.nodes[index:end]`. What `is_closed` is a leaf. `label` is extraction's: what a
    step took this block for, so that later steps leave it alone.
    """

    __slots__ = (
        "below",
        "document",
        "element",
        "end",
        "index",
        "is_closed",
        "label",
        "link_length",
        "names",
        "parent",
        "strings_here",
        "tag",
        "text_length",
    )

    def __init__(self, element: Any, parent: Node | None, document: Document) -> None:
        self.element = element
        self.tag: str = element.tag
        self.parent = parent
        self.document = document
        self.below: list[Node] = []  # the child elements that show text
        self.strings_here: list[str] = []
        self.is_closed = False
        self.label: str | None = None
        self.index = self.end = 0
        self.text_length = self.link_length = 0
        self.names = joined_names(element.attr("class"), element.attr("id"))

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
        element = self.element
        while type(element) is ELEMENT and len(parts) < 3:
            ident, classes = element.attr("id"), (element.attr("class") or "").split(None, 1)
            parts.append(element.tag + (f"#{ident}" if ident else f".{classes[0]}" if classes else ""))
            if ident:
                break
            element = element.parent
        return " > ".join(reversed(parts))

    def subtree(self) -> list[Node]:
        """This element and the elements below it that show text, in document order."""
        return self.document.nodes[self.index : self.end]

    def contains(self, other: Node) -> bool:
        """Whether `other` is this element or stands below it."""
        return other is self or self.index <= other.index < self.end

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
        beside = (each for each in self.element.previous_siblings if type(each) is ELEMENT)
        return next((self.document.node_of(each) for each in beside), None)

    def following(self) -> Iterator[Node]:
        """The sibling elements after this one."""
        return (self.document.node_of(each) for each in self.element.next_siblings if type(each) is ELEMENT)

    def strings(self, without: Iterable[Node] = ()) -> Iterator[str]:
        """The text pieces below, in order, not those below an element of `without`; scripts and styles have none.

        A space stands where a block begins or ends, so that the words of two blocks do not run together.
        """
        skip = {node.element for node in without}
        closed = self.document.closed
        stack: list[Any] = [self.element]
        while stack:
            item = stack.pop()
            kind = type(item)
            if kind is TEXT:
                yield item.data
            elif kind is str:
                yield item
            elif kind is ELEMENT and item not in skip:
                if item.tag in BLOCKS:
                    yield " "
                    stack.append(" ")
                if item in closed:
                    yield closed[item]
                else:
                    stack.extend(reversed(item.children))

    def text(self, without: Iterable[Node] = ()) -> str:
        """All text below, white space folded, in one line."""
        return " ".join("".join(self.strings(without)).split())

    def excerpt(self, limit: int = 80) -> str:
        """The beginning of the text below; reads no further than it needs."""
        parts: list[str] = []
        length = 0
        for node in self.subtree():
            for piece in node.strings_here:
                parts.append(piece)
                length += len(piece)
            if length > limit:
                break
        return excerpt(" ".join(parts), limit)

    def pieces(self) -> Iterator[str]:
        """The pieces of text below, stripped."""
        return (piece.strip() for node in self.subtree() for piece in node.strings_here)

    def own_text(self) -> str:
        """The text that stands directly in this element, white space folded."""
        return " ".join(" ".join(self.strings_here).split()) if self.strings_here else ""

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
        return self.document.data.get(self.element) or str(self.element.text)

    def select(self, css: str) -> list[Node]:
        """The elements below that match the selector, in document order."""
        possible = self.document.possible(css)
        if not possible:
            return []
        node_of = self.document.node_of
        return [node_of(found) for found in self.element.select(possible)]

    def select_one(self, css: str) -> Node | None:
        """The first element below that matches the selector."""
        possible = self.document.possible(css)
        found = self.element.select_one(possible) if possible else None
        return None if found is None else self.document.node_of(found)

    def matches(self, css: str) -> bool:
        result: bool = self.element.matches(css)
        return result


class Document:
    """A parsed page. `nodes` are the elements that show text, in document order; there are none inside a closed one.

    `names` are the values of all class and id attributes, `words` the single classes and ids in them, `notices` doubts.
    """

    __slots__ = (
        "_matches",
        "_nodes_of",
        "_possible",
        "body",
        "closed",
        "data",
        "names",
        "nodes",
        "notices",
        "root",
        "words",
    )

    def __init__(self, root: Any, closed: Closed | None, notices: tuple[str, ...]) -> None:
        self._nodes_of: dict[Any, Node] = {}
        self._possible: dict[str, str] = {}
        self._matches: dict[str, list[Node]] = {}
        self.notices = notices
        self.closed: dict[Any, str] = {}  # the text of the closed elements, which the tree below holds no more
        self.data = _empty_unseen(root)
        self.words = frozenset(_names(root).split())
        self.names = f" {' '.join(self.words)} "
        self.nodes: list[Node] = []
        self.root = self._made(root, None)
        parts = (each for each in root.children if type(each) is ELEMENT and each.tag in ("body", "frameset"))
        body = next(parts, root)
        self.body = self.root if body is root else self._made(body, self.root)  # the root where there is none
        self.nodes = [self.root]
        if body is not root:
            self.body.index = 1
            self.nodes.append(self.body)
            self.root.below.append(self.body)
        self._open(body, closed)
        _measure(self.nodes)

    def _made(self, element: Any, parent: Node | None) -> Node:
        node = self._nodes_of[element] = Node(element, parent, self)
        return node

    def _open(self, body: Any, closed: Closed | None) -> None:
        """Makes the Nodes of the elements that show text, in document order, and gives each its pieces."""
        known = self._nodes_of
        stays_closed = self._check(body, closed) if closed else _never
        for item in body.descendants:
            if type(item) is not TEXT:
                continue
            piece = item.data
            stripped = piece.strip()
            if not stripped:
                continue
            element = item.parent
            try:
                node = known[element]
            except KeyError:
                node = self._reach(element, stays_closed)
            if not node.is_closed:
                node.strings_here.append(piece)
                node.text_length += len(stripped)
        for node in self.nodes:
            if node.is_closed:
                self.closed[node.element] = " ".join(node.strings_here)
                node.element.clear()

    def _check(self, body: Any, closed: Closed) -> Callable[[Node], bool]:
        limit = len(body.text) * closed.share
        is_closed, unless = closed.names, self.possible(closed.unless)

        def stays_closed(node: Node) -> bool:
            if not is_closed(node.tag, node.names):
                return False
            element = node.element
            if unless and (element.matches(unless) or element.select_one(unless) is not None):
                return False
            return len(element.text) < limit

        return stays_closed

    def _reach(self, element: Any, stays_closed: Callable[[Node], bool]) -> Node:
        """The Node of an element that shows text, made with those around it; inside a closed one, that one's."""
        known, nodes = self._nodes_of, self.nodes
        chain = []
        while element not in known:
            chain.append(element)
            element = element.parent
        node = known[element]
        for element in reversed(chain):
            if not node.is_closed:
                above, node = node, Node(element, node, self)
                node.index = len(nodes)
                nodes.append(node)
                above.below.append(node)
                if stays_closed(node):
                    node.is_closed = True
                    node.strings_here = list(element.stripped_strings)
                    node.text_length = sum(map(len, node.strings_here))
            known[element] = node
        return node

    def node_of(self, element: Any) -> Node:
        """The Node of one of the parser's elements."""
        known = self._nodes_of
        if element in known:
            return known[element]
        parent = self.node_of(element.parent)
        node = self._made(element, parent)
        node.index = node.end = parent.index
        return node

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
        """The alternatives of a selector that can match, by the classes and ids of the page; empty where none can."""
        found = self._possible.get(css)
        if found is None:
            found = ",".join(
                one
                for one, needed, parts in alternatives(css)
                if needed <= self.words and all(part in self.names for part in parts)
            )
            self._possible[css] = found
        return found

    def release(self) -> None:
        """Unties the Nodes, so that their memory is free at once and not at the collector's next pass.

        Neither the document nor its Nodes may be used after.
        """
        for node in self._nodes_of.values():
            node.parent = None
        self._nodes_of.clear()
        self._matches.clear()
        self.nodes.clear()
        del self.root, self.body


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
    """The page's tree. Never fails: what is over the budget (see budget.py) is cut, with a notice.

    Depth needs no bound here: the parser, like a browser, hangs elements deeper than 512 levels on the last of them.
    """
    if "xmlns" in text[:HEAD]:
        text = SELF_CLOSED.sub(r"<\1\2></\1>", text)
    text, notices = within_budget(text)
    return Document(turbohtml.parse(text, positions=False).root, closed, notices)


@lru_cache(maxsize=2_000)
def alternatives(css: str) -> tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]:
    """The selectors of a list, each with what a page must have for it to match: classes, ids and attributes as a whole,
    and parts of classes and ids.

    >>> [(one, sorted(needed), parts) for one, needed, parts in alternatives("#a .b[rel], [id^=c-], p")]
    [('#a .b[rel]', ['a', 'b'], ()), ('[id^=c-]', [], ('c-',)), ('p', [], ())]
    """
    found = []
    for one in TOP_COMMA.split(css):
        positive = NEGATED.sub("", one)
        whole = frozenset((*NEEDED.findall(BRACKETS.sub("", positive)), *RARE.findall(positive)))
        found.append((one.strip(), whole, tuple(PARTLY.findall(positive))))
    return tuple(found)


@lru_cache(maxsize=20_000)
def folded_names(stated: str) -> str:
    """A class attribute as `Node.names` has it."""
    return f" {' '.join(stated.lower().split())} "


def joined_names(stated: str | None, ident: str | None) -> str:
    """The class and id attributes of one element as `Node.names` has them."""
    names = folded_names(stated) if stated else ""
    return f"{names or ' '}{' '.join(ident.lower().split())} " if ident else names


def _empty_unseen(root: Any) -> dict[Any, str]:
    """Empties the elements whose content is no part of the page's text; what stood in the scripts that hold data."""
    data: dict[Any, str] = {}
    for element in root.select(UNSEEN):
        if element.tag == "script" and "json" in (element.attr("type") or "").lower():
            data[element] = element.text
        element.clear()
    return data


def _names(root: Any) -> str:
    """The values of all class and id attributes, and those of RARE_ATTRIBUTES that there are as selectors begin."""
    names = {element.attr("class") or "" for element in root.select("[class]")}
    names.update(element.attr("id") or "" for element in root.select("[id]"))
    if root.select_one(ANY_RARE) is not None:
        names.update(f"[{name}" for name in RARE_ATTRIBUTES if root.select_one(f"[{name}]") is not None)
    return " ".join(names)


def _never(node: Node) -> bool:
    return False


def _measure(nodes: list[Node]) -> None:
    """Adds up text lengths from the leaves to the root, and finds where each subtree ends."""
    for node in reversed(nodes):
        if node.tag == "a":
            node.link_length = node.text_length
        if not node.end:
            node.end = node.index + 1
        parent = node.parent
        if parent is not None:
            parent.text_length += node.text_length
            parent.link_length += node.link_length
            parent.end = parent.end or node.end
