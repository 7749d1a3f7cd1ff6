"""A blog of two posts by one author with pictures of all sorts, some on its own host, some on another."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field

from tests.web.server import Answer, Request

HTML = "text/html; charset=utf-8"
TEXT = " ".join(
    f"The kettle stood on the shelf for the {n} winter, and nobody asked about the lantern." for n in range(9)
)


def png(shade: int) -> bytes:
    """A picture of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes((0, shade))))
        + chunk(b"IEND", b"")
    )


@dataclass(slots=True)
class Pages:
    """Serves these by target; all else is a 404."""

    pages: dict[str, Answer] = field(default_factory=dict)

    def answer(self, request: Request) -> Answer:
        return self.pages.get(request.target, Answer(404, (("Content-Type", HTML),), b"<p>No such page.</p>"))

    def put(self, target: str, body: bytes, kind: str = HTML) -> None:
        self.pages[target] = Answer(200, (("Content-Type", kind),), body)


def post(base: str, number: int, images: tuple[str, ...], face: str) -> bytes:
    shown = "".join(
        f'<figure><img src="{url}" alt="no. {n}" width="800" height="600"></figure>' for n, url in enumerate(images)
    )
    return f"""<!DOCTYPE html><html lang="en"><head><title>Kettle {number}</title>
<link rel="canonical" href="{base}/2012/05/kettle-and-lantern-{number}/"><meta property="og:type" content="article"></head>
<body><article><h1>Kettle {number}</h1><p class="byline">By <a rel="author" href="{base}/author/ann/">Ann Lee</a></p>
<time datetime="2012-05-1{number}">1{number} May 2012</time><div class="entry-content"><p>{TEXT}</p>{shown}<p>{TEXT}</p></div>
</article><div class="author-box"><img class="avatar" src="{face}" alt="Ann Lee"><h4>About Ann Lee</h4>
<p>Ann Lee keeps the kettles of this house, and writes about them in the evenings.</p></div></body></html>""".encode()


def home(base: str) -> bytes:
    links = "".join(
        f'<h2><a href="{base}/2012/05/kettle-and-lantern-{n}/">Kettle {n}</a></h2><p>{TEXT}</p>' for n in (1, 2)
    )
    return f"<!DOCTYPE html><html><head><title>Kettles</title></head><body><main>{links}</main></body></html>".encode()
