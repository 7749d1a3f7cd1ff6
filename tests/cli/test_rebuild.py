"""`rebuild` makes a lost database again, and says what does not come back."""

from __future__ import annotations

from pathlib import Path

from pytest_httpserver import HTTPServer

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


def test_pages_that_are_gone_are_told_only_with_verbose(call: Call, web: HTTPServer, tmp_path: Path) -> None:
    db, url = tmp_path / "gone.db", web.url_for("/absent")
    web.expect_request("/absent").respond_with_data("<h1>nothing here</h1>", status=404, content_type="text/html")
    call("grab", db, url, "--allow-net", "localhost,127.0.0.0/8", "--delay", 0)
    told = f"gone: {url} (status 404)"
    for number, (verb, *more) in enumerate((("merge", db), ("rebuild", "--from", db.with_suffix(".warc")))):
        quiet = call(verb, tmp_path / f"quiet{number}.db", *more, "--jobs", 0)
        assert (quiet.exit_code, told in quiet.stderr, "2 gone" in quiet.stderr) == (0, False, True)
        assert told in call(verb, tmp_path / f"verbose{number}.db", *more, "--jobs", 0, "-v").stderr


def test_a_database_that_is_there_is_a_mistake_of_the_caller(call: Call, db: Path) -> None:
    found = call("rebuild", db, "--from", db.with_suffix(".warc"))
    assert (found.exit_code, "exists already" in found.stderr) == (2, True)
