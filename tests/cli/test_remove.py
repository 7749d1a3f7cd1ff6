"""`remove` says what it would remove, asks a person, and does nothing for a script without --yes."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.cli.conftest import Call, page, urls

Crawled = tuple[Path, str]


@pytest.fixture
def crawled(tmp_path: Path, call: Call, httpserver: HTTPServer) -> Crawled:
    """An archive with a blog of one post, and the blog's address."""
    httpserver.no_handler_status_code = 404
    home = httpserver.url_for("/")
    rye = page("rye").replace(b"https://blog.example/", home.encode())
    httpserver.expect_request("/rye").respond_with_data(rye, content_type="text/html")
    listing = "<title>Bread</title>" + f"<article><h2><a href='{home}rye'>Rye</a></h2><p>Slow.</p></article>" * 3
    httpserver.expect_request("/").respond_with_data(listing, content_type="text/html")
    db = tmp_path / "crawled.db"
    call("crawl", db, home, "--contact", "ann@example.org", "--delay", 0, "--allow-net", "127.0.0.0/8", "-q")
    assert f"{home}rye" in urls(db)
    return db, home


def test_a_script_has_to_say_yes(call: Call, crawled: Crawled) -> None:
    db, home = crawled
    found = call("remove", db, home)
    assert found.exit_code == 2
    first, last = found.stderr.splitlines()
    assert first.startswith(f"{home}: 2 posts and other pages, 2 comments, 1 person, ")
    assert last == "nothing was removed; --yes does it without asking"
    assert urls(db)


def test_with_yes_it_is_done_and_told(call: Call, crawled: Crawled) -> None:
    db, home = crawled
    found = call("remove", db, home, "--yes", "--json")
    assert found.exit_code == 0
    assert json.loads(found.stdout)["posts"] == 2
    assert "records of its captures stay in 1 WARC file in" in found.stderr
    assert urls(db) == set()
    assert "2 posts removed, 2 comments removed" in call("runs", db, "--limit", 1).stdout
    assert call("remove", db, home, "--yes").exit_code == 2


@pytest.mark.parametrize(("answer", "is_removed"), [(b"n\n", False), (b"y\n", True)])
def test_a_person_is_asked(crawled: Crawled, repo_root: Path, answer: bytes, is_removed: bool) -> None:
    db, home = crawled
    mine, theirs = pty.openpty()
    command = [sys.executable, "-m", "scraper", "remove", str(db), home]
    environment = {**os.environ, "PYTHONPATH": str(repo_root)}
    with subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as run:
        os.write(mine, answer)
        _, said = run.communicate(timeout=60)
    os.close(mine)
    os.close(theirs)
    assert run.returncode == 0
    assert b"Remove it? [y/N]" in said
    assert (urls(db) == set()) == is_removed
