"""How long the pages of `serve` take the server, on an archive of 20,000 posts and 1,000,000 comments made for it.

    python benchmarks/serve_speed.py [--comments N] [--times N] [--keep FOLDER]

Prints a line a page: the server's own CPU time a request, the median and the slowest of some requests over HTTP, all in
milliseconds, and the bytes of the page. The CPU time is held against the limit of 200 ms: on a machine that has other
things to do, the time on the clock says little. The archive is made in a temporary folder (1 GB, two minutes) and
removed.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

from scraper.store.connection import open_for_writing

LIMIT = 200.0  # milliseconds
BLOGS, POSTS, NAMES = 40, 20_000, 5_000
LONG_THREAD = 10_000  # comments under the first post
WORST = "/search?q=%22word1+word2%22"  # the two most frequent words, side by side: shown, not promised
PAGES = (
    "/", "/blogs/1", "/blogs/1?month=2012", "/posts/2", "/posts/1", "/posts/1?page=40", "/posts/2/history",
    "/people/1", "/signed?name=Name+17", "/search?q=word17", "/search?q=word17+word801",
    "/search?q=%22word17+word40%22", WORST,
    "/captures/1", "/health", "/archive", "/archive/comments",
)  # fmt: skip
PROMISED = ("/", "/posts/", "/search")
Text = Callable[[int], str]  # so many words
RARE = 4_000  # different words


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--keep", type=Path, help="make the archive here, and use it again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        archive = folder / "large.db"
        if not archive.exists():
            began = time.monotonic()
            make_archive(archive, options.comments)
            print(f"made {options.comments:,} comments in {time.monotonic() - began:.0f} s", file=sys.stderr)
        return measure(archive, options.times)


def measure(archive: Path, times: int) -> int:
    """Asks for each page several times; the exit code is 1 where a promised page is too slow."""
    command = [sys.executable, "-m", "scraper", "serve", str(archive), "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert server.stdout is not None
    try:
        site = server.stdout.readline().strip().rstrip("/")
        urlopen(f"{site}/archive").read()  # what Datasette does once
        too_slow = 0
        print(f"{'page':34} {'CPU ms':>8} {'median ms':>10} {'slowest ms':>11} {'kB':>7}")
        for page in PAGES:
            urlopen(site + page).read()
            took, length, before = [], 0, _cpu_seconds(server.pid)
            for _ in range(times):
                began = time.perf_counter()
                length = len(urlopen(site + page).read())
                took.append((time.perf_counter() - began) * 1000)
            median = statistics.median(took)
            promised = page != WORST and (page == "/" or page.startswith(PROMISED[1:]))
            cpu = (_cpu_seconds(server.pid) - before) * 1000 / times
            late = promised and cpu > LIMIT
            too_slow += late
            print(
                f"{page:34} {cpu:8.0f} {median:10.1f} {max(took):11.1f} {length / 1000:7.1f}"
                f"{'  TOO SLOW' if late else ''}"
            )
    finally:
        server.terminate()
        server.wait()
    return min(too_slow, 1)


def _cpu_seconds(process: int) -> float:
    """What the process has used so far (Linux), in ticks of a hundredth."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def make_archive(archive: Path, comments: int) -> None:
    """Rows as a crawl would have written them, without WARC files: all words come from one list, some often."""
    connection = open_for_writing(archive)
    connection.execute("PRAGMA synchronous = OFF")
    chance = random.Random(8)
    words = [f"word{number}" for number in range(RARE)]
    weights = [1 / (number + 3) for number in range(RARE)]
    pool = chance.choices(words, weights, k=1_000_000)

    def text(length: int) -> str:
        at = chance.randrange(len(pool) - length)
        return " ".join(pool[at : at + length])

    connection.execute("BEGIN")
    hosts = [(key, f"blog{key}.example", f"http://blog{key}.example/", f"Blog {key}") for key in range(1, BLOGS + 1)]
    connection.executemany("INSERT INTO blogs (id, host, url, name) VALUES (?, ?, ?, ?)", hosts)
    people = [(key, (key - 1) % BLOGS + 1, f"Name {key}", f"name {key}") for key in range(1, 201)]
    connection.executemany("INSERT INTO people (id, blog_id, name, name_key) VALUES (?, ?, ?, ?)", people)
    _insert(connection, "pages", _pages())
    _insert(connection, "captures", _captures())
    _insert(connection, "posts", _posts(text))
    connection.executemany(
        "INSERT INTO post_people (post_id, position, person_id, role, name) VALUES (?, 0, ?, 'author', ?)",
        ((key, key % 200 + 1, f"Name {key % 200 + 1}") for key in range(1, POSTS + 1)),
    )
    _insert(connection, "post_sightings", _sightings())
    _insert(connection, "comments", _comments(comments, text, chance))
    for table in ("posts", "comments"):
        connection.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _insert(connection: sqlite3.Connection, table: str, rows: Iterator[dict[str, object]]) -> None:
    first = next(rows)
    names = ", ".join(first)
    sql = f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in first)})"
    connection.execute(sql, first)
    connection.executemany(sql, rows)


def _pages() -> Iterator[dict[str, object]]:
    for key in range(1, POSTS + 1):
        url = f"http://blog{key % BLOGS + 1}.example/{key}"
        yield {
            "id": key, "url": url, "url_key": url, "blog_id": key % BLOGS + 1, "state": "fetched",
            "state_at": "2024-01-01T00:00:00Z", "kind": "post", "source": "html",
        }  # fmt: skip


def _captures() -> Iterator[dict[str, object]]:
    for key in range(1, POSTS + 1):
        yield {
            "id": key, "page_id": key, "url": f"http://blog{key % BLOGS + 1}.example/{key}",
            "fetched_at": "2024-01-01T00:00:00Z", "status": 200, "payload_sha256": f"{key:064x}",
            "payload_length": 9000,
            "record_id": f"<urn:uuid:{key}>", "warc_file": "large.warc/1.warc.gz", "warc_offset": key * 9000,
            "warc_length": 9000, "origin": "fetch",
        }  # fmt: skip


def _posts(text: Text) -> Iterator[dict[str, object]]:
    for key in range(1, POSTS + 1):
        url, body = f"http://blog{key % BLOGS + 1}.example/{key}", text(400)
        yield {
            "id": key, "blog_id": key % BLOGS + 1, "capture_id": key, "url": url, "url_key": url, "kind": "post",
            "title": text(6), "text": body, "html": f"<p>{body}</p>", "source": "html", **_time(key),
        }  # fmt: skip


def _sightings() -> Iterator[dict[str, object]]:
    for key in range(1, POSTS + 1):
        yield {
            "capture_id": key, "post_id": key, "preference": 2, "text_sha256": f"{key:064x}", "comments": 50,
            "declared": 50, "tells_thread": 1,
        }  # fmt: skip


def _comments(number: int, text: Text, chance: random.Random) -> Iterator[dict[str, object]]:
    """The first post has a long thread, whose answers go deep; the others share the rest."""
    for key in range(1, number + 1):
        is_long = key <= LONG_THREAD
        post = 1 if is_long else (key - LONG_THREAD) % (POSTS - 1) + 2
        apart = 1 if is_long else POSTS - 1  # between two comments of a post
        parent = key - apart * chance.randint(1, 3) if chance.random() < 0.5 else 0
        body = text(30)
        yield {
            "id": key, "post_id": post, "parent_id": parent if parent > (0 if is_long else LONG_THREAD) else None,
            "kind": "comment", "state": "visible", "position": key // apart, "depth": 0,
            "author": f"Name {chance.randint(1, NAMES)}", "by_post_author": 0, "text": body, "html": f"<p>{body}</p>",
            "first_capture_id": post, "last_capture_id": post, **_time(key),
        }  # fmt: skip


def _time(at: int) -> dict[str, object]:
    day = f"{2004 + at % 18}-{at % 12 + 1:02}-{at % 28 + 1:02}"
    return {
        "published": day, "published_earliest": f"{day}T00:00:00Z", "published_latest": f"{day}T23:59:59Z",
        "published_precision": "day",
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
