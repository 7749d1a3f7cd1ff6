"""Comments are found by exactly the name that signs them, whatever it is written with."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.store.connection import open_for_writing
from scraper.store.lookup.persons import count_signed, list_signed

NAMES = ("Amélie Noël", "Ame\u0301lie Noe\u0308l", 'Ann "Red" Lee', "author : Ann", "c++", "_", "☃", "図書館", "x OR y")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_finds_what_is_signed_with_it(tmp_path: Path, name: str) -> None:
    connection = open_for_writing(tmp_path / "a.db")
    connection.execute(
        "INSERT INTO posts (id, url, url_key, kind, text, html, source) VALUES (1, 'http://a', 'a', 'post', '', '', 'html')"
    )
    connection.executemany(
        "INSERT INTO comments (id, post_id, kind, state, position, depth, author, by_post_author, text, html)"
        " VALUES (?, 1, 'comment', 'visible', ?, 0, ?, 0, '', '')",
        [(at, at, each) for at, each in enumerate(NAMES)],
    )
    connection.execute("INSERT INTO comments_fts (comments_fts) VALUES ('rebuild')")
    assert count_signed(connection, name) == 1
    assert [each.author for each in list_signed(connection, name, 0, 9)] == [name]
    assert count_signed(connection, f"{name} and others") == 0
    connection.close()
