"""What a run copies aside goes with it, or with a later run."""

from __future__ import annotations

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
    (tmp_path / "mine").mkdir()
    (temporary / "blog-to-sqlite-link").symlink_to(tmp_path / "mine")
    (temporary / "blog-to-sqlite-file").touch()
    (temporary / "blog-to-sqlite-young").mkdir()
    (temporary / "another").mkdir()
    before = sorted(temporary.iterdir())
    for each in (tmp_path / "mine", temporary / "another"):
        make_old(each)
    with scratch_folder():
        pass
    assert sorted(temporary.iterdir()) == before
