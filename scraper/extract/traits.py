"""What the classes and ids of a page say of its comments: `find_traits`."""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.parse.html import Document

# Boxes that list comments of other posts, and what stands beside the post.
RECENT = re.compile(
    r"(?:recent|latest|newest|neueste|letzte|derniers|ultimos)[-_]?(?:comments?|kommentare|commentaires|comentarios)",
    re.I,
)
# Class names that speak of comments in the languages of blogs, and those that only name a part of one.
COMMENT_WORD = re.compile(
    r"comment|kommentar|comentario|comentário|commento|reactie|reaction|réaction|(?:^|[-_])cmt"
    r"|(?:^|[-_])reply(?:$|[-_])|respuesta",
    re.I,
)
NOT_COMMENT = re.compile(
    r"form|count|link|head|title|list|wrap(?:per)?s|area|section|respond|button|author|date|time|meta|body|text"
    r"|content|avatar|info|footer|icon|nav",
    re.I,
)
# What stands before the number in the ids of comments: 'comment-7', 'c7', 'dsq-comment-7'.
NUMBERED = frozenset("c com comm comment comments cmt reply r msg message post kommentar comentario".split())
SEPARATOR = re.compile(r"[-_]")
WORD = re.compile(r"[A-Za-z][\w-]*")


def find_traits(document: Document) -> dict[str, list[str]]:
    """The page's classes and ids by their trait, in alphabetical order."""
    traits: dict[str, list[str]] = {"recent": [], "aside": [], "comment": [], "numbered": []}
    for word in document.words:
        trait = word_trait(word)
        if trait:
            traits[trait].append(word)
    for words in traits.values():
        words.sort()
    return traits


def _has_stem(word: str) -> bool:
    """Whether a word may have a trait at all: nearly all have none, and plain searches tell it at once."""
    return (
        "omment" in word
        or "widget" in word
        or "sidebar" in word
        or "omentari" in word  # comentario
        or "omentári" in word
        or "cmt" in word
        or "reply" in word
        or "eact" in word  # reaction, reactie
        or "éact" in word
        or "respuesta" in word
    )


@lru_cache(maxsize=50_000)
def word_trait(word: str) -> str | None:
    """What a class or id says: 'recent' (a box of recent comments), 'aside', 'comment', 'numbered' (an id), or None."""
    if word[-1:].isdecimal():
        last = SEPARATOR.split(word.rstrip("0123456789").rstrip("-_").lower())[-1]
        return "numbered" if last in NUMBERED else None
    lower = word.lower()
    if not _has_stem(lower) or not WORD.fullmatch(word):
        return None
    if RECENT.search(lower):
        return "recent"
    if "widget" in lower or "sidebar" in lower:
        return "aside"
    return "comment" if COMMENT_WORD.search(lower) and not NOT_COMMENT.search(lower) else None
