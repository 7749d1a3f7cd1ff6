"""Runs of words are found and taken out by their digests, and by nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scraper.text.phrases import LONGEST, Phrases, digest_of, phrases_of, words_of

KEY = "0f" * 16


def known(*texts: str, shortest: int = 2, vocabulary: bool = False) -> Phrases:
    found = {phrase for text in texts for phrase in phrases_of(text, shortest)}
    lengths = {len(each) for each in found}
    digests = {length: frozenset(digest_of(KEY, *each) for each in found if len(each) == length) for length in lengths}
    return Phrases({KEY: digests}, frozenset(word for each in found for word in each) if vocabulary else None)


@pytest.mark.parametrize("vocabulary", [False, True])
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("said Jane Doe.", "said [forgotten]."),
        ("JANE\n doe's", "[forgotten]\n's"),
        (
            "<a href='/by/jane-doe' class=x>Jane&nbsp;<b>Doe</b></a>",
            "<a href='/by/[forgotten]' class=x>[forgotten]<b></b></a>",
        ),
        ("Jane and Doe, janedoe, Jane, Doeman", None),
        ("Ja\u00adne Doe", "[forgotten]"),
        ("a < b Jane Doe > c", "a < b [forgotten] > c"),
        ("", None),
    ],
)
def test_a_name_is_taken_out(text: str, left: str | None, vocabulary: bool) -> None:
    assert known("Jane Doe", vocabulary=vocabulary).scrub(text) == (text if left is None else left)


def test_accents_are_the_same_however_they_are_written() -> None:
    assert known("Hélène Lefèvre").scrub("by He\u0301le\u0300ne LEFE\u0300VRE") == "by [forgotten]"


def test_a_long_text_is_found_by_any_eight_words_of_it() -> None:
    text = " ".join(f"w{number}" for number in range(40))
    assert (
        known(text).scrub("he wrote: w11 w12 w13 w14 w15 w16 w17 w18 w19 and so on")
        == "he wrote: [forgotten] and so on"
    )
    assert known(text).scrub("w11 w12 w13 w14 w15 w16 w17") == "w11 w12 w13 w14 w15 w16 w17"
    assert all(len(each) == LONGEST for each in phrases_of(text))


def test_another_key_finds_nothing() -> None:
    other = Phrases({"aa" * 16: known("Jane Doe").digests[KEY]})
    assert not other.are_in("Jane Doe")


@given(some.text(), some.text())
def test_what_was_scrubbed_is_not_in_it_any_more(before: str, after: str) -> None:
    phrases = known("Jane Doe")
    scrubbed = phrases.scrub(f"{before} Jane Doe {after}")
    assert not phrases.are_in(scrubbed) or "<" in scrubbed
    assert "Jane Doe" not in scrubbed or "<" in scrubbed


@given(some.text())
def test_words_are_those_that_scrubbing_sees(text: str) -> None:
    words = words_of(text)
    if words:
        one = Phrases({KEY: {1: frozenset(digest_of(KEY, word) for word in words)}})
        assert words_of(one.scrub(text).replace("[forgotten]", "")) == ()
