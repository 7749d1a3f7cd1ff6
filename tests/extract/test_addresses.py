"""A page knows which post it belongs to, whatever part of the thread its URL asks for."""

from __future__ import annotations

import pytest

from scraper.extract import extract_page
from scraper.extract.addresses import post_address, view_of
from scraper.extract.platforms.drupal import DRUPAL
from scraper.extract.platforms.invision import INVISION
from scraper.extract.platforms.mybb import MYBB
from scraper.extract.platforms.phpbb import PHPBB
from scraper.extract.platforms.smf import SMF
from scraper.extract.platforms.vanilla import VANILLA
from scraper.extract.platforms.wordpress import WORDPRESS
from scraper.extract.platforms.xenforo import XENFORO

POST = "https://blog.example/2012/slow-bread"
BOARD = "https://talk.example/index.php"


@pytest.mark.parametrize(
    ("url", "platform", "expected"),
    [
        (f"{POST}#comment-7", None, (POST, None)),
        (f"{POST}/comment-page-3/#comments", WORDPRESS, (f"{POST}/", 3)),
        (f"{POST}/comment-page-3", None, (POST, 3)),
        (f"{POST}.html/comment-page-3#comments", WORDPRESS, (f"{POST}.html", 3)),
        (f"{POST}?cpage=2", WORDPRESS, (POST, 2)),
        (f"{POST}?replytocom=7#respond", WORDPRESS, (POST, None)),
        (f"{POST}?p=3&replytocom=7", WORDPRESS, (f"{POST}?p=3", None)),
        (f"{POST}?page=1", DRUPAL, (POST, 1)),
        (f"{POST}?page=1", WORDPRESS, (f"{POST}?page=1", None)),
        (f"{POST}/comment-page-{'9' * 40}/", WORDPRESS, (f"{POST}/", None)),
        (f"{POST}?cpage={'9' * 5000}", WORDPRESS, (POST, None)),
        (f"{BOARD}?topic=17.20", SMF, (f"{BOARD}?topic=17.0", 20)),
        (f"{BOARD}?topic=17.msg72#msg72", SMF, (f"{BOARD}?topic=17.0", None)),
        (f"{BOARD}?t=17&start=20", PHPBB, (f"{BOARD}?t=17", 20)),
        (f"{BOARD}/paint.17/page-2", XENFORO, (f"{BOARD}/paint.17/", 2)),
        (f"{BOARD}/paint.17/page-2/", XENFORO, (f"{BOARD}/paint.17/", 2)),
        ("https://talk.example/thread-17-page-2.html", MYBB, ("https://talk.example/thread-17.html", 2)),
        ("https://talk.example/discussion/17/paint/p2", VANILLA, ("https://talk.example/discussion/17/paint", 2)),
        (f"{BOARD}/17-paint/page/2/", INVISION, (f"{BOARD}/17-paint/", 2)),
        ("urn:sha256:00ff", None, ("urn:sha256:00ff", None)),
        ("http://[", WORDPRESS, ("http://[", None)),
        (None, None, (None, None)),
    ],
)
def test_comment_pages_and_reply_links_belong_to_their_post(
    url: str | None, platform: object, expected: tuple[str | None, int | None]
) -> None:
    assert post_address(url, None, platform) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("https://blog.example/slow-bread", "https://blog.example/slow-bread"),
        ("http://www.blog.example/slow-bread", "http://www.blog.example/slow-bread"),
        ("/slow-bread", "https://blog.example/slow-bread"),
        ("https://other.example/slow-bread", POST),
        ("https://blog.example/", POST),
        ("https://blog.example/index.php", POST),
        ("http://[", POST),
    ],
)
def test_a_canonical_link_counts_on_its_own_site_only_and_not_the_home_page(canonical: str, expected: str) -> None:
    assert post_address(POST, canonical, None) == (expected, None)


@pytest.mark.parametrize(
    ("url", "canonical", "view"),
    [
        ("https://m.blog.example/2012/slow-bread", POST, "mobile"),
        ("https://amp.blog.example/2012/slow-bread", "https://www.blog.example/2012/slow-bread", "amp"),
        (f"{POST}/amp/", POST, "amp"),
        (f"{POST}?amp=1", POST, "amp"),
        (f"{POST}?m=1", POST, "mobile"),
        (f"{POST}?print=1", POST, "print"),
        (f"{POST}/print/", POST, "print"),
        ("https://blog.example/print/2012/slow-bread", POST, "print"),
    ],
)
def test_views_that_name_their_post_are_the_same_post(url: str, canonical: str, view: str) -> None:
    assert post_address(url, canonical, None) == (canonical, None)
    assert view_of(url, canonical) == view


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://m.blog.example/2012/slow-bread", "https://blog.example/"),
        ("https://m.blog.example/2012/slow-bread", "https://m.other.example/2012/slow-bread"),
        ("https://amp.example/slow-bread", "https://example/slow-bread"),
        ("https://team.blog.example/slow-bread", POST),
        (f"{POST}/amp/", None),
        (f"{POST}?print=1", None),
    ],
)
def test_an_address_alone_makes_no_view_of_another_post(url: str, canonical: str | None) -> None:
    assert post_address(url, canonical, None)[0] == url


def test_an_address_of_its_own_is_no_view() -> None:
    assert [view_of(url, url) for url in (POST, "https://m.blog.example/a", "https://blog.example/amp/")] == [None] * 3
    assert view_of(f"{POST}?replytocom=7", POST) is None
    assert view_of("https://blog.example/print/2/", "https://blog.example/print/") is None


PRINTED = "<html><head><title>Slow bread</title>{}</head><body {}><p>Bread takes its time.</p>{}</body></html>"
NOINDEX = '<meta name="Robots" content="noindex, nofollow">'
BACK = '<p>Printed from <a href="https://blog.example/2012/slow-bread">the blog</a></p>'


@pytest.mark.parametrize(
    "url", [f"{POST}/print/", f"{POST}/print", f"{POST}?print=1", "https://blog.example/2012/print/slow-bread"]
)
def test_a_view_to_print_that_links_back_is_the_same_post(url: str) -> None:
    page = extract_page(PRINTED.format(NOINDEX, "", BACK), url)
    assert (page.post_url, page.view) == (POST, "print")
    assert extract_page(PRINTED.format("", 'onload="window.print()"', BACK), url).post_url == POST


@pytest.mark.parametrize(
    ("url", "head", "end"),
    [
        (f"{POST}/print/", "", BACK),
        (f"{POST}/print/", NOINDEX, ""),
        (f"{POST}?print=17", NOINDEX, BACK),
        (f"{POST}-print/", NOINDEX, BACK),
    ],
)
def test_a_page_that_may_be_of_its_own_is_no_view_to_print(url: str, head: str, end: str) -> None:
    assert extract_page(PRINTED.format(head, "", end), url).post_url == url
