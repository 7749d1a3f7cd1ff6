"""`Share`: which servers one of several crawlers asks, so that none is asked by two and nobody has to be told."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """The `number`-th of `of` shares, counted from 1. Each politeness group is in one of them, the same everywhere."""

    number: int = 1
    of: int = 1

    def has(self, group: str) -> bool:
        """Whether servers of this politeness group may be asked.

        >>> [Share(number, 3).has("blog.example") for number in (1, 2, 3)].count(True)
        1
        """
        digest = hashlib.sha256(group.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8], "big") % self.of == self.number - 1
