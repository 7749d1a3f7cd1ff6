"""kill -9 at any moment of a crawl, and of those that go on with it, costs nothing and asks for nothing twice."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
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
KILLS = 10  # of each crawl
HOST = "127.0.0.1"
ARTICLES = 230  # with their comment pages, listings and feeds 300 pages and more


@pytest.fixture(scope="module")
def site() -> Iterator[BlogSite]:
    with Web([HOST]) as web:
        robots = Manners("User-agent: *\nDisallow: /private/\nSitemap: {base}/sitemap.xml\n", r"/private/")
        site = BlogSite(THEMES[0], web.base(HOST), make_blog(5, ARTICLES, 4, long_thread=12), robots)
        web.put(HOST, site)
        yield site


@pytest.fixture
def seed() -> int:
    """Another one each time; SEED repeats one."""
    return int(os.environ.get("SEED") or random.randrange(1_000_000))


def kill_at(moment: float, words: list[str], folder: Path) -> bool:
    """Whether the crawl was killed, so many seconds after it began, and not done by then."""
    pid = start_forked(words, folder)
    timer = threading.Timer(moment, os.kill, (pid, signal.SIGKILL))
    timer.start()
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)  # still there, so that no other process can have its id
    timer.cancel()
    timer.join()
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, KILLED)
    return code == KILLED


def test_a_crawl_killed_again_and_again_is_completed(tmp_path: Path, site: BlogSite, seed: int) -> None:
    """Each crawl is killed ten times, then finished; the moments are spread over what an undisturbed one takes."""
    start = time.monotonic()
    ended = run_forked(arguments("crawl", tmp_path / "whole.db", site.base + "/"), tmp_path)
    length = time.monotonic() - start
    assert ended.code == 0, ended
    wanted = exported(tmp_path / "whole.db")
    assert held_in(tmp_path / "whole.db") == gold_of([site])
    moments = random.Random(seed)
    killed, reached = 0, []
    for number in range(CRAWLS):
        db = tmp_path / f"{number}.db"
        words = arguments("crawl", db, site.base + "/")
        for _ in range(KILLS):
            killed += kill_at(moments.uniform(0, length), words, tmp_path)
            reached.append(held(db))
        ended = run_forked(words, tmp_path)
        assert ended.code == 0, f"SEED={seed}: {ended}"
        assert_sound(db)
        assert exported(db) == wanted, f"SEED={seed}, crawl {number}"
        assert rows(db, "SELECT url FROM captures GROUP BY url HAVING count(*) > 1") == [], f"SEED={seed}"
    print(f"SEED={seed}: {killed} of {CRAWLS * KILLS} runs of {length:.2f} s killed, with posts {sorted(reached)}")
    assert killed >= CRAWLS * 2


def held(db: Path) -> int:
    try:
        return int(rows(db, "SELECT count(*) FROM posts")[0][0])
    except Exception:  # noqa: BLE001  # killed before there was a database
        return 0
