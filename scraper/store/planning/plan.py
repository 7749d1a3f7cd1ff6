"""What is to change for one post: a pure comparison of what is stored with what was extracted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scraper.model import Byline, Post
from scraper.store.past.news import is_post_news
from scraper.store.planning.comment_plan import plan_comments
from scraper.store.planning.intents import AddRevision, Intent, SignPost, WriteComment, WriteLists, WritePost
from scraper.store.planning.part_plan import PlannedParts, part_revisions, part_writes, plan_parts, with_parts
from scraper.store.planning.times import merge_times
from scraper.store.planning.values import (
    Cause,
    PostLists,
    PostValues,
    Seen,
    Sighting,
    StoredPost,
    post_lists,
    post_values,
    text_digest,
)
from scraper.text.prose import fold
from scraper.text.urls import url_key


def plan_post(stored: StoredPost, seen: Seen, next_comment_id: int = 1) -> tuple[Intent, ...]:
    """The changes that make the stored post say what its captures say; empty when it already does.

    Nothing is ever deleted, and no order of arrival loses a text: what an older or a superseded capture says
    differently becomes a revision. New comments get ids from `next_comment_id` on.
    """
    comments = tuple(plan_comments(stored, seen, next_comment_id))
    return (*_plan_values(stored, seen, _held(stored, comments)), *comments)


def _held(stored: StoredPost, comments: Sequence[Intent]) -> int:
    """How many comments the post will have; of deleted ones the empty places that forgotten ones left."""
    values = {row.id: row.values for row in stored.comments}
    values |= {each.id: each.values for each in comments if isinstance(each, WriteComment)}
    return sum(each.state == "visible" or not each.text for each in values.values())


@dataclass(frozen=True, slots=True)
class _Version:
    """The post as one capture has it."""

    values: PostValues
    fetched_at: str | None
    lists: PostLists
    bylines: tuple[Byline, ...]
    at_home: bool
    is_view: bool

    @property
    def rank(self) -> tuple[bool, bool, bool, bool, int, str, int]:
        """The post's own page before a comment page, one with a text before one without, before other views of it, the
        first of several before the others, then the later one.

        But a page of another kind that only names this post's address as its own, as '/node/3' does '/about', or an
        answer form its post's, comes last: it is not what tells the kind.
        """
        values = self.values
        own = values.comment_page is None
        said = values.kind == "post" or self.at_home
        part = -(values.post_page or 1)
        return (said, own, bool(values.text), not self.is_view, part, self.fetched_at or "", values.capture_id or 0)


def _plan_values(stored: StoredPost, seen: Seen, held: int) -> Iterator[Intent]:
    before: _Version | None = None
    if stored.values is not None:
        before = _Version(
            stored.values, stored.fetched_at, stored.lists, stored.bylines, stored.at_home, stored.is_view
        )
    known = set(stored.revisions)
    planned = plan_parts(stored, seen.sightings)
    versions = [_version(seen, sighting) for sighting in _in_order(stored, seen)]
    current = before
    for version in versions:
        kept, other = _prefer(current, version) if current is not None else (version, version)
        if not _is_beside(kept, other):
            yield from _post_revision(stored.id, kept.values, other.values, known)
        current = kept
    if current is not None:
        current = _with_parts(_with_times(current, before, versions), before, versions, planned)
        yield from part_revisions(stored.id, current.values.title, planned, known)
        yield from _writes(stored, _completed(current, held))
        yield from part_writes(stored, planned)


def _in_order(stored: StoredPost, seen: Seen) -> list[Sighting]:
    """The oldest first, but before all a new reading of the stored capture: its old reading is to outrank nothing."""
    source = stored.values.capture_id if stored.values is not None else None
    return sorted(seen.sightings, key=lambda each: (source is None or each.capture_id != source, each.rank))


def _version(seen: Seen, sighting: Sighting) -> _Version:
    post = sighting.page.post or Post(None)
    values = post_values(seen.url, sighting, post, seen.thread)
    is_view = sighting.page.view is not None
    return _Version(values, sighting.fetched_at, post_lists(post), post.bylines, sighting.at_home, is_view)


def _prefer(current: _Version, version: _Version) -> tuple[_Version, _Version]:
    """Both, the one to keep first; the same capture read again replaces its earlier reading."""
    if _same_capture(current.values, version.values) or version.rank >= current.rank:
        return version, current
    return current, version


def _same_capture(one: PostValues, other: PostValues) -> bool:
    return one.capture_id is not None and one.capture_id == other.capture_id


def _is_beside(kept: _Version, other: _Version) -> bool:
    """Whether the other's text was never the post's: it is another part of it, or another view of the same."""
    both = kept.values.post_page is not None and other.values.post_page is not None
    return both or (other.is_view and not kept.is_view)


def _with_parts(
    current: _Version, before: _Version | None, versions: Sequence[_Version], planned: PlannedParts
) -> _Version:
    """The version with the text of all the post's pages, where it was read from one of them."""
    if current.values.post_page is None:
        return current
    counts = [each.values.page_count for each in (before, *versions) if each is not None]
    values, lists = with_parts(current.values, current.lists, planned)
    values = replace(values, page_count=max((count for count in counts if count), default=None))
    return replace(current, values=values, lists=lists)


def _with_times(current: _Version, before: _Version | None, versions: Sequence[_Version]) -> _Version:
    """The version with the times that all versions together give.

    It is asked first, then what was stored, then the others from the newest back. What one of these says then either
    encloses the result or is at odds with it, so that merging all of them once more changes nothing.
    """
    others = [version for version in reversed(versions) if version is not current]
    if before is not None and before is not current:
        others.insert(0, before)
    if not others:
        return current
    published, modified = current.values.published, current.values.modified
    for version in others:
        published = merge_times(version.values.published, published)
        modified = merge_times(version.values.modified, modified)
    return replace(current, values=replace(current.values, published=published, modified=modified))


def _completed(current: _Version, held: int) -> _Version:
    """The version as one whose thread is whole, where as many comments are held as it declares.

    One page of a thread never shows them all, and each only knows of itself; others come from feeds.
    """
    values = current.values
    is_whole = held > 0 and values.declared_comment_count == held
    return replace(current, values=replace(values, comments_complete=1)) if is_whole else current


def _post_revision(post_id: int, kept: PostValues, other: PostValues, known: set[str]) -> Iterator[AddRevision]:
    if not other.text or (kept.title == other.title and kept.text == other.text):
        return
    digest = text_digest(other.title, other.text)
    if digest in known or digest == text_digest(kept.title, kept.text):
        return
    known.add(digest)
    cause: Cause = "changed"
    if _same_capture(kept, other):
        cause = "reparsed"
    elif (kept.comment_page is None) != (other.comment_page is None):
        cause = "comment_page"
    yield AddRevision(other.capture_id, cause, other.title, other.text, other.html, digest, post_id=post_id)


def _writes(stored: StoredPost, current: _Version) -> Iterator[Intent]:
    values, old = current.values, stored.values
    if values != old:
        text_changed = old is None or (old.title, old.text) != (values.title, values.text)
        yield WritePost(stored.id, values, old is None, text_changed, old is not None and is_post_news(old, values))
    lists, before = current.lists, stored.lists
    if lists != before:
        yield WriteLists(
            stored.id,
            lists.tags if lists.tags != before.tags else None,
            lists.images if lists.images != before.images else None,
            lists.links if lists.links != before.links else None,
        )
    if not _same_bylines(stored.bylines, current.bylines):
        yield SignPost(stored.id, current.bylines)


def _same_bylines(stored: Sequence[Byline], shown: Sequence[Byline]) -> bool:
    """Whether nothing in the page's bylines is news; one without URL may sign for a person whose URL is known."""
    shown = [byline for byline in shown if fold(byline.name)]
    if len(stored) != len(shown):
        return False
    return all(
        (old.name, old.role) == (new.name, new.role)
        and (not new.url or (old.url is not None and url_key(old.url) == url_key(new.url)))
        for old, new in zip(stored, shown, strict=True)
    )
