"""The short way to the HTML and text of an element that holds nothing but plain paragraphs, as most comments do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any

from scraper.parse.fragment import BLOCK_TAGS, BROKEN_LINE, FRAMES, MEANINGLESS
from scraper.parse.node import ELEMENT, TEXT, Node
from scraper.text.prose import fold

SPACES = re.compile("[ \t\n\r\f]+")  # as HTML has them: there are more in fold()
ODD = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef]")  # of which an HTML parser makes something else
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
    text = (fold("".join(line)) for line in body.lines)
    return SPACES.sub(" ", "".join(body.html)).strip(" "), "\n".join(line for line in text if line)


class _Plain:
    """What was put together so far: parts of markup, and the strings of each line. Nothing adds up where it fails."""

    def __init__(self, left_out: set[Any]) -> None:
        self.left_out = left_out
        self.html: list[str] = []
        self.lines: list[list[str]] = [[]]

    def add_all(self, items: list[Any], depth: int) -> bool:
        """Adds what stands in a block without a meaning of its own; whether it could."""
        return all(self.add_inline(item) or self.add_block(item, depth) for item in items)

    def add_block(self, element: Any, depth: int) -> bool:
        if type(element) is not ELEMENT or element.attr("dir") is not None:
            return element in self.left_out
        if element in self.left_out:
            return True
        if element.tag == "p":
            return self.add_paragraph(element)
        if element.tag not in MEANINGLESS or depth > DEEPEST:
            return False
        children = [each for each in element.children if each not in self.left_out]
        if not any(type(each) is ELEMENT and each.tag in BLOCK_TAGS for each in children) and any(
            type(each) is TEXT and not each.data.isspace() for each in children
        ):
            return self.add_paragraph(element)
        self.lines.append([])
        done = self.add_all(children, depth + 1)
        self.lines.append([])
        return done

    def add_paragraph(self, element: Any) -> bool:
        self.html.append("<p>")
        self.lines.append([])
        if not all(map(self.add_inline, element.children)):
            return False
        self.html.append("</p>")
        self.lines.append([])
        return True

    def add_inline(self, item: Any) -> bool:
        """Adds a line break, or text that no step would change."""
        if type(item) is TEXT:
            data = item.data
            if ODD.search(data) or BROKEN_LINE.search(data):
                return False
            self.html.append(escape(data, quote=False).replace("\xa0", "&nbsp;"))
            self.lines[-1].append(data)
            return True
        if type(item) is not ELEMENT or item.tag != "br" or item in self.left_out:
            return False
        self.html.append("<br>")
        self.lines.append([])
        return True
