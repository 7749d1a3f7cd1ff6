"""`ReparseBook`: which captures are still to be read again, and what reading them has changed. SQL only."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from scraper.model import Capture
from scraper.store.planning.times import stored_moment, utc_text
from scraper.store.rows import CAPTURE_COLUMNS
from scraper.store.upkeep.reparse_watch import watch

Changes = dict[tuple[str, str], int]  # how many rows, by their kind and the field that changed


@dataclass(frozen=True, slots=True)
class Queued:
    """A capture that is to be read again. `role` is what a crawl asked for it as, `found_on` who named it; None both
    where no crawl did.

    Neighbours of one round with one number `together` are pages of one post.
    """

    position: int
    together: tuple[int, int]  # the round first
    is_stating: bool  # whether it is a feed or an interface, or may be, for the comments that it states
    capture: Capture
    role: str | None
    found_on: str | None


@dataclass(frozen=True, slots=True)
class Reread:
    """All captures up to a position are read; written in the transaction of what was read of them."""

    position: int

    def write(self, connection: sqlite3.Connection) -> None:
        """Takes them off the queue."""
        connection.execute("DELETE FROM reparse_queue WHERE position <= ?", (self.position,))


class ReparseBook:
    """The reparses of an archive's database; `read` and `write` are the archive's, for errors of its own."""

    def __init__(
        self,
        read: Callable[[], AbstractContextManager[sqlite3.Connection]],
        write: Callable[[], AbstractContextManager[sqlite3.Connection]],
    ) -> None:
        self._read, self._write = read, write

    def begin(self, version: str, now: datetime) -> tuple[int, int]:
        """How many captures are to be read in all, and how many are left of a reparse by this version that was cut
        short; else another one begins. From now on this connection notes what changes.
        """
        with self._write() as connection:
            open_one = connection.execute(_OPEN, (version,)).fetchone()
            if open_one is None:
                for statement in _BEGIN:
                    connection.execute(statement)
                total = connection.execute("SELECT count(*) FROM reparse_queue").fetchone()[0]
                connection.execute(_ADD, (version, utc_text(now), total))
            watch(connection)
            (total,) = connection.execute("SELECT captures FROM reparses ORDER BY id DESC LIMIT 1").fetchone()
            (left,) = connection.execute("SELECT count(*) FROM reparse_queue").fetchone()
            return total, left

    def queued(self, after: int, most: int) -> list[Queued]:
        """The next captures behind this position."""
        with self._read() as connection:
            return [_queued(row) for row in connection.execute(_QUEUED, (after, most))]

    def changes(self) -> Changes:
        """What the last reparse has changed so far."""
        with self._read() as connection:
            return {(what, field): number for what, field, number in connection.execute(_CHANGES)}

    def end(self, now: datetime) -> None:
        """All is read."""
        with self._write() as connection:
            connection.execute("UPDATE reparses SET ended_at = ? WHERE ended_at IS NULL", (utc_text(now),))


def _queued(row: tuple[object, ...]) -> Queued:
    position, turn, together, is_stating, role, found_on, *columns = row
    values = dict(zip(CAPTURE_COLUMNS, columns, strict=True))
    times = {name: stored_moment(values[name]) for name in ("fetched_at", "fetched_before")}  # type: ignore[arg-type]
    return Queued(position, (turn, together), bool(is_stating), Capture(**{**values, **times}), role, found_on)  # type: ignore[arg-type]


_OPEN = "SELECT 1 FROM reparses WHERE version = ? AND ended_at IS NULL AND id = (SELECT max(id) FROM reparses)"
_ADD = "INSERT INTO reparses (version, begun_at, captures) VALUES (?, ?, ?)"
_CHANGES = "SELECT what, field, count(*) FROM reparse_changes GROUP BY what, field ORDER BY what, field"

# First of each page the capture that a post was read from, or else the newest one, all pages of a post together; then
# the second newest of each, and so on: so an older capture is held against today's reading of the current one. At last
# what states comments, which fill the gaps of those on pages: of what no crawl asked for, all that is no page. A page
# whose scripts were run is read as they left it: the answer itself says nothing more. Pictures, redirects and failures
# hold nothing to read.
_BEGIN = (
    "UPDATE reparses SET ended_at = begun_at WHERE ended_at IS NULL",
    "DELETE FROM reparse_queue",
    "DELETE FROM reparse_changes",
    """
INSERT INTO reparse_queue (position, round, together, is_stating, capture_id)
SELECT
  row_number() OVER (ORDER BY is_stating, round, together, post_page, comment_page, id), round, together, is_stating, id
FROM (
  SELECT
    captures.id,
    coalesce(pages.post_id, -pages.id) AS together,
    pages.post_page,
    pages.comment_page,
    coalesce(
      (SELECT max(role IN ('comment_feed', 'comment_api')) FROM frontier WHERE frontier.url_key = pages.url_key),
      pages.kind IS NULL
    ) AS is_stating,
    row_number() OVER (
      PARTITION BY captures.page_id
      ORDER BY EXISTS (SELECT 1 FROM posts WHERE posts.capture_id = captures.id) DESC, captures.fetched_at DESC,
        captures.id DESC
    ) AS round
  FROM captures JOIN pages ON pages.id = captures.page_id
  WHERE coalesce(captures.status, 200) BETWEEN 200 AND 299
  AND coalesce(captures.content_type, '') NOT LIKE 'image/%'
  AND NOT (captures.status IS NOT NULL AND captures.origin = 'fetch' AND EXISTS (
    SELECT 1 FROM captures AS shown WHERE shown.page_id = captures.page_id AND shown.fetched_at = captures.fetched_at
    AND shown.origin = 'fetch' AND shown.status IS NULL AND shown.id > captures.id
  ))
)""",
)
_COLUMNS = ", ".join(f"captures.{name}" for name in CAPTURE_COLUMNS)
_QUEUED = f"""
SELECT position, round, together, is_stating, asked.role, asked.found_on, {_COLUMNS}
FROM reparse_queue JOIN captures ON captures.id = reparse_queue.capture_id JOIN pages ON pages.id = captures.page_id
LEFT JOIN frontier AS asked ON asked.id = (
  SELECT id FROM frontier WHERE url_key = pages.url_key AND is_stating AND role IN ('comment_feed', 'comment_api')
  ORDER BY id LIMIT 1
)
WHERE position > ? ORDER BY position LIMIT ?"""
