"""From an age to `When`: the interval that it leaves, given when the page was captured."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal

from scraper.model import When
from scraper.text.relative import Age

Rounding = Literal["calendar", "drupal", "django"]

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400}
_MONTHS = {"month": 1, "year": 12}
_LENGTHS = _SECONDS | {"month": 30 * 86400, "year": 365 * 86400}  # as Drupal, WordPress and most scripts count
_BELOW = {"year": "month", "month": "week", "week": "day", "day": "hour", "hour": "minute"}
_NOW = timedelta(minutes=5)  # how old what is called 'just now' may be
_DAY = timedelta(days=1)
_OLDEST = timedelta(days=60 * 366)  # nothing on the web is older: '2,000 years ago' is no time of a comment


def interval(
    age: Age, shown: str, *, fetched_at: datetime | None, fetched_before: datetime | None, not_before: When | None,
    rounding: Rounding = "calendar",
) -> When | None:  # fmt: skip
    """The When of an age: bounds from the capture time, never an invented instant; None if it is absurd.

    Without a capture time the interval is open above, or ends by the latest possible capture (`fetched_before`)
    less the age. `not_before` (the post's own time) bounds it below, unless it contradicts the rest.
    """
    least, most = _bounds(age, fetched_at or fetched_before, rounding)
    if least is None or least > _OLDEST:
        return None
    earliest = fetched_at - most if fetched_at and most is not None else None
    latest = fetched_at or fetched_before
    if latest is not None:
        latest -= least
    floor = not_before.earliest if not_before else None
    if floor is not None and (latest is None or floor < latest) and (earliest is None or floor > earliest):
        earliest = floor
    return When(earliest, latest, None, None, "interval", shown)


@lru_cache(maxsize=1024)
def _bounds(age: Age, now: datetime | None, rounding: Rounding) -> tuple[timedelta | None, timedelta | None]:
    """The least and the most time that can have passed."""
    unit, number = age.amounts[-1]
    if age.rule == "now":
        return timedelta(0), _NOW
    if age.rule == "day":
        return _day_bounds(int(number), age.clock)
    size = timedelta(seconds=_LENGTHS[unit])
    if age.rule == "last":
        return timedelta(0), size * (number + 1) + _DAY * (number + 1)
    if age.rule == "vague":  # 'a few': more than one, less than a dozen; 'a few seconds' is said of less than one too
        return (timedelta(0), size * 60) if unit == "second" else (size, size * 12)
    try:
        if rounding == "drupal":
            total = sum(_LENGTHS[name] * count for name, count in age.amounts)
            return timedelta(seconds=total), timedelta(seconds=total + _LENGTHS[_finest(age)])
        if rounding == "django":
            return _without_rest(age, now)
        return _generous(age, now)
    except (OverflowError, ValueError):
        return None, None


def _day_bounds(days: int, clock: tuple[int, int] | None) -> tuple[timedelta, timedelta]:
    """'Yesterday' and its kind, in a zone that is not known: the day began up to 24 hours before the capture."""
    if clock is None:
        return _DAY * max(days - 1, 0), _DAY * (days + 1)
    into_day = timedelta(hours=clock[0], minutes=clock[1])
    least = _DAY * days - into_day - timedelta(minutes=1)
    return max(least, timedelta(0)), _DAY * (days + 1) - into_day


def _generous(age: Age, now: datetime | None) -> tuple[timedelta, timedelta]:
    """Half a unit less to a whole unit more, by the calendar and by fixed lengths: some platforms round, some cut."""
    finest = _finest(age)
    unit = _LENGTHS[finest]
    fixed = sum(_LENGTHS[name] * number for name, number in age.amounts)
    least, most = timedelta(seconds=max(fixed - unit / 2, 0)), timedelta(seconds=fixed + unit)
    months = sum(_MONTHS[name] * number for name, number in age.amounts if name in _MONTHS)
    if not months or now is None:
        return least, most
    rest = timedelta(seconds=sum(_SECONDS[name] * number for name, number in age.amounts if name in _SECONDS))
    if finest in _MONTHS:
        step = _MONTHS[finest]
        fewer, more = _since(now, months - step / 2), _since(now, months + step)
    else:
        half = timedelta(seconds=unit / 2)
        fewer = more = _since(now, months) + rest
        fewer, more = fewer - half, more + half * 2
    return max(min(least, fewer), timedelta(0)), max(most, more)


def _without_rest(age: Age, now: datetime | None) -> tuple[timedelta, timedelta]:
    """Django's `timesince`: cut, never rounded, and a unit alone has none of the next smaller one: '2 years, 0 months'.

    Its months are the calendar's since Django 4.1, and of 30 days before.
    """
    finest = _finest(age)
    rest = _BELOW.get(finest, finest) if len(age.amounts) == 1 else finest
    unit = timedelta(seconds=_LENGTHS[rest])
    fixed = timedelta(seconds=sum(_LENGTHS[name] * number for name, number in age.amounts))
    months = sum(_MONTHS[name] * number for name, number in age.amounts if name in _MONTHS)
    if not months or now is None:
        return fixed, fixed + unit
    other = timedelta(seconds=sum(_SECONDS[name] * number for name, number in age.amounts if name in _SECONDS))
    calendar = _since(now, months) + other
    return min(fixed, calendar), max(fixed, calendar) + unit + _DAY * (rest == "month")


def _finest(age: Age) -> str:
    return min((unit for unit, _ in age.amounts), key=_LENGTHS.__getitem__)


def _since(now: datetime, months: float) -> timedelta:
    """The time from that many calendar months before `now` until now; half a month is 15 days."""
    whole = int(months // 1)
    year, month = divmod(now.year * 12 + now.month - 1 - whole, 12)
    day = now.day if now.day <= 28 else min(now.day, monthrange(year, month + 1)[1])
    return now - now.replace(year=year, month=month + 1, day=day) + timedelta(days=(months - whole) * 30)
