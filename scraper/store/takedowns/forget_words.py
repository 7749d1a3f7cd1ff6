"""The runs of words by which what is to be forgotten is found again: `own_phrases`. They are never stored."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from scraper.text.phrases import phrases_of, words_of

COMMON = 2  # other posts on which a phrase stands too: it is nobody's own, such as a licence under each post
TITLE = 4  # words of a title that is looked for
Words = tuple[str, ...]
Places = Mapping[Words, set[int | None]]  # phrases, with the posts on which they are somebody's own

_COMMENTS = "(SELECT id FROM temp.emptied UNION SELECT id FROM temp.own_comments)"
_POSTS, _PEOPLE = "(SELECT id FROM temp.own_posts)", "(SELECT id FROM temp.own_people)"
_OWN = (
    f"SELECT post_id, text FROM comments WHERE id IN {_COMMENTS}",
    f"SELECT post_id, subject FROM comments WHERE id IN {_COMMENTS}",
    "SELECT comments.post_id, revisions.text FROM revisions JOIN comments ON comments.id = comment_id"
    f" WHERE comment_id IN {_COMMENTS}",
    f"SELECT id, text FROM posts WHERE id IN {_POSTS}",
    f"SELECT post_id, text FROM post_parts WHERE post_id IN {_POSTS}",
    f"SELECT post_id, text FROM revisions WHERE post_id IN {_POSTS}",
    f"SELECT NULL, text FROM bios WHERE person_id IN {_PEOPLE}",
    f"SELECT NULL, text FROM revisions WHERE person_id IN {_PEOPLE}",
)
_TITLES = (
    f"SELECT id, title FROM posts WHERE id IN {_POSTS}",
    f"SELECT post_id, title FROM revisions WHERE post_id IN {_POSTS}",
)
_OTHERS = (
    f"SELECT id, text FROM posts WHERE id NOT IN {_POSTS}",
    f"SELECT post_id, text FROM comments WHERE id NOT IN {_COMMENTS}",
)


def own_phrases(connection: sqlite3.Connection, mentions: Iterable[Words]) -> frozenset[Words]:
    """The phrases of all texts that are marked, but for those that stand on several other posts; and `mentions`.

    Who quotes or answers does so on the same post, which says nothing of whose words they are.
    """
    found: dict[Words, set[int | None]] = defaultdict(set)
    for statements, shortest in ((_OWN, ()), (_TITLES, (TITLE,))):
        for post_id, text in _texts(connection, statements):
            for phrase in phrases_of(text, *shortest):
                found[phrase].add(post_id)
    common = _common(found, _texts(connection, _OTHERS)) if found else set()
    return frozenset(found.keys() - common) | frozenset(mentions)


def vocabulary_of(phrases: Iterable[Words]) -> frozenset[str]:
    """All their words."""
    return frozenset(word for phrase in phrases for word in phrase)


def _common(phrases: Places, others: Iterable[tuple[int | None, str]]) -> set[Words]:
    vocabulary = vocabulary_of(phrases)
    lengths = {len(phrase) for phrase in phrases}
    posts: dict[Words, set[int | None]] = defaultdict(set)
    for post_id, text in others:
        for phrase in _found(phrases, vocabulary, lengths, words_of(text)):
            if post_id not in phrases[phrase]:
                posts[phrase].add(post_id)
    return {phrase for phrase, found in posts.items() if len(found) >= COMMON}


def _found(phrases: Places, vocabulary: frozenset[str], lengths: set[int], words: Words) -> set[Words]:
    found = set()
    known = 0
    for index, word in enumerate(words):
        known = known + 1 if word in vocabulary else 0
        for length in lengths if known >= min(lengths) else ():
            if length <= known and (run := words[index - length + 1 : index + 1]) in phrases:
                found.add(run)
    return found


def _texts(connection: sqlite3.Connection, statements: Iterable[str]) -> Iterator[tuple[int | None, str]]:
    for sql in statements:
        for post_id, text in connection.execute(sql):
            if text:
                yield post_id, text
