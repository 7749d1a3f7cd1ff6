"""Both full-text indexes follow the rows, and say so when they do not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.store.connection import open_for_writing
from scraper.store.lookup.fulltext import Indexes, add_words, bigrams_in_step, drop_words, rebuild_all, rebuild_bigrams

POST = "INSERT INTO posts (id, title, text, url, url_key, html, source, kind) VALUES (?1, ?2, ?3, ?1, ?1, '', 'html', 'post')"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_for_writing(tmp_path / "voices.db")
    connection.executemany(POST, [(1, "本", "図書館"), (2, "Bread", "slow"), (3, None, "東京 tower")])
    add_words(connection, "posts", [1, 2, 3])
    yield connection
    connection.close()


def matches(connection: sqlite3.Connection, index: str, expression: str) -> list[int]:
    rows = connection.execute(f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid", (expression,))
    return [row_id for (row_id,) in rows]


def test_pairs_are_of_such_rows_alone(connection: sqlite3.Connection) -> None:
    assert connection.execute("SELECT id FROM posts_bigrams_fts_docsize").fetchall() == [(1,), (3,)]
    assert matches(connection, "posts_bigrams_fts", '"書館"') == [1]
    assert matches(connection, "posts_fts", "tower OR bread") == [2, 3]


def test_a_text_that_changes_is_found_by_its_new_words_alone(connection: sqlite3.Connection) -> None:
    with Indexes(connection, "posts", [4], [1, 2]):
        connection.execute("UPDATE posts SET text = '京都' WHERE id = 1")
        connection.execute("UPDATE posts SET text = '本屋' WHERE id = 2")
        connection.execute(POST, (4, "新しい", "x"))
    assert matches(connection, "posts_bigrams_fts", '"書館"') == []
    assert matches(connection, "posts_bigrams_fts", '"京都"') == [1]
    assert matches(connection, "posts_bigrams_fts", '"本" *') == [1, 2]
    assert matches(connection, "posts_bigrams_fts", '"新し しい"') == [4]
    assert bigrams_in_step(connection, "posts")
    connection.execute("INSERT INTO posts_fts (posts_fts, rank) VALUES ('integrity-check', 1)")


def test_what_is_dropped_leaves_no_word(connection: sqlite3.Connection) -> None:
    drop_words(connection, "posts", [1, 2, 3])
    connection.execute("DELETE FROM posts")
    assert matches(connection, "posts_bigrams_fts", '"本" * OR "図" * OR "東" *') == []
    assert bigrams_in_step(connection, "posts")
    connection.execute("INSERT INTO posts_bigrams_fts (posts_bigrams_fts) VALUES ('integrity-check')")


@pytest.mark.parametrize("change", ["UPDATE posts SET text = '京都' WHERE id = 2", "DELETE FROM posts WHERE id = 1"])
def test_an_index_out_of_step_is_found_and_made_anew(connection: sqlite3.Connection, change: str) -> None:
    assert bigrams_in_step(connection, "posts")
    connection.execute(change)
    assert not bigrams_in_step(connection, "posts")
    rebuild_bigrams(connection, "posts")
    assert bigrams_in_step(connection, "posts")
    assert matches(connection, "posts_bigrams_fts", '"京都"') == ([2] if "UPDATE" in change else [])


def test_made_anew_no_index_has_a_word_that_no_row_has(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE posts SET title = 'Rye', text = '映画'")
    rebuild_all(connection)
    for index, gone, there in (
        ("posts_fts", "bread OR slow", "rye"),
        ("posts_bigrams_fts", '"図" * OR "本" *', '"映画"'),
    ):
        assert (matches(connection, index, gone), matches(connection, index, there)) == ([], [1, 2, 3])
