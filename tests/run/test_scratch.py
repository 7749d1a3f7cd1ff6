"""What a run copies aside goes with it, or with a later run."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scraper.run import scratch
from scraper.run.scratch import scratch_folder

HOLD = """
import sys
from scraper.run.scratch import scratch_folder
with scratch_folder() as folder:
    (folder / "copy.db").write_text("a copy")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def hold() -> tuple[subprocess.Popen[str], Path]:
    command = [sys.executable, "-c", HOLD]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def make_old(folder: Path) -> None:
    before = time.time() - scratch.LEAST_AGE - 60
    for each in (*folder.iterdir(), folder):
        os.utime(each, (before, before), follow_symlinks=False)


def test_it_goes_with_all_that_is_in_it(temporary: Path) -> None:
    with scratch_folder() as folder:
        (folder / "copy.db").touch()
        assert folder.parent == temporary
    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_left_goes_and_what_a_living_one_has_stays() -> None:
    living, kept = hold()
    killed, left = hold()
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    for each in (kept, left):
        make_old(each)
    with scratch_folder():
        assert not left.exists()
        assert (kept / "copy.db").exists()
    living.communicate("")
    assert living.returncode == 0
    assert not kept.exists()


def test_what_is_young_or_no_folder_of_ours_stays(temporary: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir(mode=0o700)
    (tmp_path / "mine" / scratch.MARK).touch()
    (temporary / "blog-to-sqlite-link").symlink_to(tmp_path / "mine")
    (temporary / "blog-to-sqlite-file").touch()
    for name in ("blog-to-sqlite-young", "another"):
        (temporary / name).mkdir(mode=0o700)
        (temporary / name / scratch.MARK).touch()
    before = sorted(temporary.iterdir())
    for each in (tmp_path / "mine", temporary / "another"):
        make_old(each)
    with scratch_folder():
        pass
    assert sorted(temporary.iterdir()) == before


@pytest.mark.parametrize("place", ["main/src/notes.txt", "backups/voices.db"])
def test_a_persons_own_folder_of_such_a_name_stays_however_old_it_is(temporary: Path, place: str) -> None:
    file = temporary / f"{scratch.PREFIX}{place}"
    file.parent.mkdir(parents=True, mode=0o700)
    file.write_text("mine")
    for each in (file.parent, file.parent.parent):
        make_old(each)
    with scratch_folder():
        pass
    assert file.read_text() == "mine"


def test_what_others_may_write_to_stays(temporary: Path) -> None:
    folder = make_left(temporary)
    folder.chmod(0o777)
    with scratch_folder():
        pass
    assert folder.exists()


def test_what_was_written_to_deep_inside_is_young(temporary: Path) -> None:
    folder = make_left(temporary)
    (folder / "copy.warc").mkdir()
    (folder / "copy.warc" / "new").touch()
    before = time.time() - scratch.LEAST_AGE - 60
    for each in (folder / "copy.warc", folder):
        os.utime(each, (before, before))
    with scratch_folder():
        pass
    assert folder.exists()


@pytest.mark.parametrize("number", [errno.EBADF, errno.ENOLCK, errno.EOPNOTSUPP, errno.EACCES])
def test_where_there_are_no_locks_it_is_there_all_the_same_and_nothing_is_swept_away(
    temporary: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(file: int, how: int) -> None:
        raise OSError(number, os.strerror(number))

    left = make_left(temporary)
    before = len(os.listdir("/dev/fd"))
    with monkeypatch.context() as unlocked:
        unlocked.setattr("fcntl.flock", refuse)
        with scratch_folder() as folder:
            (folder / "copy.db").touch()
        assert not folder.exists()
        assert left.exists()
    assert len(os.listdir("/dev/fd")) == before


def test_what_has_no_lock_is_safe_from_those_that_have(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: int, how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    with monkeypatch.context() as unlocked:
        unlocked.setattr("fcntl.flock", refuse)
        using = scratch_folder()
        folder = using.__enter__()
    (folder / "copy.db").touch()
    make_old(folder)
    with scratch_folder():
        assert (folder / "copy.db").exists()
    using.__exit__(None, None, None)
    assert list(temporary.iterdir()) == []


def make_left(temporary: Path) -> Path:
    """A folder that a killed process might have left, hours ago."""
    folder = temporary / f"{scratch.PREFIX}left"
    folder.mkdir(mode=0o700)
    (folder / scratch.MARK).touch()
    make_old(folder)
    return folder
