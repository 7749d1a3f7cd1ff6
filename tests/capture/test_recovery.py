"""A segment that was cut ends with its last whole record afterwards, and what was torn is kept."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scraper.capture.header import PAYLOAD_LENGTH, PAYLOAD_SHA256, read_header
from scraper.capture.records import WarcRecord, read_records
from scraper.capture.recovery import Mended, discard, find_segments, finish, is_sealed, mend, read_captures
from scraper.capture.segment import SegmentWriter
from scraper.model import Capture, Exchange

Make = Callable[..., Exchange]
MOST = 1024 * 1024


@pytest.fixture
def captures(writer: SegmentWriter, make_exchange: Make, now: datetime) -> list[Capture]:
    """What an unsealed segment holds: a response with its request, a saved file, and a text dump."""
    made = [
        writer.write_exchange(make_exchange()),
        writer.write_resource("http://e.org/saved", b"<p>saved</p>", "text/html", date=now, fetched_at=now),
        writer.write_resource("http://e.org/dump", b"dump", "text/plain", date=now),
    ]
    writer.close()
    return made


@pytest.fixture
def segment(folder: Path, captures: list[Capture]) -> Path:
    (path,) = folder.glob("*.warc.gz")
    return path


def mended(path: Path) -> Mended:
    found = mend(path)
    assert found is not None
    return found


def test_a_whole_segment_is_left_as_it_is(segment: Path) -> None:
    before = segment.read_bytes()
    found = mended(segment)
    assert (found.records, found.length, found.torn, found.damaged) == (5, len(before), None, 0)
    assert segment.read_bytes() == before


def test_cut_at_every_byte_whole_records_stay_and_the_rest_is_kept_aside(segment: Path) -> None:
    data = segment.read_bytes()
    ends = [0]
    for record in read_records(segment):
        assert isinstance(record, WarcRecord)
        ends.append(record.offset + record.length)
    assert ends[-1] == len(data)
    for size in range(len(data)):
        segment.write_bytes(data[:size])
        found = mended(segment)
        end = max(each for each in ends if each <= size)
        assert (segment.read_bytes(), found.length, found.records) == (data[:end], end, ends.index(end))
        if end == size:
            assert found.torn is None
        else:
            assert found.torn is not None and found.torn.read_bytes() == data[end:size]
            found.torn.unlink()


def test_zeros_at_the_end_are_torn_too(segment: Path) -> None:
    data = segment.read_bytes()
    segment.write_bytes(data + bytes(5000))
    found = mended(segment)
    assert segment.read_bytes() == data
    assert found.torn is not None and found.torn.read_bytes() == bytes(5000)


def test_damage_before_a_whole_record_is_counted_and_stays(segment: Path, captures: list[Capture]) -> None:
    data = bytearray(segment.read_bytes())
    place = captures[1].warc_offset + 40
    data[place : place + 20] = bytes(20)
    segment.write_bytes(data)
    found = mended(segment)
    assert (found.records, found.damaged, found.torn, segment.read_bytes()) == (4, 1, None, data)


def test_a_mended_segment_is_sealed_like_any_other(segment: Path) -> None:
    with segment.open("ab") as file:
        file.write(b"torn")
    segment.with_name(segment.name + ".seal.new").write_text("a draft that a kill left")
    assert not is_sealed(segment)
    finish(mended(segment))
    assert is_sealed(segment)
    data = segment.read_bytes()
    assert json.loads(segment.with_name(segment.name + ".seal").read_text()) == {
        "file": segment.name,
        "length": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "records": 5,
    }
    assert not list(segment.parent.glob("*.new"))


def test_a_segment_torn_in_its_first_record_is_taken_away_and_its_bytes_kept(segment: Path) -> None:
    data = segment.read_bytes()[:100]
    segment.write_bytes(data)
    found = mended(segment)
    assert not found.holds_captures
    discard(found)
    discard(found)
    assert not segment.exists()
    assert found.torn is not None and found.torn.read_bytes() == data


def test_a_segment_that_somebody_writes_is_left_alone(segment: Path, writer: SegmentWriter) -> None:
    with segment.open("ab") as file:
        file.write(b"the beginning of a record")
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        assert mend(segment) is None
    assert segment.read_bytes().endswith(b"the beginning of a record")


def test_a_writer_holds_its_segment(folder: Path, writer: SegmentWriter, make_exchange: Make) -> None:
    writer.write_exchange(make_exchange())
    (path,) = folder.glob("*.warc.gz")
    assert mend(path) is None
    writer.close()
    assert mended(path).records == 3


def test_captures_are_read_back_as_they_were_written(segment: Path, captures: list[Capture]) -> None:
    assert [capture for _, capture in read_captures(segment, MOST)] == captures
    assert [capture for _, capture in read_captures(segment, MOST, captures[1].warc_offset)] == captures[1:]


def test_a_copy_is_known_as_one_by_its_record(
    segment: Path, captures: list[Capture], tmp_path: Path, now: datetime
) -> None:
    with SegmentWriter.open(tmp_path / "other.warc", now, "x/1") as other:
        copied = [other.write_copy(record) for record, _ in read_captures(segment, MOST)]
    assert [capture for _, capture in read_captures(tmp_path / copied[0].warc_file, MOST)] == copied
    assert {capture.origin for capture in copied} == {"warc"}


def test_a_revisit_of_ours_says_what_it_is_of(
    folder: Path, writer: SegmentWriter, make_exchange: Make, now: datetime
) -> None:
    first = writer.write_exchange(make_exchange())
    again = replace(make_exchange(), started_at=now + timedelta(days=1))
    second = writer.write_exchange(again, refers_to=first)
    writer.close()
    (path,) = folder.glob("*.warc.gz")
    assert [capture for _, capture in read_captures(path, MOST)] == [first, second]
    assert second.payload_sha256 == first.payload_sha256


@pytest.mark.parametrize(("length", "payload"), [("12", ("ab", 12)), ("1" * 5000, None), ("x", None)])
def test_what_a_revisit_is_of_is_known_where_its_length_can_be_one(
    length: str, payload: tuple[str, int] | None
) -> None:
    header = read_header(f"WARC/1.1\r\n{PAYLOAD_SHA256}: ab\r\n{PAYLOAD_LENGTH}: {length}\r\n".encode())
    assert header is not None
    assert header.payload == payload


def test_only_files_named_as_ours_are_segments(segment: Path) -> None:
    for name in ("theirs.warc.gz", "20240101000000-1.warc.gz", segment.name + ".torn"):
        (segment.parent / name).write_bytes(b"not a segment of ours")
    older = segment.with_name("20261122T181500Z-1f2e.warc.gz")  # as the first segments were named
    os.link(segment, older)
    assert find_segments(segment.parent) == [older, segment]
    assert find_segments(segment.parent / "absent") == []
