"""The first page: the blogs, how much there is, how it went last, and the newest posts."""

from __future__ import annotations

from pathlib import Path

from scraper.store.lookup.shelves import Selection, list_posts, read_holdings, read_shelves
from scraper.store.run_log import read_runs
from scraper.web.asked import Answer, Asked
from scraper.web.pager import Pager

NEWEST = 8
BLOGS = 50  # on a page


def page(asked: Asked) -> Answer:
    """Blogs, sizes, the last run, newest posts."""
    connection = asked.reader.connection
    shelves = read_shelves(connection)
    pager = Pager.of(asked.page, len(shelves), BLOGS)
    runs = read_runs(asked.reader.path, 1)
    values = {
        "blogs": shelves[pager.offset : pager.offset + BLOGS],
        "pager": pager,
        "link": asked.link,
        "held": read_holdings(connection),
        "database_bytes": asked.reader.path.stat().st_size,
        "warc_bytes": _warc_bytes(asked.reader.path),
        "last_run": runs[0] if runs else None,
        "newest": list_posts(connection, Selection(), 0, NEWEST),
    }
    return Answer("home.html", values)


def _warc_bytes(archive: Path) -> int:
    folder = archive.with_suffix(".warc")
    return sum(path.stat().st_size for path in folder.glob("*.warc*")) if folder.is_dir() else 0
