"""What a record of an archive's own segments says, read as the run that wrote it would read it today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from scraper.capture.records import WarcRecord, read_record
from scraper.errors import InputError
from scraper.extract.stated_comments import read_stated
from scraper.fetch.client import CUT
from scraper.model import Capture, StatedComment
from scraper.run.boundary import PAGE_SECONDS, Mishap, attempt
from scraper.run.captured import Reading, read_captured
from scraper.run.files import read_stored
from scraper.run.outcomes import Judgement
from scraper.run.reading import Knowledge

STATING = frozenset({"comment_feed", "comment_api"})  # what a crawl asks for to have comments from it


@dataclass(frozen=True, slots=True)
class Stored:
    """A capture in an archive, the segment that has it, and what a crawl asked for it as."""

    capture: Capture
    segment: Path
    max_bytes: int
    role: str | None = None
    found_on: str | None = None  # the URL of the page that named it


def read_again(stored: Stored, known: Knowledge) -> Reading | Mishap:
    """What the capture says; a Mishap where its record cannot be read, or a page in it brings a bug to light."""
    capture = stored.capture
    try:
        record = read_record(stored.segment, capture.warc_offset, stored.max_bytes)
    except InputError as error:
        return Mishap(error.message, "")
    if record.kind != "revisit" and record.sha256 != capture.payload_sha256:
        return Mishap("its record holds another payload", "")
    reading = read_as_written(record, capture, known)
    if isinstance(reading.page, Mishap):
        return reading.page
    if stored.role in STATING and reading.page is None and reading.judgement.state == "fetched":
        stated = attempt(partial(stated_in, record, capture.url, stored.found_on), PAGE_SECONDS)
        return stated if isinstance(stated, Mishap) else replace(reading, stated=stated)
    return reading


def read_as_written(record: WarcRecord, capture: Capture, known: Knowledge) -> Reading:
    """What the record says: a saved file, an answer that was cut short, or anything else that was captured."""
    if capture.origin == "file":
        return read_stored(record, known)
    cut = record.header.get("WARC-Truncated")
    if capture.origin == "fetch" and cut in CUT and not capture.url.endswith("/robots.txt"):
        return Reading(Judgement("failed", f"{CUT[cut]}: {capture.payload_length} bytes of the body came"))
    return read_captured(record, capture.url, known)


def stated_in(record: WarcRecord, url: str, found_on: str | None) -> tuple[StatedComment, ...]:
    """The comments that the document states; where it does not say on which post, on that whose page named it."""
    stated = read_stated(record.payload, url)
    return tuple(each if each.post_url else replace(each, post_url=found_on) for each in stated)
