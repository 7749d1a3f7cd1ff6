"""`merge`: all that another archive holds, in this one, as if it had seen it itself.

The records of its captures are copied segment by segment into segments of ours, and these are read as those of a lost
database are (see rebuild.py). So a merge that was killed is finished like any run, and may be done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from scraper.capture.recovery import find_openings
from scraper.capture.stored import place_of, read_stored
from scraper.errors import ArchiveError, InputError, UsageError
from scraper.model import Visit
from scraper.run.leftovers import open_session
from scraper.run.recipes import stored_recipes
from scraper.run.recovered import Reads, Taking, readers_of, take_captures
from scraper.run.report import Report
from scraper.run.scratch import scratch_folder
from scraper.run.session import Session
from scraper.run.upkeep.rebuild import link_pictures
from scraper.run.upkeep.warc_folders import refuse_missing
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store.archive import Archive
from scraper.store.connection import copy_any_version, open_for_writing
from scraper.store.planning.times import stored_moment
from scraper.store.upkeep.holdings import Held, read_held
from scraper.store.upkeep.merging import take_guidance, take_rest

NOT_MERGED = "not merged: the other archives' runs and what these had to say"


def merge(
    path: Path, others: Sequence[Path], settings: Settings, watcher: Watcher | None = None, *, readers: int = 1
) -> Report:
    """Takes in the other archives, which are only read, in so many processes; the counts.

    Each of their captures is an input: taken, held already, or damaged. Raises UsageError for the archive itself among
    the others, and ArchiveError or ArchiveTooNew for one that cannot be read, before anything is written.
    """
    for other in others:
        if path.exists() and other.exists() and path.samefile(other):
            raise UsageError("an archive cannot be merged into itself", str(other))
    watcher = watcher or Watcher()
    with scratch_folder() as folder:
        copies = [(other, _copied(other, folder / f"{number}.db", watcher.note)) for number, other in enumerate(others)]
        with open_session(path, "merge", settings, watcher) as session:
            for other, copy in copies:
                _Merge(session, settings.max_page_bytes, readers).run(other, copy)
            if not watcher.stop.is_wanted:
                session.archive.event("info", None, NOT_MERGED)
            return session.report


def _copied(other: Path, copy: Path, tell: Callable[[str], None]) -> Path:
    """The other archive's database as it is now, in this version's schema."""
    copy_any_version(other, copy)
    open_for_writing(copy).close()
    with Archive(copy, readonly=True) as archive:
        refuse_missing(archive, other, tell)
        try:
            stored_recipes(archive.recipes())
        except UsageError as error:
            raise ArchiveError(f"a recipe in it cannot be read ({error})", str(other)) from error
    return copy


class _Merge:
    def __init__(self, session: Session, max_bytes: int, readers: int) -> None:
        self._session, self._max_bytes, self._readers = session, max_bytes, readers

    def run(self, other: Path, copy: Path) -> None:
        """Takes in one archive, of which `copy` is the database."""
        archive = self._session.archive
        with Archive(copy, readonly=True) as theirs:
            archive.forget_book.take(theirs.forget_book.entries(), self._session.watcher.clock())
        take_guidance(archive.path, copy)
        self._session.learn()
        with readers_of(self._session, self._readers) as reads:
            for segment, captures in groupby(read_held(copy), attrgetter("warc_file")):
                if self._session.watcher.stop.is_wanted:
                    return
                self._take(other.parent, segment, captures, reads)
        if not self._session.watcher.stop.is_wanted:
            take_rest(archive.path, copy)
            link_pictures(self._session)

    def _take(self, folder: Path, segment: str, captures: Iterable[Held], reads: Reads) -> None:
        """Copies what is new of a segment, and takes the copies in."""
        try:
            openings = find_openings(place_of(folder, segment))
        except InputError:
            openings = ()  # and each of its captures is told of
        with self._session.segment.copying(openings) as made:
            for held in captures:
                if self._session.watcher.stop.is_wanted:
                    break
                self._copy(folder, held)
        for path in made:
            take_captures(self._session, path, 0, Taking(self._max_bytes, reads, self._session.end, guesses=True))

    def _copy(self, folder: Path, held: Held) -> None:
        archive = self._session.archive
        if archive.forgotten.has_url(held.url):
            self._session.report.skip(held.url, "forgotten")
            self._session.end(Visit(held.url, "skipped", "forgotten"))
            return
        if self._is_here(held.url, held.payload_sha256, stored_moment(held.fetched_at)):
            self._session.end(Visit(held.url, "skipped", "held already"), "held")
            return
        try:
            for record in read_stored(folder, held.warc_file, held.warc_offset, held.payload_sha256, self._max_bytes):
                self._session.segment.write_copy(record)
        except InputError as error:
            archive.event("error", held.url, str(error))
            self._session.end(Visit(held.url, "failed", str(error)), "damaged")

    def _is_here(self, url: str, payload_sha256: str, fetched_at: datetime | None) -> bool:
        """Whether the archive has this very capture, as it was or with what is forgotten taken out of it."""
        archive = self._session.archive
        if archive.holds(url, payload_sha256, fetched_at):
            return True
        return archive.held(url, payload_sha256, fetched_at) and archive.has_capture(url, fetched_at)
