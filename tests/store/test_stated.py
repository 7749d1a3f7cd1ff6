from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scraper.model import Comment, Post, StatedComment, When
from scraper.store.archive import Archive
from tests.store.conftest import URL, at, between, dump, make_comment, make_page, make_visit, rows

FEED = "https://blog.example/2012/05/hello/feed/"


def instant(moment: datetime) -> When:
    return When(moment, moment + timedelta(seconds=1), moment.replace(tzinfo=None), 0, "second", "stated")


def hold(archive: Archive, *comments: Comment, declared: int | None) -> None:
    post = Post("Hello", text="The first post.", html="<p>The first post.</p>", declared_comment_count=declared)
    archive.record([make_visit(make_page(post, comments=comments), at(10))])


def state(archive: Archive, *comments: Comment, post_url: str = URL) -> None:
    stated = tuple(StatedComment(comment, post_url) for comment in comments)
    archive.record([replace(make_visit(None, at(20), url=FEED, body="a feed"), stated=stated)])


def comments_of(archive: Archive) -> list[tuple[Any, ...]]:
    sql = """
SELECT comments.text, comments.published, parent.platform_id, captures.url FROM comments
LEFT JOIN comments AS parent ON parent.id = comments.parent_id
LEFT JOIN captures ON captures.id = comments.first_capture_id ORDER BY comments.id"""
    return rows(archive, sql)


def test_a_stated_time_replaces_ages_and_the_page_keeps_its_words(archive: Archive) -> None:
    hold(archive, make_comment("Well said.", id="5", published=between(at(5), at(9))), declared=1)
    state(archive, make_comment("Well said, in the feed.", id="5", published=instant(at(7))))
    assert comments_of(archive) == [("Well said.", "2020-01-08T12:00:00+00:00", None, URL)]


@pytest.mark.parametrize(("shown", "held"), [("minute", "2020-01-08T14:00"), ("day", "2020-01-09")])
def test_a_page_s_own_clock_or_another_day_stays(archive: Archive, shown: Any, held: str) -> None:
    local = datetime(2020, 1, 8, 14) if shown == "minute" else datetime(2020, 1, 9)
    when = When(at(6), at(9), local, None, shown, "as readers saw it")
    hold(archive, make_comment("Well said.", id="5", published=when), declared=1)
    state(archive, make_comment("Well said.", id="5", published=instant(at(7))))
    assert rows(archive, "SELECT published, published_shown FROM comments") == [(held, "as readers saw it")]


def test_what_the_page_lacks_comes_from_the_feed_with_its_parent_and_its_capture(archive: Archive) -> None:
    hold(archive, make_comment("One.", id="5"), declared=2)
    state(archive, make_comment("One.", id="5"), make_comment("Two.", id="6", parent_ref="5", author="Bob"))
    assert comments_of(archive) == [("One.", None, None, URL), ("Two.", None, "5", FEED)]
    assert rows(archive, "SELECT comments_complete FROM posts") == [(1,)]


def test_a_thread_stays_whole_where_one_of_its_pages_is_seen_again(archive: Archive) -> None:
    first, second = make_comment("One.", id="5"), make_comment("Two.", id="6")
    post = Post("Hello", text="The first post.", html="<p>The first post.</p>", declared_comment_count=2)
    page = replace(make_page(post, comments=(first,)), comments_complete=False)
    archive.record([make_visit(page, at(10))])
    assert rows(archive, "SELECT comments_complete FROM posts") == [(0,)]
    state(archive, second)
    archive.record([make_visit(page, at(30), body="the page again")])
    assert rows(archive, "SELECT comments_complete FROM posts") == [(1,)]


def test_no_more_is_added_than_the_page_declares(archive: Archive) -> None:
    hold(archive, make_comment("One.", author="Ann"), declared=1)
    state(archive, make_comment("Another wording of one.", author="Ann A."))
    assert [row[0] for row in comments_of(archive)] == ["One."]


@pytest.mark.parametrize(("shown", "count"), [((), 2), ((make_comment("One.", id="5"),), 1)])
def test_of_a_thread_without_a_number_all_is_added_only_where_nothing_is_held(
    archive: Archive, shown: tuple[Any, ...], count: int
) -> None:
    hold(archive, *shown, declared=None)
    state(archive, make_comment("Two.", id="6"), make_comment("Three.", id="7"))
    assert len(comments_of(archive)) == count


def test_the_same_feed_again_changes_no_row(archive: Archive) -> None:
    hold(archive, make_comment("One.", id="5"), declared=2)
    two = make_comment("Two.", id="6")
    state(archive, two)
    before = dump(archive)
    state(archive, two)
    assert dump(archive) == before


def test_the_page_that_shows_it_later_is_the_same_comment(archive: Archive) -> None:
    hold(archive, make_comment("One.", id="5"), declared=2)
    state(archive, make_comment("Two.", id="6", published=instant(datetime(2020, 1, 8, tzinfo=UTC))))
    later = make_page(comments=(make_comment("One.", id="5"), make_comment("Two, edited.", id="6", position=1)))
    archive.record([make_visit(later, at(30))])
    assert [row[0] for row in comments_of(archive)] == ["One.", "Two, edited."]


def test_comments_on_a_post_that_nobody_holds_are_no_rows(archive: Archive) -> None:
    hold(archive, declared=3)
    state(archive, make_comment("Lost."), post_url="https://blog.example/another")
    assert comments_of(archive) == []


def test_a_feed_does_not_change_what_the_post_says(archive: Archive) -> None:
    hold(archive, declared=1)
    before = rows(archive, "SELECT title, text, capture_id FROM posts")
    state(archive, replace(make_comment("One."), id="5"))
    assert rows(archive, "SELECT title, text, capture_id FROM posts") == before


def test_a_stated_parent_among_the_answers_to_the_shown_one_is_the_parent_and_stays(archive: Archive) -> None:
    shown = [make_comment("One.", id="1"), make_comment("Two.", id="2", parent=0, parent_ref="1", depth=1)]
    shown.append(make_comment("Three.", id="3", parent=0, parent_ref="1", depth=1))
    hold(archive, *shown, declared=3)
    state(archive, make_comment("Three.", id="3", parent_ref="2"), make_comment("Two.", id="2", parent_ref="9"))
    expected = [("One.", None), ("Two.", "1"), ("Three.", "2")]
    assert [(text, parent) for text, _, parent, _ in comments_of(archive)] == expected
    later = make_page(Post("Hello", text="The first post."), comments=tuple(shown))
    archive.record([make_visit(later, at(30), body="the same thread, later")])
    assert [(text, parent) for text, _, parent, _ in comments_of(archive)] == expected
