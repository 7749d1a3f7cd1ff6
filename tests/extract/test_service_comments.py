"""The answers of embedded services are read with what they state; what was deleted or waits is left out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extract.threads.stated_comments import read_stated
from scraper.model import Comment

Row = tuple[str | None, str | None, str | None, str | None, str | None, str]

ISSO = {
    "id": None, "total_replies": 4, "hidden_replies": 0,
    "replies": [
        {"id": 1, "parent": None, "author": "Ann", "website": "https://ann.example/", "created": 1464818460.73, "mode": 1,
         "text": "<p>One.</p>", "replies": [
            {"id": 2, "parent": 1, "author": None, "website": "javascript:alert(1)", "created": 1464818520.1, "mode": 1,
             "text": "<p onclick='x()'>Two.</p><script>alert(1)</script>"},
            {"id": 3, "parent": 1, "author": "Spam", "created": 1464818530.1, "mode": 2, "text": "<p>Buy.</p>"}]},
        {"id": 4, "parent": None, "author": None, "created": 1464818540.1, "mode": 4, "text": "", "replies": [
            {"id": 5, "parent": 4, "author": "Bob", "created": 1464818550.1, "mode": 1, "text": "<p>Five.</p>"}]},
    ],
}  # fmt: skip
REMARK = {
    "comments": [
        {"id": "a-1", "pid": "", "text": "<p>One.</p>", "orig": "One.", "user": {"name": "Ann", "id": "x", "picture": "https://r.example/p"},
         "locator": {"site": "s", "url": "https://tide.example/x"}, "time": "2022-05-12T11:08:58.760635374-05:00"},
        {"id": "a-2", "pid": "a-1", "text": "<p>Two.</p>", "user": {"name": "Bob"}, "locator": {}, "time": "2022-05-12T12:00:00Z"},
        {"id": "a-3", "pid": "a-1", "text": "", "user": {"name": "deleted"}, "locator": {}, "delete": True},
    ],
    "info": {"count": 2},
}  # fmt: skip
MENTIONS = {
    "type": "feed", "name": "Webmentions",
    "children": [
        {"type": "entry", "author": {"name": "Ann", "url": "https://ann.example/", "photo": "https://ann.example/a.jpg"},
         "url": "https://ann.example/reply", "published": "2013-04-22T15:03:00-07:00", "wm-received": "2013-04-25T17:09:33Z",
         "wm-id": 900, "wm-target": "https://tide.example/x", "content": {"html": "<b>One.</b>", "text": "One."},
         "wm-property": "in-reply-to", "wm-private": False},
        {"author": {"name": "Bob"}, "url": "https://bob.example/", "wm-id": 901, "published": None, "wm-received": "2013-04-25T17:09:33Z",
         "content": {"text": "Two <three>."}, "wm-property": "mention-of"},
        {"author": {"name": "Cy"}, "url": "https://cy.example/", "wm-id": 902, "wm-property": "like-of"},
        {"author": {"name": "Di"}, "url": "https://di.example/", "wm-id": 903, "wm-property": "in-reply-to", "wm-private": True},
    ],
}  # fmt: skip
CUSDIS = {
    "data": {
        "commentCount": 1, "pageSize": 10, "pageCount": 1,
        "data": [
            {"id": "c1", "by_nickname": "Ann", "content": "One.", "parsedContent": "<p>One.</p>", "createdAt": "2021-04-01T10:00:00.000Z",
             "replies": {"pageCount": 1, "data": [
                {"id": "c2", "by_nickname": "Bob", "parsedContent": "<p>Two.</p>", "createdAt": "2021-04-02T10:00:00.000Z",
                 "replies": {"data": [], "pageCount": 1}},
                {"id": "c3", "by_nickname": "Spam", "parsedContent": "<p>Buy.</p>", "approved": False}]}},
        ],
    }
}  # fmt: skip
WALINE_DATA = {
    "page": 1, "totalPages": 1, "pageSize": 100, "count": 2,
    "data": [
        {"objectId": 1, "nick": "Ann", "link": "https://ann.example/", "avatar": "https://w.example/a", "status": "approved",
         "comment": "<p>One.</p>", "time": 1617271200000, "children": [
            {"objectId": 2, "pid": 1, "rid": 1, "nick": "Bob", "link": "", "comment": "<p>Two.</p>", "status": "approved",
             "time": 1617357600000},
            {"objectId": 3, "pid": 2, "rid": 1, "nick": "Spam", "comment": "<p>Buy.</p>", "status": "waiting"}]},
    ],
}  # fmt: skip
ARTALK = {
    "count": 2, "roots_count": 1,
    "comments": [
        {"id": 1, "rid": 0, "nick": "Ann", "link": "https://ann.example/", "date": "2021-04-01 10:00:00", "content": "One.",
         "content_marked": "<p>One.</p>", "is_pending": False},
        {"id": 2, "rid": 1, "nick": "Bob", "link": "", "date": "2021-04-02 10:00:00", "content_marked": "<p>Two.</p>"},
        {"id": 3, "rid": 1, "nick": "Spam", "date": "2021-04-02 10:00:00", "content_marked": "<p>Buy.</p>", "is_pending": True},
    ],
}  # fmt: skip
GHOST = {
    "comments": [
        {"id": "a1", "status": "published", "html": "<p>One.</p>", "created_at": "2021-04-01T10:00:00.000Z",
         "member": {"id": "m1", "name": "Ann", "avatar_image": "https://pictures.example/1"}, "count": {"replies": 3},
         "in_reply_to_id": None, "replies": [
            {"id": "a2", "status": "published", "html": "<p>Two.</p>", "created_at": "2021-04-02T10:00:00.000Z",
             "member": {"name": "Bob"}, "in_reply_to_id": None},
            {"id": "a3", "status": "hidden", "html": "<p>Buy.</p>", "member": {"name": "Spam"}},
            {"id": "a4", "status": "published", "html": "<p>Four.</p>", "created_at": "2021-04-03T10:00:00.000Z",
             "member": None, "in_reply_to_id": "a2", "in_reply_to_snippet": "Two."}]},
    ],
    "meta": {"pagination": {"page": 1, "pages": 1}},
}  # fmt: skip
GITHUB = [
    {"id": 71, "issue_url": "https://api.github.com/repos/ann/blog/issues/7", "html_url": "https://github.com/ann/blog/issues/7#issuecomment-71",
     "user": {"login": "ann", "html_url": "https://github.com/ann", "avatar_url": "https://pictures.example/1"},
     "created_at": "2021-04-01T10:00:00Z", "body": "One <b>*word*</b>.\n\nAnother."},
]  # fmt: skip


def read(value: Any) -> list[Comment]:
    return [each.comment for each in read_stated(json.dumps(value).encode(), "https://c.example/api?x=1")]


def rows(value: Any) -> list[Row]:
    return [
        (
            each.id,
            each.parent_ref,
            each.author,
            each.author_url,
            each.published.iso if each.published else None,
            each.text,
        )
        for each in read(value)
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (ISSO, [
            ("1", None, "Ann", "https://ann.example/", "2016-06-01T22:01:00+00:00", "One."),
            ("2", "1", None, None, "2016-06-01T22:02:00+00:00", "Two."),
            ("5", "4", "Bob", None, "2016-06-01T22:02:30+00:00", "Five."),
        ]),
        (REMARK, [
            ("a-1", None, "Ann", None, "2022-05-12T11:08:58-05:00", "One."),
            ("a-2", "a-1", "Bob", None, "2022-05-12T12:00:00+00:00", "Two."),
        ]),
        (MENTIONS, [
            ("900", None, "Ann", "https://ann.example/", "2013-04-22T15:03:00-07:00", "One."),
            ("901", None, "Bob", None, "2013-04-25T17:09:33+00:00", "Two <three>."),
        ]),
        (CUSDIS, [
            ("c1", None, "Ann", None, "2021-04-01T10:00:00+00:00", "One."),
            ("c2", "c1", "Bob", None, "2021-04-02T10:00:00+00:00", "Two."),
        ]),
        ({"errno": 0, "errmsg": "", "data": WALINE_DATA}, [
            ("1", None, "Ann", "https://ann.example/", "2021-04-01T10:00:00+00:00", "One."),
            ("2", "1", "Bob", None, "2021-04-02T10:00:00+00:00", "Two."),
        ]),
        (ARTALK, [
            ("1", None, "Ann", "https://ann.example/", "2021-04-01T10:00:00", "One."),
            ("2", "1", "Bob", None, "2021-04-02T10:00:00", "Two."),
        ]),
        (GHOST, [
            ("a1", None, "Ann", None, "2021-04-01T10:00:00+00:00", "One."),
            ("a2", "a1", "Bob", None, "2021-04-02T10:00:00+00:00", "Two."),
            ("a4", "a2", None, None, "2021-04-03T10:00:00+00:00", "Four."),
        ]),
        (GITHUB, [("71", None, "ann", "https://github.com/ann", "2021-04-01T10:00:00+00:00", "One <b>*word*</b>.\nAnother.")]),
    ],
    ids=["isso", "remark42", "webmention.io", "cusdis", "waline", "artalk", "ghost", "github"],
)  # fmt: skip
def test_a_service_s_comments_are_read(value: Any, expected: list[Row]) -> None:
    assert rows(value) == expected


def test_the_answers_that_ghost_gives_apart_answer_the_one_that_was_asked_for() -> None:
    url = f"https://tide.example/members/api/comments/{'c' * 24}/replies/?limit=100&page=1"
    answers = json.dumps({"comments": GHOST["comments"][0]["replies"]}).encode()  # type: ignore[index]
    assert [each.comment.parent_ref for each in read_stated(answers, url)] == ["c" * 24, "a2"]


def test_older_servers_of_waline_have_the_same_without_what_is_around_it() -> None:
    assert rows(WALINE_DATA) == rows({"data": WALINE_DATA})


def test_their_markup_is_made_harmless() -> None:
    assert [each.html for each in read(ISSO)][1] == "<p>Two.</p>"


def test_mentions_are_told_from_answers() -> None:
    assert [each.kind for each in read(MENTIONS)] == ["comment", "pingback"]
    assert read_stated(json.dumps(MENTIONS).encode())[0].post_url == "https://tide.example/x"


@pytest.mark.parametrize("created", ["x", None, 1e300, -1e300, float("nan"), float("inf")])
def test_a_time_that_is_none_is_left_out(created: Any) -> None:
    item = {"id": 1, "created": created, "text": "<p>One.</p>"}
    (found,) = read({"total_replies": 1, "replies": [item]})
    assert found.published is None


NAMES = st.sampled_from(
    ["comments", "replies", "total_replies", "data", "children", "type", "pageCount", "totalPages", "roots_count", "id",
     "locator", "member", "html", "status", "user", "text", "issue_url", "created", "author", "content", "wm-property", "pid", "mode"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["feed", "in-reply-to", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=12,
)


@given(JSON)
def test_no_answer_is_too_odd(value: Any) -> None:
    for comment in read(value):
        assert isinstance(comment.text, str)


def test_deep_threads_are_read_to_their_end() -> None:
    depth = 300
    value = '{"total_replies":1,"replies":[' + '{"id":1,"replies":[' * depth + "]}" * depth + "]}"
    assert len(read_stated(value.encode())) == depth
