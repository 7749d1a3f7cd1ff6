"""The values that every export is read into, whatever its format: `ExportedPost`, and `LeftOut` for the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

ExportedKind = Literal["post", "other", "thread"]


@dataclass(frozen=True, slots=True)
class ExportedPerson:
    """Who wrote a post, as readers may know them: never an address that is not public."""

    name: str
    url: str | None = None
    bio: str | None = None  # HTML
    picture_url: str | None = None


@dataclass(frozen=True, slots=True)
class ExportedComment:
    """A comment as it stands in the export. `parent` is the id of the one that it answers."""

    id: str | None = None
    parent: str | None = None
    author: str | None = None
    author_url: str | None = None
    subject: str | None = None
    published: str | None = None
    html: str = ""
    breaks: bool = False  # whether lines are lines, and empty lines part paragraphs
    kind: str = "comment"
    permalink: str | None = None
    by_post_author: bool = False
    email: str | None = None  # this and the next are private: they are kept on request only
    ip: str | None = None


@dataclass(frozen=True, slots=True)
class ExportedPost:
    """A published post (or other page) as it stands in the export, with its comments.

    `url` is its address, or a name that no other post of its blog has. Of kind 'thread' there are comments only: their
    post is known to others. Times are as stated, with their zone where the export lets one know it.
    """

    url: str
    kind: ExportedKind
    platform: str
    title: str | None = None
    subtitle: str | None = None
    authors: tuple[ExportedPerson, ...] = ()
    published: str | None = None
    modified: str | None = None
    html: str = ""
    breaks: bool = False  # as in ExportedComment
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str | None = None
    site_name: str | None = None
    comments: tuple[ExportedComment, ...] = ()
    comments_complete: bool | None = None


def without_contacts(post: ExportedPost) -> ExportedPost:
    """The post without what is private of those who commented."""
    if not any(each.email or each.ip for each in post.comments):
        return post
    return replace(post, comments=tuple(replace(each, email=None, ip=None) for each in post.comments))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record of the export that is not taken: what it is called, and why not.

    `part_of_post` tells that it is one of a post's comments, and no record of its own; `damaged` that it cannot be
    read.
    """

    name: str
    reason: str
    part_of_post: bool = False
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """When the export was made, as it states itself."""

    at: str


Exported = ExportedPost | LeftOut | Made
