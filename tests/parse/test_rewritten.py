"""What web archives put into pages is taken off, and links lead where they led."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from scraper.parse.rewritten import MARKS, as_captured, is_rewritten
from scraper.parse.saved_from import SavedFrom, find_origin

AT = datetime(2012, 3, 20, 10, 4, 5, tzinfo=UTC)
WAYBACK = b"""<html><head><script src="//archive.org/includes/athena.js" type="text/javascript"></script>
<script type="text/javascript">__wm.init("https://web.archive.org/web");
__wm.wombat("http://blog.example/slow-bread","20120320100405","https://web.archive.org/","web");</script>
<link rel="stylesheet" href="/_static/css/banner-styles.css"/>
<!-- End Wayback Rewrite JS Include -->
<link rel="canonical" href="https://web.archive.org/web/20120320100405/http://blog.example/slow-bread"></head><body>
<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base">19 captures</div><!-- END WAYBACK TOOLBAR INSERT -->
<a href="/web/20120320100405/http://blog.example/rye">Rye</a><img src="/web/20120320100405im_/http:/blog.example/a.png">
<a href="//web.archive.org/web/20120320100405/https://web.archive.org/web/20010101000000/http://old.example/">old</a>
</body></html>"""
PYWB = b"""<html><head><!-- WB Insert --><script>wbinfo = {}; wbinfo.url = "http://blog.example/"; wbinfo.timestamp =
"20120320100405";</script><!-- End WB Insert --></head><a href="http://localhost:8080/coll/20120320100405mp_/http://blog.example/rye">Rye</a>"""


def test_the_toolbar_goes_and_links_are_as_they_were() -> None:
    page = as_captured(WAYBACK)
    assert b"19 captures" not in page and b"athena" not in page and b"wombat" not in page
    assert b'<link rel="canonical" href="http://blog.example/slow-bread">' in page
    assert b'<a href="http://blog.example/rye">Rye</a><img src="http://blog.example/a.png">' in page


def test_a_link_to_a_web_archive_stays_one() -> None:
    assert b'<a href="https://web.archive.org/web/20010101000000/http://old.example/">old</a>' in as_captured(WAYBACK)


def test_pages_of_pywb_are_read_too() -> None:
    assert as_captured(PYWB) == b'<html><head></head><a href="http://blog.example/rye">Rye</a>'


def test_a_page_that_no_archive_marked_is_unchanged() -> None:
    page = b'<a href="https://web.archive.org/web/20010101000000/http://old.example/">as it was in 2001</a>'
    assert as_captured(page) is page


@pytest.mark.parametrize("mark", MARKS)
def test_a_page_that_writes_of_the_marks_is_unchanged(mark: bytes) -> None:
    said = mark.replace(b"<", b"&lt;").replace(b">", b"&gt;")
    link = b'<a href="https://web.archive.org/web/20120320100405/http://old.example/">old</a>'
    page = b"<html><script>start()</script><body><pre>&lt;!-- BEGIN <code>" + said + b"</code></pre>" + link
    assert as_captured(page) is page


@pytest.mark.parametrize(
    "mark",
    [b"<script>__wm.wombat(1)</script>", b"<SCRIPT src=a>a<b;wbinfo.timestamp=1", b"<div lang=en id='wm-ipp-base'>"],
)
def test_any_mark_in_its_place_tells_an_archives_page(mark: bytes) -> None:
    assert is_rewritten(mark)


@pytest.mark.parametrize(
    "begin",
    [
        b"<!-- BEGIN WAYBACK TOOLBAR INSERT -->",
        b"<!-- WB Insert -->",
        b'<script src="/static/a.js">',
        b"<script /static/",
    ],
)
@pytest.mark.parametrize(
    "end", [b"", b"<!-- END WAYBACK TOOLBAR INSERT --><!-- End WB Insert --><!-- End Wayback Rewrite JS Include -->"]
)
def test_many_beginnings_without_an_end_take_no_time(begin: bytes, end: bytes) -> None:
    page = b"<!-- WB Insert -->" + begin * 50_000 + b"x" * 300_000 + end
    began = time.process_time()
    assert len(as_captured(page)) >= len(page) - len(end)
    assert time.process_time() - began < 1


def test_a_saved_memento_tells_its_url_and_time() -> None:
    assert find_origin(WAYBACK) == SavedFrom("http://blog.example/slow-bread", AT)
    assert find_origin(PYWB) == SavedFrom("http://blog.example/", AT)
    by_browser = (
        b"<!-- saved from url=(0069)https://web.archive.org/web/20120320100405/http://blog.example/slow-bread -->"
    )
    assert find_origin(by_browser) == SavedFrom("http://blog.example/slow-bread", AT)
