from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discover.apis import api_leads, substack_posts, wordpress_comments, wordpress_posts
from scraper.discover.queries import parameter
from scraper.model import Lead

HOST = "https://tide.example"


def leads(value: Any, path: str, headers: tuple[tuple[str, str], ...] = ()) -> tuple[Lead, ...]:
    return api_leads(json.dumps(value).encode(), f"{HOST}{path}", headers)


def post(number: int, **others: Any) -> dict[str, Any]:
    return {"id": number, "link": f"{HOST}/{number}/", "modified_gmt": "2011-02-03T09:00:00", **others}


def test_wordpress_is_asked_below_the_root_that_it_names() -> None:
    posts, query = wordpress_posts(f"{HOST}/wp-json/"), wordpress_posts(f"{HOST}/index.php?rest_route=/")
    assert posts.partition("?")[0] == f"{HOST}/wp-json/wp/v2/posts"
    assert parameter(query, "rest_route") == "/wp/v2/posts"
    assert {parameter(each, "per_page") for each in (posts, query)} == {"100"}
    assert parameter(wordpress_comments(f"{HOST}/wp-json/", 71), "post") == "71"
    assert parameter(wordpress_comments(f"{HOST}/wp-json/"), "post") is None


def test_wordpress_posts_lead_to_their_pages_and_to_the_next_answer() -> None:
    moment = datetime(2011, 2, 3, 9, tzinfo=UTC)
    found = leads([post(1), post(2), post(3, status="private")], "/wp-json/wp/v2/posts?per_page=3&page=1")
    assert found == (
        Lead(f"{HOST}/1/", "post", "api", moment),
        Lead(f"{HOST}/2/", "post", "api", moment),
        Lead(f"{HOST}/wp-json/wp/v2/posts?per_page=3&page=2", "post_api", "api"),
    )


@pytest.mark.parametrize(
    ("page", "total", "goes_on"), [(1, "2", True), (2, "2", False), (1, None, False), (1, "x", False)]
)
def test_the_answer_says_how_many_pages_there_are(page: int, total: str | None, goes_on: bool) -> None:
    headers = (("X-WP-TotalPages", total),) if total else ()
    found = leads([post(1)], f"/wp-json/wp/v2/posts?per_page=100&page={page}", headers)
    assert [lead.role for lead in found] == ["post", *(["post_api"] if goes_on else [])]


def test_a_comment_of_wordpress_tells_that_its_post_changed() -> None:
    comment = {"id": 7, "post": 1, "author_name": "Ole", "date_gmt": "2011-02-03T09:00:00"}
    found = leads(
        [{**comment, "link": f"{HOST}/1/comment-page-2/#comment-7"}, {**comment, "link": f"{HOST}/1/#comment-6"}],
        "/wp-json/wp/v2/comments?per_page=2&page=1",
    )
    assert found == (
        Lead(f"{HOST}/1/", "post", "api", datetime(2011, 2, 3, 9, tzinfo=UTC)),
        Lead(f"{HOST}/wp-json/wp/v2/comments?per_page=2&page=2", "comment_api", "api"),
    )


def test_substack_lists_posts_and_has_comments_where_there_are_any() -> None:
    items = [
        {"id": 1, "canonical_url": f"{HOST}/p/ferry", "post_date": "2023-02-03T09:00:00.000Z", "comment_count": 2},
        {"id": 2, "canonical_url": f"{HOST}/p/bells", "comment_count": 0},
    ]
    path = (substack_posts(HOST) or "").removeprefix(HOST)
    assert leads(items, path) == (
        Lead(f"{HOST}/p/ferry", "post", "api", datetime(2023, 2, 3, 9, tzinfo=UTC)),
        Lead(f"{HOST}/p/bells", "post", "api"),
        Lead(f"{HOST}/api/v1/post/1/comments?all_comments=true&sort=oldest_first", "comment_api", "api"),
        Lead(f"{HOST}/api/v1/archive?sort=new&limit=50&offset=2", "post_api", "api"),
    )
    assert leads([], path) == ()


def test_discourse_lists_topics_and_gives_a_topic_in_pieces() -> None:
    topics = {"topics": [{"id": 71, "slug": "ferry"}], "more_topics_url": "/latest?page=1"}
    assert leads({"topic_list": topics}, "/latest.json") == (
        Lead(f"{HOST}/t/ferry/71", "post", "api"),
        Lead(f"{HOST}/latest.json?page=1", "post_api", "api"),
    )
    topic = {"id": 71, "post_stream": {"posts": [], "stream": list(range(41))}}
    assert leads(topic, "/t/71.json") == (Lead(f"{HOST}/t/71.json?page=2", "comment_api", "api"),)
    assert leads(topic, "/t/71.json?page=2") == (Lead(f"{HOST}/t/71.json?page=3", "comment_api", "api"),)
    assert leads(topic, "/t/71.json?page=3") == ()


def test_blogger_gives_its_feeds_as_json() -> None:
    entry = {
        "updated": {"$t": "2011-02-03T10:00:00+01:00"}, "thr$total": {"$t": "3"},
        "link": [
            {"rel": "replies", "type": "text/html", "href": f"{HOST}/ferry.html#form"},
            {"rel": "replies", "type": "application/atom+xml", "href": f"{HOST}/feeds/71/comments/default"},
            {"rel": "alternate", "href": f"{HOST}/2011/02/ferry.html"},
        ],
    }  # fmt: skip
    feed = {"entry": [entry], "openSearch$totalResults": {"$t": "2"}}
    assert leads({"feed": feed}, "/feeds/posts/default?alt=json") == (
        Lead(f"{HOST}/2011/02/ferry.html", "post", "api", datetime(2011, 2, 3, 9, tzinfo=UTC)),
        Lead(f"{HOST}/feeds/71/comments/default", "comment_feed", "api"),
        Lead(f"{HOST}/feeds/posts/default?alt=json&start-index=2", "post_api", "api"),
    )


NAMES = st.sampled_from(
    "link id author_name post canonical_url post_stream stream topic_list topics more_topics_url feed entry rel href"
    " thr$total $t version updated comment_count slug openSearch$totalResults".split()
)
VALUES = st.none() | st.booleans() | st.integers() | st.sampled_from(["/a", "https://x.example/", "7", "alternate", ""])


@given(st.recursive(VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5)))
def test_no_answer_fails(value: Any) -> None:
    assert all(lead.url.startswith("http") for lead in leads(value, "/wp-json/"))


@given(st.binary(max_size=100))
def test_no_bytes_fail(payload: bytes) -> None:
    assert api_leads(payload, HOST) == () or payload[:1] in (b"[", b"{")
