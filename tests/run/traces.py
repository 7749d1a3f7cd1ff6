"""Where words can still be read in an archive's files, whoever looks: `traces`."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

LEVELS = 3  # of what is packed in what is packed


def traces(db: Path, *words: str) -> list[str]:
    """Each file with one of the words in it, in any case: in its bytes, or in any gzip member that begins in them.

    Of the database all pages are read, also free ones, and what stands beside it.
    """
    files = [path for path in sorted(db.parent.rglob("*")) if path.is_file() and f"/{db.stem}." in str(path)]
    assert files
    return sorted(
        {
            f"{path.name}: {word}"
            for path in files
            for data in _forms(path.read_bytes(), LEVELS)
            for word in words
            if any(form in data.lower() for form in _written(word.lower()))
        }
    )


def _written(word: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le"):
        yield word.encode(encoding)
    yield word.encode("ascii", "xmlcharrefreplace")
    yield word.encode("ascii", "backslashreplace").replace(b"\\x", b"\\u00")


def _forms(data: bytes, levels: int) -> Iterator[bytes]:
    yield data
    at = data.find(b"\x1f\x8b\x08")
    while at >= 0 and levels:
        yield from _forms(_inflated(data[at:]), levels - 1)
        at = data.find(b"\x1f\x8b\x08", at + 1)


def _inflated(data: bytes) -> bytes:
    """As much of the member as can be had, also where it is torn or damaged."""
    inflate, plain = zlib.decompressobj(31), b""
    try:
        for start in range(0, len(data), 512):
            plain += inflate.decompress(data[start : start + 512])
    except zlib.error:
        pass
    return plain
