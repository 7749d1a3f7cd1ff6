"""Remedies carried out in the database: `mend`, inside the caller's transaction."""

from __future__ import annotations

import sqlite3

from scraper.model import RebuildIndex, RemoveRows
from scraper.store.lookup.fulltext import COLUMNS, rebuild_bigrams
from scraper.store.upkeep.integrity import EVIDENCE, SHADOWS, make_empty_index


def mend(connection: sqlite3.Connection, remedy: RebuildIndex | RemoveRows) -> None:
    """Makes an index anew, or takes out the rows of a table of evidence that refer to what is not there."""
    if isinstance(remedy, RebuildIndex):
        _rebuild(connection, remedy.index)
    elif remedy.table in EVIDENCE:
        _remove(connection, remedy.table)


def _rebuild(connection: sqlite3.Connection, index: str) -> None:
    for of_pairs in COLUMNS:
        if index == f"{of_pairs}_bigrams_fts":
            rebuild_bigrams(connection, of_pairs)
            return
    table = index.removesuffix("_fts")
    if table not in COLUMNS:
        connection.execute(f"REINDEX {index}")
        return
    try:
        connection.execute(f"SELECT 1 FROM main.{index} LIMIT 1")
    except sqlite3.DatabaseError:  # it cannot be opened, and so not be told to make itself anew
        make_empty_index(connection, table)
        for shadow in SHADOWS:
            connection.execute(f"DELETE FROM main.{index}_{shadow}")
            connection.execute(f"INSERT INTO main.{index}_{shadow} SELECT * FROM temp.{index}_{shadow}")
        connection.execute(f"DROP TABLE temp.{index}")
        connection.execute(f"DROP VIEW temp.{table}")
    connection.execute(f"INSERT INTO main.{index} ({index}) VALUES ('rebuild')")


def _remove(connection: sqlite3.Connection, table: str) -> None:
    references = 'SELECT "from", "table", coalesce("to", \'id\') FROM pragma_foreign_key_list(?)'
    for column, parent, key in connection.execute(references, (table,)).fetchall():
        connection.execute(f"DELETE FROM {table} WHERE {column} NOT IN (SELECT {key} FROM {parent})")
