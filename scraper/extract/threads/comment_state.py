"""What became of a comment: how many voted for it, and whether it was taken away (`votes_of`, `state_of`)."""

from __future__ import annotations

import re

from scraper.extract.platforms.rules import Selectors
from scraper.extract.threads.comment_words import DELETED
from scraper.extract.threads.record import Record
from scraper.model import CommentState

VOTES = re.compile(r"([+−-]?\d{1,3}(?:[.,]\d{3}){1,2}|[+−-]?\d{1,9})(?:\s+[^\W\d]+)?")
SIGNS = str.maketrans("−", "-", "+.,")
LONGEST_PLACEHOLDER = 80  # characters


def votes_of(record: Record, selectors: Selectors) -> int | None:
    """The number that an element shows or states, where it says nothing else: '12', '-3', '4 points'."""
    if not selectors:
        return None
    shown = (node.get("content") or node.text() for node in record.each(selectors))
    found = next((found for text in shown if (found := VOTES.fullmatch(text.strip()))), None)
    return int(found[1].translate(SIGNS)) if found else None


def state_of(record: Record, text: str, marks: Selectors) -> CommentState:
    """'deleted' for the placeholder of a comment: by a class of the platform, or because its text says no more."""
    is_placeholder = len(text) <= LONGEST_PLACEHOLDER and DELETED.fullmatch(text.strip(" []().*–—-"))
    return "deleted" if is_placeholder or any(record.shows(css) for css in marks) else "visible"
