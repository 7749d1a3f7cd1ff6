"""`Tally`: how far a crawl is with each of its blogs, told to the caller about once a second."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

EVERY = 1.0  # seconds
SHARE = 0.01  # of the time at most goes into counting what is due
FAILED = ("failed", "damaged")


@dataclass(frozen=True, slots=True)
class BlogProgress:
    """How far a run is with one blog: addresses that ended in it, those of them that failed, those that are due."""

    blog: str
    done: int
    failed: int
    due: int


class Tally:
    """Counts how addresses end, by blog. `names` are those of the blogs, `due` says how much is due of each."""

    def __init__(
        self,
        names: Mapping[int, str],
        due: Callable[[], Mapping[int, int]],
        tell: Callable[[Sequence[BlogProgress]], None] | None,
    ) -> None:
        self._names, self._due, self._tell = names, due, tell
        self._done: Counter[int] = Counter()
        self._failed: Counter[int] = Counter()
        self._told_at = self._counts_again_at = float("-inf")
        self._left: dict[int, int] = {}  # what was due when it was last counted, less what has ended since

    def end(self, blog: int, state: str) -> None:
        """Notes that an address of the blog ended so."""
        self._done[blog] += 1
        self._failed[blog] += state in FAILED
        self._left[blog] = max(0, self._left.get(blog, 0) - 1)

    def tell(self) -> None:
        """Tells whoever wants to know, unless that was done just now."""
        now = time.monotonic()
        if self._tell is None or now - self._told_at < EVERY:
            return
        self._told_at = now
        if now >= self._counts_again_at:
            self._count(now)
        self._tell(
            [
                BlogProgress(name, self._done[at], self._failed[at], self._left.get(at, 0))
                for at, name in self._names.items()
            ]
        )

    def _count(self, now: float) -> None:
        """Counts what is due, and again only when that takes no more than its share of the time."""
        self._left = dict(self._due())
        self._counts_again_at = now + (time.monotonic() - now) / SHARE
