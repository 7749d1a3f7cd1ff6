"""`search` as a person types it, page by page, and in an archive full of what is meant to do harm."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scraper.store.connection import open_for_reading, open_for_writing
from scraper.store.lookup.fulltext import Indexes
from tests.cli.conftest import STEERING, Call

HOSTILE = (
    f"<script>alert(1)</script>{STEERING}=HYPERLINK(1) ../../etc/passwd '; DROP TABLE posts; -- " + "long " * 2_000
)


@pytest.fixture
def hostile(db: Path) -> Path:
    """The archive with such a text wherever a page can put one."""
    with closing(open_for_writing(db)) as connection:
        connection.execute("BEGIN")
        with Indexes(connection, "posts", [], [1]), Indexes(connection, "comments", [], [1, 2]):
            connection.execute("UPDATE posts SET title = ?1, text = ?1, url = ?1, published_shown = ?1", (HOSTILE,))
            connection.execute("UPDATE comments SET author = ?1, subject = ?1, text = ?1, permalink = ?1", (HOSTILE,))
        connection.execute("UPDATE people SET name = ?1", (HOSTILE,))
        connection.execute("UPDATE post_people SET name = ?1", (HOSTILE,))
        connection.execute("UPDATE blogs SET name = ?1", (HOSTILE,))
        connection.execute("INSERT INTO tags (id, name) VALUES (9, ?1)", (HOSTILE,))
        connection.execute("INSERT INTO post_tags VALUES (1, 'tag', 9, 9)")
        connection.execute("COMMIT")
    return db


@pytest.mark.parametrize(
    "verb", [("search", "alert"), ("search", "author:script"), ("search", "after:2000"), ("stats",)]
)
def test_nothing_that_an_archive_holds_steers_a_terminal(call: Call, hostile: Path, verb: tuple[str, ...]) -> None:
    for extra in ((), ("--json",)):
        found = call(verb[0], hostile, *verb[1:], *extra)
        assert (found.exit_code, found.stderr) == (0, "")
        assert "script" in found.stdout
        assert not set(found.stdout) & set(STEERING)


def test_views_hold_such_texts_as_they_are(hostile: Path) -> None:
    with closing(open_for_reading(hostile)) as connection:
        views = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
        rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in views}
    assert {name for name, found in rows.items() if any(HOSTILE in row for row in found)} >= {
        *(
            "post_summary",
            "thread",
            "author_summary",
            "commenter_summary",
            "post_history",
            "comment_history",
            "changes",
        ),
    }
    assert [(row[2], row[3]) for row in rows["timeline"]] == [(1, 2)]


@pytest.mark.parametrize(
    "words", ["'; DROP TABLE posts; --", "alert' OR 1=1", "\x1b[31m", "author:'", "tag:%", "blog:_"]
)
def test_what_is_typed_is_never_sql(call: Call, hostile: Path, words: str) -> None:
    assert call("search", hostile, words).exit_code == 0
    with sqlite3.connect(hostile) as connection:
        assert connection.execute("SELECT count(*) FROM posts").fetchone() == (1,)
    connection.close()


def test_one_page_after_the_other(call: Call, db: Path) -> None:
    first = call("search", db, "in:comments after:2012", "-n", 1)
    assert first.stderr == "1 of 2; `--offset 1` goes on\n"
    second = call("search", db, "in:comments after:2012", "-n", 1, "--offset", 1)
    assert second.stderr == ""
    assert first.stdout.splitlines()[1] != second.stdout.splitlines()[1]
    assert call("search", db, "bread", "--offset", 9).stderr == "no more found\n"


def test_it_is_narrowed_by_what_is_typed(call: Call, db: Path) -> None:
    words = "bread blog:blog.example in:posts before:2013 author:lee"
    (hit,) = json.loads(call("search", db, words, "--json").stdout)
    assert (hit["kind"], hit["blog"], hit["author"]) == ("post", "blog.example", "Ann Lee")
    assert json.loads(call("search", db, words, "-n", 1, "--json", "--", "-hurry").stdout) == []


def test_what_narrows_nothing_is_told(call: Call, db: Path) -> None:
    found = call("search", db, "in:nowhere", "after:2021-5-2")
    assert (found.exit_code, found.stdout) == (0, "")
    assert found.stderr.splitlines() == [
        "looked for as a word: in:nowhere takes posts or comments",
        "looked for as a word: after:2021-5-2 takes a year, month or day, like 2012, 2012-05 or 2012-05-14",
        "nothing found",
    ]
    assert call("search", db, "bread", "in:posts").stderr == ""


def test_comments_alone_are_the_newest_of_them(call: Call, db: Path) -> None:
    hits = json.loads(call("search", db, "in:comment", "--json").stdout)
    assert [hit["kind"] for hit in hits] == ["comment", "comment"]


def test_a_minus_that_is_taken_for_an_option_is_explained(call: Call, db: Path) -> None:
    found = call("search", db, "-bread")
    assert found.exit_code == 2
    assert "no such option" in found.stderr and "behind --" in found.stderr
