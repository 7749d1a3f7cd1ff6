"""`Batch`: visits on their way into the archive together."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from operator import attrgetter

from scraper.model import Comment, Page, Post, Visit
from scraper.run.session import Session
from scraper.run.writing import write_visits

MOST = 100  # pages in a transaction
LARGEST = 8_000_000  # characters of what was read of them: a few books, so that memory stays flat
LONGEST = 1.0  # seconds until what is in hand is written
Write = Callable[[Session, Sequence[Visit]], Sequence[Visit]]
_VALUE_OF = attrgetter("value")


class Batch:
    """Visits that wait to be written: all their captures synced once, then one transaction. `flush` ends it.

    `end` is told of each as it was stored. A second capture of a URL goes into the next batch, since pages joined into
    one thread have to be of one time; what states comments apart from their pages has one of its own. None waits for
    more than `longest` seconds, which is a second unless said.
    """

    def __init__(
        self, session: Session, end: Callable[[Visit], None], write: Write | None = None, longest: float | None = None
    ) -> None:
        self._session = session
        self._end = end
        self._write = write or write_visits
        self._longest = LONGEST if longest is None else longest
        self._visits: list[Visit] = []
        self._urls: set[str] = set()
        self._size = 0
        self._since = 0.0

    def make_room(self, url: str) -> None:
        """Writes what waits if that is much, has waited long, states comments, or has the URL among it."""
        full = len(self._visits) >= MOST or self._size >= LARGEST or time.monotonic() - self._since >= self._longest
        if self._visits and (full or url in self._urls or self._visits[-1].stated):
            self.flush()

    def add(self, visit: Visit) -> None:
        if visit.stated:
            self.flush()
        if not self._visits:
            self._since = time.monotonic()
        self._visits.append(visit)
        self._urls.add(visit.url)
        self._size += _size(visit.page) if visit.page else 0

    def flush(self) -> None:
        """Writes all that waits, and tells how it ended."""
        visits, self._visits, self._urls, self._size = self._visits, [], set(), 0
        if visits:
            for stored in self._write(self._session, visits):
                self._end(stored)


def _size(page: Page) -> int:
    """About how many characters the page holds, by its large fields."""
    texts: list[Post | Comment] = [*page.comments, *([page.post] if page.post else [])]
    return sum(len(each.html) + len(each.text) for each in texts) + sum(map(len, map(_VALUE_OF, page.claims)))
