"""Since when a document is as it is, from what a feed, a sitemap or an interface states: `changed_at`."""

from __future__ import annotations

from datetime import datetime

from scraper.text.dates import read_time

EXACT = frozenset({"minute", "second"})


def changed_at(stated: str | None) -> datetime | None:
    """The moment of a stated absolute time, in UTC; where it is not exact, the last one that it can be.

    So a document that was fetched on the day of its change, and before it, is not taken for the changed one.

    >>> changed_at("2012-05-14T10:04:00+02:00").isoformat()
    '2012-05-14T08:04:00+00:00'
    >>> changed_at("2012-05-14").isoformat()
    '2012-05-15T12:00:00+00:00'
    """
    when = read_time(stated) if stated else None
    if when is None or when.local is None:
        return None
    return when.earliest if when.precision in EXACT and when.utc_offset is not None else when.latest
