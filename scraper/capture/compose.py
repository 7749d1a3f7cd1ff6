"""WARC 1.1 records as they go into a segment, each one gzip member: `compose_response` and its fellows. Pure.

Bodies are stored as the exchange has them, content coding kept and transfer coding off; WARC-Payload-Digest speaks of
these bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain

from scraper.capture.header import (
    COPIED_FROM,
    FETCHED_AT,
    FETCHED_BEFORE,
    PAYLOAD_LENGTH,
    PAYLOAD_SHA256,
    escape_spaces,
    write_date,
    write_digest,
    write_header,
)
from scraper.model import Capture, Exchange

# zlib levels, measured on blog pages of 47 kB: at 4 .62 ms and 9.7 kB, at 6 .83 ms and 9.4 kB, at 1 .34 ms and
# 10.7 kB. What is compressed already gains nothing: it is stored as it is (.02 ms for 34 kB, .3 ms at level 1).
LEVEL = 4
HEAD_LEVEL = 1
PIECE = 1 << 20
CODED_TYPES = ("image/", "video/", "audio/", "font/", "application/zip", "application/gzip", "application/pdf")
GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\x03"  # RFC 1952: deflate, no name, no time, Unix
REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
CONFORMS_TO = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
Fields = tuple[tuple[str, str | None], ...]


def compose_info(
    info_id: str, now: datetime, segment: str, archive: str, software: str, copied_from: tuple[str, ...] = ()
) -> Iterator[bytes]:
    """The record that opens a segment: who writes, in what format, under which rules, for which archive.

    `copied_from` are the ids of such records of other archives of ours whose records are copied into this one.
    """
    lines = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": CONFORMS_TO,
        "robots": "obey",
        "isPartOf": archive,
        **({COPIED_FROM: " ".join(copied_from)} if copied_from else {}),
    }
    block = "".join(f"{key}: {value}\r\n" for key, value in lines.items()).encode()
    fields: Fields = (
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", info_id),
        ("WARC-Date", write_date(now)),
        ("WARC-Filename", segment),
        ("WARC-Block-Digest", write_digest(block)),
        ("Content-Type", "application/warc-fields"),
    )
    return _pack(fields, (block,), LEVEL)


def compose_response(exchange: Exchange, record_id: str, info_id: str, same_as: Capture | None) -> Iterator[bytes]:
    """The response; where `same_as` has the very same body, a revisit record that names it, without the body."""
    block = (exchange.response_head,) if same_as else (exchange.response_head, exchange.body)
    fields: Fields = (
        ("WARC-Type", "revisit" if same_as else "response"),
        ("WARC-Record-ID", record_id),
        *_shared_fields(exchange, info_id, block),
        ("WARC-Payload-Digest", write_digest(exchange.body)),
        ("WARC-Truncated", exchange.truncated),
        *(_revisit_fields(same_as) if same_as else ()),
        ("Content-Type", "application/http; msgtype=response"),
    )
    return _pack_stored(fields, block) if _is_coded(exchange.headers) else _pack(fields, block, LEVEL)


def compose_memento(exchange: Exchange, record_id: str, source: str, made: datetime) -> Iterator[bytes]:
    """A response as a web archive has it, of when and from where that archive got it, taken from `source` at `made`.

    As a record of somebody else's it names no warcinfo record of ours. The two fields are those of Webrecorder's tools.
    """
    block = (exchange.response_head, exchange.body)
    fields: Fields = (
        ("WARC-Type", "response"),
        ("WARC-Record-ID", record_id),
        ("WARC-Date", write_date(exchange.started_at)),
        ("WARC-Target-URI", escape_spaces(exchange.url)),
        ("WARC-Source-URI", escape_spaces(source)),
        ("WARC-Creation-Date", write_date(made)),
        ("WARC-Block-Digest", write_digest(*block)),
        ("WARC-Payload-Digest", write_digest(exchange.body)),
        ("Content-Type", "application/http; msgtype=response"),
    )
    return _pack_stored(fields, block) if _is_coded(exchange.headers) else _pack(fields, block, LEVEL)


def compose_request(exchange: Exchange, record_id: str, info_id: str, response_id: str) -> Iterator[bytes]:
    """The request that a response answered."""
    block = (exchange.request_head,)
    fields: Fields = (
        ("WARC-Type", "request"),
        ("WARC-Record-ID", record_id),
        *_shared_fields(exchange, info_id, block),
        ("WARC-Concurrent-To", response_id),
        ("Content-Type", "application/http; msgtype=request"),
    )
    return _pack(fields, block, HEAD_LEVEL)


def compose_resource(capture: Capture, body: bytes, info_id: str | None, date: datetime) -> Iterator[bytes]:
    """A body that came without HTTP, with what `capture` says of it.

    When it was fetched from the web may not be known; what is known stands in two fields of our own, so that the
    archive can be rebuilt from its segments.
    """
    digest = write_digest(body)
    at, before = capture.fetched_at, capture.fetched_before
    content_type = capture.content_type or "application/octet-stream"
    fields: Fields = (
        ("WARC-Type", "resource"),
        ("WARC-Record-ID", capture.record_id),
        ("WARC-Date", write_date(date)),
        ("WARC-Target-URI", escape_spaces(capture.url)),
        ("WARC-Warcinfo-ID", info_id),
        ("WARC-Block-Digest", digest),
        ("WARC-Payload-Digest", digest),
        (FETCHED_AT, write_date(at) if at else None),
        (FETCHED_BEFORE, write_date(before) if before else None),
        ("Content-Type", content_type),
    )
    is_coded = content_type.lower().startswith(CODED_TYPES)
    return _pack_stored(fields, (b"", body)) if is_coded else _pack(fields, (body,), LEVEL)


def compose_conversion(
    capture: Capture, body: bytes, info_id: str, made_of: Capture, date: datetime
) -> Iterator[bytes]:
    """What was made at `date` of another record's body, such as a page after its scripts have run (WARC 1.1, 6.8)."""
    digest = write_digest(body)
    fields: Fields = (
        ("WARC-Type", "conversion"),
        ("WARC-Record-ID", capture.record_id),
        ("WARC-Date", write_date(date)),
        ("WARC-Target-URI", escape_spaces(capture.url)),
        ("WARC-Warcinfo-ID", info_id),
        ("WARC-Refers-To", made_of.record_id or None),
        ("WARC-Block-Digest", digest),
        ("WARC-Payload-Digest", digest),
        (FETCHED_AT, write_date(capture.fetched_at) if capture.fetched_at else None),
        ("Content-Type", capture.content_type),
    )
    return _pack(fields, (body,), LEVEL)


def compress(pieces: Iterable[bytes], level: int = LEVEL) -> Iterator[bytes]:
    """The pieces as one gzip member, in pieces: a page in one, so that it goes to the disk in one write."""
    stream = zlib.compressobj(level, zlib.DEFLATED, 31)
    yield from _together(chain(map(stream.compress, pieces), map(stream.flush, (zlib.Z_FINISH,))))


def _pack(fields: Fields, block: tuple[bytes, ...], level: int) -> Iterator[bytes]:
    head = write_header(fields, sum(len(part) for part in block))
    return compress((head, *block, b"\r\n\r\n"), level)


def _pack_stored(fields: Fields, block: tuple[bytes, ...]) -> Iterator[bytes]:
    """As `_pack`, the block's first part compressed with the fields, the rest stored within the same member."""
    head = write_header(fields, sum(len(part) for part in block)) + block[0]
    return _together(_stored_member(head, (*block[1:], b"\r\n\r\n")))


def _stored_member(head: bytes, rest: tuple[bytes, ...]) -> Iterator[bytes]:
    packed = zlib.compressobj(HEAD_LEVEL, zlib.DEFLATED, -15)
    yield GZIP_HEAD + packed.compress(head) + packed.flush(zlib.Z_SYNC_FLUSH)  # ends with a whole byte
    stored = zlib.compressobj(0, zlib.DEFLATED, -15)
    check, length = zlib.crc32(head), len(head)
    for part in rest:
        check, length = zlib.crc32(part, check), length + len(part)
        for start in range(0, len(part), PIECE):
            yield stored.compress(part[start : start + PIECE])
    yield stored.flush() + struct.pack("<LL", check, length & 0xFFFFFFFF)


def _together(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The parts in pieces of about a megabyte."""
    held: list[bytes] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size > PIECE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _shared_fields(exchange: Exchange, info_id: str, block: tuple[bytes, ...]) -> Fields:
    return (
        ("WARC-Date", write_date(exchange.started_at)),
        ("WARC-Target-URI", escape_spaces(exchange.url)),
        ("WARC-IP-Address", exchange.ip_address),
        ("WARC-Warcinfo-ID", info_id),
        ("WARC-Block-Digest", write_digest(*block)),
    )


def _revisit_fields(same_as: Capture) -> Fields:
    return (
        ("WARC-Profile", REVISIT),
        ("WARC-Refers-To", same_as.record_id or None),
        ("WARC-Refers-To-Target-URI", escape_spaces(same_as.url)),
        ("WARC-Refers-To-Date", write_date(same_as.fetched_at) if same_as.fetched_at else None),
        (PAYLOAD_SHA256, same_as.payload_sha256),
        (PAYLOAD_LENGTH, str(same_as.payload_length)),
    )


def _is_coded(headers: tuple[tuple[str, str], ...]) -> bool:
    values = {name.lower(): value.strip().lower() for name, value in headers}
    coding = values.get("content-encoding", "identity")
    return coding not in ("", "identity") or values.get("content-type", "").startswith(CODED_TYPES)
