"""docs/schema.svg: the tables as boxes in columns, with a line from each reference to the table that it leads to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from scraper.store.schema import migrate

COLUMNS = (  # what belongs together, so that most lines are short; tables that stand nowhere here come last
    ("Who writes", "people bios person_sightings post_people"),
    ("What is written", "blogs posts post_parts post_tags tags post_media media links revisions"),
    ("What is answered", "comments comment_sightings absences post_sightings revisions"),
    ("What was fetched", "captures pages page_losses removals claims segments_read"),
    ("How it is crawled", "crawls frontier listings hosts robots"),
    ("How it is read", "profiles profile_selectors profile_blocks recipes reparses reparse_queue reparse_changes"),
    ("What was done", "runs run_events"),
)
WIDTH, GAP, ROW, HEAD, SPACE, TOP, MARGIN = 190, 70, 17, 24, 22, 64, 40
COLOURS = ("#b4540a", "#1f6f4a", "#8a3ffc", "#1f5fbf", "#a3195b", "#5b6b00", "#606060")


@dataclass(frozen=True, slots=True)
class _Box:
    """One table: its place, and for each reference the column's name and the table it leads to."""

    name: str
    column: int
    left: int
    top: int
    references: tuple[tuple[str, str], ...]
    others: int  # columns that refer to nothing

    @property
    def height(self) -> int:
        return HEAD + ROW * (len(self.references) + (self.others > 0)) + 6

    @property
    def colour(self) -> str:
        return COLOURS[self.column % len(COLOURS)]


def schema_picture() -> str:
    """The text of docs/schema.svg, for a new archive."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection)
        boxes = {box.name: box for box in _boxes(connection)}
    finally:
        connection.close()
    width = max(box.left for box in boxes.values()) + WIDTH + MARGIN
    height = max(box.top + box.height for box in boxes.values()) + MARGIN
    titles = (_title(at, _left(at)) for at in sorted({box.column for box in boxes.values()}))
    lines = (line for box in boxes.values() for line in _lines(box, boxes))
    drawn = "\n".join((*titles, *lines, *map(_drawn, boxes.values())))
    return _PICTURE.format(width=width, height=height, drawn=drawn)


def _boxes(connection: sqlite3.Connection) -> Iterator[_Box]:
    names = [name for (name,) in connection.execute(_TABLES)]
    placed = {name for _, listed in COLUMNS for name in listed.split()}
    columns = [[name for name in listed.split() if name in names] for _, listed in COLUMNS]
    columns[-1] += [name for name in names if name not in placed]
    for at, listed in enumerate(columns):
        top = TOP
        for name in listed:
            keys = dict(connection.execute('SELECT "from", "table" FROM pragma_foreign_key_list(?)', (name,)))
            (count,) = connection.execute("SELECT count(*) FROM pragma_table_info(?)", (name,)).fetchone()
            box = _Box(name, at, _left(at), top, tuple(sorted(keys.items())), count - len(keys))
            yield box
            top += box.height + SPACE


_TABLES = """
SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%\\_fts%' ESCAPE '\\'
ORDER BY name"""


def _left(column: int) -> int:
    return MARGIN + column * (WIDTH + GAP)


def _title(column: int, left: int) -> str:
    return f'<text class="group" x="{left}" y="44">{escape(COLUMNS[column][0])}</text>'


def _drawn(box: _Box) -> str:
    rows = [name for name, _ in box.references]
    if not rows:
        rows.append(f"{box.others} columns")
    elif box.others:
        rows.append(f"and {box.others} other{'' if box.others == 1 else 's'}")
    texts = "".join(
        f'<text class="{"key" if at < len(box.references) else "rest"}" x="{box.left + 10}"'
        f' y="{box.top + HEAD + ROW * at + 15}">{escape(row)}</text>'
        for at, row in enumerate(rows)
    )
    return (
        f'<g><rect class="box" x="{box.left}" y="{box.top}" width="{WIDTH}" height="{box.height}" rx="5"'
        f' stroke="{box.colour}"/><path d="M{box.left} {box.top + HEAD}h{WIDTH}" stroke="{box.colour}"/>'
        f'<text class="name" x="{box.left + 10}" y="{box.top + 17}">{escape(box.name)}</text>{texts}</g>'
    )


def _lines(box: _Box, boxes: dict[str, _Box]) -> Iterator[str]:
    """From each reference's row to the head of the table that it leads to, in that table's colour."""
    for at, (_, name) in enumerate(box.references):
        target = boxes[name]
        y, end = box.top + HEAD + ROW * at + 11, target.top + HEAD // 2
        if target.column == box.column:  # out to the left and back
            start = stop = box.left
            bend = (start - GAP // 2, stop - GAP // 2)
        else:
            is_right = target.column > box.column
            start, stop = (box.left + WIDTH, target.left) if is_right else (box.left, target.left + WIDTH)
            reach = GAP if is_right else -GAP
            bend = (start + reach, stop - reach)
        path = f"M{start} {y}C{bend[0]} {y} {bend[1]} {end} {stop} {end}"
        yield (
            f'<path class="line" d="{path}" stroke="{target.colour}"/>'
            f'<circle cx="{stop}" cy="{end}" r="3" fill="{target.colour}"/>'
        )


_PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" \
role="img" aria-labelledby="title">
<title id="title">The tables of an archive, and which refers to which</title>
<style>
text {{ font: 12px ui-monospace, Menlo, Consolas, monospace; fill: #222 }}
.name {{ font-weight: bold; font-size: 13px }}
.group {{ font: bold 16px system-ui, sans-serif }}
.rest {{ fill: #767676 }}
.page {{ fill: #fff }}
.box {{ fill: #fff }}
.line {{ fill: none; stroke-width: 1.4; opacity: .65 }}
@media (prefers-color-scheme: dark) {{
  text {{ fill: #eee }} .rest {{ fill: #aaa }} .page, .box {{ fill: #15181c }}
}}
</style>
<rect class="page" width="{width}" height="{height}"/>
{drawn}
</svg>
"""
