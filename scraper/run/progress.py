"""`Tally`: how far a crawl is with each of its blogs, told to the caller about once a second."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

EVERY = 1.0  # seconds
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
        self._told_at = float("-inf")

    def end(self, blog: int, state: str) -> None:
        """Notes that an address of the blog ended so."""
        self._done[blog] += 1
        self._failed[blog] += state in FAILED

    def tell(self) -> None:
        """Tells whoever wants to know, unless that was done just now."""
        now = time.monotonic()
        if self._tell is None or now - self._told_at < EVERY:
            return
        self._told_at = now
        due = self._due()
        self._tell(
            [BlogProgress(name, self._done[at], self._failed[at], due.get(at, 0)) for at, name in self._names.items()]
        )
