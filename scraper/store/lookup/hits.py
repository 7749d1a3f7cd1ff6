"""Posts and comments found by what is wanted of them: `find_hits`, and `count_hits` by blog, year and kind.

The best of the matches that were stored last are the best there are, unless there are more than MOST_RANKED in a table:
to weigh a million texts that all have the word takes a second, and nobody who looks for such a word wants the best.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from scraper.store.lookup.fulltext import COLUMNS
from scraper.store.lookup.matching import Query
from scraper.store.lookup.wanted import Wanted
from scraper.store.rows import Row
from scraper.text.snippets import snippet

MOST_RANKED = 10_000  # matches of a table that are weighed, and counted by blog, year and kind


@dataclass(frozen=True, slots=True)
class Hit:
    """A post or comment with all that was wanted; `rank` is bm25, the smaller the better, 0 where no word was."""

    kind: Literal["post", "about", "other", "comment"]  # of a comment's post it says nothing
    post_id: int
    comment_id: int | None
    url: str
    title: str | None  # of a comment the post's
    author: str | None
    published: str | None
    blog: str | None  # its host
    snippet: str
    rank: float


@dataclass(frozen=True, slots=True)
class HitCounts:
    """How many were found, by blog (host), year and kind; those without a blog or a date are not under these.

    Where `is_whole` is false there are more: only the MOST_RANKED stored last, of posts and of comments, were counted.
    """

    total: int
    is_whole: bool
    blogs: dict[str, int]  # the most frequent first
    years: dict[str, int]  # in their order
    kinds: dict[str, int]


def find_hits(
    connection: sqlite3.Connection, wanted: Wanted, limit: int, offset: int = 0, marks: tuple[str, str] = ("[", "]")
) -> list[Hit]:
    """The best matches, best first; the newest first where no word is wanted. `marks` enclose what was found."""
    found: list[tuple[float, str, int, Query]] = []
    for query in _queries(connection, wanted):
        most = offset + limit
        rows = connection.execute(query.best(), (*query.values, max(MOST_RANKED, most), most))
        found += [(score, earliest, row_id, query) for row_id, score, earliest in rows]
    found.sort(key=lambda each: each[1], reverse=True)
    found.sort(key=lambda each: each[0])
    chosen = found[offset : offset + limit]
    hits = (_hit(connection, query, row_id, score, marks) for score, _, row_id, query in chosen)
    return [hit for hit in hits if hit]


def count_hits(connection: sqlite3.Connection, wanted: Wanted) -> HitCounts:
    """How many there are, by what a reader may narrow the search to."""
    blogs, years, kinds = Counter[str](), Counter[str](), Counter[str]()
    is_whole = True
    for query in _queries(connection, wanted):
        rows = connection.execute(query.counts(), (*query.values, MOST_RANKED + 1)).fetchall()
        is_whole = is_whole and sum(row[3] for row in rows) <= MOST_RANKED
        for blog, year, kind, number in rows:
            for counter, name in ((blogs, blog), (years, year), (kinds, kind)):
                if name is not None:
                    counter[name] += number
    by_number = dict(sorted(blogs.items(), key=lambda item: (-item[1], item[0])))
    return HitCounts(kinds.total(), is_whole, by_number, dict(sorted(years.items())), dict(kinds.most_common()))


def _queries(connection: sqlite3.Connection, wanted: Wanted) -> list[Query]:
    if wanted.is_empty:
        return []
    return [Query(connection, table, wanted) for table in COLUMNS if wanted.within in (None, table)]


def _hit(connection: sqlite3.Connection, query: Query, row_id: int, rank: float, marks: tuple[str, str]) -> Hit | None:
    """One match with its snippet; None where only an index knows of it."""
    row = connection.execute(query.row(), (row_id,)).fetchone()
    if row is None:
        return None
    values: Row = (*row[:8], snippet(row[8:], query.terms, marks), rank)
    return Hit(*values)
