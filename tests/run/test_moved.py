"""A blog whose permalinks changed has the same posts as before, under their new addresses, in a crawl."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from scraper.model import Crawl
from scraper.run.crawling.crawl import CrawlOptions, crawl
from scraper.run.upkeep.rebuild import rebuild
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from tests.run.conftest import Rows
from tests.run.contents_of import content
from tests.run.inputs_of_five import make_post
from tests.run.soundness import assert_sound

SETTINGS = Settings(contact="me@example.org", allow_net=("127.0.0.0/8", "localhost"))
FIVE = range(1, 6)


class MovingBlog:
    """A blog of five posts at '/?p=N', and later at '/2012/05/bread-N/', where the old addresses lead."""

    def __init__(self, server: HTTPServer) -> None:
        self.server, self.has_moved = server, False
        server.no_handler_status_code = 404  # and not 500, after which it is asked again
        server.expect_request("/robots.txt").respond_with_data("", status=404)
        for path in ("/", *(f"/2012/05/bread-{number}/" for number in FIVE)):
            server.expect_request(path).respond_with_handler(self._answer)

    def address(self, number: int) -> str:
        return f"/2012/05/bread-{number}/" if self.has_moved else f"/?p={number}"

    def _answer(self, request: Request) -> Response:
        number = request.args.get("p") or request.path.strip("/").rpartition("-")[2]
        if number and self.has_moved == ("p" in request.args):
            to = self.address(int(number))
            return Response(status=301, headers={"Location": to}) if self.has_moved else Response(status=404)
        return Response(self._post(int(number)) if number else self._home(), content_type="text/html; charset=utf-8")

    def _post(self, number: int) -> bytes:
        own = self.server.url_for(self.address(number)).encode()
        page = make_post(number).replace(b"https://blog.example/bread-%d" % number, own)
        return page.replace(b"bread takes its time", b"bread number %d takes its time" % number)

    def _home(self) -> str:
        links = "".join(f'<article><h2><a href="{self.address(n)}">Bread {n}</a></h2></article>' for n in FIVE)
        return f"<!DOCTYPE html><html><head><title>Bread</title></head><body><main>{links}</main></body></html>"


@pytest.fixture
def blog(httpserver: HTTPServer) -> MovingBlog:
    return MovingBlog(httpserver)


def visit(db: Path, blog: MovingBlog, days: int = 0) -> None:
    """Crawls the blog as of so many days later."""
    watcher = Watcher(clock=lambda: datetime.now(UTC) + timedelta(days=days))
    crawl(db, Crawl(blog.server.url_for("/")), CrawlOptions(0.0, readers=0), SETTINGS, watcher)


def test_posts_whose_old_addresses_lead_to_them_are_the_same_posts(db: Path, blog: MovingBlog, rows: Rows) -> None:
    visit(db, blog)
    old = {blog.server.url_for(blog.address(number)) for number in FIVE}
    assert {url for (url,) in rows("SELECT url FROM posts")} == old
    blog.has_moved = True
    visit(db, blog, 1)  # the new addresses are found; the old ones are not due
    visit(db, blog, 1000)
    new = {blog.server.url_for(blog.address(number)) for number in FIVE}
    assert {url for (url,) in rows("SELECT url FROM posts")} == new
    assert rows("SELECT count(*), count(DISTINCT post_id) FROM comments") == [(5, 5)]
    kept = rows("SELECT pages.url, posts.url FROM pages JOIN posts ON posts.id = post_id WHERE pages.url LIKE '%p=%'")
    assert {url for url, _ in kept} == old
    assert {url for _, url in kept} == new
    assert rows("SELECT what, count(*) FROM changes WHERE what LIKE 'post_%' GROUP BY what") == [
        *(("post_moved", 5), ("post_new", 5)),
    ]
    assert_sound(db)
    before = content(db)
    for path in db.parent.glob(db.name + "*"):
        path.unlink()
    rebuild(db, db.with_suffix(".warc"), Settings(), readers=0)
    assert content(db)["posts"] == before["posts"]
    assert content(db)["comments"] == before["comments"]
