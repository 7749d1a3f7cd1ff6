"""`may_be`: whether a file can be an earlier export, told by how it begins."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

READ = 4096  # bytes
_ZIP = rb"PK\x03\x04.{26}"  # with the name of the first member behind it
_BEGINNINGS = {
    "jsonl": rb'\{"url": ',
    "epub": _ZIP + rb"mimetypeapplication/epub\+zip",
    "wxr": rb'<\?xml version="1\.0" encoding="UTF-8" \?>\n<rss ',  # WordPress puts comments between them
    "bibtex": rb"@misc\{",
    "csl-json": rb'\[(?:\]\n|\n\{"id": )',
    "warc": rb"WARC/1\.1\r\nWARC-Type: warcinfo\r\n.*?\r\n\r\nsoftware: blog-to-sqlite/",
    "wacz": _ZIP + rb"archive/data\.warc\.gz",
}


def may_be(path: Path, form: str) -> bool:
    """Whether the file begins as exports in this format do. Of an empty one nobody knows, nor of a plug-in's format."""
    with path.open("rb") as file:
        head = file.read(READ)
    if not head or form not in _BEGINNINGS:
        return True
    return re.match(_BEGINNINGS[form], _unpacked(head) if form == "warc" else head, re.DOTALL) is not None


def _unpacked(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(head, READ)
    except zlib.error:
        return b""
