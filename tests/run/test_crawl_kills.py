"""kill -9 at any moment of a crawl, and of those that go on with it, costs nothing and asks for nothing twice."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.run.faults import KILLED, run_forked, start_forked
from tests.run.soundness import assert_sound, exported
from tests.web.blogs import make_blog
from tests.web.crawling import arguments, rows
from tests.web.gold import gold_of, held_in
from tests.web.more_themes import THEMES
from tests.web.server import Web
from tests.web.sites import BlogSite, Manners

CRAWLS = 5
KILLS = 10  # of each crawl: eight while it is asking for pages, two while it starts or goes on
STARTING = 0.8  # seconds
BETWEEN = 0.04  # seconds: what a page takes, from its request to the end of its transaction
HOST = "127.0.0.1"
ARTICLES = 268  # with their comment pages, sitemaps and feeds 300 pages


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with Web([HOST]) as web:
        robots = Manners("User-agent: *\nDisallow:\nSitemap: {base}/sitemap.xml\n")
        site = BlogSite(THEMES[0], web.base(HOST), make_blog(5, ARTICLES, 4, long_thread=12), robots)
        web.put(HOST, site)
        yield web


@pytest.fixture
def seed() -> int:
    """Another one each time; SEED repeats one."""
    return int(os.environ.get("SEED") or random.randrange(1_000_000))


def kill_after(requests: int, moment: float, words: list[str], web: Web, folder: Path) -> bool:
    """Whether the crawl was killed: so many seconds after this number of requests came to the server, or before."""
    wanted = len(web.log) + requests
    ended = threading.Event()
    pid = start_forked(words, folder)

    def kill() -> None:
        web.wait_until(lambda: len(web.log) >= wanted or ended.is_set())
        if not ended.wait(moment):
            os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)  # still there, so that no other process can have its id
    ended.set()
    web.look()
    killer.join()
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, KILLED)
    return code == KILLED


def moments_of(lot: random.Random, requests: int) -> list[tuple[int, float]]:
    """When a crawl of so many requests is killed: how many more of them, and so many seconds, after it went on."""
    places = sorted(lot.randrange(requests) for _ in range(KILLS - 2))
    steps = [after - before for before, after in pairwise([0, *places])]
    moments = [(step, lot.uniform(0, BETWEEN)) for step in steps]
    for _ in range(2):
        moments.insert(lot.randrange(len(moments)), (0, lot.uniform(0, STARTING)))
    return moments


def test_a_crawl_killed_at_random_moments_is_completed(tmp_path: Path, web: Web, seed: int) -> None:
    """Each of several crawls is killed ten times, then finished."""
    site = web.sites[HOST]
    assert isinstance(site, BlogSite)
    ended = run_forked(arguments("crawl", tmp_path / "whole.db", site.base + "/"), tmp_path)
    assert ended.code == 0, ended
    requests = len(web.log)
    wanted = exported(tmp_path / "whole.db")
    assert held_in(tmp_path / "whole.db") == gold_of([site])
    lot = random.Random(seed)
    killed, reached = 0, []
    for number in range(CRAWLS):
        db = tmp_path / f"{number}.db"
        words = arguments("crawl", db, site.base + "/")
        for step, moment in moments_of(lot, requests):
            killed += kill_after(step, moment, words, web, tmp_path)
            reached.append(held(db))
        ended = run_forked(words, tmp_path)
        assert ended.code == 0, f"SEED={seed}: {ended}"
        assert_sound(db)
        assert exported(db) == wanted, f"SEED={seed}, crawl {number}"
        twice = rows(db, "SELECT url, count(*) FROM captures GROUP BY url HAVING count(*) > 1")
        assert twice == [], f"SEED={seed}, crawl {number}"
    print(f"SEED={seed}: {killed} kills of crawls of {requests} requests, having {sorted(reached)} posts")
    assert killed >= CRAWLS * KILLS * 0.9


def held(db: Path) -> int:
    try:
        return int(rows(db, "SELECT count(*) FROM posts")[0][0])
    except Exception:  # noqa: BLE001  # killed before there was a database
        return 0
