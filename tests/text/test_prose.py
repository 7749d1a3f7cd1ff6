import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.text.prose import excerpt, fold, printable


@pytest.mark.parametrize(
    ("text", "folded"),
    [("  a \n\t b\u00a0c\u3000d ", "a b c d"), ("Zu\u00adsam\u200bmen\ufeff", "Zusammen"), ("", ""), (" \u200b ", "")],
)
def test_fold_leaves_single_spaces_and_visible_characters(text, folded):
    assert fold(text) == folded


def test_fold_keeps_the_joiners_that_spell_words_and_emoji():
    assert fold("می\u200cخواهم 👩\u200d💻") == "می\u200cخواهم 👩\u200d💻"


@given(st.text())
def test_fold_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.integers(min_value=0, max_value=100))
def test_an_excerpt_is_never_longer_than_asked_for(text, limit):
    assert len(excerpt(text, limit)) <= limit


def test_an_excerpt_ends_at_a_word():
    assert excerpt("one two three four", 12) == "one two…"
    assert excerpt("one two", 7) == "one two"
    assert excerpt("x" * 100, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain äöü 漢字 🙂", "plain äöü 漢字 🙂"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("a\u202eb", "a\\u202eb"),
        ("a\nb\tc", "a\nb\tc"),
        ("a\rb\x85c", "a\\x0db\\x85c"),
        ("\ud800", "\\ud800"),
        ("\U000e0001", "\\U000e0001"),
    ],
)
def test_printable_shows_what_would_steer_a_terminal(text, shown):
    assert printable(text) == shown


@given(st.text(alphabet=st.characters()))
def test_printable_text_can_be_encoded_and_holds_no_escape(text):
    shown = printable(text)
    shown.encode("utf-8")
    assert "\x1b" not in shown and "\x9b" not in shown
