"""What captures show of posts and their comments, as rows that are never overwritten by later captures. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scraper.model import Page, Post
from scraper.store.planning.alignment import align_comments
from scraper.store.planning.intents import AddRevision, Intent, WriteComment
from scraper.store.planning.values import (
    CommentValues,
    Seen,
    Sighting,
    StoredPost,
    comment_values,
    post_lists,
    text_digest,
)
from scraper.text.urls import url_key

MOST_PARTS = 9_999  # as many as have an order of their own


@dataclass(frozen=True, slots=True)
class PostSighting:
    """What a capture shows of its post; the columns of post_sightings but for the last."""

    capture_id: int
    post_id: int
    preference: int
    comment_page: int | None
    post_page: int | None
    text_sha256: str | None
    comments: int
    declared: int | None
    tells_thread: int
    thread_pages: str | None
    published: str | None
    tags: str | None


@dataclass(frozen=True, slots=True)
class CommentSighting:
    """A comment in a capture; None is for what is as the comment's row has it."""

    comment_id: int
    capture_id: int
    author: str | None
    permalink: str | None
    text_sha256: str | None


@dataclass(frozen=True, slots=True)
class FormerComment:
    """What earlier sightings of a comment took from its row, and has changed there: (as it was, as it is), or None."""

    comment_id: int
    author: tuple[str, str] | None
    permalink: tuple[str, str] | None
    text_sha256: tuple[str, str] | None


def post_sighting(post_id: int, sighting: Sighting) -> PostSighting | None:
    """What this capture shows of the post; None for a page that came without a capture."""
    page, post = sighting.page, sighting.page.post or Post(None)
    if sighting.capture_id is None:
        return None
    visible = sum(comment.state == "visible" for comment in page.comments)
    others = sorted({url_key(url) for url in page.comment_pages})
    filed = post_lists(post).tags
    return PostSighting(
        capture_id=sighting.capture_id,
        post_id=post_id,
        preference=_preference(sighting, post),
        comment_page=page.comment_page,
        post_page=page.post_page,
        text_sha256=text_digest(post.title, post.text) if post.text else None,
        comments=visible,
        declared=post.declared_comment_count,
        tells_thread=int(_tells_thread(page, post, visible)),
        thread_pages=json.dumps(others) if others else None,
        published=post.published.iso if post.published and post.published.precision != "interval" else None,
        tags=json.dumps(sorted(filed), ensure_ascii=False) if filed else None,
    )


def _preference(sighting: Sighting, post: Post) -> int:
    """The order in which plan.py prefers one version to another, the time aside."""
    page = sighting.page
    said = page.kind == "post" or sighting.at_home
    bits = (said, page.comment_page is None, bool(post.text), page.view is None)
    return int("".join(str(int(bit)) for bit in bits), 2) * (MOST_PARTS + 1) - min(page.post_page or 1, MOST_PARTS)


def _tells_thread(page: Page, post: Post, visible: int) -> bool:
    """Whether a comment that is on none of the thread's pages is not there at all, as far as this page can tell.

    Not where the page shows fewer than it says, or neither a comment nor a number: they may be loaded by a script, or
    the template may have changed.
    """
    if page.kind != "post" or page.view is not None or page.comments_elsewhere is not None:
        return False
    declared = post.declared_comment_count
    if page.comment_pages or page.comment_page is not None:
        return visible > 0
    return visible > 0 if declared is None else visible >= declared


def comment_sightings(stored: StoredPost, seen: Seen, intents: Sequence[Intent]) -> Iterator[CommentSighting]:
    """Which comments the captures show; `intents` are what is written of this post's comments, numbered."""
    if not any(sighting.page.comments for sighting in seen.sightings):
        return
    written = [each for each in intents if isinstance(each, WriteComment)]
    if not stored.comments and len(seen.sightings) == 1:  # all of them are new, and as this capture shows them
        capture_id = seen.sightings[0].capture_id
        is_shown = len(written) == len(seen.sightings[0].page.comments)
        if capture_id is not None and is_shown and all(each.shown_at[0] == capture_id for each in written):
            yield from (CommentSighting(each.id, capture_id, None, None, None) for each in written)
            return
    rows = {comment.id: comment.values for comment in stored.comments}
    rows |= {each.id: each.values for each in written}
    earlier = {comment.id: set(comment.revisions) for comment in stored.comments}
    for each in intents:
        if isinstance(each, AddRevision) and each.comment_id is not None:
            earlier.setdefault(each.comment_id, set()).add(each.digest)
    ids = list(rows)
    known, digests = [rows[row_id] for row_id in ids], [earlier.get(row_id, set()) for row_id in ids]
    for sighting in seen.sightings:
        if sighting.capture_id is None:
            continue
        place = (sighting.capture_id, sighting.capture_id)
        shown = [comment_values(each, place, sighting.page.comment_page) for each in sighting.page.comments]
        for index, row in align_comments(known, shown, digests).items():
            yield _sighting(ids[row], sighting.capture_id, shown[index], known[row])


def _sighting(row_id: int, capture_id: int, shown: CommentValues, current: CommentValues) -> CommentSighting:
    digest = text_digest(shown.subject or current.subject, shown.text)
    return CommentSighting(
        row_id,
        capture_id,
        shown.author if shown.author != current.author else None,
        shown.permalink if shown.permalink != current.permalink else None,
        digest if digest != text_digest(current.subject, current.text) else None,
    )


def former_comments(stored: StoredPost, intents: Sequence[Intent]) -> Iterator[FormerComment]:
    """The comments whose rows change in what earlier sightings took from them."""
    before = {comment.id: comment.values for comment in stored.comments}
    for each in intents:
        if isinstance(each, WriteComment) and (old := before.get(each.id)) is not None:
            found = _former(each.id, old, each.values)
            if found != FormerComment(each.id, None, None, None):
                yield found


def _former(row_id: int, old: CommentValues, new: CommentValues) -> FormerComment:
    old = replace(old, subject=old.subject or new.subject)
    digests = text_digest(old.subject, old.text), text_digest(new.subject, new.text)
    return FormerComment(
        row_id,
        (old.author, new.author) if old.author and new.author and old.author != new.author else None,
        (old.permalink, new.permalink) if old.permalink and new.permalink and old.permalink != new.permalink else None,
        digests if digests[0] != digests[1] else None,
    )
