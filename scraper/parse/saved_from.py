"""Where a saved page says it was saved from: `find_origin`, for what programs that save pages write into them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scraper.text.mementos import read_memento, read_timestamp, whole_url

LOOK = 20_000  # bytes within which they write it
SINGLE_FILE = re.compile(rb"<!--\s{0,9}Page saved with SingleFile\s+url:\s*(\S{1,2000})\s+saved date:\s*([^\n(]{1,60})")
HTTRACK = re.compile(rb"<!-- Mirrored from (\S{1,2000}) by HTTrack Website Copier/[^,>]{0,60}(?:, ([^>]{1,60}?))? ?-->")
BROWSER = re.compile(rb"<!-- saved from url=\(\d{4,5}\)(\S{1,2000}) -->")  # Internet Explorer, Chromium
WAYBACK = re.compile(rb"__wm\.wombat\(\s*\"(https?:[^\"\s]{1,2000})\"\s*,\s*\"(\d{14})\"")
PYWB = re.compile(rb"wbinfo\.url\s*=\s*\"(https?:[^\"\s]{1,2000})\"")
PYWB_TIME = re.compile(rb"wbinfo\.timestamp\s*=\s*\"(\d{14})\"")


@dataclass(frozen=True, slots=True)
class SavedFrom:
    """The URL that a page was saved from, and when, aware; None where it does not say."""

    url: str | None
    at: datetime | None = None


def find_origin(page: bytes) -> SavedFrom | None:
    """What SingleFile, HTTrack, a browser or a web archive wrote into the page; None where none of them did.

    HTTrack writes no scheme: its pages get 'http', which makes no difference to what is one page's address. What was
    saved from a web archive is from where, and of when, the archive had it.

    >>> find_origin(b"<!-- saved from url=(0024)https://example.org/page -->").url
    'https://example.org/page'
    """
    head = page[:LOOK]
    if found := SINGLE_FILE.search(head):
        return _saved(found[1], _script_time(found[2]))
    if found := HTTRACK.search(head):
        return _saved(b"http://" + found[1], _mail_time(found[2] or b""))
    if found := WAYBACK.search(head):
        return _saved(found[1], read_timestamp(found[2].decode()))
    if found := PYWB.search(head):
        at = PYWB_TIME.search(head)
        return _saved(found[1], read_timestamp(at[1].decode()) if at else None)
    found = BROWSER.search(head)
    return _saved(found[1], None) if found else None


def mail_time(stated: str) -> datetime | None:
    """The moment of a date as mail states it (RFC 5322), in UTC; None where it is none, or has no zone."""
    try:
        when = parsedate_to_datetime(stated)
        return when.astimezone(UTC) if when.tzinfo else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _saved(url: bytes, at: datetime | None) -> SavedFrom | None:
    text = whole_url(url.decode("utf-8", "replace"))
    if memento := read_memento(text):
        return SavedFrom(memento.url, memento.at)
    return SavedFrom(text, at) if text.lower().startswith(("http://", "https://")) else None


def _script_time(stated: bytes) -> datetime | None:
    """As JavaScript's Date shows itself: 'Wed Mar 20 2024 12:00:00 GMT+0100'."""
    try:
        when = datetime.strptime(stated.decode("ascii", "replace").strip(), "%a %b %d %Y %H:%M:%S GMT%z")
        return when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _mail_time(stated: bytes) -> datetime | None:
    return mail_time(stated.decode("ascii", "replace"))
