"""Answers of several blogs that are written together: in one transaction, and each as if it were alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from scraper.model import Crawl, Visit
from scraper.run.crawling import settled
from scraper.run.crawling.crawl import crawl, update
from scraper.run.crawling.crawler import CrawlOptions
from scraper.settings import Settings
from tests.run.soundness import assert_sound, exported
from tests.web.server import Answer, Request, Web

HOSTS = [f"127.0.0.{number}" for number in range(2, 14)]
HTML = ("Content-Type", "text/html; charset=utf-8")
POSTS = ("/2012/01/post/", "/2012/02/post/", "/2012/03/post/")
SETTINGS = Settings(contact="me@example.org", allow_net=("127.0.0.0/8",))


class Blog:
    """Three posts, and a first page that leads to them."""

    def answer(self, request: Request) -> Answer:
        if request.target not in ("/", *POSTS):
            return Answer(404, (HTML,), b"<h1>nothing here</h1>")
        title = f"Post {request.target[6:8]} of {request.host[8:]}"
        words = " ".join(f"{title} has {number} sides, and nobody minds them." for number in range(12))
        links = " ".join(f'<a href="{post}">{post}</a>' for post in POSTS if request.target == "/")
        body = f"<title>{title}</title><article><h1>{title}</h1><p>{words}</p></article>{links}"
        return Answer(200, (HTML,), body.encode())


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with Web(HOSTS) as web:
        for host in HOSTS:
            web.put(host, Blog())
        yield web


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pages with a capture each transaction of a crawl has brought."""
    sizes: list[int] = []
    real = settled.write_visits

    def write(session: Any, visits: Sequence[Visit], steps: Any) -> list[Visit]:
        sizes.append(sum(visit.capture is not None for visit in visits))
        return real(session, visits, steps)

    monkeypatch.setattr(settled, "write_visits", write)
    return sizes


def archive_of(web: Web, db: Path) -> list[dict[str, Any]]:
    for host in HOSTS:
        crawl(db, Crawl(web.base(host) + "/"), CrawlOptions(limit=0), SETTINGS)
    update(db, CrawlOptions(0.0, fetchers=2, readers=0), SETTINGS)
    assert_sound(db)
    return sorted(exported(db), key=lambda post: str(post["url"]))


def test_what_is_written_together_is_what_is_written_alone(
    web: Web, tmp_path: Path, written: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    together = archive_of(web, tmp_path / "together.db")
    assert len(together) == len(HOSTS) * (1 + len(POSTS))
    assert 1 < max(written) <= settled.TOGETHER
    written.clear()
    monkeypatch.setattr(settled, "TOGETHER", 1)
    assert archive_of(web, tmp_path / "alone.db") == together
    assert max(written) == 1
