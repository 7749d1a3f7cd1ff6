"""An archive with a few rows, as the schema has them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.store.connection import open_for_writing
from scraper.store.reader import Reader

POSTS = [
    (1, "Slow food", "Bread takes time.\nSlow food is good food.", "https://blog.example/slow", "2012-05-14"),
    (2, "日本語の記事", "図書館で本を読むのが好きです。", "https://blog.example/ja", "2013-01-01"),
]
COMMENTS = [
    (1, 1, "Ann", None, "I bake bread every day, in C++ time", 0),
    (2, 1, "Bob", "Yeast", "No bread without yeast, 100% sure", 1),
    (3, 2, "健太", None, "東京の図書館は広い", 0),
]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Reader]:
    path = tmp_path / "voices.db"
    writer = open_for_writing(path)
    sql = "INSERT INTO posts (id, title, text, url, url_key, published, published_earliest, html, source, kind) VALUES (?, ?, ?, ?, ?, ?, ?, '', 'html', 'post')"
    writer.executemany(sql, [(*row[:4], row[3], row[4], row[4]) for row in POSTS])
    sql = """INSERT INTO comments (id, post_id, author, subject, text, position, kind, state, depth, by_post_author, html)
             VALUES (?, ?, ?, ?, ?, ?, 'comment', 'visible', 0, 0, '')"""
    writer.executemany(sql, COMMENTS)
    for table in ("posts_fts", "comments_fts"):
        writer.execute(f"INSERT INTO {table}({table}) VALUES ('rebuild')")
    writer.close()
    with Reader(path) as reader:
        yield reader
