"""The addresses of mementos, copies of pages in web archives (RFC 7089), as wayback software makes them.

A memento's address is that of its archive, a timestamp of fourteen digits in UTC, maybe two letters that say how it is
to be shown, and the address of the page: `https://web.archive.org/web/20120320100405id_/http://blog.example/`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

WAYBACK = "https://web.archive.org"
RAW = "id_"  # as it was captured, with no link rewritten and nothing put in
MOST_LINES = 5_000  # of a list at a time
FIELDS = "timestamp,original,mimetype,statuscode,digest"
_ADDRESS = re.compile(r"(?:https?:)?//[^/?#]{1,260}(?:/[\w-]{1,100}){0,3}/(\d{14})(?:[a-z]{2}_)?/(https?:/[^\s]+)\Z")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the web


@dataclass(frozen=True, slots=True)
class Memento:
    """A copy of `url`, made `at`, aware UTC."""

    url: str
    at: datetime


def read_memento(address: str) -> Memento | None:
    """What the address is a copy of; None where it is no memento's.

    >>> read_memento("https://web.archive.org/web/20120320100405id_/http://blog.example/?p=1")
    Memento(url='http://blog.example/?p=1', at=datetime.datetime(2012, 3, 20, 10, 4, 5, tzinfo=datetime.timezone.utc))
    """
    found = _ADDRESS.match(address)
    at = read_timestamp(found[1]) if found else None
    return Memento(whole_url(found[2]), at) if found and at else None


def read_timestamp(digits: str) -> datetime | None:
    """The moment of fourteen digits, in UTC; None where it is none that a page can be of."""
    try:
        at = datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC) if len(digits) == 14 else None
    except ValueError:
        return None
    return at if at and at >= _EARLIEST else None


def write_timestamp(at: datetime) -> str:
    """The moment as fourteen digits."""
    return at.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def whole_url(url: str) -> str:
    """The URL with both slashes, of which servers fold one away."""
    return re.sub(r"\A(https?):/(?!/)", r"\1://", url)


def memento_address(server: str, memento: Memento) -> str:
    """Where the server has the memento as it was captured.

    :param server: the Wayback Machine, or software like it, at a bare host; else the address of a collection of pywb.
    """
    return f"{_collection(server)}{write_timestamp(memento.at)}{RAW}/{memento.url}"


def list_address(
    server: str, url: str, since: datetime | None = None, until: datetime | None = None, resume: str | None = None
) -> str:
    """Where the server lists its mementos of a URL, or of all that begin with it where it ends in '*', as CDX lines.

    `resume` is the key that the list before this one ended with.
    """
    stem = url.removesuffix("*")
    is_bare = _is_bare(server)
    parts = [
        ("url", stem),
        ("matchType", "exact" if stem == url else "prefix"),
        ("output", "json"),
        ("from", write_timestamp(since) if since else None),
        ("to", write_timestamp(until) if until else None),
        *((("fl", FIELDS), ("limit", str(MOST_LINES)), ("showResumeKey", "true")) if is_bare else ()),
        ("resumeKey", resume),
    ]
    place = f"{server.rstrip('/')}/cdx/search/cdx" if is_bare else f"{_collection(server)}cdx"
    return f"{place}?{'&'.join(f'{name}={quote(value, safe=SAFE)}' for name, value in parts if value)}"


SAFE = ":/,?=*"  # in a query's value, where they mean nothing


def _is_bare(server: str) -> bool:
    return urlsplit(server).path in ("", "/")


def _collection(server: str) -> str:
    return f"{server.rstrip('/')}/web/" if _is_bare(server) else f"{server.rstrip('/')}/"
