"""`Watcher`: the caller's side of a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from scraper.model import Lead, Visit
from scraper.run.crawling.progress import BlogProgress


@dataclass(slots=True)
class Stop:
    """Whether the run is to stop after the page in hand: `signal` is set by whoever listens for signals, `for_room` by
    the run itself where its disk is nearly full.

    `at_once` is set by the run while it has nothing in hand; the listener may then raise KeyboardInterrupt.
    """

    signal: int | None = None
    at_once: bool = False
    for_room: bool = False

    @property
    def is_wanted(self) -> bool:
        """Whether the run is to stop, for whatever reason."""
        return self.signal is not None or self.for_room


def utc_now() -> datetime:
    """This moment, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Watcher:
    """The caller's side of a run: when to stop, whom to tell how each input ended, and what time it is.

    `note` is told, in one line, what the run found that is about no input; `leave_out`, which leads of a crawl are not
    followed, and why; `progress`, if there is one, how far a crawl is with each blog; `tell_wait`, for
    which other writer the run waits.
    """

    stop: Stop = field(default_factory=Stop)
    tell: Callable[[Visit], None] = lambda visit: None
    note: Callable[[str], None] = lambda line: None
    leave_out: Callable[[Lead, str], None] = lambda lead, reason: None
    progress: Callable[[Sequence[BlogProgress]], None] | None = None
    tell_wait: Callable[[str], None] = lambda line: None
    clock: Callable[[], datetime] = utc_now
