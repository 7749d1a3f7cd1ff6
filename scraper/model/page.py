"""What one page shows: `Page` and all that it is made of, and the thread that several pages make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scraper.model.when import When

PageKind = Literal["post", "listing", "about", "other"]
Withheld = Literal["teaser", "paywall", "password"]  # the rest stands behind a link; is for subscribers; is locked
View = Literal["print", "amp", "mobile"]
CommentKind = Literal["comment", "pingback", "trackback"]
CommentState = Literal["visible", "deleted"]


@dataclass(frozen=True, slots=True)
class Byline:
    """A name that signs the post, as the page shows it; `role` is 'author' unless the page says otherwise."""

    name: str
    url: str | None = None
    role: str = "author"


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom the page presents. `bio_source` is who supplied the bio, in the page's words."""

    name: str | None
    url: str | None = None
    bio_text: str | None = None
    bio_html: str | None = None
    bio_source: str | None = None
    picture_url: str | None = None
    picture_alt: str | None = None
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    url: str
    alt: str | None = None
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment. `parent` is an index into the same tuple; `parent_ref` the answered comment's id as stated."""

    id: str | None
    permalink: str | None
    parent: int | None
    parent_ref: str | None
    position: int  # from 0, in the page's order
    depth: int  # 0 is the top level
    author: str | None
    author_url: str | None
    avatar_url: str | None
    by_post_author: bool
    subject: str | None
    published: When | None
    html: str
    text: str
    kind: CommentKind = "comment"
    state: CommentState = "visible"
    votes: int | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """What the author published. `text` has neither title nor byline nor comments; newlines separate its blocks."""

    title: str | None
    subtitle: str | None = None
    bylines: tuple[Byline, ...] = ()
    published: When | None = None
    modified: When | None = None
    section: str | None = None
    html: str = ""
    text: str = ""
    language: str | None = None
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()
    declared_comment_count: int | None = None
    view_count: int | None = None
    withheld: Withheld | None = None  # why there is more of the post than the page shows


@dataclass(frozen=True, slots=True)
class Removal:
    """A block that was taken off, and why: which step, by which rule, from which place in the page."""

    step: str
    kind: str
    rule: str
    where: str
    characters: int
    excerpt: str

    def __reduce__(self) -> tuple[type[Removal], tuple[object, ...]]:
        """As its fields, which takes half the time: a page has many, and goes from process to process."""
        return Removal, (self.step, self.kind, self.rule, self.where, self.characters, self.excerpt)


@dataclass(frozen=True, slots=True)
class Claim:
    """One candidate for a field, the source that makes it, and whether it won."""

    field: str
    value: str
    source: str
    where: str
    accepted: bool = False

    def __reduce__(self) -> tuple[type[Claim], tuple[object, ...]]:
        """As its fields, like a Removal."""
        return Claim, (self.field, self.value, self.source, self.where, self.accepted)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Comments that live with an embedded service: its name, the thread's id there, and the site's account with it.

    `server` is where the service runs, as the page states it; None where it does not, or there is but one for all.
    """

    service: str
    thread_id: str | None
    account: str | None = None  # as the service calls the site: short name, repository, key
    server: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """All that one capture shows. A listing yields no post; a page of kind about or other has its text in `post`."""

    url: str | None
    canonical_url: str | None
    post_url: str | None  # the post that this page belongs to: comment-page parts and fragment off
    comment_page: int | None
    comment_pages: tuple[str, ...]
    kind: PageKind
    post: Post | None
    people: tuple[Person, ...]
    comments: tuple[Comment, ...]
    comments_complete: bool | None  # None: the page does not let one know
    comments_elsewhere: Elsewhere | None
    site_name: str | None
    platform: str | None
    encoding: str | None
    encoding_source: str | None
    contexts: tuple[str, ...]  # entries of leaked debug output
    removals: tuple[Removal, ...]
    claims: tuple[Claim, ...]
    notices: tuple[str, ...]
    source: Literal["html", "text"]
    extractor_version: str
    post_page: int | None = (
        None  # its number, from 1, among the pages that the post stands on; None: it is the only one
    )
    post_pages: tuple[str, ...] = ()  # the addresses of those others that the page lets one know, in their order
    view: View | None = None  # another view of the post's own page
    is_topic: bool = False  # a forum's: the post is its opening message, which only its first page has; the comments
    # are all others
    recipe: str | None = None  # SHA-256 of the text of the user's recipe that it was read with
    robots: tuple[str, ...] = ()  # what it asks of robots, in lower case: noindex, noarchive ...


@dataclass(frozen=True, slots=True)
class Thread:
    """The comments of one post from all that is known of it; unresolved parents keep their `parent_ref`."""

    post_url: str
    comments: tuple[Comment, ...]
    declared: int | None
    complete: bool | None


@dataclass(frozen=True, slots=True)
class StatedComment:
    """A comment of a feed or of a platform's JSON, and the address of its post (None where the document has none).

    Its `parent` is None and its `depth` 0: `parent_ref` names the comment that it answers.
    """

    comment: Comment
    post_url: str | None
