from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.capture.segment import SegmentWriter
from scraper.model import Exchange

NOW = datetime(2026, 11, 23, 18, 15, 0, 123456, UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def make_exchange() -> Callable[..., Exchange]:
    def make(
        body: bytes = b"<p>hello</p>", url: str = "http://e.org/a", *headers: tuple[str, str], status: int = 200
    ) -> Exchange:
        stored = (("Content-Type", "text/html"), *headers, ("Content-Length", str(len(body))))
        lines = "".join(f"{name}: {value}\r\n" for name, value in stored)
        return Exchange(
            url=url,
            request_head=b"GET /a HTTP/1.1\r\nHost: e.org\r\n\r\n",
            response_head=f"HTTP/1.1 {status} OK\r\n{lines}\r\n".encode(),
            status=status,
            headers=stored,
            body=body,
            started_at=NOW,
            ip_address="192.0.2.7",
        )

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "demo.warc"


@pytest.fixture
def writer(folder: Path, now: datetime) -> SegmentWriter:
    return SegmentWriter.open(folder, now, "blog-to-sqlite/0.1.0")
