"""`export_wacz`: an archive's captures as one WACZ file (https://specs.webrecorder.net/wacz/1.1.1/), to be replayed."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from scraper.export.cdxj import Index
from scraper.export.warc import SOFTWARE, Placed, Tell, write_records

WARC = "data.warc.gz"
PIECE = 1 << 20
PAGES = {"format": "json-pages-1.0", "id": "pages", "title": "Pages", "hasText": True}


def export_wacz(db: Path, file: IO[bytes], *, now: datetime, tell: Tell, posts: Sequence[int] | None = None) -> int:
    """The number of captures written to `file`, which may be a pipe; `tell` and `posts` as in `export_warc`.

    The pages are those that posts were read from, with title and text. Times of saved files are those when they were
    taken in.
    """
    written = 0
    with closing(_Package(file, now)) as package, Index() as index, TemporaryFile(prefix="blog-to-sqlite-") as pages:
        pages.write(_line(PAGES))
        with package.member(f"archive/{WARC}", packed=True) as warc:
            for placed in write_records(db, warc.write, WARC, now, tell, posts):
                written += placed.held is not None
                index.add(placed.record, WARC, placed.offset, placed.length)
                pages.writelines(_page(placed))
        _write_index(package, index)
        pages.seek(0)
        with package.member("pages/pages.jsonl") as out:
            out.write_all(iter(lambda: pages.read(PIECE), b""))
        package.describe(db.stem)
    return written


def _write_index(package: _Package, index: Index) -> None:
    parts = [b'!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n']
    with package.member("indexes/index.cdx.gz", packed=True) as out:
        for part, line in index.parts():
            out.write(part)
            parts.append(line)
    with package.member("indexes/index.idx") as out:
        out.write_all(parts)


def _page(placed: Placed) -> Iterator[bytes]:
    held, record = placed.held, placed.record
    if held is None or held.text is None or record.date is None:
        return
    said = {"id": hashlib.sha256(f"{held.url} {record.date}".encode()).hexdigest()[:32], "url": held.url}
    said |= {"ts": f"{record.date:%Y-%m-%dT%H:%M:%SZ}", "title": held.title or "", "text": held.text}
    yield _line(said)


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode() + b"\n"


class _Package:
    """A WACZ in the making: each member is described by its length and digest."""

    def __init__(self, file: IO[bytes], now: datetime) -> None:
        self._zip = zipfile.ZipFile(file, "w", allowZip64=True)
        self._now = now
        self._resources: list[dict[str, Any]] = []

    def member(self, path: str, *, packed: bool = False) -> _Member:
        """A member to be written in a `with` block; what is packed already is stored as it is."""
        return _Member(self._open(path, packed), path, self._resources)

    def describe(self, title: str) -> None:
        """Adds the description of all members, and its digest."""
        at = f"{self._now:%Y-%m-%dT%H:%M:%SZ}"
        said: dict[str, Any] = {"profile": "data-package", "wacz_version": "1.1.1", "title": title}
        said |= {"software": SOFTWARE, "created": at, "modified": at, "resources": self._resources}
        package = json.dumps(said, indent=1).encode()
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
        for path, content in (("datapackage.json", package), ("datapackage-digest.json", json.dumps(digest).encode())):
            with self._open(path, False) as out:
                out.write(content)

    def close(self) -> None:
        self._zip.close()

    def _open(self, path: str, packed: bool) -> IO[bytes]:
        info = zipfile.ZipInfo(path, self._now.timetuple()[:6])
        info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        return self._zip.open(info, "w", force_zip64=True)


class _Member:
    """A member while it is written."""

    def __init__(self, out: IO[bytes], path: str, resources: list[dict[str, Any]]) -> None:
        self._out, self._path, self._resources = out, path, resources
        self._digest, self._length = hashlib.sha256(), 0

    def __enter__(self) -> _Member:
        return self

    def __exit__(self, *_: object) -> None:
        self._out.close()
        name, digest = self._path.rpartition("/")[2], f"sha256:{self._digest.hexdigest()}"
        self._resources.append({"name": name, "path": self._path, "hash": digest, "bytes": self._length})

    def write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._length += len(data)

    def write_all(self, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            self.write(piece)
