"""A URL taken apart for telling which addresses are alike: `UrlShape`, and its `position` in a list of pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, unquote_plus

from scraper.discover.trap_words import CALENDAR, LISTING_PAGERS, PAGER_SEGMENTS, PAGERS, YEARS
from scraper.text.urls import path_of, url_key

# '/2012/05/' and '/2012/05/14/' at the end of a path: an archive of a month or day.
_DATES = re.compile(r"/(\d{4})[/-](?:0?[1-9]|1[0-2])(?:[/-](?:0?[1-9]|[12]\d|3[01]))?/?(?:index\.\w+)?\Z")
_DATE_VALUE = re.compile(r"(\d{4})(?:-?\d{2}){0,2}\Z|(?:\d{1,2}[/.-]){1,2}(\d{4})\Z")
_PAGE_NAME = re.compile(r"(?:index|(?:comment-)?p(?:age)?)[-_]?(\d+)(?:\.\w+)?\Z", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,18}\Z", re.ASCII)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Position:
    """The place of a page in a list that goes on: which list, and its number, 0 where that is a mark.

    `is_date` where the list is an archive by months or days.
    """

    chain: str
    number: int
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class UrlShape:
    """A URL's identity (`url_key`) in parts. Names of parameters are in lower case, with '_' for '-'."""

    place: str  # host and path
    segments: tuple[str, ...]
    parameters: tuple[tuple[str, str], ...]

    def without(self, *names: Collection[str]) -> str:
        """The address without the parameters of these names."""
        left = [f"{name}={value}" for name, value in self.parameters if not any(name in some for some in names)]
        return f"{self.place}?{'&'.join(left)}"

    def valued(self, names: Collection[str]) -> str:
        return "&".join(f"{name}={value}" for name, value in self.parameters if name in names)

    def years(self) -> Iterator[int]:
        """The years of the months and days that the address asks for."""
        if found := _DATES.search(self.place):
            yield int(found[1])
        for name, value in self.parameters:
            if name in YEARS and (found := _DATE_VALUE.match(value)):
                yield int(found[1] or found[2])

    def position(self, is_listing: bool) -> Position | None:
        """Where the page stands in a list, if it does. Of listings, a number at the end of the path is a page's."""
        for name, value in self.parameters:
            if name in PAGERS or (is_listing and name in LISTING_PAGERS):
                return Position(f"{self.without({name})}&{name}", int(value) if _NUMBER.match(value) else 0)
        if _DATES.search(self.place):
            return Position(_DIGITS.sub("#", self.place), 0, is_date=True)
        if any(name in CALENDAR for name, _ in self.parameters):
            return Position(_DIGITS.sub("#", self.without()), 0, is_date=True)
        last = self.segments[-1] if self.segments else ""
        before = self.segments[-2].lower() if len(self.segments) > 1 else ""
        found = _NUMBER.match(last) if before in PAGER_SEGMENTS or is_listing else None
        found = found or _PAGE_NAME.match(last)
        if found is None:
            return None
        return Position(
            self.without().replace(f"/{last}", "/#"), int(found[0] if found[0].isdigit() else found[1][:18])
        )


@lru_cache(maxsize=1024)  # the addresses of a few pages
def shape_of(url: str) -> UrlShape:
    """The parts of any string that may be a URL."""
    key = url_key(url)
    path, _, query = key.partition("#")[0].partition("?")
    pairs = (part.partition("=") for part in query.split("&") if part)
    return UrlShape(
        path.partition("://")[2] or path,
        tuple(unquote(segment) for segment in path_of(key).split("/") if segment),
        tuple((unquote_plus(name).lower().replace("-", "_"), unquote_plus(value)) for name, _, value in pairs),
    )
