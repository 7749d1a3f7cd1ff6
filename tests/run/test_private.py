"""The addresses of mail and network of those who commented are kept on request only, and leave the archive by no way."""

from __future__ import annotations

import gzip
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.capture.records import read_record, read_records
from scraper.errors import InputError
from scraper.export.wacz import export_wacz
from scraper.export.warc import export_warc
from scraper.export.wxr import export_wxr
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.processing.process import ProcessOptions, process
from scraper.run.upkeep.forget import forget
from scraper.run.upkeep.merge import merge
from scraper.run.upkeep.rebuild import rebuild
from scraper.settings import Settings
from scraper.store.archive import Archive
from scraper.store.reader import Reader
from scraper.store.takedowns.forget_target import Wish
from scraper.web.asked import Asked
from scraper.web.pages.capture import source
from tests.parse.exports.test_disqus import DISQUS, thread
from tests.parse.exports.test_disqus import post as remark
from tests.parse.exports.test_movable_type import entry
from tests.run.conftest import Rows
from tests.run.contents_of import content
from tests.run.exports import comment, item, write_wxr
from tests.run.soundness import exported, rows

MAIL, NETWORK = b"reader@mail.example", b"192.0.2.7"
NOW = datetime(2024, 3, 22, tzinfo=UTC)
CONTACTS = "SELECT platform_id, email, ip FROM private_contacts JOIN comments ON comments.id = comment_id ORDER BY 1"
KEPT = [("1", MAIL.decode(), NETWORK.decode()), ("2", MAIL.decode(), NETWORK.decode())]


def take(db: Path, path: Path, *, keep: bool) -> None:
    import_paths(db, [path], ImportOptions(keep_private=keep), Settings())


def bytes_of(db: Path) -> bytes:
    """All that stands in the archive's files, unpacked."""
    segments = db.with_suffix(".warc").glob("*.gz")
    files = [path for path in db.parent.glob(f"{db.name}*") if path.is_file()]
    return b"".join(
        [*(gzip.decompress(path.read_bytes()) for path in segments), *(path.read_bytes() for path in files)]
    )


@pytest.fixture
def wxr(tmp_path: Path) -> Path:
    return write_wxr(tmp_path, [item(1, comments=[comment(1), comment(2, parent=1)]), item(2)])


@pytest.fixture
def kept(db: Path, wxr: Path) -> Path:
    take(db, wxr, keep=True)
    return db


def test_without_the_option_they_are_nowhere(db: Path, wxr: Path) -> None:
    take(db, wxr, keep=False)
    assert rows(db, CONTACTS) == []
    found = bytes_of(db)
    assert MAIL not in found and NETWORK not in found


def test_with_it_they_stand_beside_their_comments(kept: Path) -> None:
    assert rows(kept, CONTACTS) == KEPT
    before = rows(kept, CONTACTS), content(kept)
    assert MAIL in bytes_of(kept)
    take(kept, kept.parent / "export.xml", keep=True)
    assert (rows(kept, CONTACTS), content(kept)) == before


def test_it_may_be_asked_for_later(db: Path, wxr: Path) -> None:
    take(db, wxr, keep=False)
    take(db, wxr, keep=True)
    assert rows(db, CONTACTS) == KEPT
    assert rows(db, "SELECT count(*) FROM comments") == [(2,)]


def test_of_other_exports_too(db: Path, tmp_path: Path) -> None:
    (tmp_path / "disqus.xml").write_text(DISQUS.format(records=thread(1) + remark(2, 1)))
    (tmp_path / "mt.txt").write_text(entry())
    for name in ("mt.txt", "disqus.xml"):
        take(db, tmp_path / name, keep=True)
    found = "SELECT kind, platform_id, email, ip FROM private_contacts JOIN comments ON comments.id = comment_id"
    assert sorted(rows(db, found), key=repr) == [
        ("comment", "2", "bob@mail.example", "192.0.2.7"),
        ("comment", None, "bob@mail.example", "192.0.2.7"),
        ("trackback", None, None, "192.0.2.8"),
    ]


def test_an_archive_made_anew_and_a_merged_one_have_them(kept: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    merge(other, [kept], Settings(), readers=0)
    assert rows(other, CONTACTS) == KEPT
    for path in kept.parent.glob(f"{kept.name}*"):
        path.unlink()
    rebuild(kept, kept.with_suffix(".warc"), Settings(), readers=0)
    assert rows(kept, CONTACTS) == KEPT


def test_a_warc_of_an_archive_that_has_them_gives_none_unasked(kept: Path, tmp_path: Path) -> None:
    (warc,) = kept.with_suffix(".warc").glob("*.warc.gz")
    other = tmp_path / "other.db"
    for _ in range(2):
        take(other, warc, keep=False)
        assert rows(other, CONTACTS) == []
        assert MAIL not in bytes_of(other) and NETWORK not in bytes_of(other)
        assert rows(other, "SELECT count(*) FROM captures") == [(2,)]
    assert exported(other) == exported(kept)
    times = "SELECT url, fetched_at, fetched_before FROM captures ORDER BY 1"
    assert rows(other, times) == rows(kept, times)
    take(other, warc, keep=True)
    assert rows(other, CONTACTS) == KEPT


def test_a_record_that_cannot_be_read_is_not_taken_unasked(kept: Path, tmp_path: Path) -> None:
    change_record(kept, b'"kind": "post"', b'"kind": "p0st"')
    (warc,) = kept.with_suffix(".warc").glob("*.warc.gz")
    other = tmp_path / "other.db"
    report = import_paths(other, [warc], ImportOptions(), Settings())
    assert report.states["damaged"] == 1
    assert MAIL not in bytes_of(other)
    ((said,),) = rows(other, "SELECT message FROM run_events WHERE level = 'error'")
    assert "what is private in it" in said


def test_a_shard_has_none(kept: Path, tmp_path: Path) -> None:
    (warc,) = kept.with_suffix(".warc").glob("*.warc.gz")
    process([warc], tmp_path / "shards", ProcessOptions("serial"), Settings())
    (shard,) = (tmp_path / "shards").rglob("*.db")
    assert rows(shard, CONTACTS) == []
    assert MAIL not in bytes_of(shard) and NETWORK not in bytes_of(shard)
    assert exported(shard) == exported(kept)


def test_they_go_with_their_comment(kept: Path) -> None:
    with Archive(kept) as archive, archive._transaction() as connection:  # as whatever removes comments does it
        connection.execute("UPDATE comments SET parent_id = NULL")
        for table in ("comment_sightings", "absences", "revisions"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("DELETE FROM comments WHERE platform_id = '1'")
    assert rows(kept, CONTACTS) == KEPT[1:]


def test_what_is_forgotten_has_none(kept: Path) -> None:
    forget(kept, Wish("comment:1"), Settings())
    assert rows(kept, CONTACTS) == KEPT[1:]
    assert exported(kept)


def test_no_export_has_them(kept: Path, tmp_path: Path) -> None:
    told: list[str] = []
    with Reader(kept) as reader:
        told.append(str(exported(kept)))
        export_wxr(reader.export_posts, told.append, now=NOW)
        with (tmp_path / "all.warc.gz").open("wb") as file:
            assert export_warc(kept, file.write, name="all.warc.gz", now=NOW, tell=pytest.fail) == 2
        with (tmp_path / "all.wacz").open("wb") as file:
            export_wacz(kept, file, now=NOW, tell=pytest.fail)
    with zipfile.ZipFile(tmp_path / "all.wacz") as members:
        unpacked = [members.read(name) for name in members.namelist()]
    unpacked += [gzip.decompress(each) for each in unpacked if each.startswith(b"\x1f\x8b")]
    unpacked += ["".join(told).encode(), gzip.decompress((tmp_path / "all.warc.gz").read_bytes())]
    for found in unpacked:
        assert MAIL not in found and NETWORK not in found
    again = tmp_path / "again.db"
    take(again, tmp_path / "all.warc.gz", keep=True)
    assert exported(again) == exported(kept)


def test_other_records_of_an_export_stay_as_they_are(kept: Path, tmp_path: Path) -> None:
    with (tmp_path / "all.warc.gz").open("wb") as file:
        export_warc(kept, file.write, name="all.warc.gz", now=NOW, tell=pytest.fail)
    ids = {each.record_id for each in read_records(tmp_path / "all.warc.gz") if hasattr(each, "record_id")}
    ((with_comments,), (without,)) = rows(kept, "SELECT record_id FROM captures ORDER BY url")
    assert without in ids and with_comments not in ids


def test_the_source_of_a_capture_has_none(kept: Path) -> None:
    for (key,) in rows(kept, "SELECT id FROM captures"):
        answer = source_of(kept, key)
        assert b"https://blog.example/post-" in answer
        assert MAIL not in answer and NETWORK not in answer


def test_a_source_that_cannot_be_read_is_not_shown(kept: Path) -> None:
    key = change_record(kept, b'"kind": "post"', b'"kind": "p0st"')
    with pytest.raises(InputError, match="private"):
        source_of(kept, key)


@pytest.mark.parametrize(
    ("said", "changed", "left"),
    [(b'"kind": "post"', b'"kind": "p0st"', 1), (b"WARC-Date: 2", b"WARC-Date: x", 2), (b"WARC-Date", b"WARC-Dote", 2)],
)
def test_an_export_has_none_from_records_that_are_damaged(
    kept: Path, tmp_path: Path, said: bytes, changed: bytes, left: int
) -> None:
    change_record(kept, said, changed)
    told: list[str] = []
    with (tmp_path / "all.warc.gz").open("wb") as file:
        assert export_warc(kept, file.write, name="all.warc.gz", now=NOW, tell=told.append) == left
    found = gzip.decompress((tmp_path / "all.warc.gz").read_bytes())
    assert MAIL not in found and NETWORK not in found
    assert len(told) == 2 - left and all("https://blog.example/post-1/: not exported: " in each for each in told)


def change_record(db: Path, said: bytes, changed: bytes) -> int:
    """Lets the record of the first post say something else; its capture's id."""
    place = "SELECT id, warc_file, warc_offset, warc_length FROM captures WHERE url LIKE '%/post-1/'"
    ((key, name, offset, length),) = rows(db, place)
    segment = db.parent / name
    data = segment.read_bytes()
    record = gzip.decompress(data[offset : offset + length])
    assert said in record
    record = gzip.compress(record.replace(said, changed))
    segment.write_bytes(data[:offset] + record + data[offset + length :])
    digest = read_record(segment, offset).sha256
    with closing(sqlite3.connect(db)) as connection, connection:
        moved = "UPDATE captures SET warc_offset = warc_offset + ? WHERE warc_offset > ?"
        connection.execute(moved, (len(record) - length, offset))
        connection.execute("UPDATE captures SET payload_sha256 = ? WHERE id = ?", (digest, key))
    return int(key)


def source_of(db: Path, key: int) -> bytes:
    with Reader(db) as reader:
        return source(Asked("", {"key": str(key)}, {}, reader)).body


def test_no_view_and_no_index_shows_them(kept: Path, rows: Rows) -> None:
    for name, kind in rows("SELECT name, type FROM sqlite_master WHERE type IN ('view', 'table')"):
        if name != "private_contacts":
            assert MAIL.decode() not in str(rows(f"SELECT * FROM {name}")), (name, kind)
