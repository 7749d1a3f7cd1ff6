"""What a plan says is to be written; each intent carries whole values, ready for a row."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.model import Byline, Image, Link
from scraper.store.planning.values import Cause, CommentValues, PostValues
from scraper.text.parts import Part


@dataclass(frozen=True, slots=True)
class WritePost:
    """The post's row is new, or has new values; `text_changed` if the full-text index has to follow.

    `news` if a reader would say that the post changed.
    """

    id: int
    values: PostValues
    new: bool
    text_changed: bool
    news: bool


@dataclass(frozen=True, slots=True)
class WriteLists:
    """What hangs on the post, as it now is; a part that did not change is None."""

    post_id: int
    tags: tuple[tuple[str, str], ...] | None
    images: tuple[Image, ...] | None
    links: tuple[Link, ...] | None


@dataclass(frozen=True, slots=True)
class WritePart:
    """What one page now holds of the post."""

    post_id: int
    capture_id: int | None
    part: Part


@dataclass(frozen=True, slots=True)
class SignPost:
    """These bylines sign the post now."""

    post_id: int
    bylines: tuple[Byline, ...]


@dataclass(frozen=True, slots=True)
class WriteComment:
    """The comment's row is new, or has new values; `text_changed` if the full-text index has to follow.

    `news` if a reader would say that the comment changed. `shown_at` is the first capture of the batch that shows it,
    by its id, and the place there.
    """

    id: int
    post_id: int
    values: CommentValues
    new: bool
    text_changed: bool
    news: bool
    shown_at: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class AddRevision:
    """A text as it was, of a post, a comment or a person's bio: one of the three ids is set."""

    capture_id: int | None
    cause: Cause
    title: str | None
    text: str
    html: str | None
    digest: str
    post_id: int | None = None
    comment_id: int | None = None
    person_id: int | None = None


Intent = WritePost | WriteLists | WritePart | SignPost | WriteComment | AddRevision
