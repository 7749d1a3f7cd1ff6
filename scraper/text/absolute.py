"""Absolute times in human and machine shapes: `read_absolute` turns pieces of text into a stated wall clock."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from scraper.model import Precision
from scraper.text import date_words
from scraper.text.tokens import Token

FIRST_YEAR, LAST_YEAR = 1970, 2099  # nothing was blogged before, and a number outside is no year
_NUMBER = re.compile(r"\d+")
_PLACES = {"年": "year", "年度": "year", "년": "year", "月": "month", "월": "month", "日": "day", "号": "day"} | {
    "號": "day", "일": "day", "時": "hour", "时": "hour", "点": "hour", "點": "hour", "시": "hour",
    "分": "minute", "분": "minute", "秒": "second", "초": "second",
}  # fmt: skip
_WEEKDAY_TOO = frozenset({"mar"})  # French and Italian for Tuesday, elsewhere March: a second month settles it
_MARKS = frozenset(".,:;|/-–—·•()[]#@*»›«<>~،、，。：（）「」【】‑−°\u200b")
_CLOCK_SIGNS = frozenset({"klo", "kl", "kello", "klockan", "alle", "ore", "uhr"})


class Stated(NamedTuple):
    """A wall clock as a page states it; `start` and `end` are the places of its own words in the text."""

    local: datetime
    precision: Precision
    utc_offset: int | None
    start: int
    end: int


def read_absolute(tokens: Iterable[Token], day_first: bool | None, *, whole: bool = True) -> Stated | None:
    """The time that all the tokens together state, or None if one of them fits no time or they make none.

    `whole` allows the readings that are safe only for a text that is nothing else: a bare year, two-digit years.
    """
    reading = _Reading(day_first, whole)
    for token in tokens:
        if not _TAKERS[token.kind](reading, token):
            return None
    return reading.stated()


class _Reading:
    """The parts found so far; each `take_` says whether the token fits."""

    def __init__(self, day_first: bool | None, whole: bool) -> None:
        self.day_first = day_first
        self.whole = whole
        self.parts: dict[str, int] = {}
        self.loose: list[tuple[str, int]] = []  # numbers whose place is not settled yet
        self.noon: int | None = None
        self.offset: int | None = None
        self.month_word: str | None = None
        self.clock_sign = False
        self.month_next = False
        self.weekday = 0  # from 1 for Monday; 0: none that tells
        self.start = -1
        self.end = -1

    def note(self, token: Token) -> bool:
        if self.start < 0:
            self.start = token.start
        self.end = token.end
        return True

    def put(self, **parts: int) -> bool:
        if any(name in self.parts for name in parts):
            return False
        self.parts.update(parts)
        return True

    # ---- one method a kind of token

    def take_compact(self, token: Token) -> bool:
        digits = token.word.replace("t", "")
        if len(digits) > 8 and not self.put(hour=int(digits[8:10]), minute=int(digits[10:12])):
            return False
        if len(digits) > 12:
            self.put(second=int(digits[12:14]))
        return self.note(token) and self.put(year=int(digits[:4]), month=int(digits[4:6]), day=int(digits[6:8]))

    def take_date(self, token: Token) -> bool:
        numbers = _NUMBER.findall(token.word)
        separator = token.word[len(numbers[0])]
        told = _order_by_weekday(numbers, self.weekday) if self.weekday else None
        ordered = order_numbers(numbers, separator, self.day_first if told is None else told, self.whole)
        if ordered is None:
            return False
        return self.note(token) and self.put(**ordered)

    def take_clock(self, token: Token) -> bool:
        numbers = [int(number) for number in _NUMBER.findall(token.word)[:3]]  # a fraction of a second is let go
        return self.note(token) and self.put(**dict(zip(("hour", "minute", "second"), numbers, strict=False)))

    def take_dotted(self, token: Token) -> bool:
        """'10.04' is a clock only after a date or a word that announces one."""
        return (self.clock_sign or "day" in self.parts or len(self.loose) > 1) and self.take_clock(token)

    def take_counted(self, token: Token) -> bool:
        number = _NUMBER.findall(token.word)[0]
        return self.note(token) and self.put(**{_PLACES[token.word[len(number) :].strip()]: int(number)})

    def take_number(self, token: Token) -> bool:
        found = _NUMBER.findall(token.word)[0]
        if self.month_next:
            self.month_next = False
            return self.note(token) and self.put(month=int(found))
        self.loose.append((token.word if token.word[0] in "'’" else found, int(found)))
        return len(self.loose) <= 3 and len(found) <= 4 and self.note(token)

    def take_zone(self, token: Token) -> bool:
        if "hour" not in self.parts:
            return False
        numbers = token.word.replace(":", "")[1:]
        hours, minutes = (int(numbers[:-2]), int(numbers[-2:])) if len(numbers) > 2 else (int(numbers), 0)
        self.offset = (hours * 60 + minutes) * (1 if token.word[0] == "+" else -1)
        return abs(self.offset) <= 14 * 60 and minutes < 60 and self.note(token)

    def take_meridiem(self, token: Token) -> bool:
        if "hour" not in self.parts:
            if not self.loose:
                return token.word == "am"  # the German preposition
            if self.month_word is None and not self.parts:
                return False
            self.put(hour=self.loose.pop()[1])
        self.noon = 12 if token.word[0] == "p" else 0
        return self.note(token)

    def take_mark(self, token: Token) -> bool:
        return token.word in _MARKS

    def take_word(self, token: Token) -> bool:
        word = token.word
        for role, number in date_words.roles().get(word, ()):
            if role == "around":
                self.clock_sign = self.clock_sign or word in _CLOCK_SIGNS
                return True
            if self.take_role(role, word, number):
                return self.note(token)
        return False

    def take_role(self, role: str, word: str, number: int) -> bool:
        if role == "month":
            return self.take_month(word, number)
        if role == "hour":
            return self.take_hour()
        if role == "zone":
            return self.take_zone_name(number)
        if role == "meridiem":
            self.noon = number
        elif role == "month_next":
            self.month_next = True
        elif role == "weekday":
            self.weekday = self.weekday or number
        return True

    def take_zone_name(self, offset: int) -> bool:
        """'GMT+0100 (CET)': what is stated in numbers has the last word, of two names the first."""
        if "hour" not in self.parts and not self.loose:
            return False
        if self.offset is None:
            self.offset = offset
        return True

    def take_month(self, word: str, month: int) -> bool:
        if self.month_word in _WEEKDAY_TOO:
            del self.parts["month"]
        elif self.month_word is not None and word in _WEEKDAY_TOO:
            return True
        if "month" in self.parts:
            return False
        self.month_word = word
        return self.put(month=month)

    def take_hour(self) -> bool:
        """'21 Uhr', '21 h': the number before is the hour."""
        if "hour" in self.parts or not self.loose or not (self.parts or len(self.loose) > 1):
            return False
        if len(self.loose[-1][0]) > 2:
            return False
        self.parts["hour"] = self.loose.pop()[1]
        return True

    # ---- the whole

    def stated(self) -> Stated | None:
        if not self.settle_loose() or "year" not in self.parts:
            return None
        parts = self.parts
        precision = self.precision()
        if precision is None or not FIRST_YEAR <= parts["year"] <= LAST_YEAR:
            return None
        try:
            local = datetime(
                parts["year"], parts.get("month", 1), parts.get("day", 1), self.hour(), parts.get("minute", 0),
                min(parts.get("second", 0), 59),  # a leap second is shown as 60
            )  # fmt: skip
        except ValueError:
            return None
        return Stated(local, precision, self.offset, self.start, self.end)

    def settle_loose(self) -> bool:
        """Give the loose numbers their places: day and year beside a month word."""
        if not self.loose:
            return True
        wanted = [name for name in ("day", "year") if name not in self.parts]
        if "month" not in self.parts:
            shown, number = self.loose[0]
            return self.whole and not self.parts and len(self.loose) == 1 and len(shown) == 4 and self.put(year=number)
        if len(self.loose) > len(wanted):
            return False
        for name in self.places_for(wanted):
            shown, number = self.loose.pop(0)
            if name == "year":
                number = _year(shown, number)
            self.parts[name] = number
        return not self.loose

    def places_for(self, wanted: list[str]) -> list[str]:
        first = self.loose[0][0]
        is_year = len(first) == 4 or first[0] in "'’"
        if len(self.loose) == 2:
            second = self.loose[1][0]
            if is_year:
                return ["year", "day"]
            settled = len(second) == 4 or second[0] in "'’" or (self.whole and len(second) == 2)
            return ["day", "year"] if settled else []
        name = "year" if is_year else "day"
        return [name] if name in wanted else []

    def precision(self) -> Precision | None:
        parts = self.parts
        if "hour" in parts:
            if "day" not in parts or "month" not in parts:
                return None
            return "second" if "second" in parts else "minute"
        if "minute" in parts or "second" in parts or self.noon is not None:
            return None
        if "day" in parts:
            return "day" if "month" in parts else None
        return "month" if "month" in parts else "year"

    def hour(self) -> int:
        hour = self.parts.get("hour", 0)
        if self.noon is None or hour > 12:
            return hour
        return hour % 12 + self.noon


def _year(shown: str, number: int) -> int:
    if len(shown) == 4:
        return number
    return number + (2000 if number < 70 else 1900)


def _order_by_weekday(numbers: list[str], weekday: int) -> bool | None:
    """Whether the day comes first, where on that weekday falls one of the two dates that the numbers can be.

    >>> _order_by_weekday(["05", "03", "2012"], 4), _order_by_weekday(["05", "03", "2012"], 1)
    (False, True)
    """
    a, b, year = int(numbers[0]), int(numbers[1]), _year(numbers[2], int(numbers[2]))
    if not (1 <= a <= 12 and 1 <= b <= 12 and 1 <= year <= LAST_YEAR):
        return None
    is_first, is_second = (datetime(year, m, d).isoweekday() == weekday for m, d in ((b, a), (a, b)))
    return is_first if is_first != is_second else None


def order_numbers(numbers: list[str], separator: str, day_first: bool | None, whole: bool) -> dict[str, int] | None:
    """Year, month and day of three numbers; None where the order cannot be told ('03/04/2012')."""
    a, b, c = (int(number) for number in numbers)
    if len(numbers[0]) == 4:
        return {"year": a, "month": b, "day": c}
    if len(numbers[0]) > 2 or len(numbers[2]) == 3 or len(numbers[2]) == 1:
        return None
    if len(numbers[2]) == 2 and (not whole or len(numbers[1]) == 1):
        return None
    year = _year(numbers[2], c)
    if a > 12 or b > 12:
        day_first = a > 12
    elif separator == "." and day_first is None:  # dots are written where the day comes first
        day_first = True
    if day_first is None:
        return {"year": year, "month": b, "day": a} if a == b else None
    return {"year": year, "month": b, "day": a} if day_first else {"year": year, "month": a, "day": b}


_TAKERS: dict[str, Callable[[_Reading, Token], bool]] = {
    "compact": _Reading.take_compact,
    "date": _Reading.take_date,
    "clock": _Reading.take_clock,
    "dotted": _Reading.take_dotted,
    "decimal": lambda reading, token: False,
    "counted": _Reading.take_counted,
    "number": _Reading.take_number,
    "zone": _Reading.take_zone,
    "meridiem": _Reading.take_meridiem,
    "word": _Reading.take_word,
    "mark": _Reading.take_mark,
}
