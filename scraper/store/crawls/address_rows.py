"""The rows of the addresses of crawls, and of what lists them. SQL only; nothing is decided."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import starmap
from typing import Any, NamedTuple

from scraper.model import Address, LeadRole, LeadSource
from scraper.store.planning.times import stored_moment, utc_text
from scraper.store.rows import among

PART = 500  # parameters of one statement
_NAMES = {"group": "host_group"}  # where the column's name is another one
_TIMES = frozenset({"found_at", "due_at", "stated_at", "checked_at", "changed_at"})
_FIELDS = tuple(field.name for field in fields(Address))
COLUMNS = tuple(_NAMES.get(name, name) for name in _FIELDS)
SELECT = f"SELECT {', '.join(COLUMNS)} FROM frontier"
_WRITTEN = tuple(column for column in COLUMNS if column != "id")


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


def load_addresses(connection: sqlite3.Connection, crawl_id: int, keys: Collection[str]) -> dict[str, Address]:
    """The addresses of the crawl with these URL keys."""
    found: dict[str, Address] = {}
    for part in _parts(sorted(keys)):
        marks = ", ".join("?" * len(part))
        sql = f"{SELECT} WHERE crawl_id = ? AND url_key IN ({marks})"
        found.update((each.url_key, each) for each in map(address_of, connection.execute(sql, (crawl_id, *part))))
    return found


def load_by_id(connection: sqlite3.Connection, ids: Collection[int]) -> dict[int, Address]:
    """The addresses with these ids."""
    rows = connection.execute(f"{SELECT} WHERE {among('id')}", (json.dumps(sorted(ids)),))
    return {each.id: each for each in map(address_of, rows)}


def load_listed(connection: sqlite3.Connection, lister_id: int) -> list[Address]:
    """The addresses that this document listed when it was last read."""
    sql = f"{SELECT} WHERE id IN (SELECT address_id FROM listings WHERE lister_id = ?) ORDER BY id"
    return [address_of(row) for row in connection.execute(sql, (lister_id,))]


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
    return map(address_of, connection.execute(f"{SELECT} WHERE crawl_id = ? ORDER BY id", (crawl_id,)))


def load_found(connection: sqlite3.Connection, crawl_id: int) -> Iterator[Found]:
    """All addresses of the crawl that may be asked for, in the order in which they were found."""
    sql = "SELECT url, role, source FROM frontier WHERE crawl_id = ? AND refusal IS NULL ORDER BY id"
    return starmap(Found, connection.execute(sql, (crawl_id,)))


def load_roles(connection: sqlite3.Connection, crawl_id: int) -> set[str]:
    """What the addresses of the crawl are taken for."""
    return {
        role for (role,) in connection.execute("SELECT DISTINCT role FROM frontier WHERE crawl_id = ?", (crawl_id,))
    }


def holds_post(connection: sqlite3.Connection, crawl_id: int) -> bool:
    """Whether a page at one of the crawl's addresses shows a post."""
    sql = (
        "SELECT EXISTS (SELECT 1 FROM frontier JOIN pages ON pages.url_key = frontier.url_key"
        " JOIN posts ON posts.id = pages.post_id WHERE frontier.crawl_id = ? AND posts.kind = 'post')"
    )
    return bool(connection.execute(sql, (crawl_id,)).fetchone()[0])


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
    sql = f"{SELECT} WHERE crawl_id = ? AND role = 'listing' AND refusal IS NULL ORDER BY id"
    return [address_of(row) for row in connection.execute(sql, (crawl_id,))]


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


def address_of(row: Sequence[Any]) -> Address:
    values = dict(zip(_FIELDS, row, strict=True))
    for name in _TIMES:
        values[name] = stored_moment(values[name])
    return Address(**{**values, "every_run": bool(values["every_run"])})


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), PART):
        yield keys[start : start + PART]
