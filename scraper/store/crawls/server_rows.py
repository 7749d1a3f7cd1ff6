"""The rows of what is known of servers: the pace of each group, the robots.txt of each origin. SQL only."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from scraper.store.planning.times import stored_moment, utc_text


@dataclass(frozen=True, slots=True)
class RobotsRow:
    """The robots.txt of an origin as it was last answered; `why` says what went wrong where nothing came."""

    origin: str
    asked_at: datetime
    status: int | None
    body: bytes
    why: str | None = None


@dataclass(frozen=True, slots=True)
class HostRow:
    """How a group is to be asked: not before `ready_at`."""

    name: str
    ready_at: datetime | None
    latency: float
    failures: int
    waits_for: str | None


def load_hosts(connection: sqlite3.Connection) -> dict[str, HostRow]:
    """What is known of all groups."""
    rows = connection.execute("SELECT name, ready_at, latency, failures, waits_for FROM hosts")
    return {
        name: HostRow(name, stored_moment(ready), latency, failures, why)
        for name, ready, latency, failures, why in rows
    }


def write_host(connection: sqlite3.Connection, host: HostRow) -> None:
    """Writes what is known of a group; times to the millisecond, rounded up."""
    ready_at = _exactly(host.ready_at) if host.ready_at else None
    sql = """
INSERT INTO hosts (name, ready_at, latency, failures, waits_for) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (name) DO UPDATE SET ready_at = excluded.ready_at, latency = excluded.latency,
  failures = excluded.failures, waits_for = excluded.waits_for"""
    connection.execute(sql, (host.name, ready_at, host.latency, host.failures, host.waits_for))


def load_robots(connection: sqlite3.Connection, origin: str) -> RobotsRow | None:
    """The robots.txt of the origin as last read."""
    sql = "SELECT asked_at, status, body, why FROM robots WHERE origin = ?"
    row = connection.execute(sql, (origin,)).fetchone()
    if row is None:
        return None
    asked_at, status, body, why = row
    return RobotsRow(origin, stored_moment(asked_at) or datetime.min.replace(tzinfo=UTC), status, body or b"", why)


def write_robots(connection: sqlite3.Connection, row: RobotsRow) -> None:
    """Writes the robots.txt of an origin in place of what was known."""
    sql = """
INSERT INTO robots (origin, asked_at, status, body, why) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (origin) DO UPDATE SET asked_at = excluded.asked_at, status = excluded.status, body = excluded.body,
  why = excluded.why"""
    connection.execute(sql, (row.origin, utc_text(row.asked_at), row.status, row.body, row.why))


def _exactly(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
