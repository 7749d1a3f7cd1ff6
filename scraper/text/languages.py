"""What a language's tag says of how dates are written in it: `writes_day_first`."""

from __future__ import annotations

YEAR_FIRST = frozenset({"zh", "ja", "ko", "hu", "lt", "mn"})
MONTH_FIRST_REGIONS = frozenset({"us", "ca", "ph"})


def writes_day_first(language: str) -> bool | None:
    """Whether '03/04/2012' is the third of April in a language; None where that cannot be told.

    >>> writes_day_first("de"), writes_day_first("en-US"), writes_day_first("en")
    (True, False, None)
    """
    tag, *more = language.lower().replace("_", "-").split("-")
    if tag == "en":
        return more[-1] not in MONTH_FIRST_REGIONS if more else None
    return None if not tag or tag in YEAR_FIRST else True
