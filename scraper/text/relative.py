"""Relative times: `age_of` reads '11 years 7 months ago', `yesterday`, 'vor 2 Tagen' into amounts of units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from scraper.text import relative_words
from scraper.text.date_words import words_around
from scraper.text.tokens import Token, ascii_digits, tokens_of
from scraper.text.unit_words import MULTIPLE_WORDS, unit_of

# Marks of the past that languages without spaces write fused with the unit.
FUSED = ("之前", "以前", "前", "전", "មុន", "ก่อน", "ที่แล้ว", "ที่ผ่านมา", "ກ່ອນ")
_MARKS = frozenset(",.;:·•|()[]~<>…、，،؛–—-+&*#@\u200b")
_SHORT_UNITS = frozenset("hdwy")  # '3h' alone is an age on every platform; '3m' may be minutes, months or metres


@dataclass(frozen=True, slots=True)
class Age:
    """How long ago: amounts by unit ('second' to 'year'), as shown. `start` and `end` are places in the text.

    `rule` says how far the words are exact: 'ago' counts, 'vague' is a small number, 'last' and 'day' (today,
    yesterday) follow the calendar, 'now' is minutes at most. `clock` is the time of day shown with a day, as hour and
    minute. `marked` is whether a word says that the span lies in the past; '3 hours' alone is not marked.
    """

    amounts: tuple[tuple[str, float], ...]
    rule: Literal["ago", "vague", "last", "day", "now"]
    start: int
    end: int
    marked: bool = True
    plausible: bool = True  # unmarked, but such as stands alone for an age: '5d', '2 weeks'
    clock: tuple[int, int] | None = None


def age_of(text: str) -> Age | None:
    """The age that the whole text states, or None.

    >>> age_of("11 years 7 months ago").amounts
    (('year', 11), ('month', 7))
    >>> age_of("vor 2 Tagen").marked, age_of("in 2 Tagen").marked
    (True, False)
    """
    return read_age(tokens_of(ascii_digits(text)))


def read_age(tokens: Iterable[Token]) -> Age | None:
    """The age that all the tokens together state, or None if one of them fits none or they make none."""
    reading = _Reading()
    for token in tokens:
        if not reading.take(token):
            return None
    return reading.age()


class _Reading:
    """What was found so far, in order: numbers and units, and the words for whole phrases."""

    def __init__(self) -> None:
        self.items: list[tuple[str, float | str]] = []  # ('number', 2) or ('unit', 'day')
        self.words: list[str] = []
        self.past = self.last = self.vague = self.counted = self.spelled = self.short = self.framed = False
        self.clock: tuple[int, int] | None = None
        self.noon: int | None = None
        self.sign = 0
        self.sign_end = -1
        self.start = self.end = -1

    def take(self, token: Token) -> bool:
        kind = token.kind
        if kind == "mark":
            return self.take_mark(token)
        if kind == "word":
            fits = self.take_word(token.word)
        elif kind in ("number", "decimal", "dotted"):
            fits = self.take_number(token)
        elif kind == "counted":
            fits = self.take_counted(token)
        else:
            fits = self.take_clock(token)
        if self.start < 0:
            self.start = token.start
        self.end = token.end
        return fits

    def take_mark(self, token: Token) -> bool:
        if token.word in "+-−":
            self.sign, self.sign_end = (1 if token.word == "+" else -1), token.end
        return token.word in _MARKS

    def take_number(self, token: Token) -> bool:
        if self.items and self.items[-1][0] == "number" and not self.spelled:
            return False
        try:
            number = float(token.word) if "." in token.word else int(token.word)
        except ValueError:  # an ordinal
            return False
        if self.items and self.items[-1][0] == "number":
            self.items.pop()
        self.spelled = False
        self.words.append("#")
        if self.sign and self.sign_end == token.start:
            self.past = True
            if self.sign > 0:
                if not self.items:
                    return False  # '+2 days' is the future
                number = -number
        self.sign = 0
        self.items.append(("number", number))
        return len(token.word) <= 6

    def take_counted(self, token: Token) -> bool:
        number = "".join(character for character in token.word if character.isdecimal())
        unit = unit_of().get(token.word[len(number) :].strip())
        if unit is None:
            return False
        self.counted = True
        self.words.append("#")
        self.items += [("number", int(number)), ("unit", unit)]
        return True

    def take_clock(self, token: Token) -> bool:
        if token.kind == "meridiem" and self.clock:
            self.noon = 12 if token.word[0] == "p" else 0
            return True
        if token.kind != "clock" or self.clock:
            return False
        numbers = token.word.replace("h", ":").replace(" ", "").split(":")
        self.clock = int(numbers[0]), int(numbers[1])
        return self.clock[0] < 24 and self.clock[1] < 60

    def take_word(self, word: str) -> bool:
        self.words.append(word)
        counting = bool(self.items) and self.items[-1][0] == "number"
        unit = unit_of().get(word)
        multiple = MULTIPLE_WORDS.get(word)
        if multiple and not (counting and unit):
            return self.take_multiple(*multiple)
        if counting and unit and not (word == "an" and self.items[-1][1] == 0.5):
            return self.take_unit(word, unit)
        self.framed = True
        if word in relative_words.NUMBERS:
            return self.take_spelled(relative_words.NUMBERS[word])
        if self.take_frame(word):
            return True
        if unit:
            return self.take_unit(word, unit)
        return self.take_fused(word) or word in words_around() or word in relative_words.vocabulary()

    def take_frame(self, word: str) -> bool:
        """Words that say how the amounts are meant, or nothing."""
        last = word in relative_words.last_words()
        self.last = self.last or last
        if word in relative_words.past_words():
            self.past = True
            return True
        if word in relative_words.vague_words():
            self.vague = True
            return True
        return last or word in relative_words.inside_words()

    def take_unit(self, word: str, unit: str) -> bool:
        self.short = self.short or (len(word) == 1 and word.isascii() and word not in _SHORT_UNITS)
        self.items.append(("unit", unit))
        return True

    def take_multiple(self, unit: str, times: int) -> bool:
        number: float = 1
        if self.items and self.items[-1][0] == "number":
            number = float(self.items.pop()[1])
        self.items += [("number", number * times), ("unit", unit)]
        return True

    def take_spelled(self, number: float) -> bool:
        if self.items and self.items[-1][0] == "number":
            if not self.spelled or self.items[-1][1] == 0.5:
                return True
            self.items.pop()
        self.spelled = True
        self.items.append(("number", number))
        return True

    def take_fused(self, word: str) -> bool:
        for suffix in FUSED:
            unit = unit_of().get(word.removesuffix(suffix)) if word.endswith(suffix) else None
            if unit:
                self.past = True
                return self.take_unit(word, unit)
        return False

    # ---- the whole

    def age(self) -> Age | None:
        phrase = self.phrase()
        if phrase is not None:
            unit, number = phrase
            rule: Literal["now", "day", "last"] = "now" if unit == "second" else "day" if unit == "day" else "last"
            clock = self.clock
            if clock and self.noon is not None:
                clock = clock[0] % 12 + self.noon, clock[1]
            return Age(((unit, number),), rule, self.start, self.end, clock=clock)
        amounts = self.amounts()
        if not amounts or (self.clock and not self.past):
            return None
        if self.vague:
            return Age(amounts, "vague", self.start, self.end) if self.past else None
        if self.last and not self.past:
            bare = len(amounts) == 1 and amounts[0][1] == 1
            return Age(amounts, "last", self.start, self.end) if bare else None
        digits = "#" in self.words
        bare = digits and not (self.counted or self.short or self.framed)
        plausible = bare and amounts[-1][0] not in ("minute", "second")
        if not (self.past or digits):
            return None
        return Age(amounts, "ago", self.start, self.end, marked=self.past, plausible=plausible)

    def phrase(self) -> tuple[str, int] | None:
        """The phrase that the words make, with words around it let go."""
        if "#" in self.words or len(self.words) > 8:
            return None
        phrases, around = relative_words.phrases(), words_around()
        for start in range(len(self.words)):
            for end in range(len(self.words), start, -1):
                found = phrases.get(" ".join(self.words[start:end]))
                if found is not None:
                    return found
                if self.words[end - 1] not in around:
                    break
            if self.words[start] not in around:
                break
        return None

    def amounts(self) -> tuple[tuple[str, float], ...]:
        """Units with their numbers; a unit without one counts once. Empty if a number is left without a unit."""
        if self.spelled and self.items[-1][0] == "number":  # an article after the unit
            self.items.pop()
        names = [name for name, _ in self.items]
        if names[:1] == ["unit"] and names[-1:] == ["number"]:  # languages that put the number behind
            pairs = list(zip(self.items[::2], self.items[1::2], strict=False))
            if any(unit[0] != "unit" or number[0] != "number" for unit, number in pairs) or len(names) % 2:
                return ()
            return tuple((str(unit[1]), float(number[1])) for unit, number in pairs)
        found: list[tuple[str, float]] = []
        number: float | None = None
        for name, value in self.items:
            if name == "number":
                if number is not None:
                    return ()
                number = float(value) if isinstance(value, float) else int(value)
            else:
                found.append((str(value), 1 if number is None else number))
                number = None
        return () if number is not None else tuple(found)
