from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.store.planning.times import NO_TIME, Time, merge_times, overlap, stored_time, utc_text
from tests.store.conftest import at, between, day


def test_utc_text_converts_and_cuts_to_the_second() -> None:
    moment = datetime(2012, 5, 14, 10, 4, 5, 999, tzinfo=timezone(timedelta(hours=2)))
    assert utc_text(moment) == "2012-05-14T08:04:05Z"


def test_stored_bounds_still_enclose_the_instant() -> None:
    instant = datetime(2012, 5, 14, 10, 4, 5, 500, tzinfo=UTC)
    time = stored_time(between(instant, instant + timedelta(microseconds=1)))
    assert (time.earliest, time.latest) == ("2012-05-14T10:04:05Z", "2012-05-14T10:04:06Z")


def test_a_day_is_stored_as_such() -> None:
    expected = Time("2012-05-14", "2012-05-14T00:00:00Z", "2012-05-15T00:00:00Z", "day", "14 May 2012")
    assert stored_time(day(2012, 5, 14)) == expected
    assert stored_time(None) == NO_TIME


YEARS = stored_time(between(at(0), at(365), "11 years ago"))
LATER = stored_time(between(at(300), at(700), "10 years ago"))
ABSOLUTE = stored_time(day(2020, 3, 4))


def test_two_intervals_give_their_common_part_in_the_newer_words() -> None:
    merged = merge_times(YEARS, LATER)
    assert (merged.earliest, merged.latest, merged.shown) == (LATER.earliest, YEARS.latest, "10 years ago")


def test_an_interval_never_replaces_an_absolute_time() -> None:
    assert merge_times(ABSOLUTE, YEARS) == ABSOLUTE
    assert merge_times(YEARS, ABSOLUTE) == ABSOLUTE


def test_intervals_that_exclude_each_other_give_the_newer_one() -> None:
    newer = stored_time(between(at(900), at(901)))
    assert merge_times(YEARS, newer) == newer


def test_a_less_precise_word_for_the_same_day_changes_nothing() -> None:
    month = Time("2020-03", "2020-03-01T00:00:00Z", "2020-04-01T00:00:00Z", "month", "March 2020")
    assert merge_times(ABSOLUTE, month) == ABSOLUTE
    assert merge_times(month, ABSOLUTE) == ABSOLUTE


def test_a_corrected_date_counts_although_unknown_zones_make_it_overlap() -> None:
    wrong = Time("2020-03-04", "2020-03-03T10:00:00Z", "2020-03-05T12:00:00Z", "day", "4 March")
    right = Time("2020-03-05", "2020-03-04T10:00:00Z", "2020-03-06T12:00:00Z", "day", "5 March")
    assert overlap(wrong, right)
    assert merge_times(wrong, right) == right


def test_an_interval_within_a_day_has_that_day() -> None:
    merged = merge_times(stored_time(between(at(0), at(2))), stored_time(between(at(-1), at(0) + timedelta(hours=2))))
    assert merged.iso == "2020-01-01"


bounds = st.none() | st.integers(0, 40).map(at)
times = st.one_of(
    st.just(NO_TIME),
    st.builds(between, bounds, bounds).map(stored_time),
    st.builds(day, st.just(2020), st.just(1), st.integers(1, 28)).map(stored_time),
)


@given(times, times)
def test_merging_again_changes_nothing(older: Time, newer: Time) -> None:
    merged = merge_times(older, newer)
    assert merge_times(merged, newer) == merged


@pytest.mark.parametrize("time", [YEARS, LATER, ABSOLUTE, NO_TIME])
def test_a_time_overlaps_itself_and_the_unknown(time: Time) -> None:
    assert overlap(time, time)
    assert overlap(time, NO_TIME)
