"""The bytes of one saved page: `read_bytes` and `read_stream`, and how old they are: `modified_at`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from scraper.capture.coding import DECODERS, CodingError
from scraper.errors import InputError

GZIP = b"\x1f\x8b"
CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\f\r\x1b") + b"\x7f"
MOST_CONTROLS = 0.05  # share of the first bytes; random bytes have 0.1
PIECE = 1024 * 1024
LOOK = 4096  # bytes that tell text from what is none


def read_bytes(path: Path, limit: int) -> bytes:
    """The file's bytes, unpacked where they are gzip. Raises InputError where they cannot be read or exceed `limit`."""
    try:
        with path.open("rb") as file:
            return read_stream(file, limit, str(path))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from error


def read_stream(stream: BinaryIO, limit: int, name: str) -> bytes:
    """The same of what is open already; `name` is what messages call it."""
    data = b"".join(_pieces(stream, limit + 1))
    if data.startswith(GZIP) and len(data) <= limit:
        data = _unpacked(data, limit, name)
    if len(data) > limit:
        raise InputError(f"larger than {limit} bytes", name)
    if not data.strip():
        raise InputError("is empty", name)
    if _is_binary(data):
        raise InputError("is neither HTML nor text: too many control characters", name)
    return data


def _pieces(stream: BinaryIO, left: int) -> Iterator[bytes]:
    """So many bytes at most; not asked for in one, for which the memory would be taken beforehand."""
    while left and (piece := stream.read(min(left, PIECE))):
        left -= len(piece)
        yield piece


def modified_at(path: Path) -> datetime | None:
    """When the file was last written, in UTC; None where its clock is beyond the calendar."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        return None


def _unpacked(data: bytes, limit: int, name: str) -> bytes:
    try:
        unpacked, whole = DECODERS["gzip"](data, limit + 1)
    except CodingError as error:
        raise InputError(f"cannot be read: its gzip data are damaged ({error})", name) from error
    if not whole and len(unpacked) <= limit:
        raise InputError("cannot be read: its gzip data end too early", name)
    return unpacked


def _is_binary(data: bytes) -> bool:
    """Whether the beginning is no text in any encoding; UTF-16 has a byte order mark or a NUL in every other byte."""
    head = data[:LOOK]
    if not head.strip(b"\0"):
        return True
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.count(0) * 3 > len(head):
        return False
    return len(head) - len(head.translate(None, CONTROLS)) > MOST_CONTROLS * len(head)
