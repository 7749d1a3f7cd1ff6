"""`SegmentNames`: the segments as rows name them, each with its folder, as 'voices.warc/NAME'."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple

Opener = Callable[[], AbstractContextManager[sqlite3.Connection]]

_NAMING = {  # the tables whose rows name segments, and in which columns
    "captures": ("warc_file",),
    "segments_read": ("warc_file",),
    "records_to_clear": ("warc_file",),
    "segments_searched": ("warc_file",),
    "segment_swaps": ("warc_file", "replaced_by"),
}


class Extent(NamedTuple):
    """How many captures rows look for in a segment, and where the last record ends that has a row or had one."""

    captures: int
    end: int


@dataclass(frozen=True, slots=True)
class SegmentNames:
    """The segments that rows name."""

    _reading: Opener
    _transaction: Opener

    def inside(self, folder: str) -> dict[str, Extent]:
        """Those in the folder of this name."""
        return self._found(("{column} >= :from AND {column} < :to",), folder)

    def outside(self, folder: str) -> dict[str, Extent]:
        """Those in other folders, also where all captures went with their blog.

        They are two ranges of each index, in which nearly all archives have nothing; asked for with OR, all is read.
        """
        return self._found(("{column} < :from", "{column} >= :to"), folder)

    def records_in(self, name: str) -> list[tuple[int, str]]:
        """The offsets and ids of the records that rows look for in the segment, in their order."""
        sql = "SELECT warc_offset, record_id FROM captures WHERE warc_file = ? ORDER BY warc_offset"
        with self._reading() as connection:
            return connection.execute(sql, (name,)).fetchall()

    def beginning_with(self, begin: str) -> list[str]:
        """Those in which rows look for captures and whose names begin so."""
        sql = "SELECT DISTINCT warc_file FROM captures WHERE warc_file >= ? AND warc_file < ? ORDER BY warc_file"
        with self._reading() as connection:
            return [name for (name,) in connection.execute(sql, (begin, f"{begin}\x7f"))]

    def change(self, names: Mapping[str, str]) -> None:
        """Lets all rows name these segments otherwise. The caller holds the writer lock."""
        with self._transaction() as connection:
            for name, new in names.items():
                for table, columns in _NAMING.items():
                    for column in columns:
                        sql = f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {column} = ?"
                        connection.execute(sql, (new, name))

    def _found(self, ranges: Sequence[str], folder: str) -> dict[str, Extent]:
        bounds = {"from": f"{folder}/", "to": f"{folder}0"}  # '0' is what follows '/'
        parts = (
            f"SELECT {column} AS name, {_EXTENTS.get(table, '0, 0')} FROM {table}"
            f" WHERE {each.format(column=column)} GROUP BY {column}"
            for table, columns in _NAMING.items()
            for column in columns
            for each in ranges
        )
        sql = f"SELECT name, sum(captures), max(ends_at) FROM ({' UNION ALL '.join(parts)}) GROUP BY name ORDER BY name"
        with self._reading() as connection:
            return {name: Extent(*extent) for name, *extent in connection.execute(sql, bounds)}


_EXTENTS = {
    "captures": "count(*) AS captures, max(warc_offset + warc_length) AS ends_at",
    "segments_read": "0, max(read_to)",
}
