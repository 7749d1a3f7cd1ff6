"""An archive's captures as one WARC file are the records of its segments, accepted by others and read again by us."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.capture.records import WarcRecord, read_records
from scraper.export.warc import export_warc
from tests.export import archives
from tests.export.archives import take
from tests.run.contents_of import content
from tests.run.soundness import rows

imported, crawled = archives.imported, archives.crawled
NOW = datetime(2024, 3, 22, tzinfo=UTC)


def write(db: Path, target: Path, posts: list[int] | None = None) -> tuple[int, list[str]]:
    told: list[str] = []
    with target.open("wb") as file:
        return export_warc(db, file.write, name=target.name, now=NOW, tell=told.append, posts=posts), told


def records(path: Path) -> list[WarcRecord]:
    found = list(read_records(path))
    assert all(isinstance(each, WarcRecord) for each in found)
    return [each for each in found if isinstance(each, WarcRecord)]


def content_beside_captures(db: Path) -> dict[str, list[tuple[object, ...]]]:
    found = content(db)
    del found["captures"]  # in other segments, and from somebody's WARC
    return found


def check(path: Path) -> None:
    subprocess.run([sys.executable, "-m", "warcio.cli", "check", str(path)], check=True, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("archive", ["imported", "crawled"])
def test_it_is_accepted_and_gives_the_same_archive_again(
    archive: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    db: Path = request.getfixturevalue(archive)
    number, told = write(db, tmp_path / "all.warc.gz")
    assert ((number,), told) == (rows(db, "SELECT count(*) FROM captures")[0], [])
    check(tmp_path / "all.warc.gz")
    again = tmp_path / "again.db"
    take(again, tmp_path / "all.warc.gz")
    columns = "record_id, url, fetched_at, fetched_before, status, payload_sha256"
    assert sorted(rows(again, f"SELECT {columns} FROM captures")) == sorted(rows(db, f"SELECT {columns} FROM captures"))
    if archive == "imported":
        assert content_beside_captures(again) == content_beside_captures(db)


def test_records_are_copied_as_they_are(imported: Path, tmp_path: Path) -> None:
    write(imported, tmp_path / "all.warc.gz")
    kept = {each.record_id: b"".join(each.stored_pieces()) for each in records(tmp_path / "all.warc.gz")}
    for segment in imported.with_suffix(".warc").glob("*.warc.gz"):
        for record in records(segment):
            assert kept[record.record_id] == b"".join(record.stored_pieces())


def test_requests_stay_with_their_answers(crawled: Path, tmp_path: Path) -> None:
    write(crawled, tmp_path / "all.warc.gz")
    found = records(tmp_path / "all.warc.gz")
    answers = {each.record_id for each in found if each.kind in ("response", "revisit")}
    asked = [each.header.get("WARC-Concurrent-To") for each in found if each.kind == "request"]
    assert set(asked) == answers and len(asked) == len(answers)


def test_of_chosen_posts_there_are_the_captures_of_their_pages(imported: Path, tmp_path: Path) -> None:
    ((post,),) = rows(imported, "SELECT id FROM posts WHERE title = 'Rye'")
    assert write(imported, tmp_path / "rye.warc.gz", [post]) == (1, [])
    assert [each.url for each in records(tmp_path / "rye.warc.gz") if each.kind == "resource"] == [
        "https://blog.example/rye"
    ]


def test_what_cannot_be_read_is_named_and_the_rest_is_there(imported: Path, tmp_path: Path) -> None:
    (first, _) = sorted(imported.with_suffix(".warc").glob("*.warc.gz"))
    damaged = bytearray(first.read_bytes())
    ((offset, length),) = rows(imported, "SELECT warc_offset, warc_length FROM captures WHERE url LIKE '%/feed'")
    damaged[offset : offset + length] = bytes(length)
    first.write_bytes(damaged)
    number, told = write(imported, tmp_path / "all.warc.gz")
    assert number == 4
    assert len(told) == 1 and told[0].startswith("https://blog.example/feed: not exported: ")
    check(tmp_path / "all.warc.gz")


def test_a_row_that_points_out_of_the_folder_is_not_followed(imported: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(imported)) as connection, connection:
        connection.execute("UPDATE captures SET warc_file = '../x/' || warc_file")
    number, told = write(imported, tmp_path / "all.warc.gz")
    assert number == 0 and len(told) == 5 and "not a place in the archive's folder" in told[0]
