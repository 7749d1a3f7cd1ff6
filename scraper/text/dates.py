"""Times as pages show them: `read_time` for a text that is a time, `find_times` for times inside a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from scraper.model import Precision, When
from scraper.text.absolute import FIRST_YEAR, LAST_YEAR, read_absolute
from scraper.text.common_dates import read_common
from scraper.text.moments import moment
from scraper.text.prose import fold
from scraper.text.relative import FUSED, Age, read_age
from scraper.text.spans import Rounding, interval
from scraper.text.stretches import (
    MAX_TOKENS,
    begins_no_time,
    is_dated,
    is_past,
    known_words,
    may_hold_date,
    stretches,
    usual_place,
)
from scraper.text.tokens import Token, ascii_digits, tokens_of

__all__ = ["Rounding", "find_times", "read_time"]

MAX_LENGTH = 120  # longer texts are prose, not a time
_MACHINE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s?(?:(Z)|([+-]\d\d):?(\d\d)?)?)?\Z"
)
_WESTERN = re.compile(r"/\d\d?/\d.*\b[PM][SD]T\b")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Known:
    """What the caller knows of the page: see `read_time`."""

    fetched_at: datetime | None
    fetched_before: datetime | None
    not_before: When | None
    rounding: Rounding
    day_first: bool | None


def read_time(
    text: str, *, fetched_at: datetime | None = None, fetched_before: datetime | None = None,
    not_before: When | None = None, rounding: Rounding = "calendar", day_first: bool | None = None,
) -> When | None:  # fmt: skip
    """The time that the whole text is, but for words like 'posted on' around it; else None. Never raises.

    Absolute times get bounds from their precision and zone. A relative time ('3 days ago') becomes an interval from
    `fetched_at` (the capture's time, aware; or its latest possible value, `fetched_before`), bounded below by
    `not_before`, the post's own time. `day_first` settles '03/04/2012', which is None without it.

    >>> read_time("Posted on 14 May 2012 at 10:04").iso
    '2012-05-14T10:04'
    >>> read_time("11 years 7 months ago").precision
    'interval'
    >>> read_time("On to May") is None
    True
    """
    if len(text) > 4 * MAX_LENGTH:
        return None
    text = fold(text)
    found = _parsed(text, _told_order(text, day_first)) if 0 < len(text) <= MAX_LENGTH else None
    if not isinstance(found, Age):
        return found
    if not (found.marked or found.plausible):
        return None
    return _interval(found, text, _Known(_utc(fetched_at), _utc(fetched_before), not_before, rounding, day_first))


def find_times(
    text: str, *, fetched_at: datetime | None = None, fetched_before: datetime | None = None,
    not_before: When | None = None, rounding: Rounding = "calendar", day_first: bool | None = None,
) -> list[tuple[int, int, When]]:  # fmt: skip
    """The times inside a text, each with where it starts and ends; the keywords are those of `read_time`.

    Only what cannot be read otherwise: no bare year, no two-digit year in numbers, no age without a word like 'ago'.

    >>> [(text[a:b], when.iso) for text in ["By Bob on May 14, 2012 in News"] for a, b, when in find_times(text)]
    [('May 14, 2012', '2012-05-14')]
    """
    if not _DIGIT.search(text):
        return []
    day_first = _told_order(text, day_first) if len(text) <= MAX_LENGTH else day_first
    dated = _dates_in(text, day_first) if len(text) <= MAX_LENGTH else None
    if dated is not None:
        return [*dated]
    known = _Known(_utc(fetched_at), _utc(fetched_before), not_before, rounding, day_first)
    return [found for run in stretches(ascii_digits(text)) for found in _times_in(run, text, known)]


def _told_order(text: str, day_first: bool | None) -> bool | None:
    """Whether the day comes before the month: not in a text with a zone of America's west, if nothing else tells."""
    return False if day_first is None and "T" in text and _WESTERN.search(text) else day_first


@lru_cache(maxsize=4096)
def _dates_in(text: str, day_first: bool | None) -> tuple[tuple[int, int, When], ...] | None:
    """The times inside a text; None where words like 'ago' make them depend on when the page was captured."""
    if not may_hold_date(text):
        return ()
    when = _common_time(text, day_first)
    if when is not None:
        return ((0, len(text), when),)
    place = usual_place(text)
    when = _common_time(text[place[0] : place[1]], day_first) if place else None
    if place and when is not None:
        return ((*place, when),)
    runs = list(stretches(ascii_digits(text)))
    if any(map(is_past, runs)):
        return None
    known = _Known(None, None, None, "calendar", day_first)
    return tuple(found for run in runs for found in _times_in(run, text, known))


@lru_cache(maxsize=4096)
def _parsed(text: str, day_first: bool | None) -> When | Age | None:
    """The time or the age that the text states. Cached: pages repeat their dates, and blogs their menus."""
    machine = _MACHINE.match(text)
    when = _machine_time(machine, text) if machine else None
    if when is not None:
        return when
    when = _common_time(text, day_first)
    if when is not None:
        return when
    tokens = _tokens(ascii_digits(text))
    if tokens is None:
        return None
    return _absolute_time(tokens, text, day_first) or read_age(tokens)


def _common_time(text: str, day_first: bool | None) -> When | None:
    stated = read_common(text, day_first)
    return moment(stated.local, stated.precision, None, text) if stated is not None else None


def _machine_time(machine: re.Match[str], shown: str) -> When | None:
    year, month, day, hour, minute, second, zulu, zone_hours, zone_minutes = machine.groups()
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        local = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), min(int(second or 0), 59))
    except ValueError:
        return None
    precision: Precision = "day" if hour is None else "minute" if second is None else "second"
    offset = 0 if zulu else None
    if zone_hours:
        offset = int(zone_hours) * 60 + int(zone_hours[0] + (zone_minutes or "0"))
        if abs(offset) > 14 * 60:
            return None
    return moment(local, precision, offset, shown)


def _tokens(text: str) -> list[Token] | None:
    """The tokens of a text, or None at the first word that no time has: the quick way out for nearly all texts."""
    words, tokens = known_words(), []
    for token in tokens_of(text):
        if token.kind == "word" and token.word not in words and not token.word.endswith(FUSED):
            return None
        tokens.append(token)
    return tokens


def _absolute_time(tokens: list[Token], text: str, day_first: bool | None, whole: bool = True) -> When | None:
    stated = read_absolute(tokens, day_first, whole=whole)
    if stated is None:
        return None
    return moment(stated.local, stated.precision, stated.utc_offset, _shown(text, stated.start, stated.end))


def _relative_time(tokens: list[Token], text: str, known: _Known) -> When | None:
    age = read_age(tokens)
    return _interval(age, text, known) if age is not None and age.marked else None


def _interval(age: Age, text: str, known: _Known) -> When | None:
    return interval(
        age,
        _shown(text, age.start, age.end),
        fetched_at=known.fetched_at,
        fetched_before=known.fetched_before,
        not_before=known.not_before,
        rounding=known.rounding,
    )


def _shown(text: str, start: int, end: int) -> str:
    """The words of a time, with the bracket that closes one in them."""
    shown = text[start:end]
    return text[start : end + 1] if shown.count("(") > shown.count(")") and text[end : end + 1] == ")" else shown


def _times_in(run: list[Token], text: str, known: _Known) -> Iterator[tuple[int, int, When]]:
    """The times in one stretch with start and end, each as long as can be, none overlapping another."""
    dated, past = is_dated(run), is_past(run)
    place = 0 if dated or past else len(run)
    while place < len(run):
        when, used = _longest(run[place : place + MAX_TOKENS], text, known, (dated, past))
        if when is not None:
            yield run[place].start, run[place].start + len(when.shown), when
        place += used


def _longest(tokens: list[Token], text: str, known: _Known, kinds: tuple[bool, bool]) -> tuple[When | None, int]:
    """The longest time that begins with the first token, and how many tokens it takes (1 if there is none)."""
    dated, past = kinds
    if begins_no_time(tokens[0]):
        return None, 1
    for end in range(len(tokens), 0, -1):
        if tokens[end - 1].kind == "mark":
            continue
        part = tokens[:end]
        when = _absolute_time(part, text, known.day_first, whole=False) if dated else None
        if when is None and past:
            when = _relative_time(part, text, known)
        if when is not None:
            return when, end
    return None, 1


def _utc(moment_: datetime | None) -> datetime | None:
    """The moment in UTC; a naive one is taken as UTC."""
    if moment_ is None:
        return None
    if moment_.tzinfo is None:
        return moment_.replace(tzinfo=UTC)
    return moment_.astimezone(UTC)
