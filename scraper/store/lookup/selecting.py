"""Which rows an export is about: `find_posts` by a condition in SQL, the people who sign them, the names below them."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from scraper.errors import UsageError
from scraper.store.rows import Row

LONGEST_SECONDS = 60.0  # that a condition may take
STEPS = 100_000  # of SQLite between two looks at the clock
ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)
OWN_PRAGMAS = ("data_version",)  # the full-text index asks for it
VIRTUAL = ("posts_fts", "comments_fts", "posts_bigrams_fts", "comments_bigrams_fts", "json_each('')")
BROKEN = ("SQLITE_CORRUPT", "SQLITE_IOERR", "SQLITE_BUSY", "SQLITE_FULL", "SQLITE_NOTADB")  # not the condition's fault
DENIED_FUNCTIONS = frozenset({"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"})


@dataclass(frozen=True, slots=True)
class ArchivedPerson:
    """Who signs posts or is presented on a page, with the bio that the blog has of this person."""

    id: int
    name: str | None
    url: str | None
    blog: str | None  # its host
    profiles: tuple[str, ...]
    bio_text: str | None
    bio_html: str | None
    bio_source: str | None
    picture_url: str | None
    picture_alt: str | None


def find_posts(connection: sqlite3.Connection, condition: str) -> list[int]:
    """The ids of the posts for which a condition in SQL holds, in the order of an export.

    It may speak of the columns of `posts` and of `post_summary`, and ask other tables by sub-queries. Raises
    UsageError for what is no condition, would do anything but read, or takes longer than a minute.
    """
    try:
        with _held(connection):
            found = [row[0] for row in connection.execute(_CONDITION.format(condition))]
    except (sqlite3.Error, UnicodeEncodeError) as error:
        if getattr(error, "sqlite_errorname", "").startswith(BROKEN):
            raise
        raise UsageError(_reason(error), "--where") from error
    return [row[0] for row in connection.execute(_IN_ORDER, (json.dumps(found),))]


@contextmanager
def _held(connection: sqlite3.Connection) -> Iterator[None]:
    """Lets the connection do nothing but read, and not for long."""
    for table in VIRTUAL:  # each is made ready when it is first used, by what a condition may not do
        connection.execute(f"SELECT 1 FROM {table} LIMIT 0")
    give_up = time.monotonic() + LONGEST_SECONDS
    connection.set_authorizer(_judge)
    connection.set_progress_handler(lambda: time.monotonic() > give_up, STEPS)
    try:
        yield
    finally:
        connection.set_authorizer(None)
        connection.set_progress_handler(None, 0)


def _judge(action: int, one: str | None, two: str | None, database: str | None, trigger: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION and (two or "").lower() in DENIED_FUNCTIONS:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and one in OWN_PRAGMAS and two is None:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_OK if action in ALLOWED else sqlite3.SQLITE_DENY


def _reason(error: Exception) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_INTERRUPT":
        return f"the condition takes longer than {LONGEST_SECONDS:.0f} seconds"
    if name == "SQLITE_AUTH":
        return "a condition may read, and do nothing else"
    return f"not a condition that can be used: {error}"


def find_people(connection: sqlite3.Connection, posts: Sequence[int] | None) -> Iterator[ArchivedPerson]:
    """The people who sign these posts, or all who are known, in the order of their ids."""
    rows = connection.execute(_PEOPLE, {"posts": None if posts is None else json.dumps(posts)})
    for row in rows:
        profiles = tuple(each for each in json.loads(row[4] or "[]") if isinstance(each, str))
        values: Row = (*row[:4], profiles, *row[5:])
        yield ArchivedPerson(*values)


def find_commenters(connection: sqlite3.Connection) -> Iterator[tuple[str | None, str | None, str | None]]:
    """Name, URL and picture of who commented, in all of the archive: each combination once."""
    yield from connection.execute("SELECT DISTINCT author, author_url, avatar_url FROM comments")


_CONDITION = """
SELECT id FROM (
  SELECT posts.*, post_id, author, comments_held, comments_declared, captures
  FROM posts JOIN post_summary ON post_summary.post_id = posts.id
) AS posts WHERE ({}
)"""
_IN_ORDER = """
SELECT id FROM posts WHERE id IN (SELECT value FROM json_each(?)) ORDER BY published_earliest, id"""
_PEOPLE = """
SELECT people.id, people.name, people.url, blogs.host, profiles,
  bios.text, bios.html, bios.source, bios.picture_url, bios.picture_alt
FROM people LEFT JOIN bios ON bios.person_id = people.id LEFT JOIN blogs ON blogs.id = people.blog_id
WHERE :posts IS NULL
  OR people.id IN (SELECT person_id FROM post_people WHERE post_id IN (SELECT value FROM json_each(:posts)))
ORDER BY people.id"""
