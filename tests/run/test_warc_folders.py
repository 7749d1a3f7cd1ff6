"""An archive that was renamed or copied says where its captures are looked for; no two write into one folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.cli.main import cli
from scraper.errors import ArchiveError
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.upkeep.backup import back_up
from scraper.run.upkeep.check import check_archive, repair_archive
from scraper.run.upkeep.forget import forget, preview_forgetting
from scraper.run.upkeep.merge import merge
from scraper.run.upkeep.reparse import reparse
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store.takedowns.forget_target import Wish
from tests.run.inputs_of_five import fill_folder
from tests.run.soundness import assert_sound, rows

SETTINGS = Settings()


def fill(db: Path, folder: Path) -> None:
    import_paths(db, [folder], ImportOptions(), SETTINGS)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return fill_folder(tmp_path / "saved")


@pytest.fixture
def db(tmp_path: Path, saved: Path) -> Path:
    path = tmp_path / "voices.db"
    fill(path, saved)
    return path


def folders(db: Path) -> set[str]:
    return {str(name).partition("/")[0] for (name,) in rows(db, "SELECT warc_file FROM captures")}


@pytest.mark.parametrize("name", ["voices.bak", "voices.sqlite", "voices"])
@pytest.mark.parametrize("is_copy", [True, False])
def test_an_archive_that_would_share_the_folder_of_another_is_not_written(
    db: Path, saved: Path, name: str, is_copy: bool
) -> None:
    other = db.with_name(name)
    if is_copy:
        shutil.copy(db, other)
    with pytest.raises(ArchiveError, match=r"voices\.warc, the folder of voices\.db"):
        fill(other, saved)
    assert not other.with_name(f"{name}.lock").exists()
    assert other.exists() == is_copy
    fill(db, saved)  # whose the folder is goes on


def test_nor_is_one_whose_folder_is_a_link_to_that_of_another(db: Path, saved: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / db.name
    other.parent.mkdir()
    shutil.copy(db, other)
    other.with_suffix(".warc").symlink_to(db.with_suffix(".warc"))
    with pytest.raises(ArchiveError, match=r"voices\.warc, the folder of voices\.db there; put a copy"):
        fill(other, saved)
    db.rename(db.with_name("another.db"))  # a folder that is kept on another disk is the archive's own
    fill(other, saved)


@pytest.mark.parametrize("name", ["voices.db3", "voices.sdb", "voices.sqlite-db", "voices.data"])
def test_one_with_another_ending_is_not_kept_from_its_folder_by_a_copy(db: Path, saved: Path, name: str) -> None:
    main = db.with_name(name)
    db.rename(main)
    fill(main, saved)
    copy = db.with_name("voices.bak")
    shutil.copy(main, copy)
    fill(main, saved)
    assert_sound(main)
    with pytest.raises(ArchiveError, match=f"the folder of {name}"):
        fill(copy, saved)


@pytest.mark.parametrize("name", ["voices.sqlite3", "voices.data"])
def test_nor_by_a_backup_that_was_moved_there_with_its_list(db: Path, saved: Path, name: str) -> None:
    main = db.rename(db.with_name(name))
    ending = "bak" if name == "voices.data" else "db"
    db.with_name("voices.db.lock").unlink()
    back_up(main, db.with_name("copy.db"))
    db.with_name("copy.db").rename(db.with_name(f"voices.{ending}"))
    db.with_name("copy.db.json").rename(db.with_name(f"voices.{ending}.json"))
    fill(main, saved)
    assert_sound(main)


def test_beside_an_old_database_that_was_moved_away_a_new_one_is_made(db: Path, saved: Path) -> None:
    db.rename(db.with_name("voices.old"))
    fill(db, saved)
    assert_sound(db)
    with pytest.raises(ArchiveError, match=r"the folder of voices\.db"):
        fill(db.with_name("voices.old"), saved)


def test_files_beside_an_archive_that_are_none_are_in_nobodys_way(db: Path, saved: Path) -> None:
    db.with_suffix(".a").write_text("notes")
    db.with_suffix(".b").mkdir()
    db.with_name("voices.2.db").write_bytes(db.read_bytes())
    fill(db, saved)
    assert_sound(db)


def test_an_archive_that_was_renamed_with_its_folder_says_so_and_is_put_right(db: Path) -> None:
    new = db.rename(db.with_name("new.db"))
    old = db.with_suffix(".warc")
    old.rename(new.with_suffix(".warc"))
    (problem,) = check_archive(new).problems
    assert problem.about == str(old)
    assert (
        "no such folder; 6 captures in 1 segment are looked for in it: new.db seems to have been renamed"
        in problem.what
    )
    assert "check --repair new.db" in problem.advice
    with pytest.raises(ArchiveError, match="seems to have been renamed"):
        reparse(new, SETTINGS, is_rehearsal=True)
    with pytest.raises(ArchiveError, match=r"new\.db seems to have been renamed"):
        merge(db.with_name("all.db"), [new], SETTINGS)
    said: list[str] = []
    found = repair_archive(new, SETTINGS, Watcher(note=said.append))
    assert (found.problems, found.mended) == ((), (problem,))
    assert said == [f"{new}: the archive had another name; its 1 segment is now looked for in new.warc"]
    assert folders(new) == {"new.warc"}
    assert_sound(new)


def test_so_does_one_whose_old_name_another_archive_has_by_now(db: Path, saved: Path) -> None:
    new, old = db.rename(db.with_name("new.db")), db.with_suffix(".warc")
    old.rename(new.with_suffix(".warc"))
    fill(db, saved)
    (problem,) = checkup = check_archive(new).findings
    assert (problem.about, problem.is_problem) == (str(old), True)
    assert "6 captures in 1 segment are looked for in it in vain: new.db seems to have been renamed" in problem.what
    for attempt in (
        lambda: reparse(new, SETTINGS, is_rehearsal=True),
        lambda: merge(db.with_name("all.db"), [new], SETTINGS),
    ):
        with pytest.raises(ArchiveError, match=r"new\.db seems to have been renamed"):
            attempt()
    assert repair_archive(new, SETTINGS, Watcher()).mended == checkup
    assert folders(new) == {"new.warc"}
    assert_sound(new)
    assert_sound(db)


def test_what_is_in_neither_folder_is_told_by_segment(db: Path, saved: Path) -> None:
    new = db.rename(db.with_name("new.db"))
    shutil.rmtree(db.with_suffix(".warc"))
    fill(db, saved)
    (problem,) = check_archive(new).findings
    assert problem.about.startswith(f"{db.with_suffix('.warc')}/")
    assert problem.what == "missing; 6 captures are in it"


def test_a_reparse_of_a_renamed_archive_puts_it_right_first(db: Path) -> None:
    new = db.rename(db.with_name("new.db"))
    db.with_suffix(".warc").rename(new.with_suffix(".warc"))
    report = reparse(new, SETTINGS).report
    assert (report.exit_code, report.states["read"]) == (0, 6)
    assert_sound(new)


@pytest.mark.parametrize(
    ("name", "said"), [("new.db", "seems to have been renamed, or to be a copy"), ("voices.db", "")]
)
def test_an_archive_without_its_folder_says_in_one_line_where_it_looked(db: Path, name: str, said: str) -> None:
    (db.parent / "away").mkdir()
    moved = db.rename(db.parent / "away" / name)
    (problem,) = check_archive(moved).problems
    assert problem.about == str(moved.with_name("voices.warc"))
    assert said in problem.what
    assert f"{moved.with_suffix('.warc')}" in f"{problem.about} {problem.advice}"
    with pytest.raises(ArchiveError, match="no such folder; 6 captures in 1 segment are looked for in it"):
        reparse(moved, SETTINGS)


@pytest.mark.parametrize("form", ["warc", "wacz"])
def test_an_export_of_captures_says_it_in_one_line_too(db: Path, tmp_path: Path, form: str) -> None:
    db.with_suffix(".warc").rename(tmp_path / "away")
    found = CliRunner().invoke(cli, ["export", str(db), str(tmp_path / "out"), "--to", form])
    (line,) = found.stderr.splitlines()
    assert "voices.warc: no such folder; 6 captures in 1 segment are looked for in it" in line
    assert found.exit_code == 1
    assert not (tmp_path / "out").exists()


def test_where_one_of_two_folders_is_lost_the_other_one_is_read(db: Path, saved: Path) -> None:
    new = db.rename(db.with_name("new.db"))
    (saved / "more.html").write_text("<title>More</title><article><h1>More</h1><p>More of it, and some.</p></article>")
    fill(new, saved)
    shutil.rmtree(db.with_suffix(".warc"))
    said: list[str] = []
    report = reparse(new, SETTINGS, Watcher(note=said.append)).report
    assert (report.states["failed"], report.states["read"] > 0) == (6, True)
    assert said[0].startswith(f"{db.with_suffix('.warc')}: no such folder; 6 captures")


def test_a_copy_writes_into_its_own_folder_and_says_whose_the_other_is(db: Path, tmp_path: Path) -> None:
    before = sorted(db.with_suffix(".warc").iterdir())
    copy = db.with_name("copy.db")
    shutil.copy(db, copy)
    page = tmp_path / "more.html"
    page.write_text("<title>More</title><article><h1>More</h1><p>More of it, and then some.</p></article>")
    fill(copy, page)
    assert folders(copy) == {"voices.warc", "copy.warc"}
    assert sorted(db.with_suffix(".warc").iterdir()) == before
    checkup = check_archive(copy)
    assert not checkup.problems
    (note,) = checkup.findings
    assert "6 captures in 1 segment are in voices.warc, the folder of voices.db" in note.what
    assert f"copy what is in it to {copy.with_suffix('.warc')}" in note.advice


def test_nothing_is_forgotten_while_captures_are_in_the_folder_of_another_name(db: Path) -> None:
    copy = db.with_name("copy.db")
    shutil.copy(db, copy)
    (url,) = rows(copy, "SELECT url FROM posts LIMIT 1")[0]
    for attempt in (lambda: preview_forgetting(copy, Wish(url)), lambda: forget(copy, Wish(url), SETTINGS)):
        with pytest.raises(ArchiveError, match=r"are in voices\.warc, out of which nothing would be taken"):
            attempt()
    shutil.copytree(db.with_suffix(".warc"), copy.with_suffix(".warc"))
    done = forget(copy, Wish(url), SETTINGS)
    assert done is not None
    assert done.records == 1
    assert folders(copy) == {"copy.warc"}
    assert_sound(copy)
    assert_sound(db)


def cut_short(copy: Path, db: Path) -> Path:
    """The segment in the copy's own folder, as a `cp` of the other one's folder that was interrupted leaves it."""
    (segment,) = db.with_suffix(".warc").glob("*.warc.gz")
    copy.with_suffix(".warc").mkdir()
    part = copy.with_suffix(".warc") / segment.name
    part.write_bytes(segment.read_bytes()[: segment.stat().st_size // 2])
    return part


@pytest.mark.parametrize("is_alone", [False, True])
def test_a_segment_that_is_only_partly_there_is_left_alone_until_it_is_whole(db: Path, is_alone: bool) -> None:
    copy = db.with_name("copy.db")
    shutil.copy(db, copy)
    part = cut_short(copy, db)
    if is_alone:  # with the other one's folder
        db.unlink()
    before = part.read_bytes()
    said: list[str] = []
    checkup = repair_archive(copy, SETTINGS, Watcher(note=said.append))
    what = (
        f"1 segment in it ({part.name}) is not what rows look for in another folder,"
        " as after a copy that was cut short, and is left alone"
    )
    assert said == [f"{part.parent}: {what}; copy it again, or move it away"]
    assert not checkup.problems
    assert [each.what for each in checkup.findings if each.about == str(part.parent)] == [what]
    assert [path.name for path in part.parent.iterdir()] == [part.name]
    assert part.read_bytes() == before
    assert folders(copy) == {"voices.warc"}
    assert reparse(copy, SETTINGS).report.states["read"] == 6
    shutil.copytree(db.with_suffix(".warc"), part.parent, dirs_exist_ok=True)
    repair_archive(copy, SETTINGS, Watcher())
    assert folders(copy) == {"copy.warc"}
    assert_sound(copy)


def test_nor_is_one_taken_over_that_has_grown_in_the_other_folder_since(db: Path) -> None:
    copy = db.with_name("copy.db")
    shutil.copy(db, copy)
    shutil.copytree(db.with_suffix(".warc"), copy.with_suffix(".warc"))
    (segment,) = db.with_suffix(".warc").glob("*.warc.gz")
    with segment.open("ab") as file:
        file.write(b"more")
    repair_archive(copy, SETTINGS, Watcher())
    assert folders(copy) == {"voices.warc"}


def test_nor_is_a_part_taken_for_the_segment_where_that_is_lost(db: Path) -> None:
    copy = db.rename(db.with_name("copy.db"))
    part = cut_short(copy, db)
    shutil.rmtree(db.with_suffix(".warc"))
    before = part.read_bytes()
    (problem,) = repair_archive(copy, SETTINGS, Watcher()).problems
    assert "6 captures in 1 segment are looked for in it" in problem.what
    assert problem.advice == f"move what was in it to {part.parent}"
    assert part.read_bytes() == before
    (url,) = rows(copy, "SELECT url FROM posts LIMIT 1")[0]
    with pytest.raises(ArchiveError, match=r"not what rows look for.*copy it again, or move it away, first"):
        forget(copy, Wish(url), SETTINGS)


def test_a_damaged_segment_that_a_recovery_has_ended_goes_with_a_renaming(db: Path) -> None:
    (segment,) = db.with_suffix(".warc").glob("*.warc.gz")
    segment.write_bytes(segment.read_bytes()[:-100])
    segment.with_name(f"{segment.name}.seal").unlink()
    repair_archive(db, SETTINGS, Watcher())
    new = db.rename(db.with_name("new.db"))
    db.with_suffix(".warc").rename(new.with_suffix(".warc"))
    assert reparse(new, SETTINGS).report.states["read"] == 5
    assert folders(new) == {"new.warc"}


@pytest.mark.parametrize("table", ["segments_read", "segments_searched", "records_to_clear", "segment_swaps"])
def test_a_check_goes_on_where_a_table_that_names_segments_is_damaged(db: Path, table: str) -> None:
    (root, size), *_ = rows(
        db, f"SELECT rootpage, page_size FROM sqlite_master, pragma_page_size WHERE name = '{table}'"
    )
    with db.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    checkup = check_archive(db)
    assert "the database is damaged" in checkup.problems[0].what
    assert checkup.problems[1].what == "where its captures are cannot be read from the database"
    assert checkup.segments == 1


def test_what_is_in_a_lost_folder_keeps_nothing_from_being_forgotten(db: Path, tmp_path: Path) -> None:
    new = db.rename(db.with_name("new.db"))
    page = tmp_path / "more.html"
    page.write_text("<title>More</title><article><h1>More</h1><p>More of it, and then some.</p></article>")
    fill(new, page)
    shutil.rmtree(db.with_suffix(".warc"))
    said: list[str] = []
    assert preview_forgetting(new, Wish("post:1"), said.append).counts["posts"] == 1
    what = "6 captures in 1 segment are not there any more; nothing is taken out of copies of it"
    lost = f"{db.with_suffix('.warc')}: {what}"
    assert said == [lost]
    (url,) = rows(new, "SELECT url FROM posts WHERE id = 1")[0]
    assert forget(new, Wish("post:1"), SETTINGS) is not None
    assert rows(new, "SELECT count(*) FROM posts WHERE url = " + repr(url)) == [(0,)]
    assert rows(new, "SELECT message FROM run_events ORDER BY id DESC LIMIT 1") == [(lost,)]


def test_nor_is_it_where_another_archive_has_that_folder_by_now(db: Path, saved: Path) -> None:
    new = db.rename(db.with_name("new.db"))
    shutil.rmtree(db.with_suffix(".warc"))
    fill(db, saved)
    assert forget(new, Wish("post:1"), SETTINGS) is not None
    assert_sound(db)
