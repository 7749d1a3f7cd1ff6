"""Readers and a writer are in nobody's way."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import warnings
from contextlib import closing
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.cli.main import cli
from scraper.errors import ArchiveLocked
from scraper.model import Visit
from scraper.run import batch
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store import connection
from tests.run.faults import Ended, in_small_batches, run_forked, start_forked
from tests.run.inputs_of_five import make_post
from tests.run.soundness import assert_sound, exported

POSTS = 80
READERS = 4


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    folder.mkdir()
    for number in range(POSTS):
        (folder / f"{number:03}.html").write_bytes(make_post(number))
    return folder


@pytest.fixture
def begun(tmp_path: Path, saved: Path) -> Path:
    """An archive of the first post."""
    db = tmp_path / "voices.db"
    import_paths(db, [saved / "000.html"], ImportOptions(), Settings())
    return db


@pytest.fixture
def whole(tmp_path: Path, saved: Path) -> Path:
    """An archive of all posts that nobody read meanwhile."""
    db = tmp_path / "whole.db"
    import_paths(db, [saved], ImportOptions(), Settings())
    return db


def small_batches() -> None:
    batch.MOST = 3


def wait_for(pid: int, folder: Path) -> Ended:
    _, status = os.waitpid(pid, 0)
    return Ended(os.waitstatus_to_exitcode(status), "", (folder / f".err.{pid}").read_text())


def start_reading(db: Path, said: Path, halfway: Event, over: Event) -> int:
    """A child that searches, shows and checks until the import is over, and writes how each ended and what it saw."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        try:
            codes: list[int] = []
            hits: list[int] = []
            while not over.is_set():
                found = CliRunner().invoke(cli, ["search", str(db), "bread", "-n", "999", "--json"])
                hits.append(len(json.loads(found.stdout)) if found.exit_code == 0 else -1)
                if 1 < hits[-1] < POSTS:
                    halfway.set()
                others = (["show", str(db), "1"], ["check", str(db)])
                codes += [found.exit_code, *(CliRunner().invoke(cli, each).exit_code for each in others)]
            said.write_text(json.dumps([codes, hits]))
        finally:
            sys.stderr.flush()
            os._exit(0)
    return pid


def test_reads_while_an_import_runs_succeed_and_change_nothing(
    tmp_path: Path, saved: Path, begun: Path, whole: Path
) -> None:
    said = [tmp_path / f"reader-{number}" for number in range(READERS)]
    forked = get_context("fork")
    halfway, over = forked.Event(), forked.Event()
    readers = [start_reading(begun, each, halfway, over) for each in said]
    writer = start_forked(["import", str(begun), str(saved), "-q"], tmp_path, lambda: in_small_batches(halfway))
    ended = wait_for(writer, tmp_path)
    over.set()
    for reader in readers:
        os.waitpid(reader, 0)
    assert (ended.code, ended.stderr) == (0, "")
    seen = set()
    for each in said:
        codes, hits = json.loads(each.read_text())
        assert set(codes) == {0}
        assert hits == sorted(hits)  # what was there once is not gone the next time
        seen |= set(hits)
    print(f"{len(seen)} states of the archive were seen")
    assert any(1 < posts < POSTS for posts in seen)
    assert exported(begun) == exported(whole)
    assert_sound(begun)


def test_a_reader_that_stays_in_its_transaction_stops_nothing(
    tmp_path: Path, saved: Path, begun: Path, whole: Path
) -> None:
    wal = begun.with_name(begun.name + "-wal")
    with closing(sqlite3.connect(f"file:{begun}?mode=ro", uri=True, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM posts").fetchone() == (1,)
        ended = run_forked(["import", str(begun), str(saved), "-q"], tmp_path, small_batches)
        assert (ended.code, ended.stderr) == (0, "")
        assert reader.execute("SELECT count(*) FROM posts").fetchone() == (1,)
        assert exported(begun) == exported(whole)
        grown = wal.stat().st_size
        reader.execute("ROLLBACK")
    (saved / "more.html").write_bytes(make_post(POSTS))
    assert run_forked(["import", str(begun), str(saved), "-q"], tmp_path).code == 0
    print(f"the WAL grew to {grown} bytes beside the reader, and is {'there' if wal.exists() else 'gone'} after it")
    assert not wal.exists() or wal.stat().st_size <= min(grown, connection.WAL_BYTES)
    assert_sound(begun)


def test_a_database_that_another_program_locks_is_told_and_left_for_later(
    tmp_path: Path, saved: Path, begun: Path, whole: Path
) -> None:
    with closing(sqlite3.connect(begun, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ended = run_forked(["import", str(begun), str(saved), "-q"], tmp_path, impatient)
        assert (ended.code, ended.stderr) == (
            4,
            f"blog-to-sqlite: {begun}: another program is writing to it; try again later\n",
        )
        other.execute("ROLLBACK")
    assert run_forked(["import", str(begun), str(saved), "-q"], tmp_path).code == 0
    assert exported(begun) == exported(whole)
    assert_sound(begun)


def test_a_database_that_gets_locked_in_the_middle_of_a_run_loses_nothing(
    tmp_path: Path, saved: Path, begun: Path, whole: Path
) -> None:
    others: list[sqlite3.Connection] = []

    def lock(visit: Visit) -> None:
        if not others:
            others.append(sqlite3.connect(begun, isolation_level=None))
            others[0].execute("BEGIN IMMEDIATE")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "BUSY_MILLISECONDS", 20)
        patch.setattr(batch, "MOST", 3)
        with pytest.raises(ArchiveLocked):
            import_paths(begun, [saved], ImportOptions(), Settings(), Watcher(tell=lock))
    others[0].close()
    assert 1 <= len(exported(begun)) < POSTS
    assert run_forked(["import", str(begun), str(saved), "-q"], tmp_path).code == 0
    assert exported(begun) == exported(whole)
    assert_sound(begun)


def impatient() -> None:
    connection.BUSY_MILLISECONDS = 20
