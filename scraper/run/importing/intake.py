"""`Intake`: what every import does with a capture, whether it came from a file or a WARC."""

from __future__ import annotations

from datetime import datetime

from scraper.capture.records import Place
from scraper.model import Capture, Visit
from scraper.run.batch import Batch
from scraper.run.captured import Reading, visit_of
from scraper.run.session import Session


class Intake:
    """The session's archive as imports see it: each input is either counted here or added to the batch.

    With `keep_private` the addresses of mail and network of those who commented are kept. `put_off` are the places of
    records, by the name of their file, that are to be read when all others are: what states comments on posts.
    """

    def __init__(self, session: Session, *, keep_private: bool = False) -> None:
        self.session, self.keep_private = session, keep_private
        self.put_off: dict[str, set[Place]] = {}
        self._batch = Batch(session, session.end)

    def drop(self, visit: Visit, state: str | None = None) -> None:
        """Counts an input that leaves no row of its own but, where it failed, an event."""
        if visit.state == "failed":
            self.session.archive.event("error", visit.url, visit.reason or "failed")
        elif state is None:
            self.session.report.skip(visit.url, visit.reason or "not read")
        self.session.end(visit, state)

    def is_held(self, url: str, digest: str, fetched_at: datetime | None) -> bool:
        """Whether the archive has this very capture; then it is counted as held and done with."""
        archive = self.session.archive
        forgotten = archive.forgotten
        if forgotten.has_url(url):
            self.drop(Visit(url, "refused", "forgotten"), "refused")
            return True
        self._batch.make_room(url)
        is_held = archive.holds(url, digest, fetched_at)
        return self._held(url, is_held or (bool(forgotten) and archive.held(url, digest, fetched_at)))

    def is_unchanged(self, url: str, digest: str, content_type: str) -> bool:
        """As `is_held`, of what says the same as the newest capture of its kind, whenever that was made."""
        self._batch.make_room(url)
        return self._held(url, self.session.archive.holds_newest(url, digest, content_type))

    def _held(self, url: str, held: bool) -> bool:
        if not held:
            return False
        self.drop(Visit(url, "skipped", "held already"), "held")
        return True

    def add(self, capture: Capture, reading: Reading) -> None:
        """Hands a stored capture, and what was read of it, to the batch."""
        self._batch.add(visit_of(self.session, capture, reading))

    def flush(self) -> None:
        """Writes what waits, and one event for all inputs that were skipped for one reason."""
        self._batch.flush()
        for reason, number in self.session.report.skips.items():
            self.session.archive.event("info", None, f"{number} skipped: {reason}")
