from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.capture import heads
from scraper.capture.heads import LOOK, RecordHead, read_heads
from scraper.capture.records import WarcRecord, read_records
from scraper.errors import InputError

FIELDS = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nContent-Type: application/http\r\n"
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PAGE = b"<html><p>" + bytes(range(256)) * 1_000


def response(number: int, body: bytes = PAGE, http: bytes = HTTP) -> bytes:
    block = http + b"\r\n" + body
    fields = FIELDS % (b"http://e.org/%d" % number)
    return fields + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"


def said(one: RecordHead | WarcRecord) -> tuple[object, ...]:
    stated = (one.kind, one.url, one.date, one.status, one.http_headers, one.content_type, one.fetched_at)
    return (one.path, one.offset, *stated, (one.beginning if isinstance(one, RecordHead) else one.payload)[:4000])


def both(path: Path, data: bytes) -> tuple[list[RecordHead], list[WarcRecord]]:
    path.write_bytes(data)
    return list(read_heads(path)), [one for one in read_records(path) if isinstance(one, WarcRecord)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "x.warc.gz"


@pytest.fixture
def skimmed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a record whole is an error."""

    def refuse(*given: object) -> None:
        raise AssertionError("read whole")

    monkeypatch.setattr(heads, "read_records", refuse)


RECORDS = [
    response(1),
    response(2, b"<p>a page"),
    response(3, b""),
    response(4, gzip.compress(PAGE), HTTP + b"Content-Encoding: gzip\r\n"),
    response(5, b"a\r\n<html><p>a\r\n0\r\n\r\n", HTTP + b"Transfer-Encoding: chunked\r\n"),
    b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: <urn:x y>\r\nWARC-Date: 2020-01-02\r\nContent-Length: 1\r\n\r\na\r\n\r\n",
    response(6, b"".join(map(gzip.compress, (b"WARC/1.1\r\n", b"x" * 90_000, response(7))))),
]


@pytest.mark.parametrize("pack", [gzip.compress, bytes])
def test_a_head_says_what_its_record_says(file: Path, pack: type[bytes]) -> None:
    found, records = both(file, b"".join(map(pack, RECORDS)))
    assert [said(one) for one in found] == [said(one) for one in records]
    assert [one.read().payload for one in found] == [one.payload for one in records]
    assert len(found) == len(RECORDS)


@pytest.mark.parametrize("pack", [gzip.compress, bytes])
@pytest.mark.usefixtures("skimmed")
def test_records_that_stand_alone_are_not_read(file: Path, pack: type[bytes]) -> None:
    file.write_bytes(b"".join(map(pack, RECORDS)))
    assert [one.whole for one in read_heads(file)] == [None] * len(RECORDS)


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(b"".join(RECORDS)),
        gzip.compress(RECORDS[0] + RECORDS[1]) + gzip.compress(RECORDS[2]),
        gzip.compress(RECORDS[0]) + gzip.compress(RECORDS[1] + b"\r\n") + gzip.compress(RECORDS[2]),
        gzip.compress(RECORDS[0]) + b"\0" * 70_000 + gzip.compress(RECORDS[1]),
        gzip.compress(RECORDS[1]) + gzip.compress(RECORDS[0])[:-9],
        gzip.compress(RECORDS[1].replace(b"\r\n", b"\n")) + gzip.compress(RECORDS[2]),
        gzip.compress(RECORDS[1].replace(b"Content-Length: ", b"Content-Length: 9")) + gzip.compress(RECORDS[2]),
        gzip.compress(response(1, b"", HTTP + b"X-Long: " + b"x" * LOOK + b"\r\n")) + gzip.compress(RECORDS[1]),
        gzip.compress(RECORDS[1].replace(b"WARC-Type", b"X: " + b"x" * LOOK + b"\r\nWARC-Type"))
        + gzip.compress(RECORDS[2]),
        RECORDS[1] + b"\r\n" + RECORDS[2],
        RECORDS[1] + b"junk" + RECORDS[2],
    ],
)
def test_what_does_not_stand_alone_is_read(file: Path, data: bytes) -> None:
    found, records = both(file, data)
    assert [one.read().payload for one in found] == [one.payload for one in records]
    assert [(one.offset, one.url) for one in found] == [(one.offset, one.url) for one in records]


def test_a_body_that_is_damaged_shows_when_it_is_read(file: Path) -> None:
    packed = bytearray(gzip.compress(RECORDS[0]))
    packed[-6] ^= 1  # the checksum
    file.write_bytes(packed + gzip.compress(RECORDS[1]))
    first, second = read_heads(file)
    with pytest.raises(InputError):
        first.read()
    assert second.read().payload == b"<p>a page"


@pytest.mark.parametrize("data", [b"", b"hello", gzip.compress(b"hello"), b"filedesc://x"])
def test_what_is_no_warc_file_is_an_input_error_or_empty_as_for_records(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    try:
        expected = list(read_records(file))
    except InputError:
        with pytest.raises(InputError):
            list(read_heads(file))
    else:
        assert list(read_heads(file)) == expected == []


def test_a_file_that_is_missing_is_an_input_error(file: Path) -> None:
    with pytest.raises(InputError):
        list(read_heads(file))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_raises(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("damage") / "x.warc"
    whole = bytearray(b"".join(map(gzip.compress if data.draw(st.booleans()) else bytes, RECORDS[1:4])))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    offsets: list[int] = []
    for head in _as_far_as_it_goes(read_heads(path)):
        offsets.append(head.offset)
        with suppress(InputError):
            assert head.read().offset == head.offset
    assert offsets == sorted(set(offsets))
    assert all(offset < path.stat().st_size for offset in offsets)


def _as_far_as_it_goes(heads: Iterator[RecordHead]) -> Iterator[RecordHead]:
    with suppress(InputError):  # a file whose beginning is damaged is no WARC file
        yield from heads
