"""CPU seconds and memory for `import` of pages made to hurt, each a file of its own in a process of its own.

usage: python benchmarks/hostile.py [NAME ...]

Memory is the peak over that of importing a small page, as a multiple of the file's size.
"""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

LINE = "<p>Bread takes its time, and nobody should hurry it, neither you nor I, said the baker.</p>\n"
POST = f"<html><body><h1>Slow bread</h1><div class=entry-content>{LINE * 8}</div>"
COMMENT = (
    "<li class=comment id=comment-{0}><cite class=fn>Bob {0}</cite><time datetime=2012-05-15T10:00:00Z>15 May</time>"
    "<div class=comment-content><p>Words {0}.</p></div></li>"
)
REPLY = "<div class=reply-item id=c{0}><b>Bob {0}</b> <i>15 May 2012 10:00</i><div><p>Words {0}.</p></div></div>"

PAGES: dict[str, Callable[[], str]] = {
    "small": lambda: POST,
    "50 MB of paragraphs": lambda: POST + LINE * (50_000_000 // len(LINE)),
    "10 MB of paragraphs": lambda: POST + LINE * (10_000_000 // len(LINE)),
    "one paragraph of 50 MB": lambda: POST + "<p>" + "word " * 10_000_000,
    "100,000 levels": lambda: POST + "<div>" * 100_000 + "deep words here" + LINE,
    "100,000 inline levels": lambda: POST + "<span>x " * 100_000 + LINE,
    "30,000 misnested": lambda: POST + "<b>x<p> " * 30_000 + LINE,
    "a million attributes": lambda: POST + "<div " + " ".join(f"a{i}=v" for i in range(1_000_000)) + ">" + LINE,
    "a million classes": lambda: POST + "<div class='" + " ".join(f"c{i}" for i in range(1_000_000)) + "'>" + LINE,
    "200,000 ids": lambda: POST + "".join(f"<div class='c{i}' id='d{i}' itemprop=x>{i}</div>" for i in range(200_000)),
    "100,000 comments": lambda: f"{POST}<ol class=comment-list>" + "".join(map(COMMENT.format, range(100_000))),
    "100,000 replies": lambda: POST + "".join(map(REPLY.format, range(100_000))),
    "150,000 links": lambda: POST + "<ul>" + "".join(f"<li><a href=/{i}>link {i}</a>" for i in range(150_000)),
    "300,000 headings": lambda: "<h1>T x</h1>" * 300_000 + POST,
    "300,000 times": lambda: POST + "<span>3 days ago</span><span>12 May 2012</span>" * 150_000,
    "2 million pieces": lambda: POST + "<br>a" * 2_000_000,
    "a million entities": lambda: POST + "<p>" + "Bread &amp; butter,&nbsp;" * 500_000,
    "5 million <": lambda: POST + "<" * 5_000_000,
    "500,000 brackets": lambda: f"<script type=application/ld+json>{'[' * 500_000}</script>{POST}",
    "300,000 arrays": lambda: POST + "<p>" + "Array ( [0] => a " * 300_000,
    "10 MB of spaces": lambda: POST + "<p>x" + " " * 10_000_000 + "y",
}


def measure(file: Path, database: Path) -> tuple[float, float, int]:
    """CPU seconds, peak memory in bytes, exit code of `import`."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.execv(sys.executable, [sys.executable, "-m", "scraper", "import", str(database), str(file)])
    _, status, usage = os.wait4(child, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, os.waitstatus_to_exitcode(status)


def main(names: list[str]) -> int:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    base = 0.0
    print("| page | MB | CPU s | s for 10 MB | memory, times its size | characters, comments kept | exit | said |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name in ["small", *(names or list(PAGES)[1:])]:
        with tempfile.TemporaryDirectory() as folder:
            file, database = Path(folder, "page.html"), Path(folder, "a.db")
            file.write_text(PAGES[name](), "utf-8")
            megabytes = file.stat().st_size / 1e6
            seconds, peak, code = measure(file, database)
            kept = sqlite3.connect(database).execute(KEPT).fetchone()
        base = base or peak
        times = (peak - base) / 1e6 / megabytes
        print(
            f"| {name} | {megabytes:.1f} | {seconds:.2f} | {seconds / megabytes * 10:.1f} | {times:.1f} |"
            f" {kept[0] or 0:,}, {kept[1]:,} | {code} | {'; '.join(json.loads(kept[2] or '[]'))} |"
        )
    return 0


KEPT = "SELECT (SELECT length(text) FROM posts), (SELECT count(*) FROM comments), (SELECT notices FROM pages LIMIT 1)"

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
