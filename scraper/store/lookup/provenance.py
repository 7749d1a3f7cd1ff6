"""Where values come from: one capture with its claims and removals, and the place of a picture's bytes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scraper.errors import ArchiveError
from scraper.store.connection import DAMAGED
from scraper.store.rows import Row, among


@dataclass(frozen=True, slots=True)
class CapturedPage:
    """A capture, and how its page is read. What the page says (from `kind`) is of the page's newest capture."""

    id: int
    page_id: int
    url: str
    fetched_at: str | None
    fetched_before: str | None
    status: int | None
    content_type: str | None
    payload_sha256: str
    payload_length: int
    record_id: str
    warc_file: str
    warc_offset: int
    warc_length: int
    origin: str
    is_newest: bool
    state: str
    reason: str | None
    kind: str | None
    post_id: int | None
    platform: str | None
    encoding: str | None
    encoding_source: str | None
    source: str | None
    notices: tuple[str, ...]
    extractor_version: str | None


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A candidate for a field, with what makes the claim and where."""

    field: str
    value: str
    source: str
    place: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class StoredRemoval:
    """A block that was taken off, and why."""

    step: str
    kind: str
    rule: str
    place: str
    characters: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class PictureBytes:
    """Where the bytes of a picture stand, and what they are."""

    media_type: str
    warc_file: str
    warc_offset: int


def segment_path(archive: Path, warc_file: str) -> Path:
    """The file that a row names, which stands in a folder beside the database; a database may say anything."""
    parts = PurePosixPath(warc_file).parts
    if len(parts) != 2 or ".." in parts or parts[0] == "/" or "\0" in warc_file:
        raise ArchiveError(DAMAGED.format("a capture is said to be outside of its folder"), str(archive))
    return archive.parent.joinpath(*parts)


def read_capture(connection: sqlite3.Connection, capture_id: int) -> CapturedPage | None:
    """The capture of this id; None where there is none."""
    row = connection.execute(_CAPTURE, (capture_id,)).fetchone()
    if row is None:
        return None
    notices = tuple(str(each) for each in json.loads(row[23])) if row[23] else ()
    values: Row = (*row[:14], bool(row[14]), *row[15:23], notices, row[24])
    return CapturedPage(*values)


def read_siblings(connection: sqlite3.Connection, page_id: int, limit: int) -> list[tuple[int, str | None, int | None]]:
    """(id, time, status) of the captures of a page, newest first."""
    return connection.execute(_SIBLINGS, (page_id, limit)).fetchall()


def read_claims(connection: sqlite3.Connection, capture_id: int) -> list[StoredClaim]:
    """The claims of a capture: by field, those that won first."""
    rows = connection.execute(_CLAIMS, (capture_id,))
    return [StoredClaim(field, value, source, place, bool(won)) for field, value, source, place, won in rows]


def read_removals(connection: sqlite3.Connection, capture_id: int) -> list[StoredRemoval]:
    """What was taken off a capture's page, in the order of removal."""
    return [StoredRemoval(*row) for row in connection.execute(_REMOVALS, (capture_id,))]


def held_pictures(connection: sqlite3.Connection, urls: Iterable[str]) -> dict[str, int]:
    """The media ids of those of these addresses whose pictures are in the archive."""
    sql = f"SELECT url, id FROM media WHERE {among('url')} AND state = 'fetched' AND capture_id IS NOT NULL"
    return dict(connection.execute(sql, (json.dumps(list(urls)),)).fetchall())


def read_picture(connection: sqlite3.Connection, media_id: int) -> PictureBytes | None:
    """Where the bytes of this picture stand; None where they are not held."""
    row = connection.execute(_PICTURE, (media_id,)).fetchone()
    return PictureBytes(*row) if row else None


_CAPTURE = """
SELECT captures.id, page_id, captures.url, fetched_at, fetched_before, status, content_type, payload_sha256,
  payload_length, record_id, warc_file, warc_offset, warc_length, origin, pages.capture_id IS captures.id,
  pages.state, pages.reason, pages.kind, pages.post_id, platform, encoding, encoding_source, source, notices,
  extractor_version
FROM captures JOIN pages ON pages.id = page_id WHERE captures.id = ?"""
_SIBLINGS = """
SELECT id, fetched_at, status FROM captures WHERE page_id = ?
ORDER BY coalesce(fetched_at, '') DESC, id DESC LIMIT ?"""
_CLAIMS = """
SELECT field, value, source, place, accepted FROM claims WHERE capture_id = ?
ORDER BY field, accepted DESC, position"""
_REMOVALS = """
SELECT step, kind, rule, place, characters, excerpt FROM removals WHERE capture_id = ? ORDER BY position"""
_PICTURE = """
SELECT media.media_type, payload.warc_file, payload.warc_offset
FROM media JOIN captures AS own ON own.id = media.capture_id
JOIN captures AS payload ON payload.id =
  (SELECT id FROM captures WHERE payload_sha256 = own.payload_sha256 ORDER BY origin = 'warc', id LIMIT 1)
WHERE media.id = ? AND media.media_type IS NOT NULL"""
