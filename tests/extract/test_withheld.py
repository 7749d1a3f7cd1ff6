"""A page says why it shows no more than the beginning of its post."""

from __future__ import annotations

import pytest

from scraper.extract import extract_page
from scraper.model import Page

URL = "https://blog.example/slow-bread"
TEXT = "<p>Bread takes its time, and nobody should hurry it, neither you nor I, nor anybody.</p>" * 4


def withheld(end: str = "", head: str = "", after: str = "", text: str = TEXT) -> str | None:
    page = extract_page(
        f'<!DOCTYPE html><html><head><title>Slow bread</title><meta property="og:type" content="article">{head}</head>'
        f'<body><article class="post"><h1>Slow bread</h1><div class="entry-content">{text}{end}</div></article>{after}'
        "</body></html>",
        URL,
    )
    assert page.post is not None
    return page.post.withheld


def test_a_post_that_is_all_there_says_nothing() -> None:
    assert withheld() is None
    assert withheld('<p>Read <a href="/more">more about rye</a> one day.</p>') is None
    assert withheld("<p>They asked me to subscribe, to continue reading was my answer.</p>" + TEXT * 2) is None


@pytest.mark.parametrize(
    "end",
    [
        '<p><a href="https://paper.example/slow-bread">Read more</a></p>',
        '<p>… <a href="/full/slow-bread">Continue reading →</a></p>',
        '<p><a href="/full/slow-bread">Continue reading “Slow bread”</a></p>',
        '<p><a href="/full/slow-bread">(more…)</a></p>',
        '<p>Und dann kam der Winter <a href="/ganz">[weiterlesen]</a></p>',
    ],
)
def test_a_link_to_the_rest_at_the_end_tells_a_teaser(end: str) -> None:
    assert withheld(end) == "teaser"


@pytest.mark.parametrize(
    "end",
    [
        '<p><a href="/rye">Read more: What rye is for</a></p>',
        '<p><a href="#more">Read more</a></p>',
        f'<p><a href="{URL}#more-7">Continue reading</a></p>',
        '<p><a href="/rye">More about rye</a></p>',
        '<p><a href="/rye">Continue reading</a></p>' + TEXT,
    ],
)
def test_links_to_other_posts_or_down_this_page_tell_none(end: str) -> None:
    assert withheld(end) is None


@pytest.mark.parametrize(
    ("head", "after", "end"),
    [
        ('<script type="application/ld+json">{"@type":"BlogPosting","isAccessibleForFree":false}</script>', "", ""),
        ('<script type="application/ld+json">{"@type":"BlogPosting","isAccessibleForFree":"False"}</script>', "", ""),
        ('<meta property="article:content_tier" content="locked">', "", ""),
        ("", "", "<p>This post is for paid subscribers</p>"),
        ("", "", "<p>Subscribe to continue reading.</p>"),
        ("", "", "<p>Join to unlock this post</p>"),
        ("", '<div class="paywall"><p>Subscribe to keep reading, it is a pound a week.</p></div>', ""),
    ],
)
def test_a_paywall_is_declared_or_said_at_the_end(head: str, after: str, end: str) -> None:
    assert withheld(end, head, after) == "paywall"


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@type":"BlogPosting","isAccessibleForFree":true}</script>',
        '<meta property="article:content_tier" content="free">',
    ],
)
def test_what_is_free_is_no_paywall(head: str) -> None:
    assert withheld(head=head) is None


FORM = (
    '<form class="post-password-form" action="https://blog.example/wp-login.php?action=postpass"><p>This content is '
    'password protected. To view it please enter your password below:</p><input name="post_password"></form>'
)
SIDEBAR = '<div class="extra"><p>Elsewhere, the ferry leaves when the ice lets it, and nobody asks when.</p></div>' * 3


def test_a_protected_post_is_a_post_without_a_text() -> None:
    page = extract_page(
        '<html><head><title>Protected: Slow bread</title><meta name="generator" content="WordPress 5"></head>'
        f'<body class="single single-post"><article class="post"><h1 class="entry-title">Protected: Slow bread</h1>'
        f'<div class="entry-content">{FORM}</div></article>{SIDEBAR}</body></html>',
        URL,
    )
    assert page.kind == "post" and page.post is not None
    assert (page.post.withheld, page.post.text, page.post.title) == ("password", "", "Protected: Slow bread")
    assert asks(page) == ["This content is password protected. To view it please enter your password below:"]


def test_the_form_of_older_versions_is_known_by_its_field() -> None:
    old = '<form action="/wp-pass.php" method="post"><p>Enter it: <input name="post_password" id="pwbox-12"></p></form>'
    assert withheld(old) == "password"


def test_a_protected_part_leaves_the_rest_of_the_text() -> None:
    assert withheld(FORM) == "password"
    page = extract_page(f"<article><h1>Slow bread</h1><div class='entry-content'>{TEXT}{FORM}</div></article>", URL)
    assert page.post is not None and page.post.text.startswith("Bread takes")
    assert len(asks(page)) == 1


def asks(page: Page) -> list[str]:
    """What is told of the form as taken off."""
    return [each.excerpt for each in page.removals if "password" in each.excerpt]


def test_a_form_of_another_post_beside_it_says_nothing() -> None:
    other = f'<article class="post"><h2>Another</h2>{FORM}</article>'
    assert withheld(after=other) is None


def test_the_form_is_this_post_s_where_its_heading_stands_outside_of_the_entry() -> None:
    other = f'<article class="post"><h2><a href="/rye">Rye</a></h2><div class="entry-content">{TEXT}</div></article>'
    page = extract_page(
        f'<html><head><title>Protected: Slow bread</title></head><body class="single single-post"><header>'
        f'<h1 class="entry-title">Protected: Slow bread</h1></header><article class="post hentry">'
        f'<div class="entry-content">{FORM}</div></article>{other}</body></html>',
        URL,
    )
    assert page.post is not None and page.post.withheld == "password"
    assert "Bread takes" not in page.post.text
