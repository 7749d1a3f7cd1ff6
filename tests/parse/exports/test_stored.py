"""A post of an export is the same once it was written and read again."""

from __future__ import annotations

from io import BytesIO

import pytest

from scraper.parse.exports.stored import read_stored, write_stored
from scraper.parse.exports.values import ExportedComment, ExportedPerson, ExportedPost
from scraper.parse.exports.wxr import read_wxr
from tests.run.exports import WXR, comment, item

FULL = ExportedPost(
    url="https://blog.example/a",
    kind="post",
    platform="ghost",
    title="Á",
    authors=(ExportedPerson("Ann", "https://blog.example/ann", "Bakes.", "https://blog.example/ann.png"),),
    breaks=True,
    tags=("rye", "wheat"),
    comments=(ExportedComment("1"), ExportedComment("2", "1", "Bob", breaks=True, by_post_author=True)),
    comments_complete=True,
)


def test_what_was_written_is_read_again() -> None:
    text = WXR.format(items=item(1, comments=[comment(1), comment(2, parent=1)]))
    posts = [each for each in read_wxr(BytesIO(text.encode())) if isinstance(each, ExportedPost)]
    for post in (FULL, ExportedPost("urn:x:1", "thread", ""), *posts):
        assert read_stored(write_stored(post)) == post


@pytest.mark.parametrize("payload", [b"", b"[]", b"3", b"[" * 100_000, b'{"kind": "listing"}', b'{"kind": ["post"]}'])
def test_what_is_no_such_record_is_none(payload: bytes) -> None:
    assert read_stored(payload) is None


def test_values_of_the_wrong_kind_are_left_out() -> None:
    payload = (
        b'{"kind": "post", "title": 3, "tags": "x", "comments": [1, {"id": 2, "html": "y"}], "authors": [{}], "z": 1}'
    )
    assert read_stored(payload) == ExportedPost("", "post", "", comments=(ExportedComment(html="y"),))
