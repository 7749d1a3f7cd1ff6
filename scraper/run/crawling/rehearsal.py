"""`rehearse`: what a crawl would ask for, and what not and why, found out without storing any of it in the archive.

What tells of posts is asked for (robots.txt, the first page, feeds, sitemaps, interfaces), by a real crawl into a
temporary archive that knows what the real one knows; then it is read what would come next. The archive keeps only
what the manners towards servers need: when they may be asked again, and their robots.txt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from scraper.discover.frontier import TELLING
from scraper.model import Address, Crawl, Lead
from scraper.run.crawling.blog import Blog
from scraper.run.crawling.crawl import crawl, is_begun, need_begun, read_seed, same_crawl, update
from scraper.run.crawling.crawler import CrawlOptions
from scraper.run.crawling.robots_book import RobotsBook
from scraper.run.report import Report
from scraper.run.scratch import scratch_folder
from scraper.run.session import writer_lock
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store.archive import Archive
from scraper.store.crawls.copying import copy_crawls, copy_servers
from scraper.text.urls import url_key


@dataclass(frozen=True, slots=True)
class Planned:
    """An address that would be asked for: what it is taken for, and what named it. `is_known`: it was asked for now."""

    url: str
    role: str
    source: str
    found_on: str | None
    is_known: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An address that would not be asked for, and why; of each other site that a page links to one stands for all."""

    url: str
    role: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a crawl would do next. Posts may lead to more: comment pages, older ones, pictures."""

    planned: tuple[Planned, ...]
    left_out: tuple[LeftOut, ...]
    report: Report


def rehearse(
    archive_path: Path, wanted: Crawl | None, options: CrawlOptions, settings: Settings, watcher: Watcher | None = None
) -> Rehearsal:
    """What `crawl` with the same arguments would ask for; without a blog that is wanted, what `update` would.

    Of the archive, if there is one, only what it knows of servers changes. Raises what `crawl` does, and ArchiveError
    for an archive of an older version.
    """
    refused: dict[str, LeftOut] = {}

    def leave_out(lead: Lead, reason: str) -> None:
        refused.setdefault(url_key(lead.url), LeftOut(lead.url, lead.role, reason))

    watcher = replace(watcher or Watcher(), leave_out=leave_out)
    options = replace(options, roles=TELLING)
    if wanted is not None:
        wanted, settings = read_seed(wanted, settings)
    else:
        need_begun(archive_path)
    with _rehearsal_room(archive_path, settings, watcher) as path:
        began = watcher.clock().replace(microsecond=0)  # times are stored to the second
        if wanted is None:
            report = update(path, options, settings, watcher)
        else:
            report = crawl(path, wanted, options, settings, watcher)
        with Archive(path, readonly=True) as archive:
            plans = [
                _Plan(archive, each, settings, began, watcher.clock())
                for each in _meant(archive.frontier.crawls(), wanted)
            ]
            planned = tuple(each for plan in plans for each in plan.planned())
            barred = tuple(each for plan in plans for each in plan.left_out())
    known = {url_key(each.url) for each in planned} | {url_key(each.url) for each in barred}
    return Rehearsal(planned, (*barred, *(each for key, each in refused.items() if key not in known)), report)


def _meant(crawls: Sequence[Crawl], wanted: Crawl | None) -> Sequence[Crawl]:
    """Those of the blogs that the rehearsal is about."""
    same = same_crawl(crawls, wanted) if wanted else None
    return crawls if same is None else [same]


@contextmanager
def _rehearsal_room(archive_path: Path, settings: Settings, watcher: Watcher) -> Iterator[Path]:
    """A temporary archive that knows what the real one knows, which nobody else writes meanwhile.

    However it ends, the real one learns when the servers that were asked may be asked again, and their robots.txt.
    """
    with scratch_folder() as folder:
        path = folder / "rehearsal.db"
        if not is_begun(archive_path):
            yield path
            return
        with writer_lock(archive_path, settings, watcher):
            copy_crawls(archive_path, path)
            try:
                yield path
            finally:
                copy_servers(path, archive_path)


class _Plan:
    """What the temporary archive says of the blog that was meant."""

    def __init__(self, archive: Archive, meant: Crawl, settings: Settings, began: datetime, now: datetime) -> None:
        frontier = archive.frontier
        self._addresses = sorted(frontier.all(meant.id), key=lambda each: (each.priority, each.id))
        self._blog = Blog(meant, frontier, now)
        self._robots = RobotsBook(frontier.robots, asks=False)
        self._settings, self._began, self._now = settings, began, now

    def planned(self) -> Iterator[Planned]:
        """What was asked for already, and what is due, in the order of asking."""
        for each in self._addresses:
            is_known = self._was_asked(each)
            if is_known or (self._is_due(each) and self._refusal(each) is None):
                yield Planned(each.url, each.role, each.source, each.found_on, is_known)

    def left_out(self) -> Iterator[LeftOut]:
        """What is a trap, or what robots.txt does not allow."""
        for each in self._addresses:
            reason = self._refusal(each) if each.refusal or self._is_due(each) else None
            if reason is not None and not self._was_asked(each):
                yield LeftOut(each.url, each.role, reason)

    def _was_asked(self, address: Address) -> bool:
        is_now = address.checked_at is not None and address.checked_at >= self._began
        return is_now and address.role in TELLING and self._refusal(address) is None

    def _is_due(self, address: Address) -> bool:
        return address.due_at is not None and address.due_at <= self._now and self._blog.needs(address)

    def _refusal(self, address: Address) -> str | None:
        if address.refusal is not None:
            return f"trap: {address.refusal}"
        rules = self._robots.rules(address.url, self._now)
        if rules is None:  # of another host, which is asked for its robots.txt first
            return None
        if rules.verdict is False:
            return f"robots: {rules.why}"
        return None if rules.allows(self._settings.user_agent, address.url) else "robots: robots.txt disallows it"
