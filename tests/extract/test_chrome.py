"""Chrome is told by names, tags and roles, unless the block holds the post; one Removal a block."""

from __future__ import annotations

import pytest

from scraper.extract.blocks.chrome import CLOSED, kind_by_name, label_chrome, numberless
from scraper.extract.platforms import GENERIC, WORDPRESS
from scraper.extract.platforms.rules import Platform
from scraper.model import Removal
from scraper.parse.html import parse_html
from tests.extract.pages import LINE, PROSE, drupal, drupal_comment, plain, read, seconds_to_read, text_of

MENU = "<ul><li><a href=/a>Home page</a></li><li><a href=/b>All posts</a></li></ul>"


def removals_of(html: str, platform: Platform = GENERIC) -> list[Removal]:
    return label_chrome(parse_html(html, CLOSED), platform).removals


@pytest.mark.parametrize("name", ["content-sidebar", "related", "widget", "menu", "comments", "search"])
def test_a_wrapper_that_holds_the_post_is_no_chrome_whatever_its_name(name: str) -> None:
    html = f"<body><div class='{name}'><h1>Slow bread</h1>{PROSE}</div><div class=foot>Short</div></body>"
    assert removals_of(html) == []


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        (f"<nav>{MENU}</nav>", "menu"),
        (f"<div class=related-posts>{MENU}</div>", "related"),
        (f"<div role=complementary>{MENU}</div>", "widget"),
        ("<div style='display: none'>Not shown here</div>", "hidden"),
        ("<footer>All rights reserved</footer>", "footer"),
        ("<div class=cookie-notice>We use cookies</div>", "cookie_notice"),
    ],
)
def test_a_small_block_is_told_by_name_tag_role_or_style(block: str, kind: str) -> None:
    assert [removal.kind for removal in removals_of(plain(PROSE + block))] == [kind]


def test_one_removal_a_block_and_none_inside_another() -> None:
    block = f"<aside class=sidebar><div class=widget><nav>{MENU}</nav></div><div class=share>Share it</div></aside>"
    (only,) = removals_of(plain(PROSE + block))
    assert only.where.endswith("aside.sidebar")
    assert only.excerpt == "Home page All posts Share it"
    assert len(removals_of(plain(PROSE + block), WORDPRESS)) == 1


def test_a_name_is_told_by_whole_words() -> None:
    assert kind_by_name(" entry-meta ") == ("byline", "entry meta")
    assert kind_by_name(" adventure shareholder ") is None


@pytest.mark.parametrize(
    ("names", "alike", "kind"),
    [
        (" share-7 ", " share-0 ", "share"),
        (" odd share_12345 ", " odd share_0 ", "share"),
        (" a2a-5 ", " a2a-0 ", "share"),
        (" share-7 odd ", " share-7 odd ", "share"),
        (" post-9 ", " post-0 ", None),
        (" post9 ", " post9 ", None),
    ],
)
def test_the_number_of_an_id_tells_no_kind(names: str, alike: str, kind: str | None) -> None:
    assert numberless(names) == alike == numberless(alike)
    found = kind_by_name(names)
    assert (found and found[0]) == kind


def test_chrome_does_not_stand_inside_a_paragraph() -> None:
    assert LINE in text_of(read(plain(PROSE + f"<p><span class=ad>{LINE}</span></p>")))


def test_a_pager_of_the_thread_is_read_inside_navigation() -> None:
    pager = "<nav class=pager><ul class=pager__items><li class=pager__item><a href='?page=1'>2</a></li></ul></nav>"
    page = read(drupal(drupal_comment(1) + pager))
    assert page.comment_pages == ("https://blog.example/2012/slow-bread?page=1",)
    assert page.comments_complete is False


def test_many_links_to_a_licence_in_boxes_with_long_names_take_linear_time() -> None:
    around = f"<div class={'x' * 1_990} id={'x' * 1_990}>" * 8
    assert seconds_to_read(plain(PROSE + around + "<a rel=license>x</a>" * 30_000)) < 2
