"""Where words can still be read in an archive's files, whoever looks: `traces`."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path


def traces(db: Path, *words: str) -> list[str]:
    """Each file that has one of the words: as bytes, and after all gzip members in it that can be, are inflated.

    Of the database all pages are read, free ones too, and what stands beside it.
    """
    found = []
    files = [path for path in sorted(db.parent.rglob("*")) if path.name.startswith(db.stem) or db.stem in str(path.parent.name)]
    for path in files:
        if path.is_file():
            for data in _forms(path.read_bytes()):
                found += [f"{path.name}: {word}" for word in words for form in _written(word) if form in data]
    return sorted(set(found))


def _written(word: str) -> Iterator[bytes]:
    yield word.encode()
    yield word.encode("latin-1", "replace")
    yield word.encode("utf-16-le")


def _forms(data: bytes) -> Iterator[bytes]:
    yield data
    at = data.find(b"\x1f\x8b\x08")
    while at >= 0:
        yield from _inflated(data[at:], 3)
        at = data.find(b"\x1f\x8b\x08", at + 1)


def _inflated(data: bytes, levels: int) -> Iterator[bytes]:
    """The member that begins here, also where it is torn; and what is packed within it."""
    try:
        plain = zlib.decompressobj(31).decompress(data)
    except zlib.error:
        return
    yield plain
    inner = plain.find(b"\x1f\x8b\x08")
    if inner >= 0 and levels:
        yield from _inflated(plain[inner:], levels - 1)


