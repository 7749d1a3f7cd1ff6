"""Crawled archives read again, and made again without their database: threads that feeds and interfaces complete, pages
that scripts made."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scraper.model import Crawl, Exchange, Visit
from scraper.run.crawling.crawl import CrawlOptions, crawl
from scraper.run.crawling.rendering import RENDERED_TYPE, rendered_source
from scraper.run.reading import Source, read_source
from scraper.run.session import Session
from scraper.run.upkeep.rebuild import rebuild
from scraper.run.upkeep.reparse import reparse
from scraper.run.watcher import Watcher
from scraper.run.writing import write_visits
from scraper.settings import Settings
from tests.run.conftest import POST_HTML
from tests.run.contents_of import content
from tests.run.soundness import assert_sound, rows
from tests.web.crawling import CONTACT
from tests.web.pictures import TEXT, Pages
from tests.web.server import Web

HOST = "127.0.0.1"
SCRIPTED = b"<!DOCTYPE html><html><head><title>Bread</title></head><body><script src='a.js'></script><p>Wait.</p></body></html>"
NOW = datetime(2024, 3, 20, 12, tzinfo=UTC)


def comment(number: int, text: str) -> str:
    return (
        f'<li class="comment" id="comment-{number}"><div class="comment-author"><cite class="fn">Ann</cite></div>'
        f'<div class="comment-metadata">3 years ago</div><div class="comment-content"><p>{text}</p></div></li>'
    )


def article(base: str, title: str, comments: str, count: int) -> bytes:
    head = (
        f'<link rel="https://api.w.org/" href="{base}/wp-json/"><meta name="generator" content="WordPress 6.4">'
        f'<link rel="shortlink" href="{base}/?p=7">'
    )
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>"
        f'<time datetime="2012-05-14">14 May 2012</time><div class="entry-content"><p>{TEXT}</p></div></article>'
        f'<div id="comments"><h2>{count} comments</h2><ol class="comment-list">{comments}</ol></div></body></html>'
    ).encode()


def interface(post: str) -> bytes:
    return json.dumps([
        {"id": number, "post": 7, "parent": 1 if number == 3 else 0, "author_name": "Ann", "author_url": "",
         "date_gmt": f"2023-05-1{number}T10:00:00", "link": f"{post}#comment-{number}", "type": "comment",
         "content": {"rendered": f"<p>{text}</p>"}, "status": "approved"}
        for number, text in enumerate(("One.", "Two.", "Three."), 1)
    ]).encode()  # fmt: skip


@pytest.fixture
def completed(tmp_path: Path) -> Iterator[Path]:
    """An archive of a post whose page shows two of three comments; the third one is its interface's."""
    db, pages = tmp_path / "completed.db", Pages()
    with Web([HOST]) as web:
        web.put(HOST, pages)
        base = web.base(HOST).rstrip("/")
        post = f"{base}/2012/05/14/harbour/"
        pages.put("/", f"<title>Home</title><h2><a href='{post}'>Harbour</a></h2><p>{TEXT}</p>".encode())
        pages.put("/2012/05/14/harbour/", article(base, "Harbour", comment(1, "One.") + comment(2, "Two."), 3))
        fields = (
            "_fields=id,post,parent,author_name,author_url,author_avatar_urls,date,date_gmt,link,content,type,status"
        )
        root = "/wp-json/wp/v2/comments?post=7&per_page=100&order=asc"
        pages.put(f"{root}&page=1&{fields}", interface(post), "application/json")
        settings = Settings(contact=CONTACT, allow_net=("127.0.0.0/8",))
        crawl(db, Crawl(base + "/"), CrawlOptions(delay=0, readers=0), settings)
    assert rows(db, "SELECT text FROM comments ORDER BY id") == [("One.",), ("Two.",), ("Three.",)]
    yield db


def lose(db: Path) -> None:
    for path in db.parent.glob(db.name + "*"):
        path.unlink()


def test_what_an_interface_states_is_read_again(completed: Path) -> None:
    before = content(completed)
    assert reparse(completed, Settings(), readers=0).changes == {}
    assert content(completed) == before


def test_a_comment_that_only_an_interface_states_comes_again(completed: Path) -> None:
    before = content(completed)
    lose_comment(completed)
    found = reparse(completed, Settings(), readers=0).changes
    assert found[("comment", "new")] == 1
    assert [row[:3] for row in content(completed)["comments"]] == [row[:3] for row in before["comments"]]


def lose_comment(db: Path) -> None:
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("INSERT INTO comments_fts (comments_fts) VALUES ('delete-all')")
        connection.execute("DELETE FROM comments WHERE text = 'Three.'")
        connection.execute("INSERT INTO comments_fts (comments_fts) VALUES ('rebuild')")


def test_what_an_interface_states_comes_back(completed: Path) -> None:
    before = content(completed)
    lose(completed)
    rebuild(completed, completed.with_suffix(".warc"), Settings(), readers=0)
    assert content(completed) == before


# ---- pages that scripts made


@pytest.fixture
def rendered(db: Path) -> Path:
    """An archive with a page that shows its post only once its scripts have run, captured twice."""
    url = "https://blog.example/slow-bread"
    with Session(db, "crawl", Settings(), Watcher()) as session:
        for day, shown in enumerate((POST_HTML, POST_HTML.replace(b"Good bread.", b"Very good bread."))):
            at = NOW + timedelta(days=day)
            headers = (("Content-Type", "text/html"),)
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
            page = SCRIPTED + b"<!-- %d -->" % day
            raw = session.segment.write_exchange(Exchange(url, b"GET / HTTP/1.1\r\n\r\n", head, 200, headers, page, at))
            made = session.segment.write_conversion(raw, shown, RENDERED_TYPE, at)
            read = read_source(rendered_source(Source(page, url, fetched_at=at, headers=headers), shown))
            visits = [Visit(url, "fetched", "rendered", raw), Visit(url, "fetched", None, made, read)]
            write_visits(session, visits)
    assert rows(db, "SELECT title FROM posts") == [("Slow bread",)]
    return db


def test_a_rendered_page_is_read_as_its_scripts_left_it(rendered: Path) -> None:
    before = content(rendered)
    found = reparse(rendered, Settings(), readers=0)
    assert (found.changes, found.report.states["read"]) == ({}, 2)
    assert content(rendered) == before


@pytest.mark.parametrize("readers", [0, 1])
def test_a_rendered_page_comes_back_as_its_scripts_left_it(rendered: Path, readers: int) -> None:
    before = content(rendered)
    lose(rendered)
    rebuild(rendered, rendered.with_suffix(".warc"), Settings(), readers=readers)
    assert content(rendered) == before
    assert_sound(rendered)
