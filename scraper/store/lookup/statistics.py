"""How much an archive holds, of when and of whom: `read_statistics`."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scraper.errors import UsageError
from scraper.store.connection import reading


@dataclass(frozen=True, slots=True)
class Month:
    """What was written in one month, '2012-05'."""

    month: str
    posts: int
    comments: int


@dataclass(frozen=True, slots=True)
class AuthorCount:
    """How many posts a person signed on a blog, and how many comments these have."""

    name: str
    blog: str | None
    posts: int
    comments_received: int


@dataclass(frozen=True, slots=True)
class CommenterCount:
    """How many comments bear a name, and under how many posts of one blog."""

    name: str
    blog: str | None
    comments: int
    posts: int


@dataclass(frozen=True, slots=True)
class Delays:
    """How long it took, in seconds: a quarter took at most `lower`, half at most `median`, three at most `upper`."""

    number: int
    lower: float
    median: float
    upper: float


@dataclass(frozen=True, slots=True)
class Held:
    """How much of a crawled blog is held."""

    blog: str
    posts_held: int
    posts_known: int
    comments_held: int
    comments_declared: int
    comments_missing: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """An archive, or one blog of it, in numbers. Comments are those on posts, without pings."""

    blogs: int
    posts: int
    other_pages: int
    comments: int
    pings: int  # pingbacks and trackbacks
    authors: int
    commenters: int  # names, by blog
    months: tuple[Month, ...]  # in their order; those with nothing in them are left out
    posts_without_month: int  # nobody knows when they were written, to the month
    comments_without_month: int
    top_authors: tuple[AuthorCount, ...]
    top_commenters: tuple[CommenterCount, ...]
    first_comments: Delays | None  # from a post to the first comment on it, where both times are known to the minute
    answers: Delays | None  # from a comment to each answer to it
    coverage: tuple[Held, ...]


def read_statistics(path: Path, blog: str | None = None, top: int = 10) -> Statistics:
    """The whole archive, or the blog on this host, in numbers, with so many authors and commenters.

    Raises UsageError for a blog that is not there, ArchiveError for what is no archive.
    """
    with reading(path) as connection:
        host = _known(connection, blog) if blog else None
        chosen = {"blog": host, "top": top}
        months = connection.execute(_MONTHS, chosen).fetchall()
        written = tuple(Month(*row) for row in months if row[0])
        posts_undated, comments_undated = next((row[1:] for row in months if row[0] is None), (0, 0))
        (counts,) = connection.execute(_COUNTS, chosen)
        commenters = connection.execute(_COMMENTERS, {**chosen, "top": max(top, 1)}).fetchall()  # one tells of all
        return Statistics(
            counts[0],
            sum(row[1] for row in months),
            counts[1],
            sum(row[2] for row in months),
            counts[2],
            counts[3],
            commenters[0][4] if commenters else 0,
            written,
            posts_undated,
            comments_undated,
            tuple(AuthorCount(*row) for row in connection.execute(_AUTHORS, chosen)),
            tuple(CommenterCount(*row[:4]) for row in commenters[:top]),
            _delays(connection, _FIRST_COMMENTS, chosen),
            _delays(connection, _ANSWERS, chosen),
            tuple(Held(*row) for row in connection.execute(_HELD, chosen)),
        )


def _known(connection: sqlite3.Connection, blog: str) -> str:
    hosts = [host for (host,) in connection.execute("SELECT host FROM blogs ORDER BY host")]
    host = blog.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    if host not in hosts:
        there = f"it has {', '.join(hosts[:5])}{' ...' if len(hosts) > 5 else ''}" if hosts else "it has none"
        raise UsageError(f"no such blog in the archive; {there}", blog)
    return host


def _delays(connection: sqlite3.Connection, sql: str, chosen: Mapping[str, object]) -> Delays | None:
    seconds = sorted(row[0] for row in connection.execute(sql, chosen))
    if not seconds:
        return None
    return Delays(len(seconds), *(seconds[len(seconds) * part // 4] for part in (1, 2, 3)))


_MONTHS = """
SELECT month, sum(posts), sum(comments) FROM timeline WHERE :blog IS NULL OR blog = :blog
GROUP BY month ORDER BY month"""

_COUNTS = """
SELECT
  (SELECT count(*) FROM blogs WHERE :blog IS NULL OR host = :blog),
  (SELECT count(*) FROM posts LEFT JOIN blogs ON blogs.id = blog_id
   WHERE kind <> 'post' AND (:blog IS NULL OR host = :blog)),
  (SELECT count(*) FROM comments JOIN posts ON posts.id = post_id LEFT JOIN blogs ON blogs.id = posts.blog_id
   WHERE comments.kind <> 'comment' AND state = 'visible' AND posts.kind = 'post' AND (:blog IS NULL OR host = :blog)),
  (SELECT count(DISTINCT person_id) FROM post_people JOIN posts ON posts.id = post_id
   LEFT JOIN blogs ON blogs.id = posts.blog_id WHERE kind = 'post' AND (:blog IS NULL OR host = :blog))"""

_AUTHORS = """
SELECT coalesce(name, url, ''), blog, posts, comments_received FROM author_summary WHERE :blog IS NULL OR blog = :blog
ORDER BY posts DESC, comments_received DESC, name LIMIT :top"""

_COMMENTERS = """
SELECT author, blog, sum(comments) AS comments, sum(posts), count(*) OVER () FROM commenter_summary
WHERE author IS NOT NULL AND (:blog IS NULL OR blog = :blog)
GROUP BY blog, author ORDER BY comments DESC, author LIMIT :top"""

# Two times tell how long it took where both are known to the minute and in the same way: where nobody knows the zone,
# the bounds of both are equally far apart.
_SPAN = "(julianday({0}.published_latest) - julianday({0}.published_earliest))"
_COMPARABLE = f"""
{{0}}.published_precision IN ('minute', 'second') AND {{1}}.published_precision IN ('minute', 'second')
AND abs({_SPAN.format("{0}")} - {_SPAN.format("{1}")}) < 0.01"""
_SECONDS = """
round((julianday({1}.published_earliest) - julianday({0}.published_earliest)) * 86400)"""

_FIRST_COMMENTS = f"""
SELECT min({_SECONDS.format("posts", "comments")}) AS seconds
FROM posts JOIN comments ON comments.post_id = posts.id LEFT JOIN blogs ON blogs.id = posts.blog_id
WHERE posts.kind = 'post' AND comments.kind = 'comment' AND (:blog IS NULL OR host = :blog)
AND {_COMPARABLE.format("posts", "comments")}
GROUP BY posts.id HAVING seconds >= 0"""

_ANSWERS = f"""
SELECT {_SECONDS.format("asked", "answers")} AS seconds
FROM comments AS answers JOIN comments AS asked ON asked.id = answers.parent_id
JOIN posts ON posts.id = answers.post_id LEFT JOIN blogs ON blogs.id = posts.blog_id
WHERE (:blog IS NULL OR host = :blog) AND {_COMPARABLE.format("asked", "answers")} AND seconds >= 0"""

_HELD = """
SELECT blog, posts_held, posts_known, comments_held, comments_declared, comments_missing FROM coverage
WHERE :blog IS NULL OR instr(blog, '://' || :blog || '/') OR instr(blog, '://www.' || :blog || '/') ORDER BY crawl_id"""
