"""Threads as trees: nobody is lost, whatever parents are stated."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scraper.export.answers import DEEPEST, in_tree, nested_list
from scraper.store.planning.times import Time
from scraper.store.reader import ThreadComment


def comment(key: int, parent: int | None) -> ThreadComment:
    place = (key, parent, None, None, "comment", "visible", None, 0, 0, None, None)
    return ThreadComment(*place, False, None, "", "", Time())


@given(st.lists(st.one_of(st.none(), st.integers(0, 12)), max_size=12))
def test_every_comment_stands_once_and_steps_grow_by_one(parents: list[int | None]) -> None:
    comments = [comment(key, parent) for key, parent in enumerate(parents)]
    placed = list(in_tree(comments, deepest=3))
    assert sorted(each.comment.id for each in placed) == list(range(len(parents)))
    depths = [-1, *(each.depth for each in placed)]
    assert all(after <= before + 1 for before, after in pairwise(depths))
    assert max(depths) <= 3


def test_answers_stand_below_what_they_answer_in_the_order_of_the_page() -> None:
    thread = [comment(1, None), comment(2, None), comment(3, 1), comment(4, 3), comment(5, 1)]
    assert [(each.comment.id, each.depth) for each in in_tree(thread)] == [(1, 0), (3, 1), (4, 2), (5, 1), (2, 0)]


def test_a_deep_thread_is_told_by_names_where_it_is_not_shown() -> None:
    placed = list(in_tree([comment(key, key - 1 if key else None) for key in range(100)]))
    assert [each.depth for each in placed][-1] == DEEPEST
    assert not placed[-1].is_below
    assert placed[-1].answered is not None
    assert placed[-1].answered.id == 98


@given(st.lists(st.one_of(st.none(), st.integers(0, 8)), max_size=9))
def test_lists_are_closed_as_often_as_they_are_opened(parents: list[int | None]) -> None:
    import lxml.etree

    comments = [comment(key, parent) for key, parent in enumerate(parents)]
    tree = lxml.etree.fromstring("<x>" + "".join(nested_list(comments, lambda placed: "y")) + "</x>")
    assert len(tree.findall(".//li")) == len(parents)
