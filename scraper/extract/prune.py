"""What stands inside the post's block and is not the post: `prune_content` labels it."""

from __future__ import annotations

from scraper.extract.chrome import SMALL, label
from scraper.extract.fields import Fields
from scraper.model import Removal
from scraper.parse.html import Node
from scraper.text.prose import fold

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CONTAINERS = frozenset(
    "div section article main header figure table tbody tr td ul ol li center font span form".split()
)
LINK_LIST = 0.75  # share of a block's text inside links


def prune_content(content: Node, fields: Fields) -> list[Removal]:
    """Labels the title, the byline, lists of links and trailing headings inside the post's block."""
    removals: list[Removal] = []
    _take(fields.title_node, content, "title", removals)
    _take(fields.byline_node, content, "byline", removals)
    _take(fields.published_node, content, "byline", removals)
    title = fold(fields.title or "").casefold()
    stack = content.elements()[::-1]
    while stack:
        node = stack.pop()
        if node.label or not node.text_length:
            continue
        if node.tag in HEADINGS and title and node.text_length < 400 and fold(node.text()).casefold() == title:
            label(node, "title", "prune", "repeats the title", removals)
        elif node.tag in ("ul", "ol", "div", "p", "table", "section") and _is_link_list(node):
            label(node, "links", "prune", "mostly links", removals)
        if node.label is None and node.tag in CONTAINERS:
            stack.extend(reversed(node.elements()))
    return removals


def _take(node: Node | None, content: Node, kind: str, removals: list[Removal]) -> None:
    if (
        node is not None
        and node.label is None
        and node is not content
        and content.contains(node)
        and node.text_length < SMALL
    ):
        label(node, kind, "prune", f"shows the {kind}", removals)


def _is_link_list(node: Node) -> bool:
    if node.link_length < LINK_LIST * node.text_length:
        return False
    links = sum(1 for each in node.subtree() if each.tag == "a")
    if node.tag in ("ul", "ol"):
        return links >= 2
    return links >= 3 and not any(
        each.tag in ("p", "blockquote") and each is not node and each.link_length < 0.5 * each.text_length
        for each in node.subtree()
    )
