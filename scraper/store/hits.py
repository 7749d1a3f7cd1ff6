"""Posts and comments found by their words: `find_matches` in the full-text indexes, `find_texts` by a scan."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

WINDOW = 24  # words in a snippet


@dataclass(frozen=True, slots=True)
class Hit:
    """A post or comment with all the words; `rank` is bm25, the smaller the better, 0 where a scan found it."""

    kind: Literal["post", "about", "other", "comment"]  # of a comment's post it says nothing
    post_id: int
    comment_id: int | None
    url: str
    title: str | None
    author: str | None
    published: str | None
    snippet: str
    rank: float


def find_matches(connection: sqlite3.Connection, expression: str, limit: int) -> list[Hit]:
    """The best matches of a valid FTS5 expression, best first; in snippets, [ and ] mark what was found."""
    hits = [Hit(*row) for sql in (_POSTS, _COMMENTS) for row in connection.execute(sql, (expression, limit))]
    return sorted(hits, key=lambda hit: hit.rank)[:limit]


def find_texts(connection: sqlite3.Connection, terms: Sequence[str], limit: int) -> list[Hit]:
    """The posts and comments that have all the terms anywhere in them, newest first; the snippet is all their text."""
    patterns = ["%" + re.sub("([%_!])", r"!\1", term) + "%" for term in terms]
    like = " AND ".join(["whole LIKE ? ESCAPE '!'"] * len(terms))
    rows = connection.execute(f"{_ALL_TEXTS} WHERE {like} ORDER BY earliest DESC LIMIT ?", (*patterns, limit))
    return [Hit(*row) for row in rows]


_FIRST_AUTHOR = "(SELECT name FROM post_people WHERE post_id = posts.id ORDER BY position LIMIT 1)"
_POSTS = f"""
SELECT posts.kind, posts.id, NULL, posts.url, posts.title, {_FIRST_AUTHOR}, posts.published,
  snippet(posts_fts, -1, '[', ']', '…', {WINDOW}), bm25(posts_fts, 5.0, 1.0) AS found
FROM posts_fts JOIN posts ON posts.id = posts_fts.rowid
WHERE posts_fts MATCH ? ORDER BY found LIMIT ?"""
_COMMENTS = f"""
SELECT 'comment', posts.id, comments.id, coalesce(comments.permalink, posts.url), posts.title, comments.author,
  comments.published, snippet(comments_fts, -1, '[', ']', '…', {WINDOW}), bm25(comments_fts, 2.0, 3.0, 1.0) AS found
FROM comments_fts JOIN comments ON comments.id = comments_fts.rowid JOIN posts ON posts.id = comments.post_id
WHERE comments_fts MATCH ? ORDER BY found LIMIT ?"""
_ALL_TEXTS = f"""
SELECT kind, post_id, comment_id, url, title, author, published, whole, 0.0 FROM (
  SELECT posts.kind, posts.id AS post_id, NULL AS comment_id, posts.url, posts.title,
    {_FIRST_AUTHOR} AS author, posts.published,
    coalesce(posts.title, '') || char(10) || posts.text AS whole, posts.published_earliest AS earliest FROM posts
  UNION ALL
  SELECT 'comment', posts.id, comments.id, coalesce(comments.permalink, posts.url), posts.title, comments.author,
    comments.published, coalesce(comments.author, '') || char(10) || coalesce(comments.subject, '') || char(10)
    || comments.text, comments.published_earliest
  FROM comments JOIN posts ON posts.id = comments.post_id
)"""
