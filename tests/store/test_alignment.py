from __future__ import annotations

import time
from typing import Any

from scraper.store.planning.alignment import MOST_EDITS, align_comments
from scraper.store.planning.values import CommentValues, comment_values
from tests.store.conftest import at, between, day, make_comment

LONG = "I have been using this for years and it has never once failed on me, not even in winter."


def values(text: str = LONG, *, page: int | None = None, **fields: Any) -> CommentValues:
    return comment_values(make_comment(text, **fields), (1, 1), page)


def test_the_platform_id_decides_whatever_else_changed() -> None:
    stored = [values("one", id="1"), values("two", id="2")]
    shown = [values("two, edited", id="2", author="Bea"), values("one", id="1")]
    assert align_comments(stored, shown) == {0: 1, 1: 0}


def test_two_ids_are_never_one_comment() -> None:
    assert align_comments([values(id="1")], [values(id="2")]) == {}


def test_the_permalink_decides_on_whichever_page_of_the_thread() -> None:
    stored = [values("a", permalink="https://b.example/p/comment-page-2#c12")]
    assert align_comments(stored, [values("b", permalink="https://b.example/p#c12")]) == {0: 0}


def test_a_permalink_that_all_comments_share_tells_nothing() -> None:
    link = "https://b.example/p#comments"
    stored = [values("first of them", permalink=link), values("second of them", permalink=link)]
    shown = [values("second of them", permalink=link), values("a new one", permalink=link, author="Bea")]
    assert align_comments(stored, shown) == {0: 1}


def test_without_ids_words_and_author_decide() -> None:
    stored = [values("Yes, I agree."), values("No, not at all.", author="Bea")]
    shown = [values("No,  not at all.", author="Bea"), values("Yes, I agree.", author="Bea"), values("Yes, I agree.")]
    assert align_comments(stored, shown) == {0: 1, 2: 0}


def test_a_comment_read_from_a_dump_is_found_when_the_page_gives_its_id() -> None:
    assert align_comments([values()], [values(id="77", permalink="https://b.example/p#c77")]) == {0: 0}
    assert align_comments([values(id="77")], [values()]) == {0: 0}


def test_the_same_words_three_times_are_three_comments_in_order() -> None:
    stored = [values("+1", position=position) for position in range(3)]
    assert align_comments(stored, stored) == {0: 0, 1: 1, 2: 2}
    assert align_comments(stored[:2], stored) == {0: 0, 1: 1}


def test_times_that_exclude_each_other_make_two_comments() -> None:
    assert align_comments([values(published=day(2020, 1, 1))], [values(published=day(2021, 1, 1))]) == {}


def test_a_relative_time_that_moved_on_is_no_difference() -> None:
    stored = values(published=between(at(0), at(365), "3 years ago"))
    shown = values(published=between(at(200), at(565), "2 years ago"))
    assert align_comments([stored], [shown]) == {0: 0}


def test_short_words_on_another_page_of_the_thread_are_another_comment() -> None:
    assert align_comments([values("Thanks!", page=1)], [values("Thanks!", page=2)]) == {}
    assert align_comments([values(LONG, page=1)], [values(LONG, page=2)]) == {0: 0}


def test_an_edited_comment_is_the_same_comment() -> None:
    edited = LONG.replace("winter", "the worst winter")
    assert align_comments([values(LONG)], [values(edited)]) == {0: 0}
    assert align_comments([values(LONG)], [values("Something else entirely from the same person.")]) == {}


def test_of_two_candidates_for_an_edit_none_is_taken() -> None:
    stored = [values(LONG + " One."), values(LONG + " Two.")]
    assert align_comments(stored, [values(LONG + " Three.")]) == {}
    assert align_comments([values(LONG + " Three.")], stored) == {}


def test_a_thousand_unmatched_comments_of_one_author_cost_little() -> None:
    stored = [values(f"{LONG} {number}") for number in range(1000)]
    shown = [values(f"{LONG} other {number}") for number in range(1000)]
    begin = time.process_time()
    assert align_comments(stored, shown) == {}
    assert time.process_time() - begin < 2
    assert MOST_EDITS < 1000
