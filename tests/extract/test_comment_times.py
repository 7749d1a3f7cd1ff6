"""When comments were written, as their thread tells."""

from __future__ import annotations

import pytest

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


def test_words_that_are_a_time_are_no_time_of_the_comment() -> None:
    (found,) = read(wordpress(comment(1, "some day", "3 days ago"))).comments
    assert (found.text, found.published) == ("3 days ago", None)
