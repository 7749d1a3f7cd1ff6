"""The block of a WARC record: `read_block` tells an HTTP message's head from its body, and takes the body's digest."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from scraper.capture.coding import decode_chunked
from scraper.capture.header import Header, read_fields, split_lines
from scraper.capture.member import Damage, Member

HTTP_KINDS = frozenset({"response", "request", "revisit"})
_STATUS = re.compile(r"HTTP/[\d.]+\s+(\d{3})\b")


@dataclass(frozen=True, slots=True)
class Block:
    """Status and headers of an HTTP message, and its body; digest (hex) and length are of the whole body as stored."""

    status: int | None
    headers: tuple[tuple[str, str], ...]
    entity: bytes
    length: int
    sha256: str


def read_block(member: Member, header: Header, size: int, max_bytes: int) -> Block:
    """The block of `size` bytes; of one over the cap the front is kept and the rest goes through the digest."""
    kept = member.take(min(size, max_bytes))
    status, headers, entity = split_http(header, kept)
    if size <= max_bytes and is_chunked(headers):
        entity = decode_chunked(entity)
    digest, length = hashlib.sha256(entity), len(entity)
    came = len(kept)
    for piece in member.pieces(size - came):
        digest.update(piece)
        length += len(piece)
        came += len(piece)
    if came < size:
        raise Damage(f"cut off: {came} of {size} bytes")
    return Block(status, headers, entity, length, digest.hexdigest())


def split_http(header: Header, block: bytes) -> tuple[int | None, tuple[tuple[str, str], ...], bytes]:
    """Status, headers and body of an HTTP message; for other blocks None, none and the block."""
    if header.kind not in HTTP_KINDS or not _holds_http(header, block):
        return None, (), block
    head, _, body = block.partition(b"\r\n\r\n")
    if len(head) == len(block) and b"\n\n" in block:
        head, _, body = block.partition(b"\n\n")
    first, *lines = split_lines(head.decode("latin-1"))
    status = _STATUS.match(first)
    return int(status[1]) if status else None, read_fields(lines), body


def _holds_http(header: Header, block: bytes) -> bool:
    return block.startswith(b"HTTP/") or (header.get("Content-Type") or "").lower().startswith("application/http")


def is_chunked(headers: tuple[tuple[str, str], ...]) -> bool:
    """Whether the headers say that the body is in chunks."""
    return any(name.lower() == "transfer-encoding" and "chunked" in value.lower() for name, value in headers)
