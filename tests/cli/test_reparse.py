"""`reparse` says per field what changed, and with --dry-run what would."""

from __future__ import annotations

import json
import signal
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from scraper.store.upkeep.reparse import ReparseBook
from tests.cli.conftest import Call


def spoil(db: Path) -> None:
    """The post as a version without a clue would have read it."""
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(
            "INSERT INTO posts_fts (posts_fts, rowid, title, text) SELECT 'delete', id, title, text FROM posts"
        )
        connection.execute("UPDATE posts SET title = 'Home', text = 'Home | About'")
        connection.execute("INSERT INTO posts_fts (rowid, title, text) SELECT id, title, text FROM posts")


def test_each_field_has_a_line(call: Call, db: Path) -> None:
    spoil(db)
    found = call("reparse", db, "--jobs", 0)
    assert found.exit_code == 0
    assert found.stdout.splitlines() == ["posts\ttext\t1", "posts\ttitle\t1", "revisions\tnew\t1"]
    assert found.stderr == "1 capture read\n"
    assert call("check", db).exit_code == 0


def test_a_dry_run_changes_nothing_and_says_so(call: Call, db: Path) -> None:
    spoil(db)
    before = db.read_bytes()
    found = call("reparse", db, "--dry-run", "--json", "--jobs", 0)
    assert json.loads(found.stdout)["changes"] == {"posts": {"text": 1, "title": 1}, "revisions": {"new": 1}}
    assert found.stderr == "dry run, nothing is stored: 1 capture read\n"
    assert db.read_bytes() == before


def test_where_nothing_changes_there_is_no_line(call: Call, db: Path) -> None:
    found = call("reparse", db, "--jobs", 0)
    assert (found.stdout, found.stderr) == ("", "1 capture read; nothing changed\n")
    assert call("reparse", db, "-q", "--jobs", 0).stderr == ""


def test_the_runs_tell_of_it(call: Call, db: Path) -> None:
    call("reparse", db, "--jobs", 0)
    assert "\treparse\t1 input: 1 read" in call("runs", db, "--limit", 1).stdout


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_file_that_holds_nothing_is_no_archive_and_stays_empty(
    call: Call, tmp_path: Path, more: tuple[str, ...]
) -> None:
    (tmp_path / "lost.db").touch()
    found = call("reparse", tmp_path / "lost.db", *more)
    assert (found.exit_code, found.stdout) == (1, "")
    assert "an empty file, not an archive" in found.stderr
    assert (tmp_path / "lost.db").stat().st_size == 0


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_an_interrupted_one_says_so(
    call: Call, db: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    begin = ReparseBook.begin

    def interrupted(book: ReparseBook, version: str, now: datetime) -> tuple[int, int]:
        signal.raise_signal(signal.SIGINT)
        return begin(book, version, now)

    monkeypatch.setattr(ReparseBook, "begin", interrupted)
    found = call("reparse", db, "--jobs", 0, *more)
    assert found.exit_code == 130
    end = "stopped by SIGINT" + ("" if more else "; the next reparse goes on")
    assert found.stderr.splitlines()[-1].endswith(f"0 captures read; nothing changed; {end}")
