"""Content and transfer codings taken off: `decode_body`, under a cap, and telling what it could not do. Pure."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n")


@dataclass(frozen=True, slots=True)
class Payload:
    """Bytes as a browser would see them, and in `notices` what is missing of them and why."""

    data: bytes
    notices: tuple[str, ...] = ()


def decode_body(body: bytes, headers: Iterable[tuple[str, str]], max_bytes: int) -> Payload:
    """The body without its content codings, at most `max_bytes` of it; where one cannot be undone, the body as is.

    Never raises: bodies are often not what their headers say.
    """
    stated = ",".join(value for name, value in headers if name.lower() == "content-encoding").lower()
    notices: list[str] = []
    for coding in reversed([name.strip() for name in stated.split(",") if name.strip()]):
        if coding == "identity":
            continue
        decode = DECODERS.get(coding)
        if decode is None:
            return Payload(body[:max_bytes], (*notices, f"content coding {coding} is not known"))
        try:
            body, whole = decode(body, max_bytes + 1)
        except CodingError as error:
            notices.append(f"content coding {coding}: {error}; taken as it is")
            continue
        if not whole and len(body) <= max_bytes:
            notices.append(f"content coding {coding}: the data ends early")
    if len(body) > max_bytes:
        notices.append(f"cut at {max_bytes} bytes")
    return Payload(body[:max_bytes], tuple(notices))


class CodingError(Exception):
    """The bytes are not in that coding. Internal to decode_body."""


def decode_chunked(body: bytes) -> bytes:
    """The body with chunked transfer coding off; what was never chunked, or no more is, comes back as it is.

    Archives hold both: some tools store the chunks, some take them off and leave the header.
    """
    parts: list[bytes] = []
    at = 0
    while match := _CHUNK.match(body, at):
        size = int(match[1], 16)
        start = match.end()
        parts.append(body[start : start + size])
        at = start + size
        if size == 0:
            return b"".join(parts)
        at += 2 if body[at : at + 2] == b"\r\n" else body[at : at + 1] == b"\n"
    if not parts:
        return body
    cut_off = at >= len(body)
    return b"".join(parts) if cut_off else body


def _gunzip(body: bytes, limit: int) -> tuple[bytes, bool]:
    if body[:2] != b"\x1f\x8b":
        raise CodingError("no gzip header")
    return _inflate(body, limit, 31)


def _deflate(body: bytes, limit: int) -> tuple[bytes, bool]:
    try:
        return _inflate(body, limit, 15)
    except CodingError:
        return _inflate(body, limit, -15)  # without the zlib header, as some servers send it


def _inflate(body: bytes, limit: int, window: int) -> tuple[bytes, bool]:
    """The data and whether its end was reached; several gzip members count as one."""
    parts: list[bytes] = []
    size = 0
    while body and size < limit:
        stream = zlib.decompressobj(window)
        try:
            data = stream.decompress(body, limit - size)
        except zlib.error as error:
            if parts:  # what follows the last member is no data
                return b"".join(parts), True
            raise CodingError(str(error)) from error
        parts.append(data)
        size += len(data)
        if not stream.eof:
            return b"".join(parts), False
        body = stream.unused_data if window == 31 else b""
    return b"".join(parts), not body


def _unbrotli(body: bytes, limit: int) -> tuple[bytes, bool]:
    try:
        import brotli  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError as error:
        raise CodingError("the package brotli is not installed") from error
    stream = brotli.Decompressor()
    try:
        data: bytes = stream.process(body, output_buffer_limit=limit)
    except brotli.error as error:
        raise CodingError(str(error)) from error
    return data, bool(stream.is_finished())


DECODERS: dict[str, Callable[[bytes, int], tuple[bytes, bool]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflate,
    "br": _unbrotli,
}
