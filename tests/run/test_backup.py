"""A backup is the archive of one moment, with a list that its segments can be held against."""

from __future__ import annotations

import json
import shutil
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest

from scraper.errors import ArchiveError, UsageError
from scraper.run.importing.imports import ImportOptions, import_paths
from scraper.run.upkeep import backup
from scraper.run.upkeep.backup import Backup, back_up, read_backup
from scraper.run.upkeep.check import check_archive, repair_archive
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store.archive import Archive
from scraper.store.crawls.copying import copy_database
from tests.store.conftest import dump

PAGE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1>" + "<p>Bread takes its time.</p>" * 9


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "voices.db"
    add(path, "one")
    return path


def add(db: Path, name: str) -> None:
    page = db.parent / f"{name}.html"
    page.write_text(PAGE.format(name), encoding="utf-8")
    import_paths(db, [page], ImportOptions(), Settings())


def test_a_backup_has_all_rows_and_lists_all_segments(db: Path, tmp_path: Path) -> None:
    add(db, "two")
    made = back_up(db, tmp_path / "copy.db")
    assert dump(tmp_path / "copy.db") == dump(db)
    files = sorted((tmp_path / "voices.warc").glob("*.warc.gz"))
    assert [(each.file, each.length, each.sha256, each.is_sealed) for each in made.segments] == [
        (f"voices.warc/{file.name}", file.stat().st_size, sha256(file.read_bytes()).hexdigest(), True) for file in files
    ]
    assert made.database.sha256 == sha256((tmp_path / "copy.db").read_bytes()).hexdigest()
    assert read_backup(tmp_path / "copy.db") == read_backup(tmp_path / "copy.db.json") == made
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith((".", "copy"))) == [
        "copy.db",
        "copy.db.json",
    ]


def test_no_backup_is_made_among_the_captures(db: Path, tmp_path: Path) -> None:
    (tmp_path / "voices.warc").rename(tmp_path / "real")
    (tmp_path / "voices.warc").symlink_to("real")
    (tmp_path / "real" / "more").mkdir()
    for place in ("voices.warc/copy.db", "real/copy.db", "voices.warc/more/copy.db"):
        with pytest.raises(UsageError, match="in the folder of the archive's captures"):
            back_up(db, tmp_path / place)
    assert not list(tmp_path.rglob("copy*"))


@pytest.mark.parametrize("name", ["copy.db", "copy.db.json"])
def test_nothing_is_overwritten(db: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(UsageError):
        back_up(db, tmp_path / "copy.db")
    assert (tmp_path / name).read_text() == "mine"
    assert not any(path.name.startswith(".copy") for path in tmp_path.iterdir())


def test_of_two_backups_of_one_process_to_one_place_the_first_that_is_whole_stays(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.db"
    made: list[Backup] = []

    def copy_twice(source: Path, copy: Path) -> None:
        copy_database(source, copy)
        monkeypatch.setattr(backup, "copy_database", copy_database)
        made.append(back_up(db, target))  # while the first one is under way
        assert copy.exists()

    monkeypatch.setattr(backup, "copy_database", copy_twice)
    with pytest.raises(UsageError, match="overwrites nothing"):
        back_up(db, target)
    assert read_backup(target) == made[0]
    assert made[0].database.sha256 == sha256(target.read_bytes()).hexdigest()
    assert not any(path.name.startswith(".copy") for path in tmp_path.iterdir())


def test_the_archive_itself_is_not_overwritten(db: Path) -> None:
    before = dump(db)
    with pytest.raises(UsageError):
        back_up(db, db)
    assert dump(db) == before


def test_a_backup_is_made_while_another_process_writes(db: Path, tmp_path: Path) -> None:
    before = dump(db)
    writer = sqlite3.connect(db, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE posts SET title = 'half written'")
    back_up(db, tmp_path / "copy.db")
    writer.execute("COMMIT")
    writer.close()
    assert dump(tmp_path / "copy.db") == before != dump(db)


def test_of_a_segment_that_is_still_written_as_much_is_listed_as_rows_refer_to(db: Path, tmp_path: Path) -> None:
    (segment,) = (tmp_path / "voices.warc").glob("*.warc.gz")
    segment.with_name(segment.name + ".seal").unlink()
    whole = segment.read_bytes()
    segment.write_bytes(whole + b"half a record")
    (listed,) = back_up(db, tmp_path / "copy.db").segments
    assert not listed.is_sealed
    assert listed.length is not None and listed.length <= len(whole)
    assert listed.sha256 == sha256(whole[: listed.length]).hexdigest()


def test_check_holds_segments_against_the_list(db: Path, tmp_path: Path) -> None:
    back_up(db, tmp_path / "copy.db")
    listed = read_backup(tmp_path / "copy.db")
    add(db, "two")  # what came since is no difference
    assert check_archive(db, tmp_path / "copy.db").problems == ()
    segment = tmp_path / listed.segments[0].file
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    said = [each.what for each in check_archive(db, tmp_path / "copy.db").problems]
    assert "it is not what the backup lists: the SHA-256 is another one" in said
    segment.write_bytes(data[:100])
    said = [each.what for each in check_archive(db, tmp_path / "copy.db").problems]
    assert f"it has 100 bytes, and {len(data)} in the backup's list" in said
    segment.unlink()
    said = [each.what for each in check_archive(db, tmp_path / "copy.db").problems]
    assert any(what.startswith("the backup lists it, and it cannot be read") for what in said)


@pytest.mark.parametrize("named", ["copy.db", "copy.db.json"])
def test_check_holds_the_copy_against_its_list(db: Path, tmp_path: Path, named: str) -> None:
    copy = tmp_path / "away" / "copy.db"
    copy.parent.mkdir()
    back_up(db, copy)
    assert check_archive(db, copy.with_name(named)).problems == ()
    data = bytearray(copy.read_bytes())
    data[len(data) // 2] ^= 1
    copy.write_bytes(data)
    (altered,) = check_archive(db, copy.with_name(named)).problems
    assert (altered.about, altered.what) == (
        str(copy),
        "it is not what the backup lists: the SHA-256 is another one",
    )


def test_a_copy_that_is_missing_is_a_problem_but_where_its_list_alone_was_named(db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(db, copy)
    copy.unlink()
    (missing,) = check_archive(db, copy).problems
    assert (missing.about, "cannot be read" in missing.what) == (str(copy), True)
    listed = copy.with_name("copy.db.json")
    (note,) = check_archive(db, listed).findings
    assert (note.about, note.is_problem, "only the segments are held" in note.what) == (str(copy), False, True)
    (segment,) = db.with_suffix(".warc").glob("*.warc.gz")
    segment.write_bytes(segment.read_bytes()[:-1])
    assert "in the backup's list" in " ".join(each.what for each in check_archive(db, listed).problems)


@pytest.mark.parametrize("is_copy", [False, True])
def test_check_finds_the_segments_of_an_archive_that_was_renamed(db: Path, tmp_path: Path, is_copy: bool) -> None:
    back_up(db, tmp_path / "b.db")
    new, folder = tmp_path / "all.db", tmp_path / "all.warc"
    shutil.copy(db, new)
    shutil.copytree(tmp_path / "voices.warc", folder)
    if not is_copy:
        db.unlink()
        shutil.rmtree(tmp_path / "voices.warc")
    repair_archive(new, Settings(), Watcher())
    assert check_archive(new, tmp_path / "b.db").findings == ()
    (segment,) = folder.glob("*.warc.gz")
    segment.write_bytes(segment.read_bytes()[:-1] + b"!")
    said = [each.what for each in check_archive(new, tmp_path / "b.db").problems if each.about == str(segment)]
    assert "it is not what the backup lists: the SHA-256 is another one" in said


@pytest.mark.parametrize("name", ["voices.bak", "voices", "voices.sqlite"])
def test_no_backup_is_made_that_would_share_the_folder_of_the_archive(db: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"it would have voices\.warc, the captures of voices\.db, for its own"):
        back_up(db, tmp_path / name)
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    with pytest.raises(UsageError, match=r"give it a name that differs before its ending too"):
        back_up(link / "voices.db", tmp_path / name)
    assert not (tmp_path / name).exists()
    (tmp_path / "away").mkdir()
    assert back_up(db, tmp_path / "away" / name).segments


def test_check_holds_segments_beside_the_copy_against_its_list(db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "away" / "copy.db"
    copy.parent.mkdir()
    back_up(db, copy)
    shutil.copytree(db.with_suffix(".warc"), copy.with_name("voices.warc"))
    assert check_archive(db, copy).problems == ()
    (segment,) = copy.with_name("voices.warc").glob("*.warc.gz")
    segment.write_bytes(segment.read_bytes()[:-1] + b"!")
    (altered,) = check_archive(db, copy).problems
    assert altered.about == str(segment)
    segment.unlink()
    (missing,) = check_archive(db, copy).problems
    assert missing.about == str(segment)


@pytest.mark.parametrize(("name", "said"), [("nosuch.db", "no such file"), (".", "a folder"), ("", "a folder")])
def test_a_list_that_is_missing_is_a_matter_of_usage(db: Path, tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        check_archive(db, tmp_path / name)


def test_a_segment_that_is_missing_is_listed_without_a_digest(db: Path, tmp_path: Path) -> None:
    (segment,) = (tmp_path / "voices.warc").glob("*.warc.gz")
    segment.unlink()
    assert [each.file for each in back_up(db, tmp_path / "copy.db").missing] == [f"voices.warc/{segment.name}"]


def test_a_restored_backup_goes_on_where_it_was(db: Path, tmp_path: Path) -> None:
    back_up(db, tmp_path / "copy.db")
    for path in tmp_path.glob("voices.db*"):
        path.unlink()
    (tmp_path / "copy.db").rename(db)
    add(db, "two")
    assert check_archive(db).problems == ()
    with Archive(db, readonly=True) as archive:
        assert archive.profiled_hosts() == frozenset()


FILE = {"file": "copy.db", "length": 1, "sha256": "0"}


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        "{}",
        '{"database": 1, "segments": 2}',
        "[" * 100_000,
        json.dumps({"segments": [{"file": 3}]}),
        *(
            json.dumps({"archive": "", "made_at": "", "version": "", "database": FILE, "segments": [{**FILE, **wrong}]})
            for wrong in ({"length": "1"}, {"sha256": 0}, {"file": 3}, {"file": "a\0"}, {"file": "\ud800"})
        ),
    ],
)
def test_what_is_no_list_is_said_to_be_none(tmp_path: Path, said: str) -> None:
    (tmp_path / "copy.db.json").write_text(said)
    with pytest.raises(ArchiveError, match=r"copy\.db\.json: not the list of a backup, or a damaged one") as error:
        read_backup(tmp_path / "copy.db")
    assert error.value.exit_code == 1
