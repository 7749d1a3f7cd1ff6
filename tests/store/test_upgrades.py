"""An archive that a release wrote is opened by this version, and by the one after it: copied first, nothing lost."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from scraper.errors import ArchiveError
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.upkeep.check import check_archive
from scraper.run.upkeep.rebuild import rebuild
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store import connection as connections
from scraper.store import schema
from scraper.store.archive import Archive
from scraper.store.connection import open_for_reading
from scraper.store.reader import Reader
from tests.run.contents_of import content

ARCHIVES = Path(__file__).parents[1] / "fixtures" / "archives"
RELEASES = sorted(path.name for path in ARCHIVES.iterdir() if path.is_dir())
NEXT = "ALTER TABLE blogs ADD COLUMN motto TEXT;  -- what the blog says of itself\nUPDATE blogs SET motto = 'none';\n"
AGAIN = "if its schema was changed on purpose before the release: python -m tests.fixtures.archives.make {}"


@pytest.fixture(params=RELEASES)
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The sample archive of a release, as that left it."""
    place = tmp_path / "archive"
    shutil.copytree(ARCHIVES / request.param, place)
    packed = place / "voices.db.gz"
    (place / "voices.db").write_bytes(gzip.decompress(packed.read_bytes()))
    packed.unlink()
    return place / "voices.db"


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> int:
    """This program with one more migration."""
    read: Callable[[str], str] = schema._read_migration
    version = schema.VERSION + 1
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "next.sql"))
    monkeypatch.setattr(schema, "_read_migration", lambda name: NEXT if name == "next.sql" else read(name))
    for module in (schema, connections):
        monkeypatch.setattr(module, "VERSION", version)
    return version


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def schema_of(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def upgrade(path: Path) -> list[str]:
    """What a run that finds nothing new says."""
    said: list[str] = []
    (path.parent / "empty").mkdir(exist_ok=True)
    import_paths(path, [path.parent / "empty"], ImportOptions(), Settings(), Watcher(note=said.append))
    return said


def test_there_is_a_sample_archive() -> None:
    assert RELEASES


def test_an_upgraded_archive_has_the_schema_of_a_new_one_and_all_its_rows(
    archive: Path, tmp_path: Path, next_version: int
) -> None:
    before = content(archive)
    assert before["posts"] and before["comments"] and before["revisions"]
    upgrade(archive)
    with Archive(tmp_path / "new.db"):
        pass
    assert version_of(archive) == next_version
    assert schema_of(archive) == schema_of(tmp_path / "new.db"), AGAIN.format(RELEASES[-1])
    after = content(archive)
    columns = {table: len(rows[0]) for table, rows in before.items() if rows}
    assert {table: sorted((row[: columns[table]] for row in after[table]), key=repr) for table in columns} == {
        table: before[table] for table in columns
    }
    with closing(sqlite3.connect(archive)) as connection:
        assert connection.execute("SELECT DISTINCT motto FROM blogs").fetchall() == [("none",)]


def test_an_upgraded_archive_is_sound_and_can_be_read(archive: Path, next_version: int) -> None:
    upgrade(archive)
    assert [each for each in check_archive(archive).findings if each.is_problem] == []
    with Reader(archive) as reader:
        assert reader.stats().posts > 0


def test_it_is_kept_as_it_was_and_that_is_said(archive: Path, next_version: int) -> None:
    old, rows, was = version_of(archive), content(archive), schema_of(archive)
    (line,) = upgrade(archive)
    kept = archive.with_name(f"voices.schema-{old}.db")
    assert str(kept) in line and str(archive) in line
    assert (version_of(kept), content(kept), schema_of(kept)) == (old, rows, was)
    assert upgrade(archive) == []
    assert sorted(archive.parent.glob("*.schema-*")) == [kept]


def test_a_copy_that_is_there_is_not_written_over(archive: Path, next_version: int) -> None:
    old = version_of(archive)
    kept = archive.with_name(f"voices.schema-{old}.db")
    kept.write_bytes(b"mine")
    (line,) = upgrade(archive)
    assert kept.read_bytes() == b"mine"
    assert str(archive.with_name(f"voices.schema-{old}-2.db")) in line


def test_an_archive_that_cannot_be_copied_is_not_upgraded(archive: Path, next_version: int) -> None:
    old = version_of(archive)
    archive.with_name(f"voices.schema-{old}.db.part").mkdir()
    with pytest.raises(ArchiveError, match="cannot be copied, which is done before it is upgraded"):
        Archive(archive)
    assert version_of(archive) == old


def test_readers_say_what_to_do_and_change_nothing(archive: Path, next_version: int) -> None:
    before = archive.read_bytes()
    with pytest.raises(ArchiveError, match="of an older version; the next command that writes copies it"):
        open_for_reading(archive)
    assert archive.read_bytes() == before
    assert not list(archive.parent.glob("*.schema-*"))


def test_a_lost_database_comes_back_in_the_new_version(archive: Path, next_version: int) -> None:
    posts = {row[3] for row in content(archive)["posts"]}
    archive.unlink()
    rebuild(archive, archive.with_suffix(".warc"), Settings(), readers=0)
    assert version_of(archive) == next_version
    assert {row[3] for row in content(archive)["posts"]} == posts


def test_a_new_archive_is_no_upgrade(tmp_path: Path) -> None:
    with Archive(tmp_path / "new.db") as made:
        assert made.copy is None
    assert [path.name for path in tmp_path.iterdir()] == ["new.db"]
