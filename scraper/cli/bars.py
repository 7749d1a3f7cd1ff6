"""Small bar charts of characters: `bar_chart`, and months put together until they fit: `in_columns`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_STEPS = ((1, "month"), (3, "quarter"), (12, "year"), (120, "decade"))  # in months


def in_columns(numbers: dict[str, int], width: int) -> tuple[str, list[str], list[int]]:
    """Numbers by month ('2012-05') as at most `width` columns, none left out between the first and the last.

    :returns: what a column is, the label of each, and its number.

    >>> in_columns({"2012-01": 2, "2012-03": 1}, 10)
    ('month', ['2012-01', '2012-02', '2012-03'], [2, 0, 1])
    >>> in_columns({"2011-12": 2, "2012-12": 1}, 10)
    ('quarter', ['2011-10', '2012-01', '2012-04', '2012-07', '2012-10'], [2, 0, 0, 0, 1])
    >>> in_columns({"2001-12": 2, "2002-12": 1}, 2), in_columns({"1999-12": 2, "2012-12": 1}, 2)
    (('year', ['2001', '2002'], [2, 1]), ('decade', ['1990s', '2000s', '2010s'], [2, 0, 1]))
    """
    if not numbers:
        return "month", [], []
    counted = {int(month[:4]) * 12 + int(month[5:7]) - 1: number for month, number in numbers.items()}
    first, last = min(counted), max(counted)
    step, name = next((each for each in _STEPS if last // each[0] - first // each[0] < width), _STEPS[-1])
    columns = [0] * (last // step - first // step + 1)
    for month, number in counted.items():
        columns[month // step - first // step] += number
    return name, [_label(name, at * step) for at in range(first // step, last // step + 1)], columns


def _label(name: str, start: int) -> str:
    """What a column is called that begins with this month: a year, a decade, or the month."""
    year, month = f"{start // 12:04}", f"{start % 12 + 1:02}"
    return {"year": year, "decade": f"{year}s"}.get(name, f"{year}-{month}")


def bar_chart(numbers: Sequence[int], height: int = 3) -> Iterable[str]:
    """The lines of a chart with a column for each number; one that is not 0 always shows.

    >>> list(bar_chart([0, 1, 8, 16], 2))
    ['   █', ' ▁██']
    """
    most = max(numbers, default=0) or 1
    heights = [max(1, number * height * 8 // most) if number else 0 for number in numbers]
    for row in reversed(range(height)):
        yield "".join(_EIGHTHS[min(8, max(0, each - row * 8))] for each in heights)
