"""Threads as trees: no comment is lost, whatever answers whatever."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scraper.store.lookup.shelves import Month
from scraper.web.bars import HEIGHT, WIDTH, plot
from scraper.web.branches import DEEPEST, Branch, page_of, reading_order, thread_page
from scraper.web.pager import Pager

PAIRS = st.lists(
    st.tuples(st.integers(1, 30), st.none() | st.integers(1, 35)), unique_by=lambda pair: pair[0], max_size=25
)


def depth(branch: Branch) -> int:
    return 1 + max(map(depth, branch.answers), default=0)


def flat(branches: tuple[Branch, ...]) -> list[int]:
    return [key for branch in branches for key in (branch.comment_id, *flat(branch.answers))]


@given(PAIRS, st.integers(1, 8))
def test_all_pages_together_have_each_comment_once_in_the_order_of_reading(
    pairs: list[tuple[int, int | None]], size: int
) -> None:
    places = reading_order(pairs)
    pages = [thread_page(places, number, size) for number in range(1, len(places) // size + 2)]
    shown = [key for page in pages for key in flat(page)]
    assert shown == [place.comment_id for place in places]
    assert sorted(shown) == sorted(key for key, _ in pairs)
    for number, page in enumerate(pages, 1):
        for key in flat(page):
            assert page_of(places, key, size) == number


def test_deep_answers_stand_side_by_side_and_say_whom_they_answer() -> None:
    places = reading_order([(1, None), *((key, key - 1) for key in range(2, 41))])
    (tree,) = thread_page(places, 1)
    assert depth(tree) == DEEPEST + 1
    deepest = tree
    while deepest.answers:
        deepest = deepest.answers[-1]
    assert (deepest.comment_id, deepest.answers_to) == (40, 39)


def test_what_answers_an_earlier_page_says_so() -> None:
    places = reading_order([(1, None), (2, 1), (3, 2)])
    (tree,) = thread_page(places, 2, size=2)
    assert (tree.comment_id, tree.answers_to) == (3, 2)


def test_ten_thousand_answers_in_a_row_are_ordered_without_recursion() -> None:
    places = reading_order([(key, key - 1 or None) for key in range(1, 10_001)])
    assert [place.comment_id for place in places] == list(range(1, 10_001))


@given(
    st.lists(
        st.tuples(st.integers(0, 9999), st.integers(1, 12), st.integers(0, 10**6), st.integers(0, 10**6)), max_size=20
    )
)
def test_every_bar_stands_within_the_plot(counts: list[tuple[int, int, int, int]]) -> None:
    months = {
        f"{year:04}-{month:02}": Month(f"{year:04}-{month:02}", posts + 1, comments)
        for year, month, posts, comments in counts
    }
    drawn = plot([months[key] for key in sorted(months)])
    if drawn is None:
        assert not months
        return
    assert len(drawn.bars) <= 360
    for bar in drawn.bars:
        assert bar.x >= 0 and bar.x + bar.width <= WIDTH + 1
        assert 0 <= bar.post_height <= HEIGHT and 0 <= bar.comment_height <= HEIGHT
    assert sum(bar.posts for bar in drawn.bars) == sum(each.posts for each in months.values())


@given(st.integers(-5, 10**9), st.integers(0, 10**6), st.integers(1, 500))
def test_a_pager_names_the_first_the_last_and_itself(number: int, total: int, size: int) -> None:
    pager = Pager.of(number, total, size)
    assert {1, pager.number, pager.last} <= set(pager.shown)
    assert 0 <= pager.offset <= max(0, total)
    assert len(pager.shown) <= 11
