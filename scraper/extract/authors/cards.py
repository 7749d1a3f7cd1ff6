"""Blocks that present a signer and that no name of theirs tells to be author boxes: `find_cards`.

Sites whose classes are made by machines, or speak of looks alone, show under a post the author's name in an element of
its own, often a picture, and a few sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from scraper.extract.authors.author_words import ABOUT, ONE_PERSON
from scraper.extract.authors.biography import FULL_STOPS, INLINE, SENTENCE, is_biography
from scraper.extract.authors.notes import LONGEST_NOTE, stands_at_end
from scraper.extract.authors.person import is_persons, picture_near, read_person
from scraper.extract.platforms.rules import Platform
from scraper.model import Byline, Person
from scraper.parse.node import Node
from scraper.text.introductions import ends_in_by
from scraper.text.names import person_name

INTRODUCTION = 24  # characters that may stand before the name: 'Article written by'
HIGHEST = 6  # elements from the name to the block around it
MOST_PLACES = 20  # of one name
MOSTLY_LINKS = 0.4  # share of a block's text in links that makes it a list of posts
MOSTLY_POST = 2  # a block of the post with more than half of its text is no card
# How a text about a person begins, in the first or the third person.
OPENING = re.compile(
    r"(?:I|I['’]m|I['’]ve|Hi|Hello|Hey|He|She|They|Ich|Er|Sie|Je|Il|Elle|Yo|Soy|Él|Ella|Eu|Sou|Io|Sono)\b"
)
CALLED = re.compile(r"auth?or|auteur|writer|contributor|creator|profil|about|\bbio\b|-bio")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CLOSED = frozenset({"comments", "comment_form", "menu", "related", "title", "advert", "header", "byline"})


def find_cards(
    content: Node,
    nodes: Sequence[Node],
    named: Sequence[Byline],
    platforms: tuple[Platform, ...],
    base: str | None,
) -> list[tuple[Person, Node]]:
    """For each signer the block around the name that tells of the person, where the page has but one such block.

    It stands at or below the end of the post, or beside it, and holds no title of a post. `nodes` and `named` are those
    of `texts_from`.
    """
    found: list[tuple[Person, Node]] = []
    for byline in named:
        cards: dict[str, tuple[Person, Node]] = {}
        for place in islice(_places(nodes, byline.name), MOST_PLACES):
            box = _around(place, byline.name, content)
            if box is not None and (person := _read(box, place, byline, platforms, base)):
                cards.setdefault(person.bio_text or "", (person, box))
        if len(cards) == 1:
            found += cards.values()
    return found


def _places(nodes: Sequence[Node], name: str) -> Iterator[Node]:
    """The elements that show the name and nothing else but what introduces it."""
    least, most = len(name) - name.count(" "), len(name) + INTRODUCTION
    for node in nodes:
        if least <= node.text_length <= most:
            text = node.text()
            if node.tag in INLINE and not _may_precede(node.text_before()):
                continue
            if text.endswith(name) and (text == name or name in (ABOUT.sub("", text), person_name(text))):
                yield node


def _may_precede(text: str) -> bool:
    """Whether a text before a name in the same block is no sentence that goes on with it."""
    return not text.strip() or ends_in_by(text) or text.rstrip().endswith(FULL_STOPS)


def _around(place: Node, name: str, content: Node) -> Node | None:
    """The smallest block around the name that says more than a line; None where it is no card."""
    if place.index < (content.index + content.end) // 2 or any(up.label in CLOSED for up in place.ancestors()):
        return None
    for up in (place, *islice(place.ancestors(), HIGHEST)):
        if up.tag in ("body", "main", "article") or up.text_length > LONGEST_NOTE or up.contains(content):
            return None
        if up.text_length > place.text_length and is_biography(up.text(without=(place,))):
            return up if _is_card(up, place, content) else None
    return None


def _is_card(box: Node, place: Node, content: Node) -> bool:
    if box.stands_in(CLOSED):
        return False
    if box.end <= content.index or (content.contains(box) and not stands_at_end(box, content)):
        return False
    if content.contains(box) and box.text_length * MOSTLY_POST > content.text_length:
        return False
    if box.link_length - (place.link_length) > MOSTLY_LINKS * box.text_length or box.select_one("time, form, h1"):
        return False
    headings = (node for node in box.subtree() if node.tag in HEADINGS and node.text_length)
    return all(node.contains(place) or place.contains(node) for node in headings)


def _read(box: Node, place: Node, byline: Byline, platforms: tuple[Platform, ...], base: str | None) -> Person | None:
    person = read_person((box,), platforms[-1:], base, (byline.name,))
    bio = person.bio_text or ""
    longest = max(bio.split("\n"), key=len)
    if not (longest.endswith(FULL_STOPS) and len(longest) >= max(SENTENCE, len(bio) // 2)):
        return None
    tells = (
        _names(byline.name, bio)
        or _is_pictured(box, byline.name)
        or (_is_called(box) and (place.tag == "a" or ONE_PERSON.search(bio)))
    )
    if not tells or person_name(bio.rstrip(".")):
        return None
    return replace(person, name=byline.name, url=byline.url or person.url)


def _names(name: str, bio: str) -> bool:
    """Whether the bio has the name or the given name, not before what is said, or begins as one speaks of a person."""
    first = name.partition(" ")[0]
    if bio.startswith((f"{name}:", f"{first}:")):
        return False
    return bool(re.search(rf"\b{re.escape(first)}\b", bio) or OPENING.match(bio))


def _is_called(box: Node) -> bool:
    """Whether a class of the block or of those right around it speaks of an author or a bio."""
    return any(CALLED.search(up.names) for up in (box, *islice(box.ancestors(), 3)) if up.text_length <= LONGEST_NOTE)


def _is_pictured(box: Node, name: str) -> bool:
    """Whether a picture in the block or right before it is a person's, by its own words."""
    inside = box.select_one("img, amp-img")
    return is_persons(inside, name) if inside else picture_near(box, name, certain=False) is not None
