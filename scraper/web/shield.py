"""What stands before all pages: who may ask, how, and what a browser may do with the answer. ASGI, around Datasette.

Datasette alone answers to any name, so that a page elsewhere whose name is made to lead here (DNS rebinding) could
read the archive; and it sends neither a policy nor `nosniff`.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
OURS = frozenset(name for name, _ in HEADERS)
METHODS = frozenset({"GET", "HEAD"})
_ONE_SLASH = re.compile(r"/(?![/\\])")
STATIC = ("/-/static/",)  # of Datasette's own pages under /-/ nothing else is needed


@dataclass(frozen=True, slots=True)
class Names:
    """The names that the server answers to; a port behind them does not count."""

    stated: frozenset[str]
    any_address: bool  # where it is open to a network: any address by number, for none can be rebound

    def allow(self, host: str) -> bool:
        """Whether a Host header names this server.

        >>> Names(frozenset(), any_address=False).allow("127.0.0.1:8001")
        True
        >>> Names(frozenset(), any_address=False).allow("rebound.example:8001")
        False
        """
        name = _without_port(host).lower()
        if name == "localhost" or name in self.stated:
            return True
        try:
            address = ip_address(name)
        except ValueError:
            return False
        return self.any_address or address.is_loopback


def shielded(app: App, names: Names) -> App:
    """The app, asked only in ways that are fit for it; every answer with HEADERS, which replace its own."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await app(scope, receive, send)
            return
        guarded = _sending(send)
        refusal = _refusal(scope, names)
        if refusal is not None:
            await _refuse(guarded, *refusal)
        else:
            await app(scope, receive, guarded)

    return answer


def _refusal(scope: Scope, names: Names) -> tuple[int, str] | None:
    """Status and reason, where the request is not answered."""
    headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
    hosts = [value.decode("latin-1") for name, value in headers if name == b"host"]
    if len(hosts) != 1 or not names.allow(hosts[0]):
        return 421, "this archive is not served under that name"
    if scope["method"] not in METHODS:
        return 405, "an archive is only read: GET and HEAD"
    fetched = {name: value for name, value in headers if name.startswith(b"sec-fetch-")}
    if (
        fetched.get(b"sec-fetch-site") in (b"cross-site", b"same-site")
        and fetched.get(b"sec-fetch-mode") != b"navigate"
    ):
        return 403, "not to be loaded by other sites"
    if not _ONE_SLASH.match(scope["path"]):  # what a redirect to could lead to another host
        return 404, "no such page"
    if scope["path"].startswith("/-/") and not scope["path"].startswith(STATIC):
        return 404, "no such page"
    return None


def _sending(send: Send) -> Send:
    async def with_headers(message: Any) -> None:
        if message["type"] == "http.response.start":
            kept = [each for each in message.get("headers", []) if each[0].lower() not in OURS]
            message = {**message, "headers": [*kept, *HEADERS]}
        await send(message)

    return with_headers


async def _refuse(send: Send, status: int, reason: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    if status == 405:
        headers.append((b"allow", b"GET, HEAD"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{reason}\n".encode()})


def _without_port(host: str) -> str:
    """The name or address: '[::1]:80' is '::1', 'a.example:80' is 'a.example'."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if host.count(":") == 1 else host
