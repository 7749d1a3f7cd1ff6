"""`make_shard`: one WARC read into a shard of its own, which appears when it is whole."""

from __future__ import annotations

import math
import resource
import shutil
import sys
import time
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

from scraper import __version__
from scraper.capture.captures import is_capture
from scraper.capture.public import public_record
from scraper.capture.records import DamagedRecord, Place, WarcRecord, read_records, read_records_at
from scraper.errors import ArchiveError, InputError, ScraperError
from scraper.model import Visit
from scraper.run.batch import Batch
from scraper.run.boundary import PAGE_SECONDS, Mishap, attempt
from scraper.run.captured import Reading, read_captured, visit_of
from scraper.run.importing.inputs import Input
from scraper.run.lessons import learn_from_inputs
from scraper.run.memory import MemoryKeeper, calm_collector
from scraper.run.outcomes import Judgement
from scraper.run.processing.attempts import Attempt
from scraper.run.processing.manifest import NO_CAPTURE, Entry, Manifest
from scraper.run.processing.page_limits import deadline_of, limited_memory
from scraper.run.processing.shelf import MANIFEST, Shard, Shelf
from scraper.run.session import Session
from scraper.run.stating import may_state, with_statement
from scraper.run.watcher import Watcher
from scraper.settings import Settings

Form = Literal["sqlite", "parquet"]
DEADLY = "two processes ended while they read it"


@dataclass(frozen=True, slots=True)
class Task:
    """One WARC, and the shard that it is to become. `page_seconds` is CPU time, `memory` in bytes.

    `is_alone`: in a process that may end without harm to others.
    """

    warc: Path
    name: str
    out: Path
    form: Form = "sqlite"
    settings: Settings = field(default_factory=Settings)
    page_seconds: float = PAGE_SECONDS
    memory: int | None = None
    is_alone: bool = True


@dataclass(frozen=True, slots=True)
class NoShard:
    """Why there is none of a WARC, in one line."""

    reason: str
    traceback: str | None = None
    is_environment: bool = False  # damage to the disk and the like: other tasks would end so too
    is_short: bool = False  # of room on the disk


class ShortOfRoom(ArchiveError):
    """The disk that the shard is written to is nearly full."""


def make_shard(task: Task) -> Shard | NoShard:
    """The shard of the task's WARC, which stands in its place then; or why there is none. Never raises."""
    try:
        made = attempt(partial(_made, task))
    except InputError as error:
        return NoShard(error.message)
    except BlockingIOError:
        return NoShard("another process is at it")
    except ShortOfRoom as error:
        return NoShard(error.message, is_short=True)
    except ScraperError as error:
        return NoShard(str(error), is_environment=True)
    except OSError as error:
        if str(error.filename) == str(task.warc):  # the one file is at fault, not the disk
            return NoShard(f"cannot be read: {error.strerror}")
        return NoShard(str(error), is_environment=True)
    return NoShard(made.message, made.traceback) if isinstance(made, Mishap) else made


def _made(task: Task) -> Shard:
    calm_collector()
    shelf = Shelf(task.out)
    begun = time.process_time()
    before = task.warc.stat()
    with Attempt(shelf.attempts(task.name)) as tries:
        found = shelf.shard(task.name)
        if found is not None and found.is_of(task.warc, task.form):  # by another process, since it was looked for
            tries.end()
            return found
        draft = shelf.draft(task.name)
        try:
            with Manifest(draft / MANIFEST) as manifest:
                stored = _fill(task, draft / f"{task.name}.db", manifest, tries)
        except (InputError, ShortOfRoom):
            shutil.rmtree(draft)
            tries.end()
            raise
        if task.form == "parquet":
            _turn_into_parquet(draft, task.name)
        tally = manifest.tally
        shard = Shard(
            name=task.name,
            warc=str(task.warc),
            size=before.st_size,
            modified=before.st_mtime_ns,
            form=task.form,
            version=__version__,
            records=tally.states.total(),
            states=dict(sorted(tally.states.items())),
            stored=stored,
            pages=tally.pages,
            cpu_seconds=round(time.process_time() - begun, 3),
            peak_memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024),
            slowest=asdict(tally.slowest) if tally.slowest else None,
        )
        shelf.place(shard, draft)
        tries.end()
        return shard


def _fill(task: Task, db: Path, manifest: Manifest, tries: Attempt) -> dict[str, int]:
    """Reads the WARC into a new archive as an import does; what was written, by its kind."""
    with Session(db, "process", task.settings, Watcher()) as session:
        learn_from_inputs(session, [Input(task.warc, "warc")], task.settings.max_page_bytes)
        _Filling(task, session, manifest, tries).run()
        return dict(sorted(session.report.stored.items()))


class _Filling:
    def __init__(self, task: Task, session: Session, manifest: Manifest, tries: Attempt) -> None:
        self._task, self._session, self._manifest, self._tries = task, session, manifest, tries
        self._batch = Batch(session, self._end, longest=math.inf)  # by no clock: each attempt writes the same
        self._put_off: set[Place] = set()  # of what may state comments, until their posts are held
        self._memory = MemoryKeeper()

    def run(self) -> None:
        """Reads every record; InputError where the file has none."""
        path, most = self._task.warc, self._task.settings.max_page_bytes
        for record in read_records(path, most):
            self._look_for_room()
            if isinstance(record, DamagedRecord):
                self._drop(Entry(record.offset, None, None), "damaged", record.reason)
            elif is_capture(record):
                self._take(record, record.url or "")
            else:
                self._session.report.records[record.kind] += 1
                self._manifest.end(Entry(record.offset, record.kind, record.url), NO_CAPTURE)
        for record in read_records_at(path, self._put_off, most):
            self._look_for_room()
            self._take(record, record.url or "", is_last=True)
        self._batch.flush()
        if not self._manifest.tally.states:
            raise InputError("no WARC record in it", str(self._task.warc))

    def _look_for_room(self) -> None:
        if self._session.watcher.stop.for_room:
            raise ShortOfRoom(self._session.room.reason)

    def _take(self, record: WarcRecord, url: str, *, is_last: bool = False) -> None:
        entry = Entry(record.offset, record.kind, url)
        try:
            record = public_record(record, self._session.watcher.clock())
        except InputError as error:
            self._drop(entry, "damaged", error.message)
            return
        self._batch.make_room(url)
        if self._session.archive.holds(url, record.sha256, record.fetched_at):
            self._drop(entry, "held", None)
            return
        reading = self._read(record, url, entry, is_last)
        if not is_last and may_state(reading.judgement):
            self._put_off.add((record.offset, record.inner))
            return
        capture = self._session.segment.write_copy(record)
        self._manifest.wait(entry)
        self._batch.add(visit_of(self._session, capture, reading))

    def _read(self, record: WarcRecord, url: str, entry: Entry, is_last: bool) -> Reading:
        """What the record says. A page that is too much for its limits has failed, and so has one that kills."""
        if entry.offset in self._tries.deadly:
            return Reading(Judgement("failed", DEADLY))
        self._memory.count()
        self._tries.come_to(entry.offset)
        begun = time.process_time()
        task = self._task
        try:
            with deadline_of(task.page_seconds if task.is_alone else None), limited_memory(task.memory):
                reading = read_captured(record, url, self._session.known, task.page_seconds)
                return with_statement(reading, record) if is_last else reading
        finally:  # also where a person ends it: that is no fault of the page
            self._tries.leave()
            entry.seconds = time.process_time() - begun

    def _drop(self, entry: Entry, state: str, reason: str | None) -> None:
        """Ends a record that leaves no row; a damaged one leaves an event."""
        if reason is not None:
            self._session.archive.event("error", f"{self._task.warc}@{entry.offset}", f"damaged record: {reason}")
        self._session.report.states[state] += 1
        self._manifest.end(entry, state, reason)

    def _end(self, visit: Visit) -> None:
        self._session.end(visit)
        self._manifest.end_first(visit)


def _turn_into_parquet(draft: Path, name: str) -> None:
    """Leaves the archive's tables as Parquet files, and nothing else of it."""
    from scraper.export.parquet_tables import write_tables

    db = draft / f"{name}.db"
    write_tables(db, draft)
    for path in draft.glob(f"{name}.db*"):
        path.unlink()
    shutil.rmtree(db.with_suffix(".warc"), ignore_errors=True)
