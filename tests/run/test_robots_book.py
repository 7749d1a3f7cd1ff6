from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scraper.model import Denied, Exchange, Failed
from scraper.run.crawling.asking import Asked
from scraper.run.crawling.robots_book import MOST_ORIGINS, MOST_TEXT, TRIES, RobotsBook, RobotsErrand, go_on
from scraper.store.crawls.frontier import RobotsRow

NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)
ORIGIN = "https://blog.example"
ERRAND = RobotsErrand(ORIGIN, "blog.example", f"{ORIGIN}/robots.txt")


def answer(status: int = 200, body: bytes = b"", **values: Any) -> Asked:
    headers = tuple((name.replace("_", "-"), value) for name, value in values.pop("headers", {}).items())
    return Asked(Exchange(ERRAND.url, b"", b"", status, headers, body, NOW, **values), 0.1)


def row(asked_at: datetime = NOW, status: int | None = 200, body: bytes = b"User-agent: *\nDisallow: /x") -> RobotsRow:
    return RobotsRow(ORIGIN, asked_at, status, body)


def test_an_answer_is_what_there_is() -> None:
    assert go_on(ERRAND, answer(body=b"User-agent: *"), NOW) == RobotsRow(ORIGIN, NOW, 200, b"User-agent: *")
    assert go_on(ERRAND, answer(404, b"<h1>no</h1>"), NOW) == RobotsRow(ORIGIN, NOW, 404, b"")


def test_a_redirect_leads_on_five_times() -> None:
    errand: Any = ERRAND
    for hop in range(5):
        errand = go_on(errand, answer(301, headers={"Location": f"https://other.example/{hop}"}), NOW)
        assert errand.url == f"https://other.example/{hop}"
    assert go_on(errand, answer(301, headers={"Location": "/again"}), NOW) == RobotsRow(ORIGIN, NOW, 301, b"")


def test_a_redirect_to_what_is_no_web_address_leads_nowhere() -> None:
    assert go_on(ERRAND, answer(302, headers={"Location": "file:///etc/passwd"}), NOW) == RobotsRow(
        ORIGIN, NOW, 302, b""
    )


def test_a_server_that_cannot_be_reached_is_tried_three_times_and_then_left_alone() -> None:
    errand: Any = ERRAND
    failure = Asked(Failed(ERRAND.url, "timeout", "not done in 1 s"), 1.0)
    for _ in range(TRIES - 1):
        errand = go_on(errand, failure, NOW)
    found = go_on(errand, failure, NOW)
    assert isinstance(found, RobotsRow)
    book = RobotsBook({ORIGIN: found}.get)
    book.keep(found)
    rules = book.rules(f"{ORIGIN}/a", NOW)
    assert (rules and rules.verdict, rules and rules.why) == (False, "robots.txt: timeout: not done in 1 s")


def test_an_address_that_may_not_be_asked_is_not_tried_again() -> None:
    refused = Asked(Denied(ERRAND.url, "address", "10.0.0.1 is private"), 0.0)
    assert isinstance(go_on(ERRAND, refused, NOW), RobotsRow)


def test_rules_are_good_for_a_day_and_no_answer_for_some_minutes() -> None:
    book = RobotsBook({ORIGIN: row()}.get)
    assert book.rules(f"{ORIGIN}/a", NOW + timedelta(hours=23)) is not None
    assert book.rules(f"{ORIGIN}/a", NOW + timedelta(hours=25)) is None
    down = RobotsBook({ORIGIN: row(status=503)}.get)
    assert down.rules(f"{ORIGIN}/a", NOW + timedelta(minutes=4)) is not None
    assert down.rules(f"{ORIGIN}/a", NOW + timedelta(minutes=6)) is None


def test_that_nothing_came_holds_for_the_run_that_found_it() -> None:
    silence = row(status=None, body=b"")
    stored = {ORIGIN: silence}
    assert RobotsBook(stored.get).rules(f"{ORIGIN}/a", NOW) is None
    read = RobotsBook(stored.get, asks=False).rules(f"{ORIGIN}/a", NOW)
    assert read is not None and read.verdict is False
    book = RobotsBook(lambda origin: stored.get(origin, replace(row(), origin=origin)))
    book.keep(silence)
    for each in range(2 * MOST_ORIGINS):  # it is no longer remembered, and read from the archive
        book.rules(f"https://{each}.example/", NOW)
    found = book.rules(f"{ORIGIN}/a", NOW)
    assert found is not None and found.verdict is False


def test_each_origin_has_rules_of_its_own() -> None:
    book = RobotsBook({ORIGIN: row()}.get)
    assert book.rules("http://blog.example/a", NOW) is None
    assert book.rules("https://blog.example:8443/a", NOW) is None


@pytest.mark.parametrize(
    ("number", "body", "remembered"),
    [
        (MOST_ORIGINS + 20, b"User-agent: *", MOST_ORIGINS),
        (9, b"#" * (MOST_TEXT // 4), 4),
        (2, b"#" * (2 * MOST_TEXT), 1),
    ],
)
def test_what_is_remembered_has_bounds_and_the_archive_has_the_rest(number: int, body: bytes, remembered: int) -> None:
    stored = {f"https://{each}.example": row(body=body) for each in range(number)}
    read: list[str] = []

    def look_up(origin: str) -> RobotsRow:
        read.append(origin)
        return replace(stored[origin], origin=origin)

    book = RobotsBook(look_up)
    for origin in [*stored, *reversed(stored)]:
        assert book.rules(f"{origin}/a", NOW) is not None
    assert len(read) == 2 * number - remembered


def test_rules_that_are_looked_at_again_and_again_are_not_forgotten() -> None:
    read: list[str] = []
    book = RobotsBook(lambda origin: read.append(origin) or replace(row(), origin=origin))
    for each in range(2 * MOST_ORIGINS):
        book.rules(f"{ORIGIN}/a", NOW)
        book.rules(f"https://{each}.example/", NOW)
    assert read.count(ORIGIN) == 1
