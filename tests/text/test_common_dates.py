"""The short way to a time says what the long way says, or nothing."""

from itertools import product
from unittest import mock

import pytest

from scraper.text import dates
from scraper.text.absolute import read_absolute
from scraper.text.common_dates import read_common
from scraper.text.tokens import tokens_of

DAYS = (
    "March 8, 2012", "mar 8 2012", "8. März 2012", "8th May, 2012", "Sept. 31, 2012", "31 dez. 1969", "8 gizmo 2012",
    "3/14/2012", "03/04/2012", "14.3.2012", "14-03-2012", "4.5/2012",
)  # fmt: skip
BEFORE = ("", "Mon, ", "Friday ", "do, ", "Sam, ")
CLOCKS = (
    "", ", 10:04", " at 10:04 am", " um 23:59:60", " à 12:30 p.m.", " @ 0:05AM", " | 24:00", " - 13:00 pm", " at 7:60",
    " at 10.04",
)  # fmt: skip


@pytest.mark.parametrize("day_first", [None, True, False])
def test_what_is_read_is_what_the_tokens_say(day_first: bool | None) -> None:
    for parts in product(BEFORE, DAYS, CLOCKS):
        text = "".join(parts)
        found = read_common(text, day_first)
        assert found is None or found == read_absolute(tokens_of(text), day_first), text


AROUND = (
    "{}",
    "Posted on {} by Bob",
    "5. ({}): 2 answers",
    "Bob wrote am {}.",
    "3 {} 4, pm",
    "20120304 {}",
    "19990304 {}",
)


@pytest.mark.parametrize("day_first", [None, True, False])
def test_inside_a_text_it_is_found_where_the_tokens_say(day_first: bool | None) -> None:
    short = 0
    for around, *parts in product(AROUND, BEFORE, DAYS, CLOCKS):
        text = around.format("".join(parts))
        found = dates.find_times(text, day_first=day_first)
        short += dates.usual_place(text) is not None
        with mock.patch.object(dates, "usual_place", return_value=None):
            dates._dates_in.cache_clear()
            assert dates.find_times(text, day_first=day_first) == found, text
    assert short > 100


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("March 8, 2012 at 10:04 am", "2012-03-08T10:04:00"),
        ("Mon, 8. März 2012, 10:04", "2012-03-08T10:04:00"),
        ("8 mai 2012 à 9:05", "2012-05-08T09:05:00"),
        ("3/14/2012 12:30:05 PM", "2012-03-14T12:30:05"),
        ("Sept. 8th, 2012", "2012-09-08T00:00:00"),
    ],
)
def test_usual_layouts_are_read(text: str, local: str) -> None:
    found = read_common(text, None)
    assert found is not None
    assert found.local.isoformat() == local


@pytest.mark.parametrize("text", ["", "8 gizmo 2012", "March 8, 2012 said", "Mon 3/14/2012", "03/04/2012", "May 2012"])
def test_other_texts_are_left_to_the_long_way(text: str) -> None:
    assert read_common(text, None) is None
