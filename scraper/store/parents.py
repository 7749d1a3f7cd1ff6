"""Which stored comment each comment answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scraper.store.values import CommentValues


def reference_index(comments: Iterable[tuple[int, CommentValues]]) -> dict[str, int]:
    """Row ids by all that a page may call a comment: platform id, permalink, the permalink's fragment."""
    index: dict[str, int] = {}
    for row_id, values in comments:
        if values.platform_id:
            index.setdefault(values.platform_id, row_id)
        if values.permalink:
            index.setdefault(values.permalink, row_id)
            if fragment := values.permalink.partition("#")[2]:
                index.setdefault(fragment, row_id)
    return index


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
    while parent is not None:
        if parent == child:
            return True
        parent = settled.get(parent)
    return False
