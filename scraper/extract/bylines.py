"""Who signs the post: `find_bylines`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scraper.extract.candidates import Candidate, Candidates, in_thread, words_of
from scraper.model import Byline
from scraper.parse.node import Node
from scraper.text.names import person_name, split_names
from scraper.text.urls import resolve

STRONG = ("json-ld", "microdata", "rdfa")
WEAK = ("meta", "opengraph", "twitter", "microformats", "html")
LONGEST = 200  # characters


def find_bylines(candidates: Candidates) -> tuple[tuple[Byline, ...], Node | None]:
    """The people who sign the post, and the element that shows the first; none rather than a role or a site.

    First what the blog's feed taught. Then in this order: strong declarations, the platform's elements, weak
    declarations, generic elements. All names come from one source, so that a co-author is kept and a second spelling is
    not.
    """
    for offered in (
        candidates.shown("author", candidates.taught),
        candidates.declared("author", STRONG),
        candidates.shown("author", candidates.known),
        candidates.declared("author", WEAK),
        candidates.shown("author", candidates.generic),
    ):
        bylines, node = _of_one_source(offered, candidates)
        if bylines:
            return tuple(_linked(byline, candidates) for byline in bylines), node
    return (), None


def _of_one_source(offered: Iterable[Candidate], candidates: Candidates) -> tuple[list[Byline], Node | None]:
    found: dict[str, Byline] = {}
    source: str | None = None
    shown_by: Node | None = None
    for candidate in offered:
        if source is not None and candidate.claim.source != source:
            break
        for byline in _names(candidate, candidates):
            found.setdefault(byline.name, byline)
            source, shown_by = candidate.claim.source, shown_by or candidate.node
            candidates.win(candidate.claim)
        if found and candidate.node is not None:
            break  # a page shows one byline; what the same selector finds further down is another post's
    return list(found.values()), shown_by


def _names(candidate: Candidate, candidates: Candidates) -> list[Byline]:
    if len(candidate.claim.value) > LONGEST:
        return []
    sites = {words_of(claim.value) for claim in candidates.claims.of("site_name")}
    names = [name for part in split_names(candidate.claim.value) if (name := person_name(part))]
    names = [name for name in names if words_of(name) not in sites]
    return [Byline(name, _address(candidate, candidates) if len(names) == 1 else None) for name in names]


def _address(candidate: Candidate, candidates: Candidates) -> str | None:
    node = candidate.node
    if node is None:
        claims = candidates.claims.of("author_url")
        claim = next((each for each in claims if each.source == candidate.claim.source), None)
        return resolve(candidates.url, claim.value) if claim else None
    link = node if node.tag == "a" else node.select_one("a[href]")
    link = link or next((up for up in node.ancestors() if up.tag == "a"), None)
    return resolve(candidates.url, link.get("href") or "") if link is not None else None


def _linked(byline: Byline, candidates: Candidates) -> Byline:
    """The byline with the address that its name links to elsewhere on the page."""
    if byline.url:
        return byline
    for link in candidates.document.body.select("a[href]"):
        if link.text_length == len(byline.name) and link.text() == byline.name and not in_thread(link):
            return replace(byline, url=resolve(candidates.url, link.get("href") or ""))
    return byline
