"""Which captures an archive holds, in the order of its segments: `read_held`; whether it holds anything at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scraper.errors import ArchiveError
from scraper.store.connection import EMPTY, reading

CONTENTS = ("pages", "captures", "posts", "crawls", "profiles", "recipes", "forgotten", "takedowns", "hosts", "robots")


@dataclass(frozen=True, slots=True)
class Held:
    """A capture's row, and what it shows where it is what a post was read from."""

    url: str
    fetched_at: str | None
    payload_sha256: str
    warc_file: str
    warc_offset: int
    warc_length: int
    title: str | None
    text: str | None  # None: no post was read from it


def is_bare(path: Path) -> bool:
    """Whether the archive has nothing but its runs; False where that cannot be told."""
    try:
        with reading(path) as connection:
            return not any(connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in CONTENTS)
    except ArchiveError as error:
        return error.message == EMPTY


def read_held(path: Path, posts: Sequence[int] | None = None) -> Iterator[Held]:
    """All captures that have a row, from one moment; with `posts`, which are ids, those of these posts' pages.

    What such a capture only refers to, having the same bytes, comes with it.
    """
    sql = _HELD.format(chosen="" if posts is None else _CHOSEN)
    with reading(path) as connection:
        for row in connection.execute(sql, {"posts": json.dumps(posts)}):
            yield Held(*row)


_HELD = """
SELECT captures.url, captures.fetched_at, payload_sha256, warc_file, warc_offset, warc_length, title, text
FROM captures LEFT JOIN posts ON posts.capture_id = captures.id {chosen}
ORDER BY warc_file, warc_offset"""

_CHOSEN = """
WHERE captures.id IN (
  WITH chosen AS (
    SELECT captures.id, payload_sha256 FROM captures JOIN pages ON pages.id = page_id
    WHERE pages.post_id IN (SELECT value FROM json_each(:posts))
  )
  SELECT id FROM chosen
  UNION SELECT (SELECT min(id) FROM captures WHERE payload_sha256 = chosen.payload_sha256) FROM chosen
)"""
