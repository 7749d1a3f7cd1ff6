from __future__ import annotations

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from scraper.errors import ArchiveError, ArchiveLocked, ArchiveTooNew
from scraper.store import connection as module
from scraper.store.archive import Archive
from scraper.store.connection import open_for_reading, open_for_writing
from scraper.store.reader import Reader
from scraper.store.schema import VERSION


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "voices.db"
    open_for_writing(path).close()
    return path


def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "voices.db"
    path.touch()
    with Archive(path):
        pass
    with Reader(path) as reader:
        assert reader.stats().posts == 0


def test_a_name_with_odd_characters_is_that_name(tmp_path: Path) -> None:
    path = tmp_path / "50% a?b#c d.db"
    open_for_writing(path).close()
    open_for_reading(path).close()
    assert path.stat().st_size > 0


def test_somebody_elses_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE posts (id)")
    other.commit()
    other.close()
    before = digest(path)
    for opener in (open_for_writing, open_for_reading):
        with pytest.raises(ArchiveError, match="not an archive") as caught:
            opener(path)
        assert str(path) in str(caught.value)
    assert digest(path) == before
    assert [each.name for each in tmp_path.iterdir()] == ["other.db"]


def test_a_newer_archive_is_refused(path: Path) -> None:
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {VERSION + 1}")
    newer.close()
    for opener in (open_for_writing, open_for_reading):
        with pytest.raises(ArchiveTooNew, match="newer"):
            opener(path)


@pytest.mark.parametrize("content", [b"<html>no database</html>" * 100, b"SQLite format 3\0" + b"\xff" * 4000])
def test_what_is_no_database_is_named_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "voices.db"
    path.write_bytes(content)
    for opener in (open_for_writing, open_for_reading):
        with pytest.raises(ArchiveError) as caught:
            opener(path)
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


def test_a_damaged_archive_is_an_archive_error(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xaa" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match="damaged"), Archive(path) as archive:
        archive.record([], [])


def test_a_missing_folder_a_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="folder of the archive does not exist"):
        open_for_writing(tmp_path / "nowhere" / "voices.db")
    with pytest.raises(ArchiveError, match="a folder"):
        open_for_writing(tmp_path)
    with pytest.raises(ArchiveError, match="no such archive"):
        open_for_reading(tmp_path / "voices.db")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_cannot_be_read_from(tmp_path: Path) -> None:
    path = tmp_path / "voices.db"
    path.touch()
    with pytest.raises(ArchiveError, match="empty"):
        open_for_reading(path)
    assert path.stat().st_size == 0


def test_a_reader_changes_no_byte(path: Path) -> None:
    before = digest(path)
    with Reader(path) as reader:
        reader.stats()
        assert list(reader.posts()) == []
        with pytest.raises(sqlite3.OperationalError):
            reader._connection.execute("CREATE TABLE x (y)")
    assert digest(path) == before


def test_a_reader_leaves_no_file_behind(path: Path) -> None:
    before = sorted(path.parent.iterdir())
    with Reader(path) as first:
        assert list(first.posts()) == []
        with Reader(path) as second:
            assert second.stats().posts == 0
        assert Path(f"{path}-wal").exists()  # the first is at it
        assert first.stats().posts == 0
    assert sorted(path.parent.iterdir()) == before


def test_of_a_reader_that_outlives_a_writer_no_file_stays_and_no_row_is_lost(path: Path) -> None:
    before = sorted(path.parent.iterdir())
    with Reader(path) as reader:
        assert list(reader.posts()) == []
        writer = open_for_writing(path)
        writer.execute("INSERT INTO tags (name) VALUES ('x')")
        writer.close()
        assert Path(f"{path}-wal").stat().st_size > 0
    assert sorted(path.parent.iterdir()) == before
    with Reader(path) as reader:
        assert reader.connection.execute("SELECT name FROM tags").fetchall() == [("x",)]


def test_what_a_killed_writer_left_a_reader_leaves(path: Path, tmp_path: Path) -> None:
    writer = open_for_writing(path)
    writer.execute("INSERT INTO tags (name) VALUES ('x')")
    copy = tmp_path / "copy.db"
    shutil.copy(path, copy)
    shutil.copy(f"{path}-wal", f"{copy}-wal")
    writer.close()
    before = copy.read_bytes(), Path(f"{copy}-wal").read_bytes()
    with Reader(copy) as reader:
        assert reader.connection.execute("SELECT name FROM tags").fetchall() == [("x",)]
    assert (copy.read_bytes(), Path(f"{copy}-wal").read_bytes()) == before


def test_what_a_writer_left_that_was_killed_while_one_read_is_in_the_database_afterwards(path: Path) -> None:
    before = sorted(path.parent.iterdir())
    with Reader(path) as reader:
        assert list(reader.posts()) == []
        subprocess.run([sys.executable, "-c", KILLED_WRITER, str(path)], check=False)
        assert Path(f"{path}-wal").stat().st_size > 0
    assert sorted(path.parent.iterdir()) == before
    with Reader(path) as reader:
        assert reader.connection.execute("SELECT name FROM tags").fetchall() == [("x",)]


KILLED_WRITER = """
import os, signal, sys
from pathlib import Path
from scraper.store.connection import open_for_writing
writer = open_for_writing(Path(sys.argv[1]))
writer.execute("INSERT INTO tags (name) VALUES ('x')")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_beside_a_database_that_is_not_ours_no_file_is_left(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA journal_mode = WAL; CREATE TABLE x (y)")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ArchiveError, match="not an archive of this program"):
        open_for_reading(path)
    assert sorted(tmp_path.iterdir()) == before


def test_a_reader_works_while_a_writer_is_at_it(path: Path) -> None:
    writer = open_for_writing(path)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO tags (name) VALUES ('x')")
    with Reader(path) as reader:
        assert reader.stats().posts == 0
    writer.execute("ROLLBACK")
    writer.close()


def test_a_writer_that_waits_too_long_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUSY_MILLISECONDS", 20)
    first = open_for_writing(path)
    first.execute("BEGIN IMMEDIATE")
    with Archive(path) as second, pytest.raises(ArchiveLocked, match="another program") as caught:
        second.record([], [])
    assert caught.value.exit_code == 4
    first.close()


def test_foreign_keys_are_enforced(path: Path) -> None:
    connection = open_for_writing(path)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT INTO bios (person_id) VALUES (7)")
    connection.close()


def test_the_wal_shrinks_once_a_long_reader_has_ended(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAL_BYTES", 100_000)
    wal = path.with_name(path.name + "-wal")
    writer, reader = open_for_writing(path), open_for_reading(path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM tags").fetchone()
    for number in range(300):
        writer.execute("INSERT INTO tags (name) VALUES (?)", (f"{number} {'x' * 9000}",))
    assert wal.stat().st_size > 2_000_000
    reader.execute("ROLLBACK")
    for number in range(3):
        writer.execute("INSERT INTO tags (name) VALUES (?)", (str(number),))
    assert wal.stat().st_size <= 100_000
    reader.close()
    writer.close()
