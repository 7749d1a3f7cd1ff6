"""Many crawlers and one list of blogs: each server is asked by one of them, and none is left out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.model import Crawl
from scraper.run.crawling.crawl import crawl, update
from scraper.run.crawling.crawler import CrawlOptions
from scraper.run.crawling.rounds import Rounds
from scraper.run.crawling.shares import Share
from scraper.settings import Settings
from scraper.text.hosting import politeness_group
from tests.run.conftest import POST_HTML
from tests.run.test_rounds import NOW
from tests.web.server import Answer, Request, Web

HOSTS = [f"127.0.0.{number}" for number in range(1, 7)]
SETTINGS = Settings(contact="me@example.org", allow_net=("127.0.0.0/8",))
SHARES = [Share(number, 3) for number in (1, 2, 3)]


class Small:
    """A blog of one post, whose feed is on the next host."""

    def __init__(self, base: str, feed: str) -> None:
        home = f"<!DOCTYPE html><title>B</title><link rel=alternate type=application/rss+xml href='{feed}/feed'>"
        home += f"<h1>B</h1><p>A blog.</p><a href='{base}/2012/05/slow-bread'>Slow bread</a>"
        item = f"<item><link>{feed}/2012/05/slow-bread</link></item>"
        self.given = {
            "/": ("text/html", home.encode()),
            "/2012/05/slow-bread": (
                "text/html",
                POST_HTML.replace(b"https://blog.example/", f"{base}/2012/05/".encode()),
            ),
            "/feed": ("application/rss+xml", f"<rss version='2.0'><channel>{item}</channel></rss>".encode()),
        }

    def answer(self, request: Request) -> Answer:
        kind, body = self.given.get(request.target, ("", b""))
        return Answer(200, (("Content-Type", kind),), body) if kind else Answer(404, (), b"")


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(HOSTS) as made:
        bases = [made.base(host).rstrip("/") for host in HOSTS]
        for number, host in enumerate(HOSTS):
            made.put(host, Small(bases[number], bases[(number + 1) % len(HOSTS)]))
        yield made


def posts(db: Path) -> set[str]:
    with closing(sqlite3.connect(db)) as connection:
        return {url for (url,) in connection.execute("SELECT url FROM posts WHERE kind = 'post'")}


def test_crawlers_that_share_a_list_ask_each_server_once_and_hold_all_blogs(web: Web, tmp_path: Path) -> None:
    asked: list[set[str]] = []
    held: set[str] = set()
    for share in SHARES:
        run, options = web.begin_run(), CrawlOptions(0.0, readers=0, share=share)
        db = tmp_path / f"{share.number}.db"
        for host in HOSTS:
            crawl(db, Crawl(web.base(host)), options, SETTINGS)
        asked.append({each.host for each in web.of_run(run)})
        held |= posts(db) if db.exists() else set()
    hosts = [host for each in asked for host in each]
    assert sorted(hosts) == sorted(set(hosts)), "no host is asked by two"
    assert len(hosts) == len(HOSTS)
    assert held == {f"{web.base(host).rstrip('/')}/2012/05/slow-bread" for host in HOSTS}


def test_an_update_leaves_the_blogs_of_other_shares_as_they_are(web: Web, tmp_path: Path) -> None:
    db = tmp_path / "voices.db"
    for host in HOSTS:
        crawl(db, Crawl(web.base(host)), CrawlOptions(0.0, readers=0, limit=1), SETTINGS)
    run = web.begin_run()
    report = update(db, CrawlOptions(0.0, readers=0, share=SHARES[1]), SETTINGS)
    asked = {each.host for each in web.of_run(run)}
    assert asked
    assert len(asked) < len(HOSTS)
    assert asked == {host for host in HOSTS if SHARES[1].has(politeness_group(web.base(host)))}
    assert report.exit_code == 0


def test_servers_of_another_share_have_no_turn() -> None:
    share = next(each for each in SHARES if not each.has("a.example"))
    rounds = Rounds({}, share)
    rounds.add(("a.example",), NOW)
    assert (len(rounds), rounds.take(NOW), rounds.has("a.example")) == (0, None, False)


@given(st.text(), st.integers(1, 50))
def test_each_group_is_in_one_share(group: str, of: int) -> None:
    assert [Share(number, of).has(group) for number in range(1, of + 1)].count(True) == 1


def test_shares_are_about_as_large() -> None:
    sizes = [sum(share.has(f"blog-{number}.example") for number in range(3000)) for share in SHARES]
    assert max(sizes) < 1100
