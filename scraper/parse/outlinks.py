"""The links of a page, for a crawl: `find_anchors` collects them as they stand, `outlinks` makes them addresses.

They are collected before anything of the page is emptied, since menus and lists of archives say where posts are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from scraper.model import Outlink
from scraper.text.prose import fold
from scraper.text.urls import resolve

MOST_LINKS = 5_000  # of a page
MOST_CHARACTERS = 2_000  # of an address; those of pages are shorter
MOST_TEXT = 100
AMPLE = 400  # characters that nearly always hold those, white space and all
MOST_RELATIONS = 10
SHOWN = "a[href], area[href], option[value^=http]"  # archives are menus of options in many blogs
# Relations of <link> that name documents, and not what a browser needs to show the page.
DECLARED = frozenset({
    "alternate", "archives", "author", "canonical", "contents", "first", "https://api.w.org/", "index", "last", "next",
    "prev", "previous", "replies", "shortlink", "start", "up",
})  # fmt: skip
NOT_DECLARED = frozenset({"stylesheet", "search"})
# A path that stands in an address as it is written; each segment starts with its slash, so that matching is linear.
PLAIN_PATH = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)+/?\Z")
MOST_HEADER = 10_000  # characters of one header
HEADER_LINK = re.compile(r"<([^<>]{1,2000})>((?:\s*;\s*\w+\s*=\s*(?:\"[^\"]*\"|[^\s\",;]+))*)")
PARAMETER = re.compile(r";\s*(\w+)\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]+))")
HEADINGS = "h1, h2, h3, h4, h5, h6"


class Anchor(NamedTuple):
    """A link as the page writes it."""

    href: str
    rel: str
    text: str
    media_type: str | None
    declared: bool
    in_heading: bool


def find_anchors(root: Any) -> list[Anchor]:
    """The links of the parser's tree, declared ones first, else in document order; at most MOST_LINKS.

    Left out are those into the same page, those whose address is too long to be one, and what is said again.
    """
    found: dict[tuple[str, str, bool], Anchor] = {}
    for element in root.select("link[href]")[:MOST_LINKS]:
        href, rel = element.attr("href"), (element.attr("rel") or "").lower()
        words = rel.split()
        if DECLARED.isdisjoint(words) or not NOT_DECLARED.isdisjoint(words) or not 0 < len(href) <= MOST_CHARACTERS:
            continue
        found[href, rel, True] = Anchor(href, rel, element.attr("title") or "", element.attr("type"), True, False)
    headings = _headings(root)
    for element in root.select(SHOWN)[: 4 * MOST_LINKS]:
        href = element.attr("href") or element.attr("value") or ""
        if not 0 < len(href) <= MOST_CHARACTERS or href[0] == "#":
            continue
        key = (href, element.attr("rel") or "", False)
        known = found.get(key)
        if known is None:
            found[key] = Anchor(href, key[1], element.text[:AMPLE], element.attr("type"), False, element in headings)
            if len(found) == MOST_LINKS:
                break
        elif not known.in_heading and (element in headings or not known.text):  # a picture's link comes before it
            found[key] = known._replace(text=element.text[:AMPLE] or known.text, in_heading=element in headings)
    return list(found.values())


def header_anchors(headers: Iterable[tuple[str, str]]) -> list[Anchor]:
    """The links that a response's `Link` headers declare (RFC 8288): what some themes leave out of the page."""
    found: list[Anchor] = []
    for name, value in headers:
        for href, stated in HEADER_LINK.findall(value[:MOST_HEADER]) if name.lower() == "link" else ():
            said = {key.lower(): quoted or bare for key, quoted, bare in PARAMETER.findall(stated)}
            words = said.get("rel", "").lower().split()
            if not DECLARED.isdisjoint(words) and NOT_DECLARED.isdisjoint(words):
                found.append(Anchor(href, " ".join(words), said.get("title", ""), said.get("type"), True, False))
    return found


def outlinks(anchors: Iterable[Anchor], base: str | None) -> tuple[Outlink, ...]:
    """The links whose target is on the web, resolved against `base`, each with all that is said of it in one place."""
    found: dict[tuple[str, str, bool], Outlink] = {}
    origin = (resolve(base, "/") or "").removesuffix("/") if base else ""
    for href, rel, text, media_type, declared, in_heading in anchors:
        url = origin + href if origin and PLAIN_PATH.match(href) else resolve(base, href)
        if url is None or len(url) > MOST_CHARACTERS:
            continue
        if "#" in url:
            url = url.partition("#")[0]
        key = (url, rel, declared)
        if key not in found:
            relations = tuple(rel.lower().split()[:MOST_RELATIONS]) if rel else ()
            kind = media_type[:MOST_TEXT].strip().lower() or None if media_type else None
            found[key] = Outlink(url, relations, fold(text)[:MOST_TEXT], kind, declared, in_heading)
    return tuple(found.values())


def _headings(root: Any) -> set[Any]:
    """The links that stand in a heading or right around one."""
    found: set[Any] = set()
    for heading in root.select(HEADINGS)[:MOST_LINKS]:
        inside = heading.select("a[href]")
        if inside:
            found.update(inside)
        elif getattr(heading.parent, "tag", None) == "a":  # a template's content has no tag
            found.add(heading.parent)
    return found
