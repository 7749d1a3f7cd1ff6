"""`Frontier`: what an archive knows of the blogs that are crawled, and what of it changes with a page."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime

from scraper.model import Address, Capture, Crawl, LeadRole
from scraper.store.cleaning import storable
from scraper.store.crawls import address_rows, crawl_rows, due_rows, server_rows
from scraper.store.crawls.address_rows import Found, Listing
from scraper.store.crawls.server_rows import HostRow, RobotsRow

__all__ = ["Found", "Frontier", "HostRow", "Listing", "RobotsRow", "Step"]


@dataclass(frozen=True, slots=True)
class Step:
    """What one answer changed of the frontier: written in the transaction of the page that it brought."""

    addresses: Sequence[Address] = ()  # new ones have the id 0
    host: HostRow | None = None
    robots: RobotsRow | None = None
    listing: Listing | None = None

    def without(self, is_forgotten: Callable[[str], bool]) -> Step:
        """The step without addresses that are not to come in again."""
        return replace(self, addresses=[each for each in self.addresses if not is_forgotten(each.url)])

    def write(self, connection: sqlite3.Connection) -> None:
        """Writes it; the transaction is the caller's."""
        try:
            address_rows.write_addresses(connection, self.addresses)
        except UnicodeEncodeError:  # what SQLite cannot hold; looked for only when it is there
            address_rows.write_addresses(connection, storable(tuple(self.addresses)))
        if self.host is not None:
            server_rows.write_host(connection, self.host)
        if self.robots is not None:
            server_rows.write_robots(connection, storable(self.robots))
        if self.listing is not None:
            address_rows.write_listing(connection, self.listing)


class Frontier:
    """The frontier in an archive's database; `read` and `write` are the archive's, for errors of its own."""

    def __init__(
        self,
        read: Callable[[], AbstractContextManager[sqlite3.Connection]],
        write: Callable[[], AbstractContextManager[sqlite3.Connection]],
    ) -> None:
        self._read, self._write = read, write

    def add(self, crawl: Crawl, now: datetime) -> int:
        """The id of the crawl that starts at this URL, stored with what it lets in."""
        with self._write() as connection:
            return crawl_rows.add_crawl(connection, crawl, now)

    def crawls(self) -> tuple[Crawl, ...]:
        """All blogs that are crawled."""
        with self._read() as connection:
            return crawl_rows.load_crawls(connection)

    def move(self, crawl_id: int, url: str) -> bool:
        """Lets the crawl start at another URL from now on; not where that is another crawl's."""
        with self._write() as connection:
            return crawl_rows.move_crawl(connection, crawl_id, url)

    def begin(self, crawls: Collection[int], now: datetime) -> None:
        """Makes what is asked for in each run due."""
        with self._write() as connection:
            due_rows.begin_run(connection, crawls, now)

    def due(self, crawls: Collection[int], now: datetime, *, but: str | None = None) -> dict[str, int]:
        """How many addresses are due, by group; those with the role `but` aside."""
        with self._read() as connection:
            return due_rows.due_groups(connection, crawls, now, but=but)

    def count_due(self, crawls: Collection[int], now: datetime) -> dict[int, int]:
        """How many addresses are due, by crawl."""
        with self._read() as connection:
            return due_rows.due_crawls(connection, crawls, now)

    def next(
        self, group: str, crawls: Collection[int], now: datetime, roles: Collection[LeadRole] = (), most: int = 1
    ) -> list[Address]:
        """The first addresses of the group that are due; with `roles`, of those that are taken for one of them."""
        with self._read() as connection:
            return due_rows.next_due(connection, group, crawls, now, roles, most)

    def known(self, crawl_id: int, keys: Collection[str]) -> dict[str, Address]:
        """The crawl's addresses with these URL keys."""
        with self._read() as connection:
            return address_rows.load_addresses(connection, crawl_id, keys)

    def listed(self, address_id: int) -> list[Address]:
        """What this document listed when it was last read."""
        with self._read() as connection:
            return address_rows.load_listed(connection, address_id)

    def all(self, crawl_id: int) -> Iterator[Address]:
        """All addresses of the crawl in the order in which they were found."""
        with self._read() as connection:
            yield from address_rows.load_all(connection, crawl_id)

    def found(self, crawl_id: int) -> Iterator[Found]:
        """All addresses of the crawl that may be asked for, in the order in which they were found."""
        with self._read() as connection:
            yield from address_rows.load_found(connection, crawl_id)

    def roles(self, crawl_id: int) -> set[str]:
        """What the addresses of the crawl are taken for."""
        with self._read() as connection:
            return address_rows.load_roles(connection, crawl_id)

    def listed_posts(self, crawl_id: int) -> tuple[int, int]:
        """How many posts of the crawl a sitemap or an interface lists, and how many are known."""
        with self._read() as connection:
            return address_rows.count_listed(connection, crawl_id)

    def holds_post(self, crawl_id: int) -> bool:
        """Whether a post of the crawl is held."""
        with self._read() as connection:
            return address_rows.holds_post(connection, crawl_id)

    def lists(self, crawl_id: int) -> list[Address]:
        """The crawl's lists of posts that may be asked for."""
        with self._read() as connection:
            return address_rows.load_lists(connection, crawl_id)

    def wake_lists(self, crawl_id: int, now: datetime) -> None:
        """Makes the lists due that were not asked for because a sitemap seemed to name all posts."""
        with self._write() as connection:
            due_rows.wake_lists(connection, crawl_id, now)

    def wake(self, crawls: Collection[int], role: str, now: datetime) -> list[str]:
        """Makes what is in reserve for threads that are short due; the groups that have something to ask then."""
        with self._write() as connection:
            return due_rows.wake_reserve(connection, crawls, role, now)

    def unsettled(self, crawls: Collection[int]) -> Iterator[tuple[Address, Capture]]:
        """Addresses that are due though a newer capture of theirs is here, with the newest one of each."""
        with self._read() as connection:
            yield from due_rows.load_unsettled(connection, crawls)

    def hosts(self) -> dict[str, HostRow]:
        """What is known of all groups."""
        with self._read() as connection:
            return server_rows.load_hosts(connection)

    def robots(self, origin: str) -> RobotsRow | None:
        """The robots.txt of the origin as last read."""
        with self._read() as connection:
            return server_rows.load_robots(connection, origin)

    def write(self, step: Step) -> None:
        """Writes a step that came without a page."""
        with self._write() as connection:
            step.write(connection)
