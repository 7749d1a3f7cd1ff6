"""How far a crawl is with each blog, told about once a second."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from scraper.run.crawling.progress import BlogProgress, Tally


def test_what_ended_what_failed_and_what_is_due_is_told_by_blog() -> None:
    told: list[Sequence[BlogProgress]] = []
    tally = Tally({1: "a", 2: "b"}, lambda: {1: 7}, told.append)
    for blog, state in ((1, "fetched"), (1, "failed"), (2, "gone")):
        tally.end(blog, state)
    tally.tell()
    assert told == [[BlogProgress("a", 2, 1, 7), BlogProgress("b", 1, 0, 0)]]


def test_it_is_told_once_a_second_and_nothing_is_counted_in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter((10.0, 10.0, 10.5, 11.1, 11.1))
    monkeypatch.setattr(time, "monotonic", lambda: next(moments))
    counted: list[int] = []

    def due() -> dict[int, int]:
        counted.append(1)
        return {}

    tally = Tally({1: "a"}, due, lambda blogs: None)
    for _ in range(3):
        tally.tell()
    assert len(counted) == 2


def test_counting_that_takes_long_is_not_done_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Sequence[BlogProgress]] = []
    left = iter(({1: 50}, {1: 90}))
    now = 10.0

    def due() -> dict[int, int]:
        nonlocal now
        now += 0.5
        return next(left)

    monkeypatch.setattr(time, "monotonic", lambda: now)
    tally = Tally({1: "a"}, due, told.append)
    tally.tell()
    for moment in (12.0, 59.0, 60.6):
        now = moment
        tally.end(1, "fetched")
        tally.tell()
    assert [blogs[0].due for blogs in told] == [50, 49, 48, 90]


def test_where_nobody_wants_to_know_nothing_is_counted() -> None:
    counted: list[int] = []
    tally = Tally({1: "a"}, lambda: {1: len(counted.append(1) or counted)}, None)
    tally.end(1, "fetched")
    tally.tell()
    assert counted == []
