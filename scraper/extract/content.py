"""Which block of the page holds the post: `find_content`."""

from __future__ import annotations

from scraper.extract.chrome import is_labelled
from scraper.extract.platforms.rules import Platform
from scraper.parse.html import Document, Node

PROSE = frozenset("p pre blockquote li td dd div section article main span figure h2 h3 h4 center font body".split())
INLINE = frozenset("a b strong i em code u small sup sub q cite abbr".split())
ENOUGH = 140  # characters of prose; a declared body with less is looked at twice


def find_content(document: Document, platforms: tuple[Platform, ...]) -> tuple[Node | None, str]:
    """The element that holds the post's text, and the rule that chose it; (None, '') for a page without prose.

    First what the platform's rules name, then what pages in general name so, if it holds a fair share of the page's
    prose; else the lowest element in which most of the prose stands together.
    """
    prose = measure_prose(document)
    total = prose[document.body.index]
    if total == 0:
        return None, ""
    named = _named(document, platforms, prose, total)
    if named:
        return named
    node = _densest(document.body, prose)
    return (node, "most prose") if prose[node.index] else (None, "")


def measure_prose(document: Document) -> list[int]:
    """For each node the characters of prose below it: text in unlabelled blocks that is not mostly links."""
    nodes = document.nodes
    prose = [0] * len(nodes)
    hidden = bytearray(len(nodes))
    for node in nodes:
        parent = node.parent
        if node.label or (parent is not None and hidden[parent.index]):
            hidden[node.index] = 1
    for node in reversed(nodes):
        index = node.index
        if hidden[index]:
            prose[index] = 0
            continue
        if node.tag in PROSE:
            own = sum(_shown(child) for child in node.children)
            if own >= 25 or (own and node.tag == "p"):
                prose[index] += own
        if node.parent is not None:
            prose[node.parent.index] += prose[index]
    return prose


def _shown(child: Node | str) -> int:
    """The characters that a child adds to its element's own line of prose; those of links do not count."""
    if isinstance(child, str):
        return 0 if child.isspace() else len(child)
    return child.text_length - child.link_length if child.tag in INLINE else 0


def _named(
    document: Document, platforms: tuple[Platform, ...], prose: list[int], total: int
) -> tuple[Node, str] | None:
    for platform in platforms:
        for css in platform.body:
            found = [node for node in document.body.select(css) if prose[node.index] > 0 and not is_labelled(node)]
            if not found:
                continue
            best = max(found, key=lambda node: prose[node.index])
            share = prose[best.index] / total
            certain = platform.name != "generic"
            if (certain and (share > 0.15 or prose[best.index] > 4 * ENOUGH)) or share > 0.5:
                return _with_siblings(best, found, prose), f"{platform.name}: {css[:60]}"
    return None


def _with_siblings(best: Node, found: list[Node], prose: list[int]) -> Node:
    """The parent, where a body was split into several equal blocks next to each other; else `best`."""
    parent = best.parent
    if parent is None:
        return best
    split = [node for node in found if node.parent is parent]
    whole = sum(prose[node.index] for node in split)
    return (
        parent if len(split) > 1 and whole >= 0.9 * prose[parent.index] and whole > 1.15 * prose[best.index] else best
    )


def _densest(body: Node, prose: list[int]) -> Node:
    node = body
    while True:
        children = [child for child in node.elements() if prose[child.index]]
        if not children:
            return node
        best = max(children, key=lambda child: prose[child.index])
        have, whole = prose[best.index], prose[node.index]
        if best.tag in ("p", "li", "td", "blockquote", "pre", "h2", "h3", "span", "dd") and best.tag != "td":
            return node
        lost = whole - have
        if have >= 0.85 * whole or (have >= 0.6 * whole and not _own_paragraphs(node, best, prose, lost)):
            node = best
            continue
        return node


def _own_paragraphs(node: Node, best: Node, prose: list[int], lost: int) -> bool:
    """Whether what would be lost stands as paragraphs beside `best`, and so belongs to the same text."""
    beside = sum(
        prose[child.index]
        for child in node.elements()
        if child is not best and child.tag in ("p", "blockquote", "ul", "ol", "h2", "h3", "pre")
    )
    return beside > 0.3 * lost
