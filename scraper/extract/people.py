"""The people whom a page presents: `find_people` reads author boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.extract.platforms.rules import Platform, Selectors
from scraper.extract.render import render
from scraper.extract.traits import Traits
from scraper.model import Person
from scraper.parse.html import Document
from scraper.parse.node import Node
from scraper.text.names import person_name
from scraper.text.prose import fold
from scraper.text.urls import host_of, resolve

HEADINGS = re.compile(
    r"^(?:about the (?:author|writer|blogger)s?|about (?:author|me)|the author"
    r"|author(?:'s)? (?:bio|biography|profile|info)|(?:written|posted) by"
    r"|über (?:den autor|die autorin|den verfasser|mich)|zum autor|autoreninfo|à propos de l.auteure?|l.auteure?"
    r"|a propos de l.auteur|sobre (?:el autor|la autora|o autor|a autora|mí)"
    r"|acerca del autor|sull.autore|l.autore|informazioni sull.autore|over de auteur|om författaren|om forfatteren"
    r"|o autorze|об авторе|この記事を書いた人|著者について|关于作者|عن الكاتب)\s*:?$",
    re.I,
)
HEADING_TAGS = "h1, h2, h3, h4, h5, h6, strong, b, legend, .title, .widget-title, .pane-title, .heading"
LONGEST_HEADING = 40  # characters
ABOUT = re.compile(r"^(?:about|über|à propos de|sobre)\s+", re.I)
SUPPLIED = re.compile(
    r"^[\[(]?\s*((?:biograph(?:y|ie)|bio|profile|biographical (?:note|details))\s+"
    r"(?:supplied|provided|written|given|fournie?|bereitgestellt)\s+(?:by|par|von)\s[^\])]{2,80}?)\s*[\])]?\.?$",
    re.I,
)
LINKS = re.compile(
    r"^(?:view (?:all|more)|more (?:posts|articles|from|by)|see (?:all|more)|all posts|read more"
    r"|alle (?:beiträge|artikel)|voir tous|ver todas?|visit|website|follow|contact)\b",
    re.I,
)
PICTURE_OF = re.compile(r"['’]s picture$|^(?:picture|photo|avatar) of ", re.I)
PROFILES = re.compile(
    r"(?:^|\.)(?:twitter|x|facebook|linkedin|instagram|github|youtube|mastodon\.\w+|bsky|threads|pinterest|tumblr"
    r"|medium|flickr|soundcloud|vimeo|orcid)\.(?:com|org|net|social|app)$|(?:^|\.)plus\.google\.com$"
)
LONGEST_BOX = 4_000  # characters; a longer one holds more than a biography


@dataclass(frozen=True, slots=True)
class Box:
    """An author box: the person it presents, and its node, which is no part of the post."""

    person: Person
    node: Node
    rule: str


def find_people(document: Document, platforms: tuple[Platform, ...], traits: Traits, base: str | None) -> list[Box]:
    """The author boxes of the page, the surest first; nested boxes and those without a name or a bio are left out."""
    boxes: list[Box] = []
    for node, platform, rule in _candidates(document, platforms, traits):
        if node.text_length > LONGEST_BOX or any(box.node.contains(node) or node.contains(box.node) for box in boxes):
            continue
        person = _read(node, (platform, platforms[-1]), base)
        if person and (person.bio_text or person.picture_url) and person.name:
            boxes.append(Box(person, node, rule))
    return boxes


def _candidates(
    document: Document, platforms: tuple[Platform, ...], traits: Traits
) -> list[tuple[Node, Platform, str]]:
    found = _boxes(document, platforms[:-1])
    for heading in document.body.select(HEADING_TAGS):
        if 3 < heading.text_length < LONGEST_HEADING and HEADINGS.match(heading.text()):
            box = _around(heading)
            if box is not None and not _in_thread(box):
                found.append((box, platforms[0], f"heading '{heading.text()}'"))
    return found + _boxes(document, platforms[-1:]) + _named_boxes(document, platforms[-1], traits["author_box"])


def _boxes(document: Document, platforms: tuple[Platform, ...]) -> list[tuple[Node, Platform, str]]:
    return [
        (node, platform, f"{platform.name}: {css[:60]}")
        for platform in platforms
        for css in platform.author_box
        for node in document.body.select(css)
        if node.label is None and not _in_thread(node)
    ]


def _named_boxes(document: Document, generic: Platform, words: list[str]) -> list[tuple[Node, Platform, str]]:
    """Elements with a class or id that joins an author's word and a box's: 'article-author-box', 'bio_auteur'."""
    css = ", ".join(f".{word}, #{word}" for word in words)
    nodes = document.body.select(css) if css else []
    return [(node, generic, "class of an author box") for node in nodes if node.label is None and not _in_thread(node)]


def _in_thread(node: Node) -> bool:
    return any(up.label == "comments" for up in node.ancestors())


def _around(heading: Node) -> Node | None:
    """The smallest element around the heading that holds more than the heading itself."""
    for up in heading.ancestors():
        if up.text_length > LONGEST_BOX or up.tag in ("body", "main", "article"):
            return None
        if up.text_length > heading.text_length + 3 or up.select_one("img"):
            return up
    return None


def _read(box: Node, platforms: tuple[Platform, ...], base: str | None) -> Person | None:
    name_node, name = _name(box, platforms)
    picture = _first(box, tuple(css for platform in platforms for css in platform.picture))
    paragraphs, html = _bio(box, platforms, name, base)
    source = next((found[1] for line in paragraphs if (found := SUPPLIED.match(line))), None)
    text = "\n".join(line for line in paragraphs if not SUPPLIED.match(line))
    if name is None and picture is not None:
        name = person_name(PICTURE_OF.sub("", picture.get("alt") or ""))
    link = _link(box, name_node, name, base)
    return Person(
        name=name,
        url=link,
        bio_text=text or None,
        bio_html=html if text else None,
        bio_source=source,
        picture_url=_picture_url(picture, base),
        picture_alt=(picture.get("alt") or None) if picture else None,
        profiles=_profiles(box, base),
    )


def _first(box: Node, selectors: Selectors) -> Node | None:
    return next((node for css in selectors if (node := box.select_one(css)) is not None), None)


def _name(box: Node, platforms: tuple[Platform, ...]) -> tuple[Node | None, str | None]:
    for platform in platforms:
        for css in platform.author_name:
            for node in box.select(css):
                text = node.text()
                if text and not HEADINGS.match(text):
                    name = person_name(ABOUT.sub("", text))
                    if name:
                        return node, name
    return None, None


def _bio(box: Node, platforms: tuple[Platform, ...], name: str | None, base: str | None) -> tuple[list[str], str]:
    for platform in platforms:
        for css in platform.bio:
            nodes = [node for node in box.select(css) if node.text_length > 15]
            if nodes:
                top = [node for node in nodes if not any(other is not node and other.contains(node) for other in nodes)]
                rendered = [render(node, base, _furniture(node, name), keep_labelled=True) for node in top]
                lines = [line for each in rendered for line in each.text.split("\n") if _is_bio_line(line, name)]
                if lines:
                    return lines, "".join(each.html for each in rendered)
    whole = render(box, base, _furniture(box, name), keep_labelled=True)
    return [line for line in whole.text.split("\n") if _is_bio_line(line, name) and len(line) > 30], whole.html


def _is_bio_line(line: str, name: str | None) -> bool:
    text = fold(line)
    return bool(text) and text != name and not HEADINGS.match(text) and not (len(text) < 80 and LINKS.match(text))


def _furniture(node: Node, name: str | None) -> list[Node]:
    """Headings, the name's own line, and links to the archive of this author."""
    out = [
        each
        for each in node.subtree()
        if each is not node and each.tag in ("h1", "h2", "h3", "h4", "h5") and each.text_length < 80
    ]
    out += [each for each in node.select("a") if each.text_length < 80 and LINKS.match(each.text())]
    if name:
        out += [
            each
            for each in node.select("p, div, span")
            if each.text_length <= len(name) + 3 and each.text().removeprefix("By ") == name
        ]
    return out


def _link(box: Node, name_node: Node | None, name: str | None, base: str | None) -> str | None:
    places: list[Node] = []
    if name_node is not None:
        places += [name_node] if name_node.tag == "a" else name_node.select("a[href]")
        places += [up for up in name_node.ancestors() if up.tag == "a"][:1]
    places += box.select("a[rel~=author][href], a[href*='/author/'], a[href*='/user/'], a[href*='/users/'], a.username")
    places += [node for node in box.select("a[href]") if name and node.text() == name]
    return next((url for node in places if (url := resolve(base, node.get("href") or ""))), None)


def _picture_url(picture: Node | None, base: str | None) -> str | None:
    if picture is None:
        return None
    sources = (picture.get(name) for name in ("data-src", "data-lazy-src", "src"))
    return next(
        (url for source in sources if source and not source.startswith("data:") and (url := resolve(base, source))),
        None,
    )


def _profiles(box: Node, base: str | None) -> tuple[str, ...]:
    urls = (resolve(base, node.get("href") or "") for node in box.select("a[href]"))
    return tuple(dict.fromkeys(url for url in urls if url and PROFILES.search(host_of(url) or "")))
