"""A WordPress export is read as its own software means it."""

from __future__ import annotations

from io import BytesIO

import pytest

from scraper.parse.exports import elements
from scraper.parse.exports.values import ExportedPerson, ExportedPost, LeftOut, Made
from scraper.parse.exports.wxr import read_wxr
from tests.run.exports import WXR, comment, item


def read(*items: str) -> list[object]:
    return list(read_wxr(BytesIO(WXR.format(items="\n".join(items)).encode())))


def post_of(*items: str) -> ExportedPost:
    return next(each for each in read(*items) if isinstance(each, ExportedPost))


def test_a_post_has_what_its_software_says_of_it() -> None:
    post = post_of(item(1))
    assert (post.url, post.kind, post.title) == ("https://blog.example/post-1/", "post", "Post 1")
    assert post.authors == (ExportedPerson("Ann Lee"),)
    assert (post.categories, post.tags) == (("Baking",), ("Rye & wheat",))
    assert (post.published, post.language, post.site_name) == ("2012-05-14T10:04:00+02:00", "en-GB", "Bread & Co")
    assert post.html == "First words.\n\nSecond words\nof the post."


def test_when_it_was_made_comes_before_its_posts() -> None:
    assert read(item(1))[0] == Made("Wed, 20 Mar 2024 12:00:00 +0000")


def test_paragraphs_that_are_marked_need_no_breaks() -> None:
    assert post_of(item(1)).breaks
    assert not post_of(item(1, text="<!-- wp:paragraph -->\n<p>One</p>\n<!-- /wp:paragraph -->")).breaks


def test_comments_keep_who_when_and_whom_they_answer() -> None:
    found = post_of(item(1, comments=[comment(1), comment(2, parent=1, user=7)])).comments
    assert [(each.id, each.parent, each.by_post_author) for each in found] == [("1", None, False), ("2", "1", True)]
    assert (found[0].author, found[0].author_url) == ("Reader 1", "https://reader.example/")
    assert (found[0].published, found[0].html) == ("2012-05-15T12:00:01+02:00", "Remark 1 & more.")
    assert found[0].permalink == "https://blog.example/post-1/#comment-1"


def test_pingbacks_and_trackbacks_are_told_from_comments() -> None:
    kinds = [comment(1, kind="pingback"), comment(2, kind="trackback"), comment(3, kind="")]
    assert [each.kind for each in post_of(item(1, comments=kinds)).comments] == ["pingback", "trackback", "comment"]


def test_what_readers_cannot_see_is_left_out_by_name() -> None:
    states = ["draft", "private", "pending", "future", "trash"]
    found = read(*(item(number, status=state) for number, state in enumerate(states)), item(9, password="secret"))
    reasons = [each.reason for each in found if isinstance(each, LeftOut)]
    assert reasons == [*(f"not published: {state}" for state in states), "locked by a password"]
    assert not any(isinstance(each, ExportedPost) for each in found)


def test_comments_of_what_is_left_out_are_counted_too() -> None:
    found = read(item(1, status="draft", comments=[comment(1), comment(2)]))
    assert [each.part_of_post for each in found if isinstance(each, LeftOut)] == [False, True, True]


def test_a_control_character_takes_nothing_with_it() -> None:
    found = read(item(1, text="Before\x0bafter."), item(2))
    assert next(each.html for each in found if isinstance(each, ExportedPost)) == "Before after."
    assert not any(isinstance(each, LeftOut) for each in found)


def test_a_raw_ampersand_takes_nothing_with_it() -> None:
    found = [
        each for each in read(item(1, title="Salt & pepper &amp; more"), item(2)) if isinstance(each, ExportedPost)
    ]
    assert [each.title for each in found] == ["Salt & pepper & more", "Post 2"]


def test_a_text_that_is_larger_than_a_piece_of_the_file_is_whole() -> None:
    text = "Bread & butter. " * 200_000
    found = [each for each in read(item(1, text=text), item(2)) if isinstance(each, ExportedPost)]
    assert found[0].html == text[:2_500_000].strip()
    assert found[1].title == "Post 2"


def test_a_record_without_end_is_damage_and_not_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elements, "MOST_ELEMENTS", 1000)
    found = read("<item>" + "<x/>" * 2000)
    assert [each.damaged for each in found if isinstance(each, LeftOut)] == [True]
