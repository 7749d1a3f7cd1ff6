"""What a segment holds, read back by another tool."""

from __future__ import annotations

import base64
import errno
import gzip
import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from scraper.capture import disk
from scraper.capture.records import WarcRecord, read_payload, read_record, read_records
from scraper.capture.segment import SegmentWriter
from scraper.errors import ArchiveError, InputError
from scraper.model import Capture, Exchange

Make = Callable[..., Exchange]


def read_back(folder: Path) -> list[tuple[Any, bytes]]:
    """Every record of the segments with its raw content, by warcio."""
    found = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            found += [(record, record.raw_stream.read()) for record in ArchiveIterator(file)]
    return found


def field(record: Any, name: str) -> str:
    return str(record.rec_headers.get_header(name))


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def check(folder: Path) -> None:
    for path in folder.glob("*.warc.gz"):
        command = [sys.executable, "-m", "warcio.cli", "check", "-v", path]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert done.returncode == 0 and "fail" not in done.stdout.lower(), done.stdout + done.stderr


def test_an_exchange_becomes_a_response_and_its_request(
    folder: Path, writer: SegmentWriter, make_exchange: Make
) -> None:
    exchange = make_exchange()
    with writer:
        capture = writer.write_exchange(exchange)
    (info, said), (response, body), (request, _) = read_back(folder)
    assert (
        info.rec_type == "warcinfo"
        and b"software: blog-to-sqlite/0.1.0\r\n" in said
        and b"isPartOf: demo.warc\r\n" in said
    )
    assert response.rec_type == "response" and body == exchange.body
    assert response.http_headers.get_header("Content-Type") == "text/html"
    assert field(response, "WARC-Target-URI") == "http://e.org/a" and field(response, "WARC-IP-Address") == "192.0.2.7"
    assert field(response, "WARC-Date") == "2026-11-23T18:15:00.123456Z"
    assert field(response, "WARC-Payload-Digest") == sha1(exchange.body)
    assert field(response, "WARC-Block-Digest") == sha1(exchange.response_head + exchange.body)
    assert field(request, "WARC-Concurrent-To") == field(response, "WARC-Record-ID") == capture.record_id
    assert field(response, "WARC-Warcinfo-ID") == field(info, "WARC-Record-ID")
    check(folder)


def test_a_capture_finds_its_record_again(
    folder: Path, writer: SegmentWriter, make_exchange: Make, now: datetime
) -> None:
    body = gzip.compress(b"hello " * 99)
    with writer:
        writer.write_exchange(make_exchange())
        capture = writer.write_exchange(make_exchange(body, "http://e.org/b", ("Content-Encoding", "gzip"), status=404))
    path = folder.parent / capture.warc_file
    record = read_record(path, capture.warc_offset)
    assert capture.warc_file.startswith("demo.warc/20261123T181500Z-")
    assert (record.offset, record.length) == (capture.warc_offset, capture.warc_length)
    assert (
        (record.url, record.status, record.date)
        == ("http://e.org/b", 404, now)
        == (capture.url, capture.status, capture.fetched_at)
    )
    assert record.sha256 == capture.payload_sha256 == hashlib.sha256(body).hexdigest()
    assert record.entity_length == capture.payload_length == len(body)
    assert read_payload(path, capture.warc_offset) == b"hello " * 99
    assert capture.origin == "fetch" and capture.content_type == "text/html"


def test_the_members_of_a_segment_are_its_records(folder: Path, writer: SegmentWriter, make_exchange: Make) -> None:
    with writer:
        captures = [writer.write_exchange(make_exchange(b"x" * size)) for size in (0, 1, 3_000_000)]
    (path,) = folder.glob("*.warc.gz")
    records = [record for record in read_records(path) if isinstance(record, WarcRecord)]
    assert all(record.own_member for record in records)
    assert [record.offset for record in records if record.kind == "response"] == [c.warc_offset for c in captures]
    assert sum(record.length for record in records) == path.stat().st_size


def test_an_unchanged_payload_becomes_a_revisit(folder: Path, writer: SegmentWriter, make_exchange: Make) -> None:
    with writer:
        first = writer.write_exchange(make_exchange())
        again = writer.write_exchange(make_exchange(), refers_to=first)
        other = writer.write_exchange(make_exchange(b"changed"), refers_to=first)
    by_id = {field(record, "WARC-Record-ID"): (record, body) for record, body in read_back(folder)}
    revisit, body = by_id[again.record_id]
    assert revisit.rec_type == "revisit" and body == b""
    assert (
        field(revisit, "WARC-Refers-To-Target-URI") == first.url and field(revisit, "WARC-Refers-To") == first.record_id
    )
    assert field(revisit, "WARC-Refers-To-Date") == "2026-11-23T18:15:00.123456Z"
    assert field(revisit, "WARC-Profile").endswith("/identical-payload-digest")
    assert field(revisit, "WARC-Payload-Digest") == field(by_id[first.record_id][0], "WARC-Payload-Digest")
    assert by_id[other.record_id][0].rec_type == "response"
    check(folder)
    with pytest.raises(InputError, match="revisit"):
        read_payload(folder.parent / again.warc_file, again.warc_offset)


def test_a_truncated_body_is_said_to_be(folder: Path, writer: SegmentWriter, make_exchange: Make) -> None:
    with writer:
        writer.write_exchange(replace(make_exchange(), truncated="length", request_head=b""))
    _, (response, _) = read_back(folder)
    assert field(response, "WARC-Truncated") == "length"


def test_a_saved_file_becomes_a_resource(folder: Path, writer: SegmentWriter, now: datetime) -> None:
    before = now - timedelta(days=3)
    with writer:
        capture = writer.write_resource("urn:sha256:ab", b"<p>saved", "text/html", date=now, fetched_before=before)
    _, (record, body) = read_back(folder)
    assert record.rec_type == "resource" and body == b"<p>saved" and field(record, "Content-Type") == "text/html"
    assert field(record, "WARC-Target-URI") == "urn:sha256:ab"
    assert field(record, "Archive-Fetched-Before") == "2026-11-20T18:15:00.123456Z"
    assert (capture.origin, capture.fetched_at, capture.fetched_before, capture.status) == ("file", None, before, None)
    assert read_payload(folder.parent / capture.warc_file, capture.warc_offset) == b"<p>saved"
    check(folder)


@pytest.mark.parametrize(("at", "before"), [(-9, None), (None, -3), (None, None)])
def test_a_copy_of_a_saved_file_knows_when_it_was_fetched(
    tmp_path: Path, folder: Path, now: datetime, at: int | None, before: int | None
) -> None:
    times = [None if days is None else now + timedelta(days=days) for days in (at, before)]
    with SegmentWriter.open(tmp_path / "source.warc", now, "other/1") as source:
        first = source.write_resource(
            "urn:x", b"<p>", "text/html", date=now, fetched_at=times[0], fetched_before=times[1]
        )
    assert (first.fetched_at, first.fetched_before) == (times[0], times[1] or (None if times[0] else now))
    ((_, copy),) = [
        pair for pair in copy_all(tmp_path / first.warc_file, SegmentWriter.open(folder, now, "x/1")) if pair[0].url
    ]
    assert (copy.fetched_at, copy.fetched_before) == (first.fetched_at, first.fetched_before)


def test_a_resource_of_another_tool_was_fetched_at_its_date(shared: Path) -> None:
    for path in (shared / "conformance" / "warc").iterdir():
        try:
            records = [record for record in read_records(path) if isinstance(record, WarcRecord)]
        except InputError:
            continue
        assert all((record.fetched_at, record.fetched_before) == (record.date, None) for record in records)


def test_a_url_cannot_write_a_field_of_its_own(folder: Path, writer: SegmentWriter, now: datetime) -> None:
    with writer:
        writer.write_resource("http://e.org/a b\r\nWARC-Type: evil", b"", "text/plain\r\nX: y", date=now)
    _, (record, _) = read_back(folder)
    assert record.rec_type == "resource" and record.rec_headers.get_header("X") is None
    assert field(record, "WARC-Target-URI") == "http://e.org/a%20b%0D%0AWARC-Type:%20evil"


# ---- copies


def copy_all(source: Path, writer: SegmentWriter) -> list[tuple[WarcRecord, Capture]]:
    with writer:
        return [
            (record, writer.write_copy(record)) for record in read_records(source) if isinstance(record, WarcRecord)
        ]


def test_a_copied_member_is_the_same_bytes(tmp_path: Path, folder: Path, now: datetime, make_exchange: Make) -> None:
    with SegmentWriter.open(tmp_path / "source.warc", now, "other/1") as source:
        first = source.write_exchange(make_exchange())
    path = tmp_path / first.warc_file
    for record, capture in copy_all(path, SegmentWriter.open(folder, now, "x/1")):
        copied = (folder.parent / capture.warc_file).read_bytes()[capture.warc_offset :][: capture.warc_length]
        assert copied == path.read_bytes()[record.offset :][: record.length]
        assert (capture.record_id, capture.origin, capture.payload_sha256) == (record.record_id, "warc", record.sha256)
    check(folder)


@pytest.mark.parametrize("kind", ["plain", "whole"])
def test_a_copy_from_a_file_without_members_is_the_same_record(
    tmp_path: Path, folder: Path, now: datetime, make_exchange: Make, kind: str
) -> None:
    with SegmentWriter.open(tmp_path / "source.warc", now, "other/1") as source:
        first = source.write_exchange(make_exchange(b"y" * 200_000))
    path = tmp_path / first.warc_file
    raw = gzip.decompress(path.read_bytes())
    odd = tmp_path / "odd.warc"
    odd.write_bytes(raw if kind == "plain" else gzip.compress(raw))
    pairs = copy_all(odd, SegmentWriter.open(folder, now, "x/1"))
    stored = [
        gzip.decompress((folder.parent / c.warc_file).read_bytes()[c.warc_offset :][: c.warc_length]) for _, c in pairs
    ]
    assert b"".join(stored) == raw and len(pairs) == 3
    check(folder)


def test_every_record_of_odd_files_can_be_copied(shared: Path, folder: Path, now: datetime) -> None:
    for number, source in enumerate(sorted((shared / "conformance" / "warc").iterdir())):
        target = folder.parent / f"{number}.warc"
        try:
            pairs = copy_all(source, SegmentWriter.open(target, now, "x/1"))
        except InputError:
            continue
        for record, capture in pairs:
            again = read_record(folder.parent / capture.warc_file, capture.warc_offset)
            assert (again.sha256, again.url, again.header.fields) == (record.sha256, record.url, record.header.fields)


def test_a_source_that_was_cut_meanwhile_leaves_no_torn_record(
    tmp_path: Path, folder: Path, now: datetime, make_exchange: Make, writer: SegmentWriter
) -> None:
    with SegmentWriter.open(tmp_path / "source.warc", now, "other/1") as source:
        first = source.write_exchange(make_exchange(random.Random(1).randbytes(3 << 20)))
    path = tmp_path / first.warc_file
    record = read_record(path, first.warc_offset)
    kept = writer.write_exchange(make_exchange())
    os.truncate(path, first.warc_offset + 10)
    with pytest.raises(InputError):
        writer.write_copy(record)
    writer.close()
    found = list(read_records(folder.parent / kept.warc_file))
    assert len(found) == 3 and all(isinstance(one, WarcRecord) for one in found)


def test_a_small_record_is_copied_as_it_was_read(
    tmp_path: Path, folder: Path, now: datetime, make_exchange: Make, writer: SegmentWriter
) -> None:
    with SegmentWriter.open(tmp_path / "source.warc", now, "other/1") as source:
        first = source.write_exchange(make_exchange(random.Random(1).randbytes(200_000)))
    path = tmp_path / first.warc_file
    packed = path.read_bytes()[first.warc_offset : first.warc_offset + first.warc_length]
    record = read_record(path, first.warc_offset)
    os.truncate(path, first.warc_offset + 10)
    copy = writer.write_copy(record)
    writer.close()
    assert (folder.parent / copy.warc_file).read_bytes()[copy.warc_offset :] == packed


# ---- files


def test_a_run_that_captures_nothing_leaves_no_segment(folder: Path, writer: SegmentWriter) -> None:
    with writer:
        writer.sync()
    assert not list(folder.parent.rglob("*.warc.gz"))


def test_a_seal_says_length_and_digest(folder: Path, writer: SegmentWriter, make_exchange: Make) -> None:
    with writer:
        writer.write_exchange(make_exchange())
        writer.sync()
    (path,) = folder.glob("*.warc.gz")
    seal = json.loads(path.with_name(path.name + ".seal").read_text())
    data = path.read_bytes()
    assert seal == {"file": path.name, "length": len(data), "sha256": hashlib.sha256(data).hexdigest(), "records": 3}


def test_a_full_segment_is_sealed_and_the_next_begun(folder: Path, now: datetime, make_exchange: Make) -> None:
    with SegmentWriter.open(folder, now, "x/1", max_bytes=2000) as writer:
        captures = [writer.write_exchange(make_exchange(os.urandom(700))) for _ in range(6)]
    files = sorted(folder.glob("*.warc.gz"))
    assert len(files) > 1 and len(list(folder.glob("*.seal"))) == len(files)
    assert {capture.warc_file for capture in captures} == {f"demo.warc/{path.name}" for path in files}
    assert [record.rec_type for record, _ in read_back(folder)].count("warcinfo") == len(files)
    check(folder)


def test_an_error_leaves_the_segment_unsealed_with_its_whole_records(
    folder: Path, writer: SegmentWriter, make_exchange: Make
) -> None:
    with pytest.raises(KeyboardInterrupt), writer:
        writer.write_exchange(make_exchange())
        raise KeyboardInterrupt
    assert len(read_back(folder)) == 3 and not list(folder.glob("*.seal"))


def test_a_full_disk_takes_back_the_torn_record(
    folder: Path, writer: SegmentWriter, make_exchange: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.write_exchange(make_exchange())
    real, calls = os.write, []

    def short_write(file: int, data: memoryview) -> int:
        calls.append(len(data))
        if len(calls) > 5:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(file, data[:30])

    monkeypatch.setattr(disk.os, "write", short_write)
    with pytest.raises(ArchiveError, match="No space left"):
        writer.write_exchange(make_exchange(os.urandom(999)))
    monkeypatch.undo()
    writer.write_exchange(make_exchange(b"there is room again"))
    writer.seal()
    assert [record.rec_type for record, _ in read_back(folder)] == ["warcinfo", *["response", "request"] * 2]
    check(folder)


def test_short_writes_are_gone_on_with(
    folder: Path, writer: SegmentWriter, make_exchange: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(disk.os, "write", lambda file, data: real(file, data[:100]))
    with writer:
        writer.write_exchange(make_exchange(os.urandom(999)))
    monkeypatch.undo()
    check(folder)
    assert len(read_back(folder)) == 3


def test_a_folder_that_cannot_be_is_an_archive_error(tmp_path: Path, now: datetime, make_exchange: Make) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError):
        SegmentWriter.open(tmp_path / "file" / "x.warc", now, "x/1").write_exchange(make_exchange())
