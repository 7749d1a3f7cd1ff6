"""How the time that a capture takes grows with the captures of the same post: one whose first comment was taken down.

usage: python benchmarks/visits.py [--captures 1000] [--comments 50]

Each capture has the post's whole thread, which gets a comment at every tenth; all come in by one import of a WARC file.
"""

from __future__ import annotations

import argparse
import gzip
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scraper.model import Visit
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.watcher import Watcher
from scraper.settings import Settings

BEGUN = datetime(2015, 1, 1, tzinfo=UTC)
TEXT = "".join(
    f"<p>Paragraph {n} says that bread takes its time, and that nobody should hurry it.</p>" for n in range(8)
)


def page(comments: range) -> bytes:
    shown = "".join(
        f'<li id="comment-{n}" class="comment"><div class="comment-author"><cite class="fn">Reader {n}</cite></div>'
        f'<div class="comment-metadata"><time datetime="2014-05-15T10:{n // 60:02}:{n % 60:02}+00:00">then</time></div>'
        f'<div class="comment-content"><p>Remark {n} on bread and what it takes.</p></div></li>'
        for n in comments
    )
    return (
        f'<!DOCTYPE html><html><head><title>Slow bread</title><meta property="og:type" content="article"></head><body>'
        f"<article><h1>Slow bread</h1><div class='entry-content'>{TEXT}</div></article><div id='comments'>"
        f"<h2>{len(comments)} comments</h2><ol class='comment-list'>{shown}</ol></div></body></html>"
    ).encode()


def record(number: int, body: bytes) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Date: {BEGUN + timedelta(days=number):%Y-%m-%dT%H:%M:%SZ}\r\nWARC-Target-URI: http://blog.example/bread\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n")


def main(captures: int, comments: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        warc = Path(folder) / "visits.warc.gz"
        with warc.open("wb") as file:
            for number in range(captures):
                file.write(record(number, page(range(0 if number == 0 else 1, comments + number // 10))))
        spent = [time.process_time()]
        told = 0

        def tell(visit: Visit) -> None:
            nonlocal told
            told += 1
            if told % (captures // 10) == 0:
                spent.append(time.process_time())

        import_paths(Path(folder) / "a.db", [warc], ImportOptions(), Settings(), Watcher(tell=tell))
        print("| captures | comments | CPU ms a capture |\n| --- | --- | --- |")
        for tenth in range(1, 11):
            each = (spent[tenth] - spent[tenth - 1]) * 1000 / (captures // 10)
            number = tenth * captures // 10
            print(f"| {number:,} | {comments + number // 10} | {each:.1f} |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure the captures of one post.")
    parser.add_argument("--captures", type=int, default=1000)
    parser.add_argument("--comments", type=int, default=50)
    given = parser.parse_args()
    main(given.captures, given.comments)
