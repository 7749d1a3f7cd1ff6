"""Addresses without end: `Traps`, what a crawl has seen of one blog's addresses, and which are not to be asked for.

`judge` looks and changes nothing. `add` notes a URL that was let in, before the next is judged; `settle` a list that
was read. What is judged depends on these calls alone: not on how often a URL is added, and on the order of `add` only
where more variants of an address are added than `judge` lets through. So a crawl that goes on after a restart adds the
frontier's URLs and judges variants as if it had never stopped; how lists went on it has to see again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from scraper.discover.trap_words import CALENDAR, CALENDAR_SEGMENTS, FACETS, NAMES_POSTS, ORDERING, PAGERS, SIZES
from scraper.discover.url_shape import UrlShape, shape_of
from scraper.model import LeadRole

DEEPEST = 16  # segments of a path
MOST_PARAMETERS = 12
MOST_PAGES = 20_000  # of one list: 200,000 posts in tens
MOMENTS = 10**9  # from here on numbers of pages are seconds since 1970, or ids
FIRST_YEAR, OLDEST, LATEST = 1990, 1800, 2200  # what is beyond OLDEST and LATEST is no year
MOST_GROUPS = 20_000  # of alike addresses that are remembered; what comes later is not counted
BARREN_PAGES = 3  # in a row, and a list is at its end
BARREN_DATES = 12  # the same for archives by date, which show months without a post

# How many variants of one address there may be, by what varies.
LIMITS = {
    "the same list in other orders": 5,
    "session ids": 3,
    "combinations of choices": 300,
    "ever other parameters": 40,
    "a calendar": 600,  # fifty years of months
}
# What somebody vouches for is held to the shape of its address only.
KNOWN = frozenset({"home", "feed", "comment_feed", "sitemap", "post_api", "comment_api", "post", "media"})

_DIGEST = re.compile(r"(?:[0-9a-f]{24,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\Z", re.IGNORECASE)
_PATH_SESSION = re.compile(r"/\([SXA]\([^/)]*\)\)")  # ASP.NET without cookies
_ORDER = re.compile(r"[a-z]{1,12}(?:[-_][a-z]{1,8})?\Z", re.IGNORECASE)
_SCRIPT = re.compile(r"\.(?:php|html?|aspx?|jsp|cgi)\Z", re.IGNORECASE)
_ESCAPED_AGAIN = re.compile(r"%25(?:25)+", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
# What all addresses have that `_alike` knows kinds of; most posts' have not, and there are many of these.
_SIGNS_OF_VARIANTS = ("?", "(", "%", *sorted(CALENDAR_SEGMENTS))


@dataclass(slots=True)
class _Chain:
    """How a list goes: its pages in a row that brought nothing, the number of the first, what the last showed."""

    barren: int = 0
    since: int = 0
    last: bytes = b""


@dataclass(slots=True)
class Traps:
    """What is known of one blog's addresses, in bounded memory. A year after `this_year` calendars end."""

    this_year: int
    _variants: dict[bytes, set[bytes]] = field(default_factory=dict)
    _chains: dict[bytes, _Chain] = field(default_factory=dict)

    def judge(self, url: str, role: LeadRole | None = None) -> str | None:
        """Why the URL is one of too many, in a few words; None if it may be asked for. Never raises."""
        shape = shape_of(url)
        reason = _of_itself(url, shape)
        if reason or role in KNOWN:
            return reason
        return self._by_year(shape) or self._by_chain(shape, role) or self._by_variants(shape)

    def add(self, url: str) -> None:
        """Note a URL that was let in."""
        lowered = url.lower()
        if not any(sign in lowered for sign in _SIGNS_OF_VARIANTS):
            return
        for kind, group, variant in _alike(shape_of(url)):
            known = self._variants.get(_digest(kind + group))
            if known is None:
                if len(self._variants) >= MOST_GROUPS:
                    continue
                known = self._variants[_digest(kind + group)] = set()
            if len(known) < LIMITS[kind]:
                known.add(_digest(variant))

    def settle(self, url: str, posts: Iterable[str]) -> None:
        """Note what a list led to: all posts that it names, known or not.

        One that names none, or the same as the page before, has brought nothing; after some of these in a row `judge`
        refuses what follows.
        """
        position = shape_of(url).position(is_listing=True)
        if position is None:
            return
        key = _digest(position.chain)
        if key not in self._chains and len(self._chains) >= MOST_GROUPS:
            return
        chain = self._chains.setdefault(key, _Chain())
        named = "\n".join(sorted(set(posts)))
        shown = _digest(named)
        if named and shown != chain.last:
            chain.barren = 0
        else:
            chain.since = chain.since if chain.barren else position.number
            chain.barren += 1
        chain.last = shown

    def _by_year(self, shape: UrlShape) -> str | None:
        for year in shape.years():
            if OLDEST <= year < FIRST_YEAR or self.this_year + 1 < year <= LATEST:
                return f"a calendar beyond the blog's life ({year})"
        return None

    def _by_chain(self, shape: UrlShape, role: LeadRole | None) -> str | None:
        position = shape.position(is_listing=role in ("listing", "comment_page"))
        if position is None:
            return None
        if MOST_PAGES < position.number < MOMENTS:
            return "page numbers without end"
        chain = self._chains.get(_digest(position.chain))
        if chain is None or chain.barren < (BARREN_DATES if position.is_date else BARREN_PAGES):
            return None
        return "goes on without new posts" if position.number >= chain.since else None

    def _by_variants(self, shape: UrlShape) -> str | None:
        for kind, group, variant in _alike(shape):
            known = self._variants.get(_digest(kind + group), ())
            if len(known) >= LIMITS[kind] and _digest(variant) not in known:
                return kind
        return None


def _of_itself(url: str, shape: UrlShape) -> str | None:
    """What is wrong with an address by itself: links that grow when they are followed."""
    if len(shape.segments) > DEEPEST:
        return f"deeper than {DEEPEST} folders"
    if len(shape.parameters) > MOST_PARAMETERS:
        return f"more than {MOST_PARAMETERS} parameters"
    if _ESCAPED_AGAIN.search(url):
        return "an address within an address"
    if _repeats(shape.segments):
        return "segments that repeat"
    if sum(_SCRIPT.search(segment) is not None for segment in shape.segments[:-1]) > 1:
        return "pages below pages"
    return None


def _repeats(segments: tuple[str, ...]) -> bool:
    """Whether some segments follow themselves three times ('/a/b/a/b/a/b'), numbers four, or one stands there often."""
    for length in range(1, len(segments) // 3 + 1):
        for start in range(len(segments) - 3 * length + 1):
            part = segments[start : start + length]
            times = 4 if all(segment.isdigit() for segment in part) else 3  # '/11/11/11/' is a day
            if part * times == segments[start : start + times * length]:
                return True
    return any(segments.count(segment) > 3 and not segment.isdigit() for segment in segments)


def _alike(shape: UrlShape) -> Iterator[tuple[str, str, str]]:
    """What kinds of variant the address is: the kind, what all variants have in common, and what is its own."""
    if _PATH_SESSION.search(shape.place):
        yield "session ids", _PATH_SESSION.sub("", shape.place), shape.place
    if any(segment.lower() in CALENDAR_SEGMENTS for segment in shape.segments) and _DIGITS.search(shape.place):
        yield "a calendar", _DIGITS.sub("#", shape.place), shape.without()
    if not shape.parameters:
        return
    names = {name for name, _ in shape.parameters}
    yield "ever other parameters", shape.place, _DIGITS.sub("#", "&".join(sorted(names)))
    if names & CALENDAR:
        yield "a calendar", _DIGITS.sub("#", shape.without()), shape.without()
    orders = {name for name, value in shape.parameters if _is_order(name, value)}
    if orders:
        yield "the same list in other orders", shape.without(orders, PAGERS), shape.valued(orders)
    digests = {name for name, value in shape.parameters if name not in NAMES_POSTS and _DIGEST.match(value)}
    if digests:
        yield "session ids", shape.without(digests), shape.valued(digests)
    facets = {name for name in names if name in FACETS or "[" in name}
    chosen = [value for name, value in shape.parameters if name in facets]
    if len(chosen) > 1 or any("," in value for value in chosen):
        choices = facets | ORDERING | SIZES
        yield "combinations of choices", shape.without(choices, PAGERS), shape.valued(choices)


def _is_order(name: str, value: str) -> bool:
    return (name in ORDERING and _ORDER.match(value) is not None) or (name in SIZES and value.isdigit())


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
