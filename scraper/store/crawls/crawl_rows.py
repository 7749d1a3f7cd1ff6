"""The rows of the blogs that are crawled. SQL only; nothing is decided."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from scraper.model import Crawl
from scraper.store.planning.times import utc_text


def add_crawl(connection: sqlite3.Connection, crawl: Crawl, now: datetime) -> int:
    """The id of the crawl with this URL; what its operator lets in is from now on as given, if any of it is given.

    Where that is something else than before, all that lists addresses is read anew.
    """
    known = next((each for each in load_crawls(connection) if each.url == crawl.url), None)
    if known is not None:
        if any(crawl.let_in) and crawl.let_in != known.let_in:
            _read_anew(connection, known.id, now)
        else:
            crawl = replace(known, contact=crawl.contact)
    values = _crawl_values(crawl)
    sql = """
INSERT INTO crawls (url, include, exclude, since, until, contact, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (url) DO UPDATE SET include = excluded.include, exclude = excluded.exclude, since = excluded.since,
  until = excluded.until, contact = coalesce(excluded.contact, contact)"""
    connection.execute(sql, (*values, utc_text(now)))
    return int(connection.execute("SELECT id FROM crawls WHERE url = ?", (crawl.url,)).fetchone()[0])


def _read_anew(connection: sqlite3.Connection, crawl_id: int, now: datetime) -> None:
    at = utc_text(now)
    connection.execute(
        "UPDATE frontier SET etag = NULL, last_modified = NULL, payload_sha256 = NULL, signature = NULL, due_at = ?"
        " WHERE crawl_id = ? AND refusal IS NULL AND checked_at IS NOT NULL"
        " AND role IN ('home', 'feed', 'sitemap', 'post_api', 'listing')",
        (at, crawl_id),
    )
    connection.execute(
        "UPDATE frontier SET due_at = ? WHERE crawl_id = ? AND refusal IS NULL AND checked_at IS NULL"
        " AND due_at IS NULL AND role IN ('post', 'page', 'author', 'listing')",
        (at, crawl_id),
    )


def load_crawls(connection: sqlite3.Connection) -> tuple[Crawl, ...]:
    """All blogs that are crawled, in the order in which they were added."""
    sql = "SELECT url, include, exclude, since, until, contact, moved_from, id FROM crawls ORDER BY id"
    return tuple(
        Crawl(url, _texts(include), _texts(exclude), _day(since), _day(until), contact, _texts(moved or "[]"), key)
        for url, include, exclude, since, until, contact, moved, key in connection.execute(sql)
    )


def move_crawl(connection: sqlite3.Connection, crawl_id: int, url: str) -> bool:
    """Makes the URL the crawl's start, if it is no other's; where it was before is kept."""
    if connection.execute("SELECT 1 FROM crawls WHERE url = ?", (url,)).fetchone():
        return False
    (before, moves) = connection.execute("SELECT url, moved_from FROM crawls WHERE id = ?", (crawl_id,)).fetchone()
    known = [*json.loads(moves or "[]"), before]
    connection.execute("UPDATE crawls SET url = ?, moved_from = ? WHERE id = ?", (url, json.dumps(known), crawl_id))
    return True


def _crawl_values(crawl: Crawl) -> tuple[Any, ...]:
    days = (each.isoformat() if each else None for each in (crawl.since, crawl.until))
    return (crawl.url, json.dumps(crawl.include), json.dumps(crawl.exclude), *days, crawl.contact)


def _texts(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
