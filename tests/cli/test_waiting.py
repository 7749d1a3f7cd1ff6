"""Of two writers the second is told who the first is, or waits for its end."""

from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.capture.lock import WriterLock
from tests.capture.test_lock import until_blocked
from tests.cli.conftest import Call, assert_plain, page

Start = Callable[..., "subprocess.Popen[bytes]"]
SINCE = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


@contextmanager
def another_writer(db: Path) -> Iterator[WriterLock]:
    with WriterLock(db, SINCE) as lock:
        yield lock


def test_without_waiting_the_second_writer_is_told_who_holds_it_since_when(
    call: Call, db: Path, page_file: Path
) -> None:
    with another_writer(db):
        found = call("import", db, page_file)
    assert found.exit_code == 4
    assert re.fullmatch(
        r"blog-to-sqlite: .*voices\.db: another process writes it \(process \d+ on \S+, '.*', "
        r"since 2026-01-02 03:04:00 UTC\); try again later\n",
        found.stderr,
    )


@pytest.mark.parametrize("spelling", [["--wait"], ["--wait=60"], ["--wait", "60"]])
def test_a_waiting_writer_does_its_work_when_the_first_has_ended(
    program: Start, db: Path, page_file: Path, spelling: list[str]
) -> None:
    with another_writer(db):
        second = program("import", *spelling, db, page_file)
        until_blocked(second.pid)
    _, errors = second.communicate(timeout=60)
    told, done = errors.decode().splitlines()
    assert re.fullmatch(r".*voices\.db: waiting for the process that writes it \(process \d+ on .* UTC\)", told)
    assert (done, second.returncode) == ("1 input: 1 held; no new post or comment", 0)


def test_a_quiet_writer_waits_in_silence(program: Start, db: Path, page_file: Path) -> None:
    with another_writer(db):
        second = program("import", "--wait", "-q", db, page_file)
        until_blocked(second.pid)
    _, errors = second.communicate(timeout=60)
    assert (errors, second.returncode) == (b"", 0)


@pytest.mark.parametrize("verb", ["forget", "remove"])
def test_what_cannot_be_done_now_is_not_previewed(call: Call, db: Path, verb: str) -> None:
    with another_writer(db):
        found = call(verb, db, "post:1", "--yes")
    assert found.exit_code == 4
    (line,) = assert_plain(found)
    assert "another process writes it" in line


def test_a_dry_run_of_forget_needs_no_turn(call: Call, db: Path) -> None:
    with another_writer(db):
        found = call("forget", db, "post:1", "--dry-run")
    assert (found.exit_code, "posts: 1" in found.stderr) == (0, True)


def test_a_writer_that_waited_in_vain_is_told_as_well(call: Call, db: Path, page_file: Path) -> None:
    with another_writer(db):
        found = call("import", db, page_file, "--wait", "1")
    assert (found.exit_code, "another process writes it (process " in found.stderr) == (4, True)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_waiting_at_once(program: Start, db: Path, page_file: Path, number: int, code: int) -> None:
    with another_writer(db):
        second = program("grab", db, "http://192.0.2.1/", "--wait")
        until_blocked(second.pid)
        second.send_signal(number)
        _, errors = second.communicate(timeout=60)
    assert errors.endswith(b"\ninterrupted; all finished pages are saved\n")
    assert (errors.count(b"\n"), second.returncode) == (2, code)


@pytest.mark.parametrize("wait", ["-1", "1e400", "nan", "soon"])
def test_seconds_are_a_number_of_them(call: Call, db: Path, page_file: Path, wait: str) -> None:
    assert call("import", db, page_file, f"--wait={wait}").exit_code == 2


def test_what_a_killed_run_left_is_said_in_one_line_even_when_quiet(call: Call, db: Path, page_file: Path) -> None:
    (segment,) = db.with_suffix(".warc").glob("*.gz")
    segment.with_name(segment.name + ".seal").unlink()
    with segment.open("ab") as file:
        file.write(b"\x1f\x8b\x08 the beginning of a record")
    found = call("import", db, page_file, "-q")
    assert (found.exit_code, found.stdout) == (0, "")
    assert found.stderr == (
        f"recovered from a run that was cut short: a torn end, kept as voices.warc/{segment.name}.torn\n"
    )


def test_a_link_to_an_archive_is_the_archive(call: Call, db: Path, page_file: Path, tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    link = tmp_path / "away" / "link.db"
    link.symlink_to(db)
    page_file.write_bytes(page("two"))
    with another_writer(db):
        assert call("import", link, page_file).exit_code == 4
    assert call("import", link, page_file).exit_code == 0
    assert call("list", link).exit_code == 0
    assert call("check", db).stderr == ""
    assert [each.name for each in link.parent.iterdir()] == ["link.db"]
    assert not Path(f"{db}-wal").exists()
