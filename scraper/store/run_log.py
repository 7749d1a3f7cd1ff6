"""What an archive says of the runs that wrote to it: `read_runs`, and one of them, and its events."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from scraper.store.connection import reading
from scraper.store.rows import Row


@dataclass(frozen=True, slots=True)
class Run:
    """One call of a command that writes. Without an exit code it is still at work, or was killed.

    `finished_at` is None while no other run has begun since. `counts` are (name, number), as the run told them, and
    `settings` (name, value), without secrets. `stop_reason` is why it ended before all was done.
    """

    id: int
    command: str
    version: str
    started_at: datetime
    finished_at: datetime | None
    counts: tuple[tuple[str, int], ...]
    exit_code: int | None
    stop_reason: str | None
    settings: tuple[tuple[str, Any], ...]
    events: int
    problems: int  # events that warn or tell of an error

    @property
    def seconds(self) -> float | None:
        """How long it took, as far as that is known."""
        if self.finished_at is None or self.exit_code is None:
            return None
        return (self.finished_at - self.started_at).total_seconds()


@dataclass(frozen=True, slots=True)
class Event:
    """What a run had to say of one input, or of itself; a traceback is of a bug, for its report."""

    at: datetime
    level: str
    url: str | None
    message: str
    traceback: str | None


def read_runs(path: Path, limit: int | None = None) -> tuple[Run, ...]:
    """The last runs, the newest first; at most `limit`."""
    with reading(path) as connection:
        return _runs(connection, "ORDER BY runs.id DESC LIMIT ?", -1 if limit is None else limit)


def read_run(path: Path, run_id: int) -> Run | None:
    """One run; None where there is none of this id."""
    with reading(path) as connection:
        return next(iter(_runs(connection, "WHERE runs.id = ?", run_id)), None)


def read_events(path: Path, run_id: int, offset: int = 0, limit: int | None = None) -> tuple[Event, ...]:
    """What the run had to say, in order; at most `limit` events from the one at `offset` on."""
    with reading(path) as connection:
        events = connection.execute(_EVENTS, (run_id, -1 if limit is None else limit, offset))
        return tuple(Event(datetime.fromisoformat(at), *rest) for at, *rest in events)


def _runs(connection: sqlite3.Connection, which: str, value: int) -> tuple[Run, ...]:
    return tuple(_run(row) for row in connection.execute(f"{_RUNS} {which}", (value,)))


def _run(row: Row) -> Run:
    key, command, version, started_at, finished_at, counts, exit_code, reason, settings, *rest = row
    end = datetime.fromisoformat(finished_at) if finished_at else None
    numbers = tuple(json.loads(counts).items()) if counts else ()
    told = tuple(json.loads(settings).items())
    return Run(key, command, version, datetime.fromisoformat(started_at), end, numbers, exit_code, reason, told, *rest)


_RUNS = """
SELECT id, command, version, started_at, finished_at, counts, exit_code, stop_reason, settings,
  (SELECT count(*) FROM run_events WHERE run_id = runs.id),
  (SELECT count(*) FROM run_events WHERE run_id = runs.id AND level <> 'info')
FROM runs"""
_EVENTS = "SELECT at, level, url, message, traceback FROM run_events WHERE run_id = ? ORDER BY id LIMIT ? OFFSET ?"
