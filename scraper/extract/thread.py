"""The comments of one post from all of its pages: `join_thread`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scraper.model import Comment, Page, Thread
from scraper.text.prose import fold


def join_thread(pages: Iterable[Page], feeds: Sequence[object] = ()) -> Thread:
    """One thread of one post: the comments of its pages in the order of the comment pages, each once.

    A comment is the same when its platform id or permalink is; without either, when text, author, subject and the
    shown time are. Parents are resolved across pages; what no page holds keeps its `parent_ref`. The post's own URL
    may show any comment page (the newest, on many blogs), so its comments stand after those of the numbered pages.

    :param feeds: readers of comment feeds are to come; pass nothing.
    """
    ordered = sorted(pages, key=_order)
    post_url = next((page.post_url for page in ordered if page.post_url), "") or ""
    joined: list[Comment] = []
    index: dict[tuple[str, ...], int] = {}
    for page in ordered:
        place: dict[int, int] = {}
        for position, comment in enumerate(page.comments):
            key = identity(comment)
            if key in index:
                place[position] = index[key]
                continue
            place[position] = index[key] = len(joined)
            joined.append(comment)
        for position, comment in enumerate(page.comments):
            own = place[position]
            if comment.parent is not None and joined[own] is comment:
                joined[own] = replace(comment, parent=place[comment.parent])
    comments = tuple(_resolved(joined))
    declared = max(
        (n for page in ordered if page.post and (n := page.post.declared_comment_count) is not None), default=None
    )
    return Thread(post_url, comments, declared, _is_complete(ordered, comments, declared))


def identity(comment: Comment) -> tuple[str, ...]:
    """What tells one comment of a post from another within one visit."""
    if comment.id:
        return ("id", comment.id)
    if comment.permalink:
        return ("permalink", comment.permalink)
    shown = comment.published.shown if comment.published else ""
    return ("text", comment.author or "", comment.subject or "", shown, fold(comment.text))


def _order(page: Page) -> tuple[bool, int]:
    return (page.comment_page is None, page.comment_page or 0)


def _resolved(comments: list[Comment]) -> list[Comment]:
    by_ref = {ref: place for place, comment in enumerate(comments) for ref in (comment.id, comment.permalink) if ref}
    resolved: list[Comment] = []
    for place, comment in enumerate(comments):
        parent = comment.parent
        if parent is None and comment.parent_ref:
            parent = by_ref.get(comment.parent_ref)
        if parent == place:
            parent = None
        depth = resolved[parent].depth + 1 if parent is not None and parent < place else comment.depth
        resolved.append(replace(comment, position=place, parent=parent, depth=depth))
    return resolved


def _is_complete(pages: list[Page], comments: tuple[Comment, ...], declared: int | None) -> bool | None:
    if declared is not None and len(comments) == declared:
        return True
    if any(page.comments_complete is False for page in pages):
        return False if declared is None or len(comments) < declared else None
    if all(page.comments_complete for page in pages) and pages:
        return True
    return None if declared is None else len(comments) >= declared
