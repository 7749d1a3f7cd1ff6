from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scraper.model import Post
from scraper.store.past.news import is_comment_news, is_post_news
from scraper.store.planning.times import Time
from scraper.store.planning.values import CommentValues, PostValues, Sighting, comment_values, post_values
from tests.store.conftest import make_comment, make_page

WIDE = Time(None, "2012-01-01T00:00:00Z", "2013-01-01T00:00:00Z", "interval", "11 years ago")
NARROW = Time(None, "2012-03-01T00:00:00Z", "2012-04-01T00:00:00Z", "interval", "11 years 10 months ago")
LATER = Time(None, "2014-03-01T00:00:00Z", "2014-04-01T00:00:00Z", "interval", "9 years 10 months ago")
MINUTE = Time("2012-03-05T10:04", "2012-03-04T20:04:00Z", "2012-03-05T22:05:00Z", "minute", "5 March 2012 10:04")
NEXT_MINUTE = Time("2012-03-05T10:05", "2012-03-04T20:05:00Z", "2012-03-05T22:06:00Z", "minute", "5 March 2012 10:05")
ZONED = Time("2012-03-05T10:04+02:00", "2012-03-05T08:04:00Z", "2012-03-05T08:05:00Z", "minute", "10:04 +2")
DAY = Time("2012-03-05", "2012-03-04T10:00:00Z", "2012-03-06T12:00:00Z", "day", "5 March 2012")
OTHER_DAY = Time("2012-03-06", "2012-03-05T10:00:00Z", "2012-03-07T12:00:00Z", "day", "6 March 2012")


@pytest.fixture
def post() -> PostValues:
    page = make_page(Post("Hello", text="The text."))
    values = post_values("u", Sighting(1, None, page), page.post or Post(None), None)
    return replace(values, published=WIDE)


@pytest.fixture
def comment() -> CommentValues:
    return replace(comment_values(make_comment("Well said.", id="1"), (1, 1), None), published=WIDE, parent_id=3)


@pytest.mark.parametrize(
    "changes",
    [
        {"capture_id": 2, "url": "https://blog.example/node/1"},
        {"published": NARROW},
        {"published": DAY},
        {"published": LATER},
        {"view_count": 9, "declared_comment_count": 3, "comments_complete": 1, "platform": "drupal"},
        {"text": "The  text.\n", "html": "<p>The text.</p>"},
        {"comment_page": 2, "text": "Otherwise."},
    ],
)
def test_a_post_that_is_shown_again_is_no_news(post: PostValues, changes: dict[str, Any]) -> None:
    assert not is_post_news(post, replace(post, **changes))


@pytest.mark.parametrize(
    "changes", [{"title": "Goodbye"}, {"text": "Edited."}, {"subtitle": "x"}, {"section": "x"}, {"kind": "about"}]
)
def test_other_words_or_times_of_a_post_are_news(post: PostValues, changes: dict[str, Any]) -> None:
    assert is_post_news(post, replace(post, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"last_capture_id": 2, "first_capture_id": 2, "thread_page": 2, "position": 7, "depth": 1},
        {"avatar_url": "x", "votes": 9, "html": "<b>x</b>", "permalink": "x", "author_url": "x"},
        {"published": NARROW},
        {"published": LATER},
    ],
)
def test_a_comment_that_is_shown_again_is_no_news(comment: CommentValues, changes: dict[str, Any]) -> None:
    assert not is_comment_news(comment, replace(comment, **changes))


def test_a_parent_that_is_found_is_no_news_and_another_parent_is(comment: CommentValues) -> None:
    assert not is_comment_news(replace(comment, parent_id=None), comment)
    assert is_comment_news(comment, replace(comment, parent_id=4))


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "x"},
        {"author": "Cy"},
        {"subject": "x"},
        {"state": "deleted"},
        {"kind": "pingback"},
    ],
)
def test_other_words_or_times_of_a_comment_are_news(comment: CommentValues, changes: dict[str, Any]) -> None:
    assert is_comment_news(comment, replace(comment, **changes))


@pytest.mark.parametrize(("older", "newer"), [(DAY, OTHER_DAY), (MINUTE, NEXT_MINUTE), (OTHER_DAY, ZONED)])
def test_another_stated_time_is_news(post: PostValues, comment: CommentValues, older: Time, newer: Time) -> None:
    assert is_post_news(replace(post, published=older), replace(post, published=newer))
    assert is_comment_news(replace(comment, published=older), replace(comment, published=newer))


@pytest.mark.parametrize(("older", "newer"), [(DAY, MINUTE), (MINUTE, ZONED), (ZONED, MINUTE), (DAY, WIDE), (DAY, DAY)])
def test_the_same_time_said_otherwise_is_no_news(comment: CommentValues, older: Time, newer: Time) -> None:
    assert not is_comment_news(replace(comment, published=older), replace(comment, published=newer))
