"""The queries of docs/queries.md answer as the page says, in SQL, pandas, DuckDB and Datasette."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scraper.store.connection import open_for_reading
from scripts.datasette_queries import datasette_metadata

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


def test_there_are_ten(page: str) -> None:
    assert len(list(blocks(page, "sql"))) == 10
    assert len(re.findall(r"^answer = ", page, re.M)) >= 10
    assert page.count("duckdb.sql(") >= 3


def test_sql_answers_as_the_page_says(page: str, voices: Path) -> None:
    with closing(open_for_reading(voices)) as connection:
        for _, sql, expected in blocks(page, "sql"):
            assert shown(connection.execute(sql)) == expected != []


def test_pandas_and_duckdb_answer_the_same(page: str, voices: Path) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("duckdb")
    names: dict[str, Any] = {}
    answered = 0
    for _, code, expected in blocks(page, "python"):
        names.pop("answer", None)
        exec(compile(code, "queries.md", "exec"), names)
        if "answer" in names:
            answered += 1
            assert shown(names["answer"].astype(object).to_numpy().tolist()) == expected
    assert answered == 10


def test_the_read_only_connection_that_the_page_names_works(page: str, voices: Path) -> None:
    (uri,) = re.findall(r'sqlite3\.connect\("([^"]+)", uri=True\)', page)
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        assert connection.execute("SELECT count(*) FROM posts").fetchone() == (4,)


def test_datasette_has_them_as_pages(page: str, voices: Path, repo_root: Path) -> None:
    app = pytest.importorskip("datasette.app")
    committed = (repo_root / "docs" / "datasette.json").read_text(encoding="utf-8")
    assert committed == datasette_metadata(page), "write it anew with scripts/datasette_queries.py"
    datasette = app.Datasette([str(voices)], metadata=json.loads(committed))

    async def ask() -> None:
        await datasette.invoke_startup()
        for name, _, expected in blocks(page, "sql"):
            answer = await datasette.client.get(f"/voices/{name}.json?_shape=arrays")
            assert answer.status_code == 200, answer.text
            assert shown(answer.json()["rows"]) == expected
        front = await datasette.client.get("/voices/most-discussed")
        assert "Which posts were discussed most?" in front.text

    try:
        asyncio.run(ask())
    finally:
        for database in datasette.databases.values():
            database.close()
