"""`RobotsBook`: the rules of the origins that a crawl asks, kept in the archive for the time that they are good."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scraper.capture.coding import decode_body
from scraper.fetch.client import CUT, location_of, origin_of, read_target
from scraper.fetch.deadline import Stopped
from scraper.fetch.robots import MAX_BYTES, MAX_REDIRECTS, Rules, read_robots
from scraper.model import Denied, Exchange, Failed, Visit, VisitState
from scraper.run.crawling.answer import Settled
from scraper.run.crawling.asking import Asked
from scraper.run.outcomes import judge_response
from scraper.run.session import Session
from scraper.store.crawls.frontier import RobotsRow

KEPT = timedelta(hours=24)  # RFC 9309, 2.4
RETRIED = timedelta(minutes=5)  # until a server that gave no usable answer is asked for its robots.txt again
TRIES = 3
MOST_ORIGINS = 100  # whose rules are remembered, those that were looked at last
MOST_TEXT = 4_000_000  # bytes of robots.txt that these have together; read, they take five times as much
FORBIDDEN = ("robots.txt: address: ", "robots.txt: scheme: ")  # how it is said that the guard did


@dataclass(frozen=True, slots=True)
class RobotsErrand:
    """A robots.txt that is being asked for: of which origin and group, and where its redirects have led."""

    origin: str
    group: str
    url: str
    hops: int = 0
    tries: int = 0


class RobotsBook:
    """Rules by origin; `read` looks an origin up in the archive. Rules that are too old are asked for again.

    Some are remembered; others are read from the archive again, where each answer is written as it comes. That nothing
    came, or that the guard forbade to ask, holds for the run that found it; a book that nobody `asks` by takes over
    that too.
    """

    def __init__(self, read: Callable[[str], RobotsRow | None], *, asks: bool = True) -> None:
        self._read, self._asks = read, asks
        self._silent: set[str] = set()  # origins that gave this run no answer
        self._rules: dict[str, tuple[datetime, Rules, int, RobotsRow]] = {}  # good until, bytes, the row without them
        self._text = 0

    def rules(self, url: str, now: datetime) -> Rules | None:
        """The rules for this URL; None where its robots.txt has to be asked for first."""
        origin = origin_of(url)
        if origin not in self._rules and (row := self._read(origin)) is not None and self._holds(row):
            self.keep(row)
        known = self._rules.pop(origin, None)
        if known is None:
            return None
        self._rules[origin] = known
        return known[1] if now < known[0] else None

    def last(self, origin: str) -> RobotsRow | None:
        """The last answer, however old."""
        return self._read(origin)

    def is_down(self, origin: str) -> bool:
        """Whether the origin gave no answer at all, though it could be asked: the guard did not forbid that."""
        row = self.outcome(origin)
        return row is not None and row.status is None and not (row.why or "").startswith(FORBIDDEN)

    def outcome(self, origin: str) -> RobotsRow | None:
        """How the last request ended; of one in this run without the text."""
        known = self._rules.get(origin)
        return known[3] if known else self._read(origin)

    def keep(self, row: RobotsRow) -> Rules:
        """The rules that this answer stands for, from now on."""
        rules = read_robots(row.status, row.body)
        rules = replace(rules, why=row.why) if row.why and rules.verdict is not None else rules
        good_for = RETRIED if rules.verdict is False else KEPT
        if row.status is None:
            self._silent.add(row.origin)
        self._forget(row.origin)
        self._rules[row.origin] = (row.asked_at + good_for, rules, len(row.body), replace(row, body=b""))
        self._text += len(row.body)
        while len(self._rules) > MOST_ORIGINS or (self._text > MOST_TEXT and len(self._rules) > 1):
            self._forget(next(iter(self._rules)))
        return rules

    def _holds(self, row: RobotsRow) -> bool:
        """Whether what the archive has of an origin is still to be gone by, as long as it is good."""
        return row.status is not None or row.origin in self._silent or not self._asks

    def _forget(self, origin: str) -> None:
        known = self._rules.pop(origin, None)
        self._text -= known[2] if known else 0


def go_on(errand: RobotsErrand, asked: Asked, now: datetime) -> RobotsErrand | RobotsRow:
    """Where the errand goes next, or what it has brought."""
    outcome = asked.outcome
    if not isinstance(outcome, Exchange) or outcome.truncated in ("time", "disconnect"):
        reason = "protocol: the answer was cut off"
        if not isinstance(outcome, Exchange):
            reason = f"{outcome.reason}: {outcome.detail}"
        elif outcome.truncated:
            reason = f"{CUT[outcome.truncated]}: the answer was cut off"
        if errand.tries + 1 < TRIES and not reason.startswith("address"):
            return replace(errand, tries=errand.tries + 1)
        return RobotsRow(errand.origin, now, None, b"", f"robots.txt: {reason}")
    location = location_of(outcome)
    if location is not None and errand.hops < MAX_REDIRECTS:
        try:
            target, _ = read_target(errand.url, location)
        except Stopped:  # led nowhere, which is like a missing file
            return RobotsRow(errand.origin, now, outcome.status, b"")
        return replace(errand, url=target, hops=errand.hops + 1)
    body = decode_body(outcome.body, outcome.headers, MAX_BYTES + 1).data if outcome.status < 300 else b""
    return RobotsRow(errand.origin, now, outcome.status, body[: MAX_BYTES + 1])


def settle_robots(
    session: Session, outcome: Exchange | Denied | Failed, found: RobotsErrand | RobotsRow, before: RobotsRow | None
) -> Settled:
    """What comes of a request for a robots.txt; it is stored if it is not as it was, after a killed run too."""
    if isinstance(found, RobotsRow) and not isinstance(outcome, Exchange):
        state: VisitState = "refused" if isinstance(outcome, Denied) else "failed"
        return Settled((Visit(outcome.url, state, found.why),), ())
    is_same = isinstance(found, RobotsRow) and before is not None and _said(before) == _said(found)
    if is_same or not isinstance(outcome, Exchange) or (before is None and _is_held(session, outcome)):
        return Settled((), ())
    judgement = judge_response(outcome.status, outcome.headers, outcome.body)
    session.report.records["robots.txt"] += 1
    capture = session.segment.write_exchange(outcome)
    return Settled((Visit(outcome.url, judgement.state, judgement.reason, capture),), ())


def _is_held(session: Session, exchange: Exchange) -> bool:
    """Whether the newest capture of this URL is the same: a run that was killed stored it, and nothing of its rules."""
    types = (value for name, value in exchange.headers if name.lower() == "content-type")
    digest = hashlib.sha256(exchange.body).hexdigest()
    return session.archive.holds_newest(exchange.url, digest, next(types, ""))


def _said(row: RobotsRow) -> tuple[int | None, bytes]:
    return row.status, row.body
