"""`blog_table`: the progress of a crawl as a table that is drawn anew on a terminal, a line a blog."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scraper.cli.output import span_text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from scraper.run.crawling.progress import BlogProgress

WINDOW = 60.0  # seconds that the rate is of
EARLIEST = 3.0  # seconds until there is a rate
SHOWN = 12  # blogs; the others are summed up


class Rates:
    """Addresses a second by blog, over the last minute. Times are of a clock that never goes back."""

    def __init__(self) -> None:
        self._counts: dict[str, deque[tuple[float, int]]] = defaultdict(deque)

    def add(self, blog: str, done: int, now: float) -> float | None:
        """The blog's rate, now that so many are done; None while there is too little to tell."""
        counts = self._counts[blog]
        counts.append((now, done))
        while now - counts[0][0] > WINDOW:
            counts.popleft()
        since, before = counts[0]
        return (done - before) / (now - since) if now - since >= EARLIEST else None


@contextmanager
def blog_table(console: Console) -> Iterator[Callable[[Sequence[BlogProgress]], None]]:
    """A table on this terminal; the block gets what draws it. At its end the table is gone."""
    from rich.live import Live

    rates = Rates()
    with Live(console=console, transient=True, refresh_per_second=4) as live:
        yield lambda blogs: live.update(make_table(blogs, rates, time.monotonic(), console.height))


def make_table(blogs: Sequence[BlogProgress], rates: Rates, now: float, height: int) -> Table:
    """How far each blog is, on a terminal of so many lines."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    table.add_column("blog")  # the column that gives way where the terminal is narrow
    for title in ("done", "due", "failed", "a minute", "left"):
        table.add_column(title, justify="right", no_wrap=True)
    speeds = {each.blog: rates.add(each.blog, each.done, now) for each in blogs}
    for name, group in _shown(blogs, speeds, max(1, min(SHOWN, height - 4))):
        table.add_row(Text(name, overflow="ellipsis", no_wrap=True), *_cells(group, speeds))
    return table


def _shown(
    blogs: Sequence[BlogProgress], speeds: dict[str, float | None], most: int
) -> Iterator[tuple[str, Sequence[BlogProgress]]]:
    """The lines: blogs at work first, in their order; then the rest together, and all of them."""
    busy = sorted(blogs, key=lambda each: (each.due == 0, not speeds[each.blog]))[:most]
    kept = [each for each in blogs if each in busy]
    yield from ((each.blog, [each]) for each in kept)
    rest = [each for each in blogs if each not in busy]
    if rest:
        yield f"{len(rest):,} more", rest
    if len(blogs) > 1:
        yield "all", blogs


def _cells(group: Sequence[BlogProgress], speeds: dict[str, float | None]) -> tuple[str, ...]:
    done, due, failed = (sum(numbers) for numbers in zip(*((g.done, g.due, g.failed) for g in group), strict=True))
    known = [speed for each in group if (speed := speeds[each.blog]) is not None]
    rate = f"{sum(known) * 60:,.0f}" if known else ""
    waits = [each.due / speed for each in group if each.due and (speed := speeds[each.blog])]
    left = "" if not due or len(waits) < sum(each.due > 0 for each in group) else span_text(max(waits))
    return f"{done:,}", f"{due:,}", f"{failed:,}" if failed else "", rate, left
