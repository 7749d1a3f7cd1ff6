"""Of every text of a database the phrases go, and JSON stays JSON; nothing that people wrote stops it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scraper.model import Post
from scraper.store.connection import open_for_writing
from scraper.store.takedowns.scrubbing import JSON, WHOLE_TABLES, scrub_all
from scraper.store.takedowns.withhold import scrubbed as withheld
from scraper.text.phrases import Phrases, digest_of

JANE = Phrases({"0f": {2: frozenset([digest_of("0f", "jane", "doe")])}})


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_for_writing(tmp_path / "scrubbed.db")) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        yield connection


def scrubbed(connection: sqlite3.Connection, table: str, column: str, text: str) -> str:
    """What is left of the text in the column, with something in every other that must not be null."""
    info = connection.execute(f"PRAGMA table_info({table})").fetchall()
    row = {name: 1 if kind == "INTEGER" else "x" for _, name, kind, needed, _, _ in info if needed} | {column: text}
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    scrub_all(connection, JANE)
    ((left,),) = connection.execute(f"SELECT {column} FROM {table}")
    return str(left)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (r'["\ud800 Jane Doe said so"]', r'["\ud800 [forgotten] said so"]'),
        ('{"a":1,   "b": "Jane Doe"}', '{"a":1,   "b": "[forgotten]"}'),
        ("[Jane Doe", "[[forgotten]"),
    ],
)
def test_a_comment_that_looks_like_json_is_a_text(connection: sqlite3.Connection, text: str, left: str) -> None:
    assert scrubbed(connection, "comments", "text", text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (r'["\ud800 by Jane Doe"]', ["\ufffd by [forgotten]"]),
        (r'["Jane\nDoe", "x"]', ["[forgotten]\n", "x"]),
        ('["by \\"Jane\\" Doe", ["Jane Doe", 3]]', ['by "[forgotten]', ["[forgotten]", 3]]),
    ],
)
def test_json_stays_json(connection: sqlite3.Connection, text: str, left: object) -> None:
    assert json.loads(scrubbed(connection, "pages", "contexts", text)) == left


def test_a_name_goes_though_a_tag_stands_within_a_word(connection: sqlite3.Connection) -> None:
    html = "<p>Said <a href='https://b.example/'>Jane</a> <em>Do</em><b></b>e, <i>too</i>.</p><p>So.</p>"
    assert scrubbed(connection, "comments", "html", html) == "<p>Said [forgotten], too.</p><p>So.</p>"


def test_so_it_does_where_it_comes_in_again() -> None:
    post = Post(None, html="<p>By Jane <em>Do</em>e</p>", text="By Jane Doe")
    left = withheld(post, JANE)
    assert (left.html, left.text) == ("<p>By [forgotten]</p>", "By [forgotten]")


def test_tags_within_words_stay_where_no_name_is(connection: sqlite3.Connection) -> None:
    html = "<p>Jane D<b>oe</b>man, <i>Jane</i> and <i>Doe</i></p>"
    assert scrubbed(connection, "comments", "html", html) == html


def test_all_columns_of_json_are_known(connection: sqlite3.Connection) -> None:
    sqls = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    lines = [line for name, sql in sqls if name not in WHOLE_TABLES and sql for line in sql.splitlines()]
    stated = {found[1] for line in lines if (found := re.match(r"\s*(\w+) TEXT\b.*-- JSON", line))}
    named = {found[1] for line in lines if (found := re.match(r"\s*(\w+) TEXT\b", line)) and found[1] in JSON}
    assert stated == named == JSON
