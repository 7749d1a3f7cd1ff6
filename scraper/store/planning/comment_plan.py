"""What is to change for the comments of one post."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from scraper.store.past.news import is_comment_news
from scraper.store.planning.alignment import align_comments
from scraper.store.planning.intents import AddRevision, Intent, WriteComment
from scraper.store.planning.parents import reference_index, refine_parents, settle_parents
from scraper.store.planning.stated import stated_comments
from scraper.store.planning.threads import NEVER, ShownComment, later_values, shown_comments
from scraper.store.planning.values import Cause, CommentValues, Seen, StoredComment, StoredPost, text_digest


def plan_comments(stored: StoredPost, seen: Seen, next_id: int) -> Iterator[Intent]:
    """The changes of the comments that were seen; rows keep their keys, new ones get ids from `next_id` on."""
    yield from _plan(stored, _shown(stored, seen), next_id, seen)


def matched_rows(stored: StoredPost, seen: Seen) -> dict[int, ShownComment]:
    """The stored comments that were seen again, by their ids."""
    shown = _shown(stored, seen)
    known = {comment.id for comment in stored.comments}
    ids = _row_ids(stored.comments, shown, max(known, default=0) + 1)
    return {row_id: comment for row_id, comment in zip(ids, shown, strict=True) if row_id in known}


def _shown(stored: StoredPost, seen: Seen) -> Sequence[ShownComment]:
    if seen.sightings or not seen.stated:
        return shown_comments(seen)
    return stated_comments(stored, seen.stated)


def _plan(stored: StoredPost, shown: Sequence[ShownComment], next_id: int, seen: Seen) -> Iterator[Intent]:
    if not shown:
        return
    rows = {comment.id: comment for comment in stored.comments}
    ids = _row_ids(stored.comments, shown, next_id)
    values = {row_id: row.values for row_id, row in rows.items()}
    for row_id, comment in zip(ids, shown, strict=True):
        row = rows.get(row_id)
        values[row_id] = _merged(row, comment, seen) if row is not None else comment.values
    places = {row_id: comment.shown_at for row_id, comment in zip(ids, shown, strict=True)}
    parents = _parents(rows, dict(zip(ids, shown, strict=True)), ids, values, seen)
    for row_id, merged in values.items():
        if merged.parent_id != parents[row_id]:
            merged = replace(merged, parent_id=parents[row_id])
        old = rows[row_id].values if row_id in rows else None
        if merged != old:
            text_changed = old is None or _indexed(old) != _indexed(merged)
            news = old is not None and is_comment_news(old, merged)
            shown_at = places.get(row_id, (0, 0))
            yield WriteComment(row_id, stored.id, merged, old is None, text_changed, news, shown_at)
    for row_id, comment in zip(ids, shown, strict=True):
        if comment.first_rank == NEVER:  # a feed may word in another way what the page says
            continue
        yield from _comment_revisions(row_id, rows.get(row_id), comment, values[row_id])


def _row_ids(stored: Sequence[StoredComment], shown: Sequence[ShownComment], next_id: int) -> list[int]:
    """The row of each shown comment: its own, or a new one."""
    matches: Mapping[int, int] = {}
    if stored:
        values, earlier = [row.values for row in stored], [row.revisions for row in stored]
        matches = align_comments(values, [comment.values for comment in shown], earlier)
    ids = []
    for index in range(len(shown)):
        if index in matches:
            ids.append(stored[matches[index]].id)
        else:
            ids.append(next_id)
            next_id += 1
    return ids


def _merged(row: StoredComment, shown: ShownComment, seen: Seen) -> CommentValues:
    """The row's values after this sighting: those of the later capture, its gaps filled from the other one.

    It is replaced as a whole where `_is_replaced` says so.
    """
    old, new = row.values, shown.values
    newer = shown.last_rank >= row.last_rank
    if _is_replaced(row, shown, seen):
        merged = new
    else:
        merged = later_values(old, new) if newer else later_values(new, old)
    return replace(
        merged,
        parent_id=old.parent_id,
        first_capture_id=new.first_capture_id if NEVER < shown.first_rank < row.first_rank else old.first_capture_id,
    )


def _is_replaced(row: StoredComment, shown: ShownComment, seen: Seen) -> bool:
    """Whether nothing of the row counts any more: the only capture that ever showed the comment is read again.

    In a reparse so it is with the latest of several: that is read first, and the older ones fill the gaps anew. Where
    something was forgotten out of captures a row may say what they do not give any more, as a feed's times: it stays.
    """
    if seen.is_kept:
        return False
    if seen.is_reread:
        return row.values.last_capture_id is not None and row.values.last_capture_id == shown.values.last_capture_id
    captures = {row.values.first_capture_id, row.values.last_capture_id, shown.values.first_capture_id}
    return None not in captures and captures == {shown.values.last_capture_id}


def _parents(
    rows: Mapping[int, StoredComment],
    shown: Mapping[int, ShownComment],
    ids: Sequence[int],
    values: Mapping[int, CommentValues],
    seen: Seen,
) -> dict[int, int | None]:
    index = reference_index(values.items())
    wanted: dict[int, int | None] = {}
    others: dict[int, list[int]] = {}  # what else each may answer
    for row_id, merged in values.items():
        row, comment = rows.get(row_id), shown.get(row_id)
        before = row.values.parent_id if row is not None else None
        stated = ids[comment.parent] if comment is not None and comment.parent is not None else None
        if stated is None and merged.parent_ref:
            stated = index.get(merged.parent_ref) or index.get(merged.parent_ref.removeprefix("#"))
        outdated = comment is None or (row is not None and comment.last_rank < row.last_rank)
        if row is not None and comment is not None and _is_replaced(row, comment, seen):
            before = None
        parent = (before or stated) if outdated else (stated or before)
        told = index.get(comment.values.parent_ref or "") if comment and comment.first_rank == NEVER else None
        others[row_id] = [each for each in (before, told) if each is not None and each != parent]
        wanted[row_id] = parent if parent != row_id else None
    refine_parents(wanted, others)
    return settle_parents({row_id: row.values.parent_id for row_id, row in rows.items()}, wanted)


def _comment_revisions(
    row_id: int, row: StoredComment | None, shown: ShownComment, current: CommentValues
) -> Iterator[AddRevision]:
    others = [*shown.older, *([row.values, shown.values] if row is not None else ())]
    known = set(row.revisions) if row is not None else set()
    for other in others:
        subject = other.subject or current.subject
        if not other.text or (other.text, subject) == (current.text, current.subject):
            continue
        digest = text_digest(subject, other.text)
        if digest in known or digest == text_digest(current.subject, current.text):
            continue
        known.add(digest)
        cause: Cause = "changed"
        if other.last_capture_id is not None and other.last_capture_id == current.last_capture_id:
            cause = "reparsed"
        yield AddRevision(other.last_capture_id, cause, subject, other.text, other.html, digest, comment_id=row_id)


def _indexed(values: CommentValues) -> tuple[str | None, str | None, str]:
    return (values.author, values.subject, values.text)
