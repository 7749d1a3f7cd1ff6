"""The frozen values that pass between the stages; no stage hands another a dict or a parser's node."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

Precision = Literal["year", "month", "day", "minute", "second", "interval"]
PageKind = Literal["post", "listing", "about", "other"]
Withheld = Literal["teaser", "paywall", "password"]  # the rest stands behind a link; is for subscribers; is locked
View = Literal["print", "amp", "mobile"]
CommentKind = Literal["comment", "pingback", "trackback"]
CommentState = Literal["visible", "deleted"]
CaptureOrigin = Literal["fetch", "file", "warc"]  # by us; a saved file; copied from somebody's WARC or web archive


@dataclass(frozen=True, slots=True)
class When:
    """A time as far as a page lets one know it.

    `earliest` and `latest` are aware UTC and enclose the true instant, `earliest <= t < latest`; either may be None
    for an open end. `local` is the wall clock as stated (naive), `utc_offset` its stated offset in minutes. Where no
    zone is stated, the bounds are widened by every offset in use on Earth (+14:00 to -12:00).
    """

    earliest: datetime | None
    latest: datetime | None
    local: datetime | None
    utc_offset: int | None
    precision: Precision
    shown: str

    @property
    def iso(self) -> str | None:
        """ISO 8601 at this precision, with the offset if one was stated; None for an interval of more than a day.

        >>> When(None, None, datetime(2012, 5, 14), None, "day", "14 May 2012").iso
        '2012-05-14'
        >>> When(None, None, datetime(2012, 5, 14, 10, 4), 120, "minute", "14 May 2012 10:04 +2").iso
        '2012-05-14T10:04+02:00'
        """
        if self.precision == "interval" or self.local is None:
            same_day = self.earliest and self.latest and self.earliest.date() == self.latest.date()
            return self.earliest.date().isoformat() if same_day and self.earliest else None
        if self.precision in ("year", "month", "day"):
            return self.local.date().isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]
        clock = self.local.isoformat(timespec="minutes" if self.precision == "minute" else "seconds")
        if self.utc_offset is None:
            return clock
        sign, minutes = "-" if self.utc_offset < 0 else "+", abs(self.utc_offset)
        return f"{clock}{sign}{minutes // 60:02d}:{minutes % 60:02d}"

    def excludes(self, other: When) -> bool:
        """Whether both cannot be the time of one instant; a bound that is not known excludes nothing."""
        starts_later = self.earliest is not None and other.latest is not None and self.earliest >= other.latest
        return starts_later or (
            other.earliest is not None and self.latest is not None and other.earliest >= self.latest
        )


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


@dataclass(frozen=True, slots=True)
class Claim:
    """One candidate for a field, the source that makes it, and whether it won."""

    field: str
    value: str
    source: str
    where: str
    accepted: bool = False


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


# ---- what a blog teaches of itself


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


# ---- what a crawl knows of a blog's addresses

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


# ---- what came over the wire, and where it is kept


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response. `body` keeps its content coding; transfer coding is taken off."""

    url: str
    request_head: bytes  # request line and headers, ending in the empty line
    response_head: bytes  # status line and headers as they are to be stored, ending in the empty line
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    started_at: datetime
    ip_address: str | None = None
    truncated: Literal["length", "time", "disconnect"] | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A response, and the redirects that led to it; `exchanges[-1]` is the answer itself."""

    url: str
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class Denied:
    """Not asked for: `reason` is 'robots', 'address', 'scheme', 'redirects' or 'pace'."""

    url: str
    reason: str
    detail: str
    exchanges: tuple[Exchange, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """Asked for without a usable answer: `reason` is 'dns', 'connect', 'tls', 'timeout', 'budget' or 'protocol'."""

    url: str
    reason: str
    detail: str
    exchanges: tuple[Exchange, ...] = ()


FetchOutcome = Fetched | Denied | Failed


@dataclass(frozen=True, slots=True)
class Capture:
    """A stored copy of one URL's bytes and the place of its WARC record (`warc_file` is relative to the archive)."""

    url: str
    fetched_at: datetime | None  # None: not known; then `fetched_before` may bound it
    fetched_before: datetime | None
    status: int | None
    content_type: str | None
    payload_sha256: str
    payload_length: int
    record_id: str
    warc_file: str
    warc_offset: int
    warc_length: int
    origin: CaptureOrigin


@dataclass(frozen=True, slots=True)
class MovedRecord:
    """A record of a segment that was written anew: where it is now, None where it went; if cleared, its new payload."""

    offset: int
    new_offset: int | None = None
    new_length: int = 0
    payload_sha256: str | None = None
    payload_length: int = 0


@dataclass(frozen=True, slots=True)
class RecipeText:
    """A user's recipe for one blog as an archive keeps it: the file's name, and all that it says."""

    name: str
    kind: Literal["toml", "python"]
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CaptureRow:
    """What an archive's row says of a capture's record: its place in the segment, and what has to be there."""

    warc_offset: int
    warc_length: int
    url: str
    payload_sha256: str
    payload_length: int
    record_id: str


VisitState = Literal["fetched", "not_modified", "refused", "failed", "gone", "skipped"]


@dataclass(frozen=True, slots=True)
class PrivateContact:
    """What a blog's export says of who wrote a comment, and readers never saw. The comment is told by its platform's
    id, or where it has none by its author and words.
    """

    comment_id: str | None
    author: str | None
    text: str
    email: str | None
    ip: str | None


@dataclass(frozen=True, slots=True)
class Visit:
    """The end of one input: its state with the reason, what was captured, and what was read from it."""

    url: str
    state: VisitState
    reason: str | None = None
    capture: Capture | None = None
    page: Page | None = None
    notices: tuple[str, ...] = field(default=())
    stated: tuple[StatedComment, ...] = ()  # of a feed or an interface, for posts that are held
    contacts: tuple[PrivateContact, ...] = ()  # of those who commented on the page's post; kept only on request


# ---- what a check of an archive finds


@dataclass(frozen=True, slots=True)
class RebuildIndex:
    """Make an index anew, of rows or of their words."""

    index: str


@dataclass(frozen=True, slots=True)
class RemoveRows:
    """Take out the rows of a table that belong to nothing; never those of a text."""

    table: str


@dataclass(frozen=True, slots=True)
class PlaceSeal:
    """Seal a segment as what it was read to be: whole, and as its rows have it."""

    path: str
    length: int
    sha256: str
    records: int


Remedy = RebuildIndex | RemoveRows | PlaceSeal


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has to say of a path or URL, in one line, and what to do about it.

    One that is no problem is only good to know. Where a repair can mend it, `remedy` is how.
    """

    about: str
    what: str
    advice: str
    is_problem: bool = True
    remedy: Remedy | None = None
