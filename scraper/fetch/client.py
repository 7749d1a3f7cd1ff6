"""A single URL fetched for nobody's archive: `Client.fetch` says how it ended.

Every hop of a redirect is held against the scheme, robots.txt and the address guard, like the first. Credentials in a
URL are sent to its own origin alone and stored nowhere; cookies are not kept. A body over the byte budget, or cut by
the deadline or the server, ends as Failed, with what came in the last exchange (`truncated` says which it was).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from types import TracebackType
from urllib.parse import unquote, urlsplit

from scraper.fetch.deadline import Stopped
from scraper.fetch.requester import Credentials, Requester
from scraper.fetch.robots import MAX_BYTES, MAX_REDIRECTS, Rules, read_robots
from scraper.model import Denied, Exchange, Failed, Fetched, FetchOutcome
from scraper.settings import Settings
from scraper.text.urls import resolve, without_fragment

REDIRECTS = frozenset({301, 302, 303, 307, 308})
DENIALS = frozenset({"robots", "address", "scheme", "redirects", "pace"})
CUT = {"length": "budget", "time": "timeout", "disconnect": "protocol"}  # Exchange.truncated -> Failed.reason


class Client:
    """A short session with the web, a context manager: it knows no pace, and reads each robots.txt once.

    `ca_bundle` names a file of root certificates to trust instead of the usual ones. Not for several threads.
    """

    def __init__(self, settings: Settings, ca_bundle: str | None = None) -> None:
        self._settings = settings
        self._requester = Requester(settings, ca_bundle)
        self._robots: dict[str, Rules | Stopped] = {}

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._requester.close()

    def fetch(self, url: str) -> FetchOutcome:
        """Fetched with the answer (whatever its HTTP status) and the redirects before it, or Denied, or Failed.

        The outcome's own `url` is the one that was given; those of its exchanges are without credentials.
        Takes at most `settings.deadline` seconds; robots.txt and redirects included.
        """
        exchanges: list[Exchange] = []
        self._requester.start()
        try:
            for exchange in self._hops(url):
                exchanges.append(exchange)
                if exchange.truncated:
                    raise Stopped(CUT[exchange.truncated], f"{len(exchange.body)} bytes of the body came")
        except Stopped as stop:
            shape = Denied if stop.reason in DENIALS else Failed
            return shape(url, stop.reason, stop.detail, tuple(exchanges))
        return Fetched(url, tuple(exchanges))

    def _hops(self, url: str) -> Iterator[Exchange]:
        """One exchange after the other until one redirects no further; Stopped where the next may not be made."""
        current, credentials = read_target(None, url)
        home = origin_of(current)
        seen: set[str] = set()
        budget = self._settings.max_wire_bytes
        while True:
            if current in seen:
                raise Stopped("redirects", f"in a circle, back to {current}")
            if len(seen) > self._settings.max_redirects:
                raise Stopped("redirects", f"{len(seen)} in a row, the last to {current}")
            seen.add(current)
            self._judge(current)
            shown = credentials if origin_of(current) == home else None
            exchange = self._requester.ask(current, max_bytes=budget, credentials=shown)
            yield exchange
            budget = max(0, budget - len(exchange.body))
            location = location_of(exchange)
            if location is None:
                return
            current, _ = read_target(current, location)

    def _judge(self, url: str) -> None:
        """Stopped where the rules of the URL's origin do not let this client fetch it."""
        self._requester.judge_proxied(url)
        rules = self._rules(origin_of(url))
        if not rules.allows(self._settings.user_agent, url):
            raise Stopped("robots", rules.why if rules.verdict is not None else f"robots.txt disallows {url}")

    def _rules(self, origin: str) -> Rules:
        known = self._robots.get(origin)
        if known is None:
            try:
                known = self._ask_robots(f"{origin}/robots.txt")
            except Stopped as stop:
                known = Stopped(stop.reason, f"robots.txt: {stop.detail}")
            self._robots[origin] = known
        if isinstance(known, Stopped):
            raise Stopped(known.reason, known.detail)
        return known

    def _ask_robots(self, url: str) -> Rules:
        for _ in range(MAX_REDIRECTS + 1):
            self._requester.judge_proxied(url)
            exchange = self._requester.ask(url, max_bytes=MAX_BYTES + 1, keeps_start=True)
            if exchange.truncated in ("time", "disconnect"):
                raise Stopped(CUT[exchange.truncated], "the answer was cut off")
            location = location_of(exchange)
            if location is None:
                break
            url, _ = read_target(url, location)
        return read_robots(exchange.status, _plain_body(exchange))


def read_target(base: str | None, reference: str) -> tuple[str, Credentials | None]:
    """The URL to ask for, without fragment and credentials, and these; Stopped for what is no http(s) URL."""
    scheme = re.match(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*):", reference)
    if scheme and scheme[1].lower() not in ("http", "https"):
        raise Stopped("scheme", f"{scheme[1].lower()}: is not fetched")
    url = resolve(base, reference)
    if url is None:
        raise Stopped("protocol", f"not a URL: {reference[:200]!r}")
    url = without_fragment(url)
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    if not at:
        return url, None
    return url.replace(f"{user}@{host}", host, 1), (unquote(parts.username or ""), unquote(parts.password or ""))


def origin_of(url: str) -> str:
    """Scheme, host and port: what shares one robots.txt and one set of credentials."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def location_of(exchange: Exchange) -> str | None:
    """Where a redirect leads, as stated (its bytes read as UTF-8, like browsers do), or None."""
    if exchange.status not in REDIRECTS:
        return None
    stated = next((value for name, value in exchange.headers if name.lower() == "location"), None)
    return None if stated is None else stated.encode("latin-1", errors="replace").decode("utf-8", errors="replace")


def _plain_body(exchange: Exchange) -> bytes:
    """The body with gzip or deflate off, for robots.txt, as far as it can be read."""
    coding = next((value for name, value in exchange.headers if name.lower() == "content-encoding"), "")
    if "gzip" not in coding.lower() and "deflate" not in coding.lower():
        return exchange.body
    try:
        return zlib.decompressobj(47).decompress(exchange.body, MAX_BYTES + 1)
    except zlib.error:
        return exchange.body
