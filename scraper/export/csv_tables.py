"""`write_csv`: posts.csv, comments.csv and people.csv, which a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, Self

from scraper.export.plain import plain
from scraper.export.selection import Selection
from scraper.export.tables import Column, fill_tables, values

# What a spreadsheet takes for the begin of a formula, also after white space that it drops.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
BETWEEN = "; "  # the texts of a list


def write_csv(selection: Selection, folder: Path) -> int:
    """The number of posts. UTF-8 with a mark that spreadsheets look for; without the HTML, which the text is of."""
    return fill_tables(selection, lambda name, columns: _Table(folder / f"{name}.csv", columns))


def cell(value: Any) -> Any:
    """The value as a spreadsheet may have it: text that looks like a formula begins with an apostrophe.

    >>> cell("=1+1"), cell(" @x"), cell(("a", "b")), cell(None), cell(-3), cell(True)
    ("'=1+1", "' @x", 'a; b', None, -3, 1)
    """
    if isinstance(value, (tuple, list)):
        value = BETWEEN.join(value)
    if isinstance(value, bool):
        return int(value)
    if not isinstance(value, str):
        return value
    text = plain(value)
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text


class _Table:
    """One file; every text in it is quoted, so that none of another separator's readers sees two cells in one."""

    def __init__(self, path: Path, columns: tuple[Column, ...]) -> None:
        self._columns = tuple(column for column in columns if column.name != "html")
        self._file = path.open("x", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, quoting=csv.QUOTE_NONNUMERIC)
        self._writer.writerow(column.name for column in self._columns)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def add(self, row: Any) -> None:
        self._writer.writerow(cell(value) for value in values(self._columns, row))
