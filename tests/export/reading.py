"""Each export read back by another tool than the one that wrote it: how many posts and comments there are."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import lxml.etree
import lxml.html

XHTML = "{http://www.w3.org/1999/xhtml}"
Counts = tuple[int, int]


def read_jsonl(path: Path) -> Counts:
    posts = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return len(posts), sum(len(post["comments"]) for post in posts)


def read_markdown(folder: Path) -> Counts:
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.md")]
    threads = [text.rpartition("\n## ")[2] for text in texts if re.search(r"^## \d+ comments?$", text, re.M)]
    return len(texts), sum(len(re.findall(r"^ *- \*\*.*?\*\*(?: · |$)", thread, re.M)) for thread in threads)


def read_html(folder: Path) -> Counts:
    pages = [lxml.html.parse(str(path)) for path in (folder / "posts").iterdir()]
    return len(pages), sum(len(page.findall(".//li[@class='comment']")) for page in pages)


def read_wxr(path: Path) -> Counts:
    root = lxml.etree.parse(str(path)).getroot()
    return len(root.findall(".//item")), len(root.findall(".//{http://wordpress.org/export/1.2/}comment"))


def read_epub(path: Path) -> Counts:
    with ZipFile(path) as book:
        assert book.testzip() is None
        names = [name for name in book.namelist() if re.fullmatch(r"book/post-\d+\.xhtml", name)]
        trees = [lxml.etree.fromstring(book.read(name)) for name in names]
    return len(trees), sum(len(tree.findall(f".//{XHTML}li[@class='comment']")) for tree in trees)


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_csv(folder: Path) -> Counts:
    return len(read_table(folder / "posts.csv")), len(read_table(folder / "comments.csv"))


def read_parquet(folder: Path) -> Counts:
    import duckdb

    with duckdb.connect() as connection:
        found = [
            connection.execute("SELECT count(*) FROM read_parquet(?)", [str(folder / name)]).fetchall()[0][0]
            for name in ("posts.parquet", "comments.parquet")
        ]
    return found[0], found[1]


def read_sqlite(path: Path) -> Counts:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        ((posts, comments),) = connection.execute(
            "SELECT (SELECT count(*) FROM posts), (SELECT count(*) FROM comments)"
        )
    finally:
        connection.close()
    return posts, comments


def bibtex_entries(text: str) -> dict[str, str]:
    """The entries by key, taken apart as BibTeX does: by braces, whatever stands before them."""
    entries: dict[str, str] = {}
    depth = begin = 0
    for at, character in enumerate(text):
        if character == "{":
            begin = at + 1 if depth == 0 else begin
            depth += 1
        elif character == "}":
            depth -= 1
            assert depth >= 0
            if depth == 0:
                key, _, fields = text[begin:at].partition(",")
                assert key not in entries
                entries[key] = fields
    assert depth == 0
    return entries


def read_bibtex(path: Path) -> Counts:
    keys = list(bibtex_entries(path.read_text(encoding="utf-8")))
    return sum("post-" in key for key in keys), sum("comment-" in key for key in keys)


def read_csl(path: Path) -> Counts:
    items = json.loads(path.read_text(encoding="utf-8"))
    assert len({item["id"] for item in items}) == len(items)
    return sum("post-" in item["id"] for item in items), sum("comment-" in item["id"] for item in items)


READERS: dict[str, Callable[[Path], Counts]] = {
    "jsonl": read_jsonl,
    "markdown": read_markdown,
    "html": read_html,
    "epub": read_epub,
    "csv": read_csv,
    "parquet": read_parquet,
    "sqlite": read_sqlite,
    "wxr": read_wxr,
    "bibtex": read_bibtex,
    "csl-json": read_csl,
}
