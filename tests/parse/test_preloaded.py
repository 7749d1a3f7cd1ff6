"""A topic that a page holds as data is put into the tree, whatever stands in the data."""

from __future__ import annotations

import json
from html import escape
from typing import Any

import pytest

from scraper.parse.html import parse_html

POST = {"post_number": 1, "username": "ann", "created_at": "2014-05-12T10:04:00Z", "cooked": "<p>Words &amp; more</p>"}


def discourse(topic: Any, body: str = "") -> str:
    data = escape(json.dumps({"site": "{}", "topic_17": json.dumps(topic)}))
    return f"<body><div class=hidden id=data-preloaded data-preloaded='{data}'></div>{body}</body>"


def messages(html: str) -> list[str]:
    document = parse_html(html)
    return [node.text() for node in document.body.select(".post, .Post-body")]


def test_the_messages_of_a_topic_are_text_of_the_page() -> None:
    assert messages(discourse({"id": 17, "slug": "bread", "title": "B", "post_stream": {"posts": [POST]}})) == [
        "Words & more"
    ]


def test_a_page_that_shows_its_topic_shows_it_once() -> None:
    shown = "<noscript><div class=crawler-post><div class=post>As served</div></div></noscript>"
    page = discourse({"id": 17, "post_stream": {"posts": [POST]}}, shown)
    assert "Words" not in parse_html(page).all_text()


@pytest.mark.parametrize("state", ["deleted_at", "user_deleted", "hidden"])
def test_what_is_not_shown_to_readers_is_left_out(state: str) -> None:
    posts = [POST, {**POST, "post_number": 2, "cooked": "<p>Taken back</p>", state: True}]
    assert messages(discourse({"id": 17, "post_stream": {"posts": posts}})) == ["Words & more"]


@pytest.mark.parametrize(
    "topic",
    [None, 7, "x", [], {}, {"post_stream": 1}, {"post_stream": {"posts": [1, None, {}, {"post_number": True}]}}],
    ids=repr,
)
def test_data_of_another_shape_shows_nothing(topic: Any) -> None:
    assert messages(discourse(topic)) == []


@pytest.mark.parametrize(
    "payload", ["", "{", "[" * 9_999, "[]", '{"apiDocument":1}', '{"apiDocument":{"data":[],"included":{}}}']
)
def test_a_payload_of_another_shape_shows_nothing(payload: str) -> None:
    page = f"<body><p>Words</p><script id=flarum-json-payload type='application/json'>{payload}</script></body>"
    assert parse_html(page).all_text().strip() == "Words"


@pytest.mark.parametrize("ident", [[1], {}, None, 7, "7"], ids=repr)
def test_whatever_a_payload_has_for_ids_its_messages_are_shown(ident: Any) -> None:
    said = {"contentType": "comment", "contentHtml": "<p>Words</p>", "number": 1}
    post = {"type": "posts", "attributes": said, "relationships": {"user": {"data": {"id": ident}}}}
    user = {"type": "users", "id": ident, "attributes": {"displayName": "Ann"}}
    data = json.dumps({"apiDocument": {"data": {"type": "discussions"}, "included": [user, post]}})
    page = f"<body><script id=flarum-json-payload type='application/json'>{data}</script></body>"
    assert messages(page) == ["Words"]


def test_half_a_character_in_a_message_is_told_as_one_that_is_missing() -> None:
    assert messages(discourse({"id": 17, "post_stream": {"posts": [{**POST, "cooked": "a \ud800 b"}]}})) == [
        "a \ufffd b"
    ]


def test_names_are_text_and_no_markup() -> None:
    post = {**POST, "username": "<script>x</script>'\""}
    document = parse_html(discourse({"id": "1'><b>", "post_stream": {"posts": [post]}}))
    assert document.body.select("b") == []
    assert document.body.select(".creator")[0].text() == "<script>x</script>'\""


def test_markup_nested_deeper_than_a_tree_can_be_costs_no_page() -> None:
    post = {**POST, "cooked": "<div>" * 5_000 + "deep"}
    page = discourse({"id": 17, "post_stream": {"posts": [post]}}, "<p>Words of the page</p>")
    assert "Words of the page" in parse_html(page).all_text()
