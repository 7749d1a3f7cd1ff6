"""`coverage` says what is held and what is missing of each crawled blog."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.cli.conftest import Call, page

SITEMAP = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>"


@pytest.fixture
def crawled(tmp_path: Path, call: Call, httpserver: HTTPServer) -> Path:
    """A blog of three posts, two of which cannot be had."""
    urls = [httpserver.url_for(f"/{name}") for name in ("rye", "closed", "shut")]
    robots = f"Sitemap: {httpserver.url_for('/map.xml')}"
    httpserver.expect_request("/robots.txt").respond_with_data(robots, content_type="text/plain")
    listed = SITEMAP.format("".join(f"<url><loc>{url}</loc></url>" for url in urls))
    httpserver.expect_request("/map.xml").respond_with_data(listed, content_type="application/xml")
    rye = page("rye").replace(b"https://blog.example/", httpserver.url_for("/").encode())
    httpserver.expect_request("/rye").respond_with_data(rye, content_type="text/html")
    httpserver.no_handler_status_code = 404
    httpserver.expect_request("/").respond_with_data("<title>Bread</title><a href='/rye'>", content_type="text/html")
    for name in ("closed", "shut"):
        httpserver.expect_request(f"/{name}").respond_with_data("no", status=403)
    db = tmp_path / "crawled.db"
    words = ("--contact", "ann@example.org", "--delay", 0, "--allow-net", "127.0.0.0/8", "-q")
    assert call("crawl", db, httpserver.url_for("/"), *words).exit_code == 3
    return db


def test_a_line_says_of_each_blog_what_is_held_and_another_each_post_that_is_not(
    call: Call, crawled: Path, httpserver: HTTPServer
) -> None:
    found = call("coverage", crawled)
    lines = [line.split("\t") for line in found.stdout.splitlines()]
    blog = httpserver.url_for("/")
    assert (found.exit_code, found.stderr) == (0, "")
    assert [blog, "posts", "1 of 3 held", "2 failed"] in lines
    assert [blog, "posts in sitemaps", "1 of 3 held", ""] in lines
    missing = [line for line in lines if line[1].startswith("missing ")]
    assert [line[2] for line in missing] == [httpserver.url_for("/closed"), httpserver.url_for("/shut")]
    assert all(line[3].startswith("failed: status 403; next try 20") for line in missing)


def test_a_time_is_told_to_the_second(call: Call, crawled: Path) -> None:
    with closing(sqlite3.connect(crawled)) as archive:
        archive.execute("UPDATE hosts SET ready_at = '2999-01-01T00:00:00.123456Z', waits_for = 'down'")
        archive.execute("UPDATE frontier SET due_at = '2024-03-20T00:00:00Z'")
        archive.commit()
    lines = [line.split("\t") for line in call("coverage", crawled).stdout.splitlines()]
    (left,) = [line for line in lines if line[1] == "left alone"]
    assert "; next try 2999-01-01T00:00:00Z; " in left[3]


def test_what_is_beyond_the_limit_is_counted(call: Call, crawled: Path) -> None:
    lines = [line.split("\t") for line in call("coverage", crawled, "--limit", 1).stdout.splitlines()]
    assert [line[2] for line in lines if line[1].startswith("missing ")][1:] == ["and 1 more"]


def test_as_json_it_has_numbers(call: Call, crawled: Path) -> None:
    (blog,) = json.loads(call("coverage", crawled, "--json").stdout)
    assert (blog["posts"]["known"], blog["posts"]["held"], blog["posts"]["failed"]) == (3, 1, 2)
    assert blog["missing_posts"][0]["reason"] == "status 403"


def test_an_archive_without_crawled_blogs_says_so(call: Call, db: Path) -> None:
    found = call("coverage", db)
    assert (found.exit_code, found.stdout) == (0, "")
    assert "no blog is crawled" in found.stderr
