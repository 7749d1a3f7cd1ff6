"""Archives of three kinds behind a real server on loopback: the demo blog, a hostile one, and one of captures."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from scraper.capture.records import read_records
from scraper.fetch.browser import ARGUMENTS, BROWSERS
from tests.web_page.archives import add_history, add_long_thread, grab_demo, make_hostile

ROOT = Path(__file__).resolve().parents[2]
has_browser = bool(importlib.util.find_spec("playwright")) and any(map(shutil.which, BROWSERS))
RECORDS = 90
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


@dataclass(frozen=True)
class Served:
    """A server at work, and the archive that it shows."""

    archive: Path
    site: str

    @property
    def port(self) -> int:
        return int(self.site.rpartition(":")[2])

    def ask(self, target: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, target, headers={name.replace("_", "-"): each for name, each in headers.items()})
            answer = connection.getresponse()
            return answer, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def text(self, target: str) -> str:
        answer, text = self.ask(target)
        assert answer.status == 200, (target, answer.status, text[:500])
        return text


@contextmanager
def serving(archive: Path, *options: str) -> Iterator[Served]:
    command = [sys.executable, "-m", "scraper", "serve", str(archive), "--port", "0", *options]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=ENVIRONMENT)
    assert server.stdout is not None
    try:
        yield Served(archive, server.stdout.readline().strip().rstrip("/"))
    finally:
        server.terminate()
        server.communicate(timeout=20)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo blog as grabbed, with an edit, a comment that is gone, and a run that had something to say."""
    pytest.importorskip("datasette")
    archive = tmp_path_factory.mktemp("demo") / "demo.db"
    grab_demo(archive)
    add_history(archive)
    add_long_thread(archive)
    with serving(archive) as served:
        yield served


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    pytest.importorskip("datasette")
    archive = tmp_path_factory.mktemp("hostile") / "hostile.db"
    make_hostile(archive)
    with serving(archive) as served:
        yield served


@pytest.fixture(scope="session")
def captured(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An archive of the first records of somebody's WARC."""
    pytest.importorskip("datasette")
    archive = tmp_path_factory.mktemp("captured") / "captured.db"
    warc = archive.with_name("first.warc.gz")
    whole = shared / "captures" / "drupal7-seedlike.warc.gz"
    end = next(record.offset for at, record in enumerate(read_records(whole)) if at == RECORDS)
    warc.write_bytes(whole.read_bytes()[:end])
    command = [sys.executable, "-m", "scraper", "import", str(archive), str(warc), "-q"]
    subprocess.run(command, check=True, env=ENVIRONMENT)
    with serving(archive) as served:
        yield served


@pytest.fixture(scope="module")  # Playwright runs a loop in this thread for as long
def browser() -> Iterator[Any]:
    """Chromium without a way to anything but this machine."""
    if not has_browser:
        pytest.skip("no playwright (extra 'render') or no Chromium here")
    from playwright.sync_api import sync_playwright

    direct = [each for each in ARGUMENTS if "proxy" not in each and "host-resolver" not in each]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, BROWSERS))),
            args=[*direct, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
            chromium_sandbox=os.geteuid() != 0,
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures of the pages go, for people to look at."""
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def rows(archive: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(f"file:{archive}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()
