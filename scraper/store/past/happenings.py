"""What happened to what an archive holds: `read_changes`, by blog and post or person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from scraper.store.connection import reading
from scraper.store.planning.times import utc_text
from scraper.store.rows import Row


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the view `changes`: what happened to the subject, when it was seen, and the words before and after."""

    at: str | None
    what: str
    comment_id: int | None
    author: str | None  # of the comment
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Changed:
    """A post or a person with all that happened to it, in order. Of a person `title` is the name."""

    blog: str | None
    post_id: int | None
    person_id: int | None
    title: str | None
    url: str | None
    changes: tuple[Change, ...]
    comments: int = 0  # of a new post, those that came with it: they are not among the changes


def read_changes(path: Path, since: datetime | None = None) -> Iterator[Changed]:
    """What happened since this time, or ever, blog by blog: posts in the order of their first change, then people.

    Comments that the first visit of a post found are part of that post, and no changes of their own.
    """
    with reading(path) as connection:
        rows = connection.execute(_CHANGES, {"since": utc_text(since) if since else ""})
        for _, group in groupby(rows, key=lambda row: row[:3]):
            yield _changed(list(group))


def _changed(rows: list[Row]) -> Changed:
    blog, post_id, person_id, title, url = rows[0][:5]
    changes = tuple(Change(*row[5:11]) for row in rows if not row[11])
    return Changed(blog, post_id, person_id, title, url, changes, sum(row[11] for row in rows))


# A comment came with its post if the post was first seen in the 12 hours before, as in absences.ONE_VISIT.
_CHANGES = """
WITH told AS MATERIALIZED (SELECT * FROM changes WHERE coalesce(at, '') >= :since),
begun AS (SELECT post_id, at FROM told WHERE what = 'post_new')
SELECT blogs.host, told.post_id, told.person_id, coalesce(posts.title, people.name), coalesce(posts.url, people.url),
  told.at, told.what, told.comment_id, comments.author, told.before, told.after,
  told.what = 'comment_new' AND begun.post_id IS NOT NULL
    AND coalesce(julianday(told.at) - julianday(begun.at) <= 0.5, 1) AS came_with_it
FROM told
LEFT JOIN begun ON begun.post_id = told.post_id
LEFT JOIN blogs ON blogs.id = told.blog_id
LEFT JOIN posts ON posts.id = told.post_id
LEFT JOIN people ON people.id = told.person_id
LEFT JOIN comments ON comments.id = told.comment_id
ORDER BY blogs.host, told.post_id IS NULL,
  min(coalesce(told.at, '')) OVER (PARTITION BY told.post_id, told.person_id), told.post_id, told.person_id,
  coalesce(told.at, ''), told.what <> 'post_new', told.comment_id, told.what"""
