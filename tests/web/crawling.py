"""Crawls of the invented web by the command as a person calls it, and what archives say of them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from scraper.model import Crawl
from scraper.run.crawling.crawl import CrawlOptions, crawl
from scraper.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
CONTACT = "ann@example.org"
TEXTS = ("posts", "comments", "people", "bios", "post_people", "tags", "post_tags", "media", "links", "revisions")


def arguments(verb: str, db: Path, *more: str, delay: float = 0.0, allow_net: str = "127.0.0.0/8") -> list[str]:
    """The words of a command that goes to loopback."""
    return [verb, str(db), *more, "--contact", CONTACT, "--delay", str(delay), "--allow-net", allow_net]


def call(*words: str, seconds: float = 120.0) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with its exit code."""
    command = [sys.executable, "-m", "scraper", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=seconds)


def enlist(db: Path, urls: Iterable[str], **settings: Any) -> None:
    """Makes these the blogs that the archive crawls; nothing is asked for yet."""
    for url in urls:
        known = Settings(**{"contact": CONTACT, "allow_net": ("127.0.0.0/8",), **settings})
        crawl(db, Crawl(url), CrawlOptions(limit=0), known)


def content(db: Path, tables: Sequence[str] = TEXTS) -> dict[str, set[tuple[Any, ...]]]:
    """All rows that hold what was written, by table."""
    return {table: set(rows(db, f"SELECT * FROM {table}")) for table in tables}


def rows(db: Path, sql: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        return connection.execute(sql, tuple(values)).fetchall()


def tracebacks(db: Path) -> list[tuple[Any, ...]]:
    """The events of runs that tell of a bug."""
    return [row for row in rows(db, "SELECT * FROM run_events") if "Traceback" in str(row)]
