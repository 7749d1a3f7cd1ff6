"""Pages, captures and visits made up for the store's tests, and an archive to put them in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from scraper.model import Capture, Comment, Page, Post, Visit, When
from scraper.store.archive import Archive

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://blog.example/2012/05/hello"


FIRST = datetime(2020, 1, 1, 12, tzinfo=UTC)


def at(days: int) -> datetime:
    """Noon, so many days after the start of 2020."""
    return FIRST + timedelta(days=days)


def day(year: int, month: int, number: int) -> When:
    start = datetime(year, month, number, tzinfo=UTC)
    return When(start, start + timedelta(days=1), start.replace(tzinfo=None), None, "day", start.strftime("%d %B %Y"))


def between(earliest: datetime | None, latest: datetime | None, shown: str = "years ago") -> When:
    return When(earliest, latest, None, None, "interval", shown)


def make_comment(text: str = "Well said.", **values: Any) -> Comment:
    defaults: dict[str, Any] = {
        "id": None,
        "permalink": None,
        "parent": None,
        "parent_ref": None,
        "position": 0,
        "depth": 0,
        "author": "Ann",
        "author_url": None,
        "avatar_url": None,
        "by_post_author": False,
        "subject": None,
        "published": None,
        "html": f"<p>{text}</p>",
        "text": text,
    }
    return Comment(**(defaults | values))


def make_page(post: Post | None = None, *, url: str = URL, **values: Any) -> Page:
    defaults: dict[str, Any] = {
        "url": url,
        "canonical_url": None,
        "post_url": url,
        "comment_page": None,
        "comment_pages": (),
        "kind": "post",
        "post": post if post is not None else Post("Hello", text="The first post.", html="<p>The first post.</p>"),
        "people": (),
        "comments": (),
        "comments_complete": None,
        "comments_elsewhere": None,
        "site_name": "An Example",
        "platform": None,
        "encoding": "utf-8",
        "encoding_source": "header",
        "contexts": (),
        "removals": (),
        "claims": (),
        "notices": (),
        "source": "html",
        "extractor_version": "1",
    }
    return Page(**(defaults | values))


def make_visit(
    page: Page | None, fetched_at: datetime | None = FIRST, *, url: str | None = None, body: str = ""
) -> Visit:
    """The visit whose capture shows this page; its payload is told by the page, or by `body`."""
    address = url or (page.url if page else None) or URL
    payload = (body or repr(page)).encode("utf-8", "replace")
    capture = Capture(
        url=address,
        fetched_at=fetched_at,
        fetched_before=None,
        status=200,
        content_type="text/html",
        payload_sha256=sha256(payload).hexdigest(),
        payload_length=len(payload),
        record_id=f"<urn:uuid:{sha256(payload).hexdigest()[:8]}>",
        warc_file="a.warc.gz",
        warc_offset=0,
        warc_length=len(payload),
        origin="fetch",
    )
    return Visit(address, "fetched", None, capture, page)


def rows(archive: Archive | Path, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    """All rows of a query, asked over a connection of its own."""
    import sqlite3

    path = archive.path if isinstance(archive, Archive) else archive
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql, parameters).fetchall()
    finally:
        connection.close()


def dump(archive: Archive | Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but those of runs; the full-text indexes are among them."""
    names = [name for (name,) in rows(archive, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: rows(archive, f"SELECT * FROM {name}") for name in names if not name.startswith("run")}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "voices.db", now=lambda: NOW) as opened:
        yield opened
