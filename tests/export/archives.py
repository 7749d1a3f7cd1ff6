"""An archive of what was imported: pages with a thread, a feed, an answer that is none, a revisit, a saved file."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.settings import Settings
from tests.run import test_rebuild
from tests.run.conftest import POST_HTML, RSS, SiteWarc

BLOG = "https://blog.example"
crawled = test_rebuild.crawled


def take(db: Path, *paths: Path) -> None:
    import_paths(db, paths, ImportOptions(), Settings())


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    """The archive's database."""
    db = tmp_path / "voices.db"
    site = SiteWarc(tmp_path / "site.warc.gz")
    site.info()
    site.response(f"{BLOG}/slow-bread", "200 OK", "text/html", POST_HTML)
    site.request(f"{BLOG}/slow-bread")
    site.response(f"{BLOG}/feed", "200 OK", "application/rss+xml", RSS)
    site.response(f"{BLOG}/gone?b=2&a=1", "404 Not Found", "text/html", b"<p>Gone</p>")
    site.revisit(f"{BLOG}/slow-bread", "2024-03-21T12:00:00Z")
    take(db, site.done())
    saved = tmp_path / "rye.html"
    saved.write_bytes(POST_HTML.replace(b"slow-bread", b"rye").replace(b"Slow bread", b"Rye"))
    take(db, saved)
    return db
