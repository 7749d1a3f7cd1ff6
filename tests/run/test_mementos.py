"""What a web archive has of a blog comes in as of when it was captured, and under the addresses of the blog."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from scraper.capture.records import WarcRecord, read_records
from scraper.errors import UsageError
from scraper.run.crawling.mementos import MementoOptions, grab_mementos
from scraper.run.report import Report
from scraper.run.upkeep.forget import forget
from scraper.run.upkeep.rebuild import rebuild
from scraper.settings import Secret, Settings
from scraper.store.takedowns.forget_target import Wish
from tests.run.conftest import POST, RSS, TEXT, Rows
from tests.run.contents_of import content
from tests.run.memento_web import Held, MementoWeb

LOCAL = Settings(allow_net=("127.0.0.0/8", "localhost"), connect_timeout=5.0)
URL = "http://blog.example/slow-bread"
LINK = '<a href="http://blog.example/rye">nobody should hurry</a>'
FIRST = POST.format(text=TEXT.replace("nobody should hurry", LINK, 1)).encode()
EDITED = POST.format(text=TEXT + "<p>Later, one more paragraph on rye was added.</p>").encode()
HELD = [
    Held(URL, "20120515000000", FIRST),
    Held(URL, "20120601000000", FIRST),
    Held(URL, "20130101120000", EDITED),
    Held("http://blog.example/feed?type=rss", "20120515000001", RSS, "application/rss+xml"),
    Held("http://blog.example/a.png", "20120515000002", b"png", "image/png"),
    Held("http://blog.example/gone", "20130101120001", b"no", status=404),
    Held("http://other.example/", "20120515000000", FIRST),
]
CAPTURES = "SELECT url, fetched_at FROM captures WHERE url NOT LIKE '%robots.txt' ORDER BY fetched_at, url"


@pytest.fixture
def archive(web: HTTPServer) -> MementoWeb:
    found = MementoWeb(web, list(HELD))
    found.start()
    return found


def take(db: Path, archive: MementoWeb, *urls: str, delay: float = 0.0, **more: datetime | str) -> Report:
    options = MementoOptions(**{"server": archive.address, "delay": delay, **more})  # type: ignore[arg-type]
    return grab_mementos(db, urls or ("http://blog.example/*",), options, LOCAL)


def test_each_copy_is_a_capture_of_its_own_time(db: Path, archive: MementoWeb, rows: Rows) -> None:
    report = take(db, archive)
    assert (report.states, report.exit_code) == ({"fetched": 3, "skipped": 3}, 0)
    assert report.skips == {"same as the copy before it": 1, "image/png": 1, "status 404": 1}
    assert rows(CAPTURES) == [
        (URL, "2012-05-15T00:00:00Z"),
        ("http://blog.example/feed?type=rss", "2012-05-15T00:00:01Z"),
        (URL, "2013-01-01T12:00:00Z"),
    ]
    assert rows("SELECT title FROM posts") == [("Slow bread",)]
    assert rows("SELECT author FROM comments") == [("Bob",)]
    assert rows("SELECT count(*) FROM revisions WHERE post_id IS NOT NULL") == [(1,)]
    assert rows("SELECT DISTINCT origin FROM captures WHERE url NOT LIKE '%robots.txt'") == [("warc",)]


def test_what_is_held_is_not_asked_for_again(db: Path, archive: MementoWeb) -> None:
    take(db, archive)
    before = len(archive.asked())
    report = take(db, archive)
    assert report.states == {"held": 3, "skipped": 3}
    assert len(archive.asked()) == before


def test_a_record_says_where_it_was_taken_from_and_has_the_headers_of_then(db: Path, archive: MementoWeb) -> None:
    take(db, archive, URL)
    (segment,) = db.with_suffix(".warc").glob("*.warc.gz")
    records = [each for each in read_records(segment) if isinstance(each, WarcRecord) and each.url == URL]
    first = records[0]
    assert (first.kind, first.status, first.payload) == ("response", 200, FIRST)
    assert first.header.get("WARC-Source-URI") == f"{archive.address}/web/20120515000000id_/{URL}"
    names = {name.lower(): value for name, value in first.http_headers}
    assert names == {"server": "Apache/2.2", "content-type": "text/html", "content-length": str(len(FIRST))}


def test_a_lost_database_comes_back_the_same(db: Path, archive: MementoWeb) -> None:
    take(db, archive)
    before = content(db)
    for path in db.parent.glob(db.name + "*"):
        path.unlink()
    rebuild(db, db.with_suffix(".warc"), Settings())
    assert content(db) == before


def test_copies_of_other_times_are_left_alone(db: Path, archive: MementoWeb, rows: Rows) -> None:
    take(db, archive, URL, since=datetime(2012, 6, 1, tzinfo=UTC), until=datetime(2012, 12, 31, tzinfo=UTC))
    assert rows(CAPTURES) == [(URL, "2012-06-01T00:00:00Z")]


def test_a_long_list_is_read_in_parts(db: Path, archive: MementoWeb) -> None:
    archive.at_once = 2
    report = take(db, archive)
    assert (report.states, report.records["list of captures"]) == ({"fetched": 3, "skipped": 3}, 3)


def test_a_line_that_says_nothing_is_told_and_costs_no_other(db: Path, archive: MementoWeb, rows: Rows) -> None:
    archive.more_lines = [["2012", URL, "text/html", "200", "A"], ["20120515000000", "", "text/html", "200", "A"]]
    report = take(db, archive, URL)
    assert report.states == {"fetched": 2, "skipped": 1, "damaged": 2}
    assert rows("SELECT message FROM run_events WHERE level = 'error'") == [
        ("damaged line: no timestamp",),
        ("damaged line: no URL of the web",),
    ]


@pytest.mark.parametrize("rewrites", [True, False])
def test_neither_toolbar_nor_rewritten_links_reach_rows(
    db: Path, archive: MementoWeb, rows: Rows, rewrites: bool
) -> None:
    archive.rewrites = rewrites
    take(db, archive, URL, until=datetime(2012, 12, 31, tzinfo=UTC))
    ((text, html),) = rows("SELECT text, html FROM posts")
    assert "captures of it" not in text
    assert 'href="http://blog.example/rye"' in html
    assert rows("SELECT count(*) FROM links WHERE url LIKE '%/web/2%'") == [(0,)]
    assert rows("SELECT url FROM posts") == [("https://blog.example/slow-bread",)]


def test_a_collection_of_pywb_is_asked_in_its_own_way(db: Path, archive: MementoWeb, rows: Rows) -> None:
    server = f"{archive.address}/coll/"
    assert take(db, archive, server=server).states == {"fetched": 3, "skipped": 3}
    assert archive.asked("/web/") == []
    assert take(db, archive, "http://nowhere.example/", server=server).skips == {"not in the web archive": 1}
    assert rows("SELECT count(*) FROM posts") == [(1,)]


def test_what_the_archive_has_not_is_told(db: Path, archive: MementoWeb) -> None:
    report = take(db, archive, "http://nowhere.example/")
    assert (report.states, report.skips, report.exit_code) == ({"skipped": 1}, {"not in the web archive": 1}, 0)


def test_a_copy_that_is_listed_and_not_there_has_failed(db: Path, archive: MementoWeb, rows: Rows) -> None:
    archive.more_lines = [["20120515000000", f"{URL}-2", "text/html", "200", "A"]]
    report = take(db, archive, URL)
    assert (report.states["failed"], report.exit_code) == (1, 3)
    ((about, message),) = rows("SELECT url, message FROM run_events WHERE level = 'error'")
    assert (about, message) == (f"{archive.address}/web/20120515000000id_/{URL}-2", "the copy: status 404")
    assert rows(f"SELECT count(*) FROM pages WHERE url = '{URL}-2'") == [(0,)]


def test_copies_of_what_was_forgotten_are_not_asked_for(db: Path, archive: MementoWeb, rows: Rows) -> None:
    take(db, archive)
    assert forget(db, Wish(URL), Settings())
    before = len(archive.asked())
    report = take(db, archive, URL)
    assert (report.states["refused"], len(archive.asked())) == (3, before)
    assert rows("SELECT count(*) FROM posts") == [(0,)]


def test_a_copy_that_could_not_be_had_does_not_stand_for_the_next_one(db: Path, archive: MementoWeb) -> None:
    page = Held("http://blog.example/rye", "20130601000000", FIRST)
    archive.held = [page]
    archive.more_lines = [["20130701000000", f"{page.url}-2", "text/html", "200", "A"]] * 2
    report = take(db, archive, page.url)
    assert report.states == {"fetched": 1, "failed": 2}


def test_the_copy_that_the_archive_leads_to_is_stored_as_of_its_own_time(
    db: Path, archive: MementoWeb, rows: Rows
) -> None:
    archive.held = HELD[:1]
    archive.more_lines = [["20120517000000", URL, "text/html", "200", "OTHER"]]
    assert take(db, archive, URL).states == {"fetched": 1, "held": 1}
    assert rows(CAPTURES) == [(URL, "2012-05-15T00:00:00Z")]


def test_an_archive_that_is_busy_is_asked_again_when_it_says(db: Path, archive: MementoWeb) -> None:
    archive.busy = 2
    assert take(db, archive, URL).states == {"fetched": 2, "skipped": 1}


def test_requests_keep_their_distance(db: Path, archive: MementoWeb) -> None:
    began = time.monotonic()
    take(db, archive, URL, delay=0.2)
    assert time.monotonic() - began >= 3 * 0.2  # robots.txt, the list, two copies


def test_robots_txt_of_the_archive_is_obeyed(db: Path, httpserver: HTTPServer, rows: Rows) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /web/")
    archive = MementoWeb(httpserver, list(HELD))
    archive.start()
    report = take(db, archive, URL)
    assert (report.states, report.exit_code) == ({"refused": 1}, 3)
    assert archive.asked() == []
    assert rows("SELECT count(*) FROM captures WHERE url LIKE '%robots.txt'") == [(1,)]


def test_a_private_address_is_refused_unless_allowed(db: Path, archive: MementoWeb) -> None:
    report = grab_mementos(db, [URL], MementoOptions(archive.address), Settings())
    assert report.states == {"refused": 1}
    assert archive.server.log == []


def test_what_makes_no_sense_is_refused_before_anything_is_made(db: Path, archive: MementoWeb) -> None:
    with pytest.raises(UsageError, match="not an http or https URL"):
        take(db, archive, "blog.example")
    with pytest.raises(UsageError, match="no --render"):
        grab_mementos(db, [URL], MementoOptions(), Settings(secrets=(Secret("blog.example", "Cookie", "a=b"),)))
    assert not db.exists()
