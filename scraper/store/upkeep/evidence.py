"""Removals and claims of each page's newest capture: why the page was read as it was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain

from scraper.model import Page
from scraper.store.rows import Row, among, insert_sql

_REMOVALS = ("step", "kind", "rule", "place", "characters", "excerpt")
_CLAIMS = ("field", "value", "source", "place", "accepted")
_TOGETHER = 32  # rows in a statement: pages have sixty of both, which cost a quarter less than one by one


def write_evidence(
    connection: sqlite3.Connection, pages: Mapping[int, Page], stored: Collection[int], outdated: Collection[int]
) -> None:
    """Writes what speaks for each reading, given as page by capture id.

    `stored` are those of these captures that may have evidence from an earlier reading; it is only touched where it
    differs. That of `outdated` captures goes.
    """
    removals = {capture_id: list(_removal_rows(capture_id, page)) for capture_id, page in pages.items()}
    claims = {capture_id: list(_claim_rows(capture_id, page)) for capture_id, page in pages.items()}
    _write(connection, "removals", _REMOVALS, removals, stored, outdated)
    _write(connection, "claims", _CLAIMS, claims, stored, outdated)


def _write(
    connection: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    rows: dict[int, list[Row]],
    stored: Collection[int],
    outdated: Collection[int],
) -> None:
    names = ("capture_id", "position", *columns)
    gone = list(outdated)
    for capture_id in stored:
        sql = f"SELECT {', '.join(names)} FROM {table} WHERE capture_id = ? ORDER BY position"
        if connection.execute(sql, (capture_id,)).fetchall() == rows[capture_id]:
            del rows[capture_id]
        else:
            gone.append(capture_id)
    if gone:
        connection.execute(f"DELETE FROM {table} WHERE {among('capture_id')}", (json.dumps(gone),))
    _insert(connection, table, names, [row for part in rows.values() for row in part])


def _insert(connection: sqlite3.Connection, table: str, names: Sequence[str], rows: Sequence[Row]) -> None:
    whole = len(rows) - len(rows) % _TOGETHER
    groups = (rows[at : at + _TOGETHER] for at in range(0, whole, _TOGETHER))
    connection.executemany(insert_sql(table, *names, rows=_TOGETHER), (list(chain(*group)) for group in groups))
    connection.executemany(insert_sql(table, *names), rows[whole:])


def _removal_rows(capture_id: int, page: Page) -> Iterator[Row]:
    for position, each in enumerate(page.removals):
        yield (capture_id, position, each.step, each.kind, each.rule, each.where, each.characters, each.excerpt)


def _claim_rows(capture_id: int, page: Page) -> Iterator[Row]:
    for position, each in enumerate(page.claims):
        yield (capture_id, position, each.field, each.value, each.source, each.where, int(each.accepted))
