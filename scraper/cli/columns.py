"""How a table fits on a terminal: `fit_columns` gives the widths of its columns, `stacked` is a row without room."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

LONGEST_WORD = 24  # cells of the screen; longer words are addresses, which may be folded


def fit_columns(
    lines: Sequence[Sequence[str]], room: int, size_of: Callable[[str], int] = len
) -> tuple[int, ...] | None:
    """The width of each column so that no word is broken; None where there is no such table in so much room.

    What is left over goes first to the columns that lack least: each may have half of it, and the last one the rest.

    :param lines: the titles and the rows, each with as many cells.
    :param size_of: how many cells of the screen a text takes.

    >>> fit_columns([("id", "title"), ("1", "Of bread and of beans")], 20), fit_columns([("id", "title")], 6)
    ((2, 18), None)
    """
    columns = tuple(zip(*lines, strict=True))
    wanted = [max(map(size_of, cells)) for cells in columns]
    widths = [
        min(LONGEST_WORD, max(size_of(word) for cell in cells for word in (cell.split() or [""]))) for cells in columns
    ]
    left = room - sum(widths)
    if left < 0:
        return None
    lacking = sorted(range(len(columns)), key=lambda place: wanted[place] - widths[place])
    for place in lacking:
        more = min(wanted[place] - widths[place], left if place == lacking[-1] else left // 2)
        widths[place] += more
        left -= more
    return tuple(widths)


def stacked(titles: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    """A row as lines, one for each cell that says something, the first of them at the margin.

    >>> list(stacked(("id", "author", ""), ("7", "", "held")))
    ['id: 7', '  held']
    """
    said = (f"{title}: {cell}" if title else cell for title, cell in zip(titles, row, strict=True) if cell)
    yield from (f"  {line}" if place else line for place, line in enumerate(said))
