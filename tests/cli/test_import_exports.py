"""What a person is told of an export that is imported."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Call
from tests.parse.exports.test_ghost import export as ghost
from tests.run.exports import comment, item, write_wxr


def test_the_summary_tells_what_was_left_out_and_why(call: Call, tmp_path: Path) -> None:
    items = [item(1, comments=[comment(1), comment(2, approved="spam")]), item(2, status="draft")]
    found = call("import", tmp_path / "a.db", write_wxr(tmp_path, items))
    assert found.exit_code == 0
    (line,) = found.stderr.splitlines()
    assert line == (
        "2 inputs: 1 skipped, 1 fetched; besides 1 spam comment, 1 comment; 1 new post, 1 new comment; "
        "skipped https://blog.example/post-2/: not published: draft"
    )


def test_counts_in_are_counts_out_as_json(call: Call, tmp_path: Path) -> None:
    items = [item(1, comments=[comment(1), comment(2, approved="0")]), item(2, kind="attachment"), item(3)]
    found = call("import", tmp_path / "a.db", write_wxr(tmp_path, items), "--json")
    counts = json.loads(found.stdout)
    assert (counts["inputs"], counts["fetched"], counts["skipped"]) == (3, 2, 1)
    assert (counts["comment_records"], counts["unapproved comment_records"], counts["stored_comments_added"]) == (
        1,
        1,
        1,
    )


def test_the_blogs_address_places_its_posts(call: Call, tmp_path: Path) -> None:
    (tmp_path / "ghost.json").write_bytes(ghost())
    found = call("import", tmp_path / "a.db", tmp_path / "ghost.json", "--url", "https://blog.example/")
    assert found.exit_code == 0
    shown = call("show", tmp_path / "a.db", "https://blog.example/slow-bread/")
    assert "Slow bread" in shown.stdout


def test_a_url_for_a_warc_is_an_error_of_usage(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"WARC/1.1\r\n")
    assert call("import", tmp_path / "a.db", tmp_path / "a.warc", "--url", "https://blog.example/").exit_code == 2
