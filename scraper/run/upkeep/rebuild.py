"""`rebuild`: an archive whose database is lost, from its segments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

from scraper.capture import disk
from scraper.capture.recovery import find_segments, read_captures
from scraper.capture.segment_file import seal_of
from scraper.errors import InputError, UsageError
from scraper.run.crawling.pictures import Pictures
from scraper.run.importing.inputs import Input
from scraper.run.leftovers import take_segment
from scraper.run.lessons import learn_from_inputs
from scraper.run.recipes import LoadedRecipe
from scraper.run.recovered import Reads, Taking, readers_of
from scraper.run.report import Report
from scraper.run.session import Session
from scraper.run.upkeep.forgotten_file import NAME, read_list
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store.run_log import read_runs

COMMAND = "rebuild"
CHUNK = 1024 * 1024
NOT_IN_WARC = (
    "not in WARC files, and not rebuilt: crawls with their settings and known addresses, robots.txt, recipes, earlier"
    " runs, addresses without a capture"
)


def rebuild(
    path: Path,
    folder: Path,
    settings: Settings,
    watcher: Watcher | None = None,
    recipe: LoadedRecipe | None = None,
    *,
    readers: int = 1,
) -> Report:
    """Makes the database at `path` anew from the segments in the folder, read in so many processes; the counts.

    Where the folder is not the one that belongs to the database, its segments are copied there. Cut short, the same
    call goes on. Raises UsageError for a folder without segments, and where there is a database that no rebuild made.
    """
    segments = find_segments(folder)
    if not segments:
        raise UsageError("no segment of an archive is in it; other WARC files are for `import`", str(folder))
    if path.exists() and path.stat().st_size and not _is_begun(path):
        raise UsageError("exists already; a rebuild makes a new one: move it away, or give another name", str(path))
    watcher = watcher or Watcher()
    with Session(path, COMMAND, settings, watcher, recipe) as session:
        session.archive.forget_book.take(read_list(folder / NAME), watcher.clock())
        ours = [_brought(segment, session.archive.warc_folder) for segment in segments]
        _Rebuild(session, settings.max_page_bytes, readers).run(ours)
        if not watcher.stop.is_wanted:
            link_pictures(session)
            session.archive.event("info", None, NOT_IN_WARC)
            watcher.note(NOT_IN_WARC)
        return session.report


class _Rebuild:
    def __init__(self, session: Session, max_bytes: int, readers: int) -> None:
        self._session, self._max_bytes, self._readers = session, max_bytes, readers

    def run(self, segments: list[Path]) -> None:
        """Takes the segments in, run by run, each by what was learned before."""
        with ExitStack() as stack:
            reads: Reads | None = None
            for _, group in groupby(segments, _run_of):
                paths = list(group)
                if self._session.watcher.stop.is_wanted:
                    return
                if self._learn(paths) or reads is None:  # processes know what was known when they began
                    stack.pop_all().close()
                    reads = stack.enter_context(readers_of(self._session, self._readers))
                for path in paths:
                    self._take(path, reads)

    def _learn(self, segments: list[Path]) -> int:
        """Learns of the blogs of an import as it did; a crawl learns nothing. How many profiles are new."""
        if not any(_is_import(path) for path in segments):
            return 0
        return learn_from_inputs(self._session, [Input(path, "warc") for path in segments], self._max_bytes)

    def _take(self, path: Path, reads: Reads) -> None:
        leftover = take_segment(self._session, path, Taking(self._max_bytes, reads, self._session.end, guesses=True))
        self._session.report.records["segment"] += 1
        if leftover is not None and leftover.is_damage:
            self._session.report.is_damaged = True


def _is_begun(path: Path) -> bool:
    """Whether the database was made by a rebuild, which may have been cut short before it had a row."""
    runs = read_runs(path, None)
    return not runs or runs[-1].command == COMMAND


def _brought(segment: Path, folder: Path) -> Path:
    """The segment where it belongs, copied there with its seal if it is not there yet."""
    ours = folder / segment.name
    if ours.exists() and ours.stat().st_size == segment.stat().st_size:
        return ours
    folder.mkdir(exist_ok=True)
    for source in (segment, seal_of(segment)):
        if source.exists():
            with disk.about(folder / source.name):
                disk.place(folder / source.name, _pieces(source))
    return ours


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def _run_of(segment: Path) -> str:
    """What names of one run's segments have in common: the time when it began."""
    return segment.name.rpartition("-")[0].rpartition("-")[0] or segment.name


def _is_import(segment: Path) -> bool:
    """Whether the run that wrote it took in files or WARCs, as its first capture shows."""
    try:
        return next((capture.origin != "fetch" for _, capture in read_captures(segment, CHUNK)), False)
    except InputError:
        return False


def link_pictures(session: Session) -> None:
    """Fills the rows of pictures, where pictures were asked for."""
    if session.archive.pictures.are_any():
        session.archive.pictures.shown((), by_posts=False)  # makes rows of people's pictures
        Pictures(session.archive, {}, "all").link()
