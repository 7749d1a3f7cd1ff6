"""What a web archive's answer is a copy of: `original_of`. Pure.

The Wayback Machine has the headers of then behind `X-Archive-Orig-`, pywb as they were; both add their own.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urljoin

from scraper.model import Exchange
from scraper.parse.saved_from import mail_time
from scraper.text.mementos import read_memento
from scraper.text.urls import resolve

ORIGINAL = "x-archive-orig-"
KEPT = frozenset({"content-type", "content-language", "last-modified", "etag"})  # of headers that may be the archive's
OF_TRANSFER = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"})


def original_of(exchange: Exchange) -> Exchange | None:
    """The exchange that the archive captured, without its request; None where this is no answer with a memento."""
    stated = _header(exchange, "memento-datetime")
    memento = read_memento(exchange.url)
    at = mail_time(stated) if stated else None
    if memento is None or at is None:
        return None
    headers = (*_headers(exchange), *_of_body(exchange))
    lines = [exchange.response_head.partition(b"\r\n")[0]]
    lines += [f"{name}: {value}".encode("latin-1", "replace") for name, value in headers]
    return replace(
        exchange,
        url=resolve(None, memento.url) or memento.url,
        request_head=b"",
        response_head=b"\r\n".join([*lines, b"", b""]),
        headers=headers,
        started_at=at,
        ip_address=None,
    )


def _headers(exchange: Exchange) -> tuple[tuple[str, str], ...]:
    """The headers of then, but for those that speak of the transfer; a redirect leads where it led."""
    given = [(name[len(ORIGINAL) :], value) for name, value in exchange.headers if name.lower().startswith(ORIGINAL)]
    names = {name.lower() for name, _ in given}
    if "content-type" not in names:
        given += [(name, value) for name, value in exchange.headers if name.lower() in KEPT - names]
    kept = [(name, value) for name, value in given if name.lower() not in OF_TRANSFER | {"location"}]
    location = _header(exchange, "location")
    if location is not None:
        target = read_memento(urljoin(exchange.url, location))
        kept.append(("Location", target.url if target else location))
    return tuple(kept)


def _of_body(exchange: Exchange) -> tuple[tuple[str, str], ...]:
    """What the archive's own headers say of the body as it came."""
    coding = _header(exchange, "content-encoding")
    length = ("Content-Length", str(len(exchange.body)))
    return (("Content-Encoding", coding), length) if coding else (length,)


def _header(exchange: Exchange, name: str) -> str | None:
    return next((value for each, value in exchange.headers if each.lower() == name), None)
