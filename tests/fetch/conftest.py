"""A real server on loopback whose answers are given byte by byte."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from scraper.fetch.client import Client
from scraper.settings import Settings

Answer = bytes | Callable[[Any], None]
NO_ROBOTS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def write_answer(body: bytes = b"", status: str = "200 OK", *headers: str, length: bool = True) -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, *([f"Content-Length: {len(body)}"] if length else [])]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@dataclass
class Site:
    """Paths and what is written for them; `requests` are the heads as they came, `paths` their targets in order."""

    url: str = ""
    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0

    @property
    def paths(self) -> list[str]:
        return [head.split(b" ")[1].decode() for head in self.requests]

    def head_of(self, path: str) -> bytes:
        return next(head for head in self.requests if head.split(b" ")[1].decode() == path)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False


def serve(host: str = "127.0.0.1") -> tuple[Site, Server]:
    site = Site()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            site.connections += 1
            with contextlib.suppress(OSError):  # clients hang up when they have had enough
                self.talk()

        def talk(self) -> None:
            while first := self.rfile.readline():
                lines = [first]
                while (line := self.rfile.readline()) not in (b"\r\n", b""):
                    lines.append(line)
                site.requests.append(b"".join(lines) + b"\r\n")
                path = first.split(b" ")[1].decode()
                written = site.answers.get(path, NO_ROBOTS)
                if callable(written):
                    written(self.wfile)
                    return
                self.wfile.write(written)
                if b"Content-Length" not in written and b"chunked" not in written:
                    return

    server = Server((host, 0), Handler)
    site.port = server.server_address[1]
    site.url = f"http://{host}:{site.port}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    return site, server


@pytest.fixture
def site() -> Iterator[Site]:
    site, server = serve()
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def other_site() -> Iterator[Site]:
    site, server = serve()
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_client() -> Iterator[Callable[..., Client]]:
    """Clients that may go to loopback; closed at the end."""
    clients: list[Client] = []

    def open_one(**settings: Any) -> Client:
        clients.append(Client(Settings(**{"allow_net": ("127.0.0.0/8", "::1"), **settings})))
        return clients[-1]

    yield open_one
    for client in clients:
        client.close()


@pytest.fixture
def answer() -> Callable[..., bytes]:
    """Writes an answer: body, status, headers."""
    return write_answer
