"""Answers that are wrong as answers: slow, cut, too long, packed to burst, or no HTTP at all."""

from __future__ import annotations

import functools
import gzip
import zlib

from tests.web.hostile.cases import (
    ANY,
    ENDED_BADLY,
    FAILED,
    FETCHED,
    TRAP,
    Case,
    endless,
    essay,
    head_of,
    item,
    page,
    raw,
    trap,
)
from tests.web.server import Answer

BOMB = 64 * 1024 * 1024  # bytes when unpacked
PAUSE = 0.05


@functools.cache
def bomb(coding: str) -> bytes:
    if coding == "br":
        import brotli

        return bytes(brotli.compress(essay() + b" " * BOMB, quality=4))
    packer = zlib.compressobj(9, wbits=31 if coding == "gzip" else 15)
    packed = packer.compress(essay())
    for _ in range(BOMB // 1_048_576):
        packed += packer.compress(b" " * 1_048_576)
    return packed + packer.flush()


def coded(coding: str, body: bytes) -> Answer:
    return page(body, 200, ("Content-Encoding", coding))


def long_head(lines: int, width: int) -> Answer:
    flood = [f"X-Flood-{number}: {'x' * width}" for number in range(lines)]
    return raw(head_of(*flood, f"Content-Length: {len(essay())}") + essay())


ESSAY = essay()
TRANSFERS: tuple[Case, ...] = (
    # ---- slow
    trap("slow first line", endless(b"", b"H", PAUSE)),
    trap("slow headers", endless(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x", PAUSE)),
    trap("slow body", endless(head_of("Content-Length: 100000"), b"x", PAUSE)),
    trap("slow chunks", endless(head_of("Transfer-Encoding: chunked"), b"1\r\nx\r\n", PAUSE)),
    trap("silence after the request", raw(60.0)),
    trap("silence in the body", raw(head_of("Content-Length: 5000"), ESSAY[:100], 60.0)),
    # ---- lengths
    trap("a length that is too long", raw(head_of(f"Content-Length: {len(ESSAY) + 500}") + ESSAY)),
    trap("a length that is too short", raw(head_of("Content-Length: 300") + ESSAY), ANY),
    trap("a negative length", raw(head_of("Content-Length: -1") + ESSAY), ANY),
    trap("a length that is no number", raw(head_of("Content-Length: lots") + ESSAY), ANY),
    trap("two lengths", raw(head_of("Content-Length: 10", f"Content-Length: {len(ESSAY)}") + ESSAY), ANY),
    trap("a length of a terabyte", raw(head_of("Content-Length: 1000000000000") + ESSAY)),
    trap("a cut chunk", raw(head_of("Transfer-Encoding: chunked") + b"ffff\r\n" + ESSAY)),
    trap("a chunk of no size", raw(head_of("Transfer-Encoding: chunked") + b"zz\r\n" + ESSAY)),
    trap("an answer without end", endless(head_of(), b"<p>More and more of it.</p>" * 2000)),
    trap("chunks without end", endless(head_of("Transfer-Encoding: chunked"), b"8000\r\n" + b"x" * 0x8000 + b"\r\n")),
    # ---- codings
    trap("gzip that was cut", coded("gzip", gzip.compress(ESSAY, mtime=0)[:-40]), ANY),
    trap("gzip that is none", coded("gzip", ESSAY), ANY),
    trap("gzip with rubbish behind it", coded("gzip", gzip.compress(ESSAY, mtime=0) + b"rubbish"), ANY),
    trap(
        "gzip in gzip in gzip",
        coded("gzip, gzip, gzip", functools.reduce(lambda data, _: gzip.compress(data, mtime=0), range(3), ESSAY)),
        ANY,
    ),
    trap("a coding that nobody knows", coded("squeezed", ESSAY), ANY),
    trap("a hundred codings", coded(", ".join(["gzip"] * 100), ESSAY), ANY),
    trap("a gzip bomb", coded("gzip", bomb("gzip")), ANY),
    trap("a deflate bomb", coded("deflate", bomb("deflate")), ANY),
    trap("a brotli bomb", coded("br", bomb("br")), ANY),
    trap("a gzip bomb in gzip", coded("gzip, gzip", gzip.compress(bomb("gzip"), mtime=0)), ANY),
    # ---- connections
    trap("no answer", raw(b""), FAILED),
    trap("a reset in the body", raw(head_of("Content-Length: 9999") + ESSAY[:99], resets=True)),
    trap("a reset in the head", raw(b"HTTP/1.1 200 OK\r\nContent-", resets=True)),
    # ---- heads
    trap("HTTP/0.9", raw(ESSAY), ANY),
    trap("rubbish", raw(b"\x00\xff\xfe\r\n\r\n" * 50), ANY),
    trap("lines that end in LF", raw(head_of(f"Content-Length: {len(ESSAY)}").replace(b"\r\n", b"\n") + ESSAY), ANY),
    trap("ten thousand headers", long_head(10_000, 10), ANY),
    trap("a header of a megabyte", long_head(1, 1_000_000), ANY),
    trap("headers without end", endless(b"HTTP/1.1 200 OK\r\n", b"X-More: and more\r\n" * 500)),
    trap("a first line without end", endless(b"HTTP/1.1 200 ", b"OK" * 20_000)),
    trap(
        "headers with NULs and bells",
        raw(head_of("X-Odd: \x00\x07\x1b[31m", f"Content-Length: {len(ESSAY)}") + ESSAY),
        ANY,
    ),
    trap(
        "a header that is folded",
        raw(head_of("X-Long: a\r\n b\r\n\tc", f"Content-Length: {len(ESSAY)}") + ESSAY),
        FETCHED,
    ),
    trap("a header without a colon", raw(head_of("nonsense", f"Content-Length: {len(ESSAY)}") + ESSAY), ANY),
    trap("100 Continue without end", endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 50)),
    trap("hints without end", endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n" * 50)),
    trap(
        "cookies without end of them",
        raw(
            head_of(*[f"Set-Cookie: c{number}={'y' * 3000}" for number in range(90)], f"Content-Length: {len(ESSAY)}")
            + ESSAY
        ),
        ANY,
    ),
    # ---- statuses
    trap("204 without a page", Answer(204), ANY),
    trap("206 that was not asked for", page(None, 206, ("Content-Range", "bytes 0-99/5000")), ANY),
    trap("304 that was not asked for", Answer(304), ANY),
    trap("101 that was not asked for", raw(head_of("Upgrade: chat", status="101 Switching Protocols")), ANY),
    trap("status 999", raw(head_of("Content-Length: 2", status="999 No") + b"no"), ENDED_BADLY),
    trap("a status that is no number", raw(b"HTTP/1.1 yes OK\r\n\r\n" + ESSAY), ENDED_BADLY),
    trap("401 with a question", page(None, 401, ("WWW-Authenticate", 'Basic realm="who?"')), ENDED_BADLY),
    trap("407 with a question", page(None, 407, ("Proxy-Authenticate", 'Basic realm="who?"')), ENDED_BADLY),
    trap("500 for ever", page(b"<p>Out of order</p>", 500)),
    trap("503 for ever", page(b"<p>Out of order</p>", 503)),
    trap("429 for a year", page(b"<p>Later</p>", 429, ("Retry-After", "31536000")), posts=0),
    trap("Retry-After that is nonsense", page(b"<p>Later</p>", 503, ("Retry-After", "Thursday, perhaps")), FAILED),
    Case(
        "a home that is out of order for ever",
        pages={"/": page(b"<p>Out of order</p>", 500)},
        ends={"/": FAILED},
        posts=0,
    ),
    Case("a home without a word", pages={"/": page(b"")}, ends={"/": FAILED}, posts=0),
    Case("the good beside the bad", item(TRAP), {TRAP: page()}, ends={TRAP: FETCHED}),
)
