"""What captures an archive holds, in the order in which they stand in its segments: `read_held`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scraper.store.connection import reading


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
