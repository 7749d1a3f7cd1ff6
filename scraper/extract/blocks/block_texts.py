"""What the texts of a page's blocks look like, and the words that tell of them: `read_texts`."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from scraper.extract.blocks.block_arrays import stacked
from scraper.extract.blocks.block_words import CUES, bits_of, by_first_word
from scraper.extract.blocks.lexicon import text_odds

if TYPE_CHECKING:
    import numpy as np

CUE_BITS = bits_of(CUES)
CUES_BY_WORD = by_first_word(CUE_BITS)
CUE_WORDS = frozenset(CUES_BY_WORD)
COMMENTS_CUE = CUE_BITS["comments"]
DIGIT = re.compile(r"\d")
SENTENCE_END = frozenset('.!?。！？…"”»')
SHORT = 14  # words of a label
LABEL = 60  # characters of one, at most
FIRST = 8  # words of a longer text that are looked at by themselves
HEADING = 8  # words of a heading over comments, at most
INTRODUCTION = 6  # words that a colon makes a heading of, at most
BEGINNING = 300  # characters of a text in which its words are looked for
MOST_SENTENCES = 20
LOOKS = 14  # numbers that one text gives by itself


def read_texts(
    texts: list[str], lower: list[str], title: str, size: np.ndarray, is_heading: np.ndarray
) -> tuple[np.ndarray, list[np.ndarray], np.ndarray]:
    """A row for each thing to tell of all texts; their cues as bits: each text's own, its heading's, a long one's; and
    what their single words tell.

    :param lower: the beginnings of the texts, in lower case as is the `title`.
    :param size: how many characters of text each block has.
    :param is_heading: which of them are headings by their elements.
    """
    import numpy as np

    looked = np.fromiter(chain.from_iterable(map(_look, texts, lower)), float, LOOKS * len(texts))
    spoken, own, long, odds, introduces, commas, *rest = looked.reshape(-1, LOOKS).T
    own, long = own.astype(np.uint64), long.astype(np.uint64)
    count = np.where(size < BEGINNING, spoken, size / 6)
    is_heading = is_heading | ((count <= INTRODUCTION) & (introduces != 0))
    place = np.arange(len(texts))
    heading = np.maximum.accumulate(np.where(is_heading, place, -1))  # the last at or before each; -1 for none
    over_comments = (own & np.uint64(COMMENTS_CUE) != 0) & (count <= HEADING)
    seen = Counter(texts)
    rows = [
        np.log1p(count),
        *rest[:5],
        commas / (count + 1),
        *rest[5:],
        np.fromiter([seen[text] > 1 for text in texts], bool, len(texts)),
        is_heading,
        place - heading,
        np.fromiter([beginning == title != "" for beginning in lower], bool, len(texts)),
        over_comments.cumsum(),
    ]
    return stacked(rows), [own, np.where(heading < 0, 0, own[heading]), long], odds


def _look(text: str, beginning: str) -> tuple[float, ...]:
    """One text by itself, a label's looked up: menus and buttons are the same on page after page."""
    return _look_of_label(text) if len(text) <= LABEL else _looked(text, beginning)


@lru_cache(maxsize=4096)
def _look_of_label(text: str) -> tuple[float, ...]:
    return _looked(text, text.casefold())


def _looked(text: str, beginning: str) -> tuple[float, ...]:
    """How many words the beginning of a text has, its cues and those of a long one, what its words weigh, its signs."""
    words = beginning.split()
    is_short = len(words) <= SHORT
    of_first, of_all = cue_bits(words, SHORT if is_short else FIRST)
    last = text[-1:]
    return (
        len(words),
        of_first,
        0 if is_short else of_all,
        text_odds(words),
        last == ":",
        text.count(","),
        last in SENTENCE_END,
        last in ":：",
        text[:1].islower(),
        text.isupper(),
        DIGIT.search(beginning, 0, 100) is not None,
        0 if is_short else min(_sentences(text), MOST_SENTENCES),
        "|" in beginning,
        text[-3:] == "...",
    )


def _sentences(text: str) -> int:
    """How many sentences end before others; a sign that is not there at all is soon told."""
    asked = text.count("? ") if "?" in text else 0
    called = text.count("! ") if "!" in text else 0
    return text.count(". ") + asked + called


def cue_bits(words: list[str], first: int = SHORT) -> tuple[int, int]:
    """The kinds that the first words of a text tell, and those that all tell."""
    of_first = of_all = 0
    for word in CUE_WORDS.intersection(words):
        bits, phrases = CUES_BY_WORD[word]
        place = words.index(word)
        if place < first:
            of_first |= bits
        of_all |= bits
        following = phrases.get(words[place + 1], 0) if phrases and place + 1 < len(words) else 0
        if place + 1 < first:
            of_first |= following
        of_all |= following
    return of_first, of_all
