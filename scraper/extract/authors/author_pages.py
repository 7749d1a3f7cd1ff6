"""The page of an author, which lists the posts of one person or says who that is: `with_owner`."""

from __future__ import annotations

import re
from dataclasses import replace

from scraper.extract.authors.author_boxes import Box
from scraper.extract.authors.biography import LINE
from scraper.extract.authors.person import read_person
from scraper.extract.platforms.rules import Platform
from scraper.model import PageKind, Person
from scraper.parse.html import Document
from scraper.text.names import person_name
from scraper.text.urls import path_of, without_fragment

PATH = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|autore|contributors?|writers?|profiles?|people|users?|members?|by)"
    r"/(?!page/)[^/]+(?:/page/\d+)?/?$",
    re.I,
)
PAGED = re.compile(r"/page/\d+/?$")
# What stands before the name in the heading of such a page.
TITLE = re.compile(
    r"^(?:author(?: archives?)?|about(?: the author)?|(?:all )?(?:posts|articles|stories|entries) (?:written )?by"
    r"|archives? (?:for|of)|autor(?:in|en)?(?:[- ]?archive?)?|(?:alle )?(?:beiträge|artikel) von|über"
    r"|auteur|archives d['’]auteur|(?:tous les )?articles (?:de|par)|entradas de|artículos de|archivo del autor"
    r"|posts de|artigos de|articoli di|autore|berichten van|inlägg av)\b\s*[:：–—-]?\s*",
    re.I,
)
HEADINGS = ("h1 .vcard, h1 .fn", ".author-title, .author-name, .page-title, .archive-title", "h1", "h2")
INTRODUCTIONS = (
    ".archive-description, .taxonomy-description, .archive__description, .term-description, .author-intro"
    ", [class*=field-bio], [class*=user-bio], [class*=profile-bio]"
)
AUTHOR_PAGE = "author page"  # the rule of its box
MOST_PLACES = 3  # of one selector; further down a heading is a post's


def with_owner(
    boxes: list[Box],
    document: Document,
    platforms: tuple[Platform, ...],
    url: str | None,
    base: str | None,
    kind: PageKind,
) -> list[Box]:
    """The boxes with the person whose page this is first, and what a box or the page's introduction says of them.

    On a page of another kind, and on one whose headings name nobody, the boxes as they are. What a page says of its
    owner stays in its text.
    """
    if kind == "post" or not ((url and PATH.search(path_of(url))) or " author " in document.body.names):
        return boxes
    name = _name(document)
    if name is None:
        return boxes
    address = PAGED.sub("/", without_fragment(url).partition("?")[0]) if url else None
    found = next((box for box in boxes if box.person.name in (None, name) and box.person.bio_text), None)
    introduction = document.body.select_one(INTRODUCTIONS) if found is None else None
    if found is not None:
        person = found.person
    elif introduction is not None and introduction.label is None:
        person = read_person((introduction,), platforms, base, (name,))
    else:
        person = Person(None)
    owner = Box(replace(person, name=name, url=address or person.url), (), AUTHOR_PAGE)
    return [owner, *(box for box in boxes if box is not found)]


def _name(document: Document) -> str | None:
    for css in HEADINGS:
        for node in document.body.select(css)[:MOST_PLACES]:
            text = node.text()
            name = person_name(TITLE.sub("", text)) if len(text) < LINE else None
            if name:
                return name
    return None
