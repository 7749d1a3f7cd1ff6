"""A blog that is removed is gone from every table, the others stay as they are, and no later run brings it back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scraper.capture.segment import SegmentWriter
from scraper.capture.segment_file import SEAL
from scraper.errors import UsageError
from scraper.model import Crawl
from scraper.run.crawling.crawl import crawl, update
from scraper.run.crawling.crawler import CrawlOptions
from scraper.run.crawling.grab import grab
from scraper.run.crawling.remove import preview_removal, remove_blog
from scraper.run.importing.imports import ImportOptions, import_paths
from scraper.run.upkeep.check import check_archive, repair_archive
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from tests.run.soundness import exported
from tests.web.blogs import make_blog
from tests.web.more_themes import THEMES
from tests.web.server import Web
from tests.web.sites import BlogSite

SETTINGS = Settings(contact="ann@example.org", allow_net=("127.0.0.0/8",))
OPTIONS = CrawlOptions(delay=0, readers=0)
HOSTS = ["127.0.0.1", "127.0.0.2"]


@pytest.fixture(scope="module")
def blogs() -> Iterator[list[BlogSite]]:
    with Web(HOSTS) as web:
        sites = [BlogSite(THEMES[at], web.base(host), make_blog(at + 1, 6)) for at, host in enumerate(HOSTS)]
        for host, site in zip(HOSTS, sites, strict=True):
            web.put(host, site)
        yield sites


@pytest.fixture
def both(db: Path, blogs: list[BlogSite]) -> Path:
    """An archive of both blogs."""
    for site in blogs:
        crawl(db, Crawl(site.base + "/"), OPTIONS, SETTINGS)
    return db


def mentions(db: Path, words: str) -> dict[str, int]:
    """How many rows of each table have the words in them."""
    with closing(sqlite3.connect(db)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {
            name: sum(words in repr(row) for row in connection.execute(f"SELECT * FROM {name}")) for name in tables
        }
    return {name: number for name, number in found.items() if number}


def posts_of(db: Path, host: str) -> list[dict[str, Any]]:
    """What is exported of a host's posts, but for keys of rows and moments of captures."""
    return sorted((post for post in exported(db) if host in post["url"]), key=lambda post: str(post["url"]))


def test_nothing_mentions_the_blog_any_more(both: Path, blogs: list[BlogSite]) -> None:
    assert len(mentions(both, blogs[1].base)) >= 10
    remove_blog(both, blogs[1].base, SETTINGS)
    assert mentions(both, HOSTS[1]) == {}
    assert check_archive(both).findings == ()


def test_the_other_blog_stays_as_it_was(both: Path, blogs: list[BlogSite]) -> None:
    before, everything = posts_of(both, HOSTS[0]), mentions(both, HOSTS[0])
    remove_blog(both, blogs[1].base, SETTINGS)
    assert posts_of(both, HOSTS[0]) == before
    assert len(before) >= 6
    assert mentions(both, HOSTS[0]) == everything


def test_a_preview_says_what_is_removed_and_changes_nothing(both: Path, blogs: list[BlogSite]) -> None:
    before = both.read_bytes()
    meant, preview = preview_removal(both, HOSTS[1])
    assert meant.url == blogs[1].base + "/"
    assert preview.posts >= 6
    assert preview.comments > 0
    assert both.read_bytes() == before
    assert remove_blog(both, meant.url, SETTINGS) == preview


@pytest.mark.parametrize("is_sealed", [True, False])
def test_no_later_run_takes_its_captures_in_again(
    both: Path, blogs: list[BlogSite], page_file: Path, is_sealed: bool
) -> None:
    remove_blog(both, blogs[1].base, SETTINGS)
    if not is_sealed:
        for seal in both.with_suffix(".warc").glob(f"*{SEAL}"):
            seal.unlink()
    import_paths(both, [page_file], ImportOptions(), SETTINGS)
    update(both, OPTIONS, SETTINGS)
    assert mentions(both, HOSTS[1]) == {}
    assert check_archive(both).findings == ()


@pytest.mark.parametrize("is_sealed", [True, False])
def test_nor_does_one_of_the_archive_under_another_name(both: Path, is_sealed: bool) -> None:
    remove_blog(both, HOSTS[1], SETTINGS)
    new = both.rename(both.with_name("new.db"))
    folder = both.with_suffix(".warc").rename(new.with_suffix(".warc"))
    if not is_sealed:
        for seal in folder.glob(f"*{SEAL}"):
            seal.unlink()
    (problem, *notes) = check_archive(new).findings
    assert "seems to have been renamed" in problem.what
    assert {each.what for each in notes} == (set() if is_sealed else {"not sealed"})
    said: list[str] = []
    assert repair_archive(new, SETTINGS, Watcher(note=said.append)).findings == ()
    assert said == [f"{new}: the archive had another name; its 2 segments are now looked for in new.warc"]
    assert mentions(new, HOSTS[1]) == {}


def test_what_was_captured_twice_within_a_second_is_not_taken_in_again(
    both: Path, blogs: list[BlogSite], page_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, moment = SegmentWriter.write_exchange, datetime(2024, 3, 20, 12, tzinfo=UTC)
    monkeypatch.setattr(
        SegmentWriter, "write_exchange", lambda self, exchange: write(self, replace(exchange, started_at=moment))
    )
    for _ in range(2):
        grab(both, [blogs[1].base + "/"], SETTINGS, delay=0)
    removed = remove_blog(both, blogs[1].base, SETTINGS)
    assert len(removed.segments) == 3, "the crawl's, and one of each grab"
    assert check_archive(both).findings == ()
    import_paths(both, [page_file], ImportOptions(), SETTINGS)
    assert mentions(both, HOSTS[1]) == {}


def test_a_blog_that_was_removed_can_be_crawled_again(both: Path, blogs: list[BlogSite]) -> None:
    before = posts_of(both, HOSTS[1])
    remove_blog(both, blogs[1].base, SETTINGS)
    crawl(both, Crawl(blogs[1].base + "/"), OPTIONS, SETTINGS)
    assert [post["body"] for post in before] == [post["body"] for post in posts_of(both, HOSTS[1])]


def test_what_another_crawl_has_too_stays(both: Path, blogs: list[BlogSite]) -> None:
    with closing(sqlite3.connect(both)) as connection, connection:
        connection.execute("UPDATE crawls SET url = ? WHERE id = 2", (blogs[1].base + "/x/",))
        rows = connection.execute(
            "SELECT url, url_key, role, host_group FROM frontier WHERE crawl_id = 2 AND role = 'post'"
        )
        url, key, role, group = rows.fetchone()
        connection.execute(
            "INSERT INTO frontier (crawl_id, url, url_key, role, source, host_group, found_at, priority, depth, hops,"
            " tries, every_run) VALUES (1, ?, ?, ?, 'link', ?, '2024-03-20T12:00:00Z', 1, 1, 0, 0, 0)",
            (url, key, role, group),
        )
    kept = [post for post in posts_of(both, HOSTS[1]) if post["url"] == url]
    remove_blog(both, blogs[1].base + "/x/", SETTINGS)
    assert posts_of(both, HOSTS[1]) == kept
    assert len(kept) == 1
    assert check_archive(both).findings == ()


def test_a_page_of_the_blog_that_was_imported_goes_with_it(both: Path, blogs: list[BlogSite], page_file: Path) -> None:
    html = page_file.read_bytes().replace(b"https://blog.example/", blogs[1].base.encode() + b"/saved/")
    page_file.write_bytes(html)
    import_paths(both, [page_file], ImportOptions(), SETTINGS)
    assert mentions(both, "/saved/slow-bread")
    remove_blog(both, blogs[1].base, SETTINGS)
    assert "posts" not in mentions(both, "/saved/slow-bread")


@pytest.mark.parametrize("name", ["https://nowhere.example/", "nowhere.example", ""])
def test_a_blog_that_is_not_crawled_is_a_usage_error(both: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no crawled blog"):
        preview_removal(both, name)
