"""How many comments a page says there are: `declared_count`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scraper.parse.node import Node

COUNT = re.compile(r"\d{1,3}(?:[.,\u00a0 ]\d{3})+(?!\d)|\d+")
QUOTED = re.compile(r"[“\"«„].*")  # 'On the title: 8 thoughts on “1984”'
ONES = "one|ein|eine|een|één|un|une|uno|una|um|uma|один|jeden"
ONE = re.compile(rf"^(?:{ONES})\s+\w+", re.I)
NOT_DIGITS = re.compile(r"\D")
LONGEST = 200  # characters of a heading that counts comments
MOST_DIGITS = 9  # what has more is no count, and no page number


def declared_count(nodes: Iterable[Node]) -> int | None:
    """The number that the first of these nodes states ('8 comments', 'One thought on ...'), or None."""
    for node in nodes:
        if node.text_length > LONGEST:
            continue
        text = node.text()
        found = COUNT.search(QUOTED.sub("", text))
        number = as_count(found[0]) if found else None
        if number is not None:
            return number
        if ONE.match(text):
            return 1
    return None


def as_count(text: str) -> int | None:
    """The number that a text's digits write; None where there are none, or more than a count has.

    >>> as_count("1,204"), as_count("9" * 40)
    (1204, None)
    """
    digits = NOT_DIGITS.sub("", text)
    return int(digits) if 0 < len(digits) <= MOST_DIGITS else None
