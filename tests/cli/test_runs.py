"""`runs` tells what each run did and how it ended, and what one of them had to say."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Call


def change(db: Path, sql: str) -> None:
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(sql)


def test_a_line_has_the_story_of_a_run(call: Call, db: Path, page_file: Path) -> None:
    assert call("import", db, page_file).exit_code == 0
    newest, first = (line.split("\t") for line in call("runs", db).stdout.splitlines())
    assert (first[0], newest[0]) == ("1", "2")
    assert (first[3], first[5]) == ("import", "0 done")
    assert "1 new post, 2 new comments" in first[4]
    assert newest[4].startswith("1 input: 1 held; no new post")
    assert len(call("runs", db, "--limit", 1).stdout.splitlines()) == 1


def test_a_run_without_an_end_was_killed_or_is_at_work(call: Call, db: Path) -> None:
    change(db, "UPDATE runs SET exit_code = NULL, counts = NULL, finished_at = NULL")
    assert call("runs", db).stdout.rstrip("\n").split("\t")[2:] == ["", "import", "", "still at work, or was killed"]
    change(db, "UPDATE runs SET finished_at = started_at")
    assert call("runs", db).stdout.endswith("\twas killed\n")


def test_a_run_by_its_id_has_its_events(call: Call, db: Path) -> None:
    change(
        db,
        "INSERT INTO run_events (run_id, at, level, url, message, traceback) VALUES"
        " (1, '2024-03-20T12:00:00Z', 'error', 'https://blog.example/', 'a \x1b[31mbug', 'Traceback ...')",
    )
    assert call("runs", db, 1).stdout == "2024-03-20 12:00:00\terror\thttps://blog.example/\ta \\x1b[31mbug\n"
    found = json.loads(call("runs", db, 1, "--json").stdout)
    assert (found["run"]["id"], found["events"][0]["traceback"]) == (1, "Traceback ...")
    assert json.loads(call("runs", db, "--json").stdout)[0]["problems"] == 1


def test_a_run_that_is_not_there_is_a_usage_error(call: Call, db: Path) -> None:
    found = call("runs", db, 99)
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr == "blog-to-sqlite: 99: no run of this id; `runs` lists them\n"


def test_a_run_says_its_settings_and_why_it_stopped(call: Call, db: Path) -> None:
    change(db, "UPDATE runs SET exit_code = 5, stop_reason = 'budget: requests'")
    assert call("runs", db).stdout.rstrip("\n").endswith("\t5 stopped by a budget: budget: requests")
    told = call("runs", db, 1)
    assert "version 0.1.0; " in told.stderr
    assert "max_redirects 10" in told.stderr
    run = json.loads(call("runs", db, "--json").stdout)[0]
    assert run["stop_reason"] == "budget: requests"
    assert dict(run["settings"])["max_redirects"] == 10


def test_what_a_run_was_told_has_no_secrets(call: Call, db: Path, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("hunter2")
    proxy = "http://ann:hunter2@127.0.0.1:9"
    call(
        "crawl", db, "https://ann:hunter2@blog.example/", "--contact", "a@b.example", "--proxy", proxy, "--limit", "1",
        "--auth", "blog.example:ann", "--password-file", tmp_path / "password",
    )  # fmt: skip
    assert dict(json.loads(call("runs", db, "--json").stdout)[0]["settings"])["limit"] == 1
    assert "hunter2" not in "".join((found := call("runs", db, 2)).stdout + found.stderr)
    assert not any(b"hunter2" in path.read_bytes() for path in db.parent.rglob("voices*") if path.is_file())
