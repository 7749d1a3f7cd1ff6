"""What rows say of posts and comments, as frozen values that can be compared; and how pages become such values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from scraper.model import Byline, Comment, Image, Link, Page, Post, Thread
from scraper.store.planning.times import NO_TIME, Time, stored_time
from scraper.text.parts import Part, numbered
from scraper.text.prose import fold

Cause = Literal["changed", "reparsed", "comment_page"]
Rank = tuple[str, int]  # fetched_at ('' where it is not known) and the capture's id: later captures are greater


@dataclass(frozen=True, slots=True)
class Sighting:
    """One capture of a page, read; `capture_id` is None for a page that came without one."""

    capture_id: int | None
    fetched_at: str | None
    page: Page
    at_home: bool = True  # whether the page stands at its post's own address

    @property
    def rank(self) -> Rank:
        return (self.fetched_at or "", self.capture_id or 0)


@dataclass(frozen=True, slots=True)
class PostValues:
    """The columns of a post's row that come from one capture, all of them from the same."""

    capture_id: int | None
    comment_page: int | None
    url: str
    kind: str
    title: str | None = None
    subtitle: str | None = None
    section: str | None = None
    language: str | None = None
    text: str = ""
    html: str = ""
    published: Time = NO_TIME
    modified: Time = NO_TIME
    declared_comment_count: int | None = None
    view_count: int | None = None
    withheld: str | None = None
    post_page: int | None = None
    page_count: int | None = None
    comments_complete: int | None = None
    comments_service: str | None = None
    comments_thread_id: str | None = None
    comments_account: str | None = None
    comments_server: str | None = None
    platform: str | None = None
    site_name: str | None = None
    source: str = "html"


@dataclass(frozen=True, slots=True)
class PostLists:
    """What hangs on a post's row: tags and categories as (kind, name), pictures, links."""

    tags: tuple[tuple[str, str], ...] = ()
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class CommentValues:
    """The columns of a comment's row but for its id and its post."""

    parent_id: int | None
    parent_ref: str | None
    platform_id: str | None
    permalink: str | None
    kind: str
    state: str
    position: int
    depth: int
    thread_page: int | None
    author: str | None
    author_url: str | None
    avatar_url: str | None
    by_post_author: int
    subject: str | None
    text: str
    html: str
    votes: int | None
    published: Time
    first_capture_id: int | None
    last_capture_id: int | None


@dataclass(frozen=True, slots=True)
class StoredComment:
    """A comment's row, with the ranks of its first and last capture and the digests of its revisions."""

    id: int
    values: CommentValues
    first_rank: Rank
    last_rank: Rank
    revisions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StoredPart:
    """What a page holds of its post, with the rank of the capture that it was read from."""

    part: Part
    capture_id: int | None
    rank: Rank


@dataclass(frozen=True, slots=True)
class StoredPost:
    """All that is stored of one post; `values` is None for a post that is new and has no more than its id."""

    id: int
    values: PostValues | None = None
    fetched_at: str | None = None  # of the capture that the values came from
    at_home: bool = True  # of the same, as in Sighting
    is_view: bool = False  # whether that is a capture of another view of the post's page
    lists: PostLists = PostLists()
    bylines: tuple[Byline, ...] = ()
    revisions: frozenset[str] = frozenset()  # digests
    comments: tuple[StoredComment, ...] = ()
    parts: tuple[StoredPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """A comment of the post as a feed or an interface has it, and the capture of that."""

    comment: Comment
    capture_id: int | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What was extracted of one post: its pages, oldest capture first, and their comments joined, if they were.

    `stated` are comments that came apart from the pages. With `is_reread` its captures were all read before, maybe by
    another version. With `is_kept` no comment is replaced as a whole: what filled its gaps may be forgotten since.
    """

    url: str
    sightings: tuple[Sighting, ...]
    thread: Thread | None = None
    stated: tuple[Stated, ...] = ()
    is_reread: bool = False
    is_kept: bool = False


def has_post(page: Page) -> bool:
    """Whether the page is about a row of posts: any post is, and of other pages those with a text; no listing."""
    return page.kind == "post" or (page.kind != "listing" and page.post is not None and bool(page.post.text))


def text_digest(title: str | None, text: str) -> str:
    """Hex SHA-256 of title and text with white space folded: equal where a reader sees the same words."""
    return hashlib.sha256(f"{fold(title or '')}\n{fold(text)}".encode()).hexdigest()


def post_values(url: str, sighting: Sighting, post: Post, thread: Thread | None) -> PostValues:
    """The row values that this capture gives its post; `url` is for a page that does not know its post's."""
    page = sighting.page
    declared = post.declared_comment_count
    complete = thread.complete if thread is not None else page.comments_complete
    elsewhere = page.comments_elsewhere
    return PostValues(
        capture_id=sighting.capture_id,
        comment_page=page.comment_page,
        url=page.post_url or page.url or url,
        kind=page.kind,
        title=post.title,
        subtitle=post.subtitle,
        section=post.section,
        language=post.language,
        text=post.text,
        html=post.html,
        published=stored_time(post.published),
        modified=stored_time(post.modified),
        declared_comment_count=thread.declared if declared is None and thread is not None else declared,
        view_count=post.view_count,
        withheld=post.withheld,
        post_page=page.post_page,
        page_count=_page_count(page),
        comments_complete=None if complete is None else int(complete),
        comments_service=elsewhere.service if elsewhere else None,
        comments_thread_id=elsewhere.thread_id if elsewhere else None,
        comments_account=elsewhere.account if elsewhere else None,
        comments_server=elsewhere.server if elsewhere else None,
        platform=page.platform,
        site_name=page.site_name,
        source=page.source,
    )


def _page_count(page: Page) -> int | None:
    """How many pages the post stands on, as far as this one of them lets one know."""
    if page.post_page is None:
        return None
    return max(page.post_page, 2, *(number for url in page.post_pages for _, number in numbered(url)))


def post_lists(post: Post) -> PostLists:
    """What this capture says hangs on the post; a tag named twice counts once."""
    tags = [("tag", name) for name in post.tags] + [("category", name) for name in post.categories]
    return PostLists(tuple(dict.fromkeys(tags)), post.images, post.links)


def comment_values(comment: Comment, sighting: tuple[int | None, int | None], page: int | None) -> CommentValues:
    """The row values of an extracted comment, its parent aside; `sighting` is its first and last capture."""
    return CommentValues(
        parent_id=None,
        parent_ref=comment.parent_ref,
        platform_id=comment.id or None,
        permalink=comment.permalink or None,
        kind=comment.kind,
        state=comment.state,
        position=comment.position,
        depth=comment.depth,
        thread_page=page,
        author=comment.author,
        author_url=comment.author_url,
        avatar_url=comment.avatar_url,
        by_post_author=int(comment.by_post_author),
        subject=comment.subject,
        text=comment.text,
        html=comment.html,
        votes=comment.votes,
        published=stored_time(comment.published),
        first_capture_id=sighting[0],
        last_capture_id=sighting[1],
    )
