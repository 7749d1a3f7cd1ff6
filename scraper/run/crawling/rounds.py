"""`Rounds`: whose turn it is. Groups of servers that have addresses due, each asked one thing at a time."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from datetime import datetime
from itertools import count
from typing import Self

from scraper.fetch.pace import Pace
from scraper.run.crawling.shares import Share
from scraper.store.crawls.frontier import HostRow

PATIENCE = 300.0  # seconds; a group that wants to be left alone for longer is not waited for in this run


class Rounds:
    """The groups that have something to be asked, by when they may be asked. A group that was taken is busy until it
    is given back. Groups of another share never have a turn.
    """

    def __init__(self, paces: dict[str, Pace], share: Share | None = None) -> None:
        self._paces = paces
        self._share = share or Share()
        self._turns: list[tuple[datetime, int, str]] = []
        self._waiting: set[str] = set()
        self._busy: set[str] = set()
        self._number = count()
        self.left: dict[str, Pace] = {}  # groups that were not waited for

    @classmethod
    def of(cls, hosts: Iterable[HostRow], share: Share | None = None) -> Self:
        """Nobody's turn yet, with what the archive knows of groups."""
        paces = {each.name: Pace(each.ready_at, each.latency, each.failures, each.waits_for) for each in hosts}
        return cls(paces, share)

    def __len__(self) -> int:
        return len(self._waiting)

    def pace(self, group: str) -> Pace:
        """What is known of how the group is to be asked."""
        return self._paces.get(group, Pace())

    def has(self, group: str) -> bool:
        """Whether the group is ours to ask, and not another share's."""
        return self._share.has(group)

    def keep(self, group: str, pace: Pace) -> None:
        """Notes how the group is to be asked from now on."""
        self._paces[group] = pace

    def add(self, groups: Iterable[str], now: datetime) -> None:
        """Gives these groups a turn; those that have one, are busy or out of this run stay as they are."""
        for group in groups:
            if group in self._waiting or group in self._busy or group in self.left or not self.has(group):
                continue
            pace = self.pace(group)
            if pace.wait(now) > PATIENCE:
                self.left[group] = pace
                continue
            self._waiting.add(group)
            heapq.heappush(self._turns, (pace.ready_at or now, next(self._number), group))

    def take(self, now: datetime) -> str | None:
        """The group that has waited longest of those that may be asked now; it is busy then."""
        while self._turns and self.wait(now) <= 0:
            _, _, group = heapq.heappop(self._turns)
            pace = self.pace(group)
            if pace.ready_at and pace.wait(now) > 0:  # it was asked meanwhile, for a page that was rendered
                heapq.heappush(self._turns, (pace.ready_at, next(self._number), group))
                continue
            self._waiting.discard(group)
            self._busy.add(group)
            return group
        return None

    def give_back(self, group: str, now: datetime, *, has_more: bool = True) -> None:
        """The group is no longer busy, and has a turn again if it has more."""
        self._busy.discard(group)
        if has_more:
            self.add((group,), now)

    def wait(self, now: datetime) -> float:
        """Seconds until a group may be asked; 0 where there is none that waits."""
        return max(0.0, (self._turns[0][0] - now).total_seconds()) if self._turns else 0.0
