"""One crawl of a site by the command in a process of its own, and what an archive holds before and after."""

from __future__ import annotations

import importlib.util
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.live.wordpress import Request, WordPress

COMMAND = [sys.executable, "-m", "scraper"]
CONTACT = "test@example.org"
SECONDS = 240
CONTENT = "posts post_people people bios comments tags post_tags media post_media links post_parts revisions".split()
Dump = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Crawl:
    """How a crawl ended: what it was seen to ask for, and what it left."""

    code: int
    said: str
    requests: list[Request] = field(repr=False)
    counts: dict[str, int]  # as its row in runs has them
    content: Dump = field(repr=False)
    exported: dict[str, dict[str, Any]] = field(repr=False)  # by URL

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.requests]


def crawl(db: Path, site: WordPress) -> Crawl:
    site.take_requests()
    options = ["--allow-net", "127.0.0.1", "--contact", CONTACT, "--delay", "0", "-v"]
    done = _run("crawl", db, site.url + "/", *options)
    with closing(sqlite3.connect(db)) as connection:
        connection.row_factory = sqlite3.Row
        (counts,) = connection.execute("SELECT counts FROM runs ORDER BY id DESC LIMIT 1").fetchone()
        content = {table: _rows(connection, table) for table in CONTENT}
    exported = _run("export", db, "-", "--to", "jsonl").stdout.splitlines()
    posts = {post["url"]: post for post in map(json.loads, exported)}
    return Crawl(done.returncode, done.stdout + done.stderr, site.take_requests(), json.loads(counts), content, posts)


def page_states(db: Path) -> dict[str, str]:
    """The state of each URL."""
    with closing(sqlite3.connect(db)) as connection:
        return dict(connection.execute("SELECT url, state FROM pages").fetchall())


def is_sound(db: Path) -> bool:
    return _run("check", db).returncode == 0


def score(scorer_file: Path, gold: list[Any], exported: dict[str, dict[str, Any]]) -> tuple[dict[str, Any], set[str]]:
    """The scorer's figures, and the URLs of posts that are not in the gold."""
    spec = importlib.util.spec_from_file_location("score_archive", scorer_file)
    assert spec and spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    figures, _, _, extra = scorer.score(gold, list(exported.values()))
    return figures, set(extra)


def _run(verb: str, db: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, verb, str(db), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL
    )


def _rows(connection: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    """All of a table but which capture shows it: that may be a newer one, and the content the same."""
    rows = [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")]
    return [{name: value for name, value in row.items() if not name.endswith("capture_id")} for row in rows]
