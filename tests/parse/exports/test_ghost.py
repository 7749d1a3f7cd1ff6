"""Ghost's export is read for what its readers saw."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest

from scraper.parse.exports.ghost import read_ghost
from scraper.parse.exports.kinds import kind_of_export
from scraper.parse.exports.values import ExportedPerson, ExportedPost, LeftOut, Made

POST = {
    "id": "p1",
    "uuid": "7b1c",
    "title": "Slow bread",
    "slug": "slow-bread",
    "html": '<p>Words. <a href="__GHOST_URL__/about/">About</a></p>',
    "type": "post",
    "status": "published",
    "visibility": "public",
    "published_at": "2022-05-14T08:04:00.000Z",
    "updated_at": "2022-05-15 08:04:00",
}
DATA: dict[str, Any] = {
    "posts": [POST],
    "users": [{"id": "u1", "name": "Ann Lee", "slug": "ann", "email": "ann@mail.example", "bio": "Bakes & writes."}],
    "posts_authors": [{"post_id": "p1", "author_id": "u1", "sort_order": 0}],
    "tags": [{"id": "t1", "name": "Rye"}, {"id": "t2", "name": "#hidden", "visibility": "internal"}],
    "posts_tags": [
        {"post_id": "p1", "tag_id": "t2", "sort_order": 1},
        {"post_id": "p1", "tag_id": "t1", "sort_order": 0},
    ],
    "members": [{"id": "m1", "email": "reader@mail.example", "name": "Secret Reader"}],
    "settings": [{"key": "title", "value": "Bread"}],
}


def export(**more: Any) -> bytes:
    made = {"exported_on": 1710936000000, "version": "5.80.0"}
    return json.dumps({"db": [{"meta": made, "data": {**DATA, **more}}]}).encode()


def read(content: bytes, base: str | None = None) -> list[object]:
    return list(read_ghost(BytesIO(content), base))


def test_a_post_has_its_authors_and_tags_and_no_member_is_read() -> None:
    made, post = read(export(), "https://blog.example/")
    assert made == Made("2024-03-20T12:00:00+00:00")
    assert isinstance(post, ExportedPost)
    assert (post.url, post.title, post.site_name) == ("https://blog.example/slow-bread/", "Slow bread", "Bread")
    assert post.authors == (ExportedPerson("Ann Lee", "https://blog.example/author/ann/", "Bakes &amp; writes."),)
    assert post.tags == ("Rye",)
    assert (post.published, post.modified) == ("2022-05-14T08:04:00+00:00", "2022-05-15T08:04:00+00:00")
    assert 'href="https://blog.example/about/"' in post.html
    assert "mail.example" not in str(post)


def test_without_the_blogs_address_a_post_is_known_by_its_id() -> None:
    post = read(export())[1]
    assert isinstance(post, ExportedPost)
    assert post.url == "urn:uuid:7b1c"


@pytest.mark.parametrize("status", ["draft", "scheduled"])
def test_what_is_not_published_is_left_out_by_name(status: str) -> None:
    assert read(export(posts=[{**POST, "status": status}]))[1] == LeftOut("Slow bread", f"not published: {status}")


def test_pages_are_told_from_posts() -> None:
    found = read(export(posts=[{**POST, "type": "page"}]))[1]
    assert isinstance(found, ExportedPost)
    assert found.kind == "other"


@pytest.mark.parametrize("content", [b"{", b"[" * 100_000, b'{"db": 3}', b'{"db": [{"data": {"posts": [1, null]}}]}'])
def test_no_content_fails(content: bytes) -> None:
    assert not any(isinstance(each, ExportedPost) for each in read(content))


def test_it_is_known_by_its_beginning() -> None:
    assert kind_of_export(export()) == "ghost"
    assert kind_of_export(json.dumps(json.loads(export()), indent=2).encode()) == "ghost"
    assert kind_of_export(b'{"db": [1]}') is None


def test_posts_that_link_to_each_other_tell_where_their_blog_is() -> None:
    texts = {"rye": "https://bread.example/oat/", "oat": "https://bread.example/rye/", "malt": "https://a.example/rye/"}
    found = [{**POST, "id": slug, "slug": slug, "html": f'<a href="{link}">x</a>'} for slug, link in texts.items()]
    urls = [each.url for each in read(export(posts=found)) if isinstance(each, ExportedPost)]
    assert urls == [f"https://bread.example/{slug}/" for slug in texts]
