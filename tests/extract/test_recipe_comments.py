"""The comments that a recipe returns become those of the page."""

from __future__ import annotations

from typing import Any

import pytest

from scraper.errors import UsageError
from scraper.extract import extract_page
from scraper.extract.recipe.recipes import with_recipe
from scraper.model import Page

HTML = "<html><body><article><h1>Bread</h1><p class=byline>By Ann Lee</p>" + "<p>Bread takes its time.</p>" * 9


def page_with(comments: object) -> Page:
    return with_recipe(extract_page(HTML, "https://blog.example/a"), HTML, lambda soup: {"comments": comments})


def test_comments_are_cleaned_resolved_and_marked_as_the_authors() -> None:
    page = page_with(
        [
            {"author": "Cy", "body": "<p onclick='x()'>One</p>", "permalink": "#c1", "published": "14 May 2012"},
            {"author": "Ann  Lee", "body": "Two & three", "parent": 0},
        ]
    )
    first, second = page.comments
    assert (first.html, first.text, first.permalink) == ("<p>One</p>", "One", "https://blog.example/a#c1")
    assert first.published is not None and first.published.iso == "2012-05-14"
    assert (second.author, second.text, second.parent, second.depth) == ("Ann Lee", "Two & three", 0, 1)
    assert page.post is not None
    assert second.by_post_author == any(byline.name == "Ann Lee" for byline in page.post.bylines)


def test_comments_that_answer_each_other_in_a_circle_keep_one_without_a_parent() -> None:
    page = page_with([{"body": "One", "parent": 1}, {"body": "Two", "parent": 0}])
    assert [comment.parent for comment in page.comments] == [None, 0]


def test_none_keeps_and_an_empty_list_empties() -> None:
    assert page_with(None).comments == extract_page(HTML, "https://blog.example/a").comments
    assert page_with([]).comments == ()


@pytest.mark.parametrize(
    ("comments", "message"),
    [
        ("One", "comments: has to be a list of dicts, not str"),
        (["One"], "comments: has to be a list of dicts; its item 0 is str"),
        ([{"text": "One"}], "comments: 'text' is nothing of a comment; there are id"),
        ([{"author": 7}], "comments: author has to be text, not int"),
        ([{"body": 7}], "comments: has to be a Tag, HTML or text, not int"),
        ([{"parent": 1}], "comments: parent has to be the index of another comment, not 1"),
    ],
)
def test_what_cannot_be_comments_is_told(comments: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        page_with(comments)
