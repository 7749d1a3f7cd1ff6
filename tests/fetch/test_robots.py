from __future__ import annotations

import json
from pathlib import Path

import pytest

from scraper.fetch.robots import MAX_BYTES, read_robots

AGENT = "blog-to-sqlite/0.1.0 (archives blogs; obeys robots.txt)"
PAGE = "http://e.org/post"


def allows(text: str, url: str = PAGE, agent: str = AGENT) -> bool:
    return read_robots(200, text.encode()).allows(agent, url)


def test_all_required_cases_of_the_reference_implementation_hold(shared: Path) -> None:
    cases = json.loads((shared / "conformance" / "robots_google.json").read_text())
    wrong = [c for c in cases if allows(c["robots_txt"], c["url"], c["user_agent"]) != c["allowed"]]
    assert sum(case["required"] for case in cases) >= 140
    assert not [case for case in wrong if case["required"]]


@pytest.mark.parametrize(
    ("status", "allowed"), [(200, True), (301, True), (401, True), (403, True), (404, True), (429, True), (500, False),
                            (503, False), (599, False), (None, False)],
)  # fmt: skip
def test_the_status_decides_where_there_is_no_file(status: int | None, allowed: bool) -> None:
    assert read_robots(status, b"").allows(AGENT, PAGE) is allowed


def test_a_byte_order_mark_does_not_hide_the_first_line() -> None:
    assert not read_robots(200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /").allows(AGENT, PAGE)


def test_what_is_beyond_500_kibibytes_is_not_read_nor_is_the_line_that_was_cut() -> None:
    filler = b"# " + b"x" * 97 + b"\n"
    front = b"User-agent: *\nDisallow: /a\n"
    body = (
        front
        + filler * ((MAX_BYTES - len(front)) // len(filler))
        + b"Disallow: /b"
        + b"b" * 200
        + b"\nDisallow: /post\n"
    )
    rules = read_robots(200, body)
    assert not rules.allows(AGENT, "http://e.org/a")
    assert rules.allows(AGENT, PAGE)


def test_a_group_for_part_of_our_name_is_not_for_us() -> None:
    assert allows("User-agent: blog\nDisallow: /\n")
    assert allows("User-agent: sqlite\nDisallow: /\n")
    assert not allows("User-agent: Blog-To-SQLite/2\nDisallow: /\n")


def test_our_own_group_counts_alone_even_when_it_forbids_nothing() -> None:
    assert allows("User-agent: *\nDisallow: /\n\nUser-agent: blog-to-sqlite\nDisallow:\n")


def test_crawl_delay_is_that_of_our_group() -> None:
    rules = read_robots(200, b"User-agent: *\nCrawl-delay: 10\n\nUser-agent: slow\nCrawl-delay: 99\n")
    assert rules.crawl_delay(AGENT) == 10.0
    assert rules.crawl_delay("slow/1") == 99.0
    assert read_robots(200, b"User-agent: *\nCrawl-delay: soon\n").crawl_delay(AGENT) is None
    assert read_robots(404, b"").crawl_delay(AGENT) is None


def test_a_crawl_delay_between_rules_is_for_its_group() -> None:
    rules = read_robots(
        200, b"User-agent: a\nUser-agent: b\nDisallow: /x\nCrawl-delay: 7\nDisallow: /y\nUser-agent: *\n"
    )
    assert (rules.crawl_delay("a"), rules.crawl_delay("b"), rules.crawl_delay("c")) == (7.0, 7.0, None)
    assert not rules.allows("a", "http://e.org/y") and rules.allows("c", "http://e.org/y")


def test_crawl_delay_does_not_end_a_list_of_agents() -> None:
    assert not allows("User-agent: blog-to-sqlite\nCrawl-delay: 5\nUser-agent: other\nDisallow: /\n")


def test_sitemaps_are_told() -> None:
    rules = read_robots(200, b"Sitemap: http://e.org/s.xml\nUser-agent: *\nDisallow: /x\nsitemap: http://e.org/t.xml")
    assert rules.sitemaps == ("http://e.org/s.xml", "http://e.org/t.xml")


def test_where_two_readings_of_an_escape_differ_the_stricter_counts() -> None:
    assert not allows("User-agent: *\nDisallow: /p%6Fst\n")
    assert not allows("User-agent: *\nDisallow: /\nAllow: /p%6Fst\n")
    assert allows("User-agent: *\nDisallow: /\nAllow: /p%6Fst\n", "http://e.org/p%6Fst")


@pytest.mark.parametrize(
    "body", [b"\x00\xff" * 500, b"<html>User-agent: *</html>", b"Disallow: /", b":" * 900, b"\r" * 99]
)
def test_what_is_no_robots_file_forbids_nothing(body: bytes) -> None:
    assert read_robots(200, body).allows(AGENT, PAGE)


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        ("Request-rate: 1/10s", 10.0),
        ("Request-rate: 30/1m", 2.0),
        ("Request-rate: 1/5 0600-0845", 5.0),
        ("Crawl-delay: 3\nRequest-rate: 1/2", 3.0),
        ("Request-rate: 0/5", None),
        ("Request-rate: often", None),
    ],
)
def test_a_rate_of_requests_is_a_delay_and_the_slower_of_both_counts(lines: str, seconds: float | None) -> None:
    rules = read_robots(200, f"User-agent: *\n{lines}\nDisallow: /x".encode())
    assert rules.crawl_delay(AGENT) == seconds
    assert not rules.allows(AGENT, "http://e.org/x")
