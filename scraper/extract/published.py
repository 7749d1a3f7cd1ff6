"""When the post appeared, and when it was last changed: `find_published`, `find_modified`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from scraper.extract.candidates import Candidate, Candidates, in_thread
from scraper.model import Claim, When
from scraper.parse.node import Node
from scraper.text.dates import find_times, read_time
from scraper.text.moments import moment
from scraper.text.urls import path_of

STRONG = ("json-ld", "microdata", "opengraph")
WEAK = ("meta", "rdfa", "microformats", "html")
# '/2012/05/14/slug', '/2012/05/slug', '/2012-05-14-slug'; in '/2012/05/10-reasons' the 10 is no day.
URL_DATE = re.compile(
    r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])(?:/(0?[1-9]|[12]\d|3[01])(?=/|$))?(?=/|$)"
    r"|/((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?=[-/]|$)"
)
LONGEST_LINE = 200  # characters of an element that is searched for a time
NEAR = 15  # short texts before or after the heading


def find_published(candidates: Candidates) -> tuple[When | None, Node | None]:
    """When the post appeared and the element that shows it; never a relative time, nor one after the capture.

    First what the blog's feed taught. Then in this order: strong declarations, the platform's elements, weak
    declarations, generic elements, a day in the URL, a day shown near the heading, a month in the URL.
    """
    for offered in (
        candidates.shown("published", candidates.taught),
        candidates.declared("published", STRONG),
        candidates.shown("published", candidates.known),
        candidates.declared("published", WEAK),
        candidates.shown("published", candidates.generic),
    ):
        for candidate in offered:
            when = _read(candidate, candidates)
            if when is not None:
                candidates.win(candidate.claim)
                return when, candidate.node
    in_url = _in_url(candidates)
    if in_url is not None and in_url.precision == "day":
        return in_url, None
    return _near_heading(candidates) or in_url, None


def find_modified(candidates: Candidates, published: When | None) -> When | None:
    """When the post was last changed, if that is stated and not before it appeared."""
    offered = (
        *candidates.declared("modified", (*STRONG, *WEAK)),
        *candidates.shown("modified", candidates.platforms),
    )
    for candidate in offered:
        when = _read(candidate, candidates)
        if when is not None and not _is_before(when, published):
            candidates.win(candidate.claim)
            return when
    return None


def _read(candidate: Candidate, candidates: Candidates) -> When | None:
    node, text = candidate.node, candidate.claim.value
    when = _stated(node) if node is not None else None
    if when is None or _is_to_come(when, candidates):
        when = read_time(text)
    if when is None and node is not None and len(text) <= LONGEST_LINE:
        when = next((found[2] for found in find_times(text)), None)
    return when if when is not None and when.local is not None and not _is_to_come(when, candidates) else None


def _stated(node: Node) -> When | None:
    """The time in an attribute of the element, or of a time element in it."""
    inner = node if node.get("datetime") else node.select_one("time[datetime]")
    title = node.get("title") if node.tag == "abbr" else None
    stated = (inner.get("datetime") if inner else None) or title or node.get("content")
    return read_time(stated) if stated else None


def shown_time(node: Node) -> When | None:
    """The time that an element states or shows, whatever it is of."""
    text = node.text()
    found = _stated(node) or read_time(text)
    if found is None and len(text) <= LONGEST_LINE:
        found = next((each[2] for each in find_times(text)), None)
    return found


def _is_to_come(when: When, candidates: Candidates) -> bool:
    return candidates.latest is not None and when.earliest is not None and when.earliest > candidates.latest


def _is_before(when: When, published: When | None) -> bool:
    return bool(published and published.earliest and when.latest and when.latest < published.earliest)


def _in_url(candidates: Candidates) -> When | None:
    found = URL_DATE.search(path_of(candidates.url or ""))
    parts = [int(part) for part in found.groups() if part] if found else []
    try:
        local = datetime(parts[0], parts[1], parts[2] if len(parts) > 2 else 1) if found else None
    except ValueError:
        local = None
    if found is None or local is None:
        return None
    when = moment(local, "day" if len(parts) > 2 else "month", None, found[0].strip("/"))
    if when is None or _is_to_come(when, candidates):
        return None
    candidates.add("published", found[0], "url", "path")
    return when


def _near_heading(candidates: Candidates) -> When | None:
    """The first day that is shown close to the post's heading: in the small blocks around it, else shortly after."""
    heading = next((node for node in candidates.document.body.select("h1, h2.entry-title") if node.text_length), None)
    if heading is None:
        return None
    for up in heading.ancestors():
        if up.text_length > heading.text_length + LONGEST_LINE:
            break
        when = _first_day(up.short_texts(), candidates)
        if when is not None:
            return when
    labels = candidates.labels
    place = next((i for i, (node, _) in enumerate(labels) if node is heading or heading.contains(node)), None)
    after = labels[max(0, place - NEAR) : place + NEAR] if place is not None else labels[:NEAR]
    return _first_day(after, candidates)


def _first_day(texts: Iterable[tuple[Node, str]], candidates: Candidates) -> When | None:
    for node, text in texts:
        if in_thread(node) or not any(character.isdecimal() for character in text):
            continue
        when = _read(Candidate(Claim("published", text, "near heading", node.path), node), candidates)
        if when is not None and when.precision in ("day", "minute", "second"):
            candidates.add("published", text, "near heading", node.path)
            return when
    return None
