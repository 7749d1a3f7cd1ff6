"""`safe_html`: stored HTML, sanitised again before it leaves an archive, whoever wrote that archive."""

from __future__ import annotations

import re
from html import escape

from scraper.extract.layout.render import sanitise

MANY = 3_000  # tags; what has fewer is not looked at twice
DEEPEST = 1_000  # elements in one another: what we store has 512 at most, and the sanitiser's time is their square
_TAG = re.compile("<(/?)[a-zA-Z][^<>]*>?")


def safe_html(html: str) -> str:
    """The HTML as the allow-list has it; of what is nested as no page of ours is, only the text."""
    if html.count("<") > MANY and _is_deep(html):
        return escape(_TAG.sub(" ", html), quote=False)
    return sanitise(html)


def _is_deep(html: str) -> bool:
    depth = 0
    for found in _TAG.finditer(html):
        depth += -1 if found[1] else 1
        if depth > DEEPEST:
            return True
    return False
