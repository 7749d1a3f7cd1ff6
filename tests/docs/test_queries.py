"""The queries of docs/queries.md answer as the page says, in SQL, pandas, DuckDB and Datasette."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.model import Byline, Page, Post, When
from scraper.store.archive import Archive
from scraper.store.connection import open_for_reading
from scripts.datasette_queries import datasette_metadata
from tests.store.conftest import make_comment, make_page, make_visit

_BLOCK = re.compile(r"^```(sql|python) ?([\w-]*)\n(.*?)^```\n(?:\n((?:\|[^\n]*\n)+))?", re.M | re.S)


@pytest.fixture(scope="module")
def page(repo_root: Path) -> str:
    return (repo_root / "docs" / "queries.md").read_text(encoding="utf-8")


def blocks(page: str, language: str) -> Iterator[tuple[str, str, list[list[str]]]]:
    """Name, code, and the rows of the table below; of Python without one those of the SQL before it."""
    rows: list[list[str]] = []
    for found in _BLOCK.finditer(page):
        if found[4]:
            rows = [[cell.strip() for cell in line.strip("|").split(" |")] for line in found[4].splitlines()[2:]]
        if found[1] == language:
            yield found[2], found[3], rows


def shown(rows: Any) -> list[list[str]]:
    return [["" if str(cell) in ("None", "<NA>", "nan") else str(cell) for cell in row] for row in rows]


def python_answers(page: str) -> Iterator[tuple[list[list[str]], list[list[str]]]]:
    """What each `answer` of the page's Python is, and what it is to be."""
    pytest.importorskip("pandas")
    pytest.importorskip("duckdb")
    names: dict[str, Any] = {}
    for _, code, expected in blocks(page, "python"):
        names.pop("answer", None)
        exec(compile(code, "queries.md", "exec"), names)
        if "answer" in names:
            yield shown(names["answer"].astype(object).to_numpy().tolist()), expected


def _gate() -> Page:
    """A post whose ping came first, with a word that is tag and category, and one name with two addresses."""
    said: dict[str, Any] = {"id": "91", "author": "Bob", "published": _second("2015-01-01T10:01:59")}
    begin, end = datetime(2015, 1, 1, tzinfo=UTC), datetime(2016, 1, 1, tzinfo=UTC)
    in_that_year = When(begin, end, begin.replace(tzinfo=None), 0, "year", "2015")
    ago = When(begin, begin + timedelta(days=30), None, None, "interval", "9 years ago")
    comments = (
        make_comment("It swings.", id="90", author="Tide", kind="pingback", published=_second("2015-01-01T10:00:10")),
        make_comment("Ours hangs.", **said),
        make_comment(
            "No more.", **said | {"id": "92", "author_url": "https://bob.example/", "published": in_that_year}
        ),
        make_comment("Once.", **said | {"id": "93", "author": "Cy", "published": ago}),
    )
    post = Post("The gate", None, (Byline("Ann Lee", "https://bread.example/ann"),), _second("2015-01-01T10:00:00"))
    post = replace(post, html="<p>It is wood.</p>", text="It is wood.", tags=("gates",), categories=("gates", "wood"))
    return make_page(post, url="https://bread.example/gate", comments=comments, comments_complete=True)


def _second(text: str) -> When:
    start = datetime.fromisoformat(text + "+00:00")
    return When(start, start + timedelta(seconds=1), start.replace(tzinfo=None), 0, "second", text)


def test_there_are_ten(page: str) -> None:
    assert len(list(blocks(page, "sql"))) == 10
    assert len(re.findall(r"^answer = ", page, re.M)) >= 10
    assert page.count("duckdb.sql(") >= 3


def test_sql_answers_as_the_page_says(page: str, voices: Path) -> None:
    with closing(open_for_reading(voices)) as connection:
        for _, sql, expected in blocks(page, "sql"):
            assert shown(connection.execute(sql)) == expected != []


def test_pandas_and_duckdb_answer_the_same(page: str, voices: Path) -> None:
    given = list(python_answers(page))
    for answer, expected in given:
        assert answer == expected
    assert len(given) == 10


def test_both_ways_agree_on_pings_seconds_categories_and_names_with_several_addresses(page: str, voices: Path) -> None:
    with Archive(voices) as archive:
        archive.record([make_visit(_gate(), datetime(2024, 3, 21, tzinfo=UTC))])
    given = [answer for answer, _ in python_answers(page)]
    with closing(open_for_reading(voices)) as connection:
        answers = {name: shown(connection.execute(sql)) for name, sql, _ in blocks(page, "sql")}
    counted = ("commenters", "years", "first-comment", "tags")
    assert [answers[name] for name in counted] == [given[number - 1] for number in (3, 5, 6, 9)]
    assert ["Bob", "6", "4"] in answers["commenters"]
    assert ["2015", "1", "3"] in answers["years"]
    assert ["The gate", "1"] in answers["first-comment"]
    assert ["gates", "1", "4"] in answers["tags"]


def test_the_read_only_connection_that_the_page_names_works(page: str, voices: Path) -> None:
    (uri,) = re.findall(r'sqlite3\.connect\("([^"]+)", uri=True\)', page)
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        assert connection.execute("SELECT count(*) FROM posts").fetchone() == (4,)


def test_datasette_has_them_as_pages(page: str, voices: Path, repo_root: Path) -> None:
    app = pytest.importorskip("datasette.app")
    committed = (repo_root / "docs" / "datasette.json").read_text(encoding="utf-8")
    assert committed == datasette_metadata(page), "write it anew with scripts/datasette_queries.py"
    datasette = app.Datasette([str(voices)], metadata=json.loads(committed))

    answers: list[int] = []

    async def ask() -> None:
        await datasette.invoke_startup()
        for name, _, expected in blocks(page, "sql"):
            answer = await datasette.client.get(f"/voices/{name}.json?_shape=arrays")
            assert answer.status_code == 200, answer.text
            assert shown(answer.json()["rows"]) == expected
        for field in ("thread-of-a-post.json?post_url=https://bread.example/rest", "full-text.json?words=storms"):
            answer = await datasette.client.get(f"/voices/{field}&_shape=arrays")
            assert answer.status_code == 200, answer.text
            answers.append(len(answer.json()["rows"]))
        front = await datasette.client.get("/voices/most-discussed")
        assert "Which posts were discussed most?" in front.text

    try:
        asyncio.run(ask())
        assert answers == [0, 1]
    finally:
        for database in datasette.databases.values():
            database.close()
