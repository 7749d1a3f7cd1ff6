from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from scraper.capture.records import DamagedRecord, WarcRecord, read_payload, read_record, read_records
from scraper.capture.segment import SegmentWriter
from scraper.errors import InputError
from scraper.model import Exchange

RECORD = b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: %s\r\nWARC-Date: 2020-01-02T03:04:05Z\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"


def record(body: bytes, url: bytes = b"http://e.org/") -> bytes:
    return RECORD % (url, len(body), body)


def response(head: bytes, body: bytes) -> bytes:
    block = head + b"\r\n\r\n" + body
    fields = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    return fields + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"


def read(path: Path, data: bytes, max_bytes: int = 10_000_000) -> list[WarcRecord | DamagedRecord]:
    path.write_bytes(data)
    return list(read_records(path, max_bytes))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "x.warc"


def test_every_odd_file_is_read_or_refused_in_words(shared: Path) -> None:
    refused = []
    for path in sorted((shared / "conformance" / "warc").iterdir()):
        try:
            found = list(read_records(path))
            assert found, path.name
        except InputError as error:
            refused.append(path.name)
            assert "ARC file" in str(error) or "a ZIP file" in str(error)
            continue
        for one in found:
            assert isinstance(one, DamagedRecord) or isinstance(one.payload, bytes)
    assert all(".arc" in name or ".wacz" in name for name in refused)


def test_as_many_records_are_found_as_others_find(shared: Path) -> None:
    for name in ("captures/drupal7-seedlike.warc.gz", "conformance/warc/example.warc.gz", "conformance/warc/example.warc",
                 "conformance/warc/example-collection-with-lists.warc", "conformance/warc/post-test.warc.gz"):  # fmt: skip
        with (shared / name).open("rb") as stream:
            theirs = [(r.rec_type, r.rec_headers.get_header("WARC-Record-ID")) for r in ArchiveIterator(stream)]
        ours = [(r.kind, r.record_id) for r in read_records(shared / name) if isinstance(r, WarcRecord)]
        assert ours == theirs, name


def test_payloads_are_those_that_others_read(shared: Path) -> None:
    path = shared / "conformance" / "warc" / "example-iana.org-chunked.warc"
    with path.open("rb") as stream:
        theirs = [r.content_stream().read() for r in ArchiveIterator(stream) if r.rec_type == "response"]
    assert [r.payload for r in read_records(path) if isinstance(r, WarcRecord) and r.kind == "response"] == theirs


@pytest.mark.parametrize(
    "pack", [b"".join, lambda r: b"".join(map(gzip.compress, r)), lambda r: gzip.compress(b"".join(r))]
)
def test_plain_by_record_and_whole_files_hold_the_same(file: Path, pack: Callable[[list[bytes]], bytes]) -> None:
    bodies = [b"", b"one", b"\r\n\r\nWARC/1.0\r\n", b"x" * 200_000]
    found = read(file, pack([record(body) for body in bodies]))
    assert [one.payload for one in found if isinstance(one, WarcRecord)] == bodies


def test_places_are_right_and_lead_back(file: Path) -> None:
    members = [gzip.compress(record(b"%d" % number * number)) for number in range(1, 9)]
    found = [one for one in read(file, b"".join(members)) if isinstance(one, WarcRecord)]
    assert [one.length for one in found] == [len(member) for member in members] and all(one.own_member for one in found)
    assert [b"".join(one.stored_pieces()) for one in found] == members
    assert [read_payload(file, one.offset) for one in found] == [one.payload for one in found]


def test_fields_are_forgiving(file: Path) -> None:
    head = (
        b"WARC/0.17\nwarc-type: Response\nWARC-Target-URI: <http://e.org/a b>\nWARC-Date: 20200102030405\n"
        b"X-Folded: a\n  b\nContent-Type: application/http\nContent-Length: 27\n\n"
    )
    (one,) = read(file, head + b"HTTP/1.0 200 OK\nA: b\n\nhello\n\n")
    assert isinstance(one, WarcRecord)
    assert (one.kind, one.url, one.status, one.payload) == ("response", "http://e.org/a%20b", 200, b"hello")
    assert one.date == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC) and one.header.get("x-folded") == "a b"


def test_other_kinds_are_yielded_with_their_kind(file: Path) -> None:
    kinds = ["warcinfo", "metadata", "conversion", "made-up"]
    data = b"".join(record(b"x").replace(b"resource", kind.encode()) for kind in kinds)
    assert [one.kind for one in read(file, data) if isinstance(one, WarcRecord)] == kinds


def test_a_response_that_is_no_http_keeps_its_block(file: Path) -> None:
    data = record(b"20200101\ne.org. A 192.0.2.1").replace(b"resource", b"response")
    (one,) = read(file, data.replace(b"WARC-Date", b"Content-Type: text/dns\r\nWARC-Date"))
    assert isinstance(one, WarcRecord) and one.status is None and one.payload.startswith(b"20200101")
    assert one.content_type == "text/dns"


# ---- codings


def raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        (b"gzip", gzip.compress(b"hello")), (b"x-gzip", gzip.compress(b"hel") + gzip.compress(b"lo")),
        (b"deflate", zlib.compress(b"hello")), (b"deflate", raw_deflate(b"hello")), (b"identity", b"hello"),
        (b"gzip, gzip", gzip.compress(gzip.compress(b"hello"))), (b"GZIP", gzip.compress(b"hello") + b"\0\0"),
    ],
)  # fmt: skip
def test_content_codings_come_off(file: Path, coding: bytes, body: bytes) -> None:
    (one,) = read(file, response(b"HTTP/1.1 200 OK\r\nContent-Encoding: " + coding, body))
    assert isinstance(one, WarcRecord)
    assert one.read().data == b"hello" and one.read().notices == ()
    assert one.entity == body


@pytest.mark.parametrize(
    ("coding", "body", "payload"),
    [(b"gzip", b"hello", b"hello"), (b"zstd", b"xyz", b"xyz"), (b"gzip", gzip.compress(b"hello" * 99)[:-12], None), (b"br", b"\xff", b"\xff")],
)  # fmt: skip
def test_a_coding_that_does_not_come_off_is_noted(
    file: Path, coding: bytes, body: bytes, payload: bytes | None
) -> None:
    (one,) = read(file, response(b"HTTP/1.1 200 OK\r\nContent-Encoding: " + coding, body))
    assert isinstance(one, WarcRecord) and len(one.read().notices) == 1
    assert one.payload == payload if payload else one.payload.startswith(b"hello")


def test_brotli_comes_off_where_its_package_is(file: Path) -> None:
    brotli = pytest.importorskip("brotli", reason="brotli is an extra")
    (one,) = read(file, response(b"HTTP/1.1 200 OK\r\nContent-Encoding: br", brotli.compress(b"hello" * 9999)), 20_000)
    assert isinstance(one, WarcRecord) and one.payload == (b"hello" * 4000) and "cut at 20000" in one.read().notices[0]


@pytest.mark.parametrize(
    ("body", "payload"),
    [
        (b"3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n", b"hello"), (b"3\nhel\n2\nlo\n0\n\n", b"hello"), (b"hello", b"hello"),
        (b"5\r\nhello\r\n", b"hello"), (b"9\r\nhello", b"hello"), (b"add two and two\r\n", b"add two and two\r\n"),
        (b"3\r\nhel\r\nno more chunks", b"3\r\nhel\r\nno more chunks"),
    ],
)  # fmt: skip
def test_chunks_come_off_only_where_there_are_chunks(file: Path, body: bytes, payload: bytes) -> None:
    (one,) = read(file, response(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked", body))
    assert isinstance(one, WarcRecord) and one.payload == payload and one.entity_length == len(payload)


# ---- caps


def test_a_decompression_bomb_is_cut_at_the_cap(file: Path) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    (one,) = read(file, response(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip", bomb), max_bytes=1_000_000)
    assert isinstance(one, WarcRecord)
    tracemalloc.start()
    assert len(one.payload) == 1_000_000 and "cut at 1000000 bytes" in one.read().notices
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()


def test_a_record_over_the_cap_is_never_whole_in_memory(file: Path) -> None:
    import hashlib

    body = b"0123456789" * 4_000_000
    file.write_bytes(gzip.compress(record(body), 1) + gzip.compress(record(b"next")))
    digest = hashlib.sha256(body).hexdigest()
    del body
    tracemalloc.start()
    big, after = read_records(file, max_bytes=1_000_000)
    assert tracemalloc.get_traced_memory()[1] < 12_000_000
    tracemalloc.stop()
    assert isinstance(big, WarcRecord) and isinstance(after, WarcRecord)
    assert (big.entity_length, len(big.payload), big.sha256) == (40_000_000, 1_000_000, digest)
    assert big.own_member and after.payload == b"next" and big.read().notices


# ---- damage


def test_a_torn_tail_is_told_with_its_place(file: Path) -> None:
    whole, torn = gzip.compress(record(b"whole")), gzip.compress(record(b"torn" * 99))
    for cut in range(1, len(torn)):
        found = read(file, whole + torn[:cut])
        assert isinstance(found[0], WarcRecord) and found[0].payload == b"whole"
        (damage,) = found[1:]
        assert isinstance(damage, DamagedRecord) and damage.offset == len(whole)


def test_a_torn_tail_of_a_plain_file_is_told(file: Path) -> None:
    whole, torn = record(b"whole"), record(b"torn" * 9)
    for cut in range(1, len(torn) - 4):
        found = read(file, whole + torn[:cut])
        if torn[:cut].strip(b"\r\n"):
            assert isinstance(found[-1], DamagedRecord) and found[-1].offset == len(whole)


def test_reading_goes_on_after_a_damaged_member(file: Path) -> None:
    members = [bytearray(gzip.compress(record(b"%d" % number * 999))) for number in range(5)]
    members[2][len(members[2]) // 2] ^= 0xFF
    found = read(file, b"".join(members))
    assert [one.payload[:1] for one in found if isinstance(one, WarcRecord)] == [b"0", b"1", b"3", b"4"]
    (damage,) = [one for one in found if isinstance(one, DamagedRecord)]
    assert damage.offset == len(members[0]) + len(members[1])


def test_reading_goes_on_after_garbage_between_members(file: Path) -> None:
    found = read(file, gzip.compress(record(b"a")) + b"\0" * 70_000 + b"\x1f\x8b\x08junk" + gzip.compress(record(b"b")))
    assert [one.payload for one in found if isinstance(one, WarcRecord)] == [b"a", b"b"]


def test_reading_goes_on_after_a_wrong_length(file: Path) -> None:
    wrong = record(b"hello").replace(b"Content-Length: 5", b"Content-Length: 3")
    found = read(file, wrong + record(b"next"))
    assert [type(one) for one in found] == [WarcRecord, DamagedRecord, WarcRecord]
    assert isinstance(found[2], WarcRecord) and found[2].payload == b"next"


def test_a_length_that_is_too_large_costs_no_record_of_a_plain_file(file: Path) -> None:
    first, second = record(b"a" * 90), record(b"b" * 90)
    found = read(file, first.replace(b"Content-Length: 90", b"Content-Length: 150") + second)
    assert [type(each) for each in found] == [WarcRecord, DamagedRecord, WarcRecord]
    assert (found[2].offset, found[2].payload) == (len(first) + 1, b"b" * 90)


def test_a_length_that_is_too_large_does_not_swallow_the_next_member(file: Path) -> None:
    wrong = record(b"hello").replace(b"Content-Length: 5", b"Content-Length: 999")
    found = read(file, gzip.compress(wrong) + gzip.compress(record(b"next")))
    assert [type(one) for one in found] == [DamagedRecord, WarcRecord]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_raises(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("damage") / "x.warc"
    raw = [record(b"a" * 50), response(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked", b"5\r\nhello\r\n0\r\n\r\n")]
    whole = bytearray(b"".join(map(gzip.compress, raw)) if data.draw(st.booleans()) else b"".join(raw))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    try:
        found = list(read_records(path))
    except InputError:
        return
    assert all(isinstance(one, DamagedRecord) or isinstance(one.payload, bytes) for one in found)


@pytest.mark.parametrize(
    "data",
    [b"hello", b"<html>", gzip.compress(b"hello"), b"filedesc://x", b"PK\x03\x04"],
)
def test_what_is_no_warc_file_is_an_input_error(file: Path, data: bytes) -> None:
    with pytest.raises(InputError):
        read(file, data)


def test_a_file_that_only_begins_like_gzip_is_all_damage(file: Path) -> None:
    (damage,) = read(file, b"\x1f\x8b\x08 not gzip at all")
    assert isinstance(damage, DamagedRecord) and "gzip" in damage.reason


def test_one_wrong_digit_in_a_plain_file_costs_one_record(file: Path) -> None:
    wrong = record(b"hello").replace(b"Content-Length: 5", b"Content-Length: 5000")
    found = read(file, record(b"before") + wrong + record(b"after"))
    assert [one.payload for one in found if isinstance(one, WarcRecord)] == [b"before", b"after"]
    assert len(found) == 3


def test_an_empty_file_holds_nothing_and_a_missing_one_is_an_input_error(file: Path) -> None:
    assert read(file, b"") == []
    with pytest.raises(InputError):
        list(read_records(file.with_name("missing")))


def test_a_place_without_a_record_is_an_input_error(file: Path) -> None:
    read(file, gzip.compress(record(b"a")))
    for offset in (1, 10, 9999):
        with pytest.raises(InputError):
            read_record(file, offset)


def test_what_we_write_is_read_in_whole(tmp_path: Path, now: datetime, make_exchange: Callable[..., Exchange]) -> None:
    with SegmentWriter.open(tmp_path / "a.warc", now, "x/1") as writer:
        for number in range(20):
            writer.write_exchange(make_exchange(b"%d" % number, f"http://e.org/{number}"))
    (path,) = (tmp_path / "a.warc").glob("*.warc.gz")
    found = Counter(one.kind for one in read_records(path) if isinstance(one, WarcRecord))
    assert found == {"warcinfo": 1, "response": 20, "request": 20}
