"""The peer of crawl_speed.py: Scrapy over the sitemaps of the given hosts, trafilatura on each page, SQLite.

usage: python benchmarks/peers/scrapy_trafilatura.py DATABASE HOST:PORT...
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from typing import Any

from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.spiders import SitemapSpider
from trafilatura import bare_extraction

SETTINGS = {
    "ROBOTSTXT_OBEY": True,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "LOG_LEVEL": "ERROR",
    "TELNETCONSOLE_ENABLED": False,
    "USER_AGENT": "peer (test@example.org)",
}
SCHEMA = """CREATE TABLE pages (id INTEGER PRIMARY KEY, url TEXT UNIQUE, title TEXT, author TEXT, date TEXT,
  sitename TEXT, categories TEXT, tags TEXT, text TEXT, comments TEXT)"""


class Store:
    """Writes each page in a transaction of its own."""

    def open_spider(self, spider: Any = None) -> None:
        self._connection = sqlite3.connect(sys.argv[1], isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute(SCHEMA)

    def process_item(self, item: Any, spider: Any = None) -> Any:
        values = [json.dumps(value) if isinstance(value, list) else value for value in item.values()]
        marks = ", ".join("?" * len(values))
        self._connection.execute(f"INSERT INTO pages ({', '.join(item)}) VALUES ({marks})", values)
        return item

    def close_spider(self, spider: Any = None) -> None:
        self._connection.close()


class Blogs(SitemapSpider):  # type: ignore[misc]  # installed for the benchmark alone
    name = "blogs"
    sitemap_urls = tuple(f"http://{host}/robots.txt" for host in sys.argv[2:])
    custom_settings = {"ITEM_PIPELINES": {Store: 100}}  # noqa: RUF012 - as Scrapy has it

    def parse(self, response: Response, **_: Any) -> Iterator[dict[str, Any]]:
        found = bare_extraction(response.body, url=response.url, with_metadata=True, include_comments=True)
        row: dict[str, Any] = {"url": response.url}
        for name in ("title", "author", "date", "sitename", "categories", "tags", "text", "comments"):
            row[name] = getattr(found, name, None)
        yield row


if __name__ == "__main__":
    process = CrawlerProcess(SETTINGS)
    process.crawl(Blogs)
    process.start()
