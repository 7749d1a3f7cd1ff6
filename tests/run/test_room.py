"""A disk that is nearly full: runs stop in good order before it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from scraper.model import Crawl
from scraper.run.crawling.crawl import crawl
from scraper.run.crawling.crawler import CrawlOptions
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.processing.process import ProcessOptions, process
from scraper.run.room import Room
from scraper.run.upkeep.check import check_archive
from scraper.settings import Settings
from tests.run.conftest import SiteWarc
from tests.run.inputs_of_five import fill_folder, make_post
from tests.run.test_shares import Small
from tests.web.server import Web

HOST = "127.0.0.1"
FULL = Settings(min_free_bytes=1 << 62, contact="me@example.org", allow_net=(HOST,))
WITH_ROOM = replace(FULL, min_free_bytes=0)


@pytest.fixture
def start() -> Iterator[str]:
    with Web([HOST]) as web:
        base = web.base(HOST)
        web.put(HOST, Small(base, base))
        yield f"{base}/"


def last_run(db: Path) -> tuple[int, str]:
    with closing(sqlite3.connect(db)) as connection:
        found: tuple[int, str] = connection.execute(
            "SELECT exit_code, stop_reason FROM runs ORDER BY id DESC LIMIT 1"
        ).fetchone()
    return found


def test_room_is_what_is_free_for_everybody(tmp_path: Path) -> None:
    assert not Room(tmp_path, 1).is_short
    assert Room(tmp_path, 1 << 62).is_short
    assert not Room(tmp_path, 0).is_short
    assert not Room(tmp_path / "gone", 1).is_short


def test_an_import_stops_before_the_disk_is_full_and_goes_on_later(tmp_path: Path) -> None:
    folder, db = fill_folder(tmp_path / "saved"), tmp_path / "voices.db"
    report = import_paths(db, [folder], ImportOptions(), FULL)
    assert report.exit_code == 5
    assert "MB are free on the disk of" in report.summary
    code, reason = last_run(db)
    assert (code, reason) == (5, report.room_missing)
    assert check_archive(db).problems == ()
    assert import_paths(db, [folder], ImportOptions(), WITH_ROOM).stored["posts_added"] == 5
    assert last_run(db) == (0, None)


def test_a_crawl_stops_after_the_page_in_hand(start: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "voices.db"
    looked = iter([False, False, True])
    monkeypatch.setattr(Room, "is_short", property(lambda room: next(looked, True)))
    report = crawl(db, Crawl(start), CrawlOptions(0.0, readers=0), FULL)
    assert report.exit_code == 5
    assert 0 < report.inputs < 4
    monkeypatch.undo()
    assert crawl(db, Crawl(start), CrawlOptions(0.0, readers=0), WITH_ROOM).exit_code == 0


def test_process_leaves_nothing_half_done(tmp_path: Path) -> None:
    site = SiteWarc(tmp_path / "a.warc.gz")
    site.response("https://blog.example/bread-1", "200 OK", "text/html", make_post(1))
    done = process([site.done()], tmp_path / "out", ProcessOptions("serial"), FULL)
    assert (done.exit_code, done.shards) == (5, [])
    assert list((tmp_path / "out").iterdir()) == []
    assert process([site.path], tmp_path / "out", ProcessOptions("serial"), WITH_ROOM).exit_code == 0


def test_a_budget_is_a_reason(start: str, tmp_path: Path) -> None:
    db = tmp_path / "voices.db"
    crawl(db, Crawl(start), CrawlOptions(0.0, readers=0, limit=1), WITH_ROOM)
    assert last_run(db) == (5, "budget: requests")
    crawl(db, Crawl(start), CrawlOptions(0.0, readers=0, seconds=0.0), WITH_ROOM)
    assert last_run(db) == (5, "budget: time")
