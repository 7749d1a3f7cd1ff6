"""A web made to hurt a crawler: each thing on it ends as a row with a state, and costs the posts beside it nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.web.crawling import rows, tracebacks
from tests.web.gold import gold_of, held_in
from tests.web.hostile.cases import Case, CaseSite
from tests.web.hostile.crawl import CANARY, HOSTS, crawl_all, put_cases
from tests.web.hostile.table import CASES
from tests.web.server import Web

MOST_SECONDS = 150.0


@dataclass(frozen=True, slots=True)
class Crawled:
    db: Path
    web: Web
    sites: dict[str, CaseSite]
    code: int
    seconds: float


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """One archive of all cases, crawled in one run."""
    folder = tmp_path_factory.mktemp("hostile")
    db = folder / "voices.db"
    with Web([*HOSTS, CANARY]) as web:
        sites = put_cases(web, folder)
        code, seconds = crawl_all(db, sites)
        yield Crawled(db, web, sites, code, seconds)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_a_hostile_case_ends_as_a_row_and_costs_the_others_nothing(crawled: Crawled, case: Case) -> None:
    site = crawled.sites[case.name]
    targets = [each.target for each in crawled.web.log if crawled.web.base(each.host) == site.base]
    for target, states in case.ends.items():
        assert state_of(crawled.db, site.url(target)) in states, target
    assert not [target for target in targets if case.never and re.match(case.never, target)]
    assert len(targets) <= case.most
    gold, held = gold_of([site.blog]), held_in(crawled.db)
    assert len([url for url in gold if held.get(url) == gold[url]]) >= case.posts
    if case.check:
        assert rows(crawled.db, case.check) == [(1,)]


def test_nobody_else_is_asked(crawled: Crawled) -> None:
    assert [each.target for each in crawled.web.log if each.host == CANARY] == []


def test_no_page_brings_a_bug_to_light(crawled: Crawled) -> None:
    assert tracebacks(crawled.db) == []


def test_the_run_says_that_some_pages_failed_and_ends_in_time(crawled: Crawled) -> None:
    assert crawled.code == 3
    assert crawled.seconds < MOST_SECONDS


def test_every_address_that_is_known_has_ended_or_is_due_later(crawled: Crawled) -> None:
    sql = """
SELECT url FROM frontier WHERE refusal IS NULL AND checked_at IS NULL
  AND url_key NOT IN (SELECT url_key FROM pages) AND due_at <= (SELECT max(finished_at) FROM runs)
  AND host_group NOT IN (SELECT name FROM hosts WHERE ready_at > (SELECT max(finished_at) FROM runs))"""
    assert rows(crawled.db, sql) == []


def state_of(db: Path, url: str) -> str | None:
    """The state of an address in the end: its page's, or 'refused' where the crawl did not want it."""
    found = rows(db, "SELECT state FROM pages WHERE url = ?", [url])
    if not found:
        found = rows(db, "SELECT 'refused' FROM frontier WHERE url = ? AND refusal IS NOT NULL", [url])
    return str(found[0][0]) if found else None
