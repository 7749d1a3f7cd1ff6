"""One request and its answer as they are to be archived: `read_exchange`.

Of the answer, the content coding stays and the transfer coding is gone, so the stored head says what the stored body
is: `Transfer-Encoding: chunked` becomes `X-Archive-Orig-Transfer-Encoding` and `Content-Length` is the length that is
stored, one that said otherwise kept as `X-Archive-Orig-Content-Length` (as web archives' own tools rename them; what
replays a WARC reads such a record as it is). Header order and spelling are the server's.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Literal

from scraper.fetch.deadline import Stopped
from scraper.model import Exchange

if TYPE_CHECKING:
    from requests import Response
    from urllib3 import HTTPResponse

CHUNK = 64 * 1024
IN_MEMORY = 1024 * 1024  # bytes of a body; what is longer goes to a temporary file while it comes
SECRET_HEADERS = frozenset({b"authorization", b"proxy-authorization", b"cookie"})  # sent where need be, never stored
BODILESS = frozenset({204, 304})  # their Content-Length, if any, speaks of another response
Headers = tuple[tuple[str, str], ...]
Truncated = Literal["length", "time", "disconnect"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, when, and how many bytes of body may be read."""

    url: str
    method: str
    started_at: datetime
    max_bytes: int
    keeps_start: bool = False  # whether the beginning of a body that is announced as longer is of use


class Sent(threading.local):
    """What this thread's connection wrote last, and to which address; connections fill it in."""

    head: bytes = b""
    peer: str | None = None


def read_exchange(response: Response, asked: Asked, sent: Sent) -> Exchange:
    """The exchange, its body read from the wire; `truncated` says why a body is not whole. Raises nothing for that."""
    wire: HTTPResponse = response.raw
    original = getattr(wire, "_original_response", None)
    version = "HTTP/1.0" if getattr(original, "version", 11) == 10 else "HTTP/1.1"
    received = tuple((original.msg if original is not None else wire.headers).items())
    body, truncated = _read_body(wire, asked)
    bodiless = asked.method == "HEAD" or wire.status in BODILESS
    headers = store_headers(received, None if bodiless else len(body))
    return Exchange(
        url=asked.url,
        request_head=without_secrets(sent.head),
        response_head=write_head(f"{version} {wire.status} {wire.reason or ''}", headers),
        status=wire.status,
        headers=headers,
        body=body,
        started_at=asked.started_at,
        ip_address=sent.peer,
        truncated=truncated,
    )


def store_headers(received: Headers, length: int | None) -> Headers:
    """The headers as stored, for a body of `length` bytes as stored; None: there is no body to speak of."""
    stored: list[tuple[str, str]] = []
    has_length = length is None
    for name, value in received:
        value = re.sub(r"[\r\n]+[ \t]*", " ", value)
        if name.lower() == "transfer-encoding" and value.strip().lower() == "chunked":
            stored.append((f"X-Archive-Orig-{name}", value))
        elif name.lower() == "content-length" and length is not None:
            if value.strip() != str(length):
                stored.append((f"X-Archive-Orig-{name}", value))
            if not has_length:
                stored.append((name, str(length)))
            has_length = True
        else:
            stored.append((name, value))
    if not has_length:
        stored.append(("Content-Length", str(length)))
    return tuple(stored)


def write_head(first_line: str, headers: Headers) -> bytes:
    """The bytes of a head: its first line, its headers and the empty line."""
    lines = [first_line.rstrip() if first_line.startswith("HTTP/") else first_line]
    lines += [f"{name}: {value}" for name, value in headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", errors="replace")


def without_secrets(head: bytes) -> bytes:
    """The head without the headers that carry credentials."""
    first, *lines = head.split(b"\r\n")
    kept = [line for line in lines if line.partition(b":")[0].strip().lower() not in SECRET_HEADERS]
    return b"\r\n".join([first, *kept])


def _read_body(wire: HTTPResponse, asked: Asked) -> tuple[bytes, Truncated | None]:
    """What came of the body, at most `max_bytes` of it; nothing is read where more is announced than may be."""
    from urllib3.exceptions import HTTPError

    max_bytes = asked.max_bytes
    if not asked.keeps_start and wire.length_remaining is not None and wire.length_remaining > max_bytes:
        return b"", "length"
    size = 0
    truncated: Truncated | None = None
    with SpooledTemporaryFile(IN_MEMORY) as body:  # a slow answer must not hold its megabytes in memory
        while truncated is None:
            try:
                chunk = wire.read1(min(CHUNK, max_bytes - size + 1), decode_content=False)
            except Stopped:
                truncated = "time"
                break
            except (HTTPError, HTTPException, OSError):
                truncated = "disconnect"
                break
            if not chunk:
                break
            body.write(chunk)
            size += len(chunk)
            truncated = "length" if size > max_bytes else None
        body.seek(0)
        return body.read(min(size, max_bytes)), truncated
