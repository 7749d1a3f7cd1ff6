"""Many hosts on loopback that serve saved pages under made-up addresses, each with a sitemap: run by crawl_speed.py.

usage: python benchmarks/loopback_sites.py CORPORA --pages N --hosts N

Prints the port once all hosts answer, then a JSON line of what was asked for when its input ends. Pages go out as they
are on the disk, with the content coding gzip; connections are kept alive.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import Counter
from pathlib import Path
from typing import cast

SETS = ("aeb", "fundus", "wcxb", "dragnet")
FIRST_LINES = {200: b"HTTP/1.1 200 OK", 404: b"HTTP/1.1 404 Not Found"}
HOME = b"""<!DOCTYPE html><html lang="en"><head><title>A made-up blog</title></head><body><main><h1>A made-up blog</h1>
<p>Whatever is here is listed in its sitemap.</p></main></body></html>"""


def host_of(number: int) -> str:
    return f"127.0.{1 + number // 250}.{1 + number % 250}"


def path_of(number: int) -> str:
    """The address of the page with this number on its host."""
    return f"/blog/{2010 + number % 12}/{1 + number % 9:02}/post-number-{number}/"


class Sites:
    """What each host answers: page n of all is page n // hosts of host n % hosts."""

    def __init__(self, corpora: Path, pages: int, hosts: int) -> None:
        self._files = [file for each in SETS for file in sorted((corpora / each / "pages").glob("*.html.gz"))]
        self._pages, self._hosts = pages, hosts
        self._numbers = {path_of(number): number for number in range(-(-pages // hosts))}
        self.asked: Counter[str] = Counter()

    def answer(self, host: str, path: str) -> tuple[int, str, bytes, bool]:
        """Status, media type, body and whether it is gzipped."""
        address = host.partition(":")[0].split(".")
        place = (int(address[2]) - 1) * 250 + int(address[3]) - 1
        if path == "/robots.txt":
            return 200, "text/plain", f"Sitemap: http://{host}/blog/sitemap.xml\n".encode(), False
        if path == "/blog/sitemap.xml":
            return 200, "application/xml", self._sitemap(host, place), False
        if path == "/blog/":
            return 200, "text/html; charset=utf-8", HOME, False
        number = self._numbers.get(path)
        page = self._pages if number is None else number * self._hosts + place
        if page >= self._pages:
            return 404, "text/html", b"<title>Not found</title><p>Not found", False
        self.asked["pages"] += 1
        return 200, "text/html", self._files[page % len(self._files)].read_bytes(), True

    def _sitemap(self, host: str, place: int) -> bytes:
        paths = (path for path, number in self._numbers.items() if number * self._hosts + place < self._pages)
        rows = "".join(f"<url><loc>http://{host}{path}</loc></url>" for path in paths)
        namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
        return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{namespace}">{rows}</urlset>'.encode()


class Connection(asyncio.Protocol):
    """One client's requests, one after the other."""

    def __init__(self, sites: Sites) -> None:
        self._sites, self._received = sites, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            host = next(line[5:].strip() for line in lines if line[:5].lower() == "host:")
            self._transport.write(self._answer(host, first.split(" ")[1]))

    def _answer(self, host: str, path: str) -> bytes:
        status, kind, body, is_coded = self._sites.answer(host, path)
        self._sites.asked["requests"] += 1
        self._sites.asked[str(status)] += 1
        coding = b"\r\nContent-Encoding: gzip" if is_coded else b""
        rest = b"\r\nContent-Type: %b%b\r\nContent-Length: %d\r\n\r\n" % (kind.encode(), coding, len(body))
        return FIRST_LINES[status] + rest + body


async def serve(sites: Sites, hosts: int) -> None:
    loop, port = asyncio.get_running_loop(), 0
    for number in range(hosts):
        server = await loop.create_server(lambda: Connection(sites), host_of(number), port)
        port = server.sockets[0].getsockname()[1]
    print(port, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    print(json.dumps(sites.asked), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Saved pages as many hosts on loopback.")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--pages", type=int, required=True)
    parser.add_argument("--hosts", type=int, required=True)
    given = parser.parse_args()
    asyncio.run(serve(Sites(given.corpora, given.pages, given.hosts), given.hosts))
