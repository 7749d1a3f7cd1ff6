"""Times as rows hold them, and what two captures' times of one thing make together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from scraper.model import When


@dataclass(frozen=True, slots=True)
class Time:
    """A `When` in text: bounds are UTC ISO 8601 of one length, so that they compare as they stand."""

    iso: str | None = None
    earliest: str | None = None
    latest: str | None = None
    precision: str | None = None
    shown: str | None = None


NO_TIME = Time()
_PRECISIONS = ("year", "month", "day", "minute", "second")


def utc_text(moment: datetime) -> str:
    """The moment as '2012-05-14T08:04:00Z', cut to the second.

    >>> utc_text(datetime(2012, 5, 14, 8, 4, 0, 999, tzinfo=UTC))
    '2012-05-14T08:04:00Z'
    """
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat()[:19] + "Z"


def stored_moment(stored: str | None) -> datetime | None:
    """The moment that a row has as text."""
    return datetime.fromisoformat(stored) if stored else None


def stored_time(when: When | None) -> Time:
    """The time as rows hold it; the upper bound is rounded up, so that the bounds still enclose the instant."""
    if when is None:
        return NO_TIME
    latest = when.latest
    if latest is not None and latest.microsecond and latest.year < 9999:
        latest += timedelta(seconds=1)
    return Time(
        when.iso,
        utc_text(when.earliest) if when.earliest else None,
        utc_text(latest) if latest else None,
        when.precision,
        when.shown,
    )


def merge_times(older: Time, newer: Time) -> Time:
    """What is known from an older and a newer capture of the same thing. Merging either of them again changes nothing.

    An interval never replaces an absolute time. Two intervals give their common part, in the newer one's words. An
    absolute time replaces another one, unless it only says the same less precisely.
    """
    if newer.precision is None or older.precision is None:
        return older if newer.precision is None else newer
    if (newer.precision == "interval") != (older.precision == "interval"):
        return older if newer.precision == "interval" else newer
    if not overlap(older, newer):
        return newer
    if newer.precision != "interval":
        return older if _PRECISIONS.index(newer.precision) < _PRECISIONS.index(older.precision) else newer
    earliest = max(filter(None, (older.earliest, newer.earliest)), default=None)
    latest = min(filter(None, (older.latest, newer.latest)), default=None)
    return replace(newer, iso=_day_of(earliest, latest), earliest=earliest, latest=latest)


def overlap(one: Time, other: Time) -> bool:
    """Whether both can be the time of one instant; a bound that is not known excludes nothing."""
    if one == other:  # also where a page gives bounds that enclose nothing
        return True
    first_before_end = one.earliest is None or other.latest is None or one.earliest < other.latest
    return first_before_end and (other.earliest is None or one.latest is None or other.earliest < one.latest)


def is_contradicted(older: Time, newer: Time) -> bool:
    """Whether the newer time is another one, rather than the older one again, or more or less closely.

    Bounds never are: what a page rounds and how ('3 years ago') is known too little to tell a change by it.

    >>> is_contradicted(Time("2012-05-14T10:04", precision="minute"), Time("2012-05-14T10:05", precision="minute"))
    True
    >>> is_contradicted(Time("2012-05-14T10:04", precision="minute"), Time("2012-05-14T10:04Z", precision="minute"))
    False
    """
    if older.iso is None or newer.iso is None or "interval" in (older.precision, newer.precision):
        return False
    if not overlap(older, newer):
        return True
    if older.precision != newer.precision:
        return False
    return not newer.iso.startswith(older.iso) and not older.iso.startswith(newer.iso)


def _day_of(earliest: str | None, latest: str | None) -> str | None:
    """The day of an interval that lies within one, as `When.iso` has it."""
    return earliest[:10] if earliest and latest and earliest[:10] == latest[:10] else None
