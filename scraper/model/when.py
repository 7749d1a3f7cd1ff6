"""A time as far as it is known: `When`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Precision = Literal["year", "month", "day", "minute", "second", "interval"]


@dataclass(frozen=True, slots=True)
class When:
    """A time as far as a page lets one know it.

    `earliest` and `latest` are aware UTC and enclose the true instant, `earliest <= t < latest`; either may be None
    for an open end. `local` is the wall clock as stated (naive), `utc_offset` its stated offset in minutes. Where no
    zone is stated, the bounds are widened by every offset in use on Earth (+14:00 to -12:00).
    """

    earliest: datetime | None
    latest: datetime | None
    local: datetime | None
    utc_offset: int | None
    precision: Precision
    shown: str

    @property
    def iso(self) -> str | None:
        """ISO 8601 at this precision, with the offset if one was stated; None for an interval of more than a day.

        >>> When(None, None, datetime(2012, 5, 14), None, "day", "14 May 2012").iso
        '2012-05-14'
        >>> When(None, None, datetime(2012, 5, 14, 10, 4), 120, "minute", "14 May 2012 10:04 +2").iso
        '2012-05-14T10:04+02:00'
        """
        if self.precision == "interval" or self.local is None:
            same_day = self.earliest and self.latest and self.earliest.date() == self.latest.date()
            return self.earliest.date().isoformat() if same_day and self.earliest else None
        if self.precision in ("year", "month", "day"):
            return self.local.date().isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]
        clock = self.local.isoformat(timespec="minutes" if self.precision == "minute" else "seconds")
        if self.utc_offset is None:
            return clock
        sign, minutes = "-" if self.utc_offset < 0 else "+", abs(self.utc_offset)
        return f"{clock}{sign}{minutes // 60:02d}:{minutes % 60:02d}"

    def excludes(self, other: When) -> bool:
        """Whether both cannot be the time of one instant; a bound that is not known excludes nothing."""
        starts_later = self.earliest is not None and other.latest is not None and self.earliest >= other.latest
        return starts_later or (
            other.earliest is not None and self.latest is not None and other.earliest >= self.latest
        )
