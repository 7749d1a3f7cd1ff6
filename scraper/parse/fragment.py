"""A copy of a part of a page that can be changed without harm to the page: `Fragment`, made of `Piece`s."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from copy import copy
from functools import lru_cache
from itertools import zip_longest
from typing import Any

import turbohtml

from scraper.parse.node import ELEMENT, TEXT, Node
from scraper.text.prose import fold, without_unseen

MARK = "data-left-out"  # is put on the page's own elements while they are copied
LAYOUT = turbohtml.PlainText(layout="strict", bullet="", table_cell_separator=" ")
MEANINGLESS = frozenset("div section article main header footer aside center address fieldset".split())
BLOCK_TAGS = MEANINGLESS | frozenset(
    "p ul ol dl table pre h1 h2 h3 h4 h5 h6 blockquote figure figcaption hr details li dd td th".split()
)
BLOCKS = ", ".join(sorted(BLOCK_TAGS))
PHRASES = frozenset("p pre code span h1 h2 h3 h4 h5 h6".split())  # in which there is no place for a paragraph
UNSPACED = "\u3001-\u3011\u3040-\u30ff\u3400-\u9fff\uff01-\uffef"  # Chinese and Japanese
BROKEN_LINE = re.compile(rf"\n(?<=[{UNSPACED}]\n)\s*(?=[{UNSPACED}])")
LINES = frozenset("div li p tr".split())  # of code
ROWS = frozenset("table thead tbody tr ol ul".split())  # white space in them is none of the code's
TABLE_PARTS = frozenset("table thead tbody tfoot tr td th".split())
FRAMES = frozenset("li dd dt td th tr".split())  # around a comment or a post they are no part of it
LINE_ENDS = object()
# In plain text these are blocks like any other: what is indented or numbered, and who is quoted.
INDENTED = "ol, ul, dd, blockquote, blockquote > cite:first-child, blockquote > :first-child > cite:first-child"
UNSHOWN = "rp, caption"  # are left out of plain text by the parser


class Fragment:
    """A copy of what stands below a node, without the nodes of `left_out` and what matches the selector `dropped`.

    `unread` are nodes that are in the markup and not in the text.
    """

    def __init__(self, node: Node, left_out: Iterable[Node], dropped: str, unread: Iterable[Node] = ()) -> None:
        marked = {each.element for each in left_out}
        mark = f"{id(self):x}"  # none that a page could have guessed
        silent = {each.element for each in unread}
        for element in marked:
            element.attrs[MARK] = mark
        for element in silent:
            element.attrs[MARK] = f"{mark}-unread"
        self._element = copy(node.element)
        self._possible = node.document.possible
        for element in marked | silent:
            del element.attrs[MARK]
        self._element.remove(f"[{MARK}='{mark}'], {dropped}")
        self._element.attrs[MARK] = mark
        self._here = f"[{MARK}='{mark}']"
        self._added: list[Any] = list(self._element.select(f"[{MARK}='{mark}-unread']")) if silent else []

    def pieces(self, css: str) -> Iterator[Piece]:
        """The elements that match the selector, in document order."""
        css = self._possible(css)
        return map(Piece, self._element.select(css) if css else ())

    def drop_silent(self, css: str, is_chrome: Callable[[Piece], bool]) -> None:
        """Drops what matches and stands, without any text, in or as a block that is chrome."""
        verdicts: dict[Any, bool] = {}
        for element in self._element.select(css):
            chain: list[Any] = []
            at = element
            while at not in verdicts:
                if at is None or at.text.strip():
                    verdicts[at] = False
                elif is_chrome(Piece(at)):
                    verdicts[at] = True
                else:
                    chain.append(at)
                    at = at.parent
            verdicts.update(dict.fromkeys(chain, verdicts[at]))
        for element in [each for each, silent in verdicts.items() if silent]:
            element.decompose()

    def has(self, css: str) -> bool:
        css = self._possible(css)
        return bool(css) and self._element.select_one(css) is not None

    def holds(self, piece: Piece) -> bool:
        """Whether the piece is still in the fragment, and not taken out with something around it."""
        return piece.element.closest(self._here) is not None

    def drop(self, css: str) -> None:
        """Drops what matches, with all in it."""
        css = self._possible(css)
        if css:
            self._element.remove(css)

    def replace_by_link(self, piece: Piece, url: str, title: str = "") -> None:
        """Puts a paragraph with this link in the piece's place, which is no part of the text."""
        link = turbohtml.Element("a", {"href": url}, [turbohtml.Text(title or url)])
        self._added.append(turbohtml.Element("p", None, [link]))
        piece.element.replace_with(self._added[-1])

    def html(self, tags: frozenset[str], attributes: Mapping[str, frozenset[str]]) -> str:
        """The markup of these tags and attributes only, with the text of the others, white space folded.

        It is small, not yet safe: names and addresses are not looked at.
        """
        from turbohtml.clean import collapse_whitespace_node

        self._make_paragraphs()
        kept = _filter(tags, tuple(attributes.items()))
        cleaned = collapse_whitespace_node(kept.sanitize_node(self._element))
        is_part = self._element.tag in tags and self._element.tag not in FRAMES
        return str(cleaned.html if is_part else cleaned.inner_html)

    def keep_targets(self, names: Collection[str]) -> set[str]:
        """Takes off all ids but these, which links of the fragment lead to; returns those that there are."""
        left = set(names)
        for element in (self._element, *self._element.select("[id], a[name]")):
            name = element.attr("id")
            if name is not None and name not in left:
                del element.attrs["id"]
                name = None
            if name is None and element.tag == "a":
                name = element.attr("name")
            if name in left:
                left.discard(name)
                element.attrs["id"] = name
                if element.tag == "span" and element.closest("a") is None and element.select_one("a") is None:
                    element.tag = "a"  # since spans are not kept
        return set(names) - left

    def _make_paragraphs(self) -> None:
        """Blocks without a meaning of their own become paragraphs where text stands in them, or two would be one."""
        blocks = self._element.select(BLOCKS)
        for element, following in zip_longest(blocks, blocks[1:]):
            if element.tag not in MEANINGLESS or element.parent.tag in PHRASES:
                continue
            up = following and following.parent
            if up == element.parent:
                up = None
            while up is not None and up.tag not in BLOCK_TAGS:
                up = up.parent
            if up != element and element.text.strip():  # there is no block in it, since one would come next
                element.tag = "p"

    def join_lines(self) -> None:
        """Takes out the line breaks between characters of languages that put no spaces between words."""
        shown = self._element.text
        if not shown.isascii() and BROKEN_LINE.search(shown):
            for text in [each for each in self._element.descendants if type(each) is TEXT]:
                if text.closest("pre") is None:
                    text.data = BROKEN_LINE.sub("", text.data)

    def spread_direction(self, inherited: str | None) -> None:
        """The direction of writing that elements state goes to the blocks in them, since not all elements are kept."""
        stated = [(each, each.attr("dir")) for each in self._element.select("[dir]") if each.tag in MEANINGLESS]
        if inherited:
            stated.append((self._element, inherited))
        for element, direction in stated:  # which grows
            for block in element.children:
                if type(block) is ELEMENT and block.attr("dir") is None and block.tag not in ("br", "img", "hr"):
                    block.attrs["dir"] = direction
                    if block.tag in MEANINGLESS:
                        stated.append((block, direction))

    def text(self) -> str:
        """The text with one block a line and white space folded, but in preformatted blocks, whose lines are kept."""
        for element in self._added:
            element.extract()
        preformatted = self._element.select_one("pre") is not None or self._element.tag == "pre"
        for element in self._element.select(INDENTED):
            element.tag = "div"
        for element in self._element.select(UNSHOWN):
            if element.tag == "caption" and (table := element.closest("table")) is not None:
                table.insert_before(element)
            element.tag = "div" if element.tag == "caption" else "span"
        lines = without_unseen(self._element.to_text(LAYOUT)).split("\n")
        folded = (line.rstrip() if preformatted and _is_laid_out(line) else " ".join(line.split()) for line in lines)
        return "\n".join(line for line in folded if line)


class Piece:
    """One element of a Fragment."""

    __slots__ = ("element",)

    def __init__(self, element: Any) -> None:
        self.element = element

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Piece) and bool(self.element == other.element)

    def __hash__(self) -> int:
        return hash(self.element)

    @property
    def tag(self) -> str:
        return str(self.element.tag)

    def get(self, name: str) -> str | None:
        value: str | None = self.element.attr(name)
        return value

    def set(self, name: str, value: str | None) -> None:
        """Gives the attribute another value, or with None takes it away."""
        if value is not None:
            self.element.attrs[name] = value
        elif self.element.attr(name) is not None:
            del self.element.attrs[name]

    def text(self) -> str:
        children = self.element.children
        plain = len(children) == 1 and type(children[0]) is TEXT
        return fold(children[0].data if plain else self.element.to_text(LAYOUT))

    def raw(self) -> str:
        """All text in it as it stands."""
        return str(self.element.text)

    def code(self) -> str:
        """The text with its white space, each block in it on a line of its own."""
        return _typed(self.element)

    def parent(self) -> Piece | None:
        parent = self.element.parent
        return Piece(parent) if type(parent) is ELEMENT else None

    def rename(self, tag: str) -> None:
        self.element.tag = tag

    def unfold(self, css: str) -> None:
        """Makes what matches below it elements without a meaning."""
        for element in self.element.select(css):
            element.tag = "div"

    def unfold_table(self) -> None:
        """Makes a table, its rows and cells elements without a meaning; not the tables in it."""
        rows: list[Any] = [
            each for part in (self.element, *self.element.children) for each in getattr(part, "children", ())
        ]
        for each in (
            self.element,
            *self.element.children,
            *rows,
            *(cell for row in rows for cell in getattr(row, "children", ())),
        ):
            if type(each) is ELEMENT and each.tag in TABLE_PARTS:
                each.tag = "div"

    def replace(self, tag: str, text: str, attributes: Mapping[str, str | None]) -> Piece:
        """Puts an element with this text in the piece's place."""
        given = {name: value for name, value in attributes.items() if value is not None}
        made = turbohtml.Element(tag, given, [turbohtml.Text(text)])
        self.element.replace_with(made)
        return Piece(made)

    def replace_by_text(self, text: str) -> None:
        self.element.replace_with(turbohtml.Text(text))

    def select(self, css: str) -> Iterator[Piece]:
        return map(Piece, self.element.select(css))

    def around(self, css: str) -> Piece | None:
        """The nearest element around this one that matches."""
        found = self.element.closest(css)
        return None if found is None else Piece(found)

    def select_one(self, css: str) -> Piece | None:
        found = self.element.select_one(css)
        return None if found is None else Piece(found)

    def remove(self) -> None:
        self.element.decompose()


def _typed(element: Any) -> str:
    """The text of code whose lines are text, or blocks, or rows, with line breaks between them."""
    parts: list[str] = []
    pending = False  # a line has ended; text that begins with a line break says so itself
    stack: list[Any] = [element]
    while stack:
        item = stack.pop()
        if item is LINE_ENDS:
            pending = True
        elif type(item) is TEXT:
            piece = item.data.replace("\xa0", " ")
            parent: Any = item.parent
            if piece.isspace() and parent.tag in ROWS:
                continue
            if pending and piece:
                parts.append("" if piece[0] == "\n" else "\n")
                pending = False
            parts.append(piece)
        elif type(item) is ELEMENT:
            if item.tag == "br":
                parts.append("\n")
                pending = False
            elif item.tag in LINES:
                if pending or (parts and not parts[-1].endswith("\n")):
                    parts.append("\n")
                    pending = False
                stack.append(LINE_ENDS)
            stack.extend(reversed(item.children))
    return "".join(parts).strip("\n")


def _is_laid_out(line: str) -> bool:
    return line[:1].isspace() or "  " in line or "\t" in line


@lru_cache(maxsize=8)
def _filter(tags: frozenset[str], attributes: tuple[tuple[str, frozenset[str]], ...]) -> Any:
    from turbohtml.clean import OnDisallowed, Policy, Sanitizer

    return Sanitizer(
        Policy(tags=tags, attributes=dict(attributes), on_disallowed_tag=OnDisallowed.STRIP, add_link_rel=frozenset())
    )
