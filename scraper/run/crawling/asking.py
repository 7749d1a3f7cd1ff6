"""One request of a crawl, run in a thread: `ask`; and what it tells of the pace of those who were asked."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from scraper.fetch.deadline import Stopped
from scraper.fetch.pace import Pace, after_answer, after_failure
from scraper.fetch.requester import Requester
from scraper.fetch.robots import MAX_BYTES
from scraper.model import Address, Denied, Exchange, Failed

_SENDABLE = re.compile(r"\S[^\r\n]*")  # what the HTTP library takes for the value of a header
DENIALS = frozenset({"address", "scheme"})
NO_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """What one request brought, and how many seconds it took."""

    outcome: Exchange | Denied | Failed
    seconds: float


def ask(requester: Requester, url: str, max_bytes: int, headers: Mapping[str, str] = NO_HEADERS) -> Asked:
    """One request for the URL; no redirect is followed. Raises nothing that comes of the network."""
    work = partial(requester.ask, url, max_bytes=max_bytes, headers=headers)
    return _asked(url, work, requester)


def ask_robots(requester: Requester, url: str) -> Asked:
    """The same for a robots.txt, of which the beginning counts however long it is."""
    return _asked(url, lambda: requester.ask(url, max_bytes=MAX_BYTES + 1, keeps_start=True), requester)


def _asked(url: str, work: Callable[[], Exchange], requester: Requester) -> Asked:
    began = time.monotonic()
    requester.start()
    try:
        requester.judge_proxied(url)
        outcome: Exchange | Denied | Failed = work()
    except Stopped as stop:
        outcome = (Denied if stop.reason in DENIALS else Failed)(url, stop.reason, stop.detail)
    return Asked(outcome, time.monotonic() - began)


def conditions(address: Address) -> dict[str, str]:
    """The headers that ask for nothing but news since the address's last good answer: its validators, as they were."""
    headers = {}
    if address.etag is not None and _SENDABLE.fullmatch(address.etag):
        headers["If-None-Match"] = address.etag
    if address.last_modified is not None and _SENDABLE.fullmatch(address.last_modified):
        headers["If-Modified-Since"] = address.last_modified
    return headers


def paced(pace: Pace, asked: Asked, now: datetime, delay: float) -> Pace:
    """The pace of those who were asked, after this request."""
    if isinstance(asked.outcome, Exchange):
        return after_answer(pace, asked.outcome.status, asked.outcome.headers, asked.seconds, now, delay)
    if isinstance(asked.outcome, Denied):  # nobody was asked
        return pace
    return after_failure(pace, asked.outcome.reason, now, delay)
