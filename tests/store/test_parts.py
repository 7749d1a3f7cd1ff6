"""A post on several pages is one row with the text of all, whichever came first; a part alone is kept."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from scraper.model import Image, Link, Page, Post
from scraper.store.archive import Archive
from tests.store.conftest import NOW, URL, at, dump, make_page, make_visit, rows

WORDS = {1: "The beginning.", 2: "The middle.", 3: "The end."}
TEXT = "SELECT text FROM posts"


def part(number: int, text: str | None = None, **values: Any) -> Page:
    words = text or WORDS[number]
    url = URL if number == 1 else f"{URL}/{number}/"
    others = tuple(URL if each == 1 else f"{URL}/{each}/" for each in WORDS if each != number)
    post = Post(
        "Hello" if number == 1 else f"Hello, page {number}",
        text=words,
        html=f"<p>{words}</p>",
        images=(Image(f"https://blog.example/{number}.png", "A", None),),
        links=(Link(f"https://other.example/{number}", "there"),),
    )
    return make_page(post, url=url, post_url=URL, post_page=number, post_pages=others, **values)


def take(archive: Archive, *pages: Page, day: int = 0) -> None:
    archive.record([make_visit(page, at(day)) for page in pages])


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
@pytest.mark.parametrize("together", [True, False])
def test_parts_become_one_post_in_any_order(archive: Archive, order: tuple[int, ...], together: bool) -> None:
    pages = [part(number) for number in order]
    for batch in [pages] if together else [[page] for page in pages]:
        take(archive, *batch)
    found = rows(archive, "SELECT url, title, text, html, post_page, page_count FROM posts")
    html = "<p>The beginning.</p>\n<p>The middle.</p>\n<p>The end.</p>"
    assert found == [(URL, "Hello", "The beginning.\nThe middle.\nThe end.", html, 1, 3)]
    images = rows(archive, "SELECT url FROM post_media JOIN media ON media.id = media_id ORDER BY position")
    assert [url[-5:] for (url,) in images] == ["1.png", "2.png", "3.png"]
    assert rows(archive, "SELECT url FROM links ORDER BY position") == [
        (f"https://other.example/{number}",) for number in (1, 2, 3)
    ]
    assert rows(archive, "SELECT count(*) FROM revisions") == [(0,)]
    assert rows(archive, "SELECT post_page FROM pages ORDER BY url_key") == [(1,), (2,), (3,)]


def test_a_part_alone_is_kept_and_says_how_many_there_are(archive: Archive) -> None:
    take(archive, part(2))
    assert rows(archive, "SELECT url, title, text, post_page, page_count FROM posts") == [
        (URL, "Hello, page 2", "The middle.", 2, 3)
    ]


def test_the_same_parts_again_write_nothing(archive: Archive) -> None:
    pages = [part(number) for number in (1, 2, 3)]
    take(archive, *pages)
    before = dump(archive)
    take(archive, *pages)
    take(archive, pages[1])
    assert dump(archive) == before


def test_full_text_search_follows_a_part_that_came_later(archive: Archive) -> None:
    take(archive, part(1))
    take(archive, part(3))
    assert rows(archive, "SELECT count(*) FROM posts_fts WHERE posts_fts MATCH 'beginning AND \"end\"'") == [(1,)]


def test_a_part_that_changed_is_replaced_and_its_text_becomes_a_revision(archive: Archive) -> None:
    take(archive, part(1), part(2))
    take(archive, part(2, "Another middle."), day=5)
    assert rows(archive, TEXT) == [("The beginning.\nAnother middle.",)]
    assert rows(archive, "SELECT cause, text FROM revisions") == [("changed", "The middle.")]


def test_an_older_part_that_comes_later_replaces_nothing_but_is_not_lost(archive: Archive) -> None:
    take(archive, part(1), part(2), day=5)
    take(archive, part(2, "An early middle."))
    assert rows(archive, TEXT) == [("The beginning.\nThe middle.",)]
    assert rows(archive, "SELECT cause, text FROM revisions") == [("changed", "An early middle.")]


def test_a_post_that_was_put_on_one_page_is_that_page(archive: Archive) -> None:
    take(archive, part(1), part(2))
    take(archive, make_page(Post("Hello", text="All of it.", html="<p>All of it.</p>")), day=5)
    assert rows(archive, "SELECT text, post_page, page_count FROM posts") == [("All of it.", None, None)]
    assert rows(archive, "SELECT text FROM revisions") == [("The beginning.\nThe middle.",)]


def test_another_view_never_replaces_the_posts_own_page(archive: Archive) -> None:
    printed = Post("Hello", text="Printed from the blog.", html="<p>Printed from the blog.</p>")
    view = make_page(printed, url=f"{URL}/print/", post_url=URL, view="print")
    take(archive, make_page())
    take(archive, view, day=5)
    assert rows(archive, TEXT) == [("The first post.",)]
    assert rows(archive, "SELECT view FROM pages ORDER BY id") == [(None,), ("print",)]
    assert rows(archive, "SELECT count(*) FROM revisions") == [(0,)]


def test_another_view_stands_for_the_post_until_its_own_page_comes(tmp_path: Path) -> None:
    view = make_page(
        Post("Hello", text="On a telephone."), url="https://m.blog.example/hello", post_url=URL, view="mobile"
    )
    with Archive(tmp_path / "voices.db", now=lambda: NOW) as archive:
        take(archive, view, day=5)
        assert rows(archive, TEXT) == [("On a telephone.",)]
        take(archive, make_page())
        assert rows(archive, TEXT) == [("The first post.",)]


@pytest.mark.parametrize("why", ["teaser", "paywall", "password", None])
def test_what_is_withheld_is_a_column(archive: Archive, why: Any) -> None:
    take(archive, make_page(Post("Hello", text="" if why == "password" else "A first line.", withheld=why)))
    assert rows(archive, "SELECT withheld FROM posts") == [(why,)]


def test_a_post_that_was_locked_later_keeps_its_text(archive: Archive) -> None:
    take(archive, make_page())
    take(archive, make_page(Post("Protected: Hello", withheld="password")), day=5)
    assert rows(archive, "SELECT text, withheld FROM posts") == [("The first post.", None)]
