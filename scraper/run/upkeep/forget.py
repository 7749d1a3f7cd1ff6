"""`forget DB PERSON|URL`: a take-down, out of every table and every record, with nothing left to read anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scraper.capture.recovery import find_segments
from scraper.errors import InputError
from scraper.run.leftovers import open_session
from scraper.run.upkeep.clearing import Fresh, clear_segments, find_verdicts
from scraper.run.upkeep.forgotten_file import share_list
from scraper.run.upkeep.warc_folders import refuse_elsewhere
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store.archive import Archive
from scraper.store.takedowns.forget_book import Takedown
from scraper.store.takedowns.forget_target import Wish
from scraper.store.takedowns.forgetting import Plan


@dataclass(frozen=True, slots=True)
class Preview:
    """What would go: rows by table, and WARC records that would lose words, or all, or go; whether it is known."""

    kind: str
    counts: Mapping[str, int]
    records_mended: int
    records_cleared: int
    records_removed: int

    @property
    def is_known(self) -> bool:
        """Whether the archive holds anything of it."""
        return bool(self.counts or self.records_mended or self.records_cleared or self.records_removed)


def preview_forgetting(path: Path, wish: Wish, tell: Callable[[str], object] = lambda line: None) -> Preview:
    """How much of the archive would go or change; nothing is. UsageError where nobody and nothing is meant.

    `tell` gets a line where captures are lost, out of which nothing can be taken.
    """
    with Archive(path, readonly=True) as archive:
        refuse_elsewhere(archive, tell)
        plan = archive.forget_book.preview(wish)
        records = _count_records(archive, plan)
    return Preview(plan.target.kind, plan.counts, records["mend"], records["clear"], records["drop"])


def forget(path: Path, wish: Wish, settings: Settings, watcher: Watcher | None = None) -> Takedown | None:
    """Forgets it, under the writer lock; None where that was stopped before it began.

    Cut short after the rows are gone, the next run that writes finishes.
    """
    watcher = watcher or Watcher()
    with open_session(path, "forget", settings, watcher) as session:
        if watcher.stop.is_wanted:  # there may be captures that have no rows yet
            return None
        refuse_elsewhere(session.archive, lambda line: session.archive.event("warning", None, line))
        before = session.archive.forget_book.newest()
        plan = session.archive.forget_book.forget(wish, watcher.clock())
        share_list(session.archive, watcher.clock())
        clear_segments(session.archive, watcher.clock(), Fresh(plan.forgotten, before))
        done = session.archive.forget_book.takedowns()[-1]
        session.report.states["forgotten"] = 1
        session.report.stored.update({**done.counts, "records": done.records})
    with Archive(path, readonly=True) as archive:
        return archive.forget_book.takedowns()[-1]


def _count_records(archive: Archive, plan: Plan) -> Counter[str]:
    found: Counter[str] = Counter()
    for path in find_segments(archive.warc_folder):
        name = f"{path.parent.name}/{path.name}"
        waiting = {at: False for file, at in plan.cleared if file == name}
        waiting |= {at: True for file, at in plan.whole if file == name}
        with suppress(InputError):  # the run itself tells of it
            found.update(verdict for _, verdict, _ in find_verdicts(path, plan.forgotten, waiting))
    return found
