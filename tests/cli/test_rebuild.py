"""`rebuild` makes a lost database again, and says what does not come back."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Call


def test_a_lost_database_is_made_again(call: Call, db: Path) -> None:
    before = call("export", db, "-", "--to", "jsonl").stdout
    db.unlink()
    found = call("rebuild", db, "--from", db.with_suffix(".warc"), "--jobs", 0)
    assert found.exit_code == 0
    note, summary = found.stderr.splitlines()
    assert note.startswith("not in WARC files, and not rebuilt: crawls")
    assert summary == "1 input: 1 fetched; besides 1 segment; 1 new post, 2 new comments"
    assert call("export", db, "-", "--to", "jsonl").stdout == before


def test_a_database_that_is_there_is_a_mistake_of_the_caller(call: Call, db: Path) -> None:
    found = call("rebuild", db, "--from", db.with_suffix(".warc"))
    assert (found.exit_code, "exists already" in found.stderr) == (2, True)
