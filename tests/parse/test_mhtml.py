"""The page in an MHTML file is found, and nothing else of it read."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from scraper.parse.mhtml import looks_like_mhtml, read_mhtml

MESSAGE = """From: <Saved by Blink>
Snapshot-Content-Location: https://blog.example/slow-bread
Subject: Slow bread
Date: Wed, 20 Mar 2024 12:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----MultipartBoundary--x1----"

------MultipartBoundary--x1----
Content-Type: text/html; charset=utf-8
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: {coding}
Content-Location: https://blog.example/slow-bread

{html}
------MultipartBoundary--x1----
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://blog.example/a.png

iVBORw0KGgo=
------MultipartBoundary--x1------
"""


def message(html: str = "<p>caf=C3=A9 =3D good</p>", coding: str = "quoted-printable") -> bytes:
    return MESSAGE.format(html=html, coding=coding).replace("\n", "\r\n").encode()


def test_the_page_comes_with_its_url_its_time_and_its_encoding() -> None:
    saved = read_mhtml(message())
    assert saved is not None
    assert saved.html.strip() == "<p>café = good</p>".encode()
    assert (saved.url, saved.content_type) == ("https://blog.example/slow-bread", "text/html; charset=utf-8")
    assert saved.at == datetime(2024, 3, 20, 11, tzinfo=UTC)


def test_a_page_in_base64_is_decoded() -> None:
    saved = read_mhtml(message(base64.b64encode("<p>café</p>".encode()).decode(), "base64"))
    assert saved is not None
    assert saved.html == "<p>café</p>".encode()


def test_the_part_that_is_named_as_the_start_is_the_page() -> None:
    frame = b"Content-Type: text/html\r\n\r\n<p>advert</p>\r\n------MultipartBoundary--x1----\r\n"
    first, mark, rest = message().partition(b"------MultipartBoundary--x1----\r\n")
    named = first.replace(b'type="text/html";', b'type="text/html"; start="<frame-1@mhtml.blink>";')
    saved = read_mhtml(named + mark + frame + rest)
    assert saved is not None
    assert b"good" in saved.html


@pytest.mark.parametrize("content", [b"", b"Content-Type: multipart/related\r\n\r\n", message()[:250], message("")])
def test_a_message_without_a_page_is_none(content: bytes) -> None:
    assert read_mhtml(content) is None


def test_messages_in_messages_end_somewhere() -> None:
    content = b"<p>deep</p>"
    for level in range(200):
        mark = b"b%d" % level
        content = b"Content-Type: multipart/related; boundary=" + mark + b"\n\n--" + mark + b"\n" + content
    assert read_mhtml(content) is None


def test_it_is_known_by_its_head_and_a_mail_is_not_taken_for_it() -> None:
    assert looks_like_mhtml(message())
    assert not looks_like_mhtml(b"From: a\nContent-Type: text/plain\n\nmultipart/related")
