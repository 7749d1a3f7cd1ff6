"""What the classes and ids of a page say of its comments: `find_traits`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from scraper.parse.html import Document

# Boxes that list comments of other posts, and what stands beside the post.
RECENT = re.compile(
    r"(?:recent|latest|newest|neueste|letzte|derniers|ultimos)[-_]?(?:comments?|kommentare|commentaires|comentarios)",
    re.I,
)
# Class names that speak of comments in the languages of blogs, and those that only name a part of one.
COMMENT_WORD = re.compile(
    r"comment|kommentar|comentario|comentário|commento|reactie|reaction|réaction|(?:^|[-_ ])cmt"
    r"|(?:^|[-_])reply(?:$|[-_])|respuesta",
    re.I,
)
NOT_COMMENT = re.compile(
    r"form|count|link|head|title|list|wrap(?:per)?s|area|section|respond|button|author|(?<!up)date|time|meta|body|text"
    r"|content|avatar|info|footer|icon|nav|regist|log-?in|sign-?in|polic|rules|guideline|closed|disabled|option|score"
    r"|vote",
    re.I,
)
# What stands before the number in the ids of comments: 'comment-7', 'c7', 'dsq-comment-7'.
NUMBERED = frozenset("c com comm comment comments cmt reply r msg message post kommentar comentario".split())
# Names of boxes about a post's author.
BOX_WORD = re.compile(
    r"(?:author|autor(?:in|e|en)?|auteur|writer|contributor)s?[-_]*"
    r"(?:box|bio|info|profile|about|card|desc|details|block|content|text|widget|wrap|container|section|area|panel)"
    r"|(?:author|autor|auteur|writer|contributor)[\w-]*[-_](?:bio|desc)"
    r"|(?:about|bio|biography|profile)[-_]*(?:the[-_]*)?(?:author|autor|auteur|writer|contributor)",
    re.I,
)
# The ends of such a name that often hold more than the author, or something else.
WRAPPERS = ("wrap", "wrapper", "container", "section", "area", "panel")
WIDE_BOXES = ("block", "content", "text", "widget", *WRAPPERS)
PERSONS = ("autor", "auteur", "author", "writer", "contributor")
MOST_WORDS = 100  # of one trait; more are no template's
# One of these is in every word with a trait but the numbered.
STEMS = (
    "omment", "kommentar", "omentari", "omentári", "cmt", "reply", "eact", "éact", "respuesta",
    "widget", "sidebar", *PERSONS,
)  # fmt: skip
SEPARATOR = re.compile(r"[-_]")
DIGITS = "0123456789"
WORD = re.compile(r"[A-Za-z][\w-]*")


Traits: TypeAlias = dict[str, list[str]]  # trait -> classes and ids, or what numbered ids begin with


def find_traits(document: Document) -> Traits:
    """The page's classes and ids by their trait, in alphabetical order; of numbered ones what stands before the number.

    A large thread has thousands of these, and they say the same whatever the number.
    """
    traits: Traits = {"recent": [], "aside": [], "comment": [], "numbered": [], "author_box": []}
    stems = sorted({word.rstrip(DIGITS) for word in document.words if word[-1:].isdecimal()})
    traits["numbered"] = [stem for stem in stems if "numbered" in traits_of(f"{stem}0")]
    for word in sorted(set(_words_with(STEMS, document.names))):
        alike = f"{word.rstrip(DIGITS)}0" if word[-1:].isdecimal() else word
        for trait in traits_of(alike):
            if trait != "numbered" and len(traits[trait]) < MOST_WORDS:
                traits[trait].append(word)
    return traits


@lru_cache(maxsize=4096)
def traits_of(word: str) -> tuple[str, ...]:
    """What a class or id says.

    'recent' (a box of recent comments), 'aside', 'comment', 'numbered' (an id of a comment), 'author_box', or nothing.
    """
    trait = word_trait(word)
    return (*((trait,) if trait else ()), *(("author_box",) if names_a_box(word) else ()))


def _words_with(stems: tuple[str, ...], text: str) -> Iterator[str]:
    """The words of a text that hold a stem; the text is searched as a whole, since few of its words do."""
    lower = text.lower()
    if len(lower) != len(text):  # a letter that is two in lower case
        yield from text.split()
        return
    for stem in stems:
        at = lower.find(stem)
        while at >= 0:
            end = text.find(" ", at)
            yield text[text.rfind(" ", 0, at) + 1 : end]
            at = lower.find(stem, end)


def names_a_box(word: str) -> bool:
    """Whether a class or id joins an author's word and a box's: 'article-author-box', 'bio_auteur'."""
    lower = word.lower()
    return any(person in lower for person in PERSONS) and bool(BOX_WORD.search(lower) and WORD.fullmatch(word))


def names_a_wide_box(word: str) -> bool:
    """Whether a word that names a box is one that often holds more than the author."""
    lower = word.lower()
    return lower.endswith(WRAPPERS) or all(found[0].endswith(WIDE_BOXES) for found in BOX_WORD.finditer(lower))


def word_trait(word: str) -> str | None:
    """What a class or id says of comments: 'recent', 'aside', 'comment', 'numbered', or None."""
    if word[-1:].isdecimal():
        if not WORD.fullmatch(word):
            return None
        last = SEPARATOR.split(word.rstrip(DIGITS).rstrip("-_").lower())[-1]
        return "numbered" if last in NUMBERED else None
    if not WORD.fullmatch(word):
        return None
    lower = word.lower()
    if RECENT.search(lower):
        return "recent"
    if ("widget" in lower or "sidebar" in lower) and not COMMENT_WORD.search(lower):
        return "aside"
    return "comment" if COMMENT_WORD.search(lower) and not NOT_COMMENT.search(lower) else None
