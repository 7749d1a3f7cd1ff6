"""`remove DB BLOG`: a crawled blog, and all that is only its own, out of an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scraper.capture.recovery import find_segments, is_sealed, read_captures
from scraper.discover.scope import scope_of
from scraper.errors import UsageError
from scraper.fetch.client import origin_of
from scraper.model import Capture, Crawl
from scraper.run.leftovers import open_session
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store.archive import Archive
from scraper.store.crawls.frontier import Frontier
from scraper.store.crawls.removing import Removal
from scraper.text.hosting import site_of
from scraper.text.urls import url_key


@dataclass(frozen=True, slots=True)
class Owned:
    """What tells of a page whether it is the blog's: `holds` is of its URL, `origins` are held to by no other blog."""

    crawl: Crawl
    holds: Callable[[str], bool]
    origins: frozenset[str]

    @property
    def robots(self) -> tuple[str, ...]:
        """The addresses of its robots.txt files."""
        return tuple(f"{origin}/robots.txt" for origin in sorted(self.origins))


def preview_removal(path: Path, blog: str) -> tuple[Crawl, Removal]:
    """The blog that was meant, and how much of the archive is only its own; nothing is changed.

    :param blog: where its crawl starts, in any spelling, or its host. UsageError where that is no blog, or several.
    """
    with Archive(path, readonly=True) as archive:
        owned = _owned(archive.frontier, blog)
        return owned.crawl, archive.count_blog(owned.crawl.id, owned.holds, owned.robots)


def remove_blog(path: Path, blog: str, settings: Settings, watcher: Watcher | None = None) -> Removal:
    """Removes the blog in one transaction, under the writer lock; what was removed.

    Records of its captures stay in the archive's WARC files. No later run of this database takes them in again.
    """
    with open_session(path, "remove", settings, watcher or Watcher()) as session:
        owned = _owned(session.archive.frontier, blog)
        repeats = tuple(_repeats(session.archive, settings.max_page_bytes))
        removed = session.archive.remove_blog(owned.crawl.id, owned.holds, owned.robots, owned.origins, repeats)
        session.report.states["removed"] = 1
        for name in ("posts", "comments", "people", "captures", "pages"):
            session.report.stored[f"{name}_removed"] = getattr(removed, name)
        return removed


def _repeats(archive: Archive, max_bytes: int) -> Iterator[Capture]:
    """Captures at the end of a segment without a row of their own: the same was captured twice within a second."""
    for path in filter(is_sealed, find_segments(archive.warc_folder)):
        known = archive.captured_to(f"{path.parent.name}/{path.name}")
        if path.stat().st_size > known:
            yield from (capture for _, capture in read_captures(path, max_bytes, known))


def _owned(frontier: Frontier, blog: str) -> Owned:
    crawls = frontier.crawls()
    crawl = _named(crawls, blog)
    scope, others = scope_of(crawl.url), [scope_of(each.url) for each in crawls if each.id != crawl.id]
    origins = frozenset(origin_of(each.url) for each in frontier.all(crawl.id))
    taken = {origin_of(each.url) for other in crawls if other.id != crawl.id for each in frontier.all(other.id)}

    def holds(url: str) -> bool:
        return scope.holds(url) and not any(each.holds(url) for each in others)

    return Owned(crawl, holds, origins - taken)


def _named(crawls: tuple[Crawl, ...], blog: str) -> Crawl:
    """The crawl that starts at this URL, or did before its blog moved, or the only one on this host."""
    names = {url_key(blog), url_key(f"https://{blog}")}
    found = [each for each in crawls if url_key(each.url) in names]
    found = found or [each for each in crawls if not names.isdisjoint(map(url_key, each.moved_from))]
    if not found and "/" not in blog:
        host = blog.lower().removeprefix("www.")
        found = [each for each in crawls if host in (site_of(each.url), site_of(each.url).partition(":")[0])]
    if len(found) == 1:
        return found[0]
    known = ", ".join(each.url for each in (found or crawls)[:20]) or "none"
    what = "several crawled blogs are meant" if found else "no crawled blog; those in it are"
    raise UsageError(f"{what}: {known}", blog)
