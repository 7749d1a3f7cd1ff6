"""What came of one request of a crawl, before anything of it is stored: `Answer`; and what is to be: `Settled`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scraper.capture.coding import decode_body
from scraper.discover.frontier import after_failure, after_last_try
from scraper.model import Address, Capture, Exchange, Visit
from scraper.run.outcomes import Judgement, header, judge_response
from scraper.store.crawls.frontier import Listing


@dataclass(frozen=True, slots=True)
class Settled:
    """What is to be written of one answer; `ended` is the visit that is counted, None where it goes on."""

    visits: tuple[Visit, ...]
    addresses: tuple[Address, ...]
    ended: Visit | None = None
    listing: Listing | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, its payload decoded, and how it is judged. `sha256` is the payload's, in hex.

    `capture` is where it is stored already, if it is.
    """

    address: Address
    exchange: Exchange
    payload: bytes
    sha256: str
    notices: tuple[str, ...]
    judgement: Judgement
    capture: Capture | None = None
    rendered: bytes | None = None  # the page once its scripts have run, which was read in place of the payload

    @property
    def is_same(self) -> bool:
        """Whether the last good answer had this very payload."""
        return self.address.payload_sha256 == self.sha256


def judged(address: Address, exchange: Exchange, max_bytes: int, capture: Capture | None = None) -> Answer:
    """The answer with its payload, at most `max_bytes` of it, and how it is judged."""
    body = decode_body(exchange.body, exchange.headers, max_bytes)
    judgement = judge_response(exchange.status, exchange.headers, body.data)
    digest = hashlib.sha256(body.data).hexdigest()
    return Answer(address, exchange, body.data, digest, body.notices, judgement, capture)


def is_start(address: Address) -> bool:
    """Whether the crawl began here, or was redirected here from there."""
    return address.role == "home" and address.depth == 0


def unchanged(address: Address, placed: Sequence[Address] = ()) -> Settled:
    """What comes of an answer that says nothing new."""
    visit = Visit(address.url, "not_modified")
    return Settled((visit,), (address, *placed), visit)


def failed(address: Address, reason: str, now: datetime, *, again: bool, capture: Capture | None = None) -> Settled:
    """What comes of a failure: another try in this run, if `again`, or one in a later run."""
    changed = after_failure(address, now) if again else after_last_try(address, now)
    visit = Visit(address.url, "failed", reason, capture)
    is_over = changed.due_at is None or changed.due_at > now
    return Settled((visit,), (changed,), visit if is_over else None)


def with_validators(address: Address, answer: Answer) -> Address:
    """The address with the validators of its answer, byte for byte.

    None of a page that was rendered: what its scripts show changes while its own bytes stay.
    """
    if answer.rendered is not None:
        return replace(address, payload_sha256=None, etag=None, last_modified=None)
    headers = answer.exchange.headers
    return replace(
        address,
        payload_sha256=answer.sha256,
        etag=header(headers, "etag"),
        last_modified=header(headers, "last-modified"),
    )
