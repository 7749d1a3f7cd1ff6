"""A post's time is one that the page states as such: no relative time, none in the capture's future."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extract import extract_page
from scraper.model import Page
from tests.extract.pages import CAPTURED, PROSE, URL, plain, read

META = "<meta property=article:published_time content='{}'>"


def iso_of(page: Page) -> str | None:
    assert page.post is not None
    return page.post.published.iso if page.post.published else None


@pytest.mark.parametrize(
    ("head", "line", "expected"),
    [
        (META.format("2012-05-14T10:04:00+02:00"), "", "2012-05-14T10:04:00+02:00"),
        ("", "<time datetime='2012-05-14' class=published>yesterday</time>", "2012-05-14"),
        ("", "<p class=date>14 May 2012</p>", "2012-05-14"),
        ("", "<p class=date>3 years ago</p>", None),
        ("", "<p class=date>soon</p>", None),
        (META.format("99999-99-99"), "", None),
        (META.format("2031-01-01"), "<p class=date>14 May 2012</p>", "2012-05-14"),
    ],
)
def test_what_is_stated_is_read(head: str, line: str, expected: str | None) -> None:
    assert iso_of(read(plain(line + PROSE, head), "https://blog.example/slow-bread")) == expected


SECONDS = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)).map(lambda each: each.replace(microsecond=0))


@given(SECONDS, st.booleans())
def test_never_after_the_capture(stated: datetime, known: bool) -> None:
    html = plain(PROSE, META.format(f"{stated.isoformat()}Z"))
    page = extract_page(html, URL, **{"fetched_at" if known else "fetched_before": CAPTURED})
    assert page.post is not None
    found = page.post.published
    assert found is None or found.earliest is None or found.earliest <= CAPTURED
    if stated.replace(tzinfo=UTC) <= CAPTURED:
        assert found is not None and found.earliest == stated.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://blog.example/2012/05/14/slow-bread", "2012-05-14"),
        ("https://blog.example/2012/05/slow-bread", "2012-05"),
        ("https://blog.example/2012-05-14-slow-bread", "2012-05-14"),
        ("https://blog.example/2012/05/10-reasons", "2012-05"),
        ("https://blog.example/2012-10-reasons", None),
        ("https://blog.example/2012/02/31/slow-bread", None),
        ("https://blog.example/2019/05/slow-bread", None),
        ("https://blog.example/2012/99/99/x", None),
        ("http://[", None),
    ],
)
def test_a_date_in_the_url_is_the_last_resort(url: str, expected: str | None) -> None:
    assert iso_of(read(plain(), url)) == expected


def test_a_change_before_the_post_appeared_is_not_believed() -> None:
    head = META.format("2012-05-14") + "<meta property=article:modified_time content='{}'>"
    for stated, expected in (("2012-05-20", "2012-05-20"), ("2011-01-01", None)):
        page = read(plain(PROSE, head.format(stated)))
        assert page.post is not None
        assert (page.post.modified.iso if page.post.modified else None) == expected
