"""`Reader`: an archive opened read-only; what the command line and the exports ask of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from scraper.errors import ArchiveError
from scraper.store.connection import DAMAGED, named_errors, open_for_reading
from scraper.store.lookup.hits import Hit, HitCounts, count_hits, find_hits
from scraper.store.lookup.naming import find_post_id
from scraper.store.lookup.selecting import ArchivedPerson, find_commenters, find_people, find_posts
from scraper.store.lookup.wanted import Wanted
from scraper.store.past.as_of import as_of, gone_since
from scraper.store.planning.times import Time, utc_text
from scraper.store.rows import Row
from scraper.store.upkeep.subset import Rewrite, copy_posts
from scraper.text.prose import fold


@dataclass(frozen=True, slots=True)
class PostSummary:
    """One post in a list."""

    id: int
    url: str
    kind: str  # post, about, other
    title: str | None
    author: str | None
    published: str | None
    comments_held: int
    comments_declared: int | None
    captures: int


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs a post, with the bio that the blog has of this person."""

    person_id: int
    name: str
    role: str
    url: str | None
    bio_text: str | None
    bio_html: str | None
    bio_source: str | None
    picture_url: str | None


@dataclass(frozen=True, slots=True)
class ThreadComment:
    """One comment as it is held; `parent_id` is another comment's id."""

    id: int
    parent_id: int | None
    platform_id: str | None
    permalink: str | None
    kind: str
    state: str
    thread_page: int | None
    position: int
    depth: int
    author: str | None
    author_url: str | None
    by_post_author: bool
    subject: str | None
    text: str
    html: str
    published: Time
    not_seen_since: str | None = None  # UTC: a visit of its whole thread that did not find it any more
    avatar_url: str | None = None
    captured_at: str | None = None  # UTC, of the capture that these values were read from

    @property
    def is_empty(self) -> bool:
        """Whether only its place in the thread is left: `forget` took it away, or its page did, with every word."""
        return self.state == "deleted" and not self.text


@dataclass(frozen=True, slots=True)
class ArchivedPost:
    """One post with all that belongs to it."""

    id: int
    url: str
    kind: str  # post, about, other
    title: str | None
    subtitle: str | None
    section: str | None
    language: str | None
    text: str
    html: str
    published: Time
    modified: Time
    declared_comment_count: int | None
    view_count: int | None
    captured_at: str | None
    withheld: str | None  # teaser, paywall, password: why there is more of it
    missing_pages: tuple[int, ...]  # of those that the post stands on, the numbers of which no capture is held
    signers: tuple[Signer, ...]
    tags: tuple[str, ...]
    categories: tuple[str, ...]
    comments: tuple[ThreadComment, ...]
    gone_since: str | None = None  # UTC: its address says that it is not there any more
    site_name: str | None = None  # as the page states it

    @property
    def comments_held(self) -> int:
        """How many comments there are, without the places of deleted ones."""
        return sum(comment.state == "visible" for comment in self.comments)


@dataclass(frozen=True, slots=True)
class Stats:
    """How much an archive holds."""

    blogs: int
    posts: int
    others: int  # pages of other kinds whose text is held
    authors: int  # people who sign posts
    people_with_bio: int
    comments: int
    threads: int  # posts with comments
    captures: int
    pages: dict[str, int]  # by state


class Reader:
    """An archive opened for reading: nothing it does changes a byte. Use it in a `with` block.

    Raises ArchiveError for what is no archive, ArchiveTooNew for one of a newer version.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._connection = open_for_reading(self.path)

    @property
    def connection(self) -> sqlite3.Connection:
        """For what other modules of this folder read in the same moment: see `snapshot`."""
        return self._connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()

    def posts(
        self, *, author: str | None = None, limit: int | None = None, all_kinds: bool = False
    ) -> Iterator[PostSummary]:
        """The posts in a list, newest first; those without a date come last. `author` is one of the bylines' names.

        With `all_kinds` also the other pages whose text is held.
        """
        name = fold(author).casefold() if author is not None else None
        values = {"name": name, "limit": -1 if limit is None else limit, "all_kinds": all_kinds}
        rows = self._rows(_SUMMARIES, values)
        return (PostSummary(*row) for row in rows)

    def post(self, key: int | str, at: datetime | None = None) -> ArchivedPost | None:
        """The post that a person names by a number or an address (see naming.py).

        With `at` as the archive held it then; None where it did not.
        """
        with self.snapshot(), named_errors(self.path):
            post_id = find_post_id(self._connection, key)
            if post_id is None:
                return None
            post = self._post(post_id)
            return post if at is None else as_of(self._connection, post, utc_text(at))

    def head(self, post_id: int, at: datetime | None = None) -> ArchivedPost | None:
        """The post with this id without its comments, which may be many; with `at` as `post` has it."""
        with self.snapshot(), named_errors(self.path):
            if not self._rows("SELECT 1 FROM posts WHERE id = ?", (post_id,)):
                return None
            post = self._post(post_id, with_thread=False)
            return post if at is None else as_of(self._connection, post, utc_text(at))

    def thread(self, post_id: int) -> tuple[ThreadComment, ...]:
        """The comments of a post in the order in which its pages show them; where its own page stands: own_pages."""
        return tuple(comment_from_row(row) for row in self._rows(COMMENTS, (post_id,)))

    def signers(self, post_id: int) -> tuple[Signer, ...]:
        """Who signs a post, in the page's order, with their bios."""
        return tuple(Signer(*row) for row in self._rows(_SIGNERS, (post_id,)))

    def export_posts(self, ids: Sequence[int] | None = None) -> Iterator[ArchivedPost]:
        """All posts whole, of every kind, one in memory at a time: the oldest first, those without a date before them.

        All of them are from one moment, also while a writer is at work. With `ids` these posts, in this order.
        """
        with self.snapshot(), named_errors(self.path):
            chosen: Iterable[int] = ids if ids is not None else (row[0] for row in self._connection.execute(_IN_ORDER))
            for post_id in chosen:
                yield self._post(post_id)

    def find_posts(self, condition: str) -> list[int]:
        """The ids of the posts for which a condition in SQL holds, oldest first (see selecting.py)."""
        with named_errors(self.path):
            return find_posts(self._connection, condition)

    def export_people(self, posts: Sequence[int] | None = None) -> Iterator[ArchivedPerson]:
        """The people who sign these posts, or all who are known."""
        with named_errors(self.path):
            yield from find_people(self._connection, posts)

    def commenters(self) -> Iterator[tuple[str | None, str | None, str | None]]:
        """Name, URL and picture of who commented, in all of the archive: each combination once."""
        with named_errors(self.path):
            yield from find_commenters(self._connection)

    def commenters_of(self, post_id: int) -> list[str | None]:
        """The names below a post, each once."""
        return [name for (name,) in self._rows("SELECT DISTINCT author FROM comments WHERE post_id = ?", (post_id,))]

    def post_of_comment(self, comment_id: int) -> int:
        """The id of the post that a comment is about."""
        ((post_id,),) = self._rows("SELECT post_id FROM comments WHERE id = ?", (comment_id,))
        return int(post_id)

    def url_of_post(self, post_id: int) -> str:
        ((url,),) = self._rows("SELECT url FROM posts WHERE id = ?", (post_id,))
        return str(url)

    def copy_posts(self, target: Path, ids: Sequence[int] | None = None, rewrite: Rewrite | None = None) -> int:
        """The number of posts copied to `target`, an empty file, as an archive of their own (see subset.py)."""
        with named_errors(self.path):
            return copy_posts(self._connection, target, ids, rewrite)

    def hosts(self) -> list[str]:
        """The hosts of the archived blogs, without 'www.'."""
        return [host for (host,) in self._rows("SELECT host FROM blogs ORDER BY id")]

    def find(self, wanted: Wanted, limit: int, offset: int = 0, marks: tuple[str, str] = ("[", "]")) -> list[Hit]:
        """The posts and comments that are wanted, best first; `marks` enclose in their snippets what was found."""
        with self.snapshot(), named_errors(self.path):
            return find_hits(self._connection, wanted, limit, offset, marks)

    def count_found(self, wanted: Wanted) -> HitCounts:
        """How many posts and comments are wanted, by blog, year and kind."""
        with self.snapshot(), named_errors(self.path):
            return count_hits(self._connection, wanted)

    def stats(self) -> Stats:
        """How much the archive holds."""
        with self.snapshot():
            (counts,) = self._rows(_STATS)
            states = self._rows("SELECT state, count(*) FROM pages GROUP BY state ORDER BY state")
            values: Row = (*counts, dict(states))
            return Stats(*values)

    def _post(self, post_id: int, with_thread: bool = True) -> ArchivedPost:
        rows = self._rows(_POST, (post_id,))
        if not rows:
            raise ArchiveError(DAMAGED.format(f"post {post_id} is only in an index"), str(self.path))
        (row,) = rows
        filed = self._rows(_TAGS, (post_id,))
        tags = tuple(name for kind, name in filed if kind == "tag")
        categories = tuple(name for kind, name in filed if kind == "category")
        times = (Time(*row[9:14]), Time(*row[14:19]))
        lacking = self._missing_pages(post_id, row[23]) if row[23] else ()
        lists = (lacking, self.signers(post_id), tags, categories, self.thread(post_id) if with_thread else ())
        values: Row = (*row[:9], *times, *row[19:23], *lists, gone_since(self._connection, post_id), row[24])
        return ArchivedPost(*values)

    def _missing_pages(self, post_id: int, count: int) -> tuple[int, ...]:
        held = {number for (number,) in self._rows("SELECT number FROM post_parts WHERE post_id = ?", (post_id,))}
        return tuple(number for number in range(1, count + 1) if number not in held)

    def _rows(self, sql: str, parameters: tuple[Any, ...] | dict[str, Any] = ()) -> list[Row]:
        with named_errors(self.path):
            return self._connection.execute(sql, parameters).fetchall()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """A transaction: all queries in it see the same state. One inside another is part of it."""
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.ProgrammingError):  # the reader was closed before an iterator of it
                self._connection.execute("ROLLBACK")


_IN_ORDER = "SELECT id FROM posts ORDER BY published_earliest, id"

_SUMMARIES = """
SELECT post_id, url, kind, title, author, published, comments_held, comments_declared, captures FROM post_summary
WHERE (kind = 'post' OR :all_kinds) AND (:name IS NULL OR post_id IN (
  SELECT post_id FROM post_people JOIN people ON people.id = person_id WHERE people.name_key = :name
))
ORDER BY published_earliest DESC, post_id LIMIT :limit"""

_POST = """
SELECT posts.id, posts.url, kind, title, subtitle, section, language, text, html,
  published, published_earliest, published_latest, published_precision, published_shown,
  modified, modified_earliest, modified_latest, modified_precision, modified_shown,
  declared_comment_count, view_count, captures.fetched_at, withheld, page_count, posts.site_name
FROM posts LEFT JOIN captures ON captures.id = posts.capture_id WHERE posts.id = ?"""

_SIGNERS = """
SELECT people.id, post_people.name, role, people.url, bios.text, bios.html, bios.source, bios.picture_url
FROM post_people JOIN people ON people.id = post_people.person_id LEFT JOIN bios ON bios.person_id = people.id
WHERE post_id = ? ORDER BY position"""

_TAGS = """
SELECT kind, tags.name FROM post_tags JOIN tags ON tags.id = tag_id WHERE post_id = ? ORDER BY kind, position"""

COMMENT_FIELDS = """id, parent_id, platform_id, permalink, kind, state, thread_page, position, depth,
  author, author_url, by_post_author, subject, text, html,
  published, published_earliest, published_latest, published_precision, published_shown,
  (SELECT fetched_at FROM absences JOIN captures ON captures.id = missed_capture_id
   WHERE comment_id = comments.id AND back_capture_id IS NULL),
  avatar_url, (SELECT fetched_at FROM captures WHERE id = last_capture_id)"""  # of `comment_from_row`
COMMENTS = f"""
SELECT {COMMENT_FIELDS} FROM comments WHERE post_id = ?1
ORDER BY coalesce(thread_page, (SELECT thread_page FROM own_pages WHERE post_id = ?1), 0), position, id"""

_STATS = """
SELECT (SELECT count(*) FROM blogs),
  (SELECT count(*) FROM posts WHERE kind = 'post'), (SELECT count(*) FROM posts WHERE kind <> 'post'),
  (SELECT count(DISTINCT person_id) FROM post_people JOIN posts ON posts.id = post_id WHERE kind = 'post'),
  (SELECT count(*) FROM bios WHERE text <> ''), (SELECT count(*) FROM comments),
  (SELECT count(*) FROM posts WHERE kind = 'post' AND EXISTS (SELECT 1 FROM comments WHERE post_id = posts.id)),
  (SELECT count(*) FROM captures)"""


def comment_from_row(row: Row) -> ThreadComment:
    """The comment of a row selected as COMMENT_FIELDS."""
    values: Row = (*row[:11], bool(row[11]), *row[12:15], Time(*row[15:20]), *row[20:])
    return ThreadComment(*values)
