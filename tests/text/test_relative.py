import json
from pathlib import Path

import pytest

from scraper.text.relative import age_of

CASES = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "relative_past_dates.json"
SECONDS = {"week": 604800, "day": 86400, "hour": 3600, "minute": 60, "second": 1}
MONTHS = {"year": 12, "month": 1}
FLOOR = 0.99  # measured .994


def total(amounts):
    months = sum(MONTHS[unit] * number for unit, number in amounts if unit in MONTHS)
    return months, sum(SECONDS[unit] * number for unit, number in amounts if unit in SECONDS)


@pytest.mark.skipif(not CASES.exists(), reason="the shared conformance cases are not here")
def test_relative_times_of_many_languages_are_read():
    cases = json.loads(CASES.read_text("utf-8"))
    right = 0
    for case in cases:
        age = age_of(case["text"])
        wanted = total([(unit.removesuffix("s"), number) for unit, number in case["ago"].items()])
        right += age is not None and total(age.amounts) == wanted
    assert right / len(cases) >= FLOOR


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("11 years 7 months ago", (("year", 11), ("month", 7))),
        ("about an hour ago", (("hour", 1),)),
        ("half an hour ago", (("hour", 0.5),)),
        ("5d ago", (("day", 5),)),
        ("2h", (("hour", 2),)),
        ("vor 2 Tagen", (("day", 2),)),
        ("il y a un an", (("year", 1),)),
        ("hace 2 días", (("day", 2),)),
        ("3 日前", (("day", 3),)),
        ("3か月前", (("month", 3),)),
        ("2시간 전", (("hour", 2),)),
        ("for 3 uker siden", (("week", 3),)),
        ("för 3 veckor sedan", (("week", 3),)),
        ("3 viikkoa sitten", (("week", 3),)),
        ("3 hónappal ezelőtt", (("month", 3),)),
        ("5 lat temu", (("year", 5),)),
        ("před 3 měsíci", (("month", 3),)),
        ("πριν από 2 ώρες", (("hour", 2),)),
        ("hace una semana", (("week", 1),)),
        ("3 settimane fa", (("week", 3),)),
        ("há 3 dias", (("day", 3),)),
        ("3 dagen geleden", (("day", 3),)),
        ("acum 3 zile", (("day", 3),)),
        ("3 tuần trước", (("week", 3),)),
        ("3 minggu yang lalu", (("week", 3),)),
        ("4 minutes ago ( 8:20 AM)", (("minute", 4),)),
        ("yesterday at 10:04", (("day", 1),)),
        ("last week", (("week", 1),)),
    ],
)
def test_an_age_is_read_into_its_amounts(text, amounts):
    assert age_of(text).amounts == amounts


@pytest.mark.parametrize(
    "text", ["", "ago", "3", "in", "3 apples ago", "three blind mice", "+2 years", "3 4 days ago", "10:04"]
)
def test_what_is_no_age_gives_none(text):
    assert age_of(text) is None


def test_an_age_without_a_word_of_the_past_is_not_marked():
    assert age_of("3 hours ago").marked
    assert not age_of("3 hours").marked
    assert age_of("3 hours").plausible
    assert not age_of("3 min").plausible
    assert not age_of("in 3 hours").plausible


def test_the_clock_of_yesterday_is_read():
    assert age_of("Yesterday at 9:15 PM").clock == (21, 15)
