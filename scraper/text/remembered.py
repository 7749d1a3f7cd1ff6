"""`remembered`: a function of texts that keeps its answers, but for long ones, with which a page could fill memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Answer = TypeVar("Answer")
MOST = 4096  # texts
LONGEST = 1_000  # characters of one that is kept


def remembered(function: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """The same function, which is asked once for each of the last short texts.

    >>> asked = []
    >>> length = remembered(lambda text: asked.append(text) or len(text))
    >>> [length("a"), length("a"), length("a" * 1001), length("a" * 1001)], len(asked)
    ([1, 1, 1001, 1001], 3)
    """
    kept = lru_cache(maxsize=MOST)(function)

    @wraps(function)
    def answer(text: str) -> Answer:
        return kept(text) if len(text) <= LONGEST else function(text)

    return answer
