"""What a crawl knows of a blog's addresses: `Crawl`, `Address`, and the links that lead to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

LeadRole = Literal[
    "home", "feed", "comment_feed", "sitemap", "post_api", "comment_api", "listing", "post", "comment_page",
    "post_page", "author", "page", "media",
]  # fmt: skip
LeadSource = Literal[
    "seed", "feed", "sitemap", "robots", "declared", "service", "pager", "archive", "api", "link", "guess"
]


class Outlink(NamedTuple):  # a page has hundreds, which go from process to process
    """A link of a page: an absolute http(s) URL without fragment, and what the page says of it.

    `rel` holds the declared relations in lower case, `text` the linked words (at most 100 characters); `declared` is
    True where it stands in the head for programs (`<link>`), False where readers see it; `in_heading` where it is a
    heading, as those of the posts in a list are.
    """

    url: str
    rel: tuple[str, ...] = ()
    text: str = ""
    media_type: str | None = None
    declared: bool = False
    in_heading: bool = False


@dataclass(frozen=True, slots=True)
class Lead:
    """A URL that a crawl may ask for: what it is taken for, what named it, and since when it is as it is, if stated."""

    url: str
    role: LeadRole
    source: LeadSource
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Crawl:
    """A blog that is crawled: where it starts, and what its operator lets in. `id` is 0 until it is stored."""

    url: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    contact: str | None = None
    moved_from: tuple[str, ...] = ()  # where it was before
    id: int = 0

    @property
    def let_in(self) -> tuple[tuple[str, ...], tuple[str, ...], date | None, date | None]:
        """What its operator lets in; nothing in it is true where that is all of the blog."""
        return self.include, self.exclude, self.since, self.until


@dataclass(frozen=True, slots=True)
class Address:
    """A URL that a crawl knows: what it is, when it is due, and what its last answer was. `id` is 0 until it is stored.

    Due when `due_at` has come; None: not by itself. `tries` are failures in a row. `etag` and `last_modified` are the
    validators of the last good answer, byte for byte; `payload_sha256` is of its body, `signature` of what it said.
    """

    crawl_id: int
    url: str
    url_key: str
    role: LeadRole
    source: LeadSource
    group: str  # whose servers are asked
    found_on: str | None  # the URL of the document that named it first
    found_at: datetime
    due_at: datetime | None
    priority: int  # lower ones are asked first
    depth: int = 0  # links between the crawl's start and this one, those of pagers aside
    hops: int = 0  # redirects that led to it, one after the other
    tries: int = 0
    every_run: bool = False  # asked for in each run, since it tells what is new
    refusal: str | None = None  # why it is never asked for
    stated_at: datetime | None = None  # when it changed last, as what listed it states
    checked_at: datetime | None = None
    changed_at: datetime | None = None
    rest: float | None = None  # seconds from one visit to the next, as learned
    etag: str | None = None
    last_modified: str | None = None
    payload_sha256: str | None = None
    signature: str | None = None
    id: int = 0
