"""One tree for a page: `parse_html` turns text into `Document`, the only place where HTML is parsed.

The tree under it is turbohtml's (docs/tree.md has the measurement that chose it). Nothing outside parse/ sees its
objects: every stage works on `Node`. A page has a thousand elements, of which a third show text and are not in menus:
those get their Node in one pass over the page's text, the others when a selector finds them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import turbohtml

from scraper.parse.block import Block
from scraper.parse.budget import within_budget
from scraper.parse.deep import DEEPEST, without_depth
from scraper.parse.node import ELEMENT, TEXT, Node, make_node
from scraper.parse.outlinks import find_anchors
from scraper.parse.preloaded import show_topic
from scraper.parse.selectors import ANY_RARE, RARE_ATTRIBUTES, alternatives
from scraper.parse.unseen import empty_unseen

# In pages saved by an XML serialiser these stand as <iframe/>, which HTML reads as open: all after it would be lost.
SELF_CLOSED = re.compile(r"<(iframe|textarea|title|noframes|style)((?:\s[^<>]*)?)/>", re.I)
HEAD = 3_000  # characters in which an XML serialiser has stated its namespace


class Document:
    """A parsed page. `nodes` are the elements that show text, in document order; there are none inside a closed one.

    `blocks` are its runs of text, in order. `names` are the values of all class and id attributes, `words` the single
    classes and ids in them, `notices` doubts. `enclosing` tells the id around each id, on a page that is nested deeper
    than a tree can be; else it is empty. `anchors` are all links of the page, where they were asked for.
    """

    __slots__ = (
        "_length",
        "_nodes_of",
        "_possible",
        "anchors",
        "blocks",
        "body",
        "closed",
        "data",
        "enclosing",
        "names",
        "nodes",
        "notices",
        "root",
        "words",
    )

    def __init__(self, root: Any, closed: Closed, notices: tuple[str, ...], linked: bool = False) -> None:
        self._nodes_of: dict[Any, Node] = {}
        self._possible: dict[str, str] = {}
        self.notices = notices
        self.enclosing: dict[str, str] = {}
        self.closed: dict[Any, str] = {}  # the text of the closed elements, which the tree below holds no more
        self.anchors = find_anchors(root) if linked else []
        self.data = empty_unseen(root)
        self.words = frozenset(_names(root).split())
        self.names = f" {' '.join(self.words)} "
        self.nodes: list[Node] = []
        self.blocks: list[Block] = []
        self.root = self._made(root, None, 0)
        parts = (each for each in root.children if type(each) is ELEMENT and each.tag in ("body", "frameset"))
        body = next(parts, root)
        self.body = self.root if body is root else self._made(body, self.root, 1)  # the root where there is none
        self.nodes = [self.root]
        if body is not root:
            self.nodes.append(self.body)
            self.root.below.append(self.body)
        self._open(body, closed)
        _measure(self.nodes)

    def all_text(self) -> str:
        """The page's text as it stands, in no certain order: for a look at what a page has no word of."""
        return "\n".join((self.body.element.text, *self.closed.values()))

    def _made(self, element: Any, parent: Node | None, index: int) -> Node:
        node = self._nodes_of[element] = make_node(element, parent, self, index)
        return node

    def _open(self, body: Any, closed: Closed) -> None:
        """Makes the Nodes of the elements that show text, in document order, and gives each its pieces."""
        known, blocks, reach = self._nodes_of, self.blocks, self._reach
        self._length = len(body.text)
        owner: Node | None = None
        block = Block(self.body)  # of no text, before the first
        add = block.pieces.append
        left = body.descendants
        while left is not None:
            items, left = left, None
            for item in items:
                if type(item) is not TEXT:
                    if type(item) is ELEMENT and item.tag == "br":
                        add(" ")
                    continue
                piece = item.data
                if piece.isspace():
                    add(" ")
                    continue
                element = item.parent
                node = known[element] if element in known else reach(element, closed)
                if node.owner is not owner:
                    owner = node.owner
                    block = Block(owner)
                    add = block.pieces.append
                    blocks.append(block)
                if node.is_closed:
                    block.length = node.text_length
                    left = node.element.following
                    node.element.clear()
                    break
                length = len(piece.strip())
                node.strings_here.append(piece)
                node.text_length += length
                add(piece)
                block.items.append(item)
                block.length += length
                if node.in_link:
                    block.link_length += length

    def _stays_closed(self, node: Node, closed: Closed) -> bool:
        """Whether there is no more in an element than its names say; then it is closed."""
        element, unless = node.element, self.possible(closed.unless)
        if unless and (element.matches(unless) or element.select_one(unless) is not None):
            return False
        strings = list(element.stripped_strings)
        limit = self._length * closed.share
        if sum(map(len, strings)) >= limit or max(map(len, strings), default=0) > closed.longest:
            return False
        node.close(strings)
        self.closed[element] = " ".join(strings)
        return True

    def _reach(self, element: Any, closed: Closed) -> Node:
        """The Node of an element that shows text, made with those around it; or of the closed one that it is in."""
        known, nodes, is_closed = self._nodes_of, self.nodes, closed.names
        chain = [element]
        above = element.parent
        while above not in known:
            chain.append(above)
            above = above.parent
        node = known[above]
        for each in reversed(chain):
            above, node = node, make_node(each, node, self, len(nodes))
            known[each] = node
            nodes.append(node)
            above.below.append(node)
            if is_closed(node.tag, node.names) and self._stays_closed(node, closed):
                break
        return node

    def is_deep(self) -> bool:
        """Whether the tree is as deep as trees can be, so that the page may be deeper."""
        return len(self.nodes) > DEEPEST and max(node.depth for node in self.nodes) >= DEEPEST

    def node_of(self, element: Any) -> Node:
        """The Node of one of the parser's elements."""
        known = self._nodes_of
        if element in known:
            return known[element]
        parent = self.node_of(element.parent)
        node = self._made(element, parent, parent.index)
        node.end = node.index
        return node

    def elements(self, css: str) -> list[Any]:
        """The parser's elements that match the selector: what a head declares is read without Nodes."""
        possible = self.possible(css)
        found: list[Any] = self.root.element.select(possible) if possible else []
        return found

    def raw_text(self, element: Any) -> str:
        """The text of a title element, or the data in a script, as it stands."""
        return self.data.get(element) or str(element.text)

    def nodes_of(self, elements: list[Any]) -> list[Node]:
        """The Nodes of the parser's elements."""
        known, node_of = self._nodes_of, self.node_of
        return [known[each] if each in known else node_of(each) for each in elements]

    def select(self, css: str) -> list[Node]:
        return self.root.select(css)

    def select_one(self, css: str) -> Node | None:
        return self.root.select_one(css)

    def possible(self, css: str) -> str:
        """The alternatives of a selector that can match, by the classes and ids of the page; empty where none can."""
        found = self._possible.get(css)
        if found is None:
            found = self._possible[css] = alternatives(css).possible(self.words, self.names)
        return found

    def release(self) -> None:
        """Unties the Nodes, so that their memory is free at once and not at the collector's next pass.

        Neither the document nor its Nodes may be used after.
        """
        for node in self._nodes_of.values():
            node.parent = None
            node.owner = None  # type: ignore[assignment]  # most are their own
        self._nodes_of.clear()
        self.nodes.clear()
        self.blocks.clear()
        del self.root, self.body


@dataclass(frozen=True, slots=True)
class Closed:
    """Elements to leave unopened, as leaves that hold their text.

    `names` says by tag and names which; what holds a match of `unless`, more than `share` of the page's text or a piece
    of text longer than `longest` is opened all the same.
    """

    names: Callable[[str, str], bool]
    unless: str
    share: float
    longest: int


ALL_OPEN = Closed(names=lambda tag, names: False, unless="", share=0, longest=0)


def parse_html(text: str, closed: Closed = ALL_OPEN, *, linked: bool = False) -> Document:
    """The page's tree. Never fails: what is over the budget (see budget.py) is cut, with a notice.

    What is nested deeper than a tree can be is brought further out (see deep.py). With `linked` the document has its
    links, those of closed elements too.
    """
    source = _with_end_tags(text) if "xmlns" in text[:HEAD] else text
    root, text, notices = _tree(source)
    filled = {element.tag for element in root.select("iframe, textarea") if element.text.strip()}
    if any(_never_closes(name, source) for name in filled) and (mended := _with_end_tags(source)) != source:
        root, text, notices = _tree(mended)
    show_topic(root, source)
    document = Document(root, closed, notices, linked)
    if document.is_deep():
        text, enclosing = without_depth(text)
        document.release()
        document = Document(turbohtml.parse(text, positions=False).root, closed, notices, linked)
        document.enclosing = enclosing
    return document


def _tree(text: str) -> tuple[Any, str, tuple[str, ...]]:
    """The parser's tree of a source, as much of it as is read, and what was cut."""
    kept, notices = within_budget(text)
    return turbohtml.parse(kept, positions=False).root, kept, notices


def _with_end_tags(text: str) -> str:
    """The source with end tags for what an XML serialiser closed."""
    return SELF_CLOSED.sub(r"<\1\2></\1>", text)


def _never_closes(name: str, text: str) -> bool:
    """Whether an element that takes all up to its end tag as its own text has none: a serialiser closed it."""
    opened = re.search(rf"<{name}[\s/]", text)
    return opened is not None and text.find(f"</{name}", opened.end()) < 0


def _names(root: Any) -> str:
    """The values of all class and id attributes, and those of RARE_ATTRIBUTES that there are as selectors begin."""
    names = {element.attr("class") for element in root.select("[class]")}
    names.update([element.attr("id") for element in root.select("[id]")])
    if root.select_one(ANY_RARE) is not None:
        names.update([f"[{name}" for name in RARE_ATTRIBUTES if root.select_one(f"[{name}]") is not None])
    return " ".join(names)


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
