"""`open_session`: a run's session, once what a killed run left behind is in the archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from scraper.capture.recovery import Mended, discard, find_segments, finish, is_merged, is_sealed, mend
from scraper.model import Visit
from scraper.run.recipes import LoadedRecipe
from scraper.run.recovered import Taking, readers_of, take_captures
from scraper.run.session import Session
from scraper.run.upkeep.clearing import follow_swaps
from scraper.run.upkeep.warc_folders import about_parts, find_parts
from scraper.run.watcher import Watcher
from scraper.settings import Settings


@contextmanager
def open_session(
    path: Path, command: str, settings: Settings, watcher: Watcher, recipe: LoadedRecipe | None = None,
    options: Mapping[str, object] | None = None,
) -> Iterator[Session]:  # fmt: skip
    """The session of a run, to be used in a `with` block.

    Before it, every whole record of the archive's segments that has no row gets one, read as the run that wrote it
    would have; torn ends are cut off and kept aside, and the segments sealed. The caller is told in one line, and the
    run's events say it by segment. Interrupted, it goes on in the next run. `options` are what the run's row is to say
    besides the settings.
    """
    with Session(path, command, settings, watcher, recipe, options) as session:
        found = list(_take_all(session, settings.max_page_bytes))
        session.report.is_damaged = any(each.is_damage for each in found)
        if any(each.is_news for each in found):
            watcher.note(_summary(found))
        yield session


@dataclass(frozen=True, slots=True)
class Leftover:
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


def _take_all(session: Session, max_bytes: int) -> Iterator[Leftover]:
    taking = Taking(max_bytes, readers_of(session))
    for part in about_parts(session.archive):
        session.watcher.note(f"{part.about}: {part.what}; {part.advice}")
        session.archive.event("warning", part.about, f"{part.what}; {part.advice}")
    parts = find_parts(session.archive)
    for path in find_segments(session.archive.warc_folder):
        if session.watcher.stop.is_wanted:
            return
        if path in parts:
            continue
        leftover = take_segment(session, path, taking)
        if leftover is not None:
            yield leftover


def take_segment(session: Session, path: Path, taking: Taking) -> Leftover | None:
    """What the segment held for the archive; None where that was nothing, or where somebody is writing it.

    A sealed one is looked at too, behind its last record with a row: the database may be older than its segments,
    because it is a restored copy or the power failed, or new.
    """
    taken = 0

    def count(visit: Visit) -> None:
        nonlocal taken
        taken += 1
        taking.end(visit)

    counting = replace(taking, end=count)
    segment = f"{path.parent.name}/{path.name}"
    known = session.archive.captured_to(segment)
    if is_sealed(path):
        if not known:
            follow_swaps(session.archive, path, taking.max_bytes)
            known = session.archive.removed_to(segment)
        if path.stat().st_size > known:
            take_captures(session, path, known, _for(path, counting))
        return _told(session, Leftover(segment, taken)) if taken else None
    mended = mend(path, known)
    if mended is None:
        return None
    start = max(mended.start, session.archive.removed_to(segment))
    take_captures(session, path, start, _for(path, counting))
    leftover = Leftover(segment, taken, mended.torn, mended.damaged, known > mended.length)
    if not session.watcher.stop.is_wanted:  # else there may be more in it
        _told(session, leftover)
        _close(mended, keep=known > 0)
    return leftover


def _for(path: Path, taking: Taking) -> Taking:
    """How the segment's captures are taken in: of a merged one nobody here knows what they were asked for as."""
    return replace(taking, guesses=taking.guesses or is_merged(path))


def _close(mended: Mended, keep: bool) -> None:
    if mended.holds_captures or keep:
        finish(mended)
    else:
        discard(mended)


def _told(session: Session, leftover: Leftover) -> Leftover:
    """The leftover, once the run's events tell of it."""
    level = "error" if leftover.is_damage else "warning" if leftover.is_news else "info"
    session.archive.event(level, leftover.segment, _summary([leftover]))
    return leftover


def _summary(found: Sequence[Leftover]) -> str:
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
