"""A segment that is written anew keeps what may stay byte for byte, and other readers still read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from scraper.capture.captures import is_capture
from scraper.capture.header import FORGOTTEN
from scraper.capture.records import WarcRecord, read_record, read_records
from scraper.capture.recovery import is_sealed, read_captures
from scraper.capture.rewriting import rewrite_segment
from scraper.capture.segment import SegmentWriter
from scraper.model import Exchange

NAME = "20240320T120000Z-000000-00001-beef.warc.gz"


def records_of(path: Path) -> list[WarcRecord]:
    return [record for record in read_records(path) if isinstance(record, WarcRecord)]


def no_page(offset: int) -> bytes:
    raise AssertionError(offset)


def test_what_stays_is_the_same_and_what_is_cleared_says_so(
    writer: SegmentWriter, folder: Path, now: datetime, make_exchange: Callable[..., Exchange]
) -> None:
    kept, cleared, gone = (
        writer.write_exchange(make_exchange(url=f"https://a.example/{name}", body=f"<p>{name}</p>".encode() * 50))
        for name in ("kept", "cleared", "gone")
    )
    again = writer.write_exchange(make_exchange(url="https://a.example/again", body=b"<p>kept</p>" * 50), kept)
    saved = writer.write_resource("https://a.example/saved", b"<p>saved</p>", "text/html", date=now, fetched_at=now)
    writer.seal()
    (old,) = folder.glob("*.warc.gz")
    verdicts = {
        cleared.warc_offset: "clear",
        saved.warc_offset: "clear",
        again.warc_offset: "clear",
        gone.warc_offset: "drop",
    }
    moved, length = rewrite_segment(old, folder / NAME, verdicts, now, no_page)  # type: ignore[arg-type]
    new = {each.offset: each for each in moved}
    assert length == (folder / NAME).stat().st_size
    assert is_sealed(folder / NAME)
    assert new[gone.warc_offset].new_offset is None
    place = new[kept.warc_offset]
    assert place.new_offset is not None
    before = old.read_bytes()[kept.warc_offset :][: kept.warc_length]
    assert (folder / NAME).read_bytes()[place.new_offset :][: place.new_length] == before
    for capture in (cleared, saved, again):
        place = new[capture.warc_offset]
        record = read_record(folder / NAME, place.new_offset or 0)
        assert is_capture(record)
        assert (record.record_id, record.url) == (capture.record_id, capture.url)
        assert (record.sha256, record.entity_length) == (place.payload_sha256, place.payload_length)
        assert record.header.get(FORGOTTEN)
        assert record.entity.startswith(b"Its content was taken out on request.")
    assert records_of(folder / NAME)[0].header.get("WARC-Filename") == NAME
    assert len({each.payload_sha256 for each in moved if each.payload_sha256}) == 3


def test_captures_are_what_they_were_and_other_readers_agree(
    writer: SegmentWriter, folder: Path, now: datetime, make_exchange: Callable[..., Exchange]
) -> None:
    cleared = writer.write_exchange(make_exchange(url="https://a.example/x"))
    saved = writer.write_resource("https://a.example/saved", b"<p>saved</p>", "text/html", date=now, fetched_at=now)
    writer.seal()
    (old,) = folder.glob("*.warc.gz")
    rewrite_segment(old, folder / NAME, {cleared.warc_offset: "clear", saved.warc_offset: "clear"}, now, no_page)
    captures = [capture for _, capture in read_captures(folder / NAME, 10_000)]
    assert [(each.origin, each.fetched_at) for each in captures] == [("fetch", cleared.fetched_at), ("file", now)]
    with (folder / NAME).open("rb") as file:
        found = []
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            found.append(record.rec_type)
    assert found.count("response") == found.count("resource") == 1
