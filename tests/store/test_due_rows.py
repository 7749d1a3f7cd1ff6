"""What is next of a crawl, and how much: of many addresses, most of which are not due yet."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.model import Address, Crawl
from scraper.store.archive import Archive
from scraper.store.crawls.address_rows import write_addresses
from scraper.store.crawls.due_rows import due_crawls, due_groups, next_due

NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)
LATER, BEFORE = NOW + timedelta(days=9), NOW - timedelta(hours=1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "voices.db"
    with Archive(path) as archive:
        for name in ("a", "b"):
            archive.frontier.add(Crawl(f"https://{name}.example/"), NOW)
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def address(path: str, due_at: datetime | None, priority: int = 6, crawl_id: int = 1, **values: Any) -> Address:
    url = f"http://a.example/{path}"
    given = {"role": "post", "group": "a.example"} | values
    return Address(
        crawl_id=crawl_id, url=url, url_key=url, source="sitemap", found_on=None, found_at=NOW, due_at=due_at,
        priority=priority, every_run=False, **given,
    )  # fmt: skip


def order(database: sqlite3.Connection, crawls: tuple[int, ...] = (1, 2), roles: tuple[Any, ...] = ()) -> list[str]:
    """The paths of all that is due of the group, one after the other."""
    found = []
    while following := next_due(database, "a.example", crawls, NOW, roles):
        found.append(following[0].url.rpartition("/")[2])
        database.execute("UPDATE frontier SET due_at = NULL WHERE id = ?", (following[0].id,))
    return found


def test_the_first_is_the_first_by_priority_then_who_is_due_longest_then_who_was_found_first(
    database: sqlite3.Connection,
) -> None:
    write_addresses(
        database,
        [
            address("post-1", NOW), address("post-2", NOW), address("post-0", BEFORE), address("later", LATER, 1),
            address("never", None, 0), address("feed", NOW, 1), address("last", BEFORE, 206),
            address("elsewhere", BEFORE, 0, group="b.example"),
        ],
    )  # fmt: skip
    some = next_due(database, "a.example", (1, 2), NOW, most=3)
    assert [each.url.rpartition("/")[2] for each in some] == ["feed", "post-0", "post-1"]
    assert order(database) == ["feed", "post-0", "post-1", "post-2", "last"]


def test_what_is_of_another_crawl_or_role_is_passed_by(database: sqlite3.Connection) -> None:
    write_addresses(
        database,
        [
            address("other", NOW, 0, crawl_id=2), address("list", NOW, 1, role="listing"), address("post", NOW),
            address("other-post", BEFORE, crawl_id=2),
        ],
    )  # fmt: skip
    assert order(database, (1,), ("post", "feed")) == ["post"]
    assert order(database, (1,)) == ["list"]


def test_what_is_due_is_counted_by_crawl_and_by_group(database: sqlite3.Connection) -> None:
    write_addresses(
        database,
        [
            address("one", NOW, group="b.example"), address("two", BEFORE, 1), address("three", NOW, crawl_id=2),
            address("picture", NOW, 10, role="media", group="c.example"), address("later", LATER), address("never", None),
        ],
    )  # fmt: skip
    assert due_crawls(database, (1, 2), NOW) == {1: 3, 2: 1}
    assert due_crawls(database, (2,), NOW) == {2: 1}
    assert list(due_groups(database, (1, 2), NOW).items()) == [("b.example", 1), ("a.example", 2), ("c.example", 1)]
    assert due_groups(database, (1,), NOW, but="media") == {"b.example": 1, "a.example": 1}
    assert due_groups(database, (1,), BEFORE - timedelta(days=1)) == {}


@pytest.mark.parametrize("look", [lambda *given: next_due(given[0], "a.example", *given[1:]), due_crawls, due_groups])
def test_what_is_not_due_costs_nothing(database: sqlite3.Connection, look: Callable[..., Any]) -> None:
    steps = []
    for number in (100, 5000):
        write_addresses(database, [address(f"{each}", LATER, each % 3) for each in range(number)])
        ticks: list[int] = []
        database.set_progress_handler(lambda to=ticks: to.append(1) and None, 10)
        look(database, (1,), NOW)
        database.set_progress_handler(None, 10)
        steps.append(len(ticks))
    assert steps[1] <= steps[0] + 5, f"{steps} tens of steps"
