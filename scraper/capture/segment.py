"""The WARC files that an archive writes: `SegmentWriter`, one run's own segments in the archive's folder.

A segment is never appended to after its run. `payload_sha256` and `payload_length` of the captures are of the body as
stored: content coding kept, transfer coding off, which is also what WARC-Payload-Digest covers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from uuid import uuid4

from scraper.capture.captures import capture_of
from scraper.capture.compose import (
    compose_conversion,
    compose_info,
    compose_memento,
    compose_request,
    compose_resource,
    compose_response,
    compress,
)
from scraper.capture.records import WarcRecord
from scraper.capture.segment_file import SegmentFile
from scraper.model import Capture, CaptureOrigin, Exchange
from scraper.settings import Settings

MAX_SEGMENT = Settings().segment_bytes


class SegmentWriter:
    """Appends records to this run's segment; a context manager that seals at a good end and only closes at a bad one.

    The file is made with the first record, so a run that captures nothing leaves nothing. Past `max_bytes` the next
    exchange begins a new one. Each write returns the Capture that finds it again; nothing is durable before `sync`.
    ArchiveError where the disk refuses: the segment then ends with its last whole record.
    """

    def __init__(self, folder: Path, now: datetime, software: str, max_bytes: int = MAX_SEGMENT) -> None:
        self._folder = folder
        self._now = now
        self._software = software
        self._max_bytes = max_bytes
        self._file: SegmentFile | None = None
        self._name = ""  # of the file, as captures have it
        self._number = 0
        self._info_id = ""
        self._copied_from: tuple[str, ...] = ()
        self._paths: list[Path] = []  # of the files so far

    @classmethod
    def open(cls, folder: Path, now: datetime, software: str, max_bytes: int = MAX_SEGMENT) -> SegmentWriter:
        """A writer into `folder` for a run that begins `now`, by `software` ('name/version')."""
        return cls(folder, now, software, max_bytes)

    def __enter__(self) -> SegmentWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if error is None:
                self.seal()
        finally:
            self.close()

    def write_exchange(self, exchange: Exchange, refers_to: Capture | None = None) -> Capture:
        """The capture of a response, written with its request.

        Where `refers_to` is a capture of the very same body, a revisit record that names it is written in place of
        the body; the Capture then points to the revisit, which has no payload of its own.
        """
        capture = _capture_of(exchange, "fetch")
        same_as = refers_to if refers_to and refers_to.payload_sha256 == capture.payload_sha256 else None
        file = self._room()
        placed = self._append(file, capture, compose_response(exchange, capture.record_id, self._info_id, same_as))
        if exchange.request_head:
            file.append(compose_request(exchange, _new_id(), self._info_id, capture.record_id))
        return placed

    def write_memento(self, exchange: Exchange, source: str, made: datetime) -> Capture:
        """The capture of a response that a web archive has, taken from its address `source` at `made`."""
        capture = _capture_of(exchange, "warc")
        file = self._room()
        return self._append(file, capture, compose_memento(exchange, capture.record_id, source, made))

    def write_resource(
        self,
        url: str,
        body: bytes,
        content_type: str,
        *,
        date: datetime,
        fetched_at: datetime | None = None,
        fetched_before: datetime | None = None,
    ) -> Capture:
        """The capture of a saved file or a text dump, taken in at `date`, with what is known of when it was fetched.

        Where nothing is, `date` is an upper bound.
        """
        capture = Capture(
            url=url,
            fetched_at=fetched_at,
            fetched_before=fetched_before or (None if fetched_at else date),
            status=None,
            content_type=content_type,
            payload_sha256=hashlib.sha256(body).hexdigest(),
            payload_length=len(body),
            record_id=_new_id(),
            warc_file="",
            warc_offset=0,
            warc_length=0,
            origin="file",
        )
        file = self._room()
        return self._append(file, capture, compose_resource(capture, body, self._info_id, date))

    def write_conversion(self, made_of: Capture, body: bytes, content_type: str, date: datetime) -> Capture:
        """The capture of what was made at `date` of that capture's body, as of the time when that one was fetched."""
        capture = replace(
            made_of,
            status=None,
            content_type=content_type,
            payload_sha256=hashlib.sha256(body).hexdigest(),
            payload_length=len(body),
            record_id=_new_id(),
        )
        file = self._room()
        return self._append(file, capture, compose_conversion(capture, body, self._info_id, made_of, date))

    def write_copy(self, record: WarcRecord) -> Capture:
        """The capture of a record of another WARC file, copied with its WARC-Record-ID and all its fields.

        Where it is a gzip member of its own its bytes are copied as they are, without compressing again. A record
        without an ID gets none: `record_id` is empty then. One without a URL is known by its payload's digest.
        InputError where the file is no longer what it was when the record was read.
        """
        pieces = record.stored_pieces() if record.own_member else compress(record.raw_pieces())
        return self._append(self._room(), capture_of(record, "warc"), pieces)

    @contextmanager
    def copying(self, opening_ids: tuple[str, ...]) -> Iterator[list[Path]]:
        """Files of their own for what is copied in the block from another archive's segment; sealed at a good end.

        They name the ids of the records that opened that segment, by which what its runs wrote themselves is known
        (see recovery.py). The list has the files once the block has ended.
        """
        self.seal()
        self._copied_from, self._paths = opening_ids, []
        made: list[Path] = []
        try:
            yield made
            self.seal()
            made += (path for path in self._paths if path.exists())
        finally:
            self._copied_from = ()

    def sync(self) -> None:
        """Return when all that was written is on the disk; to be called before any row points at it."""
        if self._file is not None:
            self._file.sync()

    def seal(self) -> None:
        """Write length and digest of the finished segment beside it (`<segment>.seal`); a later record begins anew."""
        if self._file is not None and self._file.records > 1:
            self._file.seal()
        self.close()

    def close(self) -> None:
        """Close the segment as it is; without `seal` before it, a later run has to look it through.

        A segment in which nothing followed the record that opens it is taken away.
        """
        if self._file is not None:
            self._file.close()
            if self._file.records <= 1:
                self._file.remove()
            self._file = None

    def _room(self) -> SegmentFile:
        """The segment to write to; a new one at the first record, and where the last is full."""
        if self._file is not None and self._file.length >= self._max_bytes:
            self.seal()
        if self._file is None:
            self._number += 1
            self._file = SegmentFile(self._folder, self._now, self._number)
            self._name = f"{self._folder.name}/{self._file.path.name}"
            self._info_id = _new_id()
            self._paths.append(self._file.path)
            names = (self._file.path.name, self._folder.name, self._software)
            self._file.append(compose_info(self._info_id, self._now, *names, self._copied_from))
        return self._file

    def _append(self, file: SegmentFile, capture: Capture, pieces: Iterable[bytes]) -> Capture:
        """The capture with its place, once its record is written."""
        offset, length = file.append(pieces)
        return replace(capture, warc_file=self._name, warc_offset=offset, warc_length=length)


def _capture_of(exchange: Exchange, origin: CaptureOrigin) -> Capture:
    """What the exchange is a capture of, before it has a place."""
    return Capture(
        url=exchange.url,
        fetched_at=exchange.started_at,
        fetched_before=None,
        status=exchange.status,
        content_type=next((value for name, value in exchange.headers if name.lower() == "content-type"), None),
        payload_sha256=hashlib.sha256(exchange.body).hexdigest(),
        payload_length=len(exchange.body),
        record_id=_new_id(),
        warc_file="",
        warc_offset=0,
        warc_length=0,
        origin=origin,
    )


def _new_id() -> str:
    return f"<{uuid4().urn}>"
