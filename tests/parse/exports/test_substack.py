"""Substack's table of posts and the texts beside it are read together."""

from __future__ import annotations

from scraper.parse.exports.substack import read_substack
from scraper.parse.exports.values import ExportedPost, LeftOut

TABLE = b"""post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url
11.slow-bread,2022-05-14T08:04:00.000Z,true,,,newsletter,everyone,Slow bread,"A tale, in parts",
12.next,2022-06-14T08:04:00.000Z,false,,,newsletter,everyone,Next,,
13.lost,2022-07-14T08:04:00.000Z,true,,,newsletter,everyone,Lost,,
"""
TEXTS = {"11.slow-bread.html": "<p>Words.</p>", "12.next.html": "<p>Draft.</p>"}


def test_published_posts_have_their_text_and_the_rest_is_left_out_by_name() -> None:
    post, draft, lost = read_substack(TABLE, TEXTS.get, "https://bread.example")
    assert isinstance(post, ExportedPost)
    assert (post.url, post.title, post.subtitle) == (
        "https://bread.example/p/slow-bread",
        "Slow bread",
        "A tale, in parts",
    )
    assert (post.published, post.html) == ("2022-05-14T08:04:00.000Z", "<p>Words.</p>")
    assert draft == LeftOut("Next", "not published: draft")
    assert isinstance(lost, LeftOut)
    assert lost.damaged


def test_without_the_blogs_address_a_post_is_known_by_its_id() -> None:
    post = next(read_substack(TABLE, TEXTS.get))
    assert isinstance(post, ExportedPost)
    assert post.url == "urn:substack:11.slow-bread"


def test_posts_that_link_to_each_other_tell_where_their_blog_is() -> None:
    table = b"post_id,is_published\n11.rye,true\n12.oat,true\n13.malt,true\n"
    texts = {
        "11.rye.html": '<a href="https://bread.example/p/oat?utm_source=x">Oat</a><a href="https://a.example/p/malt">M</a>',
        "12.oat.html": '<a href="https://bread.example/p/rye">Rye</a>',
        "13.malt.html": "",
    }
    urls = [each.url for each in read_substack(table, texts.get) if isinstance(each, ExportedPost)]
    assert urls == [f"https://bread.example/p/{name}" for name in ("rye", "oat", "malt")]


def test_no_table_fails() -> None:
    tables = [b'\xff\0,\n"', b"a,b\n1,2\n" + b'"' + b"x" * 200_000, b"post_id\n1,2,3\n"]
    for table in tables:
        assert all(isinstance(each, LeftOut) for each in read_substack(table, TEXTS.get))
