"""What a page must have for a CSS selector to match: `alternatives`. Asking for it first spares most searches."""

from __future__ import annotations

import re
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


@lru_cache(maxsize=2_000)
def alternatives(css: str) -> tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]:
    """The selectors of a list, each with what a page must have for it to match: classes, ids and attributes as a whole,
    and parts of classes and ids.

    >>> [(one, sorted(needed), parts) for one, needed, parts in alternatives("#a .b[rel], [id^=c-], p")]
    [('#a .b[rel]', ['a', 'b'], ()), ('[id^=c-]', [], ('c-',)), ('p', [], ())]
    """
    found = []
    for one in TOP_COMMA.split(css):
        positive = NEGATED.sub("", one)
        whole = frozenset((*NEEDED.findall(BRACKETS.sub("", positive)), *RARE.findall(positive)))
        found.append((one.strip(), whole, tuple(PARTLY.findall(positive))))
    return tuple(found)
