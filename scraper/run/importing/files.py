"""`take_file`: one saved page or text dump into the archive; `read_stored` reads it again from there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from scraper.capture.header import escape_spaces
from scraper.capture.records import WarcRecord
from scraper.errors import InputError
from scraper.model import Page
from scraper.parse.exports.stored import CONTENT_TYPE as EXPORTED
from scraper.parse.mhtml import read_mhtml
from scraper.parse.saved_from import SavedFrom, find_origin
from scraper.run.boundary import PAGE_SECONDS, attempt
from scraper.run.captured import KINDS, MHTML, PLAIN, Reading
from scraper.run.importing.contents import modified_at, read_bytes
from scraper.run.importing.exports import read_post
from scraper.run.importing.inputs import Input
from scraper.run.importing.intake import Intake
from scraper.run.outcomes import Judgement
from scraper.run.reading import Knowledge, Source, read_saved

CONTENT_TYPES: dict[str, str] = {"html": "text/html", "text": PLAIN, "mhtml": MHTML}


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the person knows of the files: the URL of the only one, and when they were fetched (aware).

    `base` is the address of the site that folders are a mirror of, or exports are from. With `keep_private` the
    addresses of mail and network of those who commented are kept, where an export has them.
    """

    url: str | None = None
    fetched_at: datetime | None = None
    base: str | None = None
    keep_private: bool = False


def take_file(intake: Intake, each: Input, options: ImportOptions, limit: int) -> None:
    """Reads the file and hands it on. Its modification time is an upper bound for when it was fetched.

    Its URL is the one given, else the one that the program wrote into it that saved it, else that of its place in a
    mirror or in a list, else the one that the page states, else its digest. Raises InputError.
    """
    payload = read_bytes(each.path, limit)
    saved = _origin_of(each, payload)
    url = options.url or (saved.url if saved else None) or each.url
    fetched_at = options.fetched_at or (saved.at if saved else None) or each.fetched_at
    source = Source(
        payload,
        escape_spaces(url) if url else None,  # as the WARC record has it
        "text" if each.kind == "text" else "mhtml" if each.kind == "mhtml" else "html",
        fetched_at=fetched_at,
        fetched_before=None if fetched_at else modified_at(each.path),
    )
    digest = hashlib.sha256(payload).hexdigest()
    reading = read_file(source, digest, intake.session.known)
    url = source.url or (reading.page.url if isinstance(reading.page, Page) else None) or _name_of(digest)
    if intake.is_held(url, digest, source.fetched_at):
        return
    capture = intake.session.segment.write_resource(
        url,
        payload,
        CONTENT_TYPES[source.kind],
        date=intake.session.watcher.clock(),
        fetched_at=source.fetched_at,
        fetched_before=source.fetched_before,
    )
    intake.add(capture, reading)


def _origin_of(each: Input, payload: bytes) -> SavedFrom | None:
    """Where and when the file was saved, as the program that saved it says; InputError for a message without a page."""
    if each.kind != "mhtml":
        return find_origin(payload) if each.kind == "html" else None
    saved = read_mhtml(payload)
    if saved is None:
        raise InputError("no HTML page in it", str(each.path))
    return SavedFrom(saved.url, saved.at)


def read_stored(record: WarcRecord, known: Knowledge) -> Reading:
    """What the record of a saved file, or of an exported post, says, read as that was."""
    if record.content_type == EXPORTED:
        return read_post(record.entity, record.url or "")
    source = Source(
        record.entity,
        None if record.url == _name_of(record.sha256) else record.url,
        KINDS.get(record.content_type or "", "html"),
        fetched_at=record.fetched_at,
        fetched_before=record.fetched_before,
    )
    return read_file(source, record.sha256, known)


def read_file(source: Source, digest: str, known: Knowledge) -> Reading:
    """What the file says; where neither the person nor the page itself knows its URL, under a name of our own."""
    page = attempt(lambda: _named(read_saved(source, known), _name_of(digest)), PAGE_SECONDS)
    return Reading(Judgement("fetched", None), page)


def _name_of(digest: str) -> str:
    return f"urn:sha256:{digest}"


def _named(page: Page, name: str) -> Page:
    if page.url is not None:
        return page
    return replace(page, url=name, post_url=page.post_url or (name if page.kind == "post" else None))
