"""What the post is called, and the site: `find_title`, `find_site_name`."""

from __future__ import annotations

import re

from scraper.extract.candidates import Candidates, words_of
from scraper.model import Claim
from scraper.parse.node import Node
from scraper.text.urls import host_of

PARTS = re.compile(r"\s+[|\-–—·•»«:~]+\s+|\s*[|»«]\s*|\s+::\s+")
SEPARATORS = " |-–—·•»«:~"
DECLARED = ("json-ld", "opengraph", "microdata", "meta", "twitter", "microformats")
HEADINGS = "h1, h2, .entry-title, .post-title, .title"
LONGEST = 400  # characters
FAIR_SHARE = 0.4  # of a declared title that a heading must cover
ASIDE = frozenset({"comments", "comment_form", "author_box", "template"})


def find_title(candidates: Candidates) -> tuple[str | None, Node | None]:
    """The post's title and the element that shows it.

    In this order: the blog's own element, if it is known; the platform's; a heading that a declared title begins with
    or holds; what is declared, without the site's name; the generic elements; a lone h1; the title element.
    """
    for candidate in candidates.shown("title", (*candidates.taught, *candidates.known)):
        if candidate.claim.value:
            candidates.win(candidate.claim)
            return candidate.claim.value, candidate.node
    stated = [claim for claim in candidates.claims.of("title") if claim.source != "html" or claim.where == "title"]
    heading = _agreeing_heading(candidates, stated)
    if heading is not None:
        candidates.add("title", heading.text(), "heading", heading.path)
        return heading.text(), heading
    for candidate in candidates.declared("title", DECLARED):
        candidates.win(candidate.claim)
        return _without_site(candidate.claim.value, candidates), None
    for candidate in candidates.shown("title", candidates.generic):
        if candidate.claim.value:
            candidates.win(candidate.claim)
            return candidate.claim.value, candidate.node
    return _last_resort(candidates, stated)


def find_site_name(candidates: Candidates, title: str | None) -> str | None:
    """What the site calls itself; never a text that holds the post's title."""
    for candidate in candidates.declared("site_name", ("opengraph", "meta", "json-ld", "microdata")):
        if not (title and title in candidate.claim.value):
            candidates.win(candidate.claim)
            return candidate.claim.value
    return _site_behind(candidates, title) or candidates.first_shown("site_name")


def _last_resort(candidates: Candidates, stated: list[Claim]) -> tuple[str | None, Node | None]:
    headings = [node for node in candidates.document.body.select("h1") if node.text_length and not _stands_aside(node)]
    if headings and (len(headings) == 1 or not stated):
        return headings[0].text(), headings[0]
    for claim in stated:
        candidates.win(claim)
        return _without_site(claim.value, candidates), None
    return None, None


def _agreeing_heading(candidates: Candidates, stated: list[Claim]) -> Node | None:
    wanted = [words_of(claim.value) for claim in stated]
    best: Node | None = None
    length = 0
    for node in candidates.document.body.select(HEADINGS):
        if not 1 < node.text_length <= LONGEST or _stands_aside(node):
            continue
        words = words_of(node.text())
        share = max((len(words) / len(each) for each in wanted if words and f" {words} " in f" {each} "), default=0.0)
        if share == 1.0 and node.tag == "h1":
            return node
        if share >= FAIR_SHARE and " " in words and len(words) > length:
            best, length = node, len(words)
    return best


def _stands_aside(node: Node) -> bool:
    return node.label in ASIDE or any(up.label in ASIDE for up in node.ancestors())


def _without_site(title: str, candidates: Candidates) -> str:
    """The title without the site's name that templates put behind or before it."""
    parts = PARTS.split(title)
    if len(parts) < 2:
        return title
    sites = {words_of(claim.value) for claim in candidates.claims.of("site_name")}
    host = (host_of(candidates.url or "") or "").removeprefix("www.").split(".")[0].replace("-", "")
    for part in (parts[-1], parts[0]):
        words = words_of(part)
        if words in sites or (host and words.replace(" ", "") == host):
            rest = title[: title.rfind(part)] if part is parts[-1] else title[len(part) :]
            return rest.strip(SEPARATORS) or title
    return title


def _site_behind(candidates: Candidates, title: str | None) -> str | None:
    """What stands behind the title in the title element: 'A title | The site'."""
    whole = next((claim.value for claim in candidates.claims.of("title") if claim.where == "title"), None)
    if not title or not whole or not whole.startswith(title) or not PARTS.match(whole[len(title) :]):
        return None
    return whole[len(title) :].strip(SEPARATORS) or None
