"""`open_session`: a run's session, once what a killed run left behind is in the archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scraper.capture.records import WarcRecord
from scraper.capture.recovery import Mended, discard, find_segments, finish, is_sealed, mend, read_captures
from scraper.errors import InputError
from scraper.model import Capture, Visit
from scraper.run.batch import Batch
from scraper.run.captured import visit_of
from scraper.run.recipes import LoadedRecipe
from scraper.run.rereading import read_as_written
from scraper.run.session import Session
from scraper.run.watcher import Watcher
from scraper.settings import Settings


@contextmanager
def open_session(
    path: Path, command: str, settings: Settings, watcher: Watcher, recipe: LoadedRecipe | None = None
) -> Iterator[Session]:
    """The session of a run, to be used in a `with` block.

    Before it, every whole record of the archive's segments that has no row gets one, read as the run that wrote it
    would have; torn ends are cut off and kept aside, and the segments sealed. The caller is told in one line, and the
    run's events say it by segment. Interrupted, it goes on in the next run.
    """
    with Session(path, command, settings, watcher, recipe) as session:
        found = list(_take_all(session, settings.max_page_bytes))
        session.report.is_damaged = any(each.is_damage for each in found)
        if any(each.is_news for each in found):
            watcher.note(_summary(found))
        yield session


@dataclass(frozen=True, slots=True)
class _Leftover:
    """What was found in one segment: new captures, the file with its torn end, and what is beyond repair."""

    segment: str
    captures: int
    torn: Path | None = None
    damaged: int = 0  # places that cannot be read
    is_short: bool = False  # rows point beyond its end

    @property
    def is_news(self) -> bool:
        """Whether there is more to say than that it was not sealed."""
        return bool(self.captures or self.torn or self.is_damage)

    @property
    def is_damage(self) -> bool:
        """Whether something is lost that the archive had."""
        return bool(self.damaged or self.is_short)


def _take_all(session: Session, max_bytes: int) -> Iterator[_Leftover]:
    for path in find_segments(session.archive.warc_folder):
        if session.watcher.stop.signal is not None:
            return
        leftover = _take_unsealed(session, path, max_bytes)
        if leftover is not None:
            yield leftover


def _take_unsealed(session: Session, path: Path, max_bytes: int) -> _Leftover | None:
    """What the segment held for the archive; None where that was nothing, or where somebody is writing it.

    A sealed one is looked at too, behind its last record with a row: the database may be older than its segments,
    because it is a restored copy or the power failed, or new.
    """
    segment = f"{path.parent.name}/{path.name}"
    known = session.archive.captured_to(segment)
    if is_sealed(path):
        captures = _take_captures(session, path, max_bytes, known) if path.stat().st_size > known else 0
        return _told(session, _Leftover(segment, captures)) if captures else None
    mended = mend(path, known)
    if mended is None:
        return None
    start = max(mended.start, session.archive.removed_to(segment))
    captures = _take_captures(session, path, max_bytes, start)
    leftover = _Leftover(segment, captures, mended.torn, mended.damaged, known > mended.length)
    if session.watcher.stop.signal is None:  # else there may be more in it
        _told(session, leftover)
        _close(mended, keep=known > 0)
    return leftover


def _close(mended: Mended, keep: bool) -> None:
    if mended.holds_captures or keep:
        finish(mended)
    else:
        discard(mended)


def _take_captures(session: Session, path: Path, max_bytes: int, offset: int = 0) -> int:
    """How many captures from there on had no row; they have one now."""
    stored: list[str] = []
    batch = Batch(session, lambda visit: stored.append(visit.url))
    try:
        for record, capture in read_captures(path, max_bytes, offset):
            if session.watcher.stop.signal is not None:
                break
            batch.make_room(capture.url)
            if not session.archive.holds(capture.url, capture.payload_sha256, capture.fetched_at):
                batch.add(_visit(session, record, capture))
    except InputError as error:
        session.archive.event("error", str(path), error.message)
    batch.flush()
    return len(stored)


def _visit(session: Session, record: WarcRecord, capture: Capture) -> Visit:
    """The visit as the run that wrote the record would have recorded it."""
    return visit_of(session, capture, read_as_written(record, capture, session.known))


def _told(session: Session, leftover: _Leftover) -> _Leftover:
    """The leftover, once the run's events tell of it."""
    level = "error" if leftover.is_damage else "warning" if leftover.is_news else "info"
    session.archive.event(level, leftover.segment, _summary([leftover]))
    return leftover


def _summary(found: Sequence[_Leftover]) -> str:
    """One line of what a run that did not end well had left."""
    captures = sum(each.captures for each in found)
    torn = [f"{each.segment}.torn" for each in found if each.torn]
    damaged = sum(each.damaged for each in found)
    short = [each.segment for each in found if each.is_short]
    parts = [
        f"{captures} {'capture' if captures == 1 else 'captures'} that had no row" if captures else "",
        f"a torn end, kept as {', '.join(torn)}" if torn else "",
        f"{damaged} damaged {'place' if damaged == 1 else 'places'} left as found" if damaged else "",
        f"captures beyond the end of {', '.join(short)} are lost" if short else "",
    ]
    return f"recovered from a run that was cut short: {'; '.join(filter(None, parts)) or 'nothing was missing'}"
