"""Tags are what the page calls so by class, rel or address; categories are none, and what links away is none."""

from __future__ import annotations

import pytest

from tests.extract.pages import PROSE, URL, read


def tags_of(line: str, outside: str = "", url: str = URL) -> tuple[tuple[str, ...], tuple[str, ...]]:
    html = f"<html><body><article><h1>Slow bread</h1>{PROSE}{line}</article>{outside}</body></html>"
    page = read(html, url)
    assert page.post is not None
    return page.post.tags, page.post.categories


@pytest.mark.parametrize(
    "line",
    [
        "<p class=tags><a href=/t/rye># rye</a> <a href=/t/oven>#oven</a></p>",
        "<p>Tagged <a href=/tag/rye>rye</a>, <a href=/tag/oven/>oven</a></p>",
        "<ul><li><a href=https://blog.example/tags/rye>rye</a></li><li><a href=/topics/oven>oven</a></li></ul>",
        "<div><span><a href=/hashtag/rye>#rye</a></span><span><a href=/hashtag/oven>#oven</a></span></div>",
    ],
)
def test_tags_are_told_by_class_or_address_without_their_sign(line: str) -> None:
    assert tags_of(line) == (("rye", "oven"), ())


@pytest.mark.parametrize(
    "line",
    [
        "<p>Rye needs more water than wheat does, as I wrote <a href=/tag/rye>here</a> when I began to bake at all.</p>",
        "<p>Buy: <a href=https://shop.example/tag/rye>rye</a></p>",
        "<p>" + " ".join(f"<a href=/tag/{number}>tag {number}</a>" for number in range(30)) + "</p>",
        "<aside><a href=/tag/rye>rye</a> <a href=/tag/oven>oven</a></aside>",
        "<p><a href=/bread/rye>rye</a></p>",
    ],
)
def test_other_links_are_no_tags(line: str) -> None:
    assert tags_of(line) == ((), ())


def test_links_to_tags_outside_the_article_are_the_sites() -> None:
    assert tags_of("", "<div><a href=/tag/rye>rye</a> <a href=/tag/oven>oven</a></div>") == ((), ())


def test_a_link_to_a_category_is_none_though_it_is_marked_as_one() -> None:
    assert tags_of("<p><a rel=tag href=/category/bread>Bread</a> <a rel=tag href=/tag/rye>rye</a></p>") == (
        ("rye",),
        ("Bread",),
    )
