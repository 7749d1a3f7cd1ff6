"""A crawl's progress: a table by blog on a terminal, nothing elsewhere."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from io import StringIO
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from rich.console import Console

from scraper.cli.progress import SHOWN, Rates, make_table
from scraper.run.crawling.progress import BlogProgress
from tests.cli.conftest import Call, page

WORDS = ("--contact", "ann@example.org", "--delay", 0, "--allow-net", "127.0.0.0/8")


@pytest.fixture
def home(httpserver: HTTPServer) -> str:
    """A blog of one post; its about page is gone."""
    httpserver.no_handler_status_code = 404
    home = httpserver.url_for("/")
    rye = page("rye").replace(b"https://blog.example/", home.encode())
    httpserver.expect_request("/rye").respond_with_data(rye, content_type="text/html")
    httpserver.expect_request("/").respond_with_data("<title>Bread</title><a href='/rye'>Rye", content_type="text/html")
    return home


def drawn(blogs: list[BlogProgress], rates: Rates, now: float) -> list[list[str]]:
    console = Console(width=100, record=True, file=StringIO())
    console.print(make_table(blogs, rates, now, 40))
    return [line.split() for line in console.export_text().splitlines()]


def test_the_rate_is_that_of_the_last_minute() -> None:
    rates = Rates()
    assert rates.add("a", 0, 0.0) is None
    assert rates.add("a", 10, 10.0) == 1.0
    assert rates.add("a", 10, 60.0) == pytest.approx(1 / 6)
    assert rates.add("a", 10, 90.0) == 0.0


def test_a_line_a_blog_has_its_counts_its_rate_and_the_time_left() -> None:
    rates = Rates()
    drawn([BlogProgress("a", 0, 0, 70), BlogProgress("b", 0, 0, 9)], rates, 0.0)
    title, *lines = drawn([BlogProgress("a", 10, 1, 60), BlogProgress("b", 0, 0, 9)], rates, 10.0)
    assert title == ["blog", "done", "due", "failed", "a", "minute", "left"]
    assert lines == [
        ["a", "10", "60", "1", "60", "1", "min"],
        ["b", "0", "9", "0"],
        ["all", "10", "69", "1", "60"],  # b stands still, so nobody knows how long all takes
    ]


def test_blogs_that_have_nothing_to_do_are_summed_up_where_there_are_many() -> None:
    blogs = [BlogProgress(f"blog{number}", number, 0, number % 2) for number in range(40)]
    _, *lines = drawn(blogs, Rates(), 0.0)
    names = [line[0] for line in lines]
    assert len(lines) == SHOWN + 2
    assert names[0] == "blog1"
    assert all(int(name.removeprefix("blog")) % 2 for name in names[:SHOWN])
    assert lines[-2][:4] == ["28", "more", str(sum(range(40)) - sum(range(1, 24, 2))), "8"]
    assert lines[-1][:3] == ["all", str(sum(range(40))), "20"]


def test_a_long_address_leaves_room_for_the_numbers() -> None:
    rates, address = Rates(), "https://blog.example/2012/05/" + "a-long-name-" * 8
    console = Console(width=80, record=True, file=StringIO())
    console.print(make_table([BlogProgress(address, 1_234, 0, 60)], rates, 0.0, 40))
    title, line = console.export_text().splitlines()
    assert title.split() == ["blog", "done", "due", "failed", "a", "minute", "left"]
    assert line.split()[1:] == ["1,234", "60"]
    assert line.startswith("https://blog.example/2012/05/a-long") and "…" in line


def test_off_a_terminal_a_crawl_that_went_well_says_nothing(call: Call, tmp_path: Path, home: str) -> None:
    found = call("crawl", tmp_path / "a.db", home, *WORDS)
    assert (found.exit_code, found.stdout, found.stderr) == (0, "", "")


def test_with_verbose_there_is_a_line_a_page_and_one_with_the_counts(call: Call, tmp_path: Path, home: str) -> None:
    *pages, counts = call("crawl", tmp_path / "a.db", home, *WORDS, "-v").stderr.splitlines()
    assert f"fetched: {home}rye" in pages
    assert f"gone: {home}about (status 404)" in pages
    assert counts.startswith(f"{len(pages)} inputs: ")


def test_on_a_terminal_a_table_is_drawn_and_taken_away_at_the_end(tmp_path: Path, home: str, repo_root: Path) -> None:
    mine, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    command = [sys.executable, "-m", "scraper", "crawl", str(tmp_path / "a.db"), home, *map(str, WORDS)]
    environment = {**os.environ, "PYTHONPATH": str(repo_root), "TERM": "xterm"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment) as run:
        os.close(theirs)
        said = b"".join(read_all(mine))
        assert run.stdout is not None
        assert run.stdout.read() == b""
    assert run.returncode == 0
    shown = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", said.decode())
    assert re.search(r"blog +done +due +failed +a minute +left\s+" + re.escape(home), shown)
    assert re.search(rb"(?:\x1b\[1A\x1b\[2K)+\d+ inputs: [^\x1b]*\r\n\Z", said)


def read_all(terminal: int) -> list[bytes]:
    """What is written to the other end of a terminal until nobody has it open."""
    pieces = []
    while select.select([terminal], [], [], 60)[0]:
        try:
            pieces.append(os.read(terminal, 65536))
        except OSError:  # the other end is closed
            break
        if not pieces[-1]:
            break
    os.close(terminal)
    return pieces
