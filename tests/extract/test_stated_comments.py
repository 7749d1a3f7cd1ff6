"""Comments of feeds and of platforms' JSON are read with what they state, and hostile documents give none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extract.threads.stated_comments import read_stated

POST = "https://blog.example/2012/slow-bread/"
RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Comments on: Slow bread</title>
<item><title>By: Bob</title><link>{POST}#comment-12</link><dc:creator>Bob</dc:creator>
<pubDate>Tue, 15 May 2012 10:04:05 +0000</pubDate><guid isPermaLink="false">{POST}?p=3#comment-12</guid>
<content:encoded><![CDATA[<p>How <em>slow</em>?</p><script>alert(1)</script>]]></content:encoded></item>
<item><title>By: Ann</title><link>{POST}#comment-13</link><dc:creator>Ann</dc:creator>
<pubDate>Tue, 15 May 2012 11:00:00 +0000</pubDate><content:encoded>A day.</content:encoded></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:blogger.com,1999:blog-1.post-4000000000000000001</id>
<published>2012-05-15T10:04:00.001+02:00</published><title>How slow?</title><content type="html">How &lt;b&gt;slow&lt;/b&gt;?</content>
<link rel="alternate" type="text/html" href="{POST}?showComment=1#c4000000000000000001"/>
<author><name>Bob</name><uri>https://bob.example/</uri></author></entry></feed>"""
WORDPRESS: list[dict[str, Any]] = [
    {
        "id": 13, "post": 3, "parent": 12, "author_name": "Ann", "author_url": "https://ann.example/",
        "date": "2012-05-15T13:00:00", "date_gmt": "2012-05-15T11:00:00", "link": f"{POST}#comment-13",
        "content": {"rendered": "<p>A day.</p>\n"}, "status": "approved", "type": "comment",
        "author_avatar_urls": {"24": "https://pictures.example/24", "96": "https://pictures.example/96"},
    },
    {"id": 14, "author_name": "Spam", "content": {"rendered": "<p>x</p>"}, "status": "hold"},
    {"id": 15, "author_name": "Other blog", "content": {"rendered": "<p>[...]</p>"}, "type": "pingback"},
]  # fmt: skip
BLOGGER = {
    "feed": {
        "entry": [
            {
                "id": {"$t": "tag:blogger.com,1999:blog-1.post-42"},
                "published": {"$t": "2012-05-15T10:04:00.000+02:00"},
                "content": {"type": "html", "$t": "Not <i>that</i> slow."},
                "author": [{"name": {"$t": "Bob"}, "uri": {"$t": "https://bob.example/"}}],
                "link": [
                    {"rel": "alternate", "href": f"{POST}?showComment=1#c42"},
                    {"rel": "related", "href": "https://www.blogger.example/feeds/1/3/comments/default/41"},
                ],
            }
        ]
    }
}
DISCOURSE = {
    "id": 7,
    "slug": "slow-bread",
    "post_stream": {
        "posts": [
            {"post_number": 1, "username": "ann", "cooked": "<p>Opening.</p>", "created_at": "2012-05-15T08:00:00.000Z"},
            {"post_number": 2, "username": "bob", "cooked": "<p>How slow?</p>", "created_at": "2012-05-15T10:04:00.000Z"},
            {
                "post_number": 3, "username": "ann", "cooked": "<p>A day.</p>", "reply_to_post_number": 2,
                "created_at": "2012-05-15T11:00:00.000Z",
            },
            {"post_number": 4, "username": "x", "cooked": "<p>Spam</p>", "hidden": True},
        ]
    },
}  # fmt: skip
SUBSTACK = {
    "comments": [
        {
            "id": 5, "name": "Bob", "body": "How slow?\n\nReally <slow>?", "date": "2012-05-15T10:04:00.000Z",
            "children": [{"id": 6, "name": "Ann", "body": "A day.", "date": "2012-05-15T11:00:00.000Z", "children": []}],
        },
        {"id": 7, "name": None, "body": None, "deleted": True, "children": [{"id": 8, "name": "Cy", "body": "Lost?"}]},
    ]
}  # fmt: skip


def rows(payload: str | bytes, url: str | None = POST) -> list[tuple[object, ...]]:
    data = payload.encode() if isinstance(payload, str) else payload
    return [
        (each.id, each.parent_ref, each.author, each.published.iso if each.published else None, each.text)
        for each in (stated.comment for stated in read_stated(data, url))
    ]


def test_a_posts_feed_of_comments() -> None:
    assert rows(RSS) == [
        ("12", None, "Bob", "2012-05-15T10:04:05+00:00", "How slow?"),
        ("13", None, "Ann", "2012-05-15T11:00:00+00:00", "A day."),
    ]
    first = read_stated(RSS.encode())[0]
    assert (first.post_url, first.comment.permalink) == (POST, f"{POST}#comment-12")
    assert first.comment.html == "<p>How <em>slow</em>?</p>"


def test_an_atom_feed_links_to_each_comment_of_its_post() -> None:
    assert rows(ATOM) == [("4000000000000000001", None, "Bob", "2012-05-15T10:04:00+02:00", "How slow?")]
    assert read_stated(ATOM.encode())[0].post_url == POST


def test_a_link_to_a_comment_page_names_the_post() -> None:
    item = {"id": 12, "author_name": "Bob", "link": f"{POST}comment-page-2/#comment-12", "content": {"rendered": "x"}}
    feed = RSS.replace(f"{POST}#comment-12", f"{POST}comment-page-2/#comment-12")
    assert read_stated(json.dumps([item]).encode())[0].post_url == POST
    assert read_stated(feed.encode())[0].post_url == POST


def test_a_first_line_that_names_the_answered_comment_is_no_words_of_the_answer() -> None:
    answer = f'<p>In reply to <a href="{POST}#comment-12">Bob</a>.</p> <p>A day.</p>'
    feed = RSS.replace("<content:encoded>A day.", f"<content:encoded><![CDATA[{answer}]]>")
    assert rows(feed)[1] == ("13", "12", "Ann", "2012-05-15T11:00:00+00:00", "A day.")


def test_a_first_line_that_says_more_is_the_comments_own() -> None:
    for said in ("@Bob", "Bob"):
        answer = f'<p><a href="{POST}#comment-12">{said}</a> I agree with you there.</p>'
        item = {"id": 13, "author_name": "Ann", "link": f"{POST}#comment-13", "content": {"rendered": answer}}
        assert rows(json.dumps([item])) == [("13", None, "Ann", None, f"{said} I agree with you there.")]


def test_wordpress_json_has_answers_pictures_and_no_comment_that_waits() -> None:
    found = read_stated(json.dumps(WORDPRESS).encode(), "https://blog.example/wp-json/wp/v2/comments?post=3")
    assert [(each.comment.id, each.comment.kind) for each in found] == [("13", "comment"), ("15", "pingback")]
    comment = found[0].comment
    assert (comment.parent_ref, comment.author_url) == ("12", "https://ann.example/")
    assert comment.avatar_url == "https://pictures.example/96"
    assert comment.published is not None and comment.published.iso == "2012-05-15T11:00:00+00:00"


def test_blogger_json_names_the_comment_that_is_answered() -> None:
    assert rows(json.dumps(BLOGGER)) == [("42", "41", "Bob", "2012-05-15T10:04:00+02:00", "Not that slow.")]


def test_discourse_json_without_the_opening_and_what_is_hidden() -> None:
    url = "https://talk.example/t/slow-bread/7.json"
    assert rows(json.dumps(DISCOURSE), url) == [
        ("2", None, "bob", "2012-05-15T10:04:00+00:00", "How slow?"),
        ("3", "2", "ann", "2012-05-15T11:00:00+00:00", "A day."),
    ]
    found = read_stated(json.dumps(DISCOURSE).encode(), url)[0]
    assert (found.post_url, found.comment.permalink) == (
        "https://talk.example/t/slow-bread/7",
        "https://talk.example/t/slow-bread/7/2",
    )


def test_substack_json_is_a_tree_and_its_words_no_markup() -> None:
    assert rows(json.dumps(SUBSTACK)) == [
        ("5", None, "Bob", "2012-05-15T10:04:00+00:00", "How slow?\nReally <slow>?"),
        ("6", "5", "Ann", "2012-05-15T11:00:00+00:00", "A day."),
        ("8", "7", "Cy", None, "Lost?"),
    ]


def test_a_tree_of_any_depth_is_read() -> None:
    tree: dict[str, Any] = {"id": 0, "name": "Ann", "body": "end", "children": []}
    for number in range(1, 300):
        tree = {"id": number, "name": "Ann", "body": "on", "children": [tree]}
    assert len(rows(json.dumps({"comments": [tree]}))) == 300


@pytest.mark.parametrize(
    "payload",
    [b"", b"{", b"[", b"[1, null, {}]", b'{"comments": 3}', b'{"post_stream": []}', b'{"feed": "x"}', b"<html><p>no feed"],
)  # fmt: skip
def test_what_is_no_list_of_comments_gives_none(payload: bytes) -> None:
    assert read_stated(payload) == ()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "id parent author_name author_url content rendered link status comments children body name date feed entry "
                "$t author post_stream posts post_number cooked href rel author_avatar_urls".split()
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(VALUES)
def test_no_json_makes_it_fail(value: Any) -> None:
    for each in read_stated(json.dumps(value).encode(), POST):
        assert each.comment.text is not None
