"""`Writing`: settled answers on their way into the archive, some together in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from scraper.model import Address
from scraper.run.crawling.answer import Settled
from scraper.run.crawling.progress import Tally
from scraper.run.crawling.rounds import Rounds
from scraper.run.memory import MemoryKeeper
from scraper.run.session import Session
from scraper.run.writing import write_visits
from scraper.store.crawls.frontier import HostRow, RobotsRow, Step

TOGETHER = 8  # answers in a transaction at most


class Writing:
    """What is ready to be written, each with its group: one answer of a group, and one of a blog.

    The crawl lets answers wait for each other only while nothing else could be asked for, and never judges another of
    the same blog before they are written.
    """

    def __init__(self, session: Session, rounds: Rounds, tally: Tally) -> None:
        self._session, self._rounds, self._tally = session, rounds, tally
        self._ready: list[tuple[str, Settled]] = []
        self._memory = MemoryKeeper()

    def __len__(self) -> int:
        return len(self._ready)

    @property
    def is_full(self) -> bool:
        return len(self._ready) >= TOGETHER

    def add(self, group: str, settled: Settled) -> None:
        """Takes an answer of a group, which is written with the next `write`."""
        self._ready.append((group, settled))

    def has_of(self, crawl_id: int) -> bool:
        """Whether something of this blog is ready."""
        return any(address.crawl_id == crawl_id for _, settled in self._ready for address in settled.addresses[:1])

    def write(self) -> list[str]:
        """Stores what is ready in one transaction; the groups of it."""
        ready, self._ready = self._ready, []
        if ready:
            self._store([settled for _, settled in ready], [self._step(settled, group) for group, settled in ready])
        return [group for group, _ in ready]

    def write_all(self, settled: Sequence[Settled]) -> None:
        """Stores what nobody was asked for, in one transaction."""
        if settled:
            self._store(settled, [self._step(each, None) for each in settled])

    def write_one(self, settled: Settled, group: str | None = None, robots: RobotsRow | None = None) -> None:
        """Stores an answer by itself."""
        self._store([settled], [self._step(settled, group, robots)])

    def _step(self, settled: Settled, group: str | None, robots: RobotsRow | None = None) -> Step:
        host = None
        if group is not None:
            pace = self._rounds.pace(group)
            host = HostRow(group, pace.ready_at, pace.latency, pace.failures, pace.waits_for)
        return Step(settled.addresses, host, robots, settled.listing)

    def _store(self, settled: Sequence[Settled], steps: Sequence[Step]) -> None:
        """Stores what came with what it changes of the frontier, in one transaction; then tells of it."""
        stored = iter(write_visits(self._session, [visit for each in settled for visit in each.visits], steps))
        now = self._session.watcher.clock()
        for each in settled:
            self._memory.count()
            visits = list(islice(stored, len(each.visits)))
            self._rounds.add((address.group for address in each.addresses if _is_due(address, now)), now)
            if each.ended is not None:
                self._session.end(visits[-1])
                self._tally.end(each.addresses[0].crawl_id, visits[-1].state)


def _is_due(address: Address, now: datetime) -> bool:
    return address.due_at is not None and address.due_at <= now
