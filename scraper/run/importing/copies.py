"""The pages and feeds among what is to be imported: `find_copies`, which reads none of them whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from scraper.capture.heads import RecordHead, read_heads
from scraper.errors import InputError
from scraper.parse.saved_from import find_origin
from scraper.run.importing.contents import read_bytes
from scraper.run.importing.inputs import Input
from scraper.run.importing.packed import PACKED, warcs_in
from scraper.run.payloads import PayloadKind, kind_of_payload
from scraper.run.watcher import Stop

# A hint only, to sort saved files by blogs without parsing them: a page is read by what it states in full.
STATED = re.compile(
    rb"<link\s[^<>]{0,400}?\bcanonical\b[^<>]{0,400}>|<meta\s[^<>]{0,400}?\bog:url\b[^<>]{0,400}>", re.IGNORECASE
)
ADDRESS = re.compile(rb"https?://[^\s\"'<>]{1,1000}", re.IGNORECASE)
LOOK = 200_000  # bytes in which a page states its address


@dataclass(frozen=True, slots=True)
class Copy:
    """One page or feed among the inputs. `sha256` is None where it is not read so far.

    `payload` reads it, and is empty where that fails.
    """

    url: str
    kind: PayloadKind
    sha256: str | None
    fetched_at: datetime | None
    content_type: str | None
    payload: Callable[[], bytes]


Copies = Callable[[], Iterator[Copy]]


def find_copies(inputs: Sequence[Input], max_bytes: int, stop: Stop) -> Iterator[Copy]:
    """The pages and feeds in the inputs; what cannot be read is told of when its turn comes."""
    for each in inputs:
        try:
            for copy in _copies_in(each, max_bytes):
                if stop.is_wanted:
                    return
                yield copy
        except InputError:
            continue


def _copies_in(each: Input, max_bytes: int) -> Iterator[Copy]:
    if each.kind in PACKED:
        for _, path in warcs_in(each):
            yield from _in_warc(path, max_bytes)
    else:
        yield from _in_file(each, max_bytes)


def _in_warc(path: Path, max_bytes: int) -> Iterator[Copy]:
    for head in read_heads(path, max_bytes):
        if head.url and _is_answer(head):
            kind, read = _kind_of(head), partial(_payload, head, max_bytes)
            yield Copy(head.url, kind, None, head.fetched_at, head.content_type, read)


def _is_answer(head: RecordHead) -> bool:
    return head.kind in ("response", "resource") and (head.status is None or 200 <= head.status < 300)


def _kind_of(head: RecordHead) -> PayloadKind:
    """What it is, by the type alone where that cannot be a page or feed: many records are pictures."""
    declared = (head.content_type or "").partition(";")[0].strip().lower()
    if declared.startswith(("image/", "video/", "audio/", "font/")) or declared in ("text/css", "text/plain"):
        return "other"
    return kind_of_payload(head.content_type, head.beginning)


def _payload(head: RecordHead, max_bytes: int) -> bytes:
    try:
        return head.read(max_bytes).payload
    except InputError:  # damaged, which is told of when its turn comes
        return b""


def _in_file(each: Input, max_bytes: int) -> Iterator[Copy]:
    if each.kind == "html":
        payload = read_bytes(each.path, max_bytes)
        saved = find_origin(payload)
        url = (saved.url if saved else None) or each.url or _stated(payload)
        if url:
            digest, at = hashlib.sha256(payload).hexdigest(), (saved.at if saved else None) or each.fetched_at
            yield Copy(url, "html", digest, at, "text/html", lambda: payload)


def _stated(payload: bytes) -> str | None:
    stated = STATED.search(payload, 0, LOOK)
    address = ADDRESS.search(stated[0]) if stated else None
    return address[0].decode("utf-8", "replace") if address else None
