"""`reparse`: all captures of an archive read again by today's extractor, and what that changes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from scraper import __version__
from scraper.model import Visit
from scraper.run.batch import Batch
from scraper.run.boundary import Mishap
from scraper.run.captured import Reading, visit_of
from scraper.run.leftovers import open_session
from scraper.run.memory import MemoryKeeper
from scraper.run.readers import Processes
from scraper.run.recipes import LoadedRecipe
from scraper.run.report import Report
from scraper.run.scratch import scratch_folder
from scraper.run.session import Session
from scraper.run.upkeep.rereading import WITHHELD, Stored, read_again
from scraper.run.upkeep.warc_folders import refuse_missing
from scraper.run.watcher import Watcher
from scraper.run.writing import write_visits
from scraper.settings import Settings
from scraper.store.connection import copy_any_version, refuse_empty
from scraper.store.upkeep.reparse import Changes, Queued, Reread

SLICE = 500  # captures of the queue in memory
MOST_TOGETHER = 300  # pages of one post that are written in one transaction, whatever their size


@dataclass(frozen=True, slots=True)
class Reparsed:
    """The tally of a reparse, and what it has changed, with the earlier runs of one that was cut short."""

    report: Report
    changes: Changes


def reparse(
    path: Path,
    settings: Settings,
    watcher: Watcher | None = None,
    recipe: LoadedRecipe | None = None,
    *,
    readers: int = 1,
    is_rehearsal: bool = False,
) -> Reparsed:
    """Reads all captures of the archive again, in so many processes (0: in this one), and writes what they say now.

    Of what today's extractor does not find any more the rows stay, and are counted as gone. So does all that was read
    of captures out of which something was forgotten since: these are not read. Cut short, the next
    reparse goes on where this one was. A rehearsal does it all in a copy of the database, which is thrown away.
    """
    watcher = watcher or Watcher()
    refuse_empty(path)
    with (
        _copied(path) if is_rehearsal else nullcontext(path) as database,
        open_session(database, "reparse", settings, watcher, recipe) as session,
    ):
        refuse_missing(session.archive, path, watcher.note)
        _Reparse(session, path.parent, settings.max_page_bytes).run(readers)
        return Reparsed(session.report, session.archive.reparses.changes())


class _Reparse:
    def __init__(self, session: Session, folder: Path, max_bytes: int) -> None:
        self._session, self._folder, self._max_bytes = session, folder, max_bytes
        self._book = session.archive.reparses
        self._batch = Batch(session, lambda visit: session.end(visit, "read"), self._write)
        self._read_to = 0
        self._together, self._pages = (0, 0), 0  # the post in hand, and how many of its pages
        self._memory = MemoryKeeper()

    def run(self, readers: int) -> None:
        watcher = self._session.watcher
        total, left = self._book.begin(__version__, watcher.clock())
        if left < total:
            watcher.note(f"goes on with {left} of {total} captures, where the last reparse was cut short")
        with Processes(self._session.archive.path, readers, self._session.known, read_again) as processes:
            for queued, reading in self._readings(processes):
                if watcher.stop.is_wanted:
                    return  # what waits may be half of a post, and is read again by the run that goes on
                self._take(queued, reading)
        self._batch.flush()
        self._session.archive.record((), (), None, (Reread(self._read_to),))
        self._book.end(watcher.clock())

    def _readings(self, processes: Processes[Stored, Reading | Mishap]) -> Iterator[tuple[Queued, Reading | Mishap]]:
        """Each capture of the queue in its order with what was read of it, some of them read ahead."""
        under_way: deque[Queued] = deque()

        def jobs() -> Iterator[Stored]:
            for queued in self._queue():
                under_way.append(queued)
                path, guesses = self._folder / queued.capture.warc_file, queued.is_stating and queued.role is None
                asked = (queued.role, queued.found_on)
                yield Stored(queued.capture, path, self._max_bytes, *asked, guesses, has_rows=True)

        for reading in processes.read_in_order(jobs(), lambda stored: stored.capture.payload_length):
            yield under_way.popleft(), reading

    def _queue(self) -> Iterator[Queued]:
        position = 0
        while found := self._book.queued(position, SLICE):
            yield from found
            position = found[-1].position

    def _take(self, queued: Queued, reading: Reading | Mishap) -> None:
        url = queued.capture.url
        self._memory.count()
        self._make_room(queued)
        if isinstance(reading, Mishap):
            self._session.archive.event("error", url, reading.message, reading.traceback or None)
            self._session.end(Visit(url, "failed", reading.message))
        elif reading.judgement == WITHHELD:
            self._session.end(Visit(url, "skipped", "something was forgotten out of it"), "forgotten")
        elif reading.page is None and not reading.stated:
            self._session.end(Visit(url, "skipped", "nothing to read"), "no page")
        else:
            self._batch.add(visit_of(self._session, queued.capture, reading))
        self._read_to = queued.position

    def _make_room(self, queued: Queued) -> None:
        """Writes what waits, where that may be: pages of one post belong into one batch, what states comments alone."""
        if queued.is_stating or queued.together[0] != self._together[0]:
            self._batch.flush()
        elif queued.together != self._together or self._pages >= MOST_TOGETHER:
            self._batch.make_room(queued.capture.url)
            self._pages = 0
        self._together = queued.together
        self._pages += 1

    def _write(self, session: Session, visits: Sequence[Visit]) -> Sequence[Visit]:
        return write_visits(session, visits, (Reread(self._read_to),), is_reread=True)


@contextmanager
def _copied(path: Path) -> Iterator[Path]:
    """A copy of the database, in a folder that has none of its segments and goes with it."""
    with scratch_folder() as folder:
        copy = folder / path.name
        copy_any_version(path, copy)
        yield copy
