"""An export takes its place when it is whole, and nothing that is not an export is ever replaced."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import ArchiveError, UsageError
from scraper.export.destination import MARK, made_file, made_folder


def make(path: Path, db: Path, text: str = "new") -> None:
    with made_folder(path, db, "csv") as folder:
        (folder / "posts.csv").write_text(text)


def test_a_folder_is_there_when_it_is_whole_and_can_be_made_again(tmp_path: Path) -> None:
    path, db = tmp_path / "out", tmp_path / "voices.db"
    with made_folder(path, db, "csv") as folder:
        (folder / "posts.csv").write_text("first")
        assert not path.exists()
    make(path, db, "second")
    assert (path / "posts.csv").read_text() == "second"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out"]


def test_after_an_error_the_earlier_export_is_as_it_was(tmp_path: Path) -> None:
    path, db = tmp_path / "out", tmp_path / "voices.db"
    make(path, db, "first")
    with pytest.raises(ZeroDivisionError), made_folder(path, db, "csv") as folder:
        (folder / "posts.csv").write_text("half")
        raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError), made_file(tmp_path / "file", db, "jsonl") as file:
        file.write_text("half")
        raise ZeroDivisionError
    assert (path / "posts.csv").read_text() == "first"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out"]


def test_two_exports_to_one_place_at_a_time_are_both_whole(tmp_path: Path) -> None:
    db, file, folder = tmp_path / "voices.db", tmp_path / "file", tmp_path / "out"
    with made_file(file, db, "jsonl") as one, made_folder(folder, db, "csv") as outer:
        one.write_text("one")
        (outer / "posts.csv").write_text("one")
        with made_file(file, db, "jsonl") as other:
            other.write_text("other")
        make(folder, db, "other")
        assert file.read_text() == (folder / "posts.csv").read_text() == "other"
    assert file.read_text() == (folder / "posts.csv").read_text() == "one"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "out"]


def test_what_is_changed_while_an_export_runs_is_kept(tmp_path: Path) -> None:
    path, db = tmp_path / "out", tmp_path / "voices.db"
    make(path, db, "first")
    with pytest.raises(UsageError, match="was changed"), made_folder(path, db, "csv") as folder:
        (folder / "posts.csv").write_text("second")
        (path / "posts.csv").write_text("mine")
        later(path / "posts.csv")
    assert (path / "posts.csv").read_text() == "mine"


def put_a_file(path: Path) -> None:
    path.mkdir()
    (path / "mine.txt").write_text("mine")


def export_another(path: Path) -> None:
    with made_folder(path, path.parent / "voices.db", "html"):
        pass


def export_and_edit(path: Path) -> None:
    make(path, path.parent / "voices.db")
    (path / "posts.csv").write_text("mine")
    later(path / "posts.csv")


def export_and_add(path: Path) -> None:
    make(path, path.parent / "voices.db")
    (path / "mine.txt").write_text("mine")
    os.utime(path / "mine.txt", (0, 0))
    later(path)


def forge_the_mark(path: Path) -> None:
    path.mkdir()
    (path / MARK).write_text("[]")


def later(path: Path) -> None:
    after = path.stat().st_mtime + 5
    os.utime(path, (after, after))


@pytest.mark.parametrize("before", [put_a_file, export_another, export_and_edit, export_and_add, forge_the_mark])
def test_a_folder_that_is_not_just_ours_is_never_touched(before: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "out"
    before(path)
    held = {each: each.read_bytes() for each in path.rglob("*") if each.is_file()}
    with pytest.raises(UsageError):
        make(path, tmp_path / "voices.db")
    assert {each: each.read_bytes() for each in path.rglob("*") if each.is_file()} == held


def test_places_that_hold_something_else_are_refused(tmp_path: Path) -> None:
    db = tmp_path / "voices.db"
    db.write_bytes(b"SQLite format 3\0...")
    (tmp_path / "other.db").write_bytes(b"SQLite format 3\0...")
    (tmp_path / "voices.warc").mkdir()
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "pipe")
    for path in (
        db,
        tmp_path / "other.db",
        tmp_path,
        tmp_path / "pipe",
        tmp_path / "no" / "x",
        tmp_path / "voices.warc" / "x",
    ):
        with pytest.raises(UsageError), made_file(path, db, "jsonl"):
            pass
    for path in (tmp_path, tmp_path / "file", tmp_path / "voices.warc", tmp_path / "voices.warc" / "x", Path("/")):
        with pytest.raises(UsageError), made_folder(path, db, "csv"):
            pass


def test_a_link_leads_to_what_is_replaced_and_stays(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    make(tmp_path / "link", tmp_path / "voices.db")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "posts.csv").read_text() == "new"


def test_a_file_that_is_no_export_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    for text in ("mine\n", '{"title": "mine"}\n', '<?xml version="1.0" encoding="UTF-8" ?>\n<!-- mine -->\n<rss '):
        path.write_text(text)
        for form in ("jsonl", "epub", "wxr", "bibtex", "csl-json", "warc", "wacz"):
            with (
                pytest.raises(UsageError, match=f"not an earlier export to {form}"),
                made_file(path, tmp_path / "a.db", form),
            ):
                pass
        assert path.read_text() == text


@pytest.mark.parametrize("make_one", [made_file, made_folder])
def test_only_want_of_room_is_said_of_what_is_written(tmp_path: Path, make_one: Callable[..., Any]) -> None:
    path, db = tmp_path / "out", tmp_path / "voices.db"
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        with pytest.raises(ArchiveError, match="cannot be written") as full, make_one(path, db, "csv"):
            raise OSError(number, os.strerror(number))
        assert full.value.about == str(path)
    with pytest.raises(OSError, match="Input/output") as unread, make_one(path, db, "csv"):
        raise OSError(errno.EIO, "Input/output error")  # of a segment, say
    assert not isinstance(unread.value, ArchiveError)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("make_one", [made_file, made_folder])
def test_what_is_not_whole_yet_is_named_by_what_it_was_to_become(tmp_path: Path, make_one: Callable[..., Any]) -> None:
    path, db = tmp_path / "out", tmp_path / "voices.db"
    with pytest.raises(ArchiveError) as full, make_one(path, db, "sqlite") as draft:
        raise ArchiveError("the disk is full", str(draft))
    assert str(full.value) == f"{path}: the disk is full"
    with pytest.raises(ArchiveError) as unwritten, make_one(path, db, "sqlite") as draft:
        (draft / "no" / "such").touch()
    assert re.fullmatch(rf"{path}: cannot be written \((No such file or|Not a) directory\)", str(unwritten.value))
    with pytest.raises(ArchiveError, match="damaged") as other, make_one(path, db, "sqlite"):
        raise ArchiveError("damaged", str(db))
    assert other.value.about == str(db)
    assert list(tmp_path.iterdir()) == []
