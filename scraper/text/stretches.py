"""Where in a text a time may stand: `stretches` of tokens, and `usual_place`, remembered for all texts of a shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from scraper.text import date_words, relative_words
from scraper.text.relative import FUSED
from scraper.text.tokens import Token, ascii_digits, tokens_of

MAX_TOKENS = 18  # 'Monday, the 14th of May, 2012, at 10:04:05 a.m. CEST' has 17
_DATED = frozenset({"compact", "date", "counted"})  # kinds of token that make a date without a month word
_DATE_SIGN = re.compile(r"\d(?:\.\s?|[/-])\d|\d{8}")  # in each date of digits alone, as far as it is ASCII
_EIGHT_DIGITS = re.compile(r"\d{8}")
_ZEROS = str.maketrans(dict.fromkeys("123456789", "0"))
_NO_WORD = str.maketrans(dict.fromkeys('0123456789.,:;|/\\()[]{}#@*&!?"<>~+=-', " "))  # ends a word for `tokens_of`


def may_hold_date(text: str) -> bool:
    """A quick look that tells most ASCII texts without a time from those with one."""
    return not text.isascii() or bool(_DATE_SIGN.search(text)) or not _time_words().isdisjoint(_ascii_words(text))


def stretches(text: str) -> Iterator[list[Token]]:
    """The stretches of tokens that may be or hold a time: words of times, and a number among them."""
    words = known_words()
    run: list[Token] = []
    numbered = False
    for token in tokens_of(text):
        if token.kind == "word" and token.word not in words and not token.word.endswith(FUSED):
            if numbered:
                yield run
            run, numbered = [], False
        elif run or token.kind != "mark":
            run.append(token)
            numbered = numbered or token.kind not in ("word", "mark", "meridiem")
    if numbered:
        yield run


def is_past(run: list[Token]) -> bool:
    """Whether a stretch may hold an age: it has a word like 'ago'."""
    words = [token.word for token in run]
    if not relative_words.past_words().isdisjoint(words):
        return True
    return any(word.endswith(FUSED) for word in words if not word.isascii())


def is_dated(run: list[Token]) -> bool:
    """Whether a stretch may hold a date: it has a month's word, or numbers that look like one."""
    if not _DATED.isdisjoint([token.kind for token in run]):
        return True
    return not _month_words().isdisjoint([token.word for token in run if token.kind == "word"])


def usual_place(text: str) -> tuple[int, int] | None:
    """Where the date of a text stands, if there is but one and no age, and if it is written in a usual layout.

    It is the same for all texts that differ in nothing but their digits, as those of a thread's comments do: they are
    made of the same tokens, since only one kind asks which digits there are, that of eight.

    >>> usual_place("Ines wrote on 12 March 2012 at 10:04:"), usual_place("12 March 2012, seen 13 May 2012")
    ((14, 36), None)
    """
    return _place_in(text.translate(_ZEROS))


@lru_cache(maxsize=4096)
def _place_in(shape: str) -> tuple[int, int] | None:
    runs = list(stretches(ascii_digits(shape)))
    dated = [run for run in runs if is_dated(run)]
    if len(dated) != 1 or _EIGHT_DIGITS.search(shape) or any(map(is_past, runs)):
        return None
    run = dated[0]
    while run and begins_no_time(run[0]):
        del run[0]
    while run and run[-1].kind == "mark":
        del run[-1]
    return (run[0].start, run[-1].end) if 0 < len(run) <= MAX_TOKENS else None


def begins_no_time(token: Token) -> bool:
    """Whether no time begins with this token, although one may have it in it or before it."""
    return token.kind in ("mark", "meridiem") or (token.kind == "word" and token.word in date_words.words_around())


@cache
def _month_words() -> frozenset[str]:
    all_roles = date_words.roles().items()
    return frozenset(word for word, roles in all_roles if any(role == "month" for role, _ in roles))


@cache
def _time_words() -> frozenset[str]:
    """The words of which a time inside a text has one, where it is not all digits."""
    return relative_words.past_words() | _month_words()


def _ascii_words(text: str) -> list[str]:
    """All words that `tokens_of` finds in an ASCII text, and endings of its numbers."""
    return text.lower().translate(_NO_WORD).split()


@cache
def known_words() -> frozenset[str]:
    """All words that times are made of."""
    return relative_words.vocabulary().union(date_words.roles())
