"""`Archive`: the database of an archive, opened for writing; nothing else writes to it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from scraper.errors import ArchiveError
from scraper.model import Capture, Profile, RebuildIndex, RecipeText, RemoveRows, Thread, Visit
from scraper.store.batch import Counts, write_batch
from scraper.store.cleaning import storable
from scraper.store.connection import archive_path, named_errors, open_for_reading, open_for_writing
from scraper.store.crawls import removing
from scraper.store.crawls.frontier import Frontier, Step
from scraper.store.crawls.pictures import PictureShelf
from scraper.store.crawls.removing import Removal
from scraper.store.planning.times import utc_text
from scraper.store.profiles import add_profile, load_profile, profiled_hosts
from scraper.store.takedowns import forget_book
from scraper.store.takedowns.forget_book import ForgetBook
from scraper.store.takedowns.forgotten import Forgotten
from scraper.store.takedowns.withhold import scrubbed, withhold
from scraper.store.upkeep.mending import mend
from scraper.store.upkeep.reparse import ReparseBook
from scraper.store.upkeep.segment_names import SegmentNames
from scraper.text.urls import url_key


class Writable(Protocol):
    """What goes into the database in the transaction of the visits that it belongs to."""

    def write(self, connection: sqlite3.Connection) -> None: ...


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


class Archive:
    """An archive's database, created where there is none. Use it in a `with` block, or call `close`.

    A link is the archive that it leads to. One of an older version is upgraded; `copy` is then where it is kept as it
    was, else None.
    Raises ArchiveError for a file that is not an archive, damaged, or cannot be written; ArchiveTooNew for one of a
    newer version; ArchiveLocked where another program holds the write lock too long.
    """

    def __init__(self, path: Path | str, *, readonly: bool = False, now: Callable[[], datetime] = utc_now) -> None:
        self.path = archive_path(path)
        self._readonly = readonly
        self._now = now
        self._run_id: int | None = None
        self._forgotten: tuple[int, Forgotten] = (0, Forgotten())  # the list, with the state that it was read in
        self.copy: Path | None = None
        self._connection = open_for_reading(self.path) if readonly else open_for_writing(self.path, self._note_copy)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _note_copy(self, copy: Path) -> None:
        self.copy = copy

    def close(self) -> None:
        """Closes the database; what was recorded is in it already."""
        self._connection.close()

    @property
    def warc_folder(self) -> Path:
        """The folder of the archive's segments: 'voices.warc' beside 'voices.db'."""
        return self.path.with_suffix(".warc")

    def holds(self, url: str, payload_sha256: str, fetched_at: datetime | None) -> bool:
        """Whether this very capture is here: same URL, same payload, same time (to the second; None is its own)."""
        at = utc_text(fetched_at) if fetched_at else ""
        with named_errors(self.path):
            row = self._connection.execute(_HOLDS, (payload_sha256, url, at)).fetchone()
            return row is not None

    def held(self, url: str, payload_sha256: str, fetched_at: datetime | None) -> bool:
        """Whether this very capture was here, before what it showed was forgotten."""
        return self.forgotten.has_capture(url, payload_sha256, utc_text(fetched_at) if fetched_at else None)

    def holds_newest(self, url: str, payload_sha256: str, content_type: str) -> bool:
        """Whether of this URL's captures of this type the newest has this payload."""
        with named_errors(self.path):
            row = self._connection.execute(_HOLDS_NEWEST, (payload_sha256, url, content_type)).fetchone()
        return row is not None

    def has_capture(self, url: str, fetched_at: datetime | None) -> bool:
        """Whether a capture of this URL's page at this time is here, whatever its payload."""
        at = utc_text(fetched_at) if fetched_at else None
        with named_errors(self.path):
            row = self._connection.execute(_HAS_CAPTURE, (url_key(url), at)).fetchone()
        return row is not None

    def captured_to(self, warc_file: str) -> int:
        """Where in this segment the last record ends that has a row, or had one until its blog was removed, in bytes.

        0 if none has.
        """
        with named_errors(self.path):
            row = self._connection.execute(_CAPTURED_TO, (warc_file,)).fetchone()
        return max(int(row[0]) if row else 0, self.removed_to(warc_file))

    def removed_to(self, warc_file: str) -> int:
        """Where in this segment the last record ended that had a row when a blog with captures in it was removed."""
        with named_errors(self.path):
            row = self._connection.execute("SELECT read_to FROM segments_read WHERE warc_file = ?", (warc_file,))
            return int((row.fetchone() or (0,))[0])

    def record(
        self,
        visits: Sequence[Visit],
        threads: Sequence[Thread] = (),
        now: datetime | None = None,
        steps: Sequence[Writable] = (),
        is_reread: bool = False,
    ) -> Counts:
        """What was written of these visits, in one transaction: all of it, or on any error none.

        The same visits again write nothing. `threads` are the joined comments of the posts that the visits' pages
        belong to; a post without a thread gets the comments of its pages. The captures must be on disk and synced.
        `steps` are what the visits change of the frontier, or of a reparse, which reads them again (`is_reread`).
        """
        moment = now or self._now()
        try:
            return self._record(visits, threads, moment, steps, is_reread)
        except (UnicodeEncodeError, OverflowError):  # what SQLite cannot hold; looked for only when it is there
            return self._record(storable(tuple(visits)), storable(tuple(threads)), moment, steps, is_reread)

    def _record(
        self,
        visits: Sequence[Visit],
        threads: Sequence[Thread],
        now: datetime,
        steps: Sequence[Writable],
        is_reread: bool,
    ) -> Counts:
        with self._transaction() as connection:
            forgotten = self._withheld()
            if forgotten:
                left = withhold(forgotten, visits, threads)
                visits, threads = left.visits, left.threads
                forget_book.note_to_clear(connection, left.cleared, is_whole=False)
                forget_book.note_to_clear(connection, left.whole, is_whole=True)
                steps = [step.without(forgotten.has_url) if isinstance(step, Step) else step for step in steps]
            counts = write_batch(connection, visits, threads, now, is_reread=is_reread, is_kept=bool(forgotten))
            for step in steps:
                step.write(connection)
            return counts

    def _withheld(self) -> Forgotten:
        """The list of the forgotten, read anew where it has grown."""
        state = forget_book.newest_entry(self._connection)
        if state != self._forgotten[0]:
            self._forgotten = (state, forget_book.load_forgotten(self._connection))
        return self._forgotten[1]

    @property
    def forgotten(self) -> Forgotten:
        """What was taken out on request, and is not to come in again."""
        with named_errors(self.path):
            return self._withheld()

    @property
    def forget_book(self) -> ForgetBook:
        """Requests to forget, and what is left to do of them."""
        return ForgetBook(self._reading, self._transaction)

    @property
    def frontier(self) -> Frontier:
        """What is known of the blogs that are crawled."""
        return Frontier(self._reading, self._transaction)

    @property
    def pictures(self) -> PictureShelf:
        """What is known of the pictures that pages show."""
        return PictureShelf(self._reading, self._transaction)

    @property
    def segment_names(self) -> SegmentNames:
        """The segments in which rows look for captures."""
        return SegmentNames(self._reading, self._transaction)

    @property
    def reparses(self) -> ReparseBook:
        """What is to be read again, and what that has changed."""
        return ReparseBook(self._reading, self._transaction)

    def keep_recipe(self, recipe: RecipeText, now: datetime) -> None:
        """Keeps the recipe, in place of another of its name; one that was replaced may come back."""
        at = utc_text(now)
        with self._transaction() as connection:
            connection.execute(_END_RECIPES, (at, recipe.name, recipe.sha256))
            connection.execute(_KEEP_RECIPE, (recipe.sha256, recipe.name, recipe.kind, recipe.text, at))

    def recipes(self) -> tuple[RecipeText, ...]:
        """The recipes that are current, the newest first."""
        with named_errors(self.path):
            rows = self._connection.execute(_RECIPES).fetchall()
        return tuple(RecipeText(*row) for row in rows)

    def start_run(self, command: str, settings_json: str, version: str, now: datetime) -> int:
        """The id of the run that begins; later events belong to it. The caller holds the writer lock.

        Whatever run has no end by now was killed: it ends here, without an exit code, and with an event.
        """
        with self._transaction() as connection:
            for (killed,) in connection.execute(_OPEN_RUNS).fetchall():
                connection.execute(_END_RUN, (utc_text(now), killed))
                connection.execute(_ADD_EVENT, (killed, utc_text(now), "warning", None, _KILLED, None))
            cursor = connection.execute(_START_RUN, (command, settings_json, version, utc_text(now)))
            self._run_id = cursor.lastrowid
        assert self._run_id is not None
        return self._run_id

    def finish_run(
        self, counts: Counts | Mapping[str, int], exit_code: int, now: datetime, reason: str | None = None
    ) -> None:
        """Writes the end of the run that was started, with its counts, and the reason where it was cut short."""
        numbers = asdict(counts) if isinstance(counts, Counts) else dict(counts)
        row = storable((utc_text(now), json.dumps(numbers), exit_code, reason, self._run_id))
        with self._transaction() as connection:
            connection.execute(_FINISH_RUN, row)

    def settle(self) -> None:
        """Brings what was recorded into the database's own file, as far as no reader is in the way.

        Its closing does so too, and says nothing where there is no room for it.
        """
        with named_errors(self.path):
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def event(self, level: str, url: str | None, message: str, traceback: str | None = None) -> None:
        """Writes what the run has to say of one input; `level` is 'info', 'warning' or 'error'."""
        told = scrubbed((url, message, traceback), self.forgotten.phrases)
        row = storable((self._run_id, utc_text(self._now()), level, *told))
        with self._transaction() as connection:
            connection.execute(_ADD_EVENT, row)

    def profile_of(self, host: str) -> Profile | None:
        """What was learned of the blog on this host (without 'www.'), as it is in force."""
        with named_errors(self.path):
            return load_profile(self._connection, host)

    def profiled_hosts(self) -> frozenset[str]:
        """The hosts of the blogs that something was learned of."""
        with named_errors(self.path):
            return profiled_hosts(self._connection)

    def add_profile(self, profile: Profile) -> None:
        """Writes what the run learned of a blog; it is in force from now on."""
        learned = scrubbed(storable(profile), self.forgotten.phrases)
        with self._transaction() as connection:
            add_profile(connection, learned, self._run_id, utc_text(self._now()))

    def mend(self, remedy: RebuildIndex | RemoveRows) -> None:
        """Carries out what a check proposed. The caller holds the writer lock."""
        with self._transaction() as connection:
            mend(connection, remedy)

    def count_blog(self, crawl_id: int, is_own: Callable[[str], bool], robots: Iterable[str]) -> Removal:
        """How much of the archive is only this crawled blog's; nothing is changed. See `removing.mark`."""
        with named_errors(self.path):
            self._connection.execute("BEGIN")
            try:
                removing.mark(self._connection, crawl_id, is_own, robots)
                return removing.count(self._connection, crawl_id)
            finally:
                self._connection.execute("ROLLBACK")

    def remove_blog(
        self,
        crawl_id: int,
        is_own: Callable[[str], bool],
        robots: Iterable[str],
        origins: Iterable[str],
        repeats: Sequence[Capture] = (),
    ) -> Removal:
        """Removes a crawled blog, and says what was removed. The caller holds the writer lock.

        :param repeats: captures behind the last record with a row of their segment, which `holds` anyway.
        """
        with self._transaction() as connection:
            removing.mark(connection, crawl_id, is_own, robots)
            removed = removing.count(connection, crawl_id, repeats)
            removing.remove(connection, crawl_id, origins, repeats)
            return removed

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with named_errors(self.path):
            yield self._connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        if self._readonly:
            raise ArchiveError("opened for reading only", str(self.path))
        with named_errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk may have ended it already
                    self._connection.execute("ROLLBACK")
                raise


_HOLDS = "SELECT 1 FROM captures WHERE payload_sha256 = ? AND url = ? AND coalesce(fetched_at, '') = ?"
_HOLDS_NEWEST = """
SELECT 1 FROM captures AS held WHERE payload_sha256 = ? AND url = ? AND content_type = ? AND NOT EXISTS (
  SELECT 1 FROM captures AS other WHERE other.page_id = held.page_id AND other.content_type = held.content_type
  AND (coalesce(other.fetched_at, ''), other.id) > (coalesce(held.fetched_at, ''), held.id))"""
_HAS_CAPTURE = """
SELECT 1 FROM pages JOIN captures ON captures.page_id = pages.id WHERE url_key = ? AND fetched_at IS ?"""
_CAPTURED_TO = """
SELECT warc_offset + warc_length FROM captures WHERE warc_file = ? ORDER BY warc_offset DESC LIMIT 1"""
_END_RECIPES = "UPDATE recipes SET until = ? WHERE name = ? AND sha256 <> ? AND until IS NULL"
_KEEP_RECIPE = """
INSERT INTO recipes (sha256, name, kind, text, since) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (sha256) DO UPDATE SET name = excluded.name, until = NULL
WHERE until IS NOT NULL OR name <> excluded.name"""
_RECIPES = "SELECT name, kind, text, sha256 FROM recipes WHERE until IS NULL ORDER BY since DESC, name"
_KILLED = "interrupted: the process ended before the run did"
_OPEN_RUNS = "SELECT id FROM runs WHERE finished_at IS NULL"
_END_RUN = "UPDATE runs SET finished_at = ? WHERE id = ?"
_START_RUN = "INSERT INTO runs (command, settings, version, started_at) VALUES (?, ?, ?, ?)"
_FINISH_RUN = "UPDATE runs SET finished_at = ?, counts = ?, exit_code = ?, stop_reason = ? WHERE id = ?"
_ADD_EVENT = "INSERT INTO run_events (run_id, at, level, url, message, traceback) VALUES (?, ?, ?, ?, ?, ?)"
