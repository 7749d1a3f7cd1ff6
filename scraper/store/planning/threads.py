"""The comments that a batch shows of one post, each with the captures that show it."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from scraper.model import Comment
from scraper.store.planning.alignment import align_comments
from scraper.store.planning.times import merge_times
from scraper.store.planning.values import CommentValues, Rank, Seen, Sighting, comment_values
from scraper.text.prose import fold

Place = tuple[Sighting, Comment]  # where a comment is shown, and as what
NEVER: Rank = ("", 0)  # before any capture; of what no page shows


@dataclass(frozen=True, slots=True)
class ShownComment:
    """An extracted comment as row values; `parent` is an index into the same tuple.

    `older` are the same comment's values in earlier captures of this batch. `shown_at` is the first capture that
    shows it in the order in which they came, by its id, and the place there.
    """

    values: CommentValues
    parent: int | None
    first_rank: Rank = NEVER
    last_rank: Rank = NEVER
    older: tuple[CommentValues, ...] = ()
    shown_at: tuple[int, int] = (0, 0)


def shown_comments(seen: Seen) -> tuple[ShownComment, ...]:
    """The comments of the post in the thread's order; from the pages themselves where no thread was joined."""
    sightings = sorted(seen.sightings, key=lambda sighting: sighting.rank)
    comments = seen.thread.comments if seen.thread is not None else _pages_joined(sightings)
    if not comments:
        return ()
    if len(sightings) == 1:  # one capture shows them all: no need to look for each
        return tuple(_shown_once(comments, sightings[0]))
    places: dict[Hashable, list[Place]] = {}
    for sighting in sightings:
        for comment in sighting.page.comments:
            for name in _names(comment):
                places.setdefault(name, []).append((sighting, comment))
    taken = {name for comment in comments for name in (comment.id, comment.permalink) if name}
    return tuple(_shown(comment, _find(comment, places, taken), sightings) for comment in comments)


def _names(comment: Comment) -> Iterator[Hashable]:
    """What the comment may be found by again in another page's tuple, best first."""
    if comment.id:
        yield ("id", comment.id)
    if comment.permalink:
        yield ("permalink", comment.permalink, comment.author)
    yield ("words", comment.author, comment.text)


def _find(comment: Comment, places: dict[Hashable, list[Place]], taken: Collection[str]) -> Sequence[Place]:
    """Where the comment is shown, by the best name that finds it; `taken` are the ids and permalinks of the thread.

    The same words under another comment's id or permalink are that other comment.
    """
    for name in _names(comment):
        found = [place for place in places.get(name, ()) if not _is_another(place[1], comment, taken)]
        if found:
            return found
    return ()


def _is_another(shown: Comment, comment: Comment, taken: Collection[str]) -> bool:
    pairs = ((shown.id, comment.id), (shown.permalink, comment.permalink))
    return any(name is not None and name != own and name in taken for name, own in pairs)


def _shown(comment: Comment, found: Sequence[Place], sightings: Sequence[Sighting]) -> ShownComment:
    if not found:  # a feed's comment, or one that joining put together: the newest page stands for the batch
        found = [(sighting, comment) for sighting in sightings[-1:]]
    if not found:
        return ShownComment(comment_values(comment, (None, None), None), comment.parent)
    first, last = found[0][0], found[-1][0]
    older = tuple(
        _values_at(place) for place in found[:-1] if place[1].text != comment.text and place[0].rank < last.rank
    )
    values = comment_values(comment, (first.capture_id, last.capture_id), last.page.comment_page)
    if 1 < len(found) == len({id(sighting) for sighting, _ in found}):  # else it is not known which one it is where
        values = reduce(later_values, map(_values_at, found))
    values = replace(values, position=found[-1][1].position)  # on its page, whichever pages came with that
    shown_at = min((sighting.capture_id or 0, shown.position) for sighting, shown in found)
    return ShownComment(values, comment.parent, first.rank, last.rank, older, shown_at)


def _shown_once(comments: Iterable[Comment], sighting: Sighting) -> Iterator[ShownComment]:
    capture_id, rank, page = sighting.capture_id, sighting.rank, sighting.page.comment_page
    for each in comments:
        values = comment_values(each, (capture_id, capture_id), page)
        yield ShownComment(values, each.parent, rank, rank, (), (capture_id or 0, each.position))


def _values_at(place: Place) -> CommentValues:
    sighting, comment = place
    return comment_values(comment, (sighting.capture_id, sighting.capture_id), sighting.page.comment_page)


def later_values(older: CommentValues, newer: CommentValues) -> CommentValues:
    """What a comment is after a later capture of it: that one's values, its gaps filled from the earlier one."""
    return replace(
        newer,
        parent_id=older.parent_id,
        parent_ref=newer.parent_ref or older.parent_ref,
        platform_id=newer.platform_id or older.platform_id,
        permalink=newer.permalink or older.permalink,
        author=newer.author or older.author,
        author_url=newer.author_url or older.author_url,
        avatar_url=newer.avatar_url or older.avatar_url,
        subject=newer.subject or older.subject,
        html=newer.html or (older.html if fold(newer.text) == fold(older.text) else ""),
        votes=older.votes if newer.votes is None else newer.votes,
        published=merge_times(older.published, newer.published),
        first_capture_id=older.first_capture_id,
    )


def _pages_joined(sightings: Sequence[Sighting]) -> list[Comment]:
    """The comments of all pages, page after page, each once; parents stay within their capture."""
    joined: list[Comment] = []
    values: list[CommentValues] = []
    in_order = [*reversed(sightings)]
    in_order.sort(key=lambda sighting: sighting.page.comment_page or 0)  # of each page the newest capture first
    for sighting in in_order:
        page = sighting.page
        shown = [comment_values(each, (None, None), page.comment_page) for each in page.comments]
        matches = align_comments(values, shown) if values else {}
        places = [matches.get(index, -1) for index in range(len(shown))]
        for index in range(len(shown)):
            if places[index] < 0:
                places[index] = len(values)
                values.append(shown[index])
        new = (comment for index, comment in enumerate(page.comments) if index not in matches)
        joined += [each if each.parent is None else replace(each, parent=places[each.parent]) for each in new]
    return joined
