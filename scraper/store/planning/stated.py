"""Comments that came apart from their post's pages: what they add to the rows that are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scraper.store.planning.alignment import align_comments
from scraper.store.planning.threads import NEVER, ShownComment
from scraper.store.planning.times import NO_TIME, Time
from scraper.store.planning.values import CommentValues, Stated, StoredPost, comment_values

COARSE = frozenset({"year", "month", "day", "interval"})


def stated_comments(stored: StoredPost, stated: Sequence[Stated]) -> tuple[ShownComment, ...]:
    """Those that are stored, to fill their gaps, and of the others as many as the post's page says it has more.

    Of a post that says no number the others count only where no comment is stored: a feed may word a comment so that
    it cannot be told to be one that is. A post whose comments a service keeps has all that this states, since their
    ids tell them apart. What pages show counts as later than all that is stated.
    """
    values = [comment_values(each.comment, (each.capture_id,) * 2, None) for each in stated]
    rows = [row.values for row in stored.comments]
    matched = align_comments(rows, values, [row.revisions for row in stored.comments]) if rows else {}
    room = None if _is_kept_elsewhere(stored, values) else _missing(stored)
    kept: list[int] = []
    for place in range(len(values)):
        if place in matched:
            values[place] = replace(values[place], published=_told(rows[matched[place]], values[place]))
            kept.append(place)
        elif room is None or room > 0:
            kept.append(place)
            room = None if room is None else room - 1
    return tuple(ShownComment(values[place], None, NEVER, NEVER, (), (0, values[place].position)) for place in kept)


def _told(row: CommentValues, stated: CommentValues) -> Time:
    """The stated time where it is the page's, told more closely, in the page's words; else none.

    A page's clock without a zone stays: in UTC a feed has another hour, and maybe another day, than readers saw.
    """
    page, exact = row.published, stated.published
    if page.precision is None or row.last_capture_id == stated.last_capture_id:  # no page: this very document, again
        return exact
    is_told = page.precision == "interval" or (exact.iso or "").startswith(page.iso or "-")
    return replace(exact, shown=page.shown) if page.precision in COARSE and is_told else NO_TIME


def _is_kept_elsewhere(stored: StoredPost, values: Sequence[CommentValues]) -> bool:
    """Whether the post's page leaves its comments to a service, and all that are known have their ids."""
    if stored.values is None or stored.values.comments_service is None:
        return False
    return all(each.platform_id for each in (*values, *(row.values for row in stored.comments)))


def _missing(stored: StoredPost) -> int | None:
    """How many comments the post lacks; None where it may have any number more."""
    declared = stored.values.declared_comment_count if stored.values else None
    if declared is None:
        return None if not stored.comments else 0
    return max(0, declared - sum(row.values.state == "visible" for row in stored.comments))
