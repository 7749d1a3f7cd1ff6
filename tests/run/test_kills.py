"""kill -9 at any moment of an import, and of the ones after it, costs nothing."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scraper.run import batch
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.settings import Settings
from tests.run.faults import KILLED, run_forked, start_forked
from tests.run.inputs_of_five import make_post
from tests.run.soundness import assert_sound, exported, recorded, rows

KILLS = 20
POSTS = 80
Complete = Callable[[Path], tuple[Any, ...]]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    folder.mkdir()
    for number in range(POSTS):
        (folder / f"{number:03}.html").write_bytes(make_post(number))
        os.utime(folder / f"{number:03}.html", (1_700_000_000, 1_700_000_000))
    import_paths(tmp_path / "warm.db", [folder / "000.html"], ImportOptions(), Settings())
    return folder


@pytest.fixture
def complete(tmp_path: Path, saved: Path) -> Complete:
    def run(db: Path) -> tuple[Any, ...]:
        ended = run_forked(["import", str(db), str(saved)], tmp_path, small_batches)
        assert ended.code == 0, ended
        assert_sound(db)
        return exported(db), recorded(db)

    return run


@pytest.fixture
def seed() -> int:
    """Another one each time; SEED repeats one."""
    return int(os.environ.get("SEED") or random.randrange(1_000_000))


def small_batches() -> None:
    batch.MOST = 7


def kill_at(moment: float, db: Path, saved: Path, folder: Path) -> bool:
    """Whether the import was killed, so many seconds after it began, and not done by then."""
    pid = start_forked(["import", str(db), str(saved)], folder, small_batches)
    timer = threading.Timer(moment, os.kill, (pid, signal.SIGKILL))
    timer.start()
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)  # still there, so that no other process can have its id
    timer.cancel()
    timer.join()
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, KILLED)
    return code == KILLED


def test_an_import_killed_at_a_random_moment_is_completed(
    tmp_path: Path, saved: Path, complete: Complete, seed: int
) -> None:
    begin = time.monotonic()
    wanted = complete(tmp_path / "whole.db")
    length = time.monotonic() - begin
    moments = random.Random(seed)
    held = []
    for number in range(KILLS):
        db = tmp_path / f"{number}.db"
        if kill_at(moments.uniform(0, length), db, saved, tmp_path):
            held.append(posts_in(db))
        assert complete(db) == wanted, f"SEED={seed}, kill {number}"
    print(f"SEED={seed}: {len(held)} of {KILLS} imports of {length:.2f} s killed, having rows of {sorted(held)} posts")
    assert len(held) >= KILLS // 4


def test_an_import_killed_again_and_again_is_completed(
    tmp_path: Path, saved: Path, complete: Complete, seed: int
) -> None:
    begin = time.monotonic()
    wanted = complete(tmp_path / "whole.db")
    length = time.monotonic() - begin
    moments = random.Random(seed)
    db = tmp_path / "killed.db"
    killed = sum(kill_at(moments.uniform(0, length / 3), db, saved, tmp_path) for _ in range(10))
    assert complete(db) == wanted, f"SEED={seed}"
    interrupted = rows(db, "SELECT count(*) FROM run_events WHERE message LIKE 'interrupted:%'")
    print(f"SEED={seed}: killed {killed} times, {interrupted[0][0]} of them with a row of the run")
    assert killed > 0


def posts_in(db: Path) -> int:
    try:
        return len(exported(db))
    except Exception:  # noqa: BLE001  # killed before there was a database
        return 0
