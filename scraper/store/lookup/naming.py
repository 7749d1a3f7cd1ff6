"""`find_post_id`: the post that a person names, by a number or by an address."""

from __future__ import annotations

import re
import sqlite3

from scraper.text.urls import other_slash, url_key

_NUMBER = re.compile(r"(?:(post|comment):)?([0-9]{1,18})[0-9]*", re.ASCII)
_BY_NUMBER = {
    "post": "SELECT id FROM posts WHERE id = ?",
    "comment": "SELECT post_id FROM comments WHERE id = ?",
}
_BY_KEY = """
SELECT id, 1 AS best FROM posts WHERE url_key = :key
UNION ALL SELECT post_id, 2 FROM pages WHERE url_key = :key AND post_id IS NOT NULL ORDER BY best"""
_BY_COMMENT = """
SELECT post_id FROM comments WHERE permalink = :url OR (permalink > :url || '#' AND permalink < :url || '$') LIMIT 1"""


def find_post_id(connection: sqlite3.Connection, name: int | str) -> int | None:
    """The id of the post that is meant; None where there is none.

    A post's id, also as 'post:7', or 'comment:7' for the post of a comment; the post's URL in any spelling, that of any
    page that belongs to it, with a slash at its end or without; or the permalink of a comment.
    """
    number = _NUMBER.fullmatch(str(name))
    if number:
        return _first(connection, _BY_NUMBER[number[1] or "post"], (int(number[2]),))
    url, key = str(name), url_key(str(name))
    return (
        _first(connection, _BY_KEY, {"key": key})
        or _first(connection, _BY_KEY, {"key": other_slash(key)})
        or _first(connection, _BY_COMMENT, {"url": url})
    )


def _first(connection: sqlite3.Connection, sql: str, values: tuple[int] | dict[str, str]) -> int | None:
    row = connection.execute(sql, values).fetchone()
    return int(row[0]) if row else None
