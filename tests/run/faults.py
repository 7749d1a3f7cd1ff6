"""A run with a fault in it: `run_forked` does it in a child process, `Fault` strikes when it changes the disk.

What can fail are the calls of `capture/disk.py` to the system, and the statements that begin and end a transaction
that writes to the database. The k-th of them all is where a fault strikes; a write that fails has put half of its bytes down.
"""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import sys
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any, Literal

from scraper.capture import disk
from scraper.cli.main import cli
from scraper.run import batch
from scraper.store import connection
from scraper.store.archive import Archive
from scraper.store.batch import Counts

Kind = Literal["killed", "EIO", "ENOSPC"]
KILLED = -signal.SIGKILL
PATIENCE = 60  # seconds
STRUCK = ".struck"
SQLITE_NAMES = {"EIO": "SQLITE_IOERR_WRITE", "ENOSPC": "SQLITE_FULL"}
CHANGES = frozenset({"open", "write", "fsync", "ftruncate", "replace", "unlink"})


@dataclass(slots=True)
class Fault:
    """Strikes once, at the `at`-th change of a disk; `marker` is a file that tells whether it did, and where."""

    kind: Kind
    at: int
    marker: Path
    seen: int = 0

    def comes(self) -> bool:
        """Whether this change, which counts, is the one."""
        self.seen += 1
        return self.seen == self.at

    def strike(self, what: str) -> OSError:
        """The error to raise, unless the process ends right here."""
        self.marker.write_text(what)
        if self.kind == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        number = getattr(errno, self.kind)
        return OSError(number, os.strerror(number))


class FaultyOs:
    """`os` as disk.py sees it."""

    def __init__(self, fault: Fault) -> None:
        self._fault = fault

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        return self._faulty(name, real) if name in CHANGES else real

    def _faulty(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            if name == "open" and not arguments[1] & os.O_CREAT:
                return real(*arguments)
            if self._fault.comes():
                if name == "write":
                    real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                raise self._fault.strike(f"{name} {arguments[0]}")
            return real(*arguments)

        return call


def faulty_sqlite(fault: Fault) -> type[sqlite3.Connection]:
    """A connection whose transactions can fail to begin or end; killed, a process can also just have ended one."""

    class Connection(sqlite3.Connection):
        writes = False

        def execute(self, sql: str, *arguments: Any) -> sqlite3.Cursor:
            self.writes = sql == "BEGIN IMMEDIATE" or (self.writes and sql != "BEGIN")
            ends = self.writes and sql == "COMMIT"
            if (ends or sql == "BEGIN IMMEDIATE") and fault.comes():
                raise _sqlite_error(fault.strike(sql), fault.kind)
            done = super().execute(sql, *arguments)
            if ends and fault.kind == "killed" and fault.comes():
                fault.strike("after COMMIT")
            return done

    return Connection


def _sqlite_error(error: OSError, kind: Kind) -> sqlite3.OperationalError:
    made = sqlite3.OperationalError(str(error))
    made.sqlite_errorname = SQLITE_NAMES[kind]
    return made


class _Sqlite:
    def __init__(self, factory: type[sqlite3.Connection]) -> None:
        self._factory = factory

    def __getattr__(self, name: str) -> Any:
        return getattr(sqlite3, name)

    def connect(self, *arguments: Any, **options: Any) -> sqlite3.Connection:
        return sqlite3.connect(*arguments, **{"factory": self._factory, **options})  # a reader has its own


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its exit code, KILLED for a kill, and what it said."""

    code: int
    stdout: str
    stderr: str


def run_with_fault(
    arguments: list[str], kind: Kind, at: int, folder: Path, batch_of: int = 2
) -> tuple[Ended, str | None]:
    """How the command ended, in small batches, and where the fault struck; None where the run has no k-th change."""
    marker = folder / STRUCK
    marker.unlink(missing_ok=True)

    def prepare() -> None:
        fault = Fault(kind, at, marker)
        disk.os = FaultyOs(fault)
        connection.sqlite3 = _Sqlite(faulty_sqlite(fault))
        batch.MOST = batch_of

    ended = run_forked(arguments, folder, prepare)
    return ended, marker.read_text() if marker.exists() else None


def assert_completed(
    words: list[str], folder: Path, lose: Callable[[], None], say: Callable[[], Any], step: int
) -> None:
    """The command, killed at every `step`-th change of the disk and called again, makes what it does in one go."""

    def in_twos() -> None:
        batch.MOST = 2

    assert run_forked(words, folder, in_twos).code == 0
    wanted = say()
    struck = 0
    for at in range(1, 200, step):
        lose()
        ended, place = run_with_fault(words, "killed", at, folder)
        if place is None:
            break
        struck += 1
        assert ended.code == KILLED
        assert run_forked(words, folder, in_twos).code == 0, place
        assert say() == wanted, place
    assert struck > 5


def run_forked(arguments: list[str], folder: Path, prepare: Callable[[], None] = lambda: None) -> Ended:
    """How the command ended in a child that was prepared so."""
    pid = start_forked(arguments, folder, prepare)
    _, status = os.waitpid(pid, 0)
    said = [(folder / name).read_text() for name in (f".out.{pid}", f".err.{pid}")]
    return Ended(os.waitstatus_to_exitcode(status), *said)


def start_forked(arguments: list[str], folder: Path, prepare: Callable[[], None] = lambda: None) -> int:
    """The process id of a child that runs the command in the folder; forked, since starting Python takes longer than the import."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the server's thread holds no lock that the child needs
        pid = os.fork()
    if pid == 0:
        _be_child(arguments, folder, prepare)
    return pid


def _be_child(arguments: list[str], folder: Path, prepare: Callable[[], None]) -> None:
    code = 99
    os.chdir(folder)
    try:
        for stream, name in (("stdout", ".out"), ("stderr", ".err")):
            setattr(sys, stream, (folder / f"{name}.{os.getpid()}").open("w"))
        prepare()
        cli.main(args=arguments, prog_name="blog-to-sqlite")
    except SystemExit as leave:
        code = leave.code if isinstance(leave.code, int) else 98
    finally:  # whatever else comes up ends here: the child must not go on as a second pytest
        if code == 99:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def in_small_batches(halfway: Event) -> None:
    """Batches of three pages; after the second of them, the import waits until a check has seen a part of it."""
    batch.MOST = 3
    record, calls = Archive.record, count(1)

    def record_and_wait(archive: Archive, *given: Any) -> Counts:
        written = record(archive, *given)
        if next(calls) == 2:
            assert halfway.wait(PATIENCE)
        return written

    Archive.record = record_and_wait  # type: ignore[method-assign, assignment]
