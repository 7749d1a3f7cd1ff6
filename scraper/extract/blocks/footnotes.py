"""The notes below a post: its text leads to them, and they lead back to it: `find_footnotes`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from scraper.parse.block import Block
from scraper.parse.html import Document
from scraper.parse.node import Node

MOST_LINKS = 2_000  # of a page, within it


def find_footnotes(document: Document, free: Iterable[Block], kept: Iterable[Block]) -> set[int]:
    """The elements, by their `id()`, in which free blocks answer a kept one: each links to where the other stands.

    Alone neither link is enough: what a post leads to may be its comments, and what leads to it a list of contents.
    """
    links = document.body.select('a[href*="#"]')[:MOST_LINKS]
    if len(links) < 2:
        return set()
    texts = {id(block.node) for block in kept}
    called: dict[str, set[str]] = {}  # by the place that the post leads to, the places from which it does
    for link in links:
        if id(link.owner) in texts:
            called.setdefault(_target(link), set()).update(name for _, name in _places(link))
    if not called:
        return set()
    others = {id(block.node) for block in free} - texts
    answers = [link for link in links if id(link.owner) in others]
    return {id(place) for link in answers for place, name in _places(link) if _target(link) in called.get(name, ())}


def _target(link: Node) -> str:
    return unquote((link.get("href") or "").rpartition("#")[2])


def _places(link: Node) -> Iterator[tuple[Node, str]]:
    """The elements that can be led to by name around a link: up to that whose line it stands in, and the one around."""
    around = link.owner.parent
    for node in (link, *link.ancestors()):
        for name in (node.get("id"), node.get("name") if node.tag == "a" else None):
            if name:
                yield node, name
        if node is around:
            return
