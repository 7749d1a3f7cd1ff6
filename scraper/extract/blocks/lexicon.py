"""What single words tell of a block: the `Lexicon` of odds learned for words in texts and for names of elements.

The lists of block_words.py tell kinds; here each word of a text, and each tag, class and id around it, has a weight of
its own, in as many languages as the pages had that it was learned from. The block model gets their sums as columns
beside all others. benchmarks/train_blocks.py fits both; only words that several sites use have a place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, TypeAlias

WORDS = "data/words.npz"
NOT_LETTERS = re.compile(r"[^a-z]+")  # between the words of a name
Three: TypeAlias = tuple[float, float, float]
NOTHING: Three = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Log odds that a block is the post's: for words of its text; for tags, for names, for runs of letters in those.

    Of the latter each has three: on the block's own element, on the two around that, and on any around those.
    """

    text: dict[str, float]
    words: frozenset[str]  # those of `text` that are words as such
    beginnings: frozenset[str]  # the first words of what has a weight at the beginning of a text
    tags: dict[str, Three]
    names: dict[str, Three]
    parts: dict[str, Three]


def text_odds(words: list[str]) -> float:
    """The sum over a text's `text_words`, given its words in lower case."""
    known = lexicon()
    weights, odds = known.text, 0.0
    for word in known.words.intersection(words):
        odds += weights[word]
    if words and words[0] in known.beginnings:
        for words_at_first in (f"^{words[0]}", " ".join(words[:2]), " ".join(words[:3])):
            odds += weights.get(words_at_first, 0.0)
    return odds + weights.get(f"${words[-1]}", 0.0) if words else odds


def text_words(words: list[str]) -> list[str]:
    """What has a weight in a text: each of its words once, its first and its last as such, its first two and three.

    >>> sorted(text_words(["read", "more:", "more"]))
    ['$more', '^read', 'more', 'more:', 'read', 'read more:', 'read more: more']
    """
    if not words:
        return []
    return [*set(words), f"^{words[0]}", f"${words[-1]}", " ".join(words[:2]), " ".join(words[:3])]


def name_words(tag: str, names: str) -> list[str]:
    """What has a weight in an element: its tag, each class and id, and each run of letters in those.

    >>> name_words("div", " post-7 hentry ")
    ['<div', '.post-7', '~post', '.hentry', '~hentry']
    """
    words = [f"<{tag}"]
    for name in names.split():
        words += [f".{name}", *(f"~{part}" for part in NOT_LETTERS.split(name) if part)]
    return list(dict.fromkeys(words))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The one that is shipped."""
    import numpy as np

    with resources.files("scraper.extract").joinpath(WORDS).open("rb") as file:
        stored: Any = np.load(file, allow_pickle=False)
        text, names = (bytes(stored[f"{kind}_words"]).decode().split("\n") for kind in ("text", "name"))
        odds = list(map(tuple, stored["name_odds"].tolist()))
        of_kind = {
            sign: {word[1:]: each for word, each in zip(names, odds, strict=True) if word[0] == sign} for sign in "<.~"
        }
        weights = dict(zip(text, stored["text_odds"].tolist(), strict=True))
        beginnings = frozenset(word.split()[0].lstrip("^") for word in text if word[0] == "^" or " " in word)
        return Lexicon(weights, frozenset(text), beginnings, of_kind["<"], of_kind["."], of_kind["~"])
