"""A post's time is one that the page states as such: no relative time, none in the capture's future."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extract import extract_page
from scraper.model import Page
from tests.extract.pages import CAPTURED, LINE, PROSE, URL, plain, read

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


def shown(around: str, head: str = "", url: str = "https://blog.example/slow-bread") -> str | None:
    """The day of a page with the heading in `around`, where H stands."""
    above, _, below = around.partition("H")
    html = f"<html><head>{head}</head><body>{above}<h1>Slow bread rises</h1>{below}<div>{PROSE}</div></body></html>"
    return iso_of(read(html, url))


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        ("H<p>14 May 2012</p>", "2012-05-14"),
        ("H<p><em>14 May 2012</em></p>", "2012-05-14"),
        ("H<p>By Ann<br>Published 14 May 2012<br>Baking</p>", "2012-05-14"),
        ("<p>14 May 2012</p>H", "2012-05-14"),
        ("H<div class=date><span>May</span><span>14</span><span>2012</span></div>", "2012-05-14"),
        ("H<p>(14.05.2012) " + "The baker rose early and made the dough for the day. " * 4 + "</p>", "2012-05-14"),
        ("H<p>It was on 14 May 2012 that " + "the baker rose early and made the dough. " * 4 + "</p>", None),
        ("H<p>© 14 May 2012</p>", None),
        ("H<p>Member since 14 May 2012</p>", None),
        ("H<blockquote><p>14 May 2012</p></blockquote>", None),
        ("H<p>Por Ann Lee el 14 de septiembre de 2012</p>", "2012-09-14"),
        ("H<p><span class='updated hidden'>2012-05-20T10:00:00</span> <span>14 May 2012</span></p>", "2012-05-14"),
        ("H<p>Updated 20 May 2012</p><p>14 May 2012</p>", "2012-05-14"),
        ("H<time>Updated 20 May 2012</time><div><div><p>14 May 2012</p></div></div>", "2012-05-14"),
        ("H<p>Updated 20 May 2012</p>", "2012-05-20"),  # the only day that the post gives
        ("<nav><p class=date>20 May 2012</p></nav>H<p>14 May 2012</p>", "2012-05-14"),
        ("<header><p class=date>20 May 2012</p></header>" + "<p>x</p>" * 40 + "H<p>by Ann</p>", None),
        ("<header><p class=date>20 May 2012</p></header>H<p>by Ann</p>", None),
        ("<header><p class=date>14 May 2012</p>H</header><p>by Ann</p>", "2012-05-14"),
    ],
)
def test_a_day_is_the_posts_by_where_it_stands(around: str, expected: str | None) -> None:
    assert shown(around) == expected


def test_a_day_far_from_the_title_is_read_where_its_element_speaks_of_dates() -> None:
    for names, expected in (("post-date", "2012-05-14"), ("x", None)):
        page = read(plain(f"{PROSE * 12}<p class={names}>14 May 2012</p>"), "https://blog.example/slow-bread")
        assert iso_of(page) == expected


def test_a_day_in_an_element_without_a_name_is_the_parents_who_speaks_of_dates() -> None:
    line = "<div class=date-section><span>Posted on 14 May 2012</span><span>in Bread</span></div>"
    assert iso_of(read(plain(PROSE * 20 + line), "https://blog.example/slow-bread")) == "2012-05-14"


@pytest.mark.parametrize(
    ("declared", "line", "expected"),
    [
        # readers were shown an earlier day
        ("2012-09-01", "<p class=date>14 May 2012</p>", "2012-05-14"),
        ("2012-05-14", "<p class=date>1 September 2012</p>", "2012-05-14"),
        ("2012-09-01", "<p class=date>1 September 2012</p><p class=date>14 May 2012</p>", "2012-09-01"),
        # UTC is another day where it was published
        ("2012-05-15T01:04:05Z", "<p class=date>14 May 2012, 21:04</p>", "2012-05-14T21:04:05-04:00"),
        ("2012-05-14T22:04:00Z", "<p class=date>15 May 2012, 00:04</p>", "2012-05-15T00:04:00+02:00"),
        ("2012-05-14T22:04:00Z", "<p class=date>15 May 2012, 17:33</p>", "2012-05-14T22:04:00+00:00"),
        ("2012-05-14T22:04:00Z", "<p class=date>15 May 2012</p>", "2012-05-15"),
        ("2012-05-14T22:04:00+02:00", "<p class=date>15 May 2012</p>", "2012-05-14T22:04:00+02:00"),
    ],
)
def test_what_is_declared_is_held_against_what_is_shown(declared: str, line: str, expected: str) -> None:
    assert shown(f"H{line}", META.format(declared)) == expected


def test_a_moment_in_utc_has_the_day_of_its_url() -> None:
    for stated, expected in (
        ("2012-05-15T03:00:00Z", "2012-05-14"),
        ("2012-05-15T11:00:00Z", "2012-05-15T11:00:00+00:00"),
    ):
        html = plain(PROSE, META.format(stated))
        page = read(html, "https://blog.example/2012/05/14/slow-bread")
        assert iso_of(page) == expected
        assert page.post is not None and page.post.published is not None
        assert page.post.published.earliest == datetime.fromisoformat(stated)


def test_a_moment_in_utc_has_the_clock_that_the_page_states_elsewhere() -> None:
    head = META.format("2012-05-14T22:04:05Z") + "<meta name=date content='2012-05-15T00:04:05+02:00'>"
    assert shown("H", head) == "2012-05-15T00:04:05+02:00"


def test_a_page_that_is_no_post_has_only_a_day_that_it_shows() -> None:
    head = "<meta name=generator content='WordPress 6.4'>" + META.format("2012-05-14T10:04:00Z")
    for line, expected in (("", None), ("<p>14 May 2012</p>", "2012-05-14T10:04:00+00:00")):
        page = read(f"<html><head>{head}</head><body class=page><h1>Bread</h1>{line}<div>{PROSE}</div></body></html>")
        assert iso_of(page) == expected


def test_numbers_are_read_as_the_pages_language_writes_them() -> None:
    for language, expected in (("de", "2012-04-03"), ("en-US", "2012-03-04"), ("en", None)):
        html = plain(f"<p class=date>03/04/2012</p>{PROSE}").replace("<html>", f"<html lang={language}>")
        assert iso_of(read(html, "https://blog.example/slow-bread")) == expected


def test_a_change_that_is_only_shown_is_one() -> None:
    page = read(plain(f"<p>Posted on 14 May 2012</p><p>Last updated 20 May 2012</p>{PROSE}"))
    assert page.post is not None and page.post.modified is not None
    assert (iso_of(page), page.post.modified.iso) == ("2012-05-14", "2012-05-20")


def test_a_change_that_is_shown_is_not_believed_to_be_the_day_of_publication() -> None:
    assert shown("H<p>Updated 14 May 2012</p>", META.format("2012-09-01")) == "2012-09-01"


def test_the_days_of_several_listed_items_are_none_of_the_page() -> None:
    item = "<div itemscope itemtype=https://schema.org/Review><meta itemprop=datePublished content=2012-05-1{}>x</div>"
    for items, expected in ((item.format(4), "2012-05-14"), (item.format(4) + item.format(5), None)):
        assert shown(f"H<div>{items}</div>") == expected


def test_the_days_of_what_a_sidebar_lists_are_not_believed_over_the_declared_one() -> None:
    rows = "".join(f"<p>Posted <time datetime=2012-05-0{n}>May {n}, 2012</time></p>" for n in range(1, 5))
    html = f"<meta name=date content=2012-05-14><h1>Slow bread</h1><aside class=side>{rows}</aside>{PROSE * 3}"
    assert iso_of(read(html)) == "2012-05-14"


def test_the_days_of_cards_below_the_post_are_not_believed_over_the_one_beside_its_title() -> None:
    card = (
        "<div class=card><a href=/{0}><h3>Hens {0}</h3></a><time datetime=2011-01-0{0}>January {0}, 2011</time></div>"
    )
    cards = "".join(card.format(number) for number in range(1, 7))
    text = f"<p>{LINE * 6}</p>" * 3
    html = plain(f"<p class=meta>Posted by Jo Reed on September 4, 2012</p>{text}{cards}")
    assert iso_of(read(html, "https://blog.example/flood")) == "2012-09-04"


@pytest.mark.parametrize(("outer", "expected"), [("article", "2012-05-14"), ("div", None)])
def test_the_foot_of_the_article_itself_tells_its_day_and_that_of_the_page_none(
    outer: str, expected: str | None
) -> None:
    foot = "<footer><p>Published: <time datetime=2012-05-14>Mon 14 May 2012</time></p></footer>"
    page = read(
        f"<body><{outer}><h1>Slow bread</h1><div>{PROSE * 4}</div>{foot}</{outer}></body>", "https://blog.example/x"
    )
    assert iso_of(page) == expected
