"""One tree for a page: `parse_html` turns text into `Document`, the only place where HTML is parsed.

The tree under it is turbohtml's (docs/tree.md has the measurement that chose it). Nothing outside this module sees its
objects: every stage works on `Node`, made when it is first asked for. A page has a thousand elements, and most of them
are menus that no step needs to look into: what nobody asks for costs nothing but its parsing in C.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from typing import Any

import turbohtml

from scraper.text.prose import excerpt

# In pages saved by an XML serialiser these stand as <iframe/>, which HTML reads as open: all after it would be lost.
SELF_CLOSED = re.compile(r"<(iframe|textarea|title|noframes|style)((?:\s[^<>]*)?)/>", re.I)
HEAD = 3_000  # characters in which an XML serialiser has stated its namespace
# Their content is no part of the page's text; `raw_text` gives it.
RAW_TEXT = frozenset("script style template svg iframe noframes textarea title noscript".split())
# Elements that start and end a line of text.
BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul video audio iframe caption"
    " br td th".split()
)
SHORT = 60  # characters of a label
LARGE = 4_000  # characters; the white space of a larger text is counted, not folded
TOP_COMMA = re.compile(r",(?![^(\[]*[)\]])")  # between the alternatives of a selector
BRACKETS = re.compile(r"\[[^\]]*\]|:not\([^)]*\)")
# Attributes that many selectors ask for and few pages have.
RARE_ATTRIBUTES = ("itemprop", "itemtype", "data-drupal-selector", "about", "typeof")
ANY_RARE = ",".join(f"[{name}]" for name in RARE_ATTRIBUTES)
RARE = re.compile(r"\[(?:itemprop|itemtype|data-drupal-selector|about|typeof)\b")
NEEDED = re.compile(r"[.#]([\w-]+)")


class Node:
    """One element. `children` holds Nodes and strings in order.

    `names` are class and id in lower case with a space around each word, for matching whole words (' node node-7 '),
    empty where there is neither. `label` is extraction's: what a step took this block for, so that later steps leave
    it alone.
    """

    __slots__ = (
        "_children",
        "_link_length",
        "_names",
        "_parent",
        "_text_length",
        "document",
        "element",
        "label",
        "tag",
    )

    def __init__(self, element: Any, document: Document) -> None:
        self.tag: str = element.tag
        self.element = element
        self.document = document
        self.label: str | None = None
        self._children: list[Node | str] | None = None
        self._names: str | None = None
        self._parent: Node | None = self  # until it is asked for: no element is its own parent
        self._text_length = -1
        self._link_length = -1

    def __repr__(self) -> str:
        return f"<Node {self.path}>"

    def get(self, name: str) -> str | None:
        """The attribute's value, or None where it is absent."""
        value: str | None = self.element.attr(name)
        return value

    @property
    def names(self) -> str:
        if self._names is None:
            stated, ident = self.element.attr("class"), self.element.attr("id")
            name = folded_names(stated) if stated else ""
            self._names = f"{name or ' '}{' '.join(ident.lower().split())} " if ident else name
        return self._names

    @property
    def children(self) -> list[Node | str]:
        """The elements and strings directly below; none in scripts, styles and the like."""
        if self._children is None:
            self._children = [] if self.tag in RAW_TEXT else self.document.children_of(self.element)
        return self._children

    @property
    def parent(self) -> Node | None:
        """The element around this one; None for the root."""
        if self._parent is self:
            element = self.element.parent
            self._parent = self.document.wrap(element) if type(element) is turbohtml.Element else None
        return self._parent

    @property
    def text_length(self) -> int:
        """About how many characters of text, white space folded, stand below."""
        if self._text_length < 0:
            text: str = self.element.text
            if len(text) <= LARGE:
                self._text_length = len(" ".join(text.split()))
            else:
                self._text_length = len(text) - text.count("\n") - text.count("\t") - text.count("  ")
        return self._text_length

    @property
    def link_length(self) -> int:
        """The part of `text_length` that stands inside links."""
        if self._link_length < 0:
            if self.tag == "a":
                self._link_length = self.text_length
            else:
                self._link_length = sum(len(link.text.strip()) for link in self.element.select("a"))
        return self._link_length

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
        wrap = self.document.wrap
        return [self, *(wrap(element) for element in self.element.iter_elements() if element is not self.element)]

    def contains(self, other: Node) -> bool:
        """Whether `other` is this element or stands below it."""
        node: Node | None = other
        while node is not None and node is not self:
            node = node.parent
        return node is self

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
        element = self.element.previous_sibling
        while element is not None and type(element) is not turbohtml.Element:
            element = element.previous_sibling
        return self.document.wrap(element) if element is not None else None

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
        for piece in self.pieces():
            parts.append(piece)
            length += len(piece) + 1
            if length > limit:
                break
        return excerpt(" ".join(parts), limit)

    def pieces(self) -> Iterator[str]:
        """The pieces of text below as they stand, stripped; those of scripts and styles among them."""
        return iter(self.element.stripped_strings)

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
        wrap = self.document.wrap
        return [wrap(found) for found in self.element.select(possible)]

    def select_one(self, css: str) -> Node | None:
        """The first element below that matches the selector."""
        possible = self.document.possible(css)
        found = self.element.select_one(possible) if possible else None
        return None if found is None else self.document.wrap(found)

    def matches(self, css: str) -> bool:
        result: bool = self.element.matches(css)
        return result


class Document:
    """A parsed page: its root and body, the words of its classes and ids, and `notices` of what was doubtful."""

    __slots__ = ("_body", "_nodes", "_possible", "_source", "notices", "words")

    def __init__(self, source: Any) -> None:
        self.notices: list[str] = []
        self.words = _words(source)  # every class and id on the page
        self._source = source
        self._nodes: dict[Any, Node] = {}
        self._possible: dict[str, str] = {}
        self._body: Node | None = None

    def wrap(self, element: Any) -> Node:
        """The one Node of an element of the parser's tree."""
        node = self._nodes.get(element)
        if node is None:
            node = self._nodes[element] = Node(element, self)
        return node

    def children_of(self, element: Any) -> list[Node | str]:
        """What stands directly below an element of the parser's tree."""
        wrap, element_type, text_type = self.wrap, turbohtml.Element, turbohtml.Text
        found: list[Node | str] = []
        for child in element.children:
            kind = type(child)
            if kind is text_type:
                found.append(child.data)
            elif kind is element_type:
                found.append(wrap(child))
        return found

    @property
    def root(self) -> Node:
        return self.wrap(self._source.root)

    @property
    def body(self) -> Node:
        """The body element, or the root where there is none."""
        if self._body is None:
            parts = self.root.elements()
            self._body = next((node for node in parts if node.tag in ("body", "frameset")), self.root)
        return self._body

    def select(self, css: str) -> list[Node]:
        return self.root.select(css)

    def select_one(self, css: str) -> Node | None:
        return self.root.select_one(css)

    def possible(self, css: str) -> str:
        """The alternatives of a selector whose classes and ids occur on the page; empty where none can match."""
        found = self._possible.get(css)
        if found is None:
            found = ",".join(one for one, needed in alternatives(css) if needed <= self.words)
            self._possible[css] = found
        return found

    def drop(self, css: str) -> None:
        """Takes all matching elements out of the tree, with all below them; Nodes of theirs must not be used again."""
        self._source.root.remove(css)

    def release(self) -> None:
        """Unties the Nodes, so that their memory is free at once and not at the collector's next pass.

        Neither the document nor its Nodes may be used after.
        """
        for node in self._nodes.values():
            node._parent = node._children = None
        self._nodes.clear()
        self._body = None


def parse_html(text: str) -> Document:
    """The page's tree. Never fails.

    Depth needs no bound here: the parser, like a browser, hangs elements deeper than 512 levels on the last of them.
    """
    if "xmlns" in text[:HEAD]:
        text = SELF_CLOSED.sub(r"<\1\2></\1>", text)
    return Document(turbohtml.parse(text, positions=False))


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
