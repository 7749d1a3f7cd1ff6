"""HTTP on loopback, several hosts on one port, and a log of every request: `Web`.

A site is anything with `answer(request)`. What is logged can only speak for a client: an answer's `ended` is the time
just before its last bytes were handed to the system, so that a client which waited for the whole answer and then for a
pause cannot be seen to have waited less.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

Headers = tuple[tuple[str, str], ...]
PIECE = 64 * 1024
MOST_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    host: str  # the address that was connected to
    method: str
    target: str
    headers: Headers

    def header(self, name: str) -> str | None:
        return next((value for each, value in self.headers if each.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent; `raw` writes it all by itself instead, and the connection is closed after it."""

    status: int = 200
    headers: Headers = ()
    body: bytes = b""
    raw: Callable[[Wire], None] | None = None


class Site(Protocol):
    def answer(self, request: Request) -> Answer: ...


@dataclass(slots=True)
class Logged:
    """One request. `began` and `ended` are of the monotonic clock, `wall` is `began` in seconds since 1970."""

    request: Request
    run: int
    began: float
    wall: float
    ended: float | None = None
    answer: Answer = field(default_factory=Answer)

    @property
    def host(self) -> str:
        return self.request.host

    @property
    def target(self) -> str:
        return self.request.target

    def sent(self, name: str) -> str | None:
        """A header of the answer."""
        return next((value for each, value in self.answer.headers if each.lower() == name.lower()), None)


class Wire:
    """The server's end of a connection. `send` raises OSError once the client is gone or the server closes."""

    def __init__(self, sock: socket.socket, closing: threading.Event) -> None:
        self._sock = sock
        self._closing = closing
        self.last = time.monotonic()

    def send(self, data: bytes) -> None:
        for start in range(0, len(data), PIECE):
            last = time.monotonic()
            self._sock.sendall(data[start : start + PIECE])
            self.last = last

    def drip(self, data: bytes, seconds: float) -> None:
        """A byte at a time, so many seconds apart."""
        for place in range(len(data)):
            self.send(data[place : place + 1])
            self.rest(seconds)

    def rest(self, seconds: float) -> None:
        """Wait, but not past the server's end."""
        if self._closing.wait(seconds):
            raise OSError("the server closes")

    def reset(self) -> None:
        """End the connection with a reset instead of an orderly close."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


class Web:
    """A server for these addresses, all on one port; a context manager. `log` is in the order of arrival."""

    def __init__(self, hosts: list[str]) -> None:
        self.log: list[Logged] = []
        self.run = 0
        self.sites: dict[str, Site] = {}
        self._tls: dict[str, ssl.SSLContext] = {}
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._asked = threading.Condition(self._lock)
        self._open: set[socket.socket] = set()
        self._listeners = _listen(hosts)
        self.port: int = self._listeners[0].getsockname()[1]
        self._wake, self._woken = socket.socketpair()
        self._threads: list[threading.Thread] = []
        self._acceptor = threading.Thread(target=self._accept, daemon=True)

    def base(self, host: str) -> str:
        """The address of a host, without the final slash."""
        return f"{'https' if host in self._tls else 'http'}://{host}:{self.port}"

    def put(self, host: str, site: Site, tls: ssl.SSLContext | None = None) -> None:
        """From now on `site` answers for the host."""
        self.sites[host] = site
        if tls:
            self._tls[host] = tls

    def begin_run(self) -> int:
        """What is asked from now on belongs to a new run of the client, whose number this is."""
        self.run += 1
        return self.run

    def of_run(self, run: int) -> list[Logged]:
        return [each for each in self.log if each.run == run]

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Returns when it is so; looked at with each request, and when somebody calls `look`."""
        with self._asked:
            self._asked.wait_for(is_so)

    def look(self) -> None:
        """Lets those who wait look again."""
        with self._asked:
            self._asked.notify_all()

    def __enter__(self) -> Web:
        self._acceptor.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._closing.set()
        self._wake.send(b"x")
        self._acceptor.join()
        with self._lock:
            for sock in self._open:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for sock in (*self._listeners, self._wake, self._woken):
            sock.close()

    def _accept(self) -> None:
        with selectors.DefaultSelector() as selector:
            for sock in (*self._listeners, self._woken):
                selector.register(sock, selectors.EVENT_READ)
            while not self._closing.is_set():
                for key, _ in selector.select():
                    if key.fileobj is self._woken:
                        return
                    assert isinstance(key.fileobj, socket.socket)
                    with contextlib.suppress(OSError):
                        self._take(*key.fileobj.accept(), key.fileobj.getsockname()[0])

    def _take(self, sock: socket.socket, peer: object, host: str) -> None:
        with self._lock:
            self._open.add(sock)
        thread = threading.Thread(target=self._hold, args=(sock, host), daemon=True)
        self._threads = [each for each in self._threads if each.is_alive()] + [thread]
        thread.start()

    def _hold(self, sock: socket.socket, host: str) -> None:
        """Answer on one connection until either side ends it."""
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with contextlib.suppress(OSError, ValueError):  # clients hang up when they have had enough
                if host in self._tls:
                    sock = self._wrapped(sock, self._tls[host])
                with sock.makefile("rb") as lines:
                    while (request := _read(lines, host)) and self._answer(request, Wire(sock, self._closing)):
                        pass
        finally:
            with self._lock:
                self._open.discard(sock)
            sock.close()

    def _wrapped(self, sock: socket.socket, context: ssl.SSLContext) -> ssl.SSLSocket:
        wrapped = context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        with self._lock:
            self._open = self._open - {sock} | {wrapped}
        try:
            wrapped.do_handshake()
        except OSError:
            wrapped.close()
            raise
        return wrapped

    def _answer(self, request: Request, wire: Wire) -> bool:
        """Whether the connection may be used again."""
        with self._lock:
            logged = Logged(request, self.run, time.monotonic(), time.time())
            self.log.append(logged)
            self._asked.notify_all()
        try:
            logged.answer = answer = self.sites[request.host].answer(request)
            if answer.raw:
                answer.raw(wire)
                return False
            wire.send(write_answer(answer, request.method))
            return request.header("Connection") != "close"
        finally:
            logged.ended = wire.last


def write_answer(answer: Answer, method: str = "GET") -> bytes:
    """The bytes of a well-formed answer."""
    bodiless = method == "HEAD" or answer.status in (204, 304)
    lines = [f"HTTP/1.1 {answer.status} Said", *(f"{name}: {value}" for name, value in answer.headers)]
    if answer.status not in (204, 304):
        lines.append(f"Content-Length: {len(answer.body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + (b"" if bodiless else answer.body)


def _read(lines: object, host: str) -> Request | None:
    first = lines.readline(MOST_HEAD)  # type: ignore[attr-defined]
    if not first.strip():
        return None
    method, target, _ = first.decode("latin-1").split(" ", 2)
    headers: list[tuple[str, str]] = []
    while (line := lines.readline(MOST_HEAD)) not in (b"\r\n", b"\n", b""):  # type: ignore[attr-defined]
        name, _, value = line.decode("latin-1").rstrip("\r\n").partition(":")
        headers.append((name, value.strip(" ")))
    return Request(host, method, target, tuple(headers))


def _listen(hosts: list[str]) -> list[socket.socket]:
    """A listening socket for each host, all on one port that is free on each."""
    for _ in range(50):
        found: list[socket.socket] = []
        try:
            for host in hosts:
                port = found[0].getsockname()[1] if found else 0
                found.append(socket.create_server((host, port), backlog=64))
            return found
        except OSError:
            for sock in found:
                sock.close()
    raise OSError("no port is free on all of these addresses")
