"""`SegmentNames`: the segments as rows name them, each with its folder, as 'voices.warc/NAME'."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

Opener = Callable[[], AbstractContextManager[sqlite3.Connection]]

_NAMING = {  # the tables whose rows name segments, and in which columns
    "captures": ("warc_file",),
    "segments_read": ("warc_file",),
    "records_to_clear": ("warc_file",),
    "segments_searched": ("warc_file",),
    "segment_swaps": ("warc_file", "replaced_by"),
}


@dataclass(frozen=True, slots=True)
class SegmentNames:
    """The segments in which rows look for captures."""

    _reading: Opener
    _transaction: Opener

    def inside(self, folder: str) -> dict[str, int]:
        """Those in the folder of this name, with how many captures they have."""
        return self._counted(f"{_COUNTED} WHERE warc_file >= :from AND warc_file < :to {_BY_NAME}", folder)

    def outside(self, folder: str) -> dict[str, int]:
        """Those in other folders: two ranges of the index, which nearly all archives have nothing in."""
        return self._counted(f"{_COUNTED} WHERE warc_file < :from OR warc_file >= :to {_BY_NAME}", folder)

    def change(self, names: Mapping[str, str]) -> None:
        """Lets all rows name these segments otherwise. The caller holds the writer lock."""
        with self._transaction() as connection:
            for name, new in names.items():
                for table, columns in _NAMING.items():
                    for column in columns:
                        sql = f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {column} = ?"
                        connection.execute(sql, (new, name))

    def _counted(self, sql: str, folder: str) -> dict[str, int]:
        bounds = {"from": f"{folder}/", "to": f"{folder}0"}  # '0' is what follows '/'
        with self._reading() as connection:
            return dict(connection.execute(sql, bounds).fetchall())


_COUNTED = "SELECT warc_file, count(*) FROM captures"
_BY_NAME = "GROUP BY warc_file ORDER BY warc_file"
