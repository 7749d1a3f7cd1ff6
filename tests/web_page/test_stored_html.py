"""Stored HTML is made safe again, whatever it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.store.planning.times import Time
from scraper.web.stored_html import picture_addresses, shown_html
from scraper.web.wording import day, line, web_address, when
from tests.web_page.archives import EVIL_HTML

PIECES = st.sampled_from(
    ["<p>", "</p>", "<img src='http://a.example/x'", ">", " onerror=alert(1)", "<a href=", "javascript:alert(1)", "'", '"', "<script>",
     "</script>", "<svg>", "<math>", "<!--", "-->", "&lt;", "&#x3c;", "<style>", "text", "\0", "\u202e", "<table>", "<details>", "<a", "</a>",
     " id=x", " style=x", "<iframe src=//b>", "/", "data:text/html,x", "<noscript>", "<textarea>", "]]>", "<br/>"]
)  # fmt: skip
HELD = {"http://a.example/x": "/pictures/1"}


@given(st.lists(PIECES, max_size=30).map("".join))
def test_nothing_that_runs_or_loads_is_left(html: str) -> None:
    shown = shown_html(html, HELD, "c1-")
    tags = re.findall(r"<(/?[a-z0-9]+)((?:\s+[a-z-]+(?:=\"[^\"]*\")?)*)\s*/?>", shown)
    assert shown.count("<") == len(tags)  # each is a whole tag, with quoted values
    for name, attributes in tags:
        assert name.strip("/") not in (
            "script",
            "style",
            "iframe",
            "svg",
            "math",
            "form",
            "object",
            "base",
            "meta",
            "link",
        )
        for attribute, value in re.findall(r'([a-z-]+)="([^"]*)"', attributes):
            assert not attribute.startswith("on") and attribute != "style"
            if attribute == "src":
                assert value == "/pictures/1"
            if attribute == "href":
                assert value.startswith(("http://", "https://", "mailto:", "#c1-"))
            if attribute == "id":
                assert value.startswith("c1-")


def test_pictures_that_are_not_held_are_links_with_their_description() -> None:
    html = '<p><img src="http://b.example/y?a=1&amp;b=2" alt="A &quot;boat&quot;"></p>'
    shown = shown_html(html, {}, "p-")
    assert 'href="http://b.example/y?a=1&amp;b=2"' in shown
    assert "Picture not held: A &quot;boat&quot;" in shown and "<img" not in shown
    assert list(picture_addresses(html)) == ["http://b.example/y?a=1&b=2"]


def test_a_picture_in_a_link_is_no_link_in_a_link() -> None:
    shown = shown_html('<a href="http://b.example/"><img src="http://b.example/y" alt="boat"></a>', {}, "p-")
    assert shown.count("<a ") == 1


def test_footnotes_still_lead_to_their_place() -> None:
    shown = shown_html('<p><a href="#n1">1</a></p><p id="n1">note</p>', {}, "post-")
    assert 'href="#post-n1"' in shown and 'id="post-n1"' in shown


def test_what_is_clean_stays_as_it_is() -> None:
    html = "<p>Plain <em>words</em> &amp; a <code>code</code>.</p>"
    assert shown_html(html, {}, "p-") == html
    assert "pwned" not in re.sub(r">[^<]*<", "><", shown_html(EVIL_HTML, {}, "p-"))


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (Time("2012-05-14", "2012-05-14T00:00:00Z", "2012-05-15T00:00:00Z", "day", "14/5/12"), "14 May 2012"),
        (Time(None, "2011-01-01T00:00:00Z", "2012-01-01T00:00:00Z", "interval", "12 years ago"), "between 1 January 2011 and 1 January 2012"),
        (Time(None, None, "2012-01-01T00:00:00Z", "interval", "long ago"), "before 1 January 2012"),
        (Time(None, "2011-01-01T00:00:00Z", None, "interval", None), "after 1 January 2011"),
        (Time(None, None, None, None, "once"), "undated"),
    ],
)  # fmt: skip
def test_a_time_says_no_more_than_is_known(time: Time, words: str) -> None:
    assert words in re.sub("<[^>]+>", "", when(time))


@given(st.text(max_size=40))
def test_no_time_or_name_breaks_the_words(text: str) -> None:
    day(text)
    shown = line(text)
    assert not set(shown) & set("\0\x1b\u202e\n\t")
    assert web_address("javascript:" + text) is None
