"""A recipe's values replace those extracted, cleaned and with a claim; what is no field is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup

from scraper.errors import UsageError
from scraper.extract import extract_page, extract_text
from scraper.extract.recipe.recipes import FIELDS, LONGEST, with_recipe
from scraper.model import Page, Post

URL = "https://blog.example/2012/slow-bread"
HTML = (
    '<!DOCTYPE html><html><head><title>Slow bread | Crumbs</title><meta property="og:type" content="article">'
    '<meta name="author" content="Ann Lee"><meta property="og:title" content="Slow bread"></head><body><article>'
    '<h1>Slow bread</h1><p class="byline">By <a rel="author" href="/ann">Ann Lee</a></p>'
    '<time datetime="2012-05-14">14 May 2012</time><div class="entry-content">'
    + "<p>Bread takes its time, and nobody should hurry it, neither you nor I.</p>"
    * 8
    + '<div class="own">Überhaupt: <a href="more">more</a><script>x()</script><img src="/a.png"></div></div></article>'
    '<div id="comments"><ol class="comment-list"><li id="comment-11" class="comment"><article class="comment-body">'
    '<div class="comment-author"><cite class="fn">Bob</cite></div><div class="comment-metadata">'
    '<time datetime="2012-05-15T10:00:00+00:00">May 15, 2012</time></div><div class="comment-content"><p>Good.</p></div>'
    "</article></li></ol></div></body></html>"
)


@pytest.fixture
def page() -> Page:
    return extract_page(HTML, URL)


def returning(**fields: object) -> Callable[[BeautifulSoup], Mapping[str, object]]:
    return lambda soup: fields


def post_with(page: Page, **fields: object) -> Post:
    made = with_recipe(page, HTML, returning(**fields)).post
    assert made is not None
    return made


def test_returned_fields_replace_and_the_others_stay(page: Page) -> None:
    post = post_with(page, title=" New \n title ", section="Food", tags=["rye", "rye", " "], categories=("b", "a"))
    assert page.post is not None
    assert (post.title, post.section, post.tags, post.categories) == ("New title", "Food", ("rye",), ("b", "a"))
    assert (post.text, post.bylines, post.published) == (page.post.text, page.post.bylines, page.post.published)


def test_none_keeps_and_empty_empties(page: Page) -> None:
    assert page.post is not None
    kept = post_with(page, title=None, bylines=None, body=None, published=None)
    assert kept == page.post
    emptied = post_with(page, title="", bylines=[], body="", published="")
    assert (emptied.title, emptied.bylines, emptied.text, emptied.html) == (None, (), "", "")
    assert emptied.published is None


def test_names_that_the_page_has_keep_their_links(page: Page) -> None:
    found = post_with(page, authors=["Cy Doe", "Ann Lee"]).bylines
    assert [(byline.name, byline.url) for byline in found] == [
        ("Cy Doe", None),
        ("Ann Lee", "https://blog.example/ann"),
    ]


def test_who_signs_now_is_the_author_in_the_thread(page: Page) -> None:
    assert [comment.by_post_author for comment in page.comments] == [False]
    made = with_recipe(page, HTML, returning(bylines=["bob"]))
    assert [comment.by_post_author for comment in made.comments] == [True]
    again = with_recipe(made, HTML, returning(bylines=["Ann Lee"]))
    assert [comment.by_post_author for comment in again.comments] == [False]


def test_published_is_read_as_any_time_is(page: Page) -> None:
    when = post_with(page, published="14 May 2011 at 10:04").published
    assert when is not None
    assert (when.iso, when.shown) == ("2011-05-14T10:04", "14 May 2011 at 10:04")


@pytest.mark.parametrize("text", ["soon", "3 days ago", "03/04/2012"])
def test_what_is_no_certain_time_is_refused(page: Page, text: str) -> None:
    with pytest.raises(UsageError, match=f"test_recipes.py: published: '{text}' cannot be read"):
        with_recipe(page, HTML, returning(published=text))


def test_a_tag_as_body_is_cleaned_and_its_links_resolved(page: Page) -> None:
    made = with_recipe(page, HTML.encode(), lambda soup: {"body": soup.select_one(".own")}).post
    assert made is not None
    assert made.text == "Überhaupt: more"
    assert "script" not in made.html
    assert [link.url for link in made.links] == ["https://blog.example/2012/more"]
    assert [image.url for image in made.images] == ["https://blog.example/a.png"]


def test_the_base_that_the_page_states_is_used(page: Page) -> None:
    html = HTML.replace("<head>", '<head><base href="/deep/">')
    made = with_recipe(page, html, lambda soup: soup.base.decompose() or {"body": soup.select_one(".own")}).post
    assert made is not None
    assert [link.url for link in made.links] == ["https://blog.example/deep/more"]


@pytest.mark.parametrize(
    ("body", "text", "html"),
    [
        ("One & two\n\n3 < 4", "One & two\n3 < 4", "<p>One &amp; two</p><p>3 &lt; 4</p>"),
        ("<p onclick='x()'>One</p><svg><script>x()</script></svg>", "One", "<p>One</p>"),
        ("<a href='javascript:x()'>One</a>", "One", '<a rel="nofollow noopener">One</a>'),
    ],
)
def test_text_and_html_as_body_are_never_trusted(page: Page, body: str, text: str, html: str) -> None:
    post = post_with(page, body=body)
    assert (post.text, post.html) == (text, html)


@pytest.mark.parametrize(
    ("html", "css"),
    [
        ("<form id=b><p>One</p><p>Two</p></form>", "#b"),
        ("<table><tr id=b><td><p>One</p></td><td><p>Two</p></td></tr></table>", "#b"),
        ("<table><tr><td id=b><p>One</p>Two</td></tr></table>", "#b"),
        ("<p>One</p>Two", "html"),
    ],
)
def test_the_element_itself_is_never_what_hides_its_text(page: Page, html: str, css: str) -> None:
    made = with_recipe(page, html, lambda soup: {"body": soup.select_one(css)}).post
    assert made is not None
    assert made.text.split() == ["One", "Two"]


def test_claims_name_the_recipe_as_the_winner(page: Page) -> None:
    made = with_recipe(page, HTML, returning(title="New", bylines=["A B", "C D"], subtitle=""))
    won = [(claim.field, claim.value) for claim in made.claims if claim.source == "recipe" and claim.accepted]
    assert won == [("title", "New"), ("author", "A B"), ("author", "C D"), ("subtitle", "")]
    others = [claim for claim in made.claims if claim.source != "recipe"]
    assert len(others) == len(page.claims)
    assert {claim.field for claim in others if claim.field in ("title", "author")} == {"title", "author"}
    assert not any(claim.accepted for claim in others if claim.field in ("title", "author"))
    assert any(claim.accepted for claim in others if claim.field == "body")


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        (None, "has to return a dict of fields, not NoneType"),
        ({"headline": "x"}, "'headline' is no field of a recipe; there are title"),
        ({"bylines": [], "authors": []}, "bylines and authors are the same field"),
        ({"bylines": "Ann Lee"}, "bylines: has to be a list of texts, not str 'Ann Lee'"),
        ({"tags": [1]}, r"tags: has to be a list of texts, not list \[1\]"),
        ({"title": 7}, "title: has to be text, not int"),
        ({"published": 2012}, "published: has to be text, not int"),
        ({"body": 7}, "body: has to be a Tag, HTML or text, not int"),
    ],
)
def test_what_cannot_be_a_field_is_said_with_the_file(page: Page, returned: Any, message: str) -> None:
    with pytest.raises(UsageError, match=f"test_recipes.py: .*{message}"):
        with_recipe(page, HTML, lambda soup: returned)


def test_an_element_is_no_text(page: Page) -> None:
    with pytest.raises(UsageError, match="title: has to be text, not Tag"):
        with_recipe(page, HTML, lambda soup: {"title": soup.h1})


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_no_field_takes_a_number(page: Page, name: str) -> None:
    with pytest.raises(UsageError, match=f"{name}: "):
        with_recipe(page, HTML, returning(**{name: 1.5}))


def test_a_page_that_a_recipe_cannot_help_stays_with_a_notice(page: Page) -> None:
    def recipe(soup: BeautifulSoup) -> Mapping[str, object]:
        raise AssertionError("not to be called")

    text = "Slow bread\n\nBy Ann Lee\n\nBread takes its time."
    cases = [
        (page, HTML + " " * LONGEST, "recipe: not used, the page is longer than 2000000 characters"),
        (replace(page, kind="listing", post=None), HTML, "recipe: not used, the page has no post"),
        (extract_text(text), text, "recipe: not used, the page is plain text"),
    ]
    for given, html, notice in cases:
        assert with_recipe(given, html, recipe) == replace(given, notices=(*given.notices, notice))


def test_the_soup_is_decoded_as_the_page_was() -> None:
    data = HTML.replace("<head>", '<head><meta charset="iso-8859-1">').encode("latin-1")
    made = with_recipe(extract_page(data, URL), data, lambda soup: {"body": soup.select_one(".own")}).post
    assert made is not None
    assert made.text == "Überhaupt: more"


def test_xhtml_is_read_without_a_warning(page: Page) -> None:
    html = '<?xml version="1.0" encoding="iso-8859-1"?>\n' + HTML
    made = with_recipe(page, html, lambda soup: {"subtitle": soup.select_one(".own").get_text()}).post
    assert made is not None
    assert made.subtitle is not None and made.subtitle.startswith("Überhaupt")
