"""The index of a WARC file in CDXJ (https://specs.webrecorder.net/cdxj/0.1.0/): `Index`, sorted, in parts."""

from __future__ import annotations

import hashlib
import heapq
import json
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from types import TracebackType
from typing import IO, Self

from scraper.capture.records import WarcRecord
from scraper.text.surt import surt

MOST = 50_000  # lines in memory
PART = 3000  # lines in one gzip member, as others have it
INDEXED = frozenset({"response", "resource", "revisit"})


class Index:
    """The lines of an index, sorted outside of memory. A context manager: what it keeps on the disk goes at its end."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._files: list[IO[bytes]] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    def add(self, record: WarcRecord, filename: str, offset: int, length: int) -> None:
        """Adds the record where it stands in that file; one that no page is replayed from is left out."""
        if record.kind not in INDEXED or record.url is None or record.date is None:
            return
        self._lines.append(index_line(record, filename, offset, length))
        if len(self._lines) >= MOST:
            self._put_aside()

    def parts(self) -> Iterator[tuple[bytes, bytes]]:
        """The sorted lines in gzip members, each with its line in the index of these (ZipNum's `.idx`)."""
        self._put_aside()
        start = 0
        found = heapq.merge(*self._files)
        while lines := tuple(islice(found, PART)):
            member = _gzip(b"".join(lines))
            digest = f"sha256:{hashlib.sha256(member).hexdigest()}"
            said = {"offset": start, "length": len(member), "digest": digest, "filename": "index.cdx.gz"}
            yield member, b" ".join(lines[0].split(b" ", 2)[:2]) + b" " + json.dumps(said).encode() + b"\n"
            start += len(member)

    def _put_aside(self) -> None:
        file: IO[bytes] = tempfile.TemporaryFile(prefix="blog-to-sqlite-")  # noqa: SIM115 (closed with the index)
        self._stack.enter_context(file)
        file.writelines(sorted(self._lines))
        file.seek(0)
        self._files.append(file)
        self._lines = []


def index_line(record: WarcRecord, filename: str, offset: int, length: int) -> bytes:
    """The record's line: key, time, and where and what it is as JSON."""
    is_revisit = record.kind == "revisit"
    said = {
        "url": record.url,
        "mime": "warc/revisit" if is_revisit else (record.content_type or "unk").partition(";")[0].strip(),
        "status": str(record.status or 200),
        "digest": record.header.get("WARC-Payload-Digest") or f"sha256:{record.sha256}",
        "length": str(length),
        "offset": str(offset),
        "filename": filename,
    }
    at = f"{record.date:%Y%m%d%H%M%S}"
    key = surt(record.url or "").replace(" ", "%20")
    return f"{key} {at} {json.dumps(said)}\n".encode("utf-8", "replace")


def _gzip(data: bytes) -> bytes:
    stream = zlib.compressobj(6, zlib.DEFLATED, 31)
    return stream.compress(data) + stream.flush()
