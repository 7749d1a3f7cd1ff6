import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.text.tokens import ascii_digits, tokens_of


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("14 May 2012", "number word number"),
        ("14.05.2012 10:04", "date clock"),
        ("2012年5月14日", "counted counted counted"),
        ("3時間前", "number word"),
        ("9pm", "number meridiem"),
        ("14th", "number"),
        ("10:04:05.123+02:00", "clock zone"),
        ("20120514T100405Z", "compact word"),
        ("2.5 hours", "decimal word"),
        ("1.2.3.4", "number mark number mark decimal"),
    ],
)
def test_pieces_are_of_their_kind(text, kinds):
    assert " ".join(token.kind for token in tokens_of(text)) == kinds


@given(st.text())
def test_digits_of_other_scripts_keep_their_places(text):
    assert len(ascii_digits(text)) == len(text)


@given(st.text())
def test_pieces_cover_all_but_white_space(text):
    covered = sum(token.end - token.start for token in tokens_of(text))
    assert covered >= sum(not character.isspace() for character in text)
