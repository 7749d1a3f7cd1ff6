"""A page saved with its parts as one message (RFC 2557): `read_mhtml` finds the page in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from email.parser import BytesHeaderParser

from scraper.parse.saved_from import mail_time

HEAD = re.compile(rb"\A(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?Content-Type:\s*multipart/related", re.I)
HEAD_END = re.compile(rb"\r?\n\r?\n")
PAGES = ("text/html", "application/xhtml+xml")
MOST_PARTS = 20_000
MOST_HEAD = 64 * 1024  # bytes
DEEPEST = 3  # messages in messages


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The page of an MHTML file: its bytes, the Content-Type of its part; where and when it was saved, if stated."""

    html: bytes
    content_type: str
    url: str | None
    at: datetime | None


def looks_like_mhtml(head: bytes) -> bool:
    """Whether the first bytes are the head of such a message."""
    return HEAD.match(head) is not None


def read_mhtml(content: bytes) -> SavedPage | None:
    """The page in the file: the part that the message names as its start, else the first page in it.

    None where there is none. Of the other parts nothing but their heads is read.
    """
    message, _ = _divided(content)
    pages = [part for part in _parts(content, DEEPEST) if part[0].get_content_type() in PAGES]
    start = str(message.get_param("start") or "")
    named = (part for part in pages if start and _header(part[0], "Content-ID") == start)
    root, body = next(named, pages[0] if pages else (None, b""))
    html = _decoded(root, body) if root is not None else b""
    if root is None or not html.strip():
        return None
    stated = _header(message, "Snapshot-Content-Location") or _header(root, "Content-Location")
    url = stated if stated.lower().startswith(("http://", "https://")) else None
    return SavedPage(html, _header(root, "Content-Type"), url, mail_time(_header(message, "Date")))


def _parts(content: bytes, levels: int) -> Iterator[tuple[Message, bytes]]:
    """The parts of a message, those of messages in it among them; a message that has none is its own."""
    head, body = _divided(content)
    boundary = str(head.get_param("boundary") or "")
    if not boundary or head.get_content_maintype() != "multipart" or levels == 0:
        yield head, body
        return
    mark = b"--" + boundary.encode("ascii", "replace")
    for part in (b"\n" + body).split(b"\n" + mark, MOST_PARTS)[1:]:
        if part.startswith(b"--"):
            return
        yield from _parts(part.partition(b"\n")[2], levels - 1)


def _divided(content: bytes) -> tuple[Message, bytes]:
    end = HEAD_END.search(content, 0, MOST_HEAD)
    if end is None:
        return Message(), content
    return BytesHeaderParser().parsebytes(content[: end.end()]), content[end.end() :]


def _decoded(part: Message, body: bytes) -> bytes:
    part.set_payload(body.decode("ascii", "surrogateescape"))
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _header(message: Message, name: str) -> str:
    return " ".join(str(message.get(name) or "").split())
