from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

import pytest

from scraper.capture.lock import WriterLock
from scraper.errors import ArchiveError, ArchiveLocked

LOCKS = Path("/proc/locks")
HOLD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from scraper.capture.lock import WriterLock
with WriterLock(Path(sys.argv[1]), datetime(2026, 1, 2, 3, 4, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "demo.db"


def hold(archive: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(archive)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    return process


def test_a_second_writer_is_told_who_holds_it_and_since_when(archive: Path, now: datetime) -> None:
    with hold(archive) as process:
        with pytest.raises(ArchiveLocked) as refused:
            WriterLock(archive, now).acquire()
        process.communicate("")
    message = str(refused.value)
    assert f"process {process.pid} on " in message and "since 2026-01-02 03:04:00 UTC" in message
    assert refused.value.exit_code == 4 and refused.value.about == str(archive)
    with WriterLock(archive, now):
        assert json.loads((archive.parent / "demo.db.lock").read_text())["pid"] == os.getpid()


def test_a_lock_that_was_taken_away_is_nobodys_while_another_waits(archive: Path, now: datetime) -> None:
    """Whoever waited for the old file holds the one of this name in the end, and no third one does."""
    first, told = WriterLock(archive, now), []

    def give_up(line: str) -> None:
        told.append(line)
        first.discard()
        third.acquire()

    first.acquire()
    second, third = WriterLock(archive, now, 0.5, give_up), WriterLock(archive, now)
    with pytest.raises(ArchiveLocked):
        second.acquire()
    third.release()
    second.acquire()
    assert len(told) >= 1
    with pytest.raises(ArchiveLocked):
        third.acquire()
    second.release()


def test_only_a_lock_that_made_the_file_takes_it_away(archive: Path, now: datetime) -> None:
    lock = archive.with_name("demo.db.lock")
    made = WriterLock(archive, now)
    made.acquire()
    assert lock.exists()
    made.discard()
    assert not lock.exists()
    lock.touch()
    found = WriterLock(archive, now)
    found.acquire()
    found.discard()
    assert lock.read_bytes() == b""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["/x/scraper/__main__.py", "reparse", "a.db"], "'blog-to-sqlite reparse'"),
        (["/usr/bin/blog-to-sqlite", "import"], "'blog-to-sqlite import'"),
        (["/x/__main__.py", "--config", "secret.toml", "import"], "'blog-to-sqlite'"),
        (["mine.py"], "'mine.py'"),
    ],
)
def test_the_holder_is_named_as_a_person_calls_it(
    archive: Path, now: datetime, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.setattr(sys, "argv", arguments)
    with WriterLock(archive, now), pytest.raises(ArchiveLocked, match=rf", {said}, since "):
        WriterLock(archive, now).acquire()


def test_a_killed_holder_is_in_nobodys_way(archive: Path, now: datetime) -> None:
    with hold(archive) as process:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    lock = archive.parent / "demo.db.lock"
    assert json.loads(lock.read_text())["pid"] == process.pid
    with WriterLock(archive, now):
        assert json.loads(lock.read_text())["pid"] == os.getpid()
    assert lock.read_text() == ""


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"pid": 1}', "x" * 9999])
def test_what_the_file_says_cannot_stop_a_writer_nor_the_message(archive: Path, now: datetime, text: str) -> None:
    lock = archive.parent / "demo.db.lock"
    lock.write_text(text)
    with WriterLock(archive, now):
        lock.write_text(text)
        with pytest.raises(ArchiveLocked):
            WriterLock(archive, now).acquire()


def test_releasing_twice_is_releasing_once(archive: Path, now: datetime) -> None:
    lock = WriterLock(archive, now)
    lock.acquire()
    lock.release()
    lock.release()
    with WriterLock(archive, now) as again:
        assert again.path.exists()


def test_a_place_where_no_lock_can_be_is_an_archive_error(tmp_path: Path, now: datetime) -> None:
    with pytest.raises(ArchiveError):
        WriterLock(tmp_path / "missing" / "demo.db", now).acquire()


# ---- waiting for it


def test_a_waiting_writer_gets_in_when_the_first_ends(archive: Path) -> None:
    with hold(archive) as first, wait(archive, 60) as second:
        until_blocked(second.pid)
        first.communicate("")
        out, _ = second.communicate(timeout=30)
    assert (out, second.returncode) == ("waiting\nheld\n", 0)


def test_a_waiting_writer_gets_in_when_the_first_is_killed(archive: Path) -> None:
    with hold(archive) as first, wait(archive, 60) as second:
        until_blocked(second.pid)
        first.kill()
        out, _ = second.communicate(timeout=30)
    assert out == "waiting\nheld\n"


def test_the_holder_is_told_when_the_time_to_wait_is_up(archive: Path, now: datetime) -> None:
    with hold(archive) as process:
        begin = time.monotonic()
        with pytest.raises(ArchiveLocked, match=f"process {process.pid} on "):
            WriterLock(archive, now, wait=0.3).acquire()
        assert 0.3 <= time.monotonic() - begin < 10
        process.communicate("")
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_since_is_when_the_lock_was_had_not_when_it_was_asked_for(archive: Path, now: datetime) -> None:
    def release() -> None:
        until_blocked(os.getpid())
        process.communicate("")

    with hold(archive) as process:
        releasing = threading.Thread(target=release)
        releasing.start()
        with WriterLock(archive, now, wait=60):
            since = json.loads((archive.parent / "demo.db.lock").read_text())["since"]
        releasing.join()
    assert datetime.fromisoformat(since) > now


def test_since_counts_the_waiting_for_each_of_several_holders(archive: Path, now: datetime) -> None:
    first, third, is_told_again = WriterLock(archive, now), WriterLock(archive, now), threading.Event()
    told: list[str] = []

    def tell(line: str) -> None:
        told.append(line)
        if len(told) == 2:
            is_told_again.set()

    def take_turns() -> None:
        until_blocked(os.getpid())
        time.sleep(0.5)
        first.path.unlink()
        third.acquire()
        first.release()
        assert is_told_again.wait(30)
        third.release()

    first.acquire()
    turns = threading.Thread(target=take_turns)
    turns.start()
    with WriterLock(archive, now, 60, tell):
        since = json.loads(first.path.read_text())["since"]
    turns.join()
    assert len(told) == 2
    assert (datetime.fromisoformat(since) - now).total_seconds() >= 0.5


def test_that_nobody_hears_of_it_does_not_end_the_waiting(archive: Path, now: datetime) -> None:
    def break_off(line: str) -> None:
        first.release()
        raise BrokenPipeError

    first = WriterLock(archive, now)
    first.acquire()
    with WriterLock(archive, now, 60, break_off) as second:
        assert json.loads(second.path.read_text())["pid"] == os.getpid()


def test_an_interrupt_ends_the_waiting(archive: Path) -> None:
    with hold(archive) as first, wait(archive, 60) as second:
        until_blocked(second.pid)
        second.send_signal(signal.SIGINT)
        _, errors = second.communicate(timeout=30)
        first.communicate("")
    assert "KeyboardInterrupt" in errors


WAIT = """
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from scraper.capture.lock import WriterLock
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job begins with it ignored
print("waiting", flush=True)
with WriterLock(Path(sys.argv[1]), datetime(2026, 1, 2, 3, 4, tzinfo=UTC), float(sys.argv[2])):
    print("held", flush=True)
"""


def wait(archive: Path, seconds: float) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WAIT, str(archive), str(seconds)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until_blocked(pid: int) -> None:
    """Returns when the kernel lists the process among those that wait for a lock."""
    if not LOCKS.exists():
        pytest.skip("only Linux tells who waits for a lock")
    deadline = time.monotonic() + 30
    while not any("->" in line and f" {pid} " in line for line in LOCKS.read_text().splitlines()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
