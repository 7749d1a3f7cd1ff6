"""Connections that go only where the guard lets them and end in time: `GuardedAdapter`, for a requests session.

A name is resolved once, its addresses are judged, and the connection is made to a judged address; the name is used
only for Host, SNI and the certificate. So a name server that answers differently the second time changes nothing.
With a proxy, the proxy resolves: then the client judges the name alone (`guard.judge_name`), and the operator's proxy
is connected to unjudged.

Every receive gets a timeout that shrinks with what is left of the deadline, on plain and TLS sockets alike, so a
server that sends a byte now and then (of its headers, too) cannot hold a fetch. Resolving a name is the one step that
cannot be cut short; the system's resolver has a limit of its own.
"""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, cast
from weakref import WeakSet

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.poolmanager import PoolManager, ProxyManager
from urllib3.util.ssl_ import create_urllib3_context

from scraper.fetch.deadline import Deadline, Stopped
from scraper.fetch.exchange import Sent
from scraper.fetch.guard import AllowList, judge_address


@dataclass(frozen=True, slots=True)
class Gate:
    """What a new connection is held against. `guarded` is off only for the way to the operator's own proxy."""

    allow_net: AllowList
    deadline: Deadline
    connect_timeout: float
    read_timeout: float
    sent: Sent
    guarded: bool = True
    open_sockets: WeakSet[socket.socket] = field(default_factory=WeakSet)

    def abort(self) -> None:
        """Shut all connections: who waits for an answer on one gets none."""
        for sock in list(self.open_sockets):
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def connect(self, host: str, port: int) -> TimedSocket:
        """A socket connected to the first judged address of `host` that answers; Stopped says why there is none."""
        places = [place for place in self._resolve(host, port) if not self._refusal(place[1][0], host)]
        failure: OSError | None = None
        for family, address in places:
            sock = TimedSocket(family, socket.SOCK_STREAM)
            sock.gate = self
            try:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.settimeout(self.deadline.timeout(self.connect_timeout))
                sock.connect(address)
                self._verify(sock, host)
                self.open_sockets.add(sock)
                return sock
            except (OSError, Stopped) as error:
                sock.close()
                if isinstance(error, Stopped):
                    raise
                failure = error
        reason = "timeout" if isinstance(failure, TimeoutError) else "connect"
        raise Stopped(reason, f"{host} port {port}: {failure}")

    def _resolve(self, host: str, port: int) -> list[tuple[int, Any]]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise Stopped("dns", f"{host}: {error}") from error
        places: list[tuple[int, Any]] = [(family, address) for family, _, _, _, address in found]
        refusals = [refusal for _, address in places if (refusal := self._refusal(address[0], host))]
        if refusals and len(refusals) == len(places):
            raise Stopped("address", refusals[0])
        return places

    def _refusal(self, ip: str, host: str) -> str | None:
        """Why not, with the host where that is not the address itself."""
        refusal = judge_address(ip, host, self.allow_net) if self.guarded else None
        return refusal if refusal is None or ip == host else f"{host}: {refusal}"

    def _verify(self, sock: socket.socket, host: str) -> None:
        refusal = self._refusal(sock.getpeername()[0], host)
        if refusal:
            raise Stopped("address", refusal)


class _Timed:
    """Receiving under the gate's deadline, for both kinds of socket."""

    gate: Gate | None = None

    def recv_into(self, *arguments: Any) -> int:
        sock = cast(Any, super())
        if self.gate is None:  # a TLS socket during its handshake, which has the connection's timeout
            return cast(int, sock.recv_into(*arguments))
        sock.settimeout(self.gate.deadline.timeout(self.gate.read_timeout))
        try:
            return cast(int, sock.recv_into(*arguments))
        except TimeoutError:
            self.gate.deadline.timeout(self.gate.read_timeout)
            raise Stopped("timeout", f"nothing came for {self.gate.read_timeout:g} s") from None


class TimedSocket(_Timed, socket.socket):
    """A plain socket under a deadline."""


class TimedTLSSocket(_Timed, ssl.SSLSocket):
    """A TLS socket under a deadline."""


class _Guarded:
    """A urllib3 connection that asks the gate for its socket, and notes what it sends and to whom."""

    gate: Gate
    peer: str | None = None

    def _new_conn(self) -> socket.socket:
        connection = cast(HTTPConnection, self)
        sock = self.gate.connect(connection._dns_host, connection.port)
        self.peer = sock.getpeername()[0] if self.gate.guarded else None
        return sock

    def connect(self) -> None:
        cast(Any, super()).connect()
        if isinstance(sock := cast(HTTPConnection, self).sock, TimedTLSSocket):
            sock.gate = self.gate
            self.gate.open_sockets.add(sock)

    def send(self, data: Any) -> None:
        if isinstance(data, bytes) and not data.startswith(b"CONNECT "):  # the request to a proxy for a tunnel
            self.gate.sent.head, self.gate.sent.peer = data, self.peer
        cast(Any, super()).send(data)


class GuardedConnection(_Guarded, HTTPConnection):
    """http: through the gate."""


class GuardedTLSConnection(_Guarded, HTTPSConnection):
    """https: through the gate; the certificate is held against the name."""


def _pool_classes(gate: Gate) -> dict[str, type[HTTPConnectionPool]]:
    plain = type("PlainConnection", (GuardedConnection,), {"gate": gate})
    tls = type("TLSConnection", (GuardedTLSConnection,), {"gate": gate})
    return {
        "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("TLSPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
    }


class GuardedAdapter(HTTPAdapter):
    """A requests transport whose every connection passes the gate."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._context = create_urllib3_context()
        self._context.sslsocket_class = TimedTLSSocket
        super().__init__(pool_connections=64, pool_maxsize=1)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, ssl_context=self._context, **options)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = _pool_classes(self._gate)

    def proxy_manager_for(self, proxy: str, **options: Any) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(proxy, ssl_context=self._context, **options)
        manager.pool_classes_by_scheme = _pool_classes(replace(self._gate, guarded=False))
        return manager
