"""A time in words that a reader of an export understands: `time_text`."""

from __future__ import annotations

from scraper.export.plain import plain_line
from scraper.store.planning.times import Time


def time_text(time: Time) -> str:
    """The time at its precision; an interval as it was shown, with the days that it means. Empty where none is known.

    >>> time_text(Time("2012-05-14T10:04:00+02:00", precision="second"))
    '2012-05-14 10:04'
    >>> time_text(Time(None, "2012-08-01T00:00:00Z", "2012-08-31T00:00:00Z", "interval", "11 years ago"))
    '11 years ago (2012-08-01 to 2012-08-31)'
    """
    if time.iso:
        return plain_line(time.iso[:16].replace("T", " "))
    first, last = (time.earliest or "")[:10], (time.latest or "")[:10]
    days = f"{first} to {last}" if first and last else f"by {last}" if last else f"since {first}" if first else ""
    shown = plain_line(time.shown)
    return plain_line(f"{shown} ({days})" if shown and days else shown or days)


def year_of(time: Time) -> str:
    """The year in four digits, of an interval that in which it begins; 'undated' where there is none.

    >>> year_of(Time("2012-05-14")), year_of(Time(None, "2011-12-31T10:00:00Z")), year_of(Time())
    ('2012', '2011', 'undated')
    """
    year = (time.iso or time.earliest or "")[:4]
    return year if len(year) == 4 and year.isascii() and year.isdigit() else "undated"
