"""Records of exported posts without the private addresses that a person may have kept: `public_record`."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from scraper.capture.captures import capture_of
from scraper.capture.compose import compose_resource
from scraper.capture.records import WarcRecord, read_open
from scraper.errors import InputError
from scraper.parse.exports.stored import CONTENT_TYPE, read_stored, write_stored
from scraper.parse.exports.values import without_contacts


def is_exported(record: WarcRecord) -> bool:
    """Whether the record says that it is what an archive keeps of an exported post."""
    media_type = (record.content_type or "").partition(";")[0].strip().lower()
    return record.kind == "resource" and media_type == CONTENT_TYPE


def public_payload(record: WarcRecord) -> bytes:
    """The payload; of an exported post without what is private of those who commented.

    Raises InputError for such a one that cannot be read: nobody knows what is in it.
    """
    if not is_exported(record):
        return record.payload
    post = read_stored(record.entity)
    if post is None or len(record.entity) < record.entity_length:
        raise InputError("what is private in it cannot be told from the rest", record.url)
    return write_stored(without_contacts(post))


def public_record(record: WarcRecord, now: datetime, info_id: str | None = None) -> WarcRecord:
    """The record as it is, but where it has something private: then a new one without it, with an id of its own.

    `now` stands in for a time that it does not state; `info_id` is that of the record which says who made it, where
    that is not the one that it names. Raises InputError as `public_payload` does.
    """
    if not is_exported(record) or (payload := public_payload(record)) == record.entity:
        return record
    made_id = uuid5(NAMESPACE_URL, f"{record.record_id} {payload.decode()}")  # the same wherever it is made again
    capture = replace(capture_of(record, "file"), record_id=f"<{made_id.urn}>")
    info_id = info_id or record.header.get("WARC-Warcinfo-ID")
    made = b"".join(compose_resource(capture, payload, info_id, record.date or now))
    (public,) = read_open(io.BytesIO(made), record.path, record.max_bytes)
    assert isinstance(public, WarcRecord)
    return replace(public, stored=made)
