"""A capture: where its bytes are, where each field of the page comes from, what was taken off; and the bytes."""

from __future__ import annotations

from itertools import groupby

from scraper.capture.public import public_payload
from scraper.capture.records import read_record
from scraper.errors import InputError
from scraper.settings import Settings
from scraper.store.lookup.provenance import read_capture, read_claims, read_removals, read_siblings, segment_path
from scraper.web.asked import Answer, Asked, missing

CAPTURES = 50  # of the same page
REMOVALS = 500


def page(asked: Asked) -> Answer:
    """The capture of this id."""
    connection = asked.reader.connection
    capture = read_capture(connection, asked.key)
    if capture is None:
        return missing("No capture has this number.")
    claims = read_claims(connection, capture.id)
    removals = read_removals(connection, capture.id)
    values = {
        "capture": capture,
        "fields": [(field, list(each)) for field, each in groupby(claims, key=lambda claim: claim.field)],
        "removals": removals[:REMOVALS],
        "removed": sum(each.characters for each in removals),
        "left_out": max(0, len(removals) - REMOVALS),
        "siblings": read_siblings(connection, capture.page_id, CAPTURES),
    }
    return Answer("capture.html", values)


def source(asked: Asked) -> Answer:
    """The capture's payload, codings off, as a text that no browser takes for a page; nothing private is in it."""
    capture = read_capture(asked.reader.connection, asked.key)
    if capture is None:
        return missing("No capture has this number.")
    segment = segment_path(asked.reader.path, capture.warc_file)
    record = read_record(segment, capture.warc_offset, Settings().max_page_bytes)
    if record.kind == "revisit":
        raise InputError("its bytes are those of an earlier capture", capture.url)
    encoding = capture.encoding or "utf-8"
    charset = encoding if encoding.replace("-", "").replace("_", "").isalnum() else "utf-8"
    return Answer(body=public_payload(record), media_type=f"text/plain; charset={charset}")
