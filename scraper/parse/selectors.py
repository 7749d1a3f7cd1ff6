"""What a page must have for a CSS selector to match: `alternatives`. Asking for it first spares most searches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

TOP_COMMA = re.compile(r",(?![^(\[]*[)\]])")  # between the alternatives of a selector
NEGATED = re.compile(r":not\([^)]*\)")
BRACKETS = re.compile(r"\[[^\]]*\]")
NEEDED = re.compile(r"[.#]([\w-]+)")
PARTLY = re.compile(r"\[(?:class|id)[*^$~]?=[\"']?([\w-]+)[\"']?\]")
# Attributes that many selectors ask for and few pages have.
RARE_ATTRIBUTES = ("itemprop", "itemtype", "data-drupal-selector", "about", "typeof")
ANY_RARE = ",".join(f"[{name}]" for name in RARE_ATTRIBUTES)
RARE = re.compile(rf"\[(?:{'|'.join(RARE_ATTRIBUTES)})\b")


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The selectors of a list, each with what a page must have for it to match.

    That is classes, ids and attributes as a whole, and parts of classes and ids. `anywhere` is one of which nothing is
    asked as a whole; `names` are all that the others ask for.
    """

    each: tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]
    anywhere: bool
    names: frozenset[str]

    def possible(self, words: frozenset[str], joined: str) -> str:
        """Those that can match on a page with these classes, ids and attributes; `joined` is all of them in a row."""
        if not self.anywhere and self.names.isdisjoint(words):
            return ""
        return ",".join(
            [
                one
                for one, needed, parts in self.each
                if needed <= words and (not parts or all(part in joined for part in parts))
            ]
        )


@lru_cache(maxsize=2_000)
def alternatives(css: str) -> Alternatives:
    """What the selectors of a list need.

    >>> found = alternatives("#a .b[rel], [id^=c-], p")
    >>> [(one, sorted(needed), parts) for one, needed, parts in found.each]
    [('#a .b[rel]', ['a', 'b'], ()), ('[id^=c-]', [], ('c-',)), ('p', [], ())]
    >>> found.possible(frozenset({"c-7"}), " c-7 ")
    '[id^=c-],p'
    """
    found = []
    for one in TOP_COMMA.split(css):
        positive = NEGATED.sub("", one) if ":not(" in one else one
        if "[" in positive:
            whole = frozenset((*NEEDED.findall(BRACKETS.sub("", positive)), *RARE.findall(positive)))
            found.append((one.strip(), whole, tuple(PARTLY.findall(positive))))
        else:
            found.append((one.strip(), frozenset(NEEDED.findall(positive)), ()))
    names = frozenset().union(*(whole for _, whole, _ in found))
    return Alternatives(tuple(found), not all(whole for _, whole, _ in found), names)
