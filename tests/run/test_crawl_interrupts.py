"""A crawl that is asked to stop, and one that readers look into: by the command, in a process of its own."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.run.test_crawl import HTML, Pages, page
from tests.web.crawling import ROOT, arguments, call, rows
from tests.web.server import Answer, Request, Web

HERE = "127.0.0.1"


class Held(Pages):
    """A site of which one page is answered only when it may be."""

    def __init__(self) -> None:
        super().__init__({"/": page("Home", "/a", "/slow", "/z"), "/a": page("A"), "/z": page("Z")})
        self.asked, self.may_answer = threading.Event(), threading.Event()
        self.given["/slow"] = self.hold

    def hold(self, request: Request) -> Answer:
        self.asked.set()
        assert self.may_answer.wait(60)
        return Answer(200, (HTML,), page("Slow").encode())


@pytest.fixture
def site() -> Iterator[tuple[Web, Held]]:
    held = Held()
    with Web([HERE]) as web:
        web.put(HERE, held)
        yield web, held
        held.may_answer.set()


@contextmanager
def started(db: Path, url: str) -> Iterator[subprocess.Popen[str]]:
    """A crawl that goes on meanwhile; it does not outlive the block."""
    command = [sys.executable, "-m", "scraper", *arguments("crawl", db, url)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        yield process
        process.kill()


def stop(process: subprocess.Popen[str], number: int) -> None:
    """Sends the signal, and waits until the crawl says that it was heard."""
    process.send_signal(number)
    assert process.stderr is not None
    while "stopping after the page in hand" not in (line := process.stderr.readline()):
        assert line


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_lets_the_page_in_hand_be_finished(
    site: tuple[Web, Held], tmp_path: Path, number: signal.Signals, code: int
) -> None:
    web, held = site
    db = tmp_path / "voices.db"
    with started(db, web.base(HERE)) as process:
        assert held.asked.wait(60)
        stop(process, number)
        held.may_answer.set()
        assert process.wait(60) == code
    states = dict(rows(db, "SELECT url, state FROM pages"))
    slow, last = (f"{web.base(HERE).rstrip('/')}{path}" for path in ("/slow", "/z"))
    assert (states.get(slow), states.get(last)) == ("fetched", None)
    assert call("check", str(db)).returncode == 0
    assert call(*arguments("update", db)).returncode == 0
    assert len(rows(db, "SELECT 1 FROM posts WHERE title = 'Z'")) == 1


def test_a_second_interrupt_ends_it_at_once(site: tuple[Web, Held], tmp_path: Path) -> None:
    web, held = site
    db = tmp_path / "voices.db"
    with started(db, web.base(HERE)) as process:
        assert held.asked.wait(60)
        stop(process, signal.SIGINT)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130  # though the answer never comes
    held.may_answer.set()
    assert call("check", str(db)).returncode == 0


def test_a_reader_with_a_long_transaction_stops_no_crawl(site: tuple[Web, Held], tmp_path: Path) -> None:
    web, held = site
    db = tmp_path / "voices.db"
    with started(db, web.base(HERE)) as process:
        assert held.asked.wait(60)
        with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            seen = reader.execute("SELECT count(*) FROM pages").fetchone()
            held.may_answer.set()
            assert process.wait(60) == 0
            assert reader.execute("SELECT count(*) FROM pages").fetchone() == seen
    assert rows(db, "SELECT count(*) FROM pages") > [seen]
