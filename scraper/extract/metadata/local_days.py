"""The day that a moment stated in UTC was where it was published: `at_home`, `same_moment`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from scraper.model import When

WEST, EAST = 9, 12  # hours of UTC before which it is still yesterday in America, from which it is tomorrow in Asia
FARTHEST = 14 * 60  # minutes from UTC


def days_between(one: When, other: When) -> int:
    """How many days the first wall clock's day is after the second's."""
    return (one.local.date() - other.local.date()).days if one.local and other.local else 0


def at_home(stated: When, others: Iterable[When]) -> When:
    """A time stated in UTC, as the wall clock that one of the others shows of the same moment; else itself."""
    if stated.utc_offset != 0 or stated.precision == "day":
        return stated
    for other in others:
        offset = _offset(other, stated) if other.utc_offset != 0 else None
        if offset and other.utc_offset in (None, offset):
            return _moved(stated, offset)
    return stated


def is_same_night(day: When, stated: When) -> bool:
    """Whether a moment stated in UTC was on that other day where most people live."""
    if stated.utc_offset != 0 or stated.local is None or day.precision != "day" or stated.precision == "day":
        return False
    days = days_between(day, stated)
    return (days == -1 and stated.local.hour < WEST) or (days == 1 and stated.local.hour >= EAST)


def may_be_next_day(shown: When, stated: When) -> bool:
    """Whether what is shown is the moment stated in UTC, one day later in a zone east of it."""
    if days_between(shown, stated) != 1 or stated.utc_offset != 0:
        return False
    return shown.precision == "day" or _offset(shown, stated) is not None


def same_moment(shown: When, stated: When) -> When:
    """The shown time, with what is stated of the same moment: its zone, or at least its bounds."""
    offset = _offset(shown, stated) if stated.utc_offset == 0 else None
    if offset is not None:
        return _moved(stated, offset)
    if not (shown.earliest and shown.latest and stated.earliest and stated.latest) or shown.utc_offset is not None:
        return shown
    holds = shown.earliest <= stated.earliest and stated.latest <= shown.latest
    return replace(shown, earliest=stated.earliest, latest=stated.latest) if holds else shown


def _moved(stated: When, offset: int) -> When:
    assert stated.local is not None
    return replace(stated, local=stated.local + timedelta(minutes=offset), utc_offset=offset)


def _offset(wall: When, stated: When) -> int | None:
    """The minutes from UTC of a clock that shows the moment stated in UTC, None where it shows another."""
    if wall.local is None or stated.local is None or "day" in (wall.precision, stated.precision):
        return None
    shown, utc = wall.local.replace(microsecond=0), stated.local.replace(microsecond=0)
    if "minute" in (wall.precision, stated.precision):
        shown, utc = shown.replace(second=0), utc.replace(second=0)
    minutes, seconds = divmod(int((shown - utc).total_seconds()), 60)
    return minutes if seconds == 0 and minutes % 15 == 0 and abs(minutes) <= FARTHEST else None
