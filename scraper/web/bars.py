"""The plot of a blog's months as bars: `plot`, which tells where each stands. Drawn as SVG by a template. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scraper.store.shelves import Month

WIDTH, HEIGHT = 960, 120  # of one row of bars, in the units of the drawing
LEAST = 4  # what a full bar stands for at least: one post a month is no peak
MOST_MONTHS = 12 * 30  # in a plot by month; longer ones are by year


@dataclass(frozen=True, slots=True)
class Bar:
    """A month or a year: where its bar stands, and how high it is, for posts and for comments."""

    label: str
    x: float
    width: float
    posts: int
    comments: int
    post_height: float
    comment_height: float


@dataclass(frozen=True, slots=True)
class Plot:
    """All bars; the years that are written below them, with where; and the highest numbers."""

    bars: tuple[Bar, ...]
    years: tuple[tuple[str, float], ...]
    most_posts: int
    most_comments: int
    unit: str  # month, year


def plot(months: Sequence[Month]) -> Plot | None:
    """The bars of these months with the empty ones between them; None where there is not even one."""
    if not months:
        return None
    counts = {each.month: each for each in months if each.month[4:5] == "-" and each.month[:4].isdigit()}
    if not counts:
        return None
    labels, unit = _labels(min(counts), max(counts)), "month"
    if len(labels) > MOST_MONTHS:
        counts, unit = _by_year(counts), "year"
        labels = [f"{year:04}" for year in range(int(min(counts)), int(max(counts)) + 1)]
    step = WIDTH / max(len(labels), 12)
    most_posts = max(each.posts for each in counts.values())
    most_comments = max(each.comments for each in counts.values())
    bars = []
    for at, label in enumerate(labels):
        each = counts.get(label) or Month(label, 0, 0)
        heights = (_height(each.posts, most_posts), _height(each.comments, most_comments))
        bars.append(
            Bar(label, round(at * step, 2), round(step * 0.8, 2), each.posts, each.comments, *heights)
        )
    return Plot(tuple(bars), _years(labels, step), most_posts, most_comments, unit)


def _labels(first: str, last: str) -> list[str]:
    start, end = (int(label[:4]) * 12 + int(label[5:7]) - 1 for label in (first, last))
    return [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(start, end + 1)]


def _by_year(counts: dict[str, Month]) -> dict[str, Month]:
    years: dict[str, Month] = {}
    for label, each in counts.items():
        before = years.get(label[:4]) or Month(label[:4], 0, 0)
        years[label[:4]] = Month(label[:4], before.posts + each.posts, before.comments + each.comments)
    return years


def _height(number: int, most: int) -> float:
    """At least two units where there is anything, so that one post can be seen beside a thousand."""
    return round(max(2.0, number / max(most, LEAST) * HEIGHT), 2) if number else 0.0


def _years(labels: Sequence[str], step: float) -> tuple[tuple[str, float], ...]:
    """The years to write: at most as many as have room, each where it begins."""
    begins = [(label[:4], round(at * step, 2)) for at, label in enumerate(labels) if at == 0 or label[4:] in ("", "-01")]
    written: list[tuple[str, float]] = []
    for year, x in begins:
        if (not written or x - written[-1][1] >= 48) and x <= WIDTH - 36:
            written.append((year, x))
    return tuple(written)
