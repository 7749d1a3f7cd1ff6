"""Which blocks of the page are the post: `find_content` labels all others."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

from scraper.extract.blocks.block_arrays import is_prose
from scraper.extract.blocks.block_features import Landmarks
from scraper.extract.blocks.choice import choose
from scraper.extract.blocks.chrome import SMALL, Survey, is_labelled, kind_by_name
from scraper.extract.given import Given
from scraper.extract.layout.render import CAPTION
from scraper.extract.metadata.fields import Fields
from scraper.extract.platforms.rules import Platform
from scraper.model import Link, PageKind
from scraper.parse.block import Block
from scraper.parse.html import Document
from scraper.parse.node import Node
from scraper.text.urls import resolve

FRAMES = frozenset({"figure", "p", "center"})
MOST_LINKS = 12  # of a block
MOST_BEHIND = 3  # blocks that are given as those behind the post
# What these steps took is nobody else's.
TAKEN = frozenset({"comments", "comment_form", "author_box", "template", "title", "licence"})
FAIR_SHARE = 0.15  # of the page's prose, which the element must hold that a platform's rules call the body
LARGE_SHARE = 0.5  # the same where the name is only a usual one
PLENTY = 560  # characters of prose with which a platform's rules are believed whatever else is on the page
Ending: TypeAlias = tuple[str, tuple[Link, ...]]  # a text that the post may end with, and the links in it


@dataclass(frozen=True, slots=True)
class Content:
    """Where the post stands: the smallest element that holds all its blocks, and the rule that chose them.

    `behind` are the lines that follow its last block, each with its links (text and address as they stand): what leads
    on to the rest of a post stands there. `runs` share an element with blocks of the post and are none of its.
    Without any block of the post `node` is None.
    """

    node: Node | None
    rule: str
    behind: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    runs: tuple[Block, ...] = ()

    def cut_runs(self) -> None:
        """Takes the runs out of the tree: last before the post is rendered, since the Nodes keep their strings."""
        for block in self.runs:
            block.cut()

    def lines_behind(self, base: str | None) -> tuple[Ending, ...]:
        """The lines behind the post, with their links resolved."""
        return tuple(
            (text, tuple(Link(url, words) for words, href in links if (url := resolve(base, href))))
            for text, links in self.behind
        )


def find_content(given: Given, survey: Survey, fields: Fields, kind: PageKind) -> Content:
    """Tells the post's blocks from the others.

    What is not the post's carries a label afterwards or is one of `Content.runs`, and nothing that is the post's does.
    """
    document, platforms = given.document, given.rules
    blocks = document.blocks
    if not blocks:
        return Content(None, "")
    _take_shown(fields, survey)
    labelled = [node for node in document.nodes if node.label is not None]
    named, rule, platform = _named(document, platforms, _within(document, labelled))
    in_taken = _within(document, [node for node in labelled if _is_taken(node)])
    taken = [in_taken[block.node.index] for block in blocks]
    free = [block for block, is_taken in zip(blocks, taken, strict=True) if not is_taken and not block.node.is_closed]
    follows = [0, *taken]
    weighed = [block for block, *both in zip(blocks, taken, follows, strict=False) if 0 in both]
    certain = platform.name != "generic"
    shown = (fields.title, fields.title_node, fields.published_node)
    landmarks = Landmarks(*shown, named, certain, given.claims.stated_text)
    is_post = kind == "post" and (fields.published is not None or platforms[0].name != "generic")
    kept = choose(document, weighed, free, landmarks, is_post=is_post, is_taught=platform.is_taught)
    if platform.is_taught and named is not None:
        kept = [block for block in kept if named.contains(block.node)]
    if not kept and kind == "post":
        kept = _few_words(document, platforms, free)
    if not kept:
        return Content(None, "")
    node = _around(document, kept, named)
    behind = _behind(free, kept)
    runs = _label_rest(document, node, kept, survey)
    by = rule if platform.is_taught else f"blocks, {rule}" if rule else "blocks"
    return Content(node, by, behind, tuple(runs))


def content_at(document: Document, node: Node | None, rule: str, survey: Survey) -> Content:
    """The content that is known to be this element: all else is labelled."""
    kept = [block for block in document.blocks if node is not None and node.contains(block.node)]
    if node is None or not kept:
        return Content(None, "")
    _label_rest(document, node, kept, survey)
    return Content(node, rule)


def _few_words(document: Document, platforms: tuple[Platform, ...], free: list[Block]) -> list[Block]:
    """A post of a line or two, which reads like none: what stands in the one element that a platform calls the body."""
    for platform in platforms:
        if platform.name == "generic":
            continue
        for css in platform.body:
            found = [node for node in document.body.select(css) if not is_labelled(node)]
            inside = [b for b in free if len(found) == 1 and found[0].contains(b.node) and not is_labelled(b.node)]
            if any(block.length > block.link_length for block in inside):
                return inside
    return []


def _behind(free: list[Block], kept: list[Block]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The text and links of the blocks behind the last that is kept."""
    places = {id(block): place for place, block in enumerate(free)}
    last = places[id(kept[-1])]
    found = []
    for block in [each for each in free[last + 1 :][:MOST_LINKS] if not is_labelled(each.node)][:MOST_BEHIND]:
        text = block.text()
        linked = block.node.select("a[href]")[-MOST_LINKS:] if block.node.link_length else ()
        links = ((link.text(), link.get("href") or "") for link in linked)
        found.append((text, tuple((words, href) for words, href in links if words in text)))
    return tuple(found)


def _take_shown(fields: Fields, survey: Survey) -> None:
    """Labels the elements that show the title, the byline and the date, which are no part of the text."""
    shown = ((fields.title_node, "title"), (fields.byline_node, "byline"), (fields.published_node, "byline"))
    for node, kind in shown:
        if node is not None and node.label is None and node.text_length < SMALL:
            survey.take(node, kind, "content", f"shows the {kind}")


def _is_taken(node: Node) -> bool:
    return node.label in TAKEN or (node.label == "byline" and node.text_length < SMALL)


def _within(document: Document, outer: list[Node]) -> bytearray:
    """For each of the document's nodes, by its index, whether it is one of these or stands in one: 1 or 0."""
    within = bytearray(len(document.nodes))
    for node in outer:
        within[node.index : node.end] = b"\1" * (node.end - node.index)
    return within


def _named(
    document: Document, platforms: tuple[Platform, ...], labelled: bytearray
) -> tuple[Node | None, str, Platform]:
    """The element that the rules call the post's body, the rule, and the platform whose it is.

    `labelled` tells by their index which nodes carry a label or stand in one that does.
    """
    free = [block for block in document.blocks if not labelled[block.node.index]]
    prose = [block for block in free if is_prose(block)] or free  # of a post of nothing but links
    prose.sort(key=lambda block: block.node.index)
    places = [block.node.index for block in prose]
    sums = [0, *accumulate(block.length for block in prose)]

    def prose_of(node: Node) -> int:
        return sums[bisect_left(places, node.end)] - sums[bisect_left(places, node.index)] if node.end else 0

    total = max(sums[-1], 1)
    for platform in platforms:
        for css in platform.body:
            found = [node for node in document.body.select(css) if prose_of(node) and not is_labelled(node)]
            if not found:
                continue
            best = max(found, key=prose_of)
            have, certain = prose_of(best), platform.name != "generic"
            if (certain and (have > FAIR_SHARE * total or have > PLENTY)) or have > LARGE_SHARE * total:
                return best, f"{platform.name}: {css[:60]}", platform
    return None, "", platforms[-1]


def _around(document: Document, kept: list[Block], named: Node | None) -> Node:
    """The smallest element that holds all these blocks and the pictures beside them: the named one, if it does."""
    first = min(block.node.index for block in kept)
    last = max(block.node.index for block in kept)
    if named is not None and named.index <= first <= last < named.end:
        return named
    node = document.nodes[first]
    while not node.index <= first <= last < node.end and node.parent is not None:
        node = node.parent
    while node.parent not in (None, document.body, document.root) and node.parent.text_length == node.text_length:
        node = node.parent
    return node


def _label_rest(document: Document, content: Node, kept: list[Block], survey: Survey) -> list[Block]:
    """Labels what holds no kept block, as large as it goes, and takes labels off around kept blocks.

    Gives the runs that are to be cut out of elements that hold kept ones. What stands outside `content` is labelled
    too, so that nothing on the page is left out without a word.
    """
    holding: set[int] = set()
    for block in kept:
        at: Node | None = block.node
        while at is not None and id(at) not in holding:
            holding.add(id(at))
            if at.label is not None:
                survey.spare(at)
            at = at.parent
    runs = _take_runs(document, {id(block) for block in kept}, holding, survey)
    stack = [document.body]
    while stack:
        for node in stack.pop().below:
            if id(node) in holding:
                stack.append(node)
            elif node.label is not None or node.owner is not node:
                continue
            elif content.contains(node) and _tells_of_picture(node):
                node.label = CAPTION
            else:
                kind, word = (kind_by_name(node.names) if node.names else None) or ("outside", "no part of the post")
                survey.take(node, kind, "content", word)
    return [block for block in runs if content.contains(block.node)]


def _tells_of_picture(node: Node) -> bool:
    """Whether the words of an element are those of a picture in it or beside it."""
    if node.tag == "figcaption":
        return True
    is_frame = node.tag in FRAMES or " wp-caption" in node.names or "caption-container" in node.names
    return is_frame and node.select_one("img") is not None


def _take_runs(document: Document, kept: set[int], holding: set[int], survey: Survey) -> list[Block]:
    """The runs that are not kept and share their element with what is; the inline elements in them get labels."""
    rule = "a line that is no part of the post"
    runs = [block for block in document.blocks if id(block.node) in holding and id(block) not in kept]
    for block in runs:
        survey.take_run(block, "content", rule)
        for inline in block.inline():
            if inline.label is None and id(inline) not in holding:
                survey.take(inline, "outside", "content", rule)
    return runs
