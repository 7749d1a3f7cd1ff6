"""Whether new values of a row say something new, as a reader would see it. Pure.

Rows also change for less: a newer capture shows the same, an interval got narrower, a vote was cast, a picture moved.
"""

from __future__ import annotations

from scraper.store.planning.times import is_contradicted
from scraper.store.planning.values import CommentValues, PostValues
from scraper.text.prose import fold

_POST_WORDS = ("kind", "title", "subtitle", "section", "text")
_COMMENT_WORDS = ("kind", "state", "author", "subject", "text")
_TIMES = ("published", "modified")


def is_post_news(old: PostValues, new: PostValues) -> bool:
    """Whether the post itself changed: its words, its times or what kind of page it is.

    Its own page is no news after a comment page, which may word it differently.
    """
    if (old.comment_page is None) != (new.comment_page is None):
        return False
    times = any(is_contradicted(getattr(old, name), getattr(new, name)) for name in _TIMES)
    return times or _differ(old, new, _POST_WORDS)


def is_comment_news(old: CommentValues, new: CommentValues) -> bool:
    """Whether the comment itself changed: its words, who signs it, its state, its time, or what it answers.

    What it answers may also just have been found, on another page of the thread; that is no news.
    """
    moved = old.parent_id is not None and old.parent_id != new.parent_id
    return moved or is_contradicted(old.published, new.published) or _differ(old, new, _COMMENT_WORDS)


def _differ(old: object, new: object, names: tuple[str, ...]) -> bool:
    """Whether the words differ, white space aside, as for revisions."""
    return any(fold(getattr(old, name) or "") != fold(getattr(new, name) or "") for name in names)
