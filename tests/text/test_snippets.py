"""Where in a text what was looked for stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.text.snippets import MOST_READ, WIDTH, snippet

LONG = "word " * 100


@pytest.mark.parametrize(
    ("text", "terms", "expected"),
    [
        ("We bake bread.", ["bread"], "We bake [bread]."),
        ("We bake BREAD, breads.", ["bread"], "We bake [BREAD], breads."),
        ("Une crème brûlée", ["creme brulee"], "Une [crème brûlée]"),
        ("cre\u0300me", ["crème"], "[crème]"),
        ("slow,\n food", ["slow food"], "[slow, food]"),
        ("foo_bar", ["bar"], "foo_[bar]"),
        ("learning c++ here", ["c++"], "learning [c]++ here"),
        ("港の図書館で", ["図書館"], "港の[図書館]で"),
        ("no such thing", ["bread"], "no such thing"),
        (LONG + "bread", ["bread"], "…" + "word " * 7 + "[bread]"),
        ("a bread " + LONG + "a bread and yeast", ["bread", "yeast"], "…" + "word " * 7 + "a [bread] and [yeast]"),
        ("bread", [], "bread"),
        ("bread", ["!!!"], "bread"),
    ],
)
def test_terms_are_marked_where_most_of_them_stand(text: str, terms: list[str], expected: str) -> None:
    found = snippet([text], terms)
    assert found == expected


def test_of_several_texts_the_one_that_has_most_is_shown() -> None:
    assert snippet(["Slow bread", "bread and all"], ["slow", "bread"]) == "[Slow] [bread]"
    assert snippet(["Bread", "bread and all"], ["bread"]) == "[bread] and all"
    assert snippet(["Bread", None], ["bread"]) == "[Bread]"
    assert snippet([None, None], ["bread"]) == snippet([], []) == ""


@pytest.mark.parametrize(
    "text", ["bread " * 500_000, "b" * 3_000_000, " " * 3_000_000, "é" * 3_000_000, "日" * 3_000_000]
)
def test_very_long_texts_take_no_time(text: str) -> None:
    begun = time.process_time()
    for _ in range(5):
        assert len(snippet([text], ["bread", "b b b b", "é", "日"])) < 10 * WIDTH
    assert time.process_time() - begun < 2.5
    assert len(text) > MOST_READ


@given(
    st.lists(st.none() | st.text() | st.text("aé日 _b\u0301İß\n")), st.lists(st.text() | st.text("aé日 _b", min_size=1))
)
def test_no_text_and_no_term_raises(texts: list[str | None], terms: list[str]) -> None:
    assert isinstance(snippet(texts, terms), str)
