"""The full-text indexes of posts and comments: `Indexes` keeps them in step with rows that change.

Each table has two. `*_fts` holds its words, and reads them from the table itself. `*_bigrams_fts` holds the pairs of
neighbouring characters of those rows alone that have text in scripts without spaces, and keeps no copy of them.
Both have to be told the old words before they are gone from the table, and the new ones afterwards.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from itertools import zip_longest
from typing import Literal

from scraper.store.rows import Row, among
from scraper.text.bigrams import bigrams

Indexed = Literal["posts", "comments"]
COLUMNS: dict[Indexed, tuple[str, ...]] = {"posts": ("title", "text"), "comments": ("author", "subject", "text")}


def add_words(connection: sqlite3.Connection, table: Indexed, ids: Collection[int]) -> None:
    """Puts the rows, which are new to them, into both indexes."""
    if not ids:
        return
    names, chosen = ", ".join(COLUMNS[table]), json.dumps(sorted(ids))
    select = f"SELECT id, {names} FROM {table} WHERE {among('id')} ORDER BY id"
    connection.execute(f"INSERT INTO {table}_fts (rowid, {names}) {select}", (chosen,))
    _write_bigrams(connection, table, connection.execute(select, (chosen,)))


def drop_words(connection: sqlite3.Connection, table: Indexed, ids: Collection[int]) -> None:
    """Takes the rows, as they still are in the table, out of both indexes."""
    if not ids:
        return
    names, chosen = ", ".join(COLUMNS[table]), json.dumps(sorted(ids))
    where = f"FROM {table} WHERE {among('id')}"
    into = f"{table}_fts ({table}_fts, rowid, {names})"
    connection.execute(f"INSERT INTO {into} SELECT 'delete', id, {names} {where}", (chosen,))
    rows = connection.execute(f"SELECT id, {names} {where}", (chosen,))
    _write_bigrams(connection, table, rows, is_removal=True)


class Indexes:
    """A context in which rows of a table change; at its end its indexes have followed."""

    def __init__(
        self, connection: sqlite3.Connection, table: Indexed, new: Collection[int], changed: Collection[int]
    ) -> None:
        self._connection = connection
        self._table: Indexed = table
        self._new = new
        self._changed = changed

    def __enter__(self) -> None:
        drop_words(self._connection, self._table, self._changed)

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        if error is None:
            add_words(self._connection, self._table, (*self._new, *self._changed))


def rebuild_bigrams(connection: sqlite3.Connection, table: Indexed) -> None:
    """Makes the index of the pairs anew from all rows."""
    index = f"{table}_bigrams_fts"
    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    names = ", ".join(COLUMNS[table])
    _write_bigrams(connection, table, connection.execute(f"SELECT id, {names} FROM {table} ORDER BY id"))


def rebuild_all(connection: sqlite3.Connection) -> None:
    """Makes all full-text indexes anew, so that no word stays that no row has."""
    for table in COLUMNS:
        connection.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")
        rebuild_bigrams(connection, table)


def bigrams_in_step(connection: sqlite3.Connection, table: Indexed) -> bool:
    """Whether the index of the pairs holds the rows that it should, and no others."""
    names = ", ".join(COLUMNS[table])
    should = (row_id for row_id, *_ in _paired(connection.execute(f"SELECT id, {names} FROM {table} ORDER BY id")))
    held = connection.execute(f"SELECT id FROM {table}_bigrams_fts_docsize ORDER BY id")
    return all(one == other for one, other in zip_longest(should, (row_id for (row_id,) in held)))


def _write_bigrams(
    connection: sqlite3.Connection, table: Indexed, rows: Iterator[Row], *, is_removal: bool = False
) -> None:
    names = COLUMNS[table]
    index = f"{table}_bigrams_fts"
    told, first = (f"{index}, ", "'delete', ") if is_removal else ("", "")
    marks = ", ".join("?" * (len(names) + 1))
    connection.executemany(
        f"INSERT INTO {index} ({told}rowid, {', '.join(names)}) VALUES ({first}{marks})", _paired(rows)
    )


def _paired(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows that have pairs, with these in place of their texts."""
    for row_id, *texts in rows:
        pairs = [bigrams(text) for text in texts]
        if any(pairs):
            yield (row_id, *pairs)
