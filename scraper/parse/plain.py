"""The short way to the HTML and text of an element that holds nothing but plain paragraphs, as most comments do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from scraper.parse.fragment import BLOCK_TAGS, BROKEN_LINE, FRAMES, MEANINGLESS
from scraper.parse.node import ELEMENT, TEXT, Node
from scraper.text.prose import fold

SPACES = re.compile("[ \t\n\r\f]{2,}|[\t\n\r\f]")  # but for single ones, as HTML has them: there are more in fold()
ODD = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef]")  # of which an HTML parser makes something else
SPECIAL = re.compile("[&<>]")
LISTS = frozenset({"ul", "dl"})  # an `ol` has attributes
DEEPEST = 8


def plain_body(node: Node, without: Iterable[Node]) -> tuple[str, str] | None:
    r"""The markup and the text of `node` without some elements, as a Fragment has them; None where that takes one.

    >>> from scraper.parse.html import parse_html
    >>> plain_body(parse_html("<div id=a><p>Fish &amp;<br>chips</p> <p>twice</div>").select("#a")[0], ())
    ('<p>Fish &amp;<br>chips</p> <p>twice</p>', 'Fish &\nchips\ntwice')
    >>> plain_body(parse_html("<div id=a><p>Fish <i>and</i> chips</div>").select("#a")[0], ())
    """
    is_paragraph = node.tag == "p"
    if node.is_closed or not (is_paragraph or node.tag in MEANINGLESS or node.tag in FRAMES):
        return None
    body = _Plain({each.element for each in without})
    if not (body.add_paragraph(node.element) if is_paragraph else body.add_all(node.element.children, 0)):
        return None
    html = "".join(body.html)
    is_printable = html.isprintable()
    if (not html.isascii() and BROKEN_LINE.search(html)) or (not is_printable and ODD.search(html)):
        return None
    body.end_line()
    if not is_printable or "  " in html:
        html = SPACES.sub(" ", html.replace("\xa0", "&nbsp;"))
    return html.strip(" "), "\n".join(body.lines)


class _Plain:
    """What was put together so far: parts of markup, lines of text, and the strings of the last line."""

    def __init__(self, left_out: set[Any]) -> None:
        self.left_out = left_out
        self.html: list[str] = []
        self.lines: list[str] = []
        self.line: list[str] = []

    def end_line(self) -> None:
        if self.line:
            line = fold("".join(self.line))
            if line:
                self.lines.append(line)
            self.line = []

    def add_all(self, items: Sequence[Any], depth: int) -> bool:
        """Adds what stands in a block without a meaning of its own; whether it could."""
        for item in items:
            if type(item) is TEXT:
                self.add_text(item.data)
            elif item not in self.left_out and not self.add_element(item, depth):
                return False
        return True

    def add_element(self, element: Any, depth: int) -> bool:
        if type(element) is not ELEMENT:
            return False
        tag = element.tag
        if tag == "br":
            self.add_break()
            return True
        if element.attr("dir") is not None:
            return False
        if tag == "p":
            return self.add_paragraph(element)
        if tag in LISTS:
            return self.add_emptied(element)
        if tag not in MEANINGLESS or depth > DEEPEST:
            return False
        children = [each for each in element.children if each not in self.left_out]
        if not any(type(each) is ELEMENT and each.tag in BLOCK_TAGS for each in children) and any(
            type(each) is TEXT and not each.data.isspace() for each in children
        ):
            return self.add_paragraph(element)
        self.end_line()
        done = self.add_all(children, depth + 1)
        self.end_line()
        return done

    def add_paragraph(self, element: Any) -> bool:
        """Adds an element that holds nothing but text and line breaks."""
        self.html.append("<p>")
        self.end_line()
        for item in element.children:
            if type(item) is TEXT:
                self.add_text(item.data)
            elif type(item) is ELEMENT and item.tag == "br" and item not in self.left_out:
                self.add_break()
            else:
                return False
        self.html.append("</p>")
        self.end_line()
        return True

    def add_emptied(self, element: Any) -> bool:
        """Adds a list of which all is left out: the answers to a comment."""
        left = [each for each in element.children if each not in self.left_out]
        if any(type(each) is not TEXT or not each.data.isspace() for each in left):
            return False
        self.end_line()
        self.html += (f"<{element.tag}>", *(each.data for each in left), f"</{element.tag}>")
        return True

    def add_text(self, data: str) -> None:
        self.html.append(escape(data, quote=False) if SPECIAL.search(data) else data)
        self.line.append(data)

    def add_break(self) -> None:
        self.html.append("<br>")
        self.end_line()
