"""Many addresses in a row that a crawl is not to ask for: they hold up neither a signal nor other groups."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scraper.model import Crawl, Visit
from scraper.run.crawling import placing, settled
from scraper.run.crawling.crawl import crawl
from scraper.run.crawling.crawler import ASIDE, CrawlOptions
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store.archive import Archive
from tests.web.server import Answer, Request, Web

HOST = "127.0.0.1"
SETTINGS = Settings(contact="me@example.org", allow_net=(HOST,))
POSTS = 4 * ASIDE


class Closed:
    """A site whose robots.txt allows none of the posts that its sitemap lists."""

    def __init__(self, base: str) -> None:
        listed = "".join(f"<url><loc>{base}/posts/{number}/</loc></url>" for number in range(POSTS))
        self.given = {
            "/robots.txt": ("text/plain", f"User-agent: *\nDisallow: /posts/\nSitemap: {base}/sitemap.xml"),
            "/sitemap.xml": (
                "application/xml",
                f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>',
            ),
            "/": ("text/html", "<!DOCTYPE html><title>Kettle</title><h1>Kettle</h1><p>A blog.</p>"),
        }

    def answer(self, request: Request) -> Answer:
        if request.target not in self.given:
            return Answer(404, (), b"")
        kind, text = self.given[request.target]
        return Answer(200, (("Content-Type", kind),), text.encode())


@pytest.fixture
def start() -> Iterator[str]:
    with Web([HOST]) as web:
        base = web.base(HOST).rstrip("/")
        web.put(HOST, Closed(base))
        yield f"{base}/"


def refused(db: Path) -> int:
    connection = sqlite3.connect(db)
    (found,) = connection.execute("SELECT count(*) FROM pages WHERE state = 'refused'").fetchone()
    connection.close()
    return int(found)


def test_a_signal_is_heard_between_addresses_that_are_not_asked_for(start: str, tmp_path: Path) -> None:
    watcher = Watcher()

    def tell(visit: Visit) -> None:
        if visit.state == "refused":
            watcher.stop.signal = signal.SIGINT

    watcher = replace(watcher, tell=tell)
    db = tmp_path / "voices.db"
    crawl(db, Crawl(start), CrawlOptions(0.0, readers=0), SETTINGS, watcher)
    assert 0 < refused(db) <= ASIDE
    crawl(db, Crawl(start), CrawlOptions(0.0, readers=0), SETTINGS)
    assert refused(db) == POSTS, "the next run goes on with the others"


def test_what_is_not_asked_for_is_written_together(start: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    write_visits = settled.write_visits
    monkeypatch.setattr(
        settled,
        "write_visits",
        lambda session, visits, steps: written.append(len(visits)) or write_visits(session, visits, steps),
    )
    crawl(tmp_path / "voices.db", Crawl(start), CrawlOptions(0.0, readers=0), SETTINGS)
    assert sorted(written)[-POSTS // ASIDE :] == [ASIDE] * (POSTS // ASIDE)


def test_a_sitemap_that_is_placed_in_parts_is_placed_as_a_whole(
    start: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for part in (7, 1000):
        monkeypatch.setattr(placing, "PART", part)
        db = tmp_path / f"{part}.db"
        crawl(db, Crawl(start), CrawlOptions(0.0, readers=0), SETTINGS)
        with Archive(db, readonly=True) as archive:
            found.append([(each.id, each.url, each.role, each.source, each.depth) for each in archive.frontier.all(1)])
            (sitemap,) = (each for each in archive.frontier.all(1) if each.url.endswith("/sitemap.xml"))
            assert len(archive.frontier.listed(sitemap.id)) == POSTS
    assert found[0] == found[1]
