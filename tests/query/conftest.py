"""An archive with a few rows, as the schema has them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.store.connection import open_for_writing
from scraper.store.lookup.fulltext import add_words
from scraper.store.reader import Reader

BLOGS = [(1, "blog.example", "https://blog.example/", "A Blog"), (2, "ja.example", "https://ja.example/", None)]
POSTS = [
    (1, 1, "Slow food", "Bread takes time.\nSlow food is good food.", "https://blog.example/slow", "2012-05-14"),
    (2, 2, "日本語の記事", "図書館で本を読むのが好きです。C言語も。", "https://ja.example/ja", "2013-01-01"),
    (3, 1, "Café days", "learning c++ at example e.org AND two words of it", "https://blog.example/cafe", None),
]
COMMENTS = [
    (1, 1, "Ann Lee", None, "I bake bread every day, in C++ time", 0, "2012-05-14"),
    (2, 1, "Bob", "Yeast", "No bread without yeast, 100% sure", 1, "2013-02-01T10:00+09:00"),
    (3, 2, "健太", None, "東京の図書館は広い", 0, "2013-01-02"),
    (4, 2, "민준", None, "도서관에서 책을 읽어요", 1, None),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "voices.db"
    writer = open_for_writing(path)
    writer.executemany("INSERT INTO blogs (id, host, url, name) VALUES (?, ?, ?, ?)", BLOGS)
    writer.executemany(
        """INSERT INTO posts (id, blog_id, title, text, url, url_key, published, published_earliest, html, source, kind)
        VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?6, '', 'html', 'post')""",
        POSTS,
    )
    writer.executemany(
        """INSERT INTO comments (id, post_id, author, subject, text, position, published, published_earliest, kind,
        state, depth, by_post_author, html) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, 'comment', 'visible', 0, 0, '')""",
        COMMENTS,
    )
    people = [(1, 1, "José Núñez", "josé núñez"), (2, 2, "山田健太", "山田健太")]
    writer.executemany("INSERT INTO people (id, blog_id, name, name_key) VALUES (?, ?, ?, ?)", people)
    signed = [(1, 0, 1, "author", "José Núñez"), (2, 0, 2, "author", "山田健太")]
    writer.executemany("INSERT INTO post_people VALUES (?, ?, ?, ?, ?)", signed)
    writer.executemany("INSERT INTO tags (id, name) VALUES (?, ?)", [(1, "Crème brûlée"), (2, "読書")])
    writer.executemany("INSERT INTO post_tags VALUES (?, 'tag', 0, ?)", [(1, 1), (2, 2)])
    add_words(writer, "posts", [row[0] for row in POSTS])
    add_words(writer, "comments", [row[0] for row in COMMENTS])
    writer.close()
    return path


@pytest.fixture
def archive(path: Path) -> Iterator[Reader]:
    with Reader(path) as reader:
        yield reader
