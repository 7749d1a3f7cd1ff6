"""What a crawl says of what it lacks: a blog of which some posts cannot be had, and one has a thread cut short."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from scraper.model import Crawl
from scraper.run.crawling.crawl import crawl
from scraper.run.crawling.crawler import CrawlOptions
from scraper.settings import Settings
from scraper.store.crawls.coverage import BlogCoverage, read_coverage
from tests.run.conftest import POST, TEXT

SETTINGS = Settings(contact="ann@example.org", allow_net=("127.0.0.0/8",))
OPTIONS = CrawlOptions(delay=0, readers=0)
NAMES = tuple(f"posts/{name}" for name in ("slow-bread", "closed", "gone", "private/letter", "moved", "quick-bread"))
SITEMAP = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>"
ABOUT = "<html><head><title>About us</title></head><body><h1>About us</h1>" + "<p>We bake all day.</p>" * 9


def page(web: HTTPServer, name: str) -> str:
    html = POST.format(text=TEXT.replace("bread", name))
    return html.replace("https://blog.example/slow-bread", web.url_for(f"/{name}")).replace("Slow bread", name)


@pytest.fixture
def blog(httpserver: HTTPServer) -> HTTPServer:
    """Six posts in its sitemap, of which one is held whole and one without most of its comments."""
    web = httpserver
    web.no_handler_status_code = 404
    robots = f"User-agent: *\nDisallow: /posts/private/\nSitemap: {web.url_for('/post-sitemap.xml')}\n"
    web.expect_request("/robots.txt").respond_with_data(robots, content_type="text/plain")
    listed = "".join(f"<url><loc>{web.url_for('/' + name)}</loc></url>" for name in NAMES)
    web.expect_request("/post-sitemap.xml").respond_with_data(SITEMAP.format(listed), content_type="application/xml")
    links = "".join(f"<h2><a href='/{name}'>{name}</a></h2><p>Bread takes its time.</p>" for name in NAMES)
    home = f"<html><head><title>Bread</title></head><body>{links}<a href='/about'>About</a></body></html>"
    web.expect_request("/").respond_with_data(home, content_type="text/html")
    web.expect_request("/posts/slow-bread").respond_with_data(page(web, "posts/slow-bread"), content_type="text/html")
    short = page(web, "posts/quick-bread").replace("1 comment<", "7 comments<")
    web.expect_request("/posts/quick-bread").respond_with_data(short, content_type="text/html")
    web.expect_request("/posts/closed").respond_with_data("not for you", status=403)
    web.expect_request("/posts/gone").respond_with_data("", status=410)
    web.expect_request("/posts/moved").respond_with_data("", status=301, headers={"Location": "/"})
    web.expect_request("/about").respond_with_data(ABOUT, content_type="text/html")
    return web


def covered(db: Path, web: HTTPServer, limit: int | None = None) -> BlogCoverage:
    crawl(db, Crawl(web.url_for("/")), OPTIONS, SETTINGS)
    (found,) = read_coverage(db, limit)
    return found


def change(db: Path, sql: str) -> None:
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(sql)


def test_each_known_post_is_held_or_has_a_reason(blog: HTTPServer, db: Path) -> None:
    found = covered(db, blog)
    posts = found.posts
    assert (posts.known, posts.held, posts.failed, posts.refused, posts.gone, posts.without) == (6, 2, 1, 1, 1, 1)
    assert posts.known == posts.held + posts.waiting + posts.failed + posts.refused + posts.gone + posts.without
    missing = {each.url.removeprefix(blog.url_for("/posts/")): each for each in found.missing_posts}
    assert {name: each.state for name, each in missing.items()} == {
        "closed": "failed", "gone": "gone", "private/letter": "refused", "moved": "moved",
    }  # fmt: skip
    assert missing["closed"].reason == "status 403"
    assert missing["closed"].next_try is not None
    assert (missing["private/letter"].reason or "").startswith("robots: ")
    assert missing["moved"].reason == f"redirect to {blog.url_for('/')}"


def test_what_lists_posts_is_held_against_what_is_held(blog: HTTPServer, db: Path) -> None:
    sources = {each.source: (each.known, each.held) for each in covered(db, blog).sources}
    assert sources == {"feed": (0, 0), "sitemap": (6, 2), "interface": (0, 0), "archive": (0, 0)}


def test_a_thread_with_fewer_comments_than_declared_is_told(blog: HTTPServer, db: Path) -> None:
    found = covered(db, blog)
    (short,) = found.short_threads
    assert (short.url, short.held, short.declared) == (blog.url_for("/posts/quick-bread"), 1, 7)
    assert (found.comments.held, found.comments.declared, found.comments.missing) == (2, 8, 6)


def test_troubles_are_counted_by_reason_without_the_address(blog: HTTPServer, db: Path) -> None:
    troubles = {(each.kind, each.reason): each for each in covered(db, blog).troubles}
    refused = troubles["refused", "robots: robots.txt disallows"]
    assert (refused.number, refused.example) == (1, blog.url_for("/posts/private/letter"))
    assert troubles["failed", "status 403"].next_try is not None


def test_what_was_held_stays_held_when_it_is_gone(blog: HTTPServer, db: Path) -> None:
    covered(db, blog)
    change(db, "UPDATE pages SET state = 'gone', reason = 'status 404' WHERE url LIKE '%slow-bread'")
    (found,) = read_coverage(db)
    assert (found.posts.held, found.posts.held_gone, found.posts.gone) == (2, 1, 1)


def test_a_crawl_that_was_cut_short_leaves_posts_waiting(blog: HTTPServer, db: Path) -> None:
    crawl(db, Crawl(blog.url_for("/")), CrawlOptions(delay=0, readers=0, limit=2), SETTINGS)
    (found,) = read_coverage(db)
    assert found.posts.waiting == found.posts.known == len(NAMES)
    assert {each.state for each in found.missing_posts} == {"waiting"}


def test_no_more_is_listed_than_asked_for(blog: HTTPServer, db: Path) -> None:
    found = covered(db, blog, limit=1)
    assert len(found.missing_posts) == 1
    assert found.posts.known == 6


def test_two_addresses_of_one_post_are_one_post(blog: HTTPServer, db: Path) -> None:
    again = "".join(
        f"<url><loc>{blog.url_for('/' + each)}</loc></url>" for each in ("posts/slow-bread", "posts/old/slow-bread")
    )
    blog.expect_oneshot_request("/post-sitemap.xml").respond_with_data(
        SITEMAP.format(again), content_type="application/xml"
    )
    blog.expect_request("/posts/old/slow-bread").respond_with_data(
        page(blog, "posts/slow-bread"), content_type="text/html"
    )
    sitemap = next(each for each in covered(db, blog).sources if each.source == "sitemap")
    assert (sitemap.known, sitemap.held) == (1, 1)


def test_what_is_listed_as_a_post_and_read_as_another_page_is_not_held(blog: HTTPServer, db: Path) -> None:
    covered(db, blog)
    change(db, "UPDATE posts SET kind = 'about' WHERE url LIKE '%slow-bread'")
    (found,) = read_coverage(db)
    assert (found.posts.held, found.posts.without) == (1, 2)
    assert [each.reason for each in found.missing_posts if each.state == "no_post"] == ["read as a page of kind about"]


def test_a_page_of_a_sitemap_that_cannot_be_had_may_be_a_post(blog: HTTPServer, db: Path) -> None:
    robots = f"Sitemap: {blog.url_for('/all.xml')}"
    blog.expect_oneshot_request("/robots.txt").respond_with_data(robots, content_type="text/plain")
    listed = "".join(
        f"<url><loc>{blog.url_for('/' + each)}</loc></url>" for each in ("about", "posts/moved", "other", "shut")
    )
    blog.expect_request("/all.xml").respond_with_data(SITEMAP.format(listed), content_type="application/xml")
    blog.expect_oneshot_request("/").respond_with_data("<title>Bread</title><p>Hello.", content_type="text/html")
    blog.expect_request("/shut").respond_with_data("no", status=403)
    found = covered(db, blog)
    missing = {each.url.removeprefix(blog.url_for("/")): (each.role, each.state) for each in found.missing_posts}
    assert missing == {"shut": ("page", "failed"), "other": ("page", "gone")}
