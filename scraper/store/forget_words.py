"""The runs of words by which what is to be forgotten is found again: `own_phrases`. They are never stored."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator

from scraper.text.phrases import phrases_of, words_of

COMMON = 3  # other texts that have a phrase too: it is nobody's own, such as a licence under each post
TITLE = 4  # words of a title that is looked for
Words = tuple[str, ...]

_OWN = (
    "SELECT text FROM comments WHERE id IN (SELECT id FROM temp.emptied UNION SELECT id FROM temp.own_comments)",
    "SELECT subject FROM comments WHERE id IN (SELECT id FROM temp.emptied UNION SELECT id FROM temp.own_comments)",
    "SELECT text FROM revisions WHERE comment_id IN"
    " (SELECT id FROM temp.emptied UNION SELECT id FROM temp.own_comments)",
    "SELECT text FROM posts WHERE id IN (SELECT id FROM temp.own_posts)",
    "SELECT text FROM post_parts WHERE post_id IN (SELECT id FROM temp.own_posts)",
    "SELECT text FROM revisions WHERE post_id IN (SELECT id FROM temp.own_posts)",
    "SELECT text FROM bios WHERE person_id IN (SELECT id FROM temp.own_people)",
    "SELECT text FROM revisions WHERE person_id IN (SELECT id FROM temp.own_people)",
)
_TITLES = (
    "SELECT title FROM posts WHERE id IN (SELECT id FROM temp.own_posts)",
    "SELECT title FROM revisions WHERE post_id IN (SELECT id FROM temp.own_posts)",
)
_OTHERS = (
    "SELECT text FROM posts WHERE id NOT IN (SELECT id FROM temp.own_posts)",
    "SELECT text FROM comments WHERE id NOT IN (SELECT id FROM temp.emptied UNION SELECT id FROM temp.own_comments)",
)


def own_phrases(connection: sqlite3.Connection, mentions: Iterable[Words]) -> frozenset[Words]:
    """The phrases of all texts that are marked, but for those that several other texts have; and `mentions`."""
    found = {phrase for text in _texts(connection, _OWN) for phrase in phrases_of(text)}
    found |= {phrase for text in _texts(connection, _TITLES) for phrase in phrases_of(text, TITLE)}
    if found:
        found -= _common(found, _texts(connection, _OTHERS))
    return frozenset(found) | frozenset(mentions)


def vocabulary_of(phrases: Iterable[Words]) -> frozenset[str]:
    """All their words."""
    return frozenset(word for phrase in phrases for word in phrase)


def _common(phrases: set[Words], others: Iterable[str]) -> set[Words]:
    vocabulary = vocabulary_of(phrases)
    lengths = {len(phrase) for phrase in phrases}
    counts: Counter[Words] = Counter()
    for text in others:
        counts.update(_found(phrases, vocabulary, lengths, words_of(text)))
    return {phrase for phrase, number in counts.items() if number >= COMMON}


def _found(phrases: set[Words], vocabulary: frozenset[str], lengths: set[int], words: Words) -> set[Words]:
    found = set()
    known = 0
    for index, word in enumerate(words):
        known = known + 1 if word in vocabulary else 0
        for length in lengths if known >= min(lengths) else ():
            if length <= known and (run := words[index - length + 1 : index + 1]) in phrases:
                found.add(run)
    return found


def _texts(connection: sqlite3.Connection, statements: Iterable[str]) -> Iterator[str]:
    for sql in statements:
        for (text,) in connection.execute(sql):
            if text:
                yield text
