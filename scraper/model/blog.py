"""What a blog says of its posts in its feed, and what many of its pages teach: `Entry`, `Profile`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed or sitemap says of one post. `html` is the content as stated; `is_whole` where it is no summary."""

    url: str | None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    tags: tuple[str, ...] = ()
    html: str = ""
    is_whole: bool = False
    comment_count: int | None = None
    comment_feed: str | None = None


@dataclass(frozen=True, slots=True)
class Taught:
    """A selector that a blog's own entries taught for a field.

    On `votes` of the `trials` pages whose entry states the field, the selector showed what the entry says.
    """

    field: str
    selector: str
    votes: int
    trials: int


@dataclass(frozen=True, slots=True)
class Recurring:
    """A block of text that recurs at the same place on many pages of a blog: `pages` of those looked at.

    `digest` is of its tag, its place and its text; `length` is its text's.
    """

    digest: int
    tag: str
    length: int
    pages: int
    excerpt: str


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What is known of one blog from many of its pages: selectors that its feed taught, and its template.

    Compared by identity: it is large, and looked up for every page. `pages` were looked at for the template, `entries`
    is how many pages an entry of the feed was held against.
    """

    host: str
    pages: int
    entries: int
    selectors: tuple[Taught, ...] = ()
    template: tuple[Recurring, ...] = ()
