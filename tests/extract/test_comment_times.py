"""When comments were written, as their thread tells."""

from __future__ import annotations

from typing import Any

import pytest

from scraper.extract.threads import comment_times
from scraper.model import When
from scraper.text.dates import find_times
from tests.extract.pages import read, wordpress


def comment(number: int, shown: str, words: str = "Words.") -> str:
    return (
        f"<li class=comment id=comment-{number}><cite class=fn>Bob</cite><span class=comment-date>{shown}</span>"
        f"<div class=comment-content><p>{words}</p></div></li>"
    )


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        (["05/03/2012", "25/03/2012"], ["2012-03-05", "2012-03-25"]),
        (["05/03/2012", "03/25/2012"], ["2012-05-03", "2012-03-25"]),
        (["25/03/2012", "05/03/2012", "06/03/2012"], ["2012-03-25", "2012-03-05", "2012-03-06"]),
        (["Thu, 05/03/2012", "05/09/2012"], ["2012-05-03", "2012-05-09"]),
        (["05/03/2012", "03/25/2012", "25/03/2012"], [None, "2012-03-25", "2012-03-25"]),
        (["05/03/2012", "05/04/2012"], [None, None]),
    ],
)
def test_one_date_of_a_thread_tells_the_order_of_day_and_month_in_the_others(
    shown: list[str], told: list[str | None]
) -> None:
    comments = read(wordpress("".join(comment(place, each) for place, each in enumerate(shown)))).comments
    assert [each.published.iso if each.published else None for each in comments] == told


def test_times_that_stand_bare_in_nested_comments_are_looked_for_in_each_comments_own_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_through: list[int] = []

    def found(text: str, **told: Any) -> list[tuple[int, int, When]]:
        looked_through.append(len(text))
        return find_times(text, **told)

    def nested(count: int) -> str:
        times = (f"March {1 + place % 28}, 2012 at 10:{place % 60:02} pm" for place in range(count))
        opened = (
            f"<li class=comment id=comment-{place}><cite class=fn>Bob</cite>{time}<br>"
            f"<div class=comment-content><p>Words of {place}.</p></div><ul class=children>"
            for place, time in enumerate(times)
        )
        return wordpress("".join(opened) + "</ul></li>" * count)

    monkeypatch.setattr(comment_times, "find_times", found)
    characters = []
    for count in (50, 100):
        looked_through.clear()
        comments = read(nested(count)).comments
        days = [each.published and each.published.iso[:10] for each in comments]
        assert days == [f"2012-03-{1 + place % 28:02}" for place in range(count)]
        characters.append(sum(looked_through))
    assert characters[1] <= 2.5 * characters[0]


def test_words_that_are_a_time_are_no_time_of_the_comment() -> None:
    (found,) = read(wordpress(comment(1, "some day", "3 days ago"))).comments
    assert (found.text, found.published) == ("3 days ago", None)
