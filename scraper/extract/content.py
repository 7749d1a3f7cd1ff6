"""Which block of the page holds the post: `find_content`."""

from __future__ import annotations

from scraper.extract.chrome import LEAVES, Survey, is_labelled
from scraper.extract.platforms.rules import Platform
from scraper.parse.html import Document
from scraper.parse.node import Node

PROSE = frozenset("p pre blockquote li td dd div section article main span figure h2 h3 h4 center font body".split())
INLINE = frozenset("a b strong i em code u small sup sub q cite abbr".split())
SENTENCE = 25  # characters; less is a label unless it is a paragraph
ENOUGH = 140  # characters of prose; a declared body with less is looked at twice


def find_content(survey: Survey, document: Document, platforms: tuple[Platform, ...]) -> tuple[Node | None, str]:
    """The element that holds the post's text, and the rule that chose it; (None, '') for a page without prose.

    First what the platform's rules name, then what pages in general name so, if it holds a fair share of the page's
    prose; else the lowest element in which most of the prose stands together.
    """
    prose = measure_prose(survey)
    total = prose.get(id(document.body), 0)
    if total == 0:
        return None, ""
    return _named(document, platforms, prose, total) or (_densest(document.body, prose), "most prose")


def measure_prose(survey: Survey) -> dict[int, int]:
    """For each block of the survey the characters of prose in it: text that is not mostly links, in running blocks."""
    whole = [0] * len(survey.blocks)
    for place in range(len(survey.blocks) - 1, -1, -1):
        node, parent = survey.blocks[place]
        if node.tag in PROSE:
            if node.tag in LEAVES:
                own = node.text_length - node.link_length
            else:
                own = sum(map(len, node.strings_here))
                own += sum(child.text_length - child.link_length for child in node.below if child.tag in INLINE)
            if own >= SENTENCE or (own and node.tag == "p"):
                whole[place] += own
        if parent >= 0:
            whole[parent] += whole[place]
    return {id(node): whole[place] for place, (node, _) in enumerate(survey.blocks)}


def _named(
    document: Document, platforms: tuple[Platform, ...], prose: dict[int, int], total: int
) -> tuple[Node, str] | None:
    for platform in platforms:
        for css in platform.body:
            found = [node for node in document.body.select(css) if prose.get(id(node), 0) > 0 and not is_labelled(node)]
            if not found:
                continue
            best = max(found, key=lambda node: prose.get(id(node), 0))
            share = prose.get(id(best), 0) / total
            certain = platform.name != "generic"
            if (certain and (share > 0.15 or prose.get(id(best), 0) > 4 * ENOUGH)) or share > 0.5:
                return _with_siblings(best, found, prose), f"{platform.name}: {css[:60]}"
    return None


def _with_siblings(best: Node, found: list[Node], prose: dict[int, int]) -> Node:
    """The parent, where a body was split into several equal blocks next to each other; else `best`."""
    parent = best.parent
    if parent is None:
        return best
    split = [node for node in found if node.parent is parent]
    whole = sum(prose.get(id(node), 0) for node in split)
    return (
        parent
        if len(split) > 1 and whole >= 0.9 * prose.get(id(parent), 0) and whole > 1.15 * prose.get(id(best), 0)
        else best
    )


def _densest(body: Node, prose: dict[int, int]) -> Node:
    node = body
    while True:
        children = [child for child in node.below if prose.get(id(child), 0)]
        if not children:
            return node
        best = max(children, key=lambda child: prose.get(id(child), 0))
        have, whole = prose.get(id(best), 0), prose.get(id(node), 0)
        if best.tag in ("p", "li", "td", "blockquote", "pre", "h2", "h3", "span", "dd") and best.tag != "td":
            return node
        lost = whole - have
        if have >= 0.85 * whole or (have >= 0.6 * whole and not _own_paragraphs(node, best, prose, lost)):
            node = best
            continue
        return node


def _own_paragraphs(node: Node, best: Node, prose: dict[int, int], lost: int) -> bool:
    """Whether what would be lost stands as paragraphs beside `best`, and so belongs to the same text."""
    beside = sum(
        prose.get(id(child), 0)
        for child in node.below
        if child is not best and child.tag in ("p", "blockquote", "ul", "ol", "h2", "h3", "pre")
    )
    return beside > 0.3 * lost
