"""When the post appeared, and when it was last changed: `Dates`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from scraper.extract.metadata.candidates import Candidate, Candidates
from scraper.extract.metadata.local_days import at_home, days_between, is_same_night, may_be_next_day, same_moment
from scraper.extract.metadata.shown_dates import AFTER, CLOSE, ShownDate, in_dated, near_title
from scraper.model import When
from scraper.parse.node import Node
from scraper.text.dates import find_times, read_time
from scraper.text.languages import writes_day_first
from scraper.text.moments import moment
from scraper.text.urls import path_of

STRONG = ("json-ld", "microdata", "opengraph")
WEAK = ("meta", "rdfa", "microformats")
# '/2012/05/14/slug', '/2012/05/slug', '/2012-05-14-slug'; in '/2012/05/10-reasons' the 10 is no day.
URL_DATE = re.compile(
    r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])(?:/(0?[1-9]|[12]\d|3[01])(?=/|$))?(?=/|$)"
    r"|/((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?=[-/]|$)"
)
CLOCK = re.compile(r"(?<![\d:.])(?:[01]?\d|2[0-3]):[0-5]\d(?:\s*[ap]\.?m\.?(?![a-z]))?(?![\d:])", re.I)
LONGEST_LINE = 300  # characters of an element that is searched for a time
# Scores of shown days: enough to hold against what is declared, to be the post's, to agree, to be one of few.
SURE, LIKELY, FAIR, CHANGED = 5.0, 4.0, 3.0, 1.0


class Dates:
    """The days of one page's post, from what it declares and shows; never a relative time, nor one after the capture.

    `title` is the element that shows the title; a page that `is_post` says to be none has only a day that it shows.
    """

    def __init__(self, candidates: Candidates, title: Node | None, *, is_post: bool) -> None:
        self.candidates = candidates
        self.is_post = is_post
        self.title = title or _heading(candidates)
        language = next(iter(candidates.claims.of("language")), None)
        self.day_first = writes_day_first(language.value) if language else None

    @cached_property
    def shown(self) -> list[ShownDate]:
        return self.past(near_title(self.candidates.document, self.title, CLOSE, self.day_first))

    def published(self) -> tuple[When | None, Node | None]:
        """When the post appeared and the element that shows it.

        First what the blog's feed taught. Then in this order: strong declarations, the platform's elements, weak
        declarations, the likeliest day that is shown, a day in the URL, a month in the URL. What is declared is held
        against what readers are shown: an earlier day beside the title is believed, and so is the next day, where the
        declared time is in UTC.
        """
        candidates = self.candidates
        for candidate in candidates.shown("published", candidates.taught):
            when = _read(candidate, candidates)
            if when is not None:
                candidates.win(candidate.claim)
                return when, candidate.node
        in_url = _in_url(candidates)
        for candidate in self.declared():
            when = _read(candidate, candidates)
            if when is not None:
                return self.as_shown(self.to_the_minute(when), candidate, in_url)
        best = next(self.likely(), None)
        if best is not None:
            candidates.add("published", best.text, "shown", best.node.path)
            return best.when, best.node
        if in_url is not None:
            candidates.add("published", in_url.shown, "url", "path")
        return in_url, None

    def modified(self, published: When | None) -> When | None:
        """When the post was last changed, if that is stated and not before it appeared."""
        candidates = self.candidates
        offered = (
            *candidates.declared("modified", (*STRONG, *WEAK)),
            *candidates.shown("modified", candidates.platforms),
        )
        for candidate in offered:
            when = _read(candidate, candidates)
            if when is not None and not _is_before(when, published):
                candidates.win(candidate.claim)
                return when
        for shown in self.changes():
            if not _is_before(shown.when, published):
                candidates.add("modified", shown.text, "shown", shown.node.path)
                return shown.when
        return None

    def declared(self) -> Iterator[Candidate]:
        yield from self.candidates.declared("published", STRONG)
        yield from self.candidates.shown("published", self.candidates.known)
        yield from self.candidates.declared("published", WEAK)

    def to_the_minute(self, day: When) -> When:
        """The day with the time of day that the platform shows elsewhere; the post's time as given if it shows none."""
        if day.precision != "day" or day.local is None:
            return day
        for candidate in self.candidates.shown("clock", self.candidates.known):
            found = CLOCK.search(candidate.claim.value)
            when = read_time(f"{day.local:%Y-%m-%d} {found[0]}") if found else None
            if when is not None and when.precision == "minute":
                return replace(when, shown=f"{day.shown} {found[0]}" if found else day.shown)
        return day

    def as_shown(self, when: When, candidate: Candidate, in_url: When | None) -> tuple[When | None, Node | None]:
        """What is declared, at the day that readers were given; nothing for a page that shows no such day."""
        candidates = self.candidates
        if not self.is_post and not any(days_between(each.when, when) == 0 for each in (*self.shown, *self.anywhere())):
            return None, None
        if in_url is None or in_url.precision != "day" or days_between(in_url, when):
            best = self.contradicting(when)
            if best is not None:
                candidates.add("published", best.text, "shown", best.node.path)
                return same_moment(best.when, when), best.node
        candidates.win(candidate.claim)
        others = (read_time(claim.value) for claim in candidates.claims.of("published"))
        local = at_home(when, (other for other in others if other is not None))
        if local is when and in_url is not None and is_same_night(in_url, when):
            candidates.add("published", in_url.shown, "url", "path")
            return same_moment(in_url, when), candidate.node
        return local, candidate.node

    def contradicting(self, when: When) -> ShownDate | None:
        """The day beside the title that is rather believed than what is declared."""
        if any(each.score >= FAIR and days_between(each.when, when) == 0 for each in self.shown):
            return None
        best = next(_unchanged(self.shown, SURE), None)
        if best is None or (best.distance or 0) < 0:
            return None
        return best if days_between(best.when, when) < 0 or may_be_next_day(best.when, when) else None

    def likely(self) -> Iterator[ShownDate]:
        """The days that may be the post's where none is declared, the likeliest first."""
        yield from _unchanged(self.shown, LIKELY)
        farther = near_title(self.candidates.document, self.title, AFTER, self.day_first)
        yield from _unchanged(self.past(farther), LIKELY)
        yield from _unchanged(self.anywhere(), FAIR)
        generic = list(self.candidates.shown("published", self.candidates.generic))
        when = _read(generic[0], self.candidates) if len(generic) == 1 else None  # several are of what the page lists
        if when is not None and generic[0].node is not None:
            yield ShownDate(when, generic[0].node, generic[0].claim.value, FAIR, None, "published")
        yield from self.changes()  # the only day that a post gives is when it was as it is

    def changes(self) -> Iterator[ShownDate]:
        return (each for each in self.shown if each.said == "modified" and each.score >= CHANGED)

    def anywhere(self) -> list[ShownDate]:
        return self.past(in_dated(self.candidates.document, self.title, self.day_first))

    def past(self, shown: list[ShownDate]) -> list[ShownDate]:
        return [each for each in shown if not _is_to_come(each.when, self.candidates)]


def _unchanged(days: list[ShownDate], least: float) -> Iterator[ShownDate]:
    """The days of that score at least, but for those of a change."""
    return (each for each in days if each.score >= least and each.said != "modified")


def _heading(candidates: Candidates) -> Node | None:
    return next((node for node in candidates.document.body.select("h1") if node.text_length), None)


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
    return when
