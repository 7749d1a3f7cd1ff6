"""`take_captures`: what a segment holds that has no row, into the archive as the run that wrote it would have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import tee
from pathlib import Path

from scraper.capture.records import WarcRecord
from scraper.capture.recovery import read_captures
from scraper.errors import InputError
from scraper.model import Capture, Visit
from scraper.run.batch import Batch
from scraper.run.boundary import Mishap
from scraper.run.captured import Reading, visit_of
from scraper.run.memory import MemoryKeeper
from scraper.run.outcomes import Judgement
from scraper.run.readers import Processes
from scraper.run.reading import Knowledge
from scraper.run.session import Session
from scraper.run.upkeep.rereading import Stored, read_again
from scraper.run.writing import fail
from scraper.store.crawls.pictures import PICTURE
from scraper.text.urls import blog_host

Taken = tuple[Capture, Stored | None]  # None: a page of which the next capture is what its scripts made
RENDERED = Reading(Judgement("fetched", "rendered"))
Reads = Processes[Taken, "Reading | Mishap"]


def readers_of(session: Session, jobs: int = 0) -> Reads:
    """What reads captures for `take_captures`, in so many processes."""
    return Processes(session.archive.path, jobs, session.known, _read)


@dataclass(frozen=True, slots=True)
class Taking:
    """How captures are taken in: at most so many bytes of each, read by `reads`; `end` is told of each.

    With `guesses` a document is taken for one that was asked for because of its comments where it looks like one: the
    frontier that knew is lost. Of what was imported there never was one.
    """

    max_bytes: int
    reads: Reads
    end: Callable[[Visit], None] = lambda visit: None
    guesses: bool = False


def take_captures(session: Session, path: Path, offset: int, taking: Taking) -> None:
    """Gives each capture from there on that has no row one. Where the file cannot be read the run's events say so."""
    waiting = _Waiting(session, taking)
    found, to_read = tee(_found(session, path, offset, taking))
    readings = taking.reads.read_in_order(to_read, lambda taken: taken[0].payload_length)
    for reading, (capture, _) in zip(readings, found, strict=True):
        if session.watcher.stop.is_wanted:
            break
        waiting.add(capture, reading)
    waiting.flush()


def _read(taken: Taken, known: Knowledge) -> Reading | Mishap:
    _, stored = taken
    return read_again(stored, known) if stored else RENDERED


class _Waiting:
    """Captures that were read, on their way into the archive."""

    def __init__(self, session: Session, taking: Taking) -> None:
        self._session = session
        self._batch = Batch(session, taking.end)
        self._blogs: set[str | None] = set()  # of the fetched pages that wait to be written
        self._memory = MemoryKeeper()

    def add(self, capture: Capture, reading: Reading | Mishap) -> None:
        self._memory.count()
        self._make_room(capture, reading)
        if self._session.archive.holds(capture.url, capture.payload_sha256, capture.fetched_at):
            return
        if isinstance(reading, Mishap):
            self._batch.add(fail(self._session, Visit(capture.url, "failed", None, capture), reading))
        else:
            if _is_ours_again(capture, reading):
                self._batch.flush()  # what it refers to may wait
                reading = _as_picture(self._session, capture, reading)
            self._batch.add(visit_of(self._session, capture, reading))

    def flush(self) -> None:
        self._batch.flush()

    def _make_room(self, capture: Capture, reading: Reading | Mishap) -> None:
        """Writes what waits, as the run did: what was fetched of a blog page by page, what states comments alone."""
        self._batch.make_room(capture.url)
        if capture.origin == "fetch" and isinstance(reading, Reading) and (reading.page or reading.stated):
            host = blog_host(capture.url)
            if host in self._blogs:
                self._batch.flush()
                self._blogs.clear()
            self._blogs.add(host)


def _found(session: Session, path: Path, offset: int, taking: Taking) -> Iterator[Taken]:
    """The captures of the segment, but for those that have a row; as far as it can be read."""
    before: Stored | None = None
    try:
        for record, capture in read_captures(path, taking.max_bytes, offset):
            if before is not None:
                yield before.capture, None if _is_what_scripts_made(record, before.capture) else before
                before = None
            if not session.archive.holds(capture.url, capture.payload_sha256, capture.fetched_at):
                guesses = taking.guesses or capture.origin == "warc"
                before = Stored(capture, path, taking.max_bytes, guesses=guesses)
    except InputError as error:
        session.archive.event("error", str(path), error.message)
    if before is not None:
        yield before.capture, before


def _is_what_scripts_made(record: WarcRecord, before: Capture) -> bool:
    """Whether the record is what a browser's scripts made of the page that was captured before it."""
    is_of_it = record.kind == "conversion" and record.header.get("WARC-Refers-To") == before.record_id
    return is_of_it and before.origin == "fetch"


def _is_ours_again(capture: Capture, reading: Reading) -> bool:
    """Whether we fetched the same bytes before, which we only note of pictures."""
    return capture.origin == "fetch" and reading.judgement.reason == "revisit"


def _as_picture(session: Session, capture: Capture, reading: Reading) -> Reading:
    """The reading with the type of the picture that the record only refers to."""
    asked = session.archive.pictures.reason_of(capture.payload_sha256) or ""
    return replace(reading, judgement=Judgement("fetched", asked)) if asked.startswith(PICTURE) else reading
