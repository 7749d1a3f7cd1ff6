"""What an archive has of each blog that it crawls, and what it lacks: `read_coverage`."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from scraper.store.connection import reading
from scraper.store.rows import Row

SOURCES = ("feed", "sitemap", "interface", "archive")


@dataclass(frozen=True, slots=True)
class PostCounts:
    """Posts of a blog. `known` is the sum of the others but `held_gone`: those held that are gone from the web."""

    known: int
    held: int
    waiting: int
    failed: int
    refused: int
    gone: int
    without: int  # no post was found there
    held_gone: int


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """Posts that one kind of document lists, or did; archive: that only archive pages and links tell of."""

    source: str
    known: int
    held: int


@dataclass(frozen=True, slots=True)
class CommentCounts:
    """Comments of a blog's posts; `missing` are declared and not held, under as many posts as `threads_short` says."""

    held: int
    declared: int
    missing: int
    threads_short: int
    threads_elsewhere: int  # posts whose comments an embedded service has


@dataclass(frozen=True, slots=True)
class PageCounts:
    """All addresses of a blog, by what became of them."""

    known: int
    answered: int
    waiting: int
    reserve: int  # asked for only where they are needed
    failed: int
    refused: int
    gone: int
    left_out: int  # traps: never asked for


@dataclass(frozen=True, slots=True)
class MissingPost:
    """A post that is known and not held, and why: failed, refused, waiting, gone, moved, no_post, left_out.

    Its role is page where a sitemap lists it and nothing says whether it is a post.
    """

    url: str
    role: str
    state: str
    reason: str | None
    next_try: str | None


@dataclass(frozen=True, slots=True)
class ShortThread:
    """A post that declares more comments than are held; `service` has them, where it is not the blog itself."""

    url: str
    held: int
    declared: int
    service: str | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong on so many addresses of a blog, one of them as an example."""

    kind: str
    reason: str | None
    number: int
    next_try: str | None
    example: str


@dataclass(frozen=True, slots=True)
class BlogCoverage:
    """One crawled blog: its counts, then what is missing of it, at most so many as were asked for."""

    blog: str
    posts: PostCounts
    sources: tuple[SourceCounts, ...]
    comments: CommentCounts
    pages: PageCounts
    missing_posts: tuple[MissingPost, ...]
    short_threads: tuple[ShortThread, ...]
    troubles: tuple[Trouble, ...]


def read_coverage(path: Path, limit: int | None = None) -> tuple[BlogCoverage, ...]:
    """The blogs in the order in which they were added; of each at most `limit` missing posts and short threads.

    Raises ArchiveError for what is no archive, ArchiveTooNew for one of a newer version.
    """
    with reading(path) as connection:
        rows = connection.execute("SELECT * FROM coverage ORDER BY crawl_id").fetchall()
        return tuple(_coverage(connection, row, -1 if limit is None else limit) for row in rows)


def _coverage(connection: sqlite3.Connection, row: Row, limit: int) -> BlogCoverage:
    crawl_id, blog, *numbers = row
    sources = (SourceCounts(name, *numbers[8 + 2 * at : 10 + 2 * at]) for at, name in enumerate(SOURCES))
    missing = connection.execute(_MISSING, (crawl_id, limit))
    short = connection.execute(_SHORT, (crawl_id, limit))
    troubles = connection.execute(_TROUBLES, (crawl_id,))
    return BlogCoverage(
        blog,
        PostCounts(*numbers[:8]),
        tuple(sources),
        CommentCounts(*numbers[16:21]),
        PageCounts(*numbers[21:]),
        tuple(MissingPost(*each) for each in missing),
        tuple(ShortThread(*each) for each in short),
        tuple(Trouble(*each) for each in troubles),
    )


_MISSING = """
SELECT url, role, state, reason, next_try FROM known_posts WHERE crawl_id = ? AND state <> 'held'
ORDER BY instr('failed refused left_out moved no_post waiting gone', state), address_id LIMIT ?"""
_SHORT = """
SELECT url, held, declared, service FROM short_threads
WHERE post_id IN (SELECT post_id FROM known_posts WHERE crawl_id = ?) ORDER BY declared - held DESC, post_id LIMIT ?"""
_TROUBLES = """
SELECT kind, reason, number, strftime('%Y-%m-%dT%H:%M:%SZ', next_try), example FROM crawl_health WHERE crawl_id = ?
ORDER BY kind, number DESC, reason"""
