"""Whoever does it, the results are the same, and a process that dies costs nothing but its time."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scraper.errors import MissingExtra, UsageError
from scraper.scale import child
from scraper.scale.child import Child
from scraper.scale.cluster import Cluster, check_address
from scraper.scale.engine import Engine, Lost, Serial
from scraper.scale.pool import Pool
from tests.scale import tasks

Make = Callable[[], Engine]
ENGINES: dict[str, Make] = {"serial": Serial, "pool": lambda: Pool(2)}
SQUARES = {number: number * number for number in range(8)}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with contextlib.closing(Cluster(workers=2)) as made:
        yield made


@pytest.mark.parametrize("name", ENGINES)
def test_each_task_comes_back_with_its_result(name: str) -> None:
    with contextlib.closing(ENGINES[name]()) as engine:
        assert dict(engine.map(tasks.square, range(8))) == SQUARES


def test_what_a_task_prints_is_no_result() -> None:
    with contextlib.closing(Pool(1)) as pool:
        assert dict(pool.map(tasks.print_much, [1, 2])) == {1: 1, 2: 2}


def test_a_task_whose_process_dies_is_tried_again(tmp_path: Path) -> None:
    with contextlib.closing(Pool(2)) as pool:
        markers = [tmp_path / "a", tmp_path / "b"]
        assert dict(pool.map(tasks.die_at_first, markers)) == {markers[0]: "a", markers[1]: "b"}


def test_a_task_that_always_dies_is_lost_and_the_others_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "TRIES", 2)
    with contextlib.closing(Pool(2)) as pool:
        found = dict(pool.map(tasks.die_or_square, range(8)))
    assert found == {**SQUARES, 3: Lost("its process died 2 times")}


def test_closing_a_pool_ends_its_processes(tmp_path: Path) -> None:
    pool, started = Pool(1), tmp_path / "started"
    found: list[object] = []
    waiting = threading.Thread(target=lambda: found.extend(pool.map(tasks.wait_and_let_go, [started])))
    waiting.start()
    pid = _pid_in(started)
    pool.close()
    waiting.join(20)
    assert _is_gone(pid)
    assert found == [(started, Lost("stopped before its end"))]
    assert (tmp_path / "let go").exists()


def test_a_child_ends_with_its_parent(tmp_path: Path) -> None:
    started = tmp_path / "started"
    program = (
        "from pathlib import Path; from scraper.scale.child import Child; from tests.scale import tasks;"
        f"Child().do(tasks.wait_and_let_go, Path({str(started)!r}))"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
    pid = _pid_in(started)
    parent.kill()
    parent.wait()
    assert _is_gone(pid)
    assert (tmp_path / "let go").exists()


def test_a_closed_child_does_nothing() -> None:
    closed = Child()
    closed.close()
    closed.close()
    assert isinstance(closed.do(tasks.square, 2), Lost)


def test_a_cluster_whose_worker_is_killed_gives_what_one_process_gives(cluster: Cluster) -> None:
    found: dict[int, int | Lost] = {}
    killed = 0
    for number, result in cluster.map(tasks.slow_square, range(12)):
        found[number] = result
        if not killed:
            killed = next(iter(cluster._cluster.workers.values())).pid
            os.kill(killed, signal.SIGKILL)
    assert killed
    assert found == dict(Serial().map(tasks.square, range(12)))


def test_a_process_that_dies_beside_a_worker_is_started_again(cluster: Cluster, tmp_path: Path) -> None:
    assert dict(cluster.map(tasks.die_at_first, [tmp_path / "a"])) == {tmp_path / "a": "a"}


def test_a_cluster_is_reached_by_its_address_and_outlives_who_asked(cluster: Cluster) -> None:
    address = cluster._cluster.scheduler_address
    assert address.startswith("tcp://127.0.0.1:")
    with contextlib.closing(Cluster(address)) as second:
        assert dict(second.map(tasks.square, range(3))) == {0: 0, 1: 1, 2: 4}
    assert dict(cluster.map(tasks.square, [5])) == {5: 25}


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:8786", "[::1]:8786", "localhost:8786", "tls://dask.example:8786"])
def test_a_scheduler_on_loopback_or_behind_tls_is_used(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "tcp://10.0.0.7:8786",
        "dask.example:8786",
        "tcp://127.0.0.1.example:8786",
        "http://127.0.0.1:8786",
        "tcp://",
        "[",
    ],
)
def test_no_other_scheduler_is(address: str) -> None:
    with pytest.raises(UsageError):
        check_address(address)


def test_tls_without_certificates_is_refused() -> None:
    with pytest.raises(UsageError, match="no certificates"):
        Cluster("tls://127.0.0.1:1")


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtra, match=r"blog-to-sqlite\[scale\]"):
        Cluster()


def _pid_in(path: Path) -> int:
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        if path.exists() and (text := path.read_text()):
            return int(text)
        time.sleep(0.02)
    raise AssertionError("the task did not begin")


def _is_gone(pid: int) -> bool:
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        time.sleep(0.02)
    return False
