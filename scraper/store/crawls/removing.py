"""A crawled blog taken out of an archive's database: `mark` what is its own, `count` it, `remove` it.

All three in the caller's transaction, in this order. What several blogs share (a tag, a picture, a person, a page that
another crawl has too) stays.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scraper.model import Capture
from scraper.store.lookup.fulltext import COLUMNS, drop_words
from scraper.store.planning.times import utc_text
from scraper.store.rows import Row, among


@dataclass(frozen=True, slots=True)
class Removal:
    """How much is one blog's own; `segments` are the files that keep its captures' records."""

    addresses: int
    pages: int
    captures: int
    posts: int
    comments: int
    people: int
    segments: tuple[str, ...]


def mark(connection: sqlite3.Connection, crawl_id: int, is_own: Callable[[str], bool], robots: Iterable[str]) -> None:
    """Marks the rows that are the blog's own, in temporary tables.

    :param is_own: whether the URL of a page that no crawl knows is the blog's, and no other crawl's.
    :param robots: the addresses of robots.txt files that only this blog was held to.
    """
    make_marks(connection)
    connection.execute(_OWN_PAGES, (crawl_id, crawl_id))
    found = [key for key, url in connection.execute(_UNCLAIMED) if is_own(url)]
    connection.execute(_MORE_PAGES, (json.dumps(found),))
    connection.execute(_OWN_ROBOTS, (json.dumps(list(robots)),))
    mark_rest(connection)


def make_marks(connection: sqlite3.Connection) -> None:
    """Makes the temporary tables."""
    for name in MARKED:
        connection.execute(f"CREATE TEMP TABLE own_{name} (id INTEGER PRIMARY KEY)")


def mark_rest(connection: sqlite3.Connection) -> None:
    """Marks what belongs to nothing but the pages (and posts and people) that are marked."""
    for sql in _OTHERS:
        connection.execute(sql)


def unmark(connection: sqlite3.Connection) -> None:
    """Removes the temporary tables."""
    for name in MARKED:
        connection.execute(f"DROP TABLE temp.own_{name}")


def count(connection: sqlite3.Connection, crawl_id: int, repeats: Iterable[Capture] = ()) -> Removal:
    """How much was marked; `repeats` are captures of which others of the same moment have the row."""
    (addresses,) = connection.execute("SELECT count(*) FROM frontier WHERE crawl_id = ?", (crawl_id,)).fetchone()
    numbers = [connection.execute(f"SELECT count(*) FROM temp.own_{name}").fetchone()[0] for name in COUNTED]
    segments = {name for (name,) in connection.execute(_SEGMENTS)}
    segments |= {each.warc_file for each in _marked(connection, repeats)}
    values: Row = (addresses, *numbers, tuple(sorted(segments)))
    return Removal(*values)


def remove(
    connection: sqlite3.Connection, crawl_id: int, origins: Iterable[str], repeats: Iterable[Capture] = ()
) -> None:
    """Removes what was marked, with the crawl itself and the robots.txt rows of these origins.

    How far the segments were taken in is noted, so that no later run takes the captures in again, nor `repeats`.
    """
    for each in _marked(connection, repeats):
        connection.execute(_REMEMBER_TO, (each.warc_file, each.warc_offset + each.warc_length))
    connection.execute("PRAGMA defer_foreign_keys = ON")  # until the transaction ends
    remove_marked(connection)
    for sql in _CRAWL_REMOVALS:
        connection.execute(sql, (crawl_id,))
    connection.execute(_UNUSED_HOSTS)
    connection.execute(f"DELETE FROM robots WHERE {among('origin')}", (json.dumps(list(origins)),))
    unmark(connection)


def remove_marked(connection: sqlite3.Connection) -> None:
    """Removes what is marked; foreign keys are deferred by the caller."""
    connection.execute(_REMEMBER)
    for table in COLUMNS:  # full-text indexes are told the words before these are gone
        drop_words(connection, table, [row_id for (row_id,) in connection.execute(f"SELECT id FROM temp.own_{table}")])
    for sql in _REMOVALS:
        connection.execute(sql)


def _marked(connection: sqlite3.Connection, repeats: Iterable[Capture]) -> list[Capture]:
    """Those of the captures whose row is marked."""
    keys = ((each, utc_text(each.fetched_at) if each.fetched_at else "") for each in repeats)
    return [each for each, at in keys if connection.execute(_IS_MARKED, (each.payload_sha256, each.url, at)).fetchone()]


COUNTED = ("pages", "captures", "posts", "comments", "people")
MARKED = (*COUNTED, "blogs", "profiles")

_OWN_PAGES = """
INSERT INTO temp.own_pages SELECT pages.id FROM pages JOIN frontier ON frontier.url_key = pages.url_key
WHERE frontier.crawl_id = ?
AND NOT EXISTS (SELECT 1 FROM frontier AS other WHERE other.url_key = pages.url_key AND other.crawl_id <> ?)"""
_UNCLAIMED = """
SELECT id, url FROM pages WHERE NOT EXISTS (SELECT 1 FROM frontier WHERE frontier.url_key = pages.url_key)"""
_MORE_PAGES = "INSERT OR IGNORE INTO temp.own_pages SELECT value FROM json_each(?)"
_OWN_ROBOTS = f"INSERT OR IGNORE INTO temp.own_pages SELECT id FROM pages WHERE {among('url')}"
_OTHERS = (
    "INSERT INTO temp.own_captures SELECT id FROM captures WHERE page_id IN (SELECT id FROM temp.own_pages)",
    """
INSERT OR IGNORE INTO temp.own_posts SELECT DISTINCT post_id FROM pages
WHERE post_id IS NOT NULL AND id IN (SELECT id FROM temp.own_pages)
AND post_id NOT IN (
  SELECT post_id FROM pages WHERE post_id IS NOT NULL AND id NOT IN (SELECT id FROM temp.own_pages)
)""",
    "INSERT INTO temp.own_comments SELECT id FROM comments WHERE post_id IN (SELECT id FROM temp.own_posts)",
    # Blogs of which nothing else is left.
    """
INSERT INTO temp.own_blogs SELECT DISTINCT blog_id FROM pages
WHERE blog_id IS NOT NULL AND id IN (SELECT id FROM temp.own_pages)
AND blog_id NOT IN (
  SELECT blog_id FROM pages WHERE blog_id IS NOT NULL AND id NOT IN (SELECT id FROM temp.own_pages)
)
AND blog_id NOT IN (
  SELECT blog_id FROM posts WHERE blog_id IS NOT NULL AND id NOT IN (SELECT id FROM temp.own_posts)
)""",
    # People of these blogs, and those who are known from nothing but what goes.
    """
INSERT OR IGNORE INTO temp.own_people SELECT id FROM people
WHERE (
  blog_id IN (SELECT id FROM temp.own_blogs)
  OR id IN (SELECT person_id FROM post_people WHERE post_id IN (SELECT id FROM temp.own_posts))
  OR id IN (SELECT person_id FROM bios WHERE capture_id IN (SELECT id FROM temp.own_captures))
)
AND id NOT IN (SELECT person_id FROM post_people WHERE post_id NOT IN (SELECT id FROM temp.own_posts))
AND id NOT IN (
  SELECT person_id FROM bios WHERE capture_id IS NULL OR capture_id NOT IN (SELECT id FROM temp.own_captures)
)""",
    """
INSERT INTO temp.own_profiles SELECT id FROM profiles
WHERE host IN (SELECT host FROM blogs WHERE id IN (SELECT id FROM temp.own_blogs))""",
)  # fmt: skip
_SEGMENTS = """
SELECT DISTINCT warc_file FROM captures WHERE id IN (SELECT id FROM temp.own_captures) ORDER BY warc_file"""
_IS_MARKED = """
SELECT 1 FROM captures WHERE payload_sha256 = ? AND url = ? AND coalesce(fetched_at, '') = ?
AND id IN (SELECT id FROM temp.own_captures)"""
_REMEMBER_TO = """
INSERT INTO segments_read (warc_file, read_to) VALUES (?, ?)
ON CONFLICT (warc_file) DO UPDATE SET read_to = max(read_to, excluded.read_to)"""
_REMEMBER = """
INSERT INTO segments_read (warc_file, read_to)
SELECT warc_file, max(warc_offset + warc_length) FROM captures
WHERE warc_file IN (SELECT warc_file FROM captures WHERE id IN (SELECT id FROM temp.own_captures))
GROUP BY warc_file
ON CONFLICT (warc_file) DO UPDATE SET read_to = max(read_to, excluded.read_to)"""

_UNUSED_HOSTS = """
DELETE FROM hosts WHERE waits_for IS NULL AND name NOT IN (SELECT host_group FROM frontier)"""


def _among(column: str, what: str) -> str:
    return f"{column} IN (SELECT id FROM temp.own_{what})"


_REMOVALS = (
    f"DELETE FROM run_events WHERE url IN (SELECT url FROM pages WHERE {_among('id', 'pages')})",
    f"DELETE FROM removals WHERE {_among('capture_id', 'captures')}",
    f"DELETE FROM claims WHERE {_among('capture_id', 'captures')}",
    f"DELETE FROM absences WHERE {_among('comment_id', 'comments')} OR {_among('seen_capture_id', 'captures')}"
    f" OR {_among('missed_capture_id', 'captures')} OR {_among('back_capture_id', 'captures')}",
    *(
        f"DELETE FROM {table} WHERE {_among(column, what)} OR {_among('capture_id', 'captures')}"
        for table, column, what in (
            ("comment_sightings", "comment_id", "comments"),
            ("post_sightings", "post_id", "posts"),
            ("person_sightings", "person_id", "people"),
        )
    ),
    f"DELETE FROM page_losses WHERE {_among('page_id', 'pages')}",
    f"DELETE FROM revisions WHERE {_among('post_id', 'posts')} OR {_among('comment_id', 'comments')}"
    f" OR {_among('person_id', 'people')}",
    f"DELETE FROM bios WHERE {_among('person_id', 'people')} OR {_among('capture_id', 'captures')}",
    f"DELETE FROM comments WHERE {_among('id', 'comments')}",
    *(
        f"DELETE FROM {table} WHERE {_among('post_id', 'posts')}"
        for table in ("post_people", "post_tags", "post_media", "links", "post_parts")
    ),
    # What stays and was read from a capture that goes is no longer traced.
    *(
        f"UPDATE {table} SET {column} = NULL WHERE {_among(column, 'captures')}"
        for table, column in (
            ("revisions", "capture_id"),
            ("posts", "capture_id"),
            ("post_parts", "capture_id"),
            ("comments", "first_capture_id"),
            ("comments", "last_capture_id"),
        )
    ),
    "UPDATE media SET state = NULL, reason = NULL, media_type = NULL, capture_id = NULL"
    f" WHERE {_among('capture_id', 'captures')}",
    f"DELETE FROM pages WHERE {_among('id', 'pages')}",
    f"DELETE FROM captures WHERE {_among('id', 'captures')}",
    f"DELETE FROM posts WHERE {_among('id', 'posts')}",
    f"DELETE FROM people WHERE {_among('id', 'people')}",
    f"DELETE FROM profile_selectors WHERE {_among('profile_id', 'profiles')}",
    f"DELETE FROM profile_blocks WHERE {_among('profile_id', 'profiles')}",
    f"DELETE FROM profiles WHERE {_among('id', 'profiles')}",
    f"UPDATE people SET blog_id = NULL WHERE {_among('blog_id', 'blogs')}",
    f"DELETE FROM blogs WHERE {_among('id', 'blogs')}",
    "DELETE FROM tags WHERE id NOT IN (SELECT tag_id FROM post_tags)",
    "DELETE FROM media WHERE id NOT IN (SELECT media_id FROM post_media)"
    " AND NOT EXISTS (SELECT 1 FROM bios WHERE picture_url = media.url)",
)
_CRAWL_REMOVALS = (
    "DELETE FROM run_events WHERE url IN (SELECT url FROM frontier WHERE crawl_id = ?)",
    "DELETE FROM listings WHERE lister_id IN (SELECT id FROM frontier WHERE crawl_id = ?)",
    "DELETE FROM listings WHERE address_id IN (SELECT id FROM frontier WHERE crawl_id = ?)",
    "DELETE FROM frontier WHERE crawl_id = ?",
    "DELETE FROM crawls WHERE id = ?",
)
