"""A post on several pages is told by its pager, never by a number in an address alone, and joined in order."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from scraper.extract import extract_page, join_parts
from scraper.model import Page

POST = "https://blog.example/slow-bread"
WORDS = "<p>The {} part says that bread takes its time, and that nobody should hurry it, neither you nor I.</p>"
ORDINALS = ("no", "first", "second", "third")


def page_html(part: int, pager: str, head: str = "", title: str = "Slow bread") -> str:
    return (
        f'<!DOCTYPE html><html><head><title>{title}</title><meta property="og:type" content="article">{head}</head>'
        f'<body><article class="post"><h1>Slow bread</h1><div class="entry-content">{WORDS.format(ORDINALS[part]) * 3}'
        f'<p><img src="/{part}.jpg"> <a href="/to/{part}">more</a> on this</p></div>{pager}</article></body></html>'
    )


def wordpress(part: int, form: str = "{}/{}/") -> Page:
    """As WordPress prints the page of that number of a post with <!--nextpage-->."""
    urls = {1: f"{POST}/", **{number: form.format(POST, number) for number in (2, 3)}}
    links = "".join(
        f' <a href="{url}" class="post-page-numbers">{number}</a>'
        if number != part
        else f' <span class="post-page-numbers current">{number}</span>'
        for number, url in urls.items()
    )
    return extract_page(page_html(part, f'<div class="page-links">Pages:{links}</div>'), urls[part])


def parts_of(page: Page) -> tuple[int | None, str | None, tuple[str, ...]]:
    return page.post_page, page.post_url, page.post_pages


def test_a_pager_tells_number_and_addresses() -> None:
    others = [f"{POST}/", f"{POST}/2/", f"{POST}/3/"]
    for number in (1, 2, 3):
        rest = tuple(url for url in others if url != others[number - 1])
        assert parts_of(wordpress(number)) == (number, f"{POST}/", rest)


@pytest.mark.parametrize("form", ["{}?page={}", "{}-page-{}", "{}/page/{}/"])
def test_other_forms_of_numbers_are_read_as_well(form: str) -> None:
    page = wordpress(2, form)
    assert (page.post_page, page.post_url) == (2, f"{POST}/")
    assert page.post_pages == (f"{POST}/", form.format(POST, 3))


def test_a_pager_in_a_nav_element_is_seen() -> None:
    html = page_html(1, '<nav class="page-links" aria-label="Page"><a href="/slow-bread/2/">2</a></nav>')
    assert parts_of(extract_page(html, f"{POST}/")) == (1, f"{POST}/", (f"{POST}/2/",))


def test_the_head_or_a_link_at_the_end_of_the_text_tells_as_well() -> None:
    head = '<link rel="next" href="/slow-bread/2">'
    assert parts_of(extract_page(page_html(1, "", head), POST)) == (1, POST, (f"{POST}/2",))
    html = page_html(1, "").replace("</div>", '<p><a href="/slow-bread?page=2">Continue reading</a></p></div>')
    page = extract_page(html, POST)
    assert parts_of(page) == (1, POST, (f"{POST}?page=2",))
    assert page.post is not None and page.post.withheld is None


def test_a_canonical_link_to_the_first_page_names_the_post() -> None:
    head = f'<link rel="canonical" href="{POST}/"><link rel="prev" href="{POST}/2/">'
    assert parts_of(extract_page(page_html(3, "", head), f"{POST}/3/")) == (3, f"{POST}/", (f"{POST}/", f"{POST}/2/"))


def test_a_canonical_link_to_the_part_itself_does_not() -> None:
    page = wordpress(2)
    pager = '<div class="page-links"><a href="/slow-bread/">1</a></div>'
    head = f'<link rel="canonical" href="{POST}/2/">'
    assert extract_page(page_html(2, pager, head), f"{POST}/2/").post_url == page.post_url


def test_a_title_that_says_page_3_of_5_will_do_beside_a_link_back() -> None:
    head = f'<link rel="prev" href="{POST}/2/">'
    told = extract_page(page_html(3, "", head, "Slow bread - page 3 of 5"), f"{POST}/3/")
    assert (told.post_page, told.post_url) == (3, f"{POST}/")
    assert extract_page(page_html(3, "", head), f"{POST}/3/").post_page is None


@pytest.mark.parametrize(
    ("url", "pager"),
    [
        (
            "https://blog.example/posts/7/",
            '<div class="page-links"><a href="/posts/6/">6</a> <a href="/posts/8/">8</a>',
        ),
        ("https://blog.example/posts/7/", '<p><a href="/posts/6/">previous</a> <a href="/posts/8/">next</a></p>'),
        ("https://blog.example/posts/2/", '<p><a href="/posts/1/">previous</a> <a href="/posts/3/">next</a></p>'),
        ("https://blog.example/2012/05/14/", '<p><a href="/2012/05/13/">previous</a></p>'),
        ("https://blog.example/?p=2", '<p><a href="/?p=1">1</a> <a href="/?p=3">3</a></p>'),
        (POST, '<div class="page-links"><a href="/other/2/">2</a></div>'),
        (POST, '<div class="page-links"><a href="https://other.example/slow-bread/2/">2</a></div>'),
        (POST, '<div class="page-links"><a href="/slow-bread/2/">3</a></div>'),
        (POST, '<div class="page-links"><a href="/slow-bread/comment-page-2/">2</a></div>'),
        (f"{POST}/comment-page-2/", '<div class="page-links"><a href="/slow-bread/">1</a></div>'),
        (POST, '<div class="pagination"><a href="/slow-bread/2/">2</a></div>'),
        (f"{POST}/2/", ""),
    ],
)
def test_neighbours_lists_and_threads_are_no_pages_of_a_post(url: str, pager: str) -> None:
    assert extract_page(page_html(1, pager), url).post_page is None


def test_all_pages_join_in_order_whatever_order_they_come_in() -> None:
    pages = [wordpress(number) for number in (1, 2, 3)]
    results = {join_parts(each) for each in permutations(pages)}
    (joined,) = results
    assert joined is not None and joined.post is not None
    assert [line.split()[1] for line in joined.post.text.split("\n") if line.startswith("The")] == [
        ordinal for ordinal in ORDINALS[1:] for _ in range(3)
    ]
    assert [image.url[-5:] for image in joined.post.images] == ["1.jpg", "2.jpg", "3.jpg"]
    assert [link.url[-1] for link in joined.post.links] == ["1", "2", "3"]
    assert joined.post.html.count("<p>") == 12
    assert (joined.url, joined.post_pages) == (f"{POST}/", ())


def test_a_part_alone_stands_for_the_post_and_says_what_is_missing() -> None:
    page = wordpress(2)
    assert join_parts([page]) == page
    joined = join_parts([page, wordpress(3)])
    assert joined is not None and (joined.post_page, joined.post_pages) == (2, (f"{POST}/",))


def test_what_two_pages_say_alike_is_said_once() -> None:
    first, second = wordpress(1), wordpress(2)
    joined = join_parts([first, replace(second, post=first.post)])
    assert joined is not None and first.post is not None and joined.post is not None
    assert joined.post.text == first.post.text


def test_pages_without_a_post_join_to_none() -> None:
    assert join_parts([]) is None
    assert join_parts([replace(wordpress(1), post=None)]) is None
