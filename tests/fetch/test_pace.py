from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from scraper.fetch.pace import FAILURES_TO_BREAK, Pace, after_answer, after_failure, read_retry_after

NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)


NEW = Pace()


def answered(pace: Pace = NEW, status: int = 200, seconds: float = 0.1, delay: float = 1.0, **headers: str) -> Pace:
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return after_answer(pace, status, named, seconds, NOW, delay)


def test_a_group_rests_for_the_delay_after_an_answer() -> None:
    assert answered().wait(NOW) == 1.0
    assert answered().wait(NOW + timedelta(seconds=0.4)) == pytest.approx(0.6)


def test_a_slow_server_rests_for_as_long_as_it_takes() -> None:
    assert answered(seconds=5).wait(NOW) == 5.0
    assert answered(seconds=500).wait(NOW) == 60.0


def test_without_a_delay_there_is_no_rest_at_all() -> None:
    assert answered(seconds=5, delay=0).wait(NOW) == 0.0


def test_one_slow_answer_is_soon_forgotten() -> None:
    pace = answered(seconds=10)
    for _ in range(10):
        pace = answered(pace)
    assert pace.wait(NOW) == 1.0


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_counts_to_the_second_in_both_forms(status: int) -> None:
    assert answered(status=status, Retry_After="120").wait(NOW) == 120
    date = format_datetime(NOW + timedelta(minutes=7), usegmt=True)
    assert answered(status=status, Retry_After=date).wait(NOW) == 420


def test_a_retry_after_does_not_undercut_the_delay() -> None:
    assert answered(status=503, delay=5, Retry_After="0").wait(NOW) == 5
    assert answered(status=503, delay=5, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT").wait(NOW) == 5


@pytest.mark.parametrize("value", ["soon", "-5", "1e9", "", "Mon, 99 Foo 2026 99:99:99 GMT", "\x00"])
def test_a_retry_after_that_is_none_is_left_out(value: str) -> None:
    assert read_retry_after([("Retry-After", value)], NOW) is None


def test_a_date_beyond_the_calendar_is_no_date() -> None:
    assert read_retry_after([("Retry-After", "Fri, 31 Dec 9999 23:59:59 -1200")], NOW) is None


def test_nobody_is_waited_for_longer_than_a_week() -> None:
    assert answered(status=429, Retry_After="999999999").wait(NOW) == timedelta(days=7).total_seconds()


def test_a_date_that_is_past_asks_for_no_wait() -> None:
    assert read_retry_after([("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT")], NOW) == NOW


def test_each_failure_doubles_the_rest_and_an_answer_ends_that() -> None:
    pace, waits = Pace(), []
    for _ in range(4):
        pace = after_failure(pace, "timeout", NOW, 1.0)
        waits.append(pace.wait(NOW))
    assert waits == [1, 2, 4, 8]
    assert answered(pace).failures == 0
    assert answered(pace).wait(NOW) == 1.0


def test_a_page_that_is_missing_is_no_failure_of_the_server() -> None:
    assert answered(status=404).failures == 0
    assert answered(status=500).failures == 0
    assert answered(status=500).wait(NOW) == 2
    assert answered(status=503).failures == 1


def test_a_group_that_fails_too_often_is_down_for_an_hour() -> None:
    pace = Pace()
    for _ in range(FAILURES_TO_BREAK):
        assert not pace.is_down
        pace = after_failure(pace, "connect", NOW, 1.0)
    assert pace.is_down
    assert pace.wait(NOW) == 3600
    assert pace.waits_for == "down: 8 failures in a row, the last one connect"
