from datetime import UTC, datetime, timedelta

import pytest

from scraper.model import When
from scraper.text.relative import age_of
from scraper.text.spans import interval

NOW = datetime(2024, 3, 20, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def bounds(text, rounding="calendar", now=NOW):
    when = interval(age_of(text), text, fetched_at=now, fetched_before=None, not_before=None, rounding=rounding)
    return when.earliest, when.latest


def test_drupal_counts_whole_units_of_fixed_length_rounded_down():
    assert bounds("1 year 2 months ago", "drupal") == (NOW - (365 + 90) * DAY, NOW - (365 + 60) * DAY)
    assert bounds("3 weeks ago", "drupal") == (NOW - 28 * DAY, NOW - 21 * DAY)


@pytest.mark.parametrize(("text", "least", "most"), [("3 days ago", 2.5, 4), ("an hour ago", 0.5 / 24, 2 / 24)])
def test_other_platforms_may_round_or_cut(text, least, most):
    earliest, latest = bounds(text)
    assert (NOW - latest) / DAY == pytest.approx(least)
    assert (NOW - earliest) / DAY == pytest.approx(most)


def test_months_enclose_the_calendar_and_thirty_days():
    earliest, latest = bounds("1 month ago")
    assert earliest <= datetime(2024, 1, 20, 12, tzinfo=UTC)
    assert latest >= NOW - 15 * DAY


def test_a_month_before_the_end_of_march_is_the_end_of_february():
    earliest, _ = bounds("1 month 1 day ago", now=datetime(2024, 3, 31, 12, tzinfo=UTC))
    assert earliest <= datetime(2024, 2, 27, 12, tzinfo=UTC)


def test_yesterday_is_any_time_of_the_day_before_in_any_zone():
    assert bounds("yesterday") == (NOW - 2 * DAY, NOW)
    assert bounds("today") == (NOW - DAY, NOW)
    assert bounds("yesterday at 10:00") == (NOW - 2 * DAY + 10 * HOUR, NOW - DAY + 10 * HOUR + timedelta(minutes=1))


def test_just_now_is_minutes_at_most():
    earliest, latest = bounds("just now")
    assert latest == NOW
    assert NOW - earliest <= timedelta(minutes=5)


def test_a_few_is_vague():
    assert bounds("a few days ago") == (NOW - 12 * DAY, NOW - DAY)


def test_an_absurd_age_is_no_time():
    assert interval(age_of("2013 years ago"), "", fetched_at=NOW, fetched_before=None, not_before=None) is None
    assert interval(age_of("999999 years ago"), "", fetched_at=None, fetched_before=None, not_before=None) is None


def test_a_lower_bound_that_contradicts_the_age_is_ignored():
    later = When(NOW, None, None, None, "day", "")
    when = interval(age_of("3 days ago"), "", fetched_at=NOW, fetched_before=None, not_before=later)
    assert when.earliest == NOW - 4 * DAY


def test_django_leaves_a_smaller_unit_out_only_where_there_is_none_of_it():
    month = datetime(2023, 2, 20, 12, tzinfo=UTC)
    earliest, latest = bounds("1 year, 1 month ago", "django")
    assert earliest <= month <= latest
    assert (latest - earliest) / DAY == pytest.approx(31, abs=3)
    earliest, latest = bounds("1 year ago", "django")
    assert NOW - latest >= 364 * DAY
    assert NOW - earliest <= 398 * DAY  # not two years
    assert bounds("3 days ago", "django") == (NOW - 3 * DAY - HOUR, NOW - 3 * DAY)
    assert bounds("3 days, 4 hours ago", "django") == (NOW - 3 * DAY - 5 * HOUR, NOW - 3 * DAY - 4 * HOUR)
