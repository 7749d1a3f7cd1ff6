"""What a run knows of a blog: how many variants of an address it lets in, and that the next run knows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.discover.frontier import place_leads
from scraper.discover.traps import LIMITS
from scraper.model import Address, Crawl, Lead
from scraper.run.crawling.blog import Blog
from scraper.store.archive import Archive
from scraper.store.crawls.frontier import Step
from scraper.text.urls import url_key

NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)
MOST = LIMITS["session ids"]
START = Crawl("https://blog.example/", id=1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "voices.db") as archive:
        archive.frontier.add(START, NOW)
        yield archive


def sessions(first: int, last: int) -> list[Lead]:
    return [Lead(f"https://blog.example/a?token={number:032x}", "page", "link") for number in range(first, last)]


def place(archive: Archive, blog: Blog, leads: list[Lead]) -> list[Address]:
    """What a page with these links puts into the frontier."""
    home = Address(
        crawl_id=1, url=START.url, url_key=url_key(START.url), role="home", source="seed", group="blog.example",
        found_on=None, found_at=NOW, due_at=NOW, priority=0, every_run=True,
    )  # fmt: skip
    placed = place_leads(home, leads, {}, blog.refusal_of, lambda url: "blog.example", NOW)
    blog.learn(placed)
    archive.frontier.write(Step(placed))
    return [each for each in placed if each.refusal is None]


def test_variants_of_an_address_are_few_on_one_page_too(archive: Archive) -> None:
    blog = Blog(START, archive.frontier, NOW)
    assert len(place(archive, blog, sessions(0, 20))) == MOST
    assert place(archive, blog, sessions(20, 30)) == []


def test_the_next_run_knows_the_variants_that_were_asked_for(archive: Archive) -> None:
    place(archive, Blog(START, archive.frontier, NOW), sessions(0, MOST))
    known = archive.frontier.all(1)
    archive.frontier.write(Step([replace(each, checked_at=NOW, due_at=None) for each in known]))
    assert place(archive, Blog(START, archive.frontier, NOW), sessions(20, 30)) == []


def test_posts_are_known_by_the_examples_of_an_earlier_run(archive: Archive) -> None:
    posts = [Lead(f"https://blog.example/2012/05/kettle-{number}/", "post", "feed") for number in range(9)]
    place(archive, Blog(START, archive.frontier, NOW), [*posts, Lead("https://blog.example/about", "page", "sitemap")])
    blog = Blog(START, archive.frontier, NOW)
    assert blog.is_post("https://blog.example/2013/06/lantern/") and not blog.is_post("https://blog.example/imprint")
