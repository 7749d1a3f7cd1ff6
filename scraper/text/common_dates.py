"""The layouts in which most pages write their times, read at once: `read_common`."""

from __future__ import annotations

import re
from datetime import datetime

from scraper.model import Precision
from scraper.text import date_words
from scraper.text.absolute import FIRST_YEAR, LAST_YEAR, Stated, order_numbers

_LAYOUT = re.compile(
    r"""
      (?:(?P<weekday>[^\W\d_]{2,12})[.,]?\ )?
      (?: (?P<word_first>[^\W\d_]{3,12})\.?\ (?P<day_last>[0-9]{1,2})(?:st|nd|rd|th)?,?\ (?P<year_a>[0-9]{4})
        | (?P<day_first>[0-9]{1,2})(?:\.|st|nd|rd|th)?\ (?P<word_last>[^\W\d_]{3,12})\.?,?\ (?P<year_b>[0-9]{4})
        | (?P<one>[0-9]{1,2})(?P<separator>[./-])(?P<other>[0-9]{1,2})(?P=separator)(?P<year_c>[0-9]{4}) )
      (?:(?:,|,?\ at|,?\ um|\ à|\ -|\ \||\ @)?\ (?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?
         (?:\ ?(?P<noon>[ap])\.?m\.?)? )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LAST = frozenset("0123456789mM.")  # how these layouts end


def read_common(text: str, day_first: bool | None) -> Stated | None:
    """What `read_absolute` reads in the text, where that is 'March 8, 2012 at 10:04 am' or the like.

    None says nothing: the text may be a time all the same.

    >>> read_common("Mon, 5. März 2012, 10:04", None).local.isoformat()
    '2012-03-05T10:04:00'
    """
    found = _LAYOUT.fullmatch(text) if text[-1:] in _LAST else None
    if found is None:
        return None
    (
        weekday, word_first, day_last, year_a, day, word_last, year_b, one, separator, other, year_c,
        hour, minute, second, noon,
    ) = found.groups()  # fmt: skip
    if weekday is not None and _only_role(weekday, "weekday") is None:
        return None
    if one is None:
        month = _only_role(word_first or word_last, "month")
        date = (int(year_a or year_b), month or 0, int(day_last or day))
    else:
        parts = order_numbers([one, other, year_c], separator, day_first, True) if weekday is None else None
        date = (parts["year"], parts["month"], parts["day"]) if parts else (0, 0, 0)
    if not FIRST_YEAR <= date[0] <= LAST_YEAR:
        return None
    hours = int(hour or 0)
    if noon and hours <= 12:
        hours = hours % 12 + (12 if noon in "pP" else 0)
    precision: Precision = "day" if hour is None else "minute" if second is None else "second"
    try:
        local = datetime(*date, hours, int(minute or 0), min(int(second or 0), 59))
    except ValueError:
        return None
    return Stated(local, precision, None, 0, len(text))


def _only_role(word: str, role: str) -> int | None:
    """The number of a word that can be nothing but this in a time."""
    roles = date_words.roles().get(word.lower(), ())
    return roles[0][1] if len(roles) == 1 and roles[0][0] == role else None
