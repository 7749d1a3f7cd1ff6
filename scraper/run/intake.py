"""`Intake`: what every import does with a capture, whether it came from a file or a WARC."""

from __future__ import annotations

from datetime import datetime

from scraper.model import Capture, Page, Visit
from scraper.run.batch import Batch
from scraper.run.boundary import Mishap
from scraper.run.outcomes import Judgement
from scraper.run.session import Session
from scraper.run.writing import fail


class Intake:
    """The session's archive as imports see it: each input is either counted here or added to the batch."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._batch = Batch(session)

    def drop(self, visit: Visit, state: str | None = None) -> None:
        """Counts an input that leaves no row of its own but, where it failed, an event."""
        if visit.state == "failed":
            self.session.archive.event("error", visit.url, visit.reason or "failed")
        self.session.end(visit, state)

    def is_held(self, url: str, digest: str, fetched_at: datetime | None) -> bool:
        """Whether the archive has this very capture; then it is counted as held and done with."""
        self._batch.make_room(url)
        if not self.session.archive.holds(url, digest, fetched_at):
            return False
        self.drop(Visit(url, "skipped", "held already"), "held")
        return True

    def add(
        self, capture: Capture, judgement: Judgement, page: Page | Mishap | None, notices: tuple[str, ...] = ()
    ) -> None:
        """Hands a stored capture, and what was read of it, to the batch."""
        read = page if isinstance(page, Page) else None
        visit = Visit(capture.url, judgement.state, judgement.reason, capture, read, notices)
        self._batch.add(fail(self.session, visit, page) if isinstance(page, Mishap) else visit)

    def flush(self) -> None:
        """Writes what waits."""
        self._batch.flush()
