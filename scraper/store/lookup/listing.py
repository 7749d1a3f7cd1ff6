"""All posts, threads and people of an archive one after the other, as flat values; one at a time in memory.

Each list is read through a connection of its own, in one transaction: it is of one moment, also while a writer is at
work, and nothing of the file changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scraper.store.connection import reading
from scraper.store.reader import COMMENTS, ThreadComment, comment_from_row
from scraper.store.rows import Row


@dataclass(frozen=True, slots=True)
class ListedPost:
    """A post, or another page with a text, with what its rows say of it."""

    id: int
    blog: str | None  # host
    url: str
    kind: str  # post, about, other
    title: str | None
    subtitle: str | None
    author: str | None  # the first of them
    authors: tuple[str, ...]
    published: str | None  # ISO 8601, at the precision that is known
    published_earliest: str | None  # UTC
    published_latest: str | None
    published_precision: str | None
    modified: str | None
    section: str | None
    language: str | None
    tags: tuple[str, ...]
    categories: tuple[str, ...]
    text: str
    html: str
    comments_held: int
    comments_declared: int | None
    captured_at: str | None  # UTC


@dataclass(frozen=True, slots=True)
class ListedThread:
    """The comments of one post, in the order of its pages."""

    post_id: int
    blog: str | None
    post_url: str
    post_title: str | None
    comments: tuple[ThreadComment, ...]


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """Who signs posts or is presented on a page."""

    id: int
    blog: str | None
    name: str | None
    url: str | None
    profiles: tuple[str, ...]
    bio: str | None
    picture_url: str | None
    posts: int
    first_published: str | None  # UTC
    last_published: str | None
    comments_received: int


def list_posts(path: Path, blog: str | None = None, *, all_kinds: bool = False) -> Iterator[ListedPost]:
    """The posts, the oldest first and those without a date before them; with `all_kinds` other pages too."""
    with reading(path) as connection:
        for row in connection.execute(_POSTS, {"blog": blog, "all_kinds": all_kinds}):
            filed: list[list[str]] = json.loads(row[-1])
            by_kind = (tuple(name for kind, name in filed if kind == each) for each in ("tag", "category"))
            values: Row = (*row[:7], tuple(json.loads(row[7])), *row[8:15], *by_kind, *row[15:-1])
            yield ListedPost(*values)


def list_threads(path: Path, blog: str | None = None) -> Iterator[ListedThread]:
    """The threads of the posts that have comments, in the order of their posts."""
    with reading(path) as connection:
        for row in connection.execute(_THREADS, {"blog": blog}):
            comments = tuple(comment_from_row(each) for each in connection.execute(COMMENTS, (row[0],)))
            values: Row = (*row, comments)
            yield ListedThread(*values)


def list_people(path: Path, blog: str | None = None) -> Iterator[ListedPerson]:
    """The people, in the order in which they were met."""
    with reading(path) as connection:
        for row in connection.execute(_PEOPLE, {"blog": blog}):
            values: Row = (*row[:4], tuple(json.loads(row[4] or "[]")), *row[5:])
            yield ListedPerson(*values)


_POSTS = """
SELECT posts.id, host, posts.url, kind, title, subtitle,
  (SELECT name FROM post_people WHERE post_id = posts.id ORDER BY position LIMIT 1),
  (SELECT json_group_array(name) FROM
    (SELECT name FROM post_people WHERE post_id = posts.id ORDER BY position)),
  published, published_earliest, published_latest, published_precision, modified, section, language,
  text, html, (SELECT count(*) FROM comments WHERE post_id = posts.id AND state = 'visible'),
  declared_comment_count, captures.fetched_at,
  (SELECT json_group_array(json_array(kind, name)) FROM
    (SELECT kind, name FROM post_tags JOIN tags ON tags.id = tag_id WHERE post_id = posts.id ORDER BY kind, position))
FROM posts LEFT JOIN blogs ON blogs.id = posts.blog_id LEFT JOIN captures ON captures.id = posts.capture_id
WHERE (kind = 'post' OR :all_kinds) AND (:blog IS NULL OR host = :blog) ORDER BY published_earliest, posts.id"""

_THREADS = """
SELECT posts.id, host, posts.url, title FROM posts LEFT JOIN blogs ON blogs.id = blog_id
WHERE EXISTS (SELECT 1 FROM comments WHERE post_id = posts.id) AND (:blog IS NULL OR host = :blog)
ORDER BY published_earliest, posts.id"""

_PEOPLE = """
SELECT people.id, host, people.name, people.url, profiles, bios.text, bios.picture_url,
  (SELECT count(DISTINCT posts.id) FROM post_people JOIN posts ON posts.id = post_id
   WHERE person_id = people.id AND kind = 'post'),
  (SELECT min(published_earliest) FROM post_people JOIN posts ON posts.id = post_id
   WHERE person_id = people.id AND kind = 'post'),
  (SELECT max(published_earliest) FROM post_people JOIN posts ON posts.id = post_id
   WHERE person_id = people.id AND kind = 'post'),
  (SELECT count(*) FROM comments JOIN post_people USING (post_id) JOIN posts ON posts.id = post_id
   WHERE person_id = people.id AND posts.kind = 'post'
   AND comments.kind = 'comment' AND comments.state = 'visible')
FROM people LEFT JOIN blogs ON blogs.id = people.blog_id LEFT JOIN bios ON bios.person_id = people.id
WHERE :blog IS NULL OR host = :blog ORDER BY people.id"""
