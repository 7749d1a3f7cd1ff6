"""A thread as a tree, in pages: `thread_page`. Pure, and fit for threads of any length and depth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

SIZE = 200  # comments on a page
DEEPEST = 7  # steps that answers are set in; those below stand side by side, and say whom they answer


@dataclass(frozen=True, slots=True)
class Branch:
    """A comment with the answers to it that are on the same page."""

    comment_id: int
    answers_to: int | None  # said where the answered comment is not the one right above
    answers: tuple[Branch, ...]

    @property
    def size(self) -> int:
        """How many comments stand below it here."""
        return sum(1 + each.size for each in self.answers)


@dataclass(frozen=True, slots=True)
class Place:
    """A comment in the order of reading: each answer below what it answers."""

    comment_id: int
    parent_id: int | None
    depth: int


def reading_order(branches: Iterable[tuple[int, int | None]]) -> list[Place]:
    """All comments in the order of reading, from (id, parent's id) in the order of the pages.

    No comment is lost: a parent that is not there, or that is itself below its answer, counts as none.

    >>> [(place.comment_id, place.depth) for place in reading_order([(1, None), (2, None), (3, 1), (4, 9)])]
    [(1, 0), (3, 1), (2, 0), (4, 0)]
    """
    pairs = list(branches)
    there = {key for key, _ in pairs}
    below: dict[int | None, list[int]] = {}
    for key, parent in pairs:
        below.setdefault(parent if parent in there and parent != key else None, []).append(key)
    places: list[Place] = []
    seen: set[int] = set()
    for key in (
        *below.get(None, ()),
        *(key for key, _ in pairs),
    ):  # the second round finds what answers itself in a ring
        stack: list[tuple[int, int | None, int]] = [(key, None, 0)]
        while stack:
            each, parent, depth = stack.pop()
            if each in seen:
                continue
            seen.add(each)
            places.append(Place(each, parent, depth))
            stack += [(answer, each, depth + 1) for answer in reversed(below.get(each, ()))]
    return places


def page_of(places: Sequence[Place], comment_id: int, size: int = SIZE) -> int:
    """The number of the page that a comment is on, from 1."""
    at = next((at for at, place in enumerate(places) if place.comment_id == comment_id), 0)
    return at // size + 1


def thread_page(places: Sequence[Place], number: int, size: int = SIZE) -> tuple[Branch, ...]:
    """The comments of one page as trees. What answers a comment of an earlier page begins a tree of its own."""
    shown = places[(number - 1) * size : number * size]
    depths: dict[int, int] = {}  # as set in on this page
    above: dict[int, int] = {}  # below which comment each stands here
    for place in shown:
        inside = place.parent_id in depths and place.parent_id is not None
        parent = place.parent_id if inside else None
        while parent is not None and depths[parent] >= DEEPEST:
            parent = above.get(parent)
        depths[place.comment_id] = 0 if parent is None else depths[parent] + 1
        if parent is not None:
            above[place.comment_id] = parent
    below: dict[int | None, list[Place]] = {}
    for place in shown:
        below.setdefault(above.get(place.comment_id), []).append(place)
    return tuple(_grown(below, None, above))


def ids_of(branches: Iterable[Branch]) -> Iterator[int]:
    """The ids of all comments of the trees, and of those that they say they answer."""
    for branch in branches:
        yield branch.comment_id
        if branch.answers_to is not None:
            yield branch.answers_to
        yield from ids_of(branch.answers)


def _grown(below: dict[int | None, list[Place]], key: int | None, above: dict[int, int]) -> Iterator[Branch]:
    for place in below.get(key, ()):
        said = place.parent_id if place.parent_id != above.get(place.comment_id) else None
        yield Branch(place.comment_id, said, tuple(_grown(below, place.comment_id, above)))
