"""What a captured record says: `read_captured` judges it and reads its page, for imports and recovery alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scraper.capture.header import FORGOTTEN
from scraper.capture.records import WarcRecord
from scraper.model import Capture, Page, PrivateContact, StatedComment, Visit
from scraper.parse.exports.stored import CONTENT_TYPE as EXPORTED
from scraper.parse.exports.stored import read_stored
from scraper.run.boundary import PAGE_SECONDS, Mishap, attempt
from scraper.run.outcomes import Judgement, judge_response
from scraper.run.payloads import kind_of_payload
from scraper.run.reading import Knowledge, Source, SourceKind, read_source
from scraper.run.session import Session
from scraper.run.writing import fail

PRIVATE = (b'"email": ', b'"ip": ')  # as the record of an exported post has them
PLAIN = "text/plain"  # a resource of this type is a page saved as text
MHTML = "multipart/related"
KINDS: dict[str, Literal["text", "mhtml", "export"]] = {PLAIN: "text", MHTML: "mhtml", EXPORTED: "export"}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a capture is judged, the page that was read of it if there is one, and what is missing of its payload.

    `stated` are the comments that it states where it is a document that does.
    """

    judgement: Judgement
    page: Page | Mishap | None = None
    notices: tuple[str, ...] = ()
    stated: tuple[StatedComment, ...] = ()
    contacts: tuple[PrivateContact, ...] = ()


def read_captured(record: WarcRecord, url: str, known: Knowledge, seconds: float = PAGE_SECONDS) -> Reading:
    """What the record of this URL says, whoever wrote it, by what is known of its blog; in at most so much CPU time."""
    if record.header.get(FORGOTTEN):
        return Reading(Judgement("fetched", "forgotten"))
    body = record.read()
    judgement = _judge(record, body.data)
    if not judgement.readable:
        return Reading(judgement, None, body.notices)
    kind: SourceKind = KINDS.get(judgement.reason or "", "html")
    times = (record.fetched_at, record.fetched_before)
    headers = record.http_headers
    if record.kind == "conversion":  # which has no HTTP, and whose bytes are not in the encoding that they may declare
        headers = (("Content-Type", record.content_type or ""),)
    source = Source(body.data, url, kind, *times, headers=headers, profile=known.profile_of(url))
    page = attempt(lambda: read_source(source, known.recipes), seconds)
    contacts = contacts_in(body.data, page) if kind == "export" else ()
    return Reading(judgement, page, body.notices, contacts=contacts)


def contacts_in(payload: bytes, page: Page | Mishap) -> tuple[PrivateContact, ...]:
    """What the record of an exported post has of those who commented: nothing, but where it was asked for."""
    if isinstance(page, Mishap) or not any(mark in payload for mark in PRIVATE):
        return ()
    exported = read_stored(payload)
    if exported is None or len(exported.comments) != len(page.comments):
        return ()
    return tuple(
        PrivateContact(comment.id, comment.author, comment.text, each.email, each.ip)
        for comment, each in zip(page.comments, exported.comments, strict=True)  # which stand in one order
        if each.email or each.ip
    )


def visit_of(session: Session, capture: Capture, reading: Reading) -> Visit:
    """The stored capture with what was read of it, as it goes into the archive; a bug has become an event."""
    page = reading.page if isinstance(reading.page, Page) else None
    state, reason = reading.judgement.state, reading.judgement.reason
    visit = Visit(capture.url, state, reason, capture, page, reading.notices, reading.stated, reading.contacts)
    return fail(session, visit, reading.page) if isinstance(reading.page, Mishap) else visit


def _judge(record: WarcRecord, payload: bytes) -> Judgement:
    if record.kind == "revisit":
        return Judgement("not_modified", "revisit")
    if record.kind == "response":
        return _judge_response(record, payload)
    media_type = (record.content_type or "").partition(";")[0].strip().lower()
    if media_type in KINDS:
        return Judgement("fetched", media_type, readable=True)
    kind = kind_of_payload(record.content_type, payload)
    if kind == "html":
        return Judgement("fetched", None, readable=True)
    return Judgement("fetched", kind if kind != "other" else media_type or "unknown type")


def _judge_response(record: WarcRecord, payload: bytes) -> Judgement:
    if record.status is None:  # dns: and other protocols that are no HTTP
        return Judgement("skipped", "not an HTTP response")
    return judge_response(record.status, record.http_headers, payload)
