"""People as a reader looks for them: who signs posts, with bio and picture, and what a name signs below them."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass

from scraper.store.lookup.wanted import quoted
from scraper.store.planning.times import Time
from scraper.store.rows import Row

_WORD = re.compile(r"[^\W_]")  # what FTS5 takes for a part of one


@dataclass(frozen=True, slots=True)
class Person:
    """Who signs posts or is presented on a blog."""

    id: int
    name: str
    url: str | None
    profiles: tuple[str, ...]
    blog_id: int | None
    blog: str | None
    bio_html: str | None
    bio_text: str | None
    bio_source: str | None
    bio_capture_id: int | None
    picture_url: str | None
    picture_alt: str | None
    namesakes: tuple[tuple[int, str], ...]  # (id, blog): who has the same name on other blogs


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A person in a list."""

    id: int
    name: str
    blog_id: int | None
    blog: str | None
    posts: int
    bio: str | None  # how it begins


@dataclass(frozen=True, slots=True)
class SignedComment:
    """A comment in a list of what somebody signed."""

    id: int
    post_id: int
    post_title: str | None
    blog_id: int | None
    blog: str | None
    author: str
    author_url: str | None
    text: str
    published: Time


def count_people(connection: sqlite3.Connection) -> int:
    """How many people there are."""
    found: int = connection.execute("SELECT count(*) FROM people").fetchone()[0]
    return found


def list_people(connection: sqlite3.Connection, offset: int, limit: int) -> list[ListedPerson]:
    """So many people, who signs the most posts first."""
    return [ListedPerson(*row) for row in connection.execute(_PEOPLE, (limit, offset))]


def read_person(connection: sqlite3.Connection, person_id: int) -> Person | None:
    """The person of this id; None where there is none."""
    row = connection.execute(_PERSON, (person_id,)).fetchone()
    if row is None:
        return None
    profiles = tuple(json.loads(row[3])) if row[3] else ()
    namesakes = tuple(connection.execute(_NAMESAKES, (person_id,)))
    values: Row = (*row[:3], profiles, *row[4:], namesakes)
    return Person(*values)


def person_named(connection: sqlite3.Connection, name: str) -> int | None:
    """The first person who signs posts with exactly this name."""
    row = connection.execute("SELECT min(person_id) FROM post_people WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def count_signed(connection: sqlite3.Connection, name: str) -> int:
    """How many comments are signed with exactly this name."""
    found: int = connection.execute(f"SELECT count(*) FROM ({_signed(name)})", _parameters(name)).fetchone()[0]
    return found


def list_signed(connection: sqlite3.Connection, name: str, offset: int, limit: int) -> list[SignedComment]:
    """So many of the comments that are signed with exactly this name, newest first."""
    which = f"{_signed(name)} ORDER BY published_earliest DESC, comments.id DESC LIMIT :limit OFFSET :offset"
    values = {**_parameters(name), "limit": limit, "offset": offset}
    rows = connection.execute(_SIGNED.format(which=which), values)
    return [_signed_comment(row) for row in rows]


def _signed_comment(row: Row) -> SignedComment:
    values: Row = (*row[:8], Time(*row[8:]))
    return SignedComment(*values)


def _signed(name: str) -> str:
    """The comments of a name: by the full-text index, which alone has their authors, where that knows the name."""
    if not _WORD.search(name):
        return "SELECT comments.id FROM comments WHERE author = :name"
    return """SELECT comments.id FROM comments_fts JOIN comments ON comments.id = comments_fts.rowid
      WHERE comments_fts MATCH :phrase AND comments.author = :name"""


def _parameters(name: str) -> dict[str, object]:
    return {"name": name, "phrase": f"author : {quoted(name.replace(chr(0), ' '))}"}


_PEOPLE = """
SELECT people.id, people.name, people.blog_id, coalesce(blogs.name, blogs.host),
  (SELECT count(*) FROM post_people WHERE person_id = people.id) AS posts, substr(bios.text, 1, 300)
FROM people LEFT JOIN blogs ON blogs.id = people.blog_id LEFT JOIN bios ON bios.person_id = people.id
ORDER BY posts DESC, people.name, people.id LIMIT ? OFFSET ?"""
_PERSON = """
SELECT people.id, people.name, people.url, people.profiles, people.blog_id, coalesce(blogs.name, blogs.host),
  bios.html, bios.text, bios.source, bios.capture_id, bios.picture_url, bios.picture_alt
FROM people LEFT JOIN blogs ON blogs.id = people.blog_id LEFT JOIN bios ON bios.person_id = people.id
WHERE people.id = ?"""
_NAMESAKES = """
SELECT other.id, coalesce(blogs.name, blogs.host, '')
FROM people JOIN people AS other ON other.name_key = people.name_key AND other.id <> people.id
LEFT JOIN blogs ON blogs.id = other.blog_id
WHERE people.id = ? ORDER BY other.id LIMIT 50"""
_SIGNED = """
SELECT comments.id, posts.id, posts.title, posts.blog_id, coalesce(blogs.name, blogs.host), comments.author,
  comments.author_url, substr(comments.text, 1, 600),
  comments.published, comments.published_earliest, comments.published_latest, comments.published_precision,
  comments.published_shown
FROM comments JOIN posts ON posts.id = comments.post_id LEFT JOIN blogs ON blogs.id = posts.blog_id
WHERE comments.id IN ({which}) ORDER BY comments.published_earliest DESC, comments.id DESC"""
