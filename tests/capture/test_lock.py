from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from scraper.capture.lock import WriterLock
from scraper.errors import ArchiveError, ArchiveLocked

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
    assert f"process {process.pid} on " in message and "since 2026-01-02T03:04:00+00:00" in message
    assert refused.value.exit_code == 4 and refused.value.about == str(archive)
    with WriterLock(archive, now):
        assert json.loads((archive.parent / "demo.db.lock").read_text())["pid"] == os.getpid()


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
