"""A crawl asks for nothing that was forgotten, and keeps nothing of it that other pages still show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.model import Crawl
from scraper.run.crawling.crawl import crawl, update
from scraper.run.crawling.crawler import CrawlOptions
from scraper.run.upkeep.forget import forget
from scraper.settings import Settings
from scraper.store.takedowns.forget_target import Wish
from tests.run.soundness import assert_sound, rows
from tests.run.traces import traces
from tests.web.blogs import make_blog
from tests.web.more_themes import THEMES
from tests.web.server import Web
from tests.web.sites import BlogSite

SETTINGS = Settings(contact="ann@example.org", allow_net=("127.0.0.0/8",))
OPTIONS = CrawlOptions(delay=0, readers=0)


@pytest.fixture
def site() -> Iterator[BlogSite]:
    with Web(["127.0.0.1"]) as web:
        made = BlogSite(THEMES[0], web.base("127.0.0.1"), make_blog(1, 6))
        web.put("127.0.0.1", made)
        yield made


@pytest.fixture
def crawled(db: Path, site: BlogSite) -> Path:
    crawl(db, Crawl(site.base + "/"), OPTIONS, SETTINGS)
    return db


def test_a_post_is_not_asked_for_again(crawled: Path, site: BlogSite) -> None:
    ((url, text),) = rows(crawled, "SELECT url, substr(text, 1, 60) FROM posts WHERE kind = 'post' ORDER BY id LIMIT 1")
    assert forget(crawled, Wish(url), SETTINGS)
    seen = {path for (path,) in rows(crawled, "SELECT url FROM frontier")}
    crawl(crawled, Crawl(site.base + "/"), OPTIONS, SETTINGS)
    update(crawled, OPTIONS, SETTINGS)
    assert rows(crawled, f"SELECT count(*) FROM posts WHERE url = '{url}'") == [(0,)]
    assert url not in {found for (found,) in rows(crawled, "SELECT url FROM frontier")} | seen
    assert rows(crawled, f"SELECT count(*) FROM captures WHERE url = '{url}'") == [(0,)]
    assert traces(crawled, text) == []
    assert_sound(crawled, refetched=True)


def test_a_commenter_stays_away_when_all_is_fetched_anew(crawled: Path, site: BlogSite) -> None:
    author, number = rows(
        crawled, "SELECT author, count(*) FROM comments WHERE author LIKE '% %' GROUP BY 1 ORDER BY 2 DESC LIMIT 1"
    )[0]
    texts = [text[:50] for (text,) in rows(crawled, f"SELECT text FROM comments WHERE author = '{author}'")]
    before = rows(crawled, "SELECT count(*) FROM comments")
    assert traces(crawled, author, *texts)
    assert forget(crawled, Wish(author), SETTINGS)
    assert traces(crawled, author) == []
    for path in (*crawled.parent.glob("voices.db*"), *crawled.with_suffix(".warc").glob("*.gz*")):
        path.unlink()  # of the archive nothing but the list is left
    crawl(crawled, Crawl(site.base + "/"), OPTIONS, SETTINGS)
    assert traces(crawled, author) == []
    assert rows(crawled, "SELECT count(*) FROM comments") == before
    assert rows(crawled, "SELECT count(*) FROM comments WHERE state = 'deleted'")[0][0] >= number
    assert_sound(crawled, refetched=True)
