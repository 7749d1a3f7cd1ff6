"""How much room an archive takes beside wget's WARC file and beside SQLite blobs, for the same pages.

usage: python benchmarks/size.py FOLDER [--pages 600]   FOLDER holds *.html.gz, at any depth; wget has to be installed

The pages are served on loopback, without a content coding; `grab` and `wget --warc-file` fetch them.
"""

from __future__ import annotations

import argparse
import gzip
import sqlite3
import subprocess
import sys
import tempfile
import threading
import zlib
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PARTS = {  # of our database: tables with their indexes, by what they are for
    "posts, people and comments as they are": (
        *("posts", "people", "post_people", "bios", "comments"),
        *("tags", "post_tags", "blogs", "post_parts"),
    ),
    "full-text search": ("posts_fts", "comments_fts"),
    "links and pictures": ("links", "media", "post_media"),
    "what was taken off and why, what pages claim": ("removals", "claims"),
    "captures and addresses": ("captures", "pages"),
    "history": ("revisions", "post_sightings", "comment_sightings", "person_sightings"),
}  # fmt: skip


def serve(pages: list[bytes]) -> ThreadingHTTPServer:
    """A server that has page n at /n."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = self.path[1:]
            body = pages[int(name)] if name.isdecimal() else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def blobs(path: Path, pages: list[bytes], *, packed: bool) -> int:
    """Bytes of a SQLite file with a row a page."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE pages (url TEXT PRIMARY KEY, body BLOB)")
        rows = ((f"http://blog.example/{n}", zlib.compress(page) if packed else page) for n, page in enumerate(pages))
        connection.executemany("INSERT INTO pages VALUES (?, ?)", rows)
        connection.commit()
    return path.stat().st_size


def parts(database: Path) -> dict[str, int]:
    """Bytes of our database by what they are for; 'other' is the rest."""
    with closing(sqlite3.connect(database)) as connection:
        owner = dict(connection.execute("SELECT name, tbl_name FROM sqlite_master"))
        sizes = connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall()
    found = dict.fromkeys((*PARTS, "other"), 0)
    for name, size in sizes:
        table = owner.get(name, name)
        what = next((what for what, names in PARTS.items() if table.startswith(names) and _fits(table, names)), "other")
        found[what] += size
    return found


def _fits(table: str, names: tuple[str, ...]) -> bool:
    return any(table == name or (name.endswith("_fts") and table.startswith(f"{name}_")) for name in names)


def main(folder: Path, number: int) -> None:
    files = sorted(folder.rglob("*.html.gz"))
    pages = [gzip.decompress(file.read_bytes()) for file in files[:: max(1, len(files) // number)][:number]]
    served = sum(map(len, pages))
    with tempfile.TemporaryDirectory() as temporary:
        place, server = Path(temporary), serve(pages)
        urls = [f"http://127.0.0.1:{server.server_port}/{number}" for number in range(len(pages))]
        (place / "urls").write_text("\n".join(urls))
        wget = ("wget", "-q", "-i", "urls", "-O", "pages", "--warc-file=wget")
        subprocess.run(wget, cwd=place, check=True)
        ours = (sys.executable, "-m", "scraper", "grab", place / "ours.db", *urls, "--delay", "0", "-q")
        done = subprocess.run((*map(str, ours), "--allow-net", "127.0.0.0/8"), check=False)
        if done.returncode not in (0, 3):
            sys.exit(done.returncode)
        raw = sum(path.stat().st_size for path in (place / "ours.warc").iterdir())
        with closing(sqlite3.connect(place / "ours.db")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database = (place / "ours.db").stat().st_size
        rows = {
            "pages as served": served,
            "wget's WARC (`.warc.gz`)": (place / "wget.warc.gz").stat().st_size,
            "our raw store (`.warc.gz`, requests and seals in it)": raw,
            "SQLite, a blob a page": blobs(place / "plain.db", pages, packed=False),
            "SQLite, a blob a page, each packed by zlib": blobs(place / "packed.db", pages, packed=True),
            "our database": database,
            **{f"- {what}": size for what, size in parts(place / "ours.db").items()},
        }
        print(f"{len(pages):,} pages\n\n| | MB | of the pages | kB a page |\n| --- | --- | --- | --- |")
        for what, size in rows.items():
            print(f"| {what} | {size / 1e6:.1f} | {100 * size / served:.1f}% | {size / len(pages) / 1e3:.1f} |")
        server.shutdown()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure the size of an archive.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=600)
    given = parser.parse_args()
    main(given.folder, given.pages)
