"""What a person typed becomes a safe FTS5 expression, and the posts and comments that it finds."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scraper.text.prose import fold

_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_UNBINDABLE = re.compile("[\0\ud800-\udfff]")  # SQLite ends a text at NUL; half a surrogate pair has no UTF-8 form
# Scripts written without spaces: Thai, Lao, Burmese, Khmer, kana, Han. FTS5's unicode61 takes a whole run of them for
# one word, so that only a scan finds what stands inside.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)

WINDOW = 24  # words in a snippet
ASIDE = 40  # characters on either side of a term that a scan found


@dataclass(frozen=True, slots=True)
class Hit:
    """A post or comment with all the words; `rank` is bm25, the smaller the better, 0 where a scan found it."""

    kind: Literal["post", "comment"]
    post_id: int
    comment_id: int | None
    url: str
    title: str | None
    author: str | None
    published: str | None
    snippet: str
    rank: float


def search_expression(words: str) -> str | None:
    """The FTS5 expression that finds all these words; None where there is nothing to look for.

    "Quoted phrases" stay phrases; every other word is quoted, so that no word is an operator or a column. FTS5's own
    tokenizer then splits `c++` or `e.org` as it did when it indexed them.

    >>> search_expression('a AND "two words" c++')
    '"a" "AND" "two words" "c++"'
    >>> search_expression(' " ') is None
    True
    """
    return " ".join(f'"{term}"' for term in _find_terms(words)) or None


def _find_terms(words: str) -> list[str]:
    terms = (phrase.strip() or word for phrase, word in _TERM.findall(_UNBINDABLE.sub(" ", words)))
    return [term for term in terms if term]


def search(connection: sqlite3.Connection, words: str, limit: int = 20) -> list[Hit]:
    """The best posts and comments with all the words, best first; snippets mark what was found with [ and ].

    Words in scripts without spaces are found anywhere in a text, by a scan of all texts, newest first.
    """
    expression = search_expression(words)
    if expression is None:
        return []
    if _UNSPACED.search(words):
        return _scan(connection, _find_terms(words), limit)
    hits = [Hit(*row) for sql in (_POSTS, _COMMENTS) for row in connection.execute(sql, [expression, limit])]
    return sorted(hits, key=lambda hit: hit.rank)[:limit]


_FIRST_AUTHOR = "(SELECT name FROM post_people WHERE post_id = posts.id ORDER BY position LIMIT 1)"
_POSTS = f"""
SELECT 'post', posts.id, NULL, posts.url, posts.title, {_FIRST_AUTHOR}, posts.published,
  snippet(posts_fts, -1, '[', ']', '…', {WINDOW}), bm25(posts_fts, 5.0, 1.0) AS found
FROM posts_fts JOIN posts ON posts.id = posts_fts.rowid
WHERE posts_fts MATCH ? ORDER BY found LIMIT ?"""
_COMMENTS = f"""
SELECT 'comment', posts.id, comments.id, coalesce(comments.permalink, posts.url), posts.title, comments.author,
  comments.published, snippet(comments_fts, -1, '[', ']', '…', {WINDOW}), bm25(comments_fts, 2.0, 3.0, 1.0) AS found
FROM comments_fts JOIN comments ON comments.id = comments_fts.rowid JOIN posts ON posts.id = comments.post_id
WHERE comments_fts MATCH ? ORDER BY found LIMIT ?"""


def _scan(connection: sqlite3.Connection, terms: Sequence[str], limit: int) -> list[Hit]:
    patterns = ["%" + re.sub("([%_!])", r"!\1", term) + "%" for term in terms]
    like = " AND ".join(["whole LIKE ? ESCAPE '!'"] * len(terms))
    rows = connection.execute(f"{_ALL_TEXTS} WHERE {like} ORDER BY earliest DESC LIMIT ?", [*patterns, limit])
    return [Hit(*(*row[:7], _snippet(row[7], terms[0]), 0.0)) for row in rows]


_ALL_TEXTS = f"""
SELECT * FROM (
  SELECT 'post', posts.id, NULL, posts.url, posts.title, {_FIRST_AUTHOR}, posts.published,
    coalesce(posts.title, '') || char(10) || posts.text AS whole, posts.published_earliest AS earliest FROM posts
  UNION ALL
  SELECT 'comment', posts.id, comments.id, coalesce(comments.permalink, posts.url), posts.title, comments.author,
    comments.published, coalesce(comments.author, '') || char(10) || coalesce(comments.subject, '') || char(10)
    || comments.text, comments.published_earliest
  FROM comments JOIN posts ON posts.id = comments.post_id
)"""


def _snippet(text: str, term: str) -> str:
    """The text around the first place of the term, which is marked."""
    start = text.lower().find(term.lower())
    if start < 0:
        return fold(text[: 2 * ASIDE])
    end = start + len(term)
    before, after = text[max(0, start - ASIDE) : start], text[end : end + ASIDE]
    cut = ("…" if start > ASIDE else "", "…" if len(text) > end + ASIDE else "")
    return f"{cut[0]}{fold(f'{before}[{text[start:end]}]{after}')}{cut[1]}"
