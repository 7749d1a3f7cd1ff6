"""One author box as a `Person`: `read_person` finds the name, the bio, the picture and the addresses in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from scraper.extract.authors.author_words import (
    ABOUT,
    FEDIVERSE,
    HEADINGS,
    IS_FIRM,
    LONGEST_HEADING,
    NO_NAME,
    NO_PROFILE,
    ONE_PERSON,
    OURS,
    PICTURE_OF,
    PROFILE_HOSTS,
    SUPPLIED,
)  # fmt: skip
from scraper.extract.authors.biography import LINE, read_bio, says_of, shows_only
from scraper.extract.layout.pictures import image_of
from scraper.extract.platforms.rules import Platform, Selectors
from scraper.model import Person
from scraper.parse.node import Node
from scraper.text.given_names import GIVEN
from scraper.text.names import person_name, plain
from scraper.text.urls import host_of, path_of, resolve

FIRST_TEXTS = 4
INNER = frozenset({"strong", "b"})  # may stand inside a bio
HIGHEST, BESIDE = 3, 120  # elements around a box in which its picture may stand, and characters beside it in these
PERSONS_PICTURE = re.compile(r"avatar|author|photo|profile|headshot|gravatar|portrait")
VERB = re.compile(r"(?!is\b|was\b|has\b|as\b|always\b)[a-z]{3,}[^s\W]s")  # 'keeps', 'lives'
ICON = re.compile(r"icon|blank|spacer|pixel|logo", re.I)
LONGEST_NAME = 5  # words


def read_person(
    nodes: Sequence[Node], platforms: tuple[Platform, ...], base: str | None, declared: Collection[str] = ()
) -> Person:
    """Whom these blocks present: one box, or the paragraphs below a heading.

    `declared` are names that the page signs its post with: one of them in the box is its person. A box may show no
    name; then the person has none.
    """
    box = nodes[0]
    picture = _first(nodes, tuple(css for platform in platforms for css in platform.picture))
    name_node, name = _name(box, platforms, declared)
    if picture is not None:
        name = name or _name_of_picture(picture.get("alt"))
    lines, html = read_bio(nodes, platforms, name, base)
    picture = picture or picture_near(box, name, certain=bool(lines))
    image = image_of(picture, base) if picture else None
    name = name or (_name_of_picture(image.alt) if image else None)
    source = next((found[1] for line in lines if (found := SUPPLIED.match(line))), None)
    text = "\n".join(line for line in lines if not SUPPLIED.match(line))
    return Person(
        name=name or _name_in(text) or begins_with_name(text),
        url=_link(box, name_node, name, base),
        bio_text=text or None,
        bio_html=html if text else None,
        bio_source=source,
        picture_url=image.url if image else None,
        picture_alt=image.alt if image else None,
        profiles=profiles(base, (link.get("href") or "" for node in nodes for link in node.select("a[href]"))),
    )


def picture_near(box: Node, name: str | None, *, certain: bool) -> Node | None:
    """The picture that stands right before a box or beside it, in an element that holds little else.

    Unless `certain` (the box tells of a person), it must itself say that it is a person's.
    """
    for up in islice(box.ancestors(), HIGHEST):
        if up.tag in ("body", "main", "article") or up.text_length > box.text_length + BESIDE:
            return None
        pictures = [each for each in up.select("img, amp-img") if not box.contains(each)]
        told = next((each for each in pictures if is_persons(each, name)), None)
        if pictures:
            is_first = certain and len(pictures) == 1 and pictures[0].index < box.index
            return told or (pictures[0] if is_first and not ICON.search(pictures[0].get("src") or "") else None)
    return None


def is_persons(picture: Node, name: str | None) -> bool:
    """Whether a picture's words, or those of the elements right around it, say that it is of a person."""
    if name and name in (picture.get("alt") or ""):
        return True
    return any(PERSONS_PICTURE.search(node.names) for node in (picture, *islice(picture.ancestors(), 2)))


def profiles(base: str | None, addresses: Iterable[str]) -> tuple[str, ...]:
    """Those of the addresses that are a person's page on another service, each once, in order.

    >>> profiles(None, ["https://github.com/ann", "https://x.com/intent/tweet", "https://a.example/@ann", "/about"])
    ('https://github.com/ann', 'https://a.example/@ann')
    """
    urls = (resolve(base, address) for address in addresses)
    return tuple(dict.fromkeys(url for url in urls if url and _is_profile(url)))


def _is_profile(url: str) -> bool:
    host, path = host_of(url) or "", path_of(url)
    if FEDIVERSE.match(path):
        return True
    while host not in PROFILE_HOSTS:
        _, dot, host = host.partition(".")
        if not dot:
            return False
    return not NO_PROFILE.match(path) or (
        host in ("tumblr.com", "substack.com") and not url.startswith(("https://www.", "http://www."))
    )


def _first(nodes: Sequence[Node], selectors: Selectors) -> Node | None:
    found = (node.select_one(css) for css in selectors for node in nodes)
    return next((node for node in found if node is not None), None)


def _name(box: Node, platforms: tuple[Platform, ...], declared: Collection[str]) -> tuple[Node | None, str | None]:
    """The element that shows the name, and the name: a declared one before others, these in the order of the rules."""
    shown: list[tuple[Node, str]] = []
    for node in (node for platform in platforms for css in platform.author_name for node in box.select(css)):
        text = node.text()
        if text and len(text) < LINE and not HEADINGS.match(text) and (name := _proper(ABOUT.sub("", text))):
            if name in declared:
                return node, name
            shown.append((node, name))
    if declared and not any(" " in name and node.tag not in INNER for node, name in shown):
        text = f" {box.text()} "
        told = [name for name in declared if name in text and (" " in name or not shown)]
        found = next((name for name in told if re.search(rf"\b{re.escape(name)}\b", text)), None)
        if found:
            return next((node for node in box.select("a") if node.text() == found), None), found
    return shown[0] if shown else _first_name(box)


def _first_name(box: Node) -> tuple[Node | None, str | None]:
    """A whole name that stands by itself among the box's first texts."""
    for node in islice((node for node in box.subtree() if node.strings_here), FIRST_TEXTS):
        text = node.own_text()
        if " " in text and len(text) < LONGEST_HEADING and _proper(text) == text and shows_only(node, text):
            return node, text
    return None, None


def _proper(text: str) -> str | None:
    """The name in a text, if it is no name of a picture or an icon."""
    name = person_name(text)
    return name if name and NO_NAME.isdisjoint(name.lower().split()) and not HEADINGS.match(name) else None


def _name_of_picture(alt: str | None) -> str | None:
    name = _proper(PICTURE_OF.sub("", alt or ""))
    return name if name and " " in name else None


def _name_in(bio: str) -> str | None:
    """The name that the bio begins with, where what follows says something of a person: 'Ann Lee is a baker'."""
    words = bio[:200].split(" ", LONGEST_NAME)
    for count in range(1, min(len(words), LONGEST_NAME)):
        if not words[count - 1][:1].isupper():
            continue
        name = " ".join(words[:count])
        if says_of(name.rstrip(","), bio):
            return _proper(name.rstrip(","))
    return None


def begins_with_name(bio: str) -> str | None:
    """The whole name of a person that a bio begins with, by the given name or the English verb behind it.

    >>> begins_with_name("Ann Lee keeps bees."), begins_with_name("Last Updated notes on bees.")
    ('Ann Lee', None)
    """
    words = bio[:80].split(" ")
    if len(words) < 3 or not words[2][:1].islower() or not (words[0][:1].isupper() and words[1][:1].isupper()):
        return None
    name = " ".join(words[:2])
    is_told = plain(words[0]) in GIVEN or VERB.fullmatch(words[2])
    return name if is_told and _proper(name) == name else None


def is_firm(person: Person) -> bool:
    """Whether what a box says is about a firm, a paper or a team."""
    text, name = person.bio_text or "", person.name or ""
    end = text.find(name) + len(name) if name else 0
    if name and end >= len(name) and IS_FIRM.match(text, end):
        return True
    return bool(OURS.search(text)) and not ONE_PERSON.search(text)


def _link(box: Node, name_node: Node | None, name: str | None, base: str | None) -> str | None:
    places: list[Node] = []
    if name_node is not None:
        places += [name_node] if name_node.tag == "a" else name_node.select("a[href]")
        places += [up for up in name_node.ancestors() if up.tag == "a"][:1]
    places += box.select("a[rel~=author][href], a[href*='/author/'], a[href*='/user/'], a[href*='/users/'], a.username")
    places += [node for node in box.select("a[href]") if name and node.text() == name]
    return next((url for node in places if (url := resolve(base, node.get("href") or ""))), None)
