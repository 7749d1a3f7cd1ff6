"""Who signs the page, as far as its author boxes and its sentences about a signer tell."""

from __future__ import annotations

from collections.abc import Sequence

from scraper.extract.authors.author_boxes import Box, find_boxes
from scraper.extract.authors.author_pages import with_owner
from scraper.extract.authors.cards import find_cards
from scraper.extract.authors.notes import find_notes, texts_from
from scraper.extract.authors.people import declared_names, joined_people, signing_box
from scraper.extract.authors.person import is_firm
from scraper.extract.blocks.chrome import label
from scraper.extract.given import Given
from scraper.extract.metadata.fields import Fields
from scraper.extract.threads.traits import Traits
from scraper.model import Byline, Claim, PageKind, Person, Removal
from scraper.parse.metadata import Claims
from scraper.parse.node import Node


def take_boxes(given: Given, traits: Traits, kind: PageKind, removals: list[Removal]) -> Sequence[Box]:
    """The author boxes, which no later step takes."""
    document, base = given.document, given.base
    boxes = find_boxes(document, given.platforms, traits, base, declared_names(given.claims))
    boxes = with_owner(boxes, document, given.platforms, given.origin.url, base, kind)
    if kind == "about":  # there a box that names nobody is the page's own text
        boxes = [box for box in boxes if box.person.name]
    for box in boxes:
        for node in box.nodes:
            label(node, "author_box", "people", box.rule, removals)
    return [box for box in boxes if not is_firm(box.person)]


def signed_by(boxes: Sequence[Box], claims: Claims, fields: Fields) -> tuple[Claim, ...]:
    """The name of an author box as a claim, which is believed where the page has no byline; never the site's."""
    box = signing_box(boxes, claims)
    if box is None or box.person.name in (None, fields.site_name):
        return ()
    return (Claim("author", box.person.name or "", "author box", box.rule, not fields.bylines),)


def with_notes(
    given: Given,
    people: tuple[Person, ...],
    content: Node | None,
    bylines: tuple[Byline, ...],
    removals: list[Removal],
) -> tuple[Person, ...]:
    """The people, with what a sentence of its own says of a signer without a bio; it leaves the post."""
    told = {person.name for person in people if person.bio_text}
    untold = [byline for byline in bylines if byline.name not in told]
    if content is None or not untold:
        return people
    nodes, named = texts_from(content, untold)
    notes = find_notes(content, nodes, named, given.base)
    noted = {person.name for person, _ in notes}
    left = [byline for byline in named if byline.name not in noted]
    notes += find_cards(content, nodes, left, given.platforms, given.base)
    for _, node in notes:
        label(node, "author_box", "people", "says who the signer is", removals)
    return joined_people((*people, *(person for person, _ in notes)), bylines) if notes else people
