"""Posts as they stand on a shelf: which blogs there are, lists of their posts by page, and how many by month."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from scraper.store.planning.times import Time
from scraper.store.rows import Row

EXCERPT = 320  # characters of a post's text in a list


@dataclass(frozen=True, slots=True)
class Shelf:
    """A blog, and how much of it is held; `first` and `last` are the days of its posts, where they have one."""

    blog_id: int
    host: str
    name: str
    url: str
    posts: int
    others: int  # pages of other kinds
    comments: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much an archive holds in all; `states` are (state, number) of pages, the most frequent first."""

    posts: int
    comments: int
    people: int
    captures: int
    states: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which posts: all, or those that have all that is given. `month` may be a year alone."""

    blog_id: int | None = None
    person_id: int | None = None
    tag: str | None = None
    month: str | None = None
    all_kinds: bool = False


@dataclass(frozen=True, slots=True)
class ListedPost:
    """A post in a list."""

    id: int
    url: str
    kind: str
    title: str | None
    author: str | None
    published: Time
    beginning: str
    comments_held: int
    comments_declared: int | None
    blog_id: int | None
    blog: str | None


@dataclass(frozen=True, slots=True)
class Month:
    """How many posts are of a month ('2012-05'), and how many comments are held under them."""

    month: str
    posts: int
    comments: int


def read_holdings(connection: sqlite3.Connection) -> Holdings:
    """The counts that a first page shows."""
    counts = connection.execute(_HOLDINGS).fetchone()
    states = connection.execute("SELECT state, count(*) FROM pages GROUP BY state ORDER BY 2 DESC, state").fetchall()
    values: Row = (*counts, tuple(states))
    return Holdings(*values)


def read_shelves(connection: sqlite3.Connection) -> list[Shelf]:
    """The blogs that something is held of, the one with the most posts first."""
    return [Shelf(*row) for row in connection.execute(_SHELVES)]


def read_shelf(connection: sqlite3.Connection, blog_id: int) -> Shelf | None:
    """One blog; None where there is none of this id."""
    row = connection.execute(_SHELF, (blog_id,)).fetchone()
    return Shelf(*row) if row else None


def count_posts(connection: sqlite3.Connection, wanted: Selection) -> int:
    """How many posts the selection has."""
    found: int = connection.execute(
        f"SELECT count(*) FROM posts WHERE {_condition(wanted)}", _values(wanted)
    ).fetchone()[0]
    return found


def list_posts(connection: sqlite3.Connection, wanted: Selection, offset: int, limit: int) -> list[ListedPost]:
    """So many posts of the selection, newest first; those without a date come last."""
    newest_first = "ORDER BY published_earliest DESC, id DESC LIMIT :limit OFFSET :offset"
    which = f"SELECT id FROM posts WHERE {_condition(wanted)} {newest_first}"
    values = {**_values(wanted), "limit": limit, "offset": offset}
    rows = connection.execute(_LISTED.format(which=which), values)
    return [_listed(row) for row in rows]


def count_months(connection: sqlite3.Connection, blog_id: int) -> tuple[list[Month], int]:
    """The months of a blog that have posts, in order; and how many posts are of no month that is known."""
    rows: Sequence[Row] = connection.execute(_MONTHS, (blog_id,)).fetchall()
    months = [Month(*row) for row in rows if row[0]]
    return months, sum(row[1] for row in rows if not row[0])


def read_tags(connection: sqlite3.Connection, blog_id: int, limit: int) -> list[tuple[str, int]]:
    """The tags and categories under which most of a blog's posts are filed, with how many."""
    return connection.execute(_TAGS, (blog_id, limit)).fetchall()


def _listed(row: Row) -> ListedPost:
    values: Row = (*row[:5], Time(*row[5:10]), *row[10:])
    return ListedPost(*values)


def _condition(wanted: Selection) -> str:
    conditions = (
        "1" if wanted.all_kinds else "kind = 'post'",
        "blog_id = :blog" if wanted.blog_id is not None else "",
        "id IN (SELECT post_id FROM post_people WHERE person_id = :person)" if wanted.person_id is not None else "",
        _TAGGED if wanted.tag is not None else "",
        "substr(published, 1, length(:month)) = :month" if wanted.month is not None else "",
    )
    return " AND ".join(filter(None, conditions))


def _values(wanted: Selection) -> dict[str, object]:
    return {"blog": wanted.blog_id, "person": wanted.person_id, "tag": wanted.tag, "month": wanted.month}


_HOLDINGS = """
SELECT (SELECT count(*) FROM posts WHERE kind = 'post'), (SELECT count(*) FROM comments),
  (SELECT count(*) FROM people), (SELECT count(*) FROM captures)"""
_TAGGED = "id IN (SELECT post_id FROM post_tags JOIN tags ON tags.id = tag_id WHERE tags.name = :tag)"
_COUNTED = """
SELECT posts.blog_id, sum(posts.kind = 'post') AS posts, sum(posts.kind <> 'post') AS others,
  sum(coalesce(under.comments, 0)) AS comments,
  min(posts.published_earliest) FILTER (WHERE posts.kind = 'post') AS first,
  max(posts.published_earliest) FILTER (WHERE posts.kind = 'post') AS last
FROM posts LEFT JOIN ({under}) AS under ON under.post_id = posts.id {which} GROUP BY posts.blog_id"""
_UNDER = "SELECT post_id, count(*) AS comments FROM comments GROUP BY post_id"
_OWN = """
SELECT post_id, count(*) AS comments FROM comments
WHERE post_id IN (SELECT id FROM posts WHERE blog_id = ?1) GROUP BY post_id"""
_BLOGS = """
SELECT blogs.id, blogs.host, coalesce(blogs.name, blogs.host), blogs.url,
  coalesce(held.posts, 0), coalesce(held.others, 0), coalesce(held.comments, 0),
  substr(held.first, 1, 10), substr(held.last, 1, 10)
FROM blogs"""
_SHELVES = f"""{_BLOGS} JOIN ({_COUNTED.format(under=_UNDER, which="")}) AS held ON held.blog_id = blogs.id
ORDER BY held.posts DESC, blogs.host"""
_SHELF = f"""{_BLOGS} LEFT JOIN ({_COUNTED.format(under=_OWN, which="WHERE posts.blog_id = ?1")}) AS held
  ON held.blog_id = blogs.id WHERE blogs.id = ?1"""
_LISTED = f"""
SELECT posts.id, posts.url, posts.kind, posts.title,
  (SELECT name FROM post_people WHERE post_id = posts.id ORDER BY position LIMIT 1),
  published, published_earliest, published_latest, published_precision, published_shown,
  substr(posts.text, 1, {EXCERPT}),
  (SELECT count(*) FROM comments WHERE post_id = posts.id AND state = 'visible'), posts.declared_comment_count,
  posts.blog_id, coalesce(blogs.name, blogs.host)
FROM posts LEFT JOIN blogs ON blogs.id = posts.blog_id
WHERE posts.id IN ({{which}}) ORDER BY posts.published_earliest DESC, posts.id DESC"""
_MONTHS = f"""
SELECT CASE WHEN length(published) >= 7 THEN substr(published, 1, 7) END AS month, count(*),
  sum(coalesce(under.comments, 0))
FROM posts LEFT JOIN ({_OWN}) AS under ON under.post_id = posts.id
WHERE posts.blog_id = ?1 AND posts.kind = 'post' GROUP BY month ORDER BY month"""
_TAGS = """
SELECT tags.name, count(*) FROM posts JOIN post_tags ON post_tags.post_id = posts.id JOIN tags ON tags.id = tag_id
WHERE posts.blog_id = ? AND posts.kind = 'post' GROUP BY tags.id ORDER BY count(*) DESC, tags.name LIMIT ?"""
