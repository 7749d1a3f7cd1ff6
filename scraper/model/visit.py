"""One input and its end, and where its bytes are kept: `Visit`, `Capture`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from scraper.model.page import Page, StatedComment

CaptureOrigin = Literal["fetch", "file", "warc"]  # by us; a saved file; copied from somebody's WARC or web archive


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
class CaptureRow:
    """What an archive's row says of a capture's record: its place in the segment, and what has to be there."""

    warc_offset: int
    warc_length: int
    url: str
    payload_sha256: str
    payload_length: int
    record_id: str


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
