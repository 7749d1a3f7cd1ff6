"""`changes`, `show --as-of` and `backup` as a person calls them, on an archive made of several captures of one page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scraper.cli.options import BeginOfMoment, EndOfMoment, Since
from tests.cli.conftest import POST_HTML, STEERING, Call

LATER = (
    POST_HTML.replace(b"nobody should hurry it", b"no one may hurry it", 1)
    .replace(b"Indeed, Bob.", b"Indeed, \x1b[31mBob; I agree.")
    .replace(b'<cite class="fn">Bob</cite>', b'<cite class="fn">Robert</cite>')
)
LAST = LATER[: LATER.index(b'<ol class="children">')] + b"</li></ol></div></body></html>"
LAST = LAST.replace(b"2 comments", b"1 comment")
URL = "https://blog.example/slow-bread"


@pytest.fixture
def old(tmp_path: Path, call: Call) -> Path:
    """An archive with three captures of one page: as first seen, edited, and with one comment less."""
    db = tmp_path / "old.db"
    for number, (day, body) in enumerate((("2020-01-01", POST_HTML), ("2020-02-01", LATER), ("2020-03-01", LAST))):
        path = tmp_path / f"{number}.html"
        path.write_bytes(body)
        assert call("import", db, path, "--fetched-at", f"{day}T12:00:00", "--url", URL, "-q").exit_code == 0
    return db


def test_changes_are_told_by_blog_and_post(old: Path, call: Call) -> None:
    found = call("changes", old)
    assert found.exit_code == 0
    assert found.stdout.splitlines() == [
        "blog.example",
        f"  Slow bread · {URL}",
        "    2020-01-01 new · with 2 comments",
        "    2020-02-01 edited · … takes its time, and [-nobody should-] {+no one may+} hurry it, neither you",
        "    2020-02-01 commenter renamed · Bob is now Robert",
        "    2020-02-01 edited comment · Cy · Indeed, [-Bob.-] {+\\x1b[31mBob; I agree.+}",
        "    2020-03-01 comment not there any more · Cy · Indeed, \\x1b[31mBob; I agree.",
    ]


def test_comments_that_went_are_none_of_those_declared(old: Path, call: Call) -> None:
    assert "\nComments: 1 of 1 declared, 1 not there any more\n" in call("show", old, URL).stdout
    assert "\nComments: 2 of 2 declared\n" in call("show", old, URL, "--as-of", "2020-02-10").stdout


@pytest.mark.parametrize(("at", "comments"), [("2020-01", 2), ("2020-02", 2), ("2020", 1), ("2020-03-01", 1)])
def test_a_month_and_a_year_stand_for_their_end(old: Path, call: Call, at: str, comments: int) -> None:
    assert f"\nComments: {comments} of {comments} declared" in call("show", old, URL, "--as-of", at).stdout


@pytest.mark.parametrize(
    ("kind", "typed", "day"),
    [
        (BeginOfMoment, "2012", "2012-01-01T00:00:00+00:00"),
        (BeginOfMoment, "2012-02", "2012-02-01T00:00:00+00:00"),
        (EndOfMoment, "2012", "2012-12-31T23:59:59+00:00"),
        (EndOfMoment, "2012-02", "2012-02-29T23:59:59+00:00"),
        (EndOfMoment, "2012-02-03", "2012-02-03T23:59:59+00:00"),
        (EndOfMoment, "2012-02-03T04:05Z", "2012-02-03T04:05:00+00:00"),
        (Since, "2012-02", "2012-02-01T00:00:00+00:00"),
    ],
)
def test_what_a_year_a_month_and_a_day_stand_for(kind: type[BeginOfMoment], typed: str, day: str) -> None:
    assert kind().convert(typed, None, None).isoformat() == day


def test_changes_since_a_day_leave_out_what_was_before(old: Path, call: Call) -> None:
    found = call("changes", old, "--since", "2020-03-01")
    assert [line.split(" · ")[0].strip() for line in found.stdout.splitlines()] == [
        *("blog.example", "Slow bread", "2020-03-01 comment not there any more")
    ]
    assert call("changes", old, "--since", "2020-03").stdout == found.stdout
    assert call("changes", old, "--since", "2020").stdout == call("changes", old).stdout
    none = call("changes", old, "--since", "2021")
    assert (none.exit_code, none.stdout, none.stderr) == (0, "", "nothing happened since 2021-01-01 00:00 UTC\n")
    assert call("changes", old, "--since", "7").stderr.startswith("nothing happened since 20")


def test_changes_as_json_have_one_post_a_line(old: Path, call: Call) -> None:
    (line,) = call("changes", old, "--json").stdout.splitlines()
    assert not set(line) & set(STEERING)
    told = json.loads(line)
    assert (told["blog"], told["url"], told["comments"]) == ("blog.example", URL, 2)
    edited = next(change for change in told["changes"] if change["what"] == "post_edited")
    assert edited["words"] == [{"old": "nobody should", "new": "no one may"}]
    assert edited["at"] == "2020-02-01T12:00:00Z"


@pytest.mark.parametrize("since", ["tomorrow", "-3", "2020-13-01", "2020-13", "99999999", ""])
def test_a_since_that_is_none_is_a_usage_error(old: Path, call: Call, since: str) -> None:
    assert call("changes", old, "--since", since).exit_code == 2


def test_show_as_of_a_day_has_what_captures_of_then_show(old: Path, call: Call) -> None:
    first = call("show", old, URL, "--as-of", "2020-01-01").stdout
    assert "nobody should hurry it" in first
    assert "Indeed, Bob." in first
    assert "Bob · 2012" in first
    later = call("show", old, URL, "--as-of", "2020-02-15").stdout
    assert "no one may hurry it" in later
    assert "Robert · 2012" in later
    assert "not there any more" not in later
    assert "(not there any more on 2020-03-01)" in call("show", old, URL, "--as-of", "2020-03-01T12:00").stdout


def test_show_as_of_now_is_show(old: Path, call: Call) -> None:
    for more in ((), ("--json",)):
        assert call("show", old, URL, "--as-of", "2099-01-01", *more).stdout == call("show", old, URL, *more).stdout


def test_show_as_of_before_all_captures_is_a_usage_error(old: Path, call: Call) -> None:
    found = call("show", old, URL, "--as-of", "2019-12-31")
    assert found.exit_code == 2
    assert "no capture of this post is as old" in found.stderr


def test_json_says_since_when_a_comment_was_not_seen(old: Path, call: Call) -> None:
    told = json.loads(call("show", old, URL, "--json").stdout)
    assert [comment["not_seen_since"] for comment in told["comments"]] == [None, "2020-03-01T12:00:00Z"]
    assert told["gone_since"] is None


def test_a_backup_is_made_once_and_checked(old: Path, tmp_path: Path, call: Call) -> None:
    copy = tmp_path / "copy.db"
    made = call("backup", old, copy)
    assert made.exit_code == 0
    assert "3 WARC files" in made.stdout
    assert call("changes", copy).stdout == call("changes", old).stdout
    again = call("backup", old, copy)
    assert (again.exit_code, again.stdout) == (2, "")
    assert "overwrites nothing" in again.stderr
    assert call("check", old, "--backup", copy).exit_code == 0
    next((tmp_path / "old.warc").glob("*.warc.gz")).write_bytes(b"lost")
    assert "in the backup's list" in call("check", old, "--backup", copy).stdout
    assert call("check", old, "--backup", tmp_path / "none.db").exit_code == 2


def test_cron_hears_of_checks_and_backups_only_what_is_wrong(old: Path, tmp_path: Path, call: Call) -> None:
    copy = tmp_path / "copy.db"
    quiet = [call("backup", old, copy, "-q"), call("check", old, "-q")]
    assert [(each.exit_code, each.stdout, each.stderr) for each in quiet] == [(0, "", "")] * 2
    next((tmp_path / "old.warc").glob("*.warc.gz")).unlink()
    found = call("check", old, "-q")
    assert (found.exit_code, bool(found.stdout)) == (1, True)


def test_a_backup_into_a_missing_folder_is_a_usage_error(old: Path, tmp_path: Path, call: Call) -> None:
    assert call("backup", old, tmp_path / "none" / "copy.db").exit_code == 2
    for folder in (tmp_path, "."):
        found = call("backup", old, folder)
        assert (found.exit_code, "a folder" in found.stderr) == (2, True)
