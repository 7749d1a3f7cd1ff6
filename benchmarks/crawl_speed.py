"""Pages per CPU second and peak memory of a crawl, beside Scrapy with trafilatura on the same pages in the same run.

usage: python benchmarks/crawl_speed.py CORPORA [--pages N] [--hosts N] [--alone] [--keep FOLDER]

The pages are served by loopback_sites.py, whose time is nobody's. Ours is the command `update` over all hosts in one
archive, where they were entered before; the peer is peers/scrapy_trafilatura.py, installed into build/crawl. Counted
are the CPU seconds, user and system, of each command with all its processes from start to end, and the memory of all
of them together (a page that several share counted once), looked at five times a second.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from loopback_sites import host_of

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / "build" / "crawl"
PACKAGES = ("scrapy==2.19.0", "trafilatura==2.3.1", "lxml_html_clean")
NET = "127.0.0.0/8"
# Links of the saved pages that lead nowhere here are not tried, by neither.
INCLUDED = ("/blog/20??/0?/post-number-*/",)
EXCLUDED = ("/[!b]*", "/b[!l]*", "/blog/*/*/*/?*")
SHARED_OUT = re.compile(r"^Pss: +(\d+) kB", re.M)
LOOK = 0.2  # seconds between two looks at the memory
SHARES = (25, 50, 75, 100)  # percent of the pages at which the memory is printed


@dataclass(frozen=True)
class Run:
    """What one command took; `pages` were asked for, `memory` is (posts held, MB) at each look."""

    name: str
    pages: int
    cpu: float
    seconds: float
    memory: tuple[tuple[int, float], ...]
    asked: dict[str, int]

    @property
    def peak(self) -> float:
        return max((size for _, size in self.memory), default=0.0)

    def memory_at(self, share: int) -> float:
        """The largest memory while the tenth of the pages before this share of them, in percent, was stored."""
        held = max((count for count, _ in self.memory), default=0)
        until = held * share / 100
        return max((size for count, size in self.memory if until - held / 10 <= count <= until), default=0.0)


def main(options: argparse.Namespace) -> int:
    if not options.alone:
        install()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        runs = [crawl_ours(options, folder)]
        if not options.alone:
            runs.append(crawl_theirs(options, folder))
    print_table(runs)
    return 0


def install() -> None:
    """An environment for the peer, made once."""
    if (ENVIRONMENT / "stamp").is_file() and (ENVIRONMENT / "stamp").read_text() == " ".join(PACKAGES):
        return
    print(f"Installing the peer into {ENVIRONMENT} ...", file=sys.stderr)
    venv.create(ENVIRONMENT, with_pip=True)
    subprocess.run([ENVIRONMENT / "bin" / "python", "-m", "pip", "install", "-q", *PACKAGES], check=True)
    (ENVIRONMENT / "stamp").write_text(" ".join(PACKAGES))


# ---- the two


def crawl_ours(options: argparse.Namespace, folder: Path) -> Run:
    database = folder / "ours.db"
    with serving(options) as (port, server):
        enter(database, [f"http://{host_of(number)}:{port}/blog/" for number in range(options.hosts)])
        command = [sys.executable, "-m", "scraper", "update", str(database), "-q", "--delay", "0"]
        command += ["--allow-net", NET, "--keep-noarchive"]
        return measure("ours", command, database, "SELECT count(*) FROM posts", server)


def enter(database: Path, urls: list[str]) -> None:
    """The blogs in an archive, nothing asked for yet."""
    sys.path.insert(0, str(ROOT))
    from scraper.model import Crawl
    from scraper.run.crawling.crawl import crawl
    from scraper.run.crawling.crawler import CrawlOptions
    from scraper.settings import Settings

    settings = Settings(contact="test@example.org", allow_net=(NET,))
    for url in urls:
        crawl(database, Crawl(url, INCLUDED, EXCLUDED), CrawlOptions(limit=0), settings)


def crawl_theirs(options: argparse.Namespace, folder: Path) -> Run:
    database, script = folder / "theirs.db", ROOT / "benchmarks" / "peers" / "scrapy_trafilatura.py"
    with serving(options) as (port, server):
        hosts = [f"{host_of(number)}:{port}" for number in range(options.hosts)]
        command = [str(ENVIRONMENT / "bin" / "python"), str(script), str(database), *hosts]
        return measure("Scrapy, trafilatura", command, database, "SELECT count(*) FROM pages", server)


@contextlib.contextmanager
def serving(options: argparse.Namespace) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """All hosts, and the port they listen on."""
    script = [sys.executable, str(ROOT / "benchmarks" / "loopback_sites.py"), str(options.corpora)]
    script += ["--pages", str(options.pages), "--hosts", str(options.hosts)]
    with subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline()), server
        finally:
            server.kill()


# ---- measuring


def measure(name: str, command: list[str], database: Path, count: str, server: subprocess.Popen[str]) -> Run:
    began = time.monotonic()
    log = database.with_suffix(".log").open("wb")
    process = subprocess.Popen(command, cwd=ROOT, stderr=log)
    memory: list[tuple[int, float]] = []
    pid = 0
    while not pid:
        time.sleep(LOOK)
        memory.append((held(database, count) if len(memory) % 10 == 0 else -1, memory_of(process.pid)))
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        sys.exit(f"{name} ended with {os.waitstatus_to_exitcode(status)}")
    process.returncode = os.waitstatus_to_exitcode(status)
    asked, _ = server.communicate()
    seconds, counts = time.monotonic() - began, json.loads(asked)
    memory.append((held(database, count), 0.0))
    return Run(name, counts["pages"], usage.ru_utime + usage.ru_stime, seconds, _by_pages(memory), counts)


def _by_pages(looks: list[tuple[int, float]]) -> tuple[tuple[int, float], ...]:
    """The looks; those at which posts were not counted have the next count."""
    found, following = [], 0
    for count, size in reversed(looks):
        following = count if count >= 0 else following
        found.append((following, size))
    return tuple(reversed(found))


def held(database: Path, count: str) -> int:
    """How many pages are stored."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return int(connection.execute(count).fetchone()[0])
    except sqlite3.Error:
        return 0


def memory_of(pid: int) -> float:
    """Megabytes that a process and all those it has started hold; a page that n of them share counts 1/n for each."""
    size = 0.0
    with contextlib.suppress(OSError):
        size = int(SHARED_OUT.findall(Path(f"/proc/{pid}/smaps_rollup").read_text())[0]) * 1024 / 1e6
        for thread in Path(f"/proc/{pid}/task").iterdir():
            size += sum(memory_of(int(child)) for child in (thread / "children").read_text().split())
    return size


def print_table(runs: list[Run]) -> None:
    ours, *theirs = runs
    for each in theirs:
        ratio = (ours.pages / ours.cpu) / (each.pages / each.cpu)
        print(f"{ratio:.2f} times the pages per CPU second of {each.name}\n")
    shares = " | ".join(f"MB at {share}%" for share in SHARES)
    print(f"| | pages | pages a CPU s | CPU ms a page | pages a s | peak MB | {shares} | asked for |")
    print("| --- |" + " ---: |" * (5 + len(SHARES)) + " --- |")
    for run in runs:
        figures = [f"{run.pages:,}", f"{run.pages / run.cpu:.1f}", f"{1000 * run.cpu / run.pages:.1f}"]
        figures += [f"{run.pages / run.seconds:.1f}", f"{run.peak:.0f}"]
        figures += [f"{run.memory_at(share):.0f}" for share in SHARES]
        asked = ", ".join(f"{number:,} {what}" for what, number in sorted(run.asked.items()))
        print(f"| {run.name} | {' | '.join(figures)} | {asked} |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure the speed and memory of a crawl.")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--hosts", type=int, default=40)
    parser.add_argument("--alone", action="store_true", help="ours without the peer")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the databases are left")
    sys.exit(main(parser.parse_args()))
