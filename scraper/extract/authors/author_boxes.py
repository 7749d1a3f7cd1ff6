"""The author boxes of a page: `find_boxes`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from scraper.extract.authors.author_words import (
    ABOUT,
    BYLINE_HEADINGS,
    HEADING_STARTS,
    HEADINGS,
    LONGEST_HEADING,
    PERSONAL,
    PREDICATE,
    THE_AUTHOR,
)  # fmt: skip
from scraper.extract.authors.biography import SHORTEST_BIO, says_of
from scraper.extract.authors.person import read_person
from scraper.extract.metadata.candidates import in_thread
from scraper.extract.platforms.rules import Platform
from scraper.extract.threads.traits import Traits, names_a_wide_box
from scraper.model import Person
from scraper.parse.html import Document
from scraper.parse.node import Node

LONGEST_BOX = 4_000  # characters; a longer one holds more than a biography
MOST_ELEMENTS = 300
LONGEST_BIO = 1_500  # characters of what stands below a heading without a box around it
LONG_LINK = 40  # characters; a link with more can be a sentence
MOST_BLOCKS = 8  # below a heading
BEFORE = 60  # characters of a box that may stand before its heading
MOST_BOXES = 40  # of one page; more are a forum's
MOST_NAMELESS = 4
SHORT = 200  # characters of a box that is soon looked through
BIO_PLACES = "[class*=bio], [class*=desc]"
FORM = "textarea, input[type=text], input[type=email], input[type=password]"
HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Box:
    """An author box: the person it presents, and its nodes, which are no part of the post."""

    person: Person
    nodes: tuple[Node, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    nodes: tuple[Node, ...]
    platform: Platform
    rule: str
    is_weak: bool = False  # whether the bio itself must tell that it is one


def find_boxes(
    document: Document,
    platforms: tuple[Platform, ...],
    traits: Traits,
    base: str | None,
    declared: Collection[str] = (),
) -> list[Box]:
    """The author boxes of the page, the surest first; of nested ones the one that names its person.

    A box without a name is the signer's, whoever that turns out to be; it is kept only with a bio. `declared` are the
    names that the page states for its author.
    """
    boxes: list[Box] = []
    seen: set[int] = set()
    for each in _candidates(document, platforms, traits, declared)[:MOST_BOXES]:
        node = each.nodes[0]
        if id(node) in seen or not _may_tell(node):
            continue
        if each.is_weak and not _may_say(each.nodes, declared):
            continue  # a heading above it may still say what it is
        rules = (each.platform, platforms[-1]) if each.platform is not platforms[-1] else (each.platform,)
        person = read_person(each.nodes, rules, base, declared)
        if each.is_weak and not _tells(person, node, declared):
            continue
        seen.add(id(node))
        if person.bio_text or (person.name and person.picture_url):
            boxes.append(Box(person, each.nodes, each.rule))
    boxes = [box for box in boxes if box.person.name or box.nodes[0].select_one(FORM) is None]
    return _apart(sorted(_of_one(boxes), key=_doubt))


def _of_one(boxes: list[Box]) -> list[Box]:
    """The boxes without those around several that present different people."""
    whole = [box for box in boxes if box.person.bio_text and " " in (box.person.name or "")]

    def inside(outer: Box) -> set[str | None]:
        return {box.person.name for box in whole if box is not outer and outer.nodes[0].contains(box.nodes[0])}

    return [box for box in boxes if len(inside(box)) < 2]


def _may_tell(box: Node) -> bool:
    """Whether it is small enough for a box, and has text for a bio outside links or in a long one, or a picture."""
    if box.text_length > LONGEST_BOX or box.end - box.index > MOST_ELEMENTS:
        return False
    pictures = len(box.select("img"))
    plain = box.text_length - box.link_length
    return pictures <= MOST_ELEMENTS and (plain >= SHORTEST_BIO or box.link_length >= LONG_LINK or pictures > 0)


def _may_say(nodes: tuple[Node, ...], declared: Collection[str]) -> bool:
    """Whether `_tells` can be true, as far as a look at a short text shows: most are bylines, and say nothing."""
    if sum(node.text_length for node in nodes) > SHORT or (declared and nodes[0].select_one(BIO_PLACES) is not None):
        return True
    return any(PREDICATE.search(node.text()) for node in nodes)


def _tells(person: Person, box: Node, declared: Collection[str]) -> bool:
    """Whether the bio says who somebody is, or stands where a box about a signer has it."""
    text = person.bio_text or ""
    names = {name for full in (person.name, *declared) if full for name in (full, full.split()[0])}.union(THE_AUTHOR)
    if any(says_of(name, text, found.start()) for name in names for found in re.finditer(re.escape(name), text)):
        return True
    return bool(text) and person.name in declared and box.select_one(BIO_PLACES) is not None


def _doubt(box: Box) -> int:
    """The order of boxes: with a bio and a whole name, with a bio and one word for a name, with a bio, without one."""
    name = box.person.name or ""
    return (0 if " " in name else 1 if name else 2) if box.person.bio_text else 3


def _apart(boxes: list[Box]) -> list[Box]:
    """The boxes of which none is inside another that comes earlier; no nameless ones where they are too many."""
    kept: list[Box] = []
    for box in boxes:
        if not any(ours.contains(one) or one.contains(ours) for one in box.nodes for k in kept for ours in k.nodes):
            kept.append(box)
    nameless = sum(1 for box in kept if not box.person.name)
    return kept if nameless <= MOST_NAMELESS else [box for box in kept if box.person.name]


def _candidates(
    document: Document, platforms: tuple[Platform, ...], traits: Traits, declared: Collection[str]
) -> list[_Candidate]:
    found = _boxes(document, platforms)
    found += _named_boxes(document, platforms[-1], traits["author_box"])
    for heading, text in islice(_headings(document, declared), MOST_BOXES):
        nodes = _under(heading)
        if nodes and not in_thread(nodes[0]):
            is_weak = bool(BYLINE_HEADINGS.match(text))
            found.append(_Candidate(nodes, platforms[0], f"heading '{text}'", is_weak))
    return found


def _boxes(document: Document, platforms: tuple[Platform, ...]) -> list[_Candidate]:
    return [
        _Candidate((node,), platform, f"{platform.name}: {css[:60]}")
        for platform in platforms
        for css in platform.author_box
        for node in document.body.select(css)[:MOST_BOXES]
        if node.label is None and not in_thread(node)
    ]


def _named_boxes(document: Document, generic: Platform, words: list[str]) -> list[_Candidate]:
    """Elements with a class or id that joins an author's word and a box's: 'article-author-box', 'bio_auteur'."""
    wide = {word for word in words if names_a_wide_box(word)}
    return [
        _Candidate((node,), generic, "class of an author box", is_weak)
        for some, is_weak in (([word for word in words if word not in wide], False), (sorted(wide), True))
        for node in (document.body.select(", ".join(f".{word}, #{word}" for word in some)) if some else ())
        if node.label is None and not in_thread(node)
    ]


def _headings(document: Document, declared: Collection[str]) -> Iterator[tuple[Node, str]]:
    """The short texts that stand above a box about the author: 'About the author', 'About' with the author's name."""
    for node in document.nodes:
        here = node.strings_here
        if not here or not 3 < node.text_length < LONGEST_HEADING or node.link_length == node.text_length:
            continue
        if here[0].lstrip()[:2].strip().lower() in HEADING_STARTS:
            text = node.own_text()
            kind = _heading_kind(text)
            if kind == "headed" or (kind == "about" and ABOUT.sub("", text) in declared):
                yield node, text


@lru_cache(maxsize=4096)
def _heading_kind(text: str) -> Literal["headed", "about"] | None:
    if HEADINGS.match(text) or BYLINE_HEADINGS.match(text):
        return "headed"
    return "about" if ABOUT.match(text) else None


def _under(heading: Node) -> tuple[Node, ...]:
    """The smallest element around the heading that holds more than it; where that is no box, what stands below it."""
    for up in heading.ancestors():
        if up.tag in ("body", "main", "article") or up.text_length > LONGEST_BOX:
            break
        if up.text_length > heading.text_length + 3 or up.select_one("img"):
            if up.text_length <= LONGEST_BIO and _begins(up, heading):
                return (up,)
            break
    return _below(heading)


def _begins(box: Node, heading: Node) -> bool:
    return 0 <= box.text().find(heading.own_text()) < BEFORE


def _below(heading: Node) -> tuple[Node, ...]:
    """The blocks that follow the heading, up to the next heading."""
    while heading.parent and heading.parent.text_length <= heading.text_length:
        heading = heading.parent
    found: list[Node] = []
    length = 0
    for node in islice(heading.following(), MOST_BLOCKS):
        length += node.text_length
        if node.tag in HEADING_TAGS or node.label or length > LONGEST_BIO:
            break
        if node.text_length:
            found.append(node)
    return tuple(found) if any(PERSONAL.search(node.text()) for node in found) else ()
