"""The people whom a page presents: `present_people` joins what boxes, sentences and structured data say of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scraper.extract.authors.author_boxes import Box
from scraper.extract.authors.author_pages import AUTHOR_PAGE
from scraper.extract.authors.biography import is_biography, is_prose
from scraper.extract.authors.person import profiles
from scraper.extract.layout.render import sanitise
from scraper.model import Byline, Person
from scraper.parse.html import parse_html
from scraper.parse.metadata import Claims
from scraper.parse.structured import StructuredPerson
from scraper.text.entities import unescape
from scraper.text.names import person_name
from scraper.text.prose import fold
from scraper.text.urls import resolve

MOST_SIGNERS = 3
MOST_NAMES = 20


def declared_names(claims: Claims) -> tuple[str, ...]:
    """The names that the page states for its author, the site's own left out."""
    names = (person_name(claim.value) for claim in claims.of("author")[:MOST_NAMES])
    return tuple(dict.fromkeys(name for name in names if name and not _is_site(name, claims)))


def signing_box(boxes: Sequence[Box], claims: Claims) -> Box | None:
    """The box whose person signs a post that has no byline: the surest one.

    Boxes about many people are a team's, and say nothing of the post; a first name that only the bio gives is half a
    name.
    """
    presented = {box.person.name for box in boxes} - {None}
    if not presented or len(presented) > MOST_SIGNERS:
        return None
    name, bio = boxes[0].person.name or "", boxes[0].person.bio_text or ""
    declared = declared_names(claims)
    is_teaser = not bio and bool(declared) and name not in declared
    is_half = " " not in name and bio.startswith(f"{name} ")
    return None if not name or is_teaser or is_half else boxes[0]


def present_people(
    boxes: Sequence[Box], claims: Claims, bylines: Sequence[Byline], base: str | None
) -> tuple[Person, ...]:
    """Each person once, those who sign the post first: what boxes show of them, then what structured data says.

    Boxes without a name are the signers', in order, if there are as many of them as signers without a bio. Where nobody
    signs, whom the page declares counts as signer.
    """
    bylines = bylines or [Byline(name) for name in declared_names(claims)]
    people: list[Person] = []
    signers = {byline.name for byline in bylines}
    for box in boxes:
        if box.person.name:
            person = replace(box.person, name=_as_signed(box.person.name, bylines))
            if person.bio_text or person.name in signers or box.rule == AUTHOR_PAGE:  # a mere picture is a teaser's
                _add(people, person)
    for each in claims.structured_people:
        name = None if _is_site(each.name, claims) else person_name(each.name)
        stated = _stated(each, _as_signed(name, bylines), base) if name else None
        if stated:
            _add(people, stated)
    for byline, person in _owned([box.person for box in boxes if not box.person.name], people, bylines):
        _add(people, replace(person, name=byline.name, url=person.url or byline.url))
    return joined_people(people, bylines)


def joined_people(people: Iterable[Person], bylines: Sequence[Byline]) -> tuple[Person, ...]:
    """Each person once, those who sign the post first."""
    joined: list[Person] = []
    for person in people:
        _add(joined, person)
    order = {byline.name: place for place, byline in enumerate(bylines)}
    addresses = {byline.name: byline.url for byline in bylines}  # the page has one address for a person
    joined = [replace(person, url=addresses.get(person.name or "") or person.url) for person in joined]
    return tuple(sorted(joined, key=lambda person: order.get(person.name or "", len(order))))


def _is_site(name: str, claims: Claims) -> bool:
    return any(fold(name).casefold() == fold(claim.value).casefold() for claim in claims.of("site_name"))


def _as_signed(name: str, bylines: Sequence[Byline]) -> str:
    """The name as the byline has it, where the box gives a part of it: 'Ann' for 'Ann Lee'."""
    words = set(fold(name).casefold().split())
    fitting = [byline.name for byline in bylines if words <= set(byline.name.casefold().split())]
    return fitting[0] if len(fitting) == 1 else name


def _add(people: list[Person], person: Person) -> None:
    """Adds the person, or what the one of that name still lacks."""
    key = fold(person.name or "").casefold()
    for place, known in enumerate(people):
        if fold(known.name or "").casefold() == key:
            people[place] = _completed(known, person)
            return
    people.append(person)


def _completed(known: Person, other: Person) -> Person:
    if not known.bio_text or (other.bio_text and not is_prose(known.bio_text) and is_prose(other.bio_text)):
        known = replace(known, bio_text=other.bio_text, bio_html=other.bio_html, bio_source=other.bio_source)
    if not known.picture_url:
        known = replace(known, picture_url=other.picture_url, picture_alt=other.picture_alt)
    return replace(known, url=known.url or other.url, profiles=tuple(dict.fromkeys((*known.profiles, *other.profiles))))


def _stated(each: StructuredPerson, name: str, base: str | None) -> Person | None:
    """The person as structured data states it, None where that is no more than a name."""
    html = sanitise(each.description or "")
    text = fold(parse_html(html).body.text()) if html else ""
    if not is_biography(text, certain=True):
        html = text = ""
    picture = resolve(base, unescape(each.picture)) if each.picture else None
    elsewhere = profiles(base, each.same_as)
    if not (text or picture or elsewhere):
        return None
    address = resolve(base, each.url) if each.url else None
    return Person(name, address, text or None, html or None, picture_url=picture, profiles=elsewhere)


def _owned(
    nameless: Sequence[Person], people: Sequence[Person], bylines: Sequence[Byline]
) -> list[tuple[Byline, Person]]:
    texts = {person.bio_text: person for person in reversed(nameless)}
    told = {person.name for person in people if person.bio_text} | {None}
    untold = [byline for byline in bylines if byline.name not in told]
    known = {person.bio_text for person in people}
    new = [person for person in reversed(texts.values()) if person.bio_text not in known]
    return list(zip(untold, new, strict=True)) if len(untold) == len(new) else []
