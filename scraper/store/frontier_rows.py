"""The rows of what a crawl knows: blogs, addresses, the pace of hosts, robots.txt. SQL only; nothing is decided."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from itertools import starmap
from typing import Any, NamedTuple

from scraper.model import Address, Capture, Crawl, LeadRole, LeadSource
from scraper.store.rows import among
from scraper.store.times import utc_text

PART = 500  # parameters of one statement
_NAMES = {"group": "host_group"}  # where the column's name is another one
_TIMES = frozenset({"found_at", "due_at", "stated_at", "checked_at", "changed_at"})
_FIELDS = tuple(field.name for field in fields(Address))
_COLUMNS = tuple(_NAMES.get(name, name) for name in _FIELDS)
_BEGIN_RUN = """
UPDATE frontier SET due_at = ? WHERE every_run = 1 AND refusal IS NULL AND (due_at IS NULL OR due_at > ?)
AND NOT (role = 'sitemap' AND source = 'sitemap' AND tries = 0 AND stated_at IS NOT NULL AND stated_at <= checked_at)
AND NOT (role = 'home' AND EXISTS (
  SELECT 1 FROM frontier AS feed WHERE feed.crawl_id = frontier.crawl_id AND feed.role = 'feed' AND feed.every_run = 1
  AND feed.payload_sha256 IS NOT NULL AND feed.tries = 0
))"""
# The index of what has a time is read from group to group and from priority to priority: not what is due later.
_GROUPS = """
WITH RECURSIVE groups(name) AS (
  SELECT min(host_group) FROM frontier WHERE due_at IS NOT NULL
  UNION ALL
  SELECT (SELECT min(host_group) FROM frontier WHERE due_at IS NOT NULL AND host_group > name)
  FROM groups WHERE name IS NOT NULL
)"""
_PRIORITIES = """, turns(name, priority) AS (
  SELECT name, (SELECT min(priority) FROM frontier WHERE due_at IS NOT NULL AND host_group = name)
  FROM groups WHERE name IS NOT NULL
  UNION ALL
  SELECT name, (
    SELECT min(priority) FROM frontier
    WHERE due_at IS NOT NULL AND host_group = name AND priority > turns.priority
  ) FROM turns WHERE priority IS NOT NULL
)"""
_ALL_DUE = f"""{_GROUPS}{_PRIORITIES}
SELECT %s FROM turns CROSS JOIN frontier INDEXED BY frontier_due
WHERE host_group = turns.name AND frontier.priority = turns.priority AND due_at IS NOT NULL AND due_at <= ?"""
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM frontier"
_CAPTURE = tuple(field.name for field in fields(Capture))
_WRITTEN = tuple(column for column in _COLUMNS if column != "id")


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


@dataclass(frozen=True, slots=True)
class Listing:
    """What a document of a crawl lists, by URL keys."""

    lister_id: int
    crawl_id: int
    keys: frozenset[str]


class Found(NamedTuple):
    """An address of a crawl: what it is taken for, and what named it."""

    url: str
    role: LeadRole
    source: LeadSource


# ---- blogs


def add_crawl(connection: sqlite3.Connection, crawl: Crawl, now: datetime) -> int:
    """The id of the crawl with this URL; what its operator lets in is from now on as given, if any of it is given.

    Where that is something else than before, all that lists addresses is read anew.
    """
    known = next((each for each in load_crawls(connection) if each.url == crawl.url), None)
    if known is not None:
        if any(_let_in(crawl)) and _let_in(crawl) != _let_in(known):
            _read_anew(connection, known.id, now)
        else:
            crawl = replace(known, contact=crawl.contact)
    values = _crawl_values(crawl)
    sql = """
INSERT INTO crawls (url, include, exclude, since, until, contact, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (url) DO UPDATE SET include = excluded.include, exclude = excluded.exclude, since = excluded.since,
  until = excluded.until, contact = coalesce(excluded.contact, contact)"""
    connection.execute(sql, (*values, utc_text(now)))
    return int(connection.execute("SELECT id FROM crawls WHERE url = ?", (crawl.url,)).fetchone()[0])


def _let_in(crawl: Crawl) -> tuple[Any, ...]:
    return crawl.include, crawl.exclude, crawl.since, crawl.until


def _read_anew(connection: sqlite3.Connection, crawl_id: int, now: datetime) -> None:
    at = utc_text(now)
    connection.execute(
        "UPDATE frontier SET etag = NULL, last_modified = NULL, payload_sha256 = NULL, signature = NULL, due_at = ?"
        " WHERE crawl_id = ? AND refusal IS NULL AND checked_at IS NOT NULL"
        " AND role IN ('home', 'feed', 'sitemap', 'post_api', 'listing')",
        (at, crawl_id),
    )
    connection.execute(
        "UPDATE frontier SET due_at = ? WHERE crawl_id = ? AND refusal IS NULL AND checked_at IS NULL"
        " AND due_at IS NULL AND role IN ('post', 'page', 'author', 'listing')",
        (at, crawl_id),
    )


def load_crawls(connection: sqlite3.Connection) -> tuple[Crawl, ...]:
    """All blogs that are crawled, in the order in which they were added."""
    sql = "SELECT url, include, exclude, since, until, contact, moved_from, id FROM crawls ORDER BY id"
    return tuple(
        Crawl(url, _texts(include), _texts(exclude), _day(since), _day(until), contact, _texts(moved or "[]"), key)
        for url, include, exclude, since, until, contact, moved, key in connection.execute(sql)
    )


def move_crawl(connection: sqlite3.Connection, crawl_id: int, url: str) -> bool:
    """Makes the URL the crawl's start, if it is no other's; where it was before is kept."""
    if connection.execute("SELECT 1 FROM crawls WHERE url = ?", (url,)).fetchone():
        return False
    (before, moves) = connection.execute("SELECT url, moved_from FROM crawls WHERE id = ?", (crawl_id,)).fetchone()
    known = [*json.loads(moves or "[]"), before]
    connection.execute("UPDATE crawls SET url = ?, moved_from = ? WHERE id = ?", (url, json.dumps(known), crawl_id))
    return True


def _crawl_values(crawl: Crawl) -> tuple[Any, ...]:
    days = (each.isoformat() if each else None for each in (crawl.since, crawl.until))
    return (crawl.url, json.dumps(crawl.include), json.dumps(crawl.exclude), *days, crawl.contact)


def _texts(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


# ---- addresses


def load_addresses(connection: sqlite3.Connection, crawl_id: int, keys: Collection[str]) -> dict[str, Address]:
    """The addresses of the crawl with these URL keys."""
    found: dict[str, Address] = {}
    for part in _parts(sorted(keys)):
        marks = ", ".join("?" * len(part))
        sql = f"{_SELECT} WHERE crawl_id = ? AND url_key IN ({marks})"
        found.update((each.url_key, each) for each in map(_address, connection.execute(sql, (crawl_id, *part))))
    return found


def load_by_id(connection: sqlite3.Connection, ids: Collection[int]) -> dict[int, Address]:
    """The addresses with these ids."""
    rows = connection.execute(f"{_SELECT} WHERE {among('id')}", (json.dumps(sorted(ids)),))
    return {each.id: each for each in map(_address, rows)}


def load_listed(connection: sqlite3.Connection, lister_id: int) -> list[Address]:
    """The addresses that this document listed when it was last read."""
    sql = f"{_SELECT} WHERE id IN (SELECT address_id FROM listings WHERE lister_id = ?) ORDER BY id"
    return [_address(row) for row in connection.execute(sql, (lister_id,))]


def write_listing(connection: sqlite3.Connection, listing: Listing) -> None:
    """Writes what a document lists in place of what it listed before."""
    sql = f"""
DELETE FROM listings WHERE lister_id = ?
AND address_id NOT IN (SELECT id FROM frontier WHERE crawl_id = ? AND {among("url_key")})"""
    keys = json.dumps(sorted(listing.keys))
    connection.execute(sql, (listing.lister_id, listing.crawl_id, keys))
    sql = f"INSERT INTO listings SELECT ?, id FROM frontier WHERE crawl_id = ? AND {among('url_key')}"
    connection.execute(f"{sql} ON CONFLICT DO NOTHING", (listing.lister_id, listing.crawl_id, keys))


def load_all(connection: sqlite3.Connection, crawl_id: int) -> Iterator[Address]:
    """All addresses of the crawl in the order in which they were found."""
    return map(_address, connection.execute(f"{_SELECT} WHERE crawl_id = ? ORDER BY id", (crawl_id,)))


def load_found(connection: sqlite3.Connection, crawl_id: int) -> Iterator[Found]:
    """All addresses of the crawl that may be asked for, in the order in which they were found."""
    sql = "SELECT url, role, source FROM frontier WHERE crawl_id = ? AND refusal IS NULL ORDER BY id"
    return starmap(Found, connection.execute(sql, (crawl_id,)))


def load_roles(connection: sqlite3.Connection, crawl_id: int) -> set[str]:
    """What the addresses of the crawl are taken for."""
    return {
        role for (role,) in connection.execute("SELECT DISTINCT role FROM frontier WHERE crawl_id = ?", (crawl_id,))
    }


def count_listed(connection: sqlite3.Connection, crawl_id: int) -> tuple[int, int]:
    """How many posts of the crawl a sitemap or an interface lists, and how many are known."""
    sql = """
SELECT count(*) FILTER (WHERE EXISTS (
  SELECT 1 FROM listings JOIN frontier AS lister ON lister.id = listings.lister_id
  WHERE listings.address_id = frontier.id AND lister.role IN ('sitemap', 'post_api'))), count(*)
FROM frontier
WHERE crawl_id = ? AND role = 'post' AND refusal IS NULL AND coalesce(signature, '') NOT LIKE 'status %'"""
    listed, known = connection.execute(sql, (crawl_id,)).fetchone()
    return int(listed), int(known)


def load_lists(connection: sqlite3.Connection, crawl_id: int) -> list[Address]:
    """The crawl's lists of posts that may be asked for, in the order in which they were found."""
    sql = f"{_SELECT} WHERE crawl_id = ? AND role = 'listing' AND refusal IS NULL ORDER BY id"
    return [_address(row) for row in connection.execute(sql, (crawl_id,))]


def wake_lists(connection: sqlite3.Connection, crawl_id: int, now: datetime) -> None:
    """Makes lists due that were not asked for because a sitemap seemed to name all posts."""
    sql = "UPDATE frontier SET due_at = ? WHERE crawl_id = ? AND role IN ('listing', 'feed') AND due_at IS NULL"
    connection.execute(f"{sql} AND checked_at IS NULL AND refusal IS NULL", (utc_text(now), crawl_id))


def wake_reserve(connection: sqlite3.Connection, crawls: Collection[int], role: str, now: datetime) -> list[str]:
    """The groups of what was made due: addresses in reserve that may have what a held thread lacks.

    A page whose comments a service keeps does not change with them: that is asked as often as the page.
    """
    sql = f"""
UPDATE frontier SET due_at = ? WHERE role = ? AND due_at IS NULL AND refusal IS NULL AND {_in("crawl_id", crawls)}
AND every_run = 0 AND EXISTS (
  SELECT 1 FROM frontier AS parent JOIN pages ON pages.url_key = parent.url_key JOIN posts ON posts.id = pages.post_id
  WHERE parent.crawl_id = frontier.crawl_id AND parent.url = frontier.found_on
  AND CASE frontier.source WHEN 'service'
    THEN posts.comments_service IS NOT NULL AND (frontier.checked_at IS NULL OR frontier.checked_at < parent.checked_at)
    ELSE posts.declared_comment_count > (SELECT count(*) FROM comments WHERE post_id = posts.id AND state = 'visible')
      AND (frontier.checked_at IS NULL OR frontier.checked_at < parent.changed_at)
  END
) RETURNING host_group"""
    return sorted({group for (group,) in connection.execute(sql, (utc_text(now), role)).fetchall()})


def load_unsettled(connection: sqlite3.Connection, crawls: Collection[int]) -> list[tuple[Address, Capture]]:
    """Addresses that are due, each with the newest capture of its page that came after its last answer."""
    columns = ", ".join(f"captures.{name}" for name in _CAPTURE)
    sql = f"""
SELECT {", ".join(f"frontier.{name}" for name in _COLUMNS)}, {columns}, max(captures.fetched_at) FROM frontier
JOIN pages ON pages.url_key = frontier.url_key
JOIN captures ON captures.page_id = pages.id AND captures.url = frontier.url AND captures.origin = 'fetch'
  AND captures.status IS NOT NULL
WHERE frontier.due_at IS NOT NULL AND {_in("frontier.crawl_id", crawls)}
  AND captures.fetched_at >= coalesce(frontier.checked_at, frontier.found_at)
GROUP BY frontier.id ORDER BY captures.fetched_at, captures.id"""
    found = []
    for row in connection.execute(sql).fetchall():
        address = _address(row[: len(_COLUMNS)])
        values = dict(zip(_CAPTURE, row[len(_COLUMNS) : -1], strict=True))
        values["fetched_at"] = _moment(values["fetched_at"])
        values["fetched_before"] = _moment(values["fetched_before"])
        if address.checked_at is None or (values["fetched_at"] and values["fetched_at"] > address.checked_at):
            found.append((address, Capture(**values)))
    return found


def next_due(
    connection: sqlite3.Connection,
    group: str,
    crawls: Collection[int],
    now: datetime,
    roles: Collection[LeadRole] = (),
    most: int = 1,
) -> list[Address]:
    """The first addresses of the group that are due: by priority, then who is due longest, then who was found first.

    With `roles`, of those that are taken for one of them. Looked up for each priority that there is, so that it does
    not matter how many others are not due yet.
    """
    of_roles = " AND role IN (SELECT value FROM json_each(:roles))" if roles else ""
    sql = f"""
WITH RECURSIVE groups(name) AS (SELECT :group){_PRIORITIES}
{_SELECT} WHERE id IN (
  SELECT first.value FROM turns CROSS JOIN json_each((
    SELECT json_group_array(id) FROM (
      SELECT id FROM frontier WHERE host_group = :group AND priority = turns.priority AND due_at IS NOT NULL
      AND due_at <= :now AND {_in("crawl_id", crawls)}{of_roles} ORDER BY due_at, id LIMIT :most)
  )) AS first
) ORDER BY priority, due_at, id LIMIT :most"""
    values = {"group": group, "now": utc_text(now), "roles": json.dumps(sorted(roles)), "most": most}
    return [_address(row) for row in connection.execute(sql, values)]


def due_groups(
    connection: sqlite3.Connection, crawls: Collection[int], now: datetime, *, but: str | None = None
) -> dict[str, int]:
    """How many addresses are due, those with the role `but` aside, by group, the one with the first address first."""
    sql = f"""
{_ALL_DUE % "host_group, count(*)"} AND {_in("crawl_id", crawls)} AND role IS NOT ?
GROUP BY host_group ORDER BY min(id)"""
    return dict(connection.execute(sql, (utc_text(now), but)).fetchall())


def due_crawls(connection: sqlite3.Connection, crawls: Collection[int], now: datetime) -> dict[int, int]:
    """How many addresses are due, by crawl."""
    sql = f"{_ALL_DUE % 'crawl_id, count(*)'} AND {_in('crawl_id', crawls)} GROUP BY crawl_id"
    return dict(connection.execute(sql, (utc_text(now),)).fetchall())


def begin_run(connection: sqlite3.Connection, crawls: Collection[int], now: datetime) -> None:
    """Makes what is asked for in each run due.

    But the first page of a blog only where no feed tells what is new, and the sitemaps of an index that says when they
    changed only where the index names them as changed.
    """
    at = utc_text(now)
    connection.execute(f"{_BEGIN_RUN} AND {_in('crawl_id', crawls)}", (at, at))


def write_addresses(connection: sqlite3.Connection, addresses: Iterable[Address]) -> None:
    """Writes the addresses: new ones where their id is 0, else in place of what is stored."""
    addresses = list(addresses)
    new = [_row(each) for each in addresses if not each.id]
    old = [(*_row(each), each.id) for each in addresses if each.id]
    marks = ", ".join("?" * len(_WRITTEN))
    connection.executemany(
        f"INSERT INTO frontier ({', '.join(_WRITTEN)}) VALUES ({marks}) ON CONFLICT (crawl_id, url_key) DO NOTHING", new
    )
    connection.executemany(f"UPDATE frontier SET {', '.join(f'{name} = ?' for name in _WRITTEN)} WHERE id = ?", old)


def _row(address: Address) -> tuple[Any, ...]:
    return tuple(
        utc_text(value) if name in _TIMES and value is not None else value
        for name in _FIELDS
        if name != "id"
        for value in (getattr(address, name),)
    )


def _address(row: Sequence[Any]) -> Address:
    values = dict(zip(_FIELDS, row, strict=True))
    for name in _TIMES:
        values[name] = _moment(values[name])
    return Address(**{**values, "every_run": bool(values["every_run"])})


# ---- hosts and robots.txt


def load_hosts(connection: sqlite3.Connection) -> dict[str, HostRow]:
    """What is known of all groups."""
    rows = connection.execute("SELECT name, ready_at, latency, failures, waits_for FROM hosts")
    return {name: HostRow(name, _moment(ready), latency, failures, why) for name, ready, latency, failures, why in rows}


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
    return RobotsRow(origin, _moment(asked_at) or datetime.min.replace(tzinfo=UTC), status, body or b"", why)


def write_robots(connection: sqlite3.Connection, row: RobotsRow) -> None:
    """Writes the robots.txt of an origin in place of what was known."""
    sql = """
INSERT INTO robots (origin, asked_at, status, body, why) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (origin) DO UPDATE SET asked_at = excluded.asked_at, status = excluded.status, body = excluded.body,
  why = excluded.why"""
    connection.execute(sql, (row.origin, utc_text(row.asked_at), row.status, row.body, row.why))


# ---- values


def _exactly(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _moment(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None


def _in(column: str, ids: Collection[int]) -> str:
    return f"{column} IN ({', '.join(str(int(each)) for each in sorted(ids))})"


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), PART):
        yield keys[start : start + PART]
