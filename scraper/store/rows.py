"""How values lie in rows: columns, statements, and the way back from a row to a value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from scraper.store.planning.pages import PageValues
from scraper.store.planning.people import BioValues
from scraper.store.planning.times import Time
from scraper.store.planning.values import CommentValues, PostValues

Row = tuple[Any, ...]


def _paths(values: type) -> tuple[str, ...]:
    """Where each column's value is found; a Time takes five columns."""
    paths: list[str] = []
    for field in fields(values):
        name = field.name
        paths += [f"{name}.{part.name}" for part in fields(Time)] if name in ("published", "modified") else [name]
    return tuple(paths)


def _columns(values: type) -> tuple[str, ...]:
    """The columns' names: 'published.iso' lies in `published`, 'published.latest' in `published_latest`."""
    return tuple(path.removesuffix(".iso").replace(".", "_") for path in _paths(values))


def _row_of(values: type) -> Callable[[Any], Row]:
    return attrgetter(*_paths(values))


POST_COLUMNS = _columns(PostValues)
COMMENT_COLUMNS = _columns(CommentValues)
PAGE_COLUMNS = _columns(PageValues)
BIO_COLUMNS = _columns(BioValues)
CAPTURE_COLUMNS = (
    *("url", "fetched_at", "fetched_before", "status", "content_type", "payload_sha256", "payload_length"),
    *("record_id", "warc_file", "warc_offset", "warc_length", "origin"),
)
REVISION_COLUMNS = ("post_id", "comment_id", "person_id", "capture_id", "cause", "title", "text", "html", "text_sha256")

post_row = _row_of(PostValues)
comment_row = _row_of(CommentValues)
page_row = _row_of(PageValues)
bio_row = _row_of(BioValues)
revision_row = attrgetter(
    "post_id", "comment_id", "person_id", "capture_id", "cause", "title", "text", "html", "digest"
)

_POST_TIMES = POST_COLUMNS.index("published")
_COMMENT_TIME = COMMENT_COLUMNS.index("published")


def post_from_row(row: Sequence[Any]) -> PostValues:
    """The values of a row selected as POST_COLUMNS."""
    at = _POST_TIMES
    values: Row = (*row[:at], Time(*row[at : at + 5]), Time(*row[at + 5 : at + 10]), *row[at + 10 :])
    return PostValues(*values)


def comment_from_row(row: Sequence[Any]) -> CommentValues:
    """The values of a row selected as COMMENT_COLUMNS."""
    at = _COMMENT_TIME
    values: Row = (*row[:at], Time(*row[at : at + 5]), *row[at + 5 :])
    return CommentValues(*values)


def insert_sql(table: str, *columns: str, rows: int = 1) -> str:
    """INSERT of so many rows with these columns.

    >>> insert_sql("tags", "id", "name", rows=2)
    'INSERT INTO tags (id, name) VALUES (?, ?), (?, ?)'
    """
    row = f"({', '.join('?' * len(columns))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * rows)}"


def update_sql(table: str, *columns: str, key: str = "id") -> str:
    """UPDATE of these columns of the row with this key, which comes last.

    >>> update_sql("blogs", "name")
    'UPDATE blogs SET name = ? WHERE id = ?'
    """
    return f"UPDATE {table} SET {', '.join(f'{column} = ?' for column in columns)} WHERE {key} = ?"


def among(column: str) -> str:
    """The condition that a column's value is in a list given as one JSON parameter: one statement for any length.

    >>> among("id")
    'id IN (SELECT value FROM json_each(?))'
    """
    return f"{column} IN (SELECT value FROM json_each(?))"
