from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.text.difference import shown_changes, word_changes

WORDS = st.lists(st.sampled_from(["sea", "grey", "blue", "bread", "\n", "the"]), max_size=30).map(" ".join)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("a b", "a b", ""),
        ("a  b", "a\nb", ""),
        ("\n sea", "sea \n", ""),
        ("", "a", "{+a+}"),
        ("a", "", "[-a-]"),
        ("1 2 3 4 5 6 x 7 8 9 10 11 12", "1 2 3 4 5 6 y 7 8 9 10 11 12", "… 3 4 5 6 [-x-] {+y+} 7 8 9 10"),
        ("same\nold line\nsame too", "same\nnew line\nsame too", "same [-old-] {+new+} line same too"),
        ("1 x 3 4 y 6", "1 X 3 4 Y 6", "1 [-x-] {+X+} 3 4 [-y-] {+Y+} 6"),
    ],
)
def test_a_difference_is_shown_with_the_words_around_it(old: str, new: str, shown: str) -> None:
    assert shown_changes(old, new) == shown


@settings(max_examples=200)
@given(WORDS, WORDS)
def test_the_new_text_is_the_old_one_with_the_changes_made(old: str, new: str) -> None:
    changes = word_changes(old, new)
    went = [word for change in changes for word in change.old]
    came = [word for change in changes for word in change.new]
    assert len(new.split()) == len(old.split()) - len(went) + len(came)
    assert sorted([*old.split(), *came]) == sorted([*new.split(), *went])
    assert (not changes) == (old.split() == new.split())


@settings(max_examples=50)
@given(WORDS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert word_changes(text, text) == ()


@pytest.mark.parametrize("unit", ["ab {0}", "{0}\n", "a b c d e\n{0}\n"])
def test_endless_texts_are_compared_in_no_time(unit: str) -> None:
    one = " ".join(unit.format(number % 97) for number in range(60_000))
    other = " ".join(unit.format(number * 7 % 89) for number in range(60_000))
    begin = time.process_time()
    shown_changes(one, other)
    assert time.process_time() - begin < 3
