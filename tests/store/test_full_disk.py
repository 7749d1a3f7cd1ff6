"""Of a full disk it is said which it was, as far as that can be told."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from shutil import disk_usage
from typing import NamedTuple

import pytest

from scraper.store import full_disk
from scraper.store.connection import database_error

MEGABYTE = 1024 * 1024


class Room(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def full() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorname = "SQLITE_FULL"
    return error


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(folder))
    return folder


@pytest.mark.parametrize(
    ("free", "free_for_temporary", "is_named"),
    [(60_000, 500, False), (0, 500, False), (60_000, 1, True), (0, 1, True), (1, 1, False)],
)
def test_the_folder_of_temporary_files_is_named_only_where_it_has_no_room(
    temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: sqlite3.OperationalError,
    free: int, free_for_temporary: int, is_named: bool,
) -> None:  # fmt: skip
    def room(folder: Path) -> Room:
        left = (free_for_temporary if folder == temporary else free) * MEGABYTE
        return Room(100_000 * MEGABYTE, 100_000 * MEGABYTE - left, left)

    monkeypatch.setattr(full_disk, "disk_usage", room)
    error = database_error(full, tmp_path / "voices.db")
    assert error.about == str(tmp_path / "voices.db")
    assert error.message.startswith("the disk is full")
    assert (str(temporary) in error.message) == is_named


def test_what_cannot_be_asked_for_its_room_is_not_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: sqlite3.OperationalError
) -> None:
    def room(folder: Path) -> object:
        raise PermissionError(folder)

    monkeypatch.setattr(full_disk, "disk_usage", room)
    assert database_error(full, tmp_path / "voices.db").message == "the disk is full"


def test_a_folder_that_is_not_there_is_not_where_sqlite_writes(
    temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: sqlite3.OperationalError
) -> None:
    asked = []
    monkeypatch.setattr(full_disk, "disk_usage", lambda folder: (asked.append(folder), disk_usage(folder))[1])
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("TMPDIR", str(temporary))
    database_error(full, tmp_path / "voices.db")
    assert asked[0] == temporary
