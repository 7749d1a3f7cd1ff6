"""When a group of servers may be asked again: `Pace` says, and each answer makes the next one. Pure: time is given.

A group (text/hosting.py) is asked one thing at a time. After each answer it rests for the operator's delay, for its
robots.txt's crawl-delay or for as long as it took to answer, whichever is longest; after a failure twice as long each
time; and for as long as a Retry-After says, to the second.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_ASKED = timedelta(days=7)  # of a Retry-After that is believed
LONGEST_BACKOFF = 300.0  # seconds
LONGEST_REST = 60.0  # seconds of rest because answers take long
SMOOTHING = 0.3  # weight of the newest answer's time among those before
SHORTEST_BACKOFF = 0.25  # seconds, where the delay is shorter
FAILURES_TO_BREAK = 8  # in a row: the group is down
BROKEN = timedelta(hours=1)  # that a group which is down is left alone
BUSY = frozenset({429, 503})
OF_THE_HOST = frozenset({429, 502, 503, 504})  # statuses that speak of the servers, and not of one page
_DIGITS = re.compile(r"[0-9]{1,9}\Z")


@dataclass(frozen=True, slots=True)
class Pace:
    """What is known of a group: not to be asked before `ready_at`; `failures` in a row; answers take `latency` s.

    `waits_for` says what a wait beyond the usual rest is for; `is_down` that it has failed too often to be asked on.
    """

    ready_at: datetime | None = None
    latency: float = 0.0
    failures: int = 0
    waits_for: str | None = None

    @property
    def is_down(self) -> bool:
        return self.failures >= FAILURES_TO_BREAK

    def wait(self, now: datetime) -> float:
        """Seconds until the group may be asked."""
        return max(0.0, (self.ready_at - now).total_seconds()) if self.ready_at else 0.0


def after_answer(
    pace: Pace, status: int, headers: Sequence[tuple[str, str]], seconds: float, now: datetime, delay: float
) -> Pace:
    """The pace after an answer that came at `now` and took so many seconds; `delay` is the group's, in seconds.

    Statuses that speak of the servers are failures; after another error of the server (5xx) there is a longer rest.
    """
    latency = seconds if not pace.latency else (1 - SMOOTHING) * pace.latency + SMOOTHING * seconds
    pace = replace(pace, latency=round(latency, 3))
    asked = read_retry_after(headers, now) if status in BUSY or 300 <= status < 400 else None
    if status in OF_THE_HOST:
        return _failed(pace, f"status {status}", now, delay, asked)
    if status >= 500:
        return replace(pace, ready_at=now + timedelta(seconds=2 * max(delay, SHORTEST_BACKOFF)), waits_for=None)
    rest = max(delay, min(latency, LONGEST_REST)) if delay else 0.0
    ready_at = now + timedelta(seconds=rest)
    return replace(pace, ready_at=max(ready_at, asked or ready_at), failures=0, waits_for=None)


def after_failure(pace: Pace, reason: str, now: datetime, delay: float) -> Pace:
    """The pace after a request that got no usable answer."""
    return _failed(pace, reason, now, delay, None)


def _failed(pace: Pace, reason: str, now: datetime, delay: float, asked: datetime | None) -> Pace:
    failures = pace.failures + 1
    backoff = min(LONGEST_BACKOFF, max(delay, SHORTEST_BACKOFF) * 2 ** min(failures - 1, 20))
    asked = asked if asked and asked > now else None  # a time that is past asks for nothing
    ready_at = max(asked, now + timedelta(seconds=delay)) if asked else now + timedelta(seconds=max(delay, backoff))
    if failures >= FAILURES_TO_BREAK:
        ready_at = max(ready_at, now + BROKEN)
        reason = f"down: {failures} failures in a row, the last one {reason}"
    return replace(pace, ready_at=ready_at, failures=failures, waits_for=f"{reason}, Retry-After" if asked else reason)


def read_retry_after(headers: Sequence[tuple[str, str]], now: datetime) -> datetime | None:
    """When a Retry-After lets one ask again (RFC 9110, 10.2.3: seconds or an HTTP date), at most a week from now.

    >>> read_retry_after([("Retry-After", "120")], datetime(2026, 5, 14, tzinfo=UTC))
    datetime.datetime(2026, 5, 14, 0, 2, tzinfo=datetime.timezone.utc)
    """
    stated = next((value.strip() for name, value in headers if name.lower() == "retry-after"), None)
    if stated is None:
        return None
    if _DIGITS.match(stated):
        return now + min(timedelta(seconds=int(stated)), LONGEST_ASKED)
    try:
        at = parsedate_to_datetime(stated)
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, IndexError, OverflowError):
        return None
    return min(max(at, now), now + LONGEST_ASKED)
