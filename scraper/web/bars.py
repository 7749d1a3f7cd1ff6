"""The plot of a blog's months as bars: `plot`, which tells where each stands. Drawn as SVG by a template. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scraper.store.lookup.shelves import Month
from scraper.web.wording import day

WIDTH, HEIGHT = 960, 120  # of one row of bars, in the units of the drawing
LEAST = 4  # what a full bar stands for at least: one post a month is no peak
MOST_BARS, LEAST_BARS = 360, 12  # in a plot
ROOM = 96  # that a year takes
_DATED = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Bar:
    """A month, or a longer time: where its bar stands, and how high it is, for posts and for comments.

    `start` is what its dates begin with: '2012-05', '2012', '201' (a decade), '20' (a century).
    """

    start: str
    words: str
    x: float
    width: float
    posts: int
    comments: int
    post_height: float
    comment_height: float


@dataclass(frozen=True, slots=True)
class Plot:
    """All bars that are not empty; the times that are written below them, with where; and the highest numbers."""

    bars: tuple[Bar, ...]
    labels: tuple[tuple[str, float], ...]
    most_posts: int
    most_comments: int
    unit: str  # month, year, decade, century

    @property
    def above(self) -> float:
        """How high the highest bar of posts is."""
        return max(bar.post_height for bar in self.bars)

    @property
    def below(self) -> float:
        return max(bar.comment_height for bar in self.bars)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Bars of one length: the beginning of a date that names a bar, and how many months it has."""

    unit: str
    characters: int
    months: int

    def place(self, start: str) -> int:
        """How many bars stand before this one, counted from the year 0."""
        return _months(start.ljust(4, "0")) // self.months


_SCALES = (_Scale("month", 7, 1), _Scale("year", 4, 12), _Scale("decade", 3, 120), _Scale("century", 2, 1200))


def plot(months: Sequence[Month]) -> Plot | None:
    """The bars of these months; None where there is not even one. The longer all of it, the longer what a bar is of."""
    counts = {each.month: each for each in months if _DATED.fullmatch(each.month)}
    if not counts:
        return None
    first, last = min(counts), max(counts)
    scale = next((each for each in _SCALES if each.place(last) - each.place(first) < MOST_BARS), _SCALES[-1])
    held = _together(counts.values(), scale)
    begin, end = scale.place(min(held)), scale.place(max(held))
    step = WIDTH / max(end - begin + 1, LEAST_BARS)
    most_posts = max(each.posts for each in held.values())
    most_comments = max(each.comments for each in held.values())
    bars = (
        Bar(
            start,
            words_of(start),
            round((scale.place(start) - begin) * step, 2),
            round(step * 0.8, 2),
            each.posts,
            each.comments,
            _height(each.posts, most_posts),
            _height(each.comments, most_comments),
        )
        for start, each in sorted(held.items())
    )
    return Plot(tuple(bars), _labels(scale, begin, end, step), most_posts, most_comments, scale.unit)


def words_of(start: str) -> str:
    """What the beginning of a date means.

    >>> words_of("2012-05"), words_of("2012"), words_of("201"), words_of("20")
    ('May 2012', '2012', '2010s', '2000s')
    """
    return day(start) if len(start) > 3 else start.ljust(4, "0") + "s"


def _together(months: Iterable[Month], scale: _Scale) -> dict[str, Month]:
    held: dict[str, Month] = {}
    for each in months:
        start = each.month[: scale.characters]
        before = held.get(start, Month(start, 0, 0))
        held[start] = Month(start, before.posts + each.posts, before.comments + each.comments)
    return held


def _months(start: str) -> int:
    return int(start[:4]) * 12 + (int(start[5:7]) - 1 if len(start) > 4 else 0)


def _height(number: int, most: int) -> float:
    """At least two units where there is anything, so that one post can be seen beside a thousand."""
    return round(max(2.0, number / max(most, LEAST) * HEIGHT), 2) if number else 0.0


def _labels(scale: _Scale, begin: int, end: int, step: float) -> tuple[tuple[str, float], ...]:
    """The years to write: at most as many as have room, each where it begins."""
    written: list[tuple[str, float]] = []
    for at in range(begin, end + 1):
        months = at * scale.months
        x = round((at - begin) * step, 2)
        has_room = (not written or x - written[-1][1] >= ROOM) and x <= WIDTH - ROOM / 2
        if has_room and (months % 12 == 0 or at == begin):
            written.append((f"{months // 12:04}", x))
    return tuple(written)
