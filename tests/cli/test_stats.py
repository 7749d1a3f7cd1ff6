"""`stats` in lines, as JSON, and on a terminal."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from scraper.store.connection import open_for_writing
from tests.cli.conftest import STEERING, Call


def test_off_a_terminal_each_thing_is_a_line(call: Call, db: Path) -> None:
    lines = [line.split("\t") for line in call("stats", db).stdout.splitlines()]
    assert ["posts", "", "1"] in lines
    assert ["comments", "", "2"] in lines
    assert ["month", "2012-05", "1", "2"] in lines
    assert [line[1] for line in lines if line[0] == "month"] == ["2012-05"]
    assert ["author", "Ann Lee", "1", "2", "blog.example"] in lines
    assert ["commenter", "Bob", "1", "1", "blog.example"] in lines


def test_what_nobody_knows_to_the_month_has_a_line_of_its_own(call: Call, db: Path) -> None:
    connection = open_for_writing(db)
    connection.execute("UPDATE posts SET published = NULL, published_earliest = NULL")
    connection.close()
    months = [line for line in call("stats", db).stdout.splitlines() if line.startswith("month\t")]
    assert months == ["month\t2012-05\t0\t2", "month\tunknown\t1\t0"]


def test_as_json_it_has_the_same(call: Call, db: Path) -> None:
    found = json.loads(call("stats", db, "--json", "--top", 1).stdout)
    assert found["months"] == [{"month": "2012-05", "posts": 1, "comments": 2}]
    assert len(found["top_commenters"]) == 1
    none = json.loads(call("stats", db, "--json", "--top", 0).stdout)
    assert (none["top_commenters"], none["commenters"]) == ([], found["commenters"])


def test_a_terminal_shows_charts_that_fit(call: Call, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = open_for_writing(db)
    connection.execute(
        "UPDATE comments SET published = '1999-01-01', author = ? WHERE author = 'Cy'", (f"Cy{STEERING}",)
    )
    connection.close()
    monkeypatch.setattr("scraper.cli.commands.stats.sys", type("Sys", (), {"stdout": Terminal()}))
    monkeypatch.setenv("COLUMNS", "50")
    found = call("stats", db)
    assert (found.exit_code, found.stderr) == (0, "")
    assert "posts a year, at most 1 (2012)" in found.stdout
    assert "comments a year, at most 1 (1999)" in found.stdout
    assert max(map(len, found.stdout.splitlines())) < 100
    assert not set(found.stdout) & set(STEERING)


class Terminal:
    """Standard output, which says that it is a terminal."""

    def isatty(self) -> bool:
        return True

    def __getattr__(self, name: str) -> object:
        return getattr(sys.stdout, name)


def test_an_unknown_blog_is_a_usage_error(call: Call, db: Path) -> None:
    found = call("stats", db, "--blog", "no.example")
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr == "blog-to-sqlite: no.example: no such blog in the archive; it has blog.example\n"


def test_an_empty_archive_has_no_chart(call: Call, tmp_path: Path) -> None:
    open_for_writing(tmp_path / "empty.db").close()
    found = call("stats", tmp_path / "empty.db")
    assert (found.exit_code, found.stderr) == (0, "")
    assert "posts\t\t0" in found.stdout
    assert "month" not in found.stdout
