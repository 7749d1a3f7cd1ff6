"""Selectors in TOML give the fields of a page; what is no recipe is told by file and key."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from scraper.errors import UsageError
from scraper.extract import extract_page
from scraper.extract.recipe.recipes import with_recipe
from scraper.extract.recipe.selector_recipe import parse_recipe
from scraper.model import Page

URL = "https://blog.example/bread"
HTML = (
    '<html><head><title>Crumbs</title></head><body><div class="h" data-t="From data">Slow bread</div>'
    '<div class="by">By Ann Lee and Bob Roe</div><div class="staff">staff</div>'
    '<div class="on">Baked on 14 May 2012, early</div><div class="rel">3 days ago</div>'
    + '<div class="part"><p>Bread takes its time, and nobody should hurry it.</p><p class="ad">Buy flour!</p></div>'
    * 2
    + '<ul><li class="c" id="c7"><b>Cy</b><i>2 days ago</i><p>Good.</p><ul><li class="c" id="c8"><b>Dee</b>'
    '<a href="/dee">site</a><p>Very.</p></li></ul></li></ul></body></html>'
)


def made(toml: str) -> Page:
    return with_recipe(extract_page(HTML, URL), HTML, parse_recipe(toml, "own.toml"))


def fields(toml: str) -> dict[str, object]:
    return dict(parse_recipe(toml, "own.toml")(BeautifulSoup(HTML, "lxml")))


def test_the_first_selector_that_finds_a_text_counts() -> None:
    assert fields('title = [".none", ".h"]') == {"title": "Slow bread"}
    assert fields('title = [".h@data-t", ".h"]') == {"title": "From data"}
    assert fields('title = [".h@data-none", ".h"]') == {"title": "Slow bread"}


def test_what_is_not_found_is_none_and_stays_as_extracted() -> None:
    assert fields('title = ".none"\nbylines = ".none"\nbody = ".none"') == dict.fromkeys(("title", "bylines", "body"))
    page = made('title = ".none"')
    assert page.post is not None and page.post.title == "Crumbs"
    (said,) = [claim for claim in page.claims if claim.source == "recipe"]
    assert (said.field, said.value, said.accepted) == ("title", "", False)


def test_bylines_are_split_into_names_and_others_taken_as_they_are() -> None:
    assert fields('bylines = ".by"') == {"bylines": ["Ann Lee", "Bob Roe"]}
    assert fields('bylines = ".staff"') == {"bylines": ["staff"]}


def test_a_time_is_taken_out_of_its_sentence_and_a_relative_one_is_none() -> None:
    assert fields('published = ".on"') == {"published": "14 May 2012"}
    assert fields('published = ".rel"') == {"published": None}


def test_a_body_of_several_parts_is_joined_without_what_is_removed() -> None:
    post = made('body = ".part"\nremove = ".ad"').post
    assert post is not None
    assert post.text.split("\n") == ["Bread takes its time, and nobody should hurry it."] * 2


def test_comments_answer_those_they_stand_in_and_keep_their_own_words() -> None:
    page = made('[comments]\nitem = ".c"\nid = "@id"\nauthor = "b"\nauthor_url = "a"\npublished = "i"\nbody = "p"')
    told = [(each.id, each.author, each.author_url, each.text, each.parent, each.depth) for each in page.comments]
    assert told == [
        ("c7", "Cy", None, "Good.", None, 0),
        ("c8", "Dee", "https://blog.example/dee", "Very.", 0, 1),
    ]
    when = page.comments[0].published
    assert when is not None and (when.precision, when.shown) == ("interval", "2 days ago")


def test_a_recipe_is_for_the_urls_that_it_matches() -> None:
    recipe = parse_recipe('title = ".h"\n[match]\nurl = "https://blog.example/20*"', "own.toml")
    assert recipe.is_for("http://www.blog.example/2012/a") and recipe.is_for(None)
    assert not recipe.is_for("https://blog.example/about") and not recipe.is_for("https://other.example/20")
    page = with_recipe(extract_page(HTML, URL), HTML, recipe)
    assert page.post is not None and page.post.title == "Crumbs"
    assert page.notices == ("recipe: not used, own.toml is for https://blog.example/20*",)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("title = ", "own.toml: no TOML: Invalid value"),
        ('titel = ".h"', "own.toml: titel: no key of a recipe; there are title"),
        ("title = 7", "own.toml: title: has to be a text or a list of texts, not 7"),
        ('title = ["h1", ""]', "own.toml: title: has to be a text or a list of texts, not ''"),
        ('title = "div["', r"own.toml: title: 'div\[' is no CSS selector: Malformed attribute selector"),
        ('title = "h1:never"', "own.toml: title: 'h1:never' is no CSS selector: ':never'"),
        ('remove = ".ad"', "own.toml: remove: takes out parts of the body"),
        ('comments = ".c"', "own.toml: comments: has to be a table"),
        ('[comments]\nauthor = ".c"', "own.toml: comments.item: missing"),
        ('[comments]\nitem = ".c"\nname = "b"', "own.toml: comments.name: no key of a recipe"),
        ('[comments]\nitem = ".c"\nbody = "p["', "own.toml: comments.body: 'p"),
        ('title = "h1"\n[match]\nurl = 3', "own.toml: match.url: has to be a text"),
        ('[match]\nurl = "*"', "own.toml: says nothing of a page"),
    ],
)
def test_what_is_no_recipe_is_told_by_file_and_key(toml: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as raised:
        parse_recipe(toml, "own.toml")
    assert "\n" not in str(raised.value)
