"""`Session`: an archive opened for one run, with the writer lock, the run's row and its segment."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from scraper import __version__
from scraper.capture.lock import WriterLock
from scraper.capture.recovery import find_segments
from scraper.capture.segment import SegmentWriter
from scraper.errors import ArchiveError, ScraperError
from scraper.model import Profile, Visit
from scraper.run.reading import Knowledge
from scraper.run.recipes import FAILED, LoadedRecipe, stored_recipes
from scraper.run.report import Report
from scraper.run.room import Room
from scraper.run.upkeep.clearing import clear_segments, finish_swaps
from scraper.run.upkeep.forgotten_file import share_list
from scraper.run.upkeep.warc_folders import refuse_shared, take_over
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store.archive import Archive
from scraper.store.connection import archive_path, refuse_others
from scraper.store.upkeep.holdings import is_bare
from scraper.text.urls import blog_host

READER = (
    "another program reads the database: traces of what was forgotten may be in its files until the next command that"
    " writes"
)
FILLERS = ("import", "grab", "crawl", "merge")  # others, as of a shard, leave an archive also with nothing in it
MOST_PROFILES = 200  # held in memory
SOFTWARE = f"blog-to-sqlite/{__version__}"


class Session:
    """The run in progress; `report` is its tally, `segment` takes its captures, `recipes` are what pages are read with.

    On leaving by an exception the segment stays unsealed: it may hold records without a row, which the next run
    takes in. The run's row gets its counts and exit code in any case.
    """

    def __init__(
        self, path: Path, command: str, settings: Settings, watcher: Watcher, recipe: LoadedRecipe | None = None,
        options: Mapping[str, object] | None = None,
    ) -> None:  # fmt: skip
        path = archive_path(path)
        self.report = Report()
        self.watcher = watcher
        self.room = Room(path.parent, settings.min_free_bytes)
        self.archive: Archive
        self.segment: SegmentWriter
        self.recipes: tuple[LoadedRecipe, ...] = ()
        self._recipe = recipe
        self._path, self._command, self._settings, self._options = path, command, settings, options
        self._stack = ExitStack()
        self._profiled: frozenset[str] = frozenset()  # hosts
        self._profiles: dict[str, Profile | None] = {}

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(writer_lock(self._path, self._settings, self.watcher))
            now = self.watcher.clock()
            if self._command in FILLERS and not self._path.exists():
                stack.callback(self._take_away_if_bare)
            self.archive = stack.enter_context(Archive(self._path, now=self.watcher.clock))
            self.archive.start_run(self._command, _settings_json(self._settings, self._options), __version__, now)
            stack.push(self._finish)
            self._tell_of_upgrade()
            self._tell_of_renaming()
            finish_swaps(self.archive)
            share_list(self.archive, now)
            stack.push(self._clear)
            self.recipes = self._take_recipes(now)
            self._tell_of_proxy()
            self.look_for_room()
            self._profiled = self.archive.profiled_hosts()
            folder, size = self.archive.warc_folder, self._settings.segment_bytes
            self.segment = stack.enter_context(SegmentWriter.open(folder, now, SOFTWARE, size))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.__exit__(kind, error, at)

    def _tell_of_upgrade(self) -> None:
        """Says where an archive of an older version is kept as it was."""
        if self.archive.copy is not None:
            message = f"of an older version, and upgraded; as it was it is kept in {self.archive.copy}"
            self.watcher.note(f"{self._path}: {message}")
            self.archive.event("info", str(self._path), message)

    def _tell_of_renaming(self) -> None:
        """Lets rows name the segments in the archive's own folder that they have looked for elsewhere."""
        number = take_over(self.archive)
        if number:
            segments = "1 segment is" if number == 1 else f"{number:,} segments are"
            message = f"the archive had another name; its {segments} now looked for in {self.archive.warc_folder.name}"
            self.watcher.note(f"{self._path}: {message}")
            self.archive.event("info", str(self._path), message)

    def _tell_of_proxy(self) -> None:
        """Notes that requests went through a proxy: then names alone are judged, before it resolves them."""
        if self._settings.proxy:
            self.archive.event("info", None, "through a proxy: names were judged before it, addresses could not be")

    def _take_recipes(self, now: datetime) -> tuple[LoadedRecipe, ...]:
        """The recipe that was given, which the archive now has as well, and those that it had."""
        given = self._recipe
        if given is not None:
            self.archive.keep_recipe(given.text, now)
        held = stored_recipes(self.archive.recipes())
        return (*((given,) if given else ()), *(each for each in held if not given or each.text != given.text))

    def learn(self) -> None:
        """Takes notice of recipes and profiles that the archive got otherwise than by this run."""
        held = stored_recipes(self.archive.recipes())
        self.recipes += tuple(each for each in held if each.text not in [known.text for known in self.recipes])
        self._profiles, self._profiled = {}, self.archive.profiled_hosts()

    def look_for_room(self) -> None:
        """Lets the run stop after the page in hand where its disk is nearly full."""
        if not self.watcher.stop.for_room and self.room.is_short:
            self.watcher.stop.for_room = True
            self.archive.event("error", None, f"stopped: {self.room.reason}")

    def add(self, counts: dict[str, int]) -> None:
        """Adds what a transaction wrote to the tally."""
        self.report.stored.update(counts)

    @property
    def known(self) -> Knowledge:
        """What pages are read by."""
        return Knowledge(self.profile_of, self.recipes)

    def profile_of(self, url: str | None) -> Profile | None:
        """What the archive knows of the blog that the URL is on; looked up once a run and blog."""
        host = blog_host(url) if url else None
        if host is None or host not in self._profiled:
            return None
        if host not in self._profiles:
            if len(self._profiles) >= MOST_PROFILES:
                self._profiles.clear()
            self._profiles[host] = self.archive.profile_of(host)
        return self._profiles[host]

    def add_profile(self, profile: Profile) -> None:
        """Stores what was learned of a blog; pages are read by it from now on."""
        self.archive.add_profile(profile)
        self._profiles.pop(profile.host, None)
        self._profiled |= {profile.host}

    def end(self, visit: Visit, state: str | None = None) -> None:
        """Counts how an input ended, by its state or another name for it, and tells the caller."""
        self.report.states[state or visit.state] += 1
        for notice in visit.page.notices if visit.page else ():
            if notice.startswith(FAILED):
                self.report.fail_recipe(notice)
                self.archive.event("error", visit.url, notice)
        self.watcher.tell(visit)

    def _take_away_if_bare(self) -> None:
        """Leaves no archive where there was none, and nothing came in that it could hold.

        Not where the run was stopped: the archive says why, and the next run goes on.
        """
        path = self._path
        if self.watcher.stop.is_wanted or not path.exists():
            return
        if is_bare(path) and not find_segments(path.with_suffix(".warc")):
            for end in ("", "-wal", "-shm", "-journal"):
                Path(f"{path}{end}").unlink(missing_ok=True)
            self.report.is_bare = True

    def _clear(self, kind: object, error: BaseException | None, at: object) -> None:
        """Takes what is on the list of the forgotten out of the segments, this run's among them, and of free space.

        Not where the run was stopped: it may have left segments that are not read yet.
        """
        if error is None and not self.watcher.stop.is_wanted and self.archive.forgotten:
            now = self.watcher.clock()
            clear_segments(self.archive, now)
            share_list(self.archive, now)
            if not self.archive.forget_book.clean(now):
                self.watcher.note(READER)

    def _finish(self, kind: object, error: BaseException | None, at: object) -> None:
        stop = self.watcher.stop
        self.report.stopped_by = stop.signal
        self.report.room_missing = self.room.reason if stop.for_room else ""
        reason = self._reason(error)
        self.archive.finish_run(self.report.counts, self._exit_code(error), self.watcher.clock(), reason)
        if error is None:
            self.archive.settle()  # for want of room its end may be in the WAL alone: a failure that no row can tell

    def _reason(self, error: BaseException | None) -> str | None:
        """Why the run came to no end of its own; None where it did. Of a bug only the kind is told."""
        if isinstance(error, ScraperError):
            return str(error)
        if error is not None and not isinstance(error, KeyboardInterrupt):
            return type(error).__name__
        return self.report.stop_reason or (None if error is None else signal.SIGINT.name)

    def _exit_code(self, error: BaseException | None) -> int:
        if error is None:
            return self.report.exit_code
        if isinstance(error, ScraperError):
            return error.exit_code
        return 130 if isinstance(error, KeyboardInterrupt) else 1


@contextmanager
def writer_lock(path: Path, settings: Settings, watcher: Watcher) -> Iterator[None]:
    """The writer lock of an archive, held for the block; beside what is none there is no lock, nor a file for it.

    Nothing is in hand while another writer is waited for: a signal ends that at once.
    """
    path = archive_path(path)
    lock = _acquired(path, settings, watcher)
    try:
        yield
    except ArchiveError:
        lock.discard()
        raise
    finally:
        if path.exists():
            lock.release()
        else:
            lock.discard()


def await_turn(path: Path, settings: Settings, watcher: Watcher) -> None:
    """Returns when nobody writes to the archive, for what is to be asked before a run; raises as the run would."""
    _acquired(archive_path(path), settings, watcher).discard()


def _acquired(path: Path, settings: Settings, watcher: Watcher) -> WriterLock:
    refuse_others(path)
    refuse_shared(path)
    lock = WriterLock(path, watcher.clock(), settings.lock_wait, watcher.tell_wait)
    watcher.stop.at_once = True
    try:
        lock.acquire()
    finally:
        watcher.stop.at_once = False
    return lock


def _settings_json(settings: Settings, options: Mapping[str, object] | None) -> str:
    """The settings for the run's row, and its options; credentials are stored nowhere, those of a proxy neither."""
    proxy = re.sub(r"^([^/]*//)?[^/]*@", r"\1", settings.proxy) if settings.proxy else None
    told = asdict(replace(settings, secrets=(), proxy=proxy))
    del told["secrets"]
    return json.dumps({**told, **(options or {})})
