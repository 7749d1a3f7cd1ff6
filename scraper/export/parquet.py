"""`write_parquet`: posts.parquet, comments.parquet and people.parquet, written in groups of rows."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from scraper.export.selection import Selection
from scraper.export.tables import Column, fill_tables, values

GROUP_ROWS = 10_000
GROUP_CHARACTERS = 8_000_000  # so that a group of long posts takes no more memory than one of short comments
TYPES = {"text": pa.string(), "whole": pa.int64(), "truth": pa.bool_(), "texts": pa.list_(pa.string())}


def write_parquet(selection: Selection, folder: Path) -> int:
    """The number of posts. Values are as in the archive; times are ISO 8601 text, for their precision differs."""
    return fill_tables(selection, lambda name, columns: _Table(folder / f"{name}.parquet", columns))


class _Table:
    """One file. A group of rows is written when it is full, and the last one at the end."""

    def __init__(self, path: Path, columns: tuple[Column, ...]) -> None:
        self._columns = columns
        self._schema = pa.schema([(column.name, TYPES[column.kind]) for column in columns])
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[list[Any]] = []
        self._characters = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self._flush()
        self._writer.close()

    def add(self, row: Any) -> None:
        found = values(self._columns, row)
        self._rows.append(found)
        self._characters += sum(len(value) for value in found if isinstance(value, str))
        if len(self._rows) >= GROUP_ROWS or self._characters >= GROUP_CHARACTERS:
            self._flush()

    def _flush(self) -> None:
        if not self._rows:
            return
        columns = zip(*self._rows, strict=True)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, self._schema, strict=True)]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows, self._characters = [], 0
