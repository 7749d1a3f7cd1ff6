"""How a table fits on a terminal: `fit_columns` gives the widths of its columns, `stacked` is a row without room.

A table with rows that are taller than that is squeezed: `is_squeezed`. An address stays on one line: `cut_addresses`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, takewhile

LONGEST_WORD = 24  # cells of the screen; longer words are mostly addresses, which may be cut
TALLEST = 3  # lines of a row
ADDRESS = "://"


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


def is_squeezed(rows: Sequence[Sequence[str]], widths: Sequence[int], size_of: Callable[[str], int] = len) -> bool:
    """Whether most rows take more lines than a person reads across.

    >>> is_squeezed([("7", "one two three four")], (2, 5)), is_squeezed([("7", "one two three four")], (2, 9))
    (True, False)
    """
    tall = sum(any(_height(*each, size_of) > TALLEST for each in zip(row, widths, strict=True)) for row in rows)
    return 2 * tall > len(rows)


def cut_addresses(cell: str, width: int, size_of: Callable[[str], int] = len) -> str:
    """The cell with addresses that are wider than its column cut in the middle: both of their ends tell.

    >>> cut_addresses("see https://blog.example/2012/05/slow-bread", 20)
    'see https://b…slow-bread'
    """
    if ADDRESS not in cell:
        return cell
    return " ".join(
        _cut(word, width, size_of) if ADDRESS in word and size_of(word) > width else word for word in cell.split(" ")
    )


def _cut(word: str, width: int, size_of: Callable[[str], int]) -> str:
    end = _beginning(word[::-1], width // 2, size_of)[::-1]
    return f"{_beginning(word, (width - 1) // 2, size_of)}…{end}"


def _beginning(word: str, width: int, size_of: Callable[[str], int]) -> str:
    """As much of the word as has room: a character may take two cells, or none."""
    sizes = accumulate(map(size_of, word))
    return "".join(each for each, _ in zip(word, takewhile(lambda size: size <= width, sizes), strict=False))


def _height(cell: str, width: int, size_of: Callable[[str], int]) -> int:
    """How many lines the words of a cell take, an address never more than one."""
    lines, left = 1, width
    for word in cell.split():
        size = min(size_of(word), width) if ADDRESS in word else size_of(word)
        if size > left and left < width:
            lines, left = lines + 1, width
        while size > left:
            size, lines, left = size - left, lines + 1, width
        left -= size + 1
    return lines


def stacked(titles: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    """A row as lines, one for each cell that says something, the first of them at the margin.

    >>> list(stacked(("id", "author", ""), ("7", "", "held")))
    ['id: 7', '  held']
    """
    said = (f"{title}: {cell}" if title else cell for title, cell in zip(titles, row, strict=True) if cell)
    yield from (f"  {line}" if place else line for place, line in enumerate(said))
