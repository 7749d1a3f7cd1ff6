"""Saved pages, a WARC of a small site, and an archive's rows to compare."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pytest_httpserver import HTTPServer

POST = """<!DOCTYPE html><html lang="en"><head><title>Slow bread</title>
<link rel="canonical" href="https://blog.example/slow-bread"><meta property="og:type" content="article"></head>
<body><article><h1>Slow bread</h1><p class="byline">By <a rel="author" href="/ann">Ann Lee</a></p>
<time datetime="2012-05-14">14 May 2012</time>
<div class="entry-content">{text}</div></article>
<div id="comments"><h2>1 comment</h2><ol class="comment-list"><li id="comment-11" class="comment">
<div class="comment-author"><cite class="fn">Bob</cite></div><div class="comment-metadata"><time
datetime="2012-05-15T10:00:00+00:00">May 15, 2012</time></div><div class="comment-content"><p>Good bread.</p></div>
</li></ol></div></body></html>"""
TEXT = "".join(
    f"<p>Paragraph {number} says that bread takes its time, and that nobody should hurry it.</p>" for number in range(8)
)
POST_HTML = POST.format(text=TEXT).encode()
RSS = b"<?xml version='1.0'?><rss version='2.0'><channel><title>Bread</title></channel></rss>"
DATE = "2024-03-20T12:00:00Z"

Rows = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "voices.db"


@pytest.fixture
def rows(db: Path) -> Rows:
    def read(sql: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    return read


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    path = tmp_path / "post.html"
    path.write_bytes(POST_HTML)
    return path


class SiteWarc:
    """A WARC 1.1 in the making: each call adds a record, in a gzip member of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._parts: list[bytes] = []

    def info(self) -> None:
        self._add("warcinfo", None, DATE, "application/warc-fields", b"software: test\r\n")

    def response(
        self, url: str, status: str, content_type: str, body: bytes, *more: tuple[str, str], date: str = DATE
    ) -> None:
        headers = "".join(f"{name}: {value}\r\n" for name, value in [("Content-Type", content_type), *more])
        block = f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body
        self._add("response", url, date, "application/http; msgtype=response", block)

    def request(self, url: str) -> None:
        block = b"GET /slow-bread HTTP/1.1\r\nHost: blog.example\r\n\r\n"
        self._add("request", url, DATE, "application/http; msgtype=request", block)

    def resource(self, url: str, content_type: str, body: bytes) -> None:
        self._add("resource", url, DATE, content_type, body)

    def revisit(self, url: str, date: str) -> None:
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        profile = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
        more = {"WARC-Profile": profile, "WARC-Refers-To-Target-URI": url, "WARC-Refers-To-Date": DATE}
        self._add("revisit", url, date, "application/http; msgtype=response", block, **more)

    def raw(self, data: bytes) -> None:
        self._parts.append(data)

    def done(self) -> Path:
        self.path.write_bytes(b"".join(self._parts))
        return self.path

    def _add(self, kind: str, url: str | None, date: str, content_type: str, block: bytes, **more: str) -> None:
        fields = {
            "WARC-Type": kind,
            "WARC-Record-ID": f"<{uuid4().urn}>",
            "WARC-Date": date,
            **({"WARC-Target-URI": url} if url else {}),
            **more,
            "Content-Type": content_type,
            "Content-Length": len(block),
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        self._parts.append(gzip.compress(f"WARC/1.1\r\n{head}\r\n".encode() + block + b"\r\n\r\n"))


@pytest.fixture
def site(tmp_path: Path) -> SiteWarc:
    return SiteWarc(tmp_path / "site.warc.gz")


@pytest.fixture
def web(httpserver: HTTPServer) -> HTTPServer:
    """A site without a robots.txt."""
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    return httpserver
