"""Whether a client behaved, by the server's own log: `judge` lists what it did that it should not have done.

It knows what each host asks for from the host itself, not from a robots.txt that it would have to read; and it only
ever sees more time between two requests than the client let pass (tests/web/server.py), so that what it lists is so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from itertools import pairwise

from tests.web.server import Logged
from tests.web.sites import Manners

ROBOTS = "/robots.txt"
ROBOTS_KEPT = 24 * 3600.0
TOLERANCE = 0.001  # seconds: timers of the system are rounded
SECRETS = ("Authorization", "Proxy-Authorization", "Cookie")
VALIDATORS = (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since"))


@dataclass(frozen=True, slots=True)
class Violation:
    rule: str
    host: str
    target: str
    detail: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What a client is held to. `groups` names hosts that are one machine; `may_know` the hosts of its secrets."""

    delay: float
    manners: Mapping[str, Manners] = field(default_factory=dict)
    product: str = "blog-to-sqlite"
    contact: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)
    may_know: frozenset[str] = frozenset()

    def manners_of(self, host: str) -> Manners:
        return self.manners.get(host, Manners())


def judge(log: Sequence[Logged], terms: Terms) -> list[Violation]:
    """All violations, by rule: robots, delay, concurrency, retry_after, validators, user_agent, repeated, secrets."""
    found: list[Violation] = []
    for host in dict.fromkeys(each.host for each in log):
        requests = [each for each in log if each.host == host]
        for rule in (_robots, _retry_after, _validators, _repeated):
            found += rule(requests, terms)
    groups: dict[str, list[Logged]] = {}
    for each in log:
        groups.setdefault(terms.groups.get(each.host, each.host), []).append(each)
    for requests in groups.values():
        found += _pace(requests, terms)
    found += _user_agent(log, terms)
    found += _secrets(log, terms)
    return found


def _robots(requests: Sequence[Logged], terms: Terms) -> Iterator[Violation]:
    """Nothing before robots.txt, nothing that it forbids, nothing while it cannot be had; itself once a day."""
    known: Logged | None = None
    for each in requests:
        if each.target == ROBOTS:
            if known and known.answer.status < 500 and each.wall - known.wall < ROBOTS_KEPT:
                yield _violation("robots", each, "asked for robots.txt again within a day")
            known = each
        elif known is None:
            yield _violation("robots", each, "asked before robots.txt was")
        elif known.answer.status >= 500:
            yield _violation("robots", each, f"asked although robots.txt answered {known.answer.status}")
        elif terms.manners_of(each.host).forbids(each.target):
            yield _violation("robots", each, "robots.txt forbids it")


def _pace(requests: Sequence[Logged], terms: Terms) -> Iterator[Violation]:
    """One request at a time, and a pause after each."""
    for before, each in pairwise(requests):
        if before.ended is None or each.began < before.ended:
            yield _violation("concurrency", each, f"asked while {before.host}{before.target} was being answered")
            continue
        apart = max(terms.delay, terms.manners_of(each.host).crawl_delay)
        gap = each.began - before.ended
        if gap < apart - TOLERANCE:
            yield _violation("delay", each, f"{gap:.4f} s after {before.target}, for {apart:g} s")


def _retry_after(requests: Sequence[Logged], terms: Terms) -> Iterator[Violation]:
    """Nothing more of a host before the instant that it named."""
    for place, asked in enumerate(requests):
        stated = asked.sent("Retry-After")
        if stated is None or asked.ended is None:
            continue
        ended = asked.wall + asked.ended - asked.began
        until = ended + float(stated) if stated.isdigit() else _instant(stated)
        for each in requests[place + 1 :]:
            if each.wall < until - TOLERANCE:
                yield _violation(
                    "retry_after", each, f"{until - each.wall:.3f} s before the time that {asked.target} named"
                )


def _instant(stated: str) -> float:
    at = parsedate_to_datetime(stated)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _validators(requests: Sequence[Logged], terms: Terms) -> Iterator[Violation]:
    """A second visit states each validator of the last whole answer, byte for byte, and none that was not given."""
    held: dict[str, Logged] = {}
    for each in requests:
        before = held.get(each.target)
        for name, condition in VALIDATORS:
            given = before.sent(name) if before else None
            stated = each.request.header(condition)
            if given != stated:
                yield _violation("validators", each, f"{condition} is {stated!r}, where {name} was {given!r}")
        if each.answer.status == 200 and each.answer.raw is None and each.request.method == "GET":
            held[each.target] = each


def _repeated(requests: Sequence[Logged], terms: Terms) -> Iterator[Violation]:
    """An address is asked for once in a run, but for answers that were none."""
    seen: dict[tuple[int, str], Logged] = {}
    for each in requests:
        before = seen.get((each.run, each.target))
        if before is not None and not (before.answer.status == 429 or before.answer.status >= 500):
            yield _violation("repeated", each, f"asked again in one run, after {before.answer.status}")
        seen[each.run, each.target] = each


def _user_agent(log: Sequence[Logged], terms: Terms) -> Iterator[Violation]:
    for each in log:
        stated = each.request.header("User-Agent") or ""
        if not stated.startswith(f"{terms.product}/") or not terms.contact or terms.contact not in stated:
            yield _violation("user_agent", each, f"{stated!r} does not name {terms.product}, or not {terms.contact!r}")


def _secrets(log: Sequence[Logged], terms: Terms) -> Iterator[Violation]:
    for each in log:
        if each.host in terms.may_know:
            continue
        for name in SECRETS:
            if each.request.header(name) is not None:
                yield _violation("secrets", each, f"{name} was sent")


def _violation(rule: str, logged: Logged, detail: str) -> Violation:
    return Violation(rule, logged.host, logged.target, detail)
