"""How results reach stdout: JSON, tables and lines, none of which can steer a terminal."""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

import click

from scraper.cli.columns import cut_addresses, fit_columns, is_squeezed, stacked
from scraper.text.prose import fold, printable

NARROWEST = 24  # characters of a column; text is not wrapped to less
GAP = 2  # between the columns of a table
# Valid inside JSON strings as they stand, but not harmless on a terminal: DEL, C1 controls, direction overrides, and
# lone surrogates, which have no UTF-8 form.
_UNSAFE = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

WITHHELD = {  # what a person is told of each reason
    "teaser": "the rest is behind a link",
    "paywall": "the page says that it is not free",
    "password": "the page asks for a password",
}


def as_json(value: Any) -> Any:
    """Our values as plain JSON values: dataclasses as objects (a time also with its `iso`), datetimes as ISO 8601."""
    if is_dataclass(value) and not isinstance(value, type):
        made = {each.name: as_json(getattr(value, each.name)) for each in fields(value)}
        if hasattr(value, "iso"):
            made["iso"] = value.iso
        return made
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [as_json(each) for each in value]
    if isinstance(value, dict):
        return {name: as_json(each) for name, each in value.items()}
    return value


def json_text(value: Any, indent: int | None = None) -> str:
    """The value as JSON that a terminal can show as it is."""
    text = json.dumps(as_json(value), ensure_ascii=False, indent=indent)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def print_json(value: Any) -> None:
    """Writes one JSON document: indented on a terminal, on one line elsewhere."""
    click.echo(json_text(value, indent=2 if sys.stdout.isatty() else None))


def print_text(text: str) -> None:
    """Writes text from the web, its control characters made visible; on a terminal, wrapped at its width."""
    text = printable(text)
    if sys.stdout.isatty():
        width = max(shutil.get_terminal_size().columns, NARROWEST)
        text = "\n".join(_wrapped(line, width) for line in text.split("\n"))
    click.echo(text)


def print_table(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Writes a table: drawn to fit on a terminal, tab-separated lines elsewhere. Cells are folded to one line.

    On a terminal too narrow for that, one line a cell. In a table addresses may be cut, elsewhere nothing is.
    """
    cells = ([printable(fold("" if cell is None else str(cell))) for cell in row] for row in rows)
    if not sys.stdout.isatty():
        for row in cells:
            click.echo("\t".join(row))
        return
    from rich.cells import cell_len

    table, screen = list(cells), shutil.get_terminal_size().columns
    widths = fit_columns([titles, *table], screen - GAP * (len(titles) - 1), cell_len)
    if widths is not None and not is_squeezed(table, widths, cell_len):
        _draw_table(titles, table, widths, screen)
        return
    for row in table:
        print_text("\n".join(stacked(titles, row)))


def _draw_table(titles: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int], screen: int) -> None:
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0))
    for title, width in zip(titles, widths, strict=True):
        table.add_column(title, overflow="fold", width=width)
    for row in rows:
        cells = zip(row, widths, strict=True)
        table.add_row(*(_unmarked(cut_addresses(cell, width, cell_len)) for cell, width in cells))
    Console(width=screen).print(table)


def span_text(seconds: float) -> str:
    """A length of time in the two units that matter.

    >>> span_text(0.4), span_text(59), span_text(125), span_text(7_300), span_text(200_000)
    ('0 s', '59 s', '2 min 5 s', '2 h 1 min', '2 d 7 h')
    """
    left = int(seconds)
    units = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))
    for at, (size, name) in enumerate(units):
        if left >= size:
            rest = left % size // units[at + 1][0] if size > 1 else 0
            return f"{left // size} {name}" + (f" {rest} {units[at + 1][1]}" if rest else "")
    return "0 s"


def _wrapped(line: str, width: int) -> str:
    if len(line) <= width:
        return line
    margin = line[: len(line) - len(line.lstrip(" "))]
    wrapper = textwrap.TextWrapper(
        max(width, len(margin) + NARROWEST),
        subsequent_indent=margin,
        expand_tabs=False,
        replace_whitespace=False,
        break_long_words=False,  # a URL stays one that can be clicked
        break_on_hyphens=False,
    )
    return "\n".join(wrapper.wrap(line))


def _unmarked(cell: str) -> Any:
    from rich.text import Text

    return Text(cell)  # not a str: rich would read square brackets in it as markup
