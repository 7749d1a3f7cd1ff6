"""`forget` says how much goes, asks a person, and does nothing for a script without --yes."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.run.conftest import SiteWarc
from tests.run.forgettable import NAME, POST, fill_site
from tests.run.traces import traces


@pytest.fixture
def filled(tmp_path: Path, call: Call) -> Path:
    site = SiteWarc(tmp_path / "site.warc.gz")
    fill_site(site)
    db = tmp_path / "voices.db"
    assert call("import", db, site.done()).exit_code == 0
    return db


def test_a_script_has_to_say_yes(call: Call, filled: Path) -> None:
    found = call("forget", filled, NAME)
    assert found.exit_code == 2
    lines = found.stderr.splitlines()
    assert lines[0] == "person:"
    assert "  comments that leave an empty place: 1" in lines
    assert lines[-2].startswith("  WARC records with words taken out: ")
    assert lines[-1] == "nothing was changed; --yes does it without asking"
    assert traces(filled, NAME)


def test_with_yes_it_is_done_and_told(call: Call, filled: Path) -> None:
    preview = json.loads(call("forget", filled, NAME, "--dry-run", "--json").stdout)
    found = call("forget", filled, NAME, "--yes", "--json")
    assert found.exit_code == 0
    done = json.loads(found.stdout)
    assert done["records"] == sum(preview[f"records_{what}"] for what in ("mended", "cleared", "removed"))
    assert done["counts"] == preview["counts"]
    assert done["cleaned_at"]
    assert found.stderr.splitlines()[-1] == "backups, exports and other copies still have it"
    assert traces(filled, NAME) == []
    assert NAME not in call("runs", filled).stdout


def test_the_thread_can_still_be_read(call: Call, filled: Path) -> None:
    call("forget", filled, NAME, "--yes")
    shown = call("show", filled, POST)
    assert shown.exit_code == 0
    assert "That is a fine story" in shown.stdout
    assert call("check", filled).exit_code == 0
    assert call("export", filled, "-", "--to", "jsonl").exit_code == 0


def test_a_forgotten_comment_is_neither_held_nor_missing(call: Call, filled: Path) -> None:
    before = call("check", filled).stdout
    assert " 6 comments" in before
    call("forget", filled, NAME, "--yes")
    assert f"\t3/4\t{POST}" in call("list", filled).stdout
    shown = call("show", filled, POST).stdout
    assert "Comments: 3 of 4 declared, 1 forgotten or deleted\n\n    (forgotten) · 2012-05-11" in shown
    assert " 5 comments" in call("check", filled).stdout
    assert "comments\t\t5" in call("stats", filled).stdout
    assert call("reparse", filled, "--dry-run").stderr.endswith("nothing changed\n")
    with closing(sqlite3.connect(filled)) as rows:
        assert rows.execute("SELECT count(*) FROM short_threads").fetchone() == (0,)


def test_an_address_that_is_not_held_is_kept_out_from_now_on(call: Call, filled: Path) -> None:
    found = call("forget", filled, "https://kiln.example/never-seen", "--dry-run")
    assert found.exit_code == 0
    assert found.stderr == "nothing of it is in the archive; once forgotten, it is not taken in\n"
    done = call("forget", filled, "https://kiln.example/never-seen", "--yes")
    assert (done.exit_code, done.stderr) == (3, found.stderr)


@pytest.mark.parametrize("what", ["Nobody Here", "", "  ", "comment:999", "person:0", "post:99999999999999999999"])
def test_nobody_is_a_usage_error(call: Call, filled: Path, what: str) -> None:
    found = call("forget", filled, what, "--yes")
    assert found.exit_code == 2
    assert len(found.stderr.splitlines()) == 1


def test_an_empty_archive_has_nobody(call: Call, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    assert call("forget", tmp_path / "empty.db", "Jane Doe", "--yes").exit_code == 1
    assert call("forget", tmp_path / "missing.db", "Jane Doe", "--yes").exit_code == 2


@pytest.mark.parametrize("end", ["", "/", "?utm_source=x"])
def test_a_slash_at_the_end_of_an_address_makes_no_difference(call: Call, filled: Path, end: str) -> None:
    found = call("forget", filled, POST.rstrip("/") + end, "--yes")
    assert found.exit_code == 0, found.stderr
    assert "url:" in found.stderr
    assert call("show", filled, POST).exit_code == 2
