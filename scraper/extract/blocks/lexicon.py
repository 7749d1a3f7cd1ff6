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
from itertools import repeat
from typing import TYPE_CHECKING, Any

from scraper.extract.blocks.chrome import numberless
from scraper.text.remembered import remembered

if TYPE_CHECKING:
    import numpy as np

WORDS = "data/words.npz"
NOT_LETTERS = re.compile(r"[^a-z]+")  # between the words of a name
LONGEST_NAME = 40  # characters of a class or an id
MOST_NAMES = 40  # of one element
UNKNOWN = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Log odds that a block is the post's: for words of its text, and for names.

    Those of a name are three: on the block's own element, on the two around that, and on any around those.
    """

    text: dict[str, float]
    names: dict[str, tuple[float, float, float]]


@remembered
def text_odds(lower: str) -> float:
    """The sum over a text's words; the text is in lower case."""
    return sum(map(lexicon().text.get, text_words(lower), repeat(0.0)))


@lru_cache(maxsize=4096)
def element_odds(tag: str, names: str) -> tuple[float, float, float]:
    """The sums over an element's names: for a block of its own, for one near in it, for one deep in it."""
    known = lexicon().names
    if (alike := numberless(names, "#")) != names and f".{names.rsplit(maxsplit=1)[-1]}" not in known:
        return element_odds(tag, alike)
    own = near = far = 0.0
    for word in name_words(tag, names):
        each = known.get(word, UNKNOWN)
        own, near, far = own + each[0], near + each[1], far + each[2]
    return own, near, far


def text_words(lower: str) -> list[str]:
    """What has a weight in a text: each of its words once, its first and its last as such, its first two and three.

    >>> sorted(text_words("read more: more"))
    ['$more', '^read', 'more', 'more:', 'read', 'read more:', 'read more: more']
    """
    words = lower.split()
    if not words:
        return []
    return [*set(words), f"^{words[0]}", f"${words[-1]}", " ".join(words[:2]), " ".join(words[:3])]


def name_words(tag: str, names: str) -> list[str]:
    """What has a weight in an element: its tag, each class and id, and each run of letters in those.

    >>> name_words("div", " post-7 hentry ")
    ['<div', '.post-7', '~post', '.hentry', '~hentry']
    """
    words = [f"<{tag}"]
    for name in names.split()[:MOST_NAMES]:
        name = name[:LONGEST_NAME]
        words.append(f".{name}")
        words += [f"~{part}" for part in NOT_LETTERS.split(name) if part]
    return list(dict.fromkeys(words))


def odds_around(parent: np.ndarray, near: np.ndarray, far: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each element the sum of `near` over the two around it, and that of `far` over all around those.

    :param parent: the place of each element's parent; the first, which says nothing of any block, is its own.
    """
    import numpy as np

    near, far, step = near.copy(), far.copy(), parent
    near[0] = far[0] = 0
    around = near[parent] + near[parent[parent]]
    while step.any():  # doubling the step up
        far, step = far + far[step], step[step]
    return np.asarray(around), np.asarray(far[parent[parent[parent]]])


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The one that is shipped."""
    import numpy as np

    with resources.files("scraper.extract").joinpath(WORDS).open("rb") as file:
        stored: Any = np.load(file, allow_pickle=False)
        text, names = (bytes(stored[f"{kind}_words"]).decode().split("\n") for kind in ("text", "name"))
        return Lexicon(
            dict(zip(text, stored["text_odds"].tolist(), strict=True)),
            dict(zip(names, map(tuple, stored["name_odds"].tolist()), strict=True)),
        )
