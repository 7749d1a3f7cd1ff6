"""The pieces of a string that a time may be made of: `tokens_of`, shared by absolute and relative times."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

# Ordinal endings as they stand at a number: 1st 2nd, 1er, 1º, Dutch 1ste, Greek 1η, Russian 1-го, Swedish 1:a.
_ORDINAL = r"(?:st|nd|rd|th|er|ère|re|e|è|ste|de|ª|º|°|η|ης|ος|-?го|-?е|:a|:e|-?a|-án|-én|-i)(?![^\W\d_])"
# CJK counters fused with their number; not where the counter begins a longer word ('時間', '年前' is two words).
_COUNTER = r"(?:年|年度|月|日|号|號|時(?!間)|时|点|點|分(?!钟|鐘|間)|秒|년|월|일|시(?!간)|분|초)"
# A word, as most pieces are, is not held against each of the kinds that begin with a digit.
_TOKEN = re.compile(
    rf"""
      (?=['’\d])(?:
        (?P<compact>(?:19|20)\d{{6}}(?:T?\d{{4}}(?:\d{{2}})?)?(?![\d]))
      | (?P<date>(?<!\d\.)\d{{1,4}}(?:\.\s?\d{{1,2}}\.\s?|/\d{{1,2}}/|-\d{{1,2}}-)\d{{1,4}}(?!\d|\.\d))
      | (?P<clock>\d{{1,2}}(?::\d{{2}}(?::\d{{2}}(?:[.,]\d{{1,9}})?)?|\s?h\s?\d{{2}})(?!\d))
      | (?P<dotted>\d{{1,2}}\.\d{{2}}(?!\d|\.\d))
      | (?P<decimal>\d{{1,3}}\.\d+(?!\d|\.\d))
      | (?P<counted>\d{{1,4}}\s?{_COUNTER})
      | (?P<number>['’]?\d+{_ORDINAL}|['’]?\d+) )
    | (?=[+−-])(?P<zone>(?<=[\dCTctZ\s])[+−-]\d{{2}}:?\d{{2}}(?!\d)|(?<=[CTct])[+−-]\d{{1,2}}(?!\d))
    | (?P<meridiem>[ap]\.?\s?m(?![^\W\d_])\.?)
    | (?P<word>[^\s\d.,:;|/\\()\[\]{{}}\#@*&!?"«»<>~+=–—·•、，。،؛：（）「」【】…‑−\u200b-]+)
    | (?P<mark>\S)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Digits and marks that stand for ASCII ones, character for character, so that places in the text stay the same.
_ZEROS = "٠۰०০๐០０"  # Arabic, Persian, Devanagari, Bengali, Thai, Khmer, full width
_MARKS = str.maketrans("／．：－，\u00a0\u202f\u3000’ʼʻ՚′‵ʹ", "/.:-,   '''''''")


class Token(NamedTuple):
    kind: str  # the name of the group in the expression above
    word: str  # in lower case
    start: int
    end: int


_new = tuple.__new__  # what Token(...) does, without its Python frame: this runs for every word that might be a time


@cache
def _digits() -> dict[int, int | str]:
    table: dict[int, int | str] = dict(_MARKS)
    for zero in _ZEROS:
        table.update({ord(zero) + digit: str(digit) for digit in range(10)})
    return table


def ascii_digits(text: str) -> str:
    """The text with other scripts' digits and full-width marks in ASCII, at the same length.

    >>> ascii_digits("２０１２年٥")
    '2012年5'
    """
    return text if text.isascii() else text.translate(_digits())


def tokens_of(text: str) -> Iterator[Token]:
    """The pieces of a text in order, lazily, so that a caller can stop at the first that fits no time."""
    for match in _TOKEN.finditer(text):
        word = match[0].lower()
        if not word.isascii():
            word = unicodedata.normalize("NFC", word).replace("i\u0307", "i")  # as 'İ' is lowered
        start, end = match.span()
        yield _new(Token, (match.lastgroup, word, start, end))
