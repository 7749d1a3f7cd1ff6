"""Long lists in pages: `Pager`."""

from __future__ import annotations

from dataclasses import dataclass

AROUND = 2  # neighbours of the current page that are named


@dataclass(frozen=True, slots=True)
class Pager:
    """Page `number` (from 1) of `total` things, `size` on each; a number too high is the last page.

    >>> pager = Pager.of(97, total=1_000, size=10)
    >>> pager.offset, pager.last, pager.shown
    (960, 100, (1, None, 95, 96, 97, 98, 99, 100))
    """

    number: int
    total: int
    size: int

    @classmethod
    def of(cls, number: int, total: int, size: int) -> Pager:
        last = max(1, -(-total // size))
        return cls(min(max(1, number), last), total, size)

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def first_shown(self) -> int:
        """The number of the first thing on this page, from 1; 0 where there is nothing."""
        return min(self.offset + 1, self.total)

    @property
    def last_shown(self) -> int:
        return min(self.offset + self.size, self.total)

    @property
    def shown(self) -> tuple[int | None, ...]:
        """The numbers that links are made of; None where some are left out."""
        wanted = {1, self.last, *range(self.number - AROUND, self.number + AROUND + 1)}
        numbers: list[int | None] = []
        for number in sorted(each for each in wanted if 1 <= each <= self.last):
            before = numbers[-1] if numbers else 0
            if before is not None and number - before > 1:
                numbers.append(None if number - before > 2 else number - 1)
            numbers.append(number)
        return tuple(numbers)
