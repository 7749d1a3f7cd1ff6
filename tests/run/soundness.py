"""What has to hold of an archive after every run, however the runs before it ended: `assert_sound`; and what it says.

`check` is asked last, and has to agree.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from scraper.capture.captures import is_capture
from scraper.capture.fixity import payloads_of
from scraper.capture.records import WarcRecord, read_records
from scraper.export.jsonl import export_jsonl
from scraper.run.upkeep.check import check_archive
from scraper.store.planning.times import utc_text
from scraper.store.reader import Reader

Place = tuple[str, int, int]


def exported(db: Path) -> list[dict[str, Any]]:
    """The archive as `export --to jsonl` has it, without the times of capture."""
    lines: list[str] = []
    with Reader(db) as reader:
        export_jsonl(reader.export_posts(), lines.append)
    posts = [json.loads(line) for line in lines]
    for post in posts:
        del post["captured_at"]
    return posts


def recorded(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What the rows say of the inputs, but for the places of their records: for comparing two ways to one archive."""
    return {
        "captures": rows(
            db,
            "SELECT url, fetched_at, fetched_before, status, content_type, payload_sha256, payload_length, origin"
            " FROM captures ORDER BY 1, 2, 6",
        ),
        "pages": rows(
            db,
            "SELECT pages.url, state, reason, state_at, pages.kind, posts.url, pages.comment_page, encoding, notices"
            " FROM pages LEFT JOIN posts ON posts.id = post_id ORDER BY 1",
        ),
    }


def assert_sound(db: Path, refetched: bool = False) -> None:
    """Every segment whole, sealed and readable to its last byte; a row for every capture in it, and no capture twice.

    But where a URL was fetched again, one row for the same bytes within a second: times are kept to the second.
    """
    found = dict(_captures_of_segments(db))
    held = {tuple(row[:3]): row[3:] for row in rows(db, _PLACES)}
    assert held.keys() <= found.keys()
    for place, (url, sha256, _) in held.items():
        assert found[place].url == url
        assert sha256 in {digest for digest, _ in payloads_of(found[place])}
    assert len(held) == len(set(held.values())), "a capture twice"
    assert {_identity(record, held.get(place)) for place, record in found.items()} == set(held.values())
    assert refetched or len(found) == len(held), "a record twice"
    assert rows(db, "SELECT count(*) FROM runs WHERE finished_at IS NULL") == [(0,)]
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for index in ("posts_fts", "comments_fts"):
            connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    assert check_archive(db).findings == ()


def rows(db: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()


def _identity(record: WarcRecord, row: tuple[Any, ...] | None) -> tuple[str | None, str, str | None]:
    """URL, digest and time of the record; of a revisit, the digest of the payload that its row says it stands for."""
    sha256 = row[1] if row and row[1] in {digest for digest, _ in payloads_of(record)} else record.sha256
    return record.url, sha256, utc_text(record.fetched_at) if record.fetched_at else None


_PLACES = "SELECT warc_file, warc_offset, warc_length, url, payload_sha256, fetched_at FROM captures"


def _captures_of_segments(db: Path) -> Iterator[tuple[Place, WarcRecord]]:
    folder = db.with_suffix(".warc")
    for path in sorted(folder.glob("*.warc.gz")):
        records = [record for record in read_records(path) if isinstance(record, WarcRecord)]
        size, digest = path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()
        assert sum(record.length for record in records) == size, f"{path} has bytes that are no record"
        seal = json.loads(path.with_name(path.name + ".seal").read_text())
        assert (seal["length"], seal["sha256"], seal["records"]) == (size, digest, len(records))
        for record in records:
            if is_capture(record):
                yield (f"{folder.name}/{path.name}", record.offset, record.length), record
    assert not list(folder.glob("*.new")), "a draft was left"
