"""Which stored comment each comment answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from scraper.store.planning.values import CommentValues


def reference_index(comments: Iterable[tuple[int, CommentValues]]) -> dict[str, int]:
    """Row ids by all that a page may call a comment: platform id, else permalink or the permalink's fragment.

    What names several comments names none: in some templates all have the permalink of the thread.
    """
    by_id: dict[str, set[int]] = defaultdict(set)
    by_permalink: dict[str, set[int]] = defaultdict(set)
    for row_id, values in comments:
        if values.platform_id:
            by_id[values.platform_id].add(row_id)
        if values.permalink:
            by_permalink[values.permalink].add(row_id)
            if fragment := values.permalink.partition("#")[2]:
                by_permalink[fragment].add(row_id)
    return {name: min(rows) for name, rows in (by_permalink | by_id).items() if len(rows) == 1}


def refine_parents(wanted: dict[int, int | None], others: Mapping[int, Iterable[int]]) -> None:
    """Puts another parent in a wanted one's place where that is among the answers to the wanted one.

    A theme nests to some depth only and shows below the last what answers deeper; feeds and interfaces tell more
    exactly, and so do pages of a time when it nested deeper.
    """
    shown = dict(wanted)
    for child, candidates in others.items():
        for other in candidates:
            parent = wanted[child]
            if parent is not None and other not in (child, parent) and _leads_to(parent, other, shown):
                wanted[child] = other


def settle_parents(stored: Mapping[int, int | None], wanted: Mapping[int, int | None]) -> dict[int, int | None]:
    """The parents by comment, as wanted, but for those that would make a comment answer itself in a circle.

    `stored` are the present parents of the comments that are not new. A refused parent is None, and is refused again
    next time: the parents that closed the circle to it are kept.
    """
    if all(parent is None or parent < child for child, parent in wanted.items()):
        return dict(wanted)  # every answer came after what it answers: no circle
    settled = {child: parent for child, parent in wanted.items() if stored.get(child) == parent}
    for child, parent in wanted.items():
        if child not in settled:
            settled[child] = None if _leads_to(child, parent, settled) else parent
    return settled


def _leads_to(child: int, parent: int | None, settled: Mapping[int, int | None]) -> bool:
    seen = 0
    while parent is not None and seen <= len(settled):  # what is wanted may be a circle
        if parent == child:
            return True
        parent = settled.get(parent)
        seen += 1
    return False
