"""What a record of an archive's own segments says, read as the run that wrote it would read it today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from scraper.capture.header import FORGOTTEN, FORGOTTEN_PARTS
from scraper.capture.records import WarcRecord, read_record
from scraper.errors import InputError
from scraper.fetch.client import CUT
from scraper.model import Capture
from scraper.parse.image import image_type
from scraper.run.boundary import Mishap
from scraper.run.captured import Reading, read_captured
from scraper.run.importing.files import read_stored
from scraper.run.outcomes import Judgement
from scraper.run.reading import Knowledge
from scraper.run.stating import read_statement
from scraper.store.crawls.pictures import PICTURE

WITHHELD = Judgement("fetched", "forgotten")  # of a record that says less than what was read of it
IMAGE = 65_536  # bytes by which a picture is told


@dataclass(frozen=True, slots=True)
class Stored:
    """A capture in an archive, the segment that has it, and what a crawl asked for it as."""

    capture: Capture
    segment: Path
    max_bytes: int
    role: str | None = None
    found_on: str | None = None  # the URL of the page that named it
    guesses: bool = False  # whether what was asked for is lost, and to be told by what came
    has_rows: bool = False  # whether rows have what was read of it, which is more than it says once it is masked


def read_again(stored: Stored, known: Knowledge) -> Reading | Mishap:
    """What the capture says; a Mishap where its record cannot be read, or a page in it brings a bug to light.

    Nothing where rows have what was read of it before something was taken out of it on request.
    """
    capture = stored.capture
    try:
        record = read_record(stored.segment, capture.warc_offset, stored.max_bytes)
    except InputError as error:
        return Mishap(error.message, "")
    if record.kind != "revisit" and record.sha256 != capture.payload_sha256:
        return Mishap("its record holds another payload", "")
    if stored.has_rows and (record.header.get(FORGOTTEN) or record.header.get(FORGOTTEN_PARTS)):
        return Reading(WITHHELD)
    reading = read_as_written(record, capture, known)
    if isinstance(reading.page, Mishap):
        return reading.page
    is_document = reading.page is None and reading.judgement.state == "fetched"
    if not is_document or (stored.role is None and not stored.guesses):
        return reading
    is_ours = capture.origin == "fetch"
    return read_statement(reading, record.payload, capture.url, stored.role, stored.found_on, is_ours=is_ours)


def read_as_written(record: WarcRecord, capture: Capture, known: Knowledge) -> Reading:
    """What the record says: a saved file, an answer that was cut short, or anything else that was captured."""
    if capture.origin == "file" and not record.header.get(FORGOTTEN):
        return read_stored(record, known)
    cut = record.header.get("WARC-Truncated")
    if capture.origin == "fetch" and cut in CUT and not capture.url.endswith("/robots.txt"):
        return Reading(Judgement("failed", f"{CUT[cut]}: {capture.payload_length} bytes of the body came"))
    reading = read_captured(record, capture.url, known)
    if capture.origin == "fetch" and record.kind == "response" and reading.judgement.state == "fetched":
        kind = image_type(record.content_type, record.entity[:IMAGE]) if reading.page is None else None
        if kind is not None:
            return replace(reading, judgement=Judgement("fetched", f"{PICTURE}{kind}"))
    return reading
