"""From stated parts of a time to `When`: the bounds that a precision and an unknown zone leave."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scraper.model import Precision, When

# The offsets in use on Earth: UTC-12 (Baker Island) to UTC+14 (Line Islands). A wall clock of unknown zone was shown
# at most 14 hours before the same reading of UTC, at most 12 hours after.
EASTERNMOST = timedelta(hours=14)
WESTERNMOST = timedelta(hours=-12)
_EPOCH, _EPOCH_UTC = datetime(1970, 1, 1), datetime(1970, 1, 1, tzinfo=UTC)
_UNITS = {
    "day": timedelta(days=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
}


def moment(local: datetime, precision: Precision, utc_offset: int | None, shown: str) -> When | None:
    """The When of a wall clock reading, None where it leaves the calendar; `utc_offset` in minutes if stated.

    >>> moment(datetime(2012, 5, 14), "day", None, "14 May 2012").latest.isoformat()
    '2012-05-15T12:00:00+00:00'
    """
    try:
        start = _EPOCH_UTC + (local - _EPOCH)  # as `local.replace(tzinfo=UTC)`, in a sixth of its time
        end = _end(start, precision)
        if utc_offset is None:
            earliest, latest = start - EASTERNMOST, end - WESTERNMOST
        else:
            offset = timedelta(minutes=utc_offset)
            earliest, latest = start - offset, end - offset
    except (OverflowError, ValueError):
        return None
    return When(earliest, latest, local, utc_offset, precision, shown)


def _end(start: datetime, precision: Precision) -> datetime:
    if precision == "year":
        return start.replace(year=start.year + 1)
    if precision == "month":
        return start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
    return start + _UNITS[precision]
