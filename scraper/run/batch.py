"""`Batch`: visits on their way into the archive together."""

from __future__ import annotations

import time

from scraper.model import Visit
from scraper.run.session import Session
from scraper.run.writing import write_visits

MOST = 100  # pages in a transaction
LONGEST = 1.0  # seconds until what is in hand is written


class Batch:
    """Visits that wait to be written: all their captures synced once, then one transaction. `flush` ends it.

    A second capture of a URL goes into the next batch, since pages joined into one thread have to be of one time.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._visits: list[Visit] = []
        self._urls: set[str] = set()
        self._since = 0.0

    def make_room(self, url: str) -> None:
        """Writes what waits if that is much, has waited long, or has the URL among it."""
        full = len(self._visits) >= MOST or time.monotonic() - self._since >= LONGEST
        if self._visits and (full or url in self._urls):
            self.flush()

    def add(self, visit: Visit) -> None:
        if not self._visits:
            self._since = time.monotonic()
        self._visits.append(visit)
        self._urls.add(visit.url)

    def flush(self) -> None:
        """Writes all that waits, counts it and tells how it ended."""
        visits, self._visits, self._urls = self._visits, [], set()
        if visits:
            for stored in write_visits(self._session, visits):
                self._session.end(stored)
