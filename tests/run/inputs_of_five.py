"""Inputs of five posts, for runs that are stopped: a folder of saved pages, and a WARC of a small site."""

from __future__ import annotations

import os
from pathlib import Path

from tests.conftest import read_golden
from tests.run.conftest import POST_HTML, RSS, SiteWarc

THREAD = ("wordpress--newest-comments", "wordpress--comment-page-1")  # two pages of one post
DUMP = "textdump--wordpress-post"
SAVED_AT = 1_700_000_000  # so that a page read again is read as of the same time


def make_post(number: int, more: str = "") -> bytes:
    """A post of its own URL, with its own comment."""
    page = POST_HTML.replace(b"slow-bread", b"bread-%d" % number).replace(b"comment-11", b"comment-%d" % (100 + number))
    return page.replace(b"Good bread.", f"Good bread, number {number}.{more}".encode())


def fill_folder(folder: Path) -> Path:
    """Five posts: one without a URL, one saved twice and one as text; and a file that is no page."""
    folder.mkdir()
    pages = {
        "a.html": make_post(1),
        "b.html": make_post(2),
        "c.html": make_post(3).replace(b'rel="canonical"', b'rel="other"'),
        "d.txt": read_golden(DUMP).page,
        "e.html": make_post(4),
        "f.html": make_post(2, " Changed."),
        "g.css": b"p {}",
    }
    for name, page in pages.items():
        (folder / name).write_bytes(page)
        os.utime(folder / name, (SAVED_AT, SAVED_AT))
    return folder


def fill_warc(site: SiteWarc) -> Path:
    """Five posts, one of them on two pages, and what else a crawl of a blog brings."""
    site.info()
    for number in (1, 2):
        url = f"https://blog.example/bread-{number}"
        site.request(url)
        site.response(url, "200 OK", "text/html", make_post(number))
    for golden in map(read_golden, THREAD):
        assert golden.url is not None
        site.response(golden.url, "200 OK", "text/html; charset=utf-8", golden.page)
    site.response("https://blog.example/feed", "200 OK", "application/rss+xml", RSS)
    site.response("https://blog.example/old", "301 Moved", "text/html", b"", ("Location", "/bread-1"))
    site.response("https://blog.example/gone", "404 Not Found", "text/html", b"<p>No such page</p>")
    site.resource("https://blog.example/bread-3", "text/html", make_post(3))
    site.resource("https://blog.example/dump", "text/plain", read_golden(DUMP).page)
    site.revisit("https://blog.example/bread-1", "2024-04-01T00:00:00Z")
    site.response(
        "https://blog.example/bread-2", "200 OK", "text/html", make_post(2, " Changed."), date="2024-05-01T00:00:00Z"
    )
    return site.done()
