"""Bytes as all the texts that they may be read as: `plain_forms`, for who has to know what is not in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from urllib.parse import unquote

from scraper.parse.decode import decode
from scraper.text.entities import unescape
from scraper.text.phrases import join_words

MOST_LAYERS = 4  # of escapes: HTML in JSON in a feed has three
_JSON = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([nrtbf\"/\\]))")
_MULTIPART = re.compile(rb"content-type:\s*multipart/", re.IGNORECASE)
HEAD = 16 * 1024  # bytes in which a message says that it has parts


def plain_forms(data: bytes, content_type: str | None = None) -> Iterator[str]:
    """The text in whatever encoding, then with entities, JSON's and URLs' escapes taken off, layer by layer.

    Each also with tags taken out that stand within words; of a message with parts, those of each part.
    """
    for text in _decoded(data, content_type):
        yield from _unwrapped(text)
    if _MULTIPART.search(data, 0, HEAD):
        for part, body in _parts(data):
            for text in _decoded(body, part.get_content_type()):
                yield from _unwrapped(text)


def _parts(data: bytes) -> Iterator[tuple[Message, bytes]]:
    try:
        for part in message_from_bytes(data).walk():
            body = None if part.is_multipart() else part.get_payload(decode=True)
            if isinstance(body, bytes):
                yield part, body
    except RecursionError:  # parts within parts without end: none of them is read by anybody
        return


def _decoded(data: bytes, content_type: str | None) -> Iterator[str]:
    yield decode(data, content_type).text
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        yield data.decode("utf-8", "replace")
        yield data.decode("windows-1252", "replace")


def _unwrapped(text: str) -> Iterator[str]:
    for _ in range(MOST_LAYERS):
        yield text
        joined = join_words(text)
        if joined != text:
            yield joined
        plain = unquote(unescape(_JSON.sub(_character, text) if "\\" in text else text))
        if plain == text:
            return
        text = plain


def _character(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2] if found[2] in '"/\\' else " "
    return chr(int(found[1], 16))
