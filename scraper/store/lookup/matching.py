"""The statements that find what is wanted in one table: `Query`."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from typing import Any, Literal

from scraper.store.lookup.fulltext import COLUMNS, Indexed
from scraper.store.lookup.wanted import Part, Wanted, pair_expression, word_expression
from scraper.store.rows import among
from scraper.text.prose import loose_key


class Query:
    """What is wanted, asked of one table: driven by its words' index, by that of its pairs, or by its dates."""

    def __init__(self, connection: sqlite3.Connection, table: Indexed, wanted: Wanted) -> None:
        self._table: Indexed = table
        fields: tuple[Literal["text", "author"], ...] = ("text", "author") if table == "comments" else ("text",)
        parts, unwanted = wanted.of(*fields), wanted.of(*fields, is_unwanted=True)
        self._words = word_expression(parts, unwanted)
        self._pairs = pair_expression(parts)
        self.terms = [part.value for part in parts if part.field == "text"]
        self._is_ranked = any(part.field == "text" for part in parts)
        self._index = f"{table}_fts" if self._words else f"{table}_bigrams_fts" if self._pairs else None
        self._id = f"{self._index}.rowid" if self._index else f"{table}.id"
        self._conditions: list[str] = []
        self.values: list[Any] = []
        if self._index:
            self._add(f"{self._index} MATCH ?", self._words or self._pairs)
        if self._words and self._pairs:
            self._add(self._matches("bigrams_fts"), self._pairs)
        for part in parts:
            if part.is_mixed:
                self._add(*self._like(part))
        self._leave_out(unwanted)
        self._narrow(connection, wanted)

    def best(self) -> str:
        """The statement for (id, rank, a date to sort by); after `values` it takes how many are weighed and wanted."""
        if self._index is None:
            chosen = self._chosen("published_earliest", f"{self._table}.published_earliest DESC")
            return f"SELECT id, 0.0, coalesce(published_earliest, '') FROM ({chosen}) LIMIT ?"
        if not self._is_ranked:
            chosen = self._chosen(f"{self._table}.published_earliest", f"{self._id} DESC")
            return f"SELECT id, 0.0, coalesce(published_earliest, '') FROM ({chosen}) ORDER BY 3 DESC, id DESC LIMIT ?"
        weights = "5.0, 1.0" if self._table == "posts" else "2.0, 3.0, 1.0"
        chosen = self._chosen(f"bm25({self._index}, {weights}) AS score", f"{self._id} DESC")
        return f"SELECT id, score, '' FROM ({chosen}) ORDER BY score, id DESC LIMIT ?"

    def counts(self) -> str:
        """The statement for (blog, year, kind, number); after `values` it takes how many are counted at most."""
        kind = "posts.kind" if self._table == "posts" else "'comment'"
        return f"""
SELECT blogs.host, substr(coalesce({self._table}.published, {self._table}.published_earliest), 1, 4), {kind}, count(*)
FROM ({self._chosen("1", f"{self._id} DESC")}) AS chosen {_JOINED[self._table]} GROUP BY 1, 2, 3"""

    def row(self) -> str:
        """The statement for one match, which takes its id: SHOWN, then its texts."""
        texts = ", ".join(f"{self._table}.{name}" for name in COLUMNS[self._table])
        return f"SELECT {SHOWN[self._table]}, {texts} FROM (SELECT ? AS id) AS chosen {_JOINED[self._table]}"

    def _chosen(self, column: str, order: str) -> str:
        source: str = self._index or self._table
        if self._index and any(f"{self._table}." in each for each in (column, *self._conditions)):
            source += f" CROSS JOIN {self._table} ON {self._table}.id = {self._id}"
        where = " AND ".join(self._conditions) or "1"
        return f"SELECT {self._id} AS id, {column} FROM {source} WHERE {where} ORDER BY {order} LIMIT ?"

    def _add(self, condition: str, *values: Any) -> None:
        self._conditions.append(condition)
        self.values += values

    def _matches(self, index: str) -> str:
        name = f"{self._table}_{index}"
        return f"{self._id} IN (SELECT rowid FROM {name} WHERE {name} MATCH ?)"

    def _like(self, part: Part) -> tuple[str, str]:
        names = ["author"] if part.field == "author" else COLUMNS[self._table]
        whole = " || char(10) || ".join(f"coalesce({self._table}.{name}, '')" for name in names)
        return f"{whole} LIKE ? ESCAPE '!'", "%" + re.sub("([%_!])", r"!\1", part.value) + "%"

    def _leave_out(self, unwanted: Sequence[Part]) -> None:
        """What the words' own expression does not keep out already."""
        spaced = [part for part in unwanted if not part.runs]
        if spaced and not self._words:
            for part in spaced:
                self._add(f"NOT {self._matches('fts')}", word_expression([part], ()))
        for part in unwanted:
            if not part.runs:
                continue
            pairs = pair_expression([part])
            if part.is_mixed:
                like, pattern = self._like(part)
                self._add(f"NOT ({self._matches('bigrams_fts')} AND {like})", pairs, pattern)
            else:
                self._add(f"NOT {self._matches('bigrams_fts')}", pairs)

    def _narrow(self, connection: sqlite3.Connection, wanted: Wanted) -> None:
        """By signers of posts, tags, blogs and dates."""
        post = "posts.id" if self._table == "posts" else "comments.post_id"
        for part in wanted.parts:
            keep = "NOT " if part.is_unwanted else ""
            if part.field == "author" and self._table == "posts":
                ids = _people(connection, part.value)
                self._add(f"{keep}{post} IN (SELECT post_id FROM post_people WHERE {among('person_id')})", ids)
            elif part.field == "tag":
                ids = _tags(connection, part.value)
                self._add(f"{keep}{post} IN (SELECT post_id FROM post_tags WHERE {among('tag_id')})", ids)
            elif part.field == "blog":
                ids = _blogs(connection, part.value)
                self._add(f"{keep}{post} IN (SELECT id FROM posts WHERE {among('blog_id')})", ids)
        shown = f"coalesce({self._table}.published, {self._table}.published_earliest)"
        if wanted.after:
            self._add(f"{shown} >= ?", wanted.after)
        if wanted.before:
            self._add(f"{shown} < ?", wanted.before)


def _people(connection: sqlite3.Connection, name: str) -> str:
    """The ids of the people whose names have these words side by side, as JSON; without spaces anywhere in them."""
    edge = "" if Part("author", name).runs else " "
    wanted = f"{edge}{loose_key(name)}{edge}"
    rows = connection.execute("SELECT id, name FROM people WHERE name IS NOT NULL")
    return json.dumps([row_id for row_id, each in rows if wanted in f" {loose_key(each)} "])


def _tags(connection: sqlite3.Connection, name: str) -> str:
    """The ids of the tags of this name, in whatever case and with or without accents, as JSON."""
    wanted = loose_key(name)
    rows = connection.execute("SELECT id, name FROM tags")
    return json.dumps([row_id for row_id, each in rows if loose_key(each) == wanted])


def _blogs(connection: sqlite3.Connection, host: str) -> str:
    """The ids of the blogs on this host, else of those whose hosts or names have this in them, as JSON."""
    rows = connection.execute("SELECT id, host, coalesce(name, '') FROM blogs").fetchall()
    wanted = host.casefold().removeprefix("www.")
    ids = [row_id for row_id, each, _ in rows if each == wanted]
    return json.dumps(ids or [row_id for row_id, each, name in rows if wanted in each or wanted in name.casefold()])


_JOINED: dict[Indexed, str] = {
    "posts": "JOIN posts ON posts.id = chosen.id LEFT JOIN blogs ON blogs.id = posts.blog_id",
    "comments": """JOIN comments ON comments.id = chosen.id JOIN posts ON posts.id = comments.post_id
LEFT JOIN blogs ON blogs.id = posts.blog_id""",
}
SHOWN: dict[Indexed, str] = {
    "posts": """posts.kind, posts.id, NULL, posts.url, posts.title,
  (SELECT name FROM post_people WHERE post_id = posts.id ORDER BY position LIMIT 1), posts.published, blogs.host""",
    "comments": """'comment', posts.id, comments.id, coalesce(comments.permalink, posts.url), posts.title,
  comments.author, comments.published, blogs.host""",
}
