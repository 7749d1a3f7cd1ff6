"""The pages and feeds among what is to be imported: `find_copies`, which reads no page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from scraper.capture.records import WarcRecord, read_records
from scraper.errors import InputError
from scraper.run.contents import read_bytes
from scraper.run.inputs import Input
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
    """One page or feed among the inputs."""

    url: str
    sha256: str
    fetched_at: datetime | None
    content_type: str | None
    payload: Callable[[], bytes]

    @property
    def kind(self) -> PayloadKind:
        """What it is, by the type alone where that cannot be a page or feed: many copies are pictures."""
        declared = (self.content_type or "").partition(";")[0].strip().lower()
        if declared.startswith(("image/", "video/", "audio/", "font/")) or declared in ("text/css", "text/plain"):
            return "other"
        return kind_of_payload(self.content_type, self.payload())


Copies = Callable[[], Iterator[Copy]]


def find_copies(inputs: Sequence[Input], max_bytes: int, stop: Stop) -> Iterator[Copy]:
    """The pages and feeds in the inputs; what cannot be read is told of when its turn comes."""
    for each in inputs:
        try:
            for copy in _in_warc(each.path, max_bytes) if each.kind == "warc" else _in_file(each, max_bytes):
                if stop.signal is not None:
                    return
                yield copy
        except InputError:
            continue


def _in_warc(path: Path, max_bytes: int) -> Iterator[Copy]:
    for record in read_records(path, max_bytes):
        if isinstance(record, WarcRecord) and record.url and _is_answer(record):
            yield Copy(record.url, record.sha256, record.fetched_at, record.content_type, partial(_payload, record))


def _is_answer(record: WarcRecord) -> bool:
    return record.kind in ("response", "resource") and (record.status is None or 200 <= record.status < 300)


def _payload(record: WarcRecord) -> bytes:
    return record.payload


def _in_file(each: Input, max_bytes: int) -> Iterator[Copy]:
    if each.kind == "html":
        payload = read_bytes(each.path, max_bytes)
        stated = STATED.search(payload, 0, LOOK)
        address = ADDRESS.search(stated[0]) if stated else None
        if address:
            digest = hashlib.sha256(payload).hexdigest()
            yield Copy(address[0].decode("utf-8", "replace"), digest, None, "text/html", lambda: payload)
