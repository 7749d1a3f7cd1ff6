"""What came over the wire, or why nothing did: `Fetched`, `Denied`, `Failed`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response. `body` keeps its content coding; transfer coding is taken off."""

    url: str
    request_head: bytes  # request line and headers, ending in the empty line
    response_head: bytes  # status line and headers as they are to be stored, ending in the empty line
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    started_at: datetime
    ip_address: str | None = None
    truncated: Literal["length", "time", "disconnect"] | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A response, and the redirects that led to it; `exchanges[-1]` is the answer itself."""

    url: str
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class Denied:
    """Not asked for: `reason` is 'robots', 'address', 'scheme', 'redirects' or 'pace'."""

    url: str
    reason: str
    detail: str
    exchanges: tuple[Exchange, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """Asked for without a usable answer: `reason` is 'dns', 'connect', 'tls', 'timeout', 'budget' or 'protocol'."""

    url: str
    reason: str
    detail: str
    exchanges: tuple[Exchange, ...] = ()


FetchOutcome = Fetched | Denied | Failed
