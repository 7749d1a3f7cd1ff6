"""URLs are fetched once, and each ends as a row with a state."""

from __future__ import annotations

import socket
import time
from itertools import pairwise
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from scraper.capture.records import read_payload
from scraper.errors import ArchiveLocked, UsageError
from scraper.run.crawling.grab import grab
from scraper.run.report import Report
from scraper.settings import Settings
from tests.run.conftest import POST_HTML, RSS, Rows

LOCAL = Settings(allow_net=("127.0.0.0/8", "localhost"), connect_timeout=5.0)


def fetch(db: Path, *urls: str, settings: Settings = LOCAL) -> Report:
    return grab(db, urls, settings, delay=0.0)


def test_a_page_is_stored_with_its_post_thread_and_capture(db: Path, web: HTTPServer, rows: Rows) -> None:
    web.expect_request("/slow-bread").respond_with_data(POST_HTML, content_type="text/html; charset=utf-8")
    report = fetch(db, web.url_for("/slow-bread"))
    assert (report.exit_code, report.states) == (0, {"fetched": 1})
    assert rows("SELECT title FROM posts") == [("Slow bread",)]
    assert rows("SELECT author FROM comments") == [("Bob",)]
    ((file, offset),) = rows("SELECT warc_file, warc_offset FROM captures WHERE url LIKE '%slow-bread'")
    assert read_payload(_segment(db, file), offset) == POST_HTML


def _segment(db: Path, name: str) -> Path:
    return next(path for path in (db.parent / name, db.with_suffix(".warc") / name) if path.exists())


def test_a_first_address_without_an_answer_is_a_row_of_an_archive_that_stays(db: Path, rows: Rows) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # and nobody listens
        report = fetch(db, f"http://127.0.0.1:{closed.getsockname()[1]}/a")
    assert (report.exit_code, report.states) == (3, {"failed": 1})
    assert "no archive was made" not in report.summary
    ((state, reason),) = rows("SELECT state, reason FROM pages WHERE url LIKE '%/a'")
    assert (state, bool(reason)) == ("failed", True)


def test_robots_refusal_is_a_row_and_the_page_is_not_asked_for(db: Path, httpserver: HTTPServer, rows: Rows) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data(
        "User-agent: *\nDisallow: /private", content_type="text/plain"
    )
    report = fetch(db, httpserver.url_for("/private/page"))
    assert (report.exit_code, report.states, report.records) == (3, {"refused": 1}, {"robots.txt": 1})
    ((state, reason),) = rows("SELECT state, reason FROM pages WHERE url LIKE '%private%'")
    assert (state, reason.split(":")[0]) == ("refused", "robots")
    assert [request.path for request, _ in httpserver.log] == ["/robots.txt"]


def test_a_private_address_is_refused_unless_allowed(db: Path, web: HTTPServer, rows: Rows) -> None:
    report = fetch(db, web.url_for("/"), settings=Settings())
    assert (report.exit_code, report.states) == (3, {"refused": 1})
    ((state, reason),) = rows("SELECT state, reason FROM pages")
    assert (state, reason.split(":")[0]) == ("refused", "address")
    assert web.log == []
    web.expect_request("/").respond_with_data(POST_HTML, content_type="text/html")
    assert fetch(db, web.url_for("/")).exit_code == 0
    assert rows("SELECT state FROM pages WHERE url NOT LIKE '%robots.txt'") == [("fetched",)]


def test_redirects_are_rows_of_their_own(db: Path, web: HTTPServer, rows: Rows) -> None:
    target = web.url_for("/new")
    web.expect_request("/old").respond_with_response(Response(status=301, headers={"Location": "/new"}))
    web.expect_request("/new").respond_with_data(POST_HTML, content_type="text/html")
    report = fetch(db, web.url_for("/old"))
    assert (report.states, report.records["redirect"]) == ({"fetched": 1}, 1)
    found = dict(rows("SELECT url, reason FROM pages WHERE url NOT LIKE '%robots.txt'"))
    assert found == {web.url_for("/old"): "redirect to /new", target: None}


def test_a_redirect_to_a_forbidden_place_refuses_that_place(db: Path, web: HTTPServer, rows: Rows) -> None:
    headers = {"Location": "http://10.0.0.1/secret"}
    web.expect_request("/out").respond_with_response(Response(status=302, headers=headers))
    report = fetch(db, web.url_for("/out"))
    assert (report.exit_code, report.states) == (3, {"refused": 1})
    assert rows("SELECT state FROM pages WHERE url = 'http://10.0.0.1/secret'") == [("refused",)]


@pytest.mark.parametrize(("status", "state", "code"), [(404, "gone", 0), (410, "gone", 0), (500, "failed", 3)])
def test_an_answer_that_is_no_page_has_its_state(
    db: Path, web: HTTPServer, rows: Rows, status: int, state: str, code: int
) -> None:
    web.expect_request("/page").respond_with_data("<p>No</p>", status=status, content_type="text/html")
    report = fetch(db, web.url_for("/page"))
    assert (report.exit_code, report.states) == (code, {state: 1})
    assert rows("SELECT count(*) FROM posts") == [(0,)]


def test_a_feed_is_kept_and_said_to_be_one(db: Path, web: HTTPServer, rows: Rows) -> None:
    web.expect_request("/feed").respond_with_data(RSS, content_type="text/xml")
    fetch(db, web.url_for("/feed"))
    assert rows("SELECT reason FROM pages WHERE url LIKE '%/feed'") == [("feed",)]


def test_what_there_is_in_place_of_a_post_is_said(db: Path, web: HTTPServer) -> None:
    heading = '<h2><a href="/{0}">Post {0}</a></h2><p>How it begins.</p>'
    home = "<h1>A blog</h1>" + "".join(heading.format(number) for number in range(5))
    web.expect_request("/").respond_with_data(home, content_type="text/html")
    web.expect_request("/feed").respond_with_data("<rss><channel/></rss>", content_type="application/rss+xml")
    web.expect_request("/a.pdf").respond_with_data(b"%PDF-1.4", content_type="application/pdf")
    report = fetch(db, *(web.url_for(path) for path in ("/", "/feed", "/a.pdf", "/a.pdf")))
    assert report.exit_code == 0
    assert report.summary.endswith(
        f"; no post at {web.url_for('/')}: a list of posts, whose posts `crawl` takes in"
        f"; no post at {web.url_for('/feed')}: a feed, whose posts `crawl` takes in"
        f"; no post at {web.url_for('/a.pdf')} and 1 more: application/pdf"
    )


def test_a_second_visit_is_a_second_capture_and_no_second_post(db: Path, web: HTTPServer, rows: Rows) -> None:
    web.expect_request("/slow-bread").respond_with_data(POST_HTML, content_type="text/html")
    url = web.url_for("/slow-bread")
    for _ in range(2):
        fetch(db, url)
    assert rows("SELECT count(*) FROM posts UNION ALL SELECT count(*) FROM comments") == [(1,), (1,)]


def test_a_second_visit_of_an_unchanged_page_counts_as_no_change(db: Path, web: HTTPServer) -> None:
    ages = iter(["3 years 2 months ago", "3 years 3 months ago"])

    def answer(request: Request) -> Response:
        page = POST_HTML.replace(b'datetime="2012-05-15T10:00:00+00:00">May 15, 2012', f">{next(ages)}".encode())
        return Response(
            page.replace(b"14 May 2012", b"14 May 2022").replace(b"2012-05-14", b"2022-05-14"), content_type="text/html"
        )

    web.expect_request("/slow-bread").respond_with_handler(answer)
    first, second = (fetch(db, web.url_for("/slow-bread")) for _ in range(2))
    assert "1 new post, 1 new comment" in first.summary
    assert second.summary.endswith("no new post or comment")


def test_what_is_no_web_address_is_a_usage_error_before_anything_is_made(db: Path) -> None:
    with pytest.raises(UsageError, match="not an http"):
        fetch(db, "ftp://blog.example/")
    assert not db.exists()


def test_two_writers_cannot_be(db: Path, web: HTTPServer) -> None:
    from datetime import UTC, datetime

    from scraper.capture.lock import WriterLock

    with WriterLock(db, datetime.now(UTC)), pytest.raises(ArchiveLocked):
        fetch(db, web.url_for("/"))


def test_servers_rest_after_each_request(db: Path, httpserver: HTTPServer) -> None:
    times = []

    def answer(request: Request) -> Response:
        times.append(time.monotonic())
        if request.path == "/old":
            return Response(status=301, headers={"Location": "/new"})
        return Response(POST_HTML if request.path == "/new" else "User-agent: *", content_type="text/html")

    for path in ("/robots.txt", "/old", "/new"):
        httpserver.expect_request(path).respond_with_handler(answer)
    grab(db, [httpserver.url_for("/old")], LOCAL, delay=0.3)
    assert len(times) == 3
    assert all(after - before >= 0.3 for before, after in pairwise(times))


def test_a_retry_after_holds_for_the_next_run_too(db: Path, web: HTTPServer, rows: Rows) -> None:
    busy = Response(status=503, headers={"Retry-After": "7200"})
    web.expect_request("/slow-bread").respond_with_response(busy)
    url = web.url_for("/slow-bread")
    fetch(db, url)
    web.clear_log()
    report = fetch(db, url)
    assert (report.states, report.exit_code, web.log) == ({"refused": 1}, 3, [])
    ((reason,),) = rows("SELECT reason FROM pages WHERE url LIKE '%slow-bread'")
    assert reason.startswith("pace: ") and "status 503, Retry-After" in reason


def test_a_host_that_asks_for_hours_between_its_pages_is_not_waited_for(db: Path, httpserver: HTTPServer) -> None:
    rules = "User-agent: *\nCrawl-delay: 7200"
    httpserver.expect_request("/robots.txt").respond_with_data(rules, content_type="text/plain")
    httpserver.expect_request("/a").respond_with_data(POST_HTML, content_type="text/html")
    assert fetch(db, httpserver.url_for("/a"), httpserver.url_for("/b")).states == {"fetched": 1, "refused": 1}
    assert [request.path for request, _ in httpserver.log] == ["/robots.txt", "/a"]


def test_a_robots_txt_is_good_for_the_next_run_too(db: Path, web: HTTPServer) -> None:
    web.expect_request("/slow-bread").respond_with_data(POST_HTML, content_type="text/html")
    for _ in range(2):
        assert fetch(db, web.url_for("/slow-bread")).exit_code == 0
    assert [request.path for request, _ in web.log] == ["/robots.txt", "/slow-bread", "/slow-bread"]


def test_credentials_are_shown_to_their_host(db: Path, web: HTTPServer) -> None:
    web.expect_request("/slow-bread").respond_with_data(POST_HTML, content_type="text/html")
    fetch(db, web.url_for("/slow-bread").replace("//", "//ann:s3cret@"))
    assert [request.authorization and request.authorization.password for request, _ in web.log][-1] == "s3cret"
    assert b"s3cret" not in db.read_bytes()


def test_credentials_are_stored_nowhere(db: Path, rows: Rows) -> None:
    settings = Settings(proxy="http://me:secret@10.0.0.1:3128/")
    report = fetch(db, "http://ann:secret@127.0.0.1:9/page", settings=settings)
    assert report.exit_code == 3
    assert rows("SELECT url FROM pages") == [("http://127.0.0.1:9/page",)]
    assert b"secret" not in db.read_bytes()
