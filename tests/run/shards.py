"""WARCs for `process`, and all that their shards say."""

from __future__ import annotations

import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.run.conftest import SiteWarc
from tests.run.contents_of import content
from tests.run.inputs_of_five import fill_warc, make_post


def write_posts(path: Path, numbers: range) -> Path:
    site = SiteWarc(path)
    site.info()
    for number in numbers:
        url = f"https://blog.example/bread-{number}"
        site.request(url)
        site.response(url, "200 OK", "text/html", make_post(number))
    return site.done()


def fill(folder: Path) -> Path:
    """Four WARCs, one of them of a small site, one with damage in it."""
    folder.mkdir()
    fill_warc(SiteWarc(folder / "site.warc.gz"))
    write_posts(folder / "a.warc.gz", range(10, 14))
    write_posts(folder / "b.warc.gz", range(20, 23))
    damaged = SiteWarc(folder / "damaged.warc.gz")
    damaged.response("https://blog.example/bread-30", "200 OK", "text/html", make_post(30))
    damaged.raw(gzip.compress(b"no record"))
    damaged.response("https://blog.example/bread-31", "200 OK", "text/html", make_post(31))
    damaged.done()
    return folder


def manifest_of(shard: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in (shard / "manifest.jsonl").read_text().splitlines()]
    return [{name: value for name, value in line.items() if name != "seconds"} for line in lines]


def said_by(out: Path) -> dict[str, Any]:
    """All that the shards of a folder say, but how long it took."""
    return {shard.name: (content_of(shard / f"{shard.name}.db"), manifest_of(shard)) for shard in out.glob("[!.]*")}


def content_of(db: Path) -> dict[str, Any]:
    """All that was read, and which captures there are: segments have names and ids of their own."""
    with closing(sqlite3.connect(db)) as connection:
        captures = connection.execute(
            "SELECT record_id, url, fetched_at, status, payload_sha256, warc_length FROM captures ORDER BY 1, 2, 3"
        )
        return {**content(db), "captures": captures.fetchall()}
