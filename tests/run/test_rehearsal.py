"""A rehearsal says what a crawl would ask for and what not, and leaves no trace of itself in the archive."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from scraper.errors import ArchiveLocked, UsageError
from scraper.model import Crawl
from scraper.run.crawling.crawl import crawl
from scraper.run.crawling.crawler import CrawlOptions
from scraper.run.crawling.rehearsal import Rehearsal, rehearse
from scraper.run.session import Session
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from tests.run.conftest import POST_HTML

SETTINGS = Settings(contact="ann@example.org", allow_net=("127.0.0.0/8",))
OPTIONS = CrawlOptions(delay=0, readers=0)
SITEMAP = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>"
POSTS = ("2012/05/rye/", "2013/06/oats/", "2013/07/secret/")


@pytest.fixture
def blog(httpserver: HTTPServer) -> HTTPServer:
    """Three posts in a sitemap, one of which robots.txt does not allow."""
    httpserver.no_handler_status_code = 404
    robots = f"User-agent: *\nDisallow: /*/secret/\nSitemap: {httpserver.url_for('/map.xml')}"
    httpserver.expect_request("/robots.txt").respond_with_data(robots, content_type="text/plain")
    listed = "".join(f"<url><loc>{httpserver.url_for('/' + post)}</loc></url>" for post in POSTS)
    httpserver.expect_request("/map.xml").respond_with_data(SITEMAP.format(listed), content_type="application/xml")
    home = "<title>Bread</title><p>Hello.<a href='https://elsewhere.example/'>Friends</a><a href='/wp-login.php'>in</a>"
    httpserver.expect_request("/").respond_with_data(home, content_type="text/html")
    for post in POSTS:
        html = POST_HTML.replace(b"https://blog.example/slow-bread", httpserver.url_for(f"/{post}").encode())
        httpserver.expect_request(f"/{post}").respond_with_data(html, content_type="text/html")
    return httpserver


def rehearsed(db: Path, web: HTTPServer, **wanted: date | tuple[str, ...]) -> Rehearsal:
    return rehearse(db, Crawl(web.url_for("/"), **wanted), OPTIONS, SETTINGS)  # type: ignore[arg-type]


def asked(web: HTTPServer) -> list[str]:
    return [request.path for request, _ in web.log]


def files(db: Path) -> set[Path]:
    """All files of the archive, but for what any reader in WAL mode leaves."""
    return {path for path in db.parent.rglob("*") if path.is_file() and path.suffix not in (".db-shm", ".db-wal")}


def held(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the archive by table, but for what is known of servers."""
    with closing(sqlite3.connect(db)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = sorted(set(names) - {"hosts", "robots"})
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in kept}


def planned(web: HTTPServer, found: Rehearsal) -> list[tuple[str, str]]:
    return [(each.role, each.url.removeprefix(web.url_for("/"))) for each in found.planned]


def test_what_tells_of_posts_is_asked_for_and_the_posts_are_listed(blog: HTTPServer, db: Path) -> None:
    found = rehearsed(db, blog)
    assert planned(blog, found)[:4] == [
        ("home", ""), ("sitemap", "map.xml"), ("post", "2012/05/rye/"), ("post", "2013/06/oats/"),
    ]  # fmt: skip
    assert set(asked(blog)) == {"/robots.txt", "/", "/map.xml"}
    assert [(each.source, each.is_known) for each in found.planned[1:3]] == [("robots", True), ("sitemap", False)]


def test_what_is_left_out_has_its_reason(blog: HTTPServer, db: Path) -> None:
    reasons = {each.url: each.reason for each in rehearsed(db, blog).left_out}
    assert reasons[blog.url_for("/2013/07/secret/")] == "robots: robots.txt disallows it"
    assert reasons["https://elsewhere.example/"] == "another site"
    assert reasons[blog.url_for("/wp-login.php")] == "logs in or out"


def test_posts_of_other_days_are_left_out(blog: HTTPServer, db: Path) -> None:
    found = rehearsed(db, blog, since=date(2013, 1, 1), until=date(2013, 6, 30))
    assert [url for role, url in planned(blog, found) if role == "post"] == ["2013/06/oats/"]
    reasons = {each.url.removeprefix(blog.url_for("/")): each.reason for each in found.left_out}
    assert reasons["2012/05/rye/"] == "from before 2013-01-01"
    assert reasons["2013/07/secret/"] == "from after 2013-06-30"


def test_no_archive_is_made_and_one_that_is_there_stays_as_it_was(blog: HTTPServer, db: Path) -> None:
    rehearsed(db, blog)
    assert list(db.parent.iterdir()) == []
    crawl(db, Crawl(blog.url_for("/")), OPTIONS, SETTINGS)
    before = files(db), held(db)
    rehearsed(db, blog)
    assert (files(db), held(db)) == before


def test_what_servers_asked_for_is_remembered(blog: HTTPServer, db: Path) -> None:
    crawl(db, Crawl(blog.url_for("/")), OPTIONS, SETTINGS)
    busy = Response(status=503, headers={"Retry-After": "7200"})
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("DELETE FROM robots")
        connection.commit()
    blog.clear_all_handlers()
    blog.expect_request("/robots.txt").respond_with_data("User-agent: *", content_type="text/plain")
    blog.expect_request("/").respond_with_response(busy)
    blog.expect_request("/map.xml").respond_with_response(busy)
    assert rehearsed(db, blog).report.is_waiting
    blog.clear_log()
    report = crawl(db, Crawl(blog.url_for("/")), OPTIONS, SETTINGS)
    assert (report.is_waiting, asked(blog)) == (True, [])


def test_nobody_else_crawls_meanwhile(blog: HTTPServer, db: Path) -> None:
    with Session(db, "crawl", SETTINGS, Watcher()), pytest.raises(ArchiveLocked):
        rehearsed(db, blog)
    assert blog.log == []


def test_what_is_held_and_not_due_is_not_planned_again(blog: HTTPServer, db: Path) -> None:
    crawl(db, Crawl(blog.url_for("/")), OPTIONS, SETTINGS)
    assert [role for role, _ in planned(blog, rehearsed(db, blog)) if role == "post"] == []


def test_the_crawl_asks_for_what_was_planned(blog: HTTPServer, db: Path) -> None:
    """And for what the posts lead to, such as their author's page."""
    urls = {"/" + url for _, url in planned(blog, rehearsed(db, blog))}
    blog.clear_log()
    crawl(db, Crawl(blog.url_for("/")), OPTIONS, SETTINGS)
    assert set(asked(blog)) - urls == {"/robots.txt", "/ann"}
    assert urls <= set(asked(blog))


def test_a_blog_that_moves_is_planned_where_it_is(blog: HTTPServer, db: Path) -> None:
    blog.expect_request("/old/").respond_with_data("", status=301, headers={"Location": blog.url_for("/")})
    found = rehearse(db, Crawl(blog.url_for("/old/")), OPTIONS, SETTINGS)
    assert ("post", "2012/05/rye/") in planned(blog, found)


def test_a_blog_that_has_moved_is_planned_by_its_old_address(blog: HTTPServer, db: Path) -> None:
    old = blog.url_for("/old/")
    blog.expect_request("/old/").respond_with_data("", status=301, headers={"Location": blog.url_for("/")})
    crawl(db, Crawl(old), OPTIONS, SETTINGS)
    assert ("home", "") in planned(blog, rehearse(db, Crawl(old), OPTIONS, SETTINGS))


def test_a_contact_is_needed_here_too(blog: HTTPServer, db: Path) -> None:
    with pytest.raises(UsageError, match="--contact"):
        rehearse(db, Crawl(blog.url_for("/")), OPTIONS, Settings())
    assert blog.log == []


def test_without_a_blog_it_is_that_of_all_blogs_in_the_archive(blog: HTTPServer, db: Path) -> None:
    crawl(db, Crawl(blog.url_for("/")), OPTIONS, SETTINGS)
    listed = "".join(f"<url><loc>{blog.url_for('/' + post)}</loc></url>" for post in (*POSTS, "2014/01/wheat/"))
    blog.expect_request("/map.xml").respond_with_data(SITEMAP.format(listed), content_type="application/xml")
    blog.handlers.insert(0, blog.handlers.pop())
    before = held(db)
    found = rehearse(db, None, OPTIONS, SETTINGS)
    assert [url for role, url in planned(blog, found) if role == "post"] == ["2014/01/wheat/"]
    assert held(db) == before


def test_an_archive_without_blogs_has_nothing_to_rehearse(db: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        rehearse(db, None, OPTIONS, SETTINGS)
    assert not db.exists()
