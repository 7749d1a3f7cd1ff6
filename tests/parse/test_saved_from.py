"""Programs that save pages write into them where those are from."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scraper.parse.saved_from import SavedFrom, find_origin

NOON = datetime(2024, 3, 20, 12, tzinfo=UTC)
SINGLE_FILE = b"""<!DOCTYPE html> <html lang=en><!--
 Page saved with SingleFile
 url: https://blog.example/slow-bread
 saved date: Wed Mar 20 2024 13:00:00 GMT+0100 (Central European Standard Time)
--><meta charset=utf-8>"""
HTTRACK = b"""<html>
<!-- Mirrored from blog.example/2012/05/rye.html by HTTrack Website Copier/3.x [XR&CO'2014], Wed, 20 Mar 2024 12:00:00 GMT -->
<!-- Added by HTTrack --><meta http-equiv="content-type" content="text/html;charset=UTF-8" /><!-- /Added by HTTrack -->"""


def test_singlefile_tells_where_from_and_when() -> None:
    assert find_origin(SINGLE_FILE) == SavedFrom("https://blog.example/slow-bread", NOON)


def test_httrack_tells_where_from_and_when() -> None:
    assert find_origin(HTTRACK) == SavedFrom("http://blog.example/2012/05/rye.html", NOON)


@pytest.mark.parametrize(
    "page",
    [
        b"<p>Mirrored from blog.example by HTTrack</p>",
        b"<!-- saved from url=(0014)about:internet -->",
        b"<!-- Page saved with SingleFile url: file:///etc/passwd saved date: now -->",
        b" " * 20_000 + SINGLE_FILE,
    ],
)
def test_other_pages_tell_nothing(page: bytes) -> None:
    assert find_origin(page) is None


def test_a_time_that_is_none_does_not_matter() -> None:
    page = SINGLE_FILE.replace(b"Wed Mar 20", b"Wed Foo 99")
    assert find_origin(page) == SavedFrom("https://blog.example/slow-bread", None)
