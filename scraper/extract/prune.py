"""What is no chrome and yet not the post: `prune_content` inside the post's block, `outside_content` around it."""

from __future__ import annotations

from scraper.extract.chrome import LEAVES, SMALL, label
from scraper.extract.fields import Fields
from scraper.model import Removal
from scraper.parse.node import Node
from scraper.text.prose import fold

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CONTAINERS = frozenset(
    "div section article main header figure table tbody tr td ul ol li center font span form".split()
)
LISTS = frozenset({"ul", "ol", "div", "p", "table", "section"})
MINOR_PART = 0.5  # share of the block's text; a list of links that holds more of it is what was posted
LINK_LIST = 0.75  # share of a block's text inside links


def prune_content(content: Node, fields: Fields) -> list[Removal]:
    """Labels the title, the byline, lists of links and trailing headings inside the post's block."""
    removals: list[Removal] = []
    _take(fields.title_node, content, "title", removals)
    _take(fields.byline_node, content, "byline", removals)
    _take(fields.published_node, content, "byline", removals)
    title = fold(fields.title or "").casefold()
    stack = content.below[::-1]
    while stack:
        node = stack.pop()
        if node.label or not node.text_length:
            continue
        if node.tag in HEADINGS and title and node.text_length < 400 and fold(node.text()).casefold() == title:
            label(node, "title", "prune", "repeats the title", removals)
        elif node.tag in LISTS and node.text_length <= MINOR_PART * content.text_length and _is_link_list(node):
            label(node, "links", "prune", "mostly links", removals)
        if node.label is None and node.tag in CONTAINERS:
            stack.extend(reversed(node.below))
    return removals


def outside_content(body: Node, content: Node, rule: str, fields: Fields) -> list[Removal]:
    """A Removal for each block of text that was no chrome by any rule, yet stands outside the post."""
    removals: list[Removal] = []
    shown = [node for node in (fields.title_node, fields.byline_node, fields.published_node) if node]
    around = {id(up) for node in (content, *shown) for up in (node, *node.ancestors())}
    stack = body.below[::-1]
    while stack:
        node = stack.pop()
        if node is content or node.label is not None or not node.text_length:
            continue
        if node.tag not in LEAVES and (id(node) in around or not node.own_text()):
            stack.extend(reversed(node.below))
        elif id(node) not in around:
            where = Removal("content", "outside", f"not in {rule}", node.path, node.text_length, node.excerpt())
            removals.append(where)
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
