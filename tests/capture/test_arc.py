"""ARC files become WARC files that say the same."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.capture.arc import write_as_warc
from scraper.capture.records import DamagedRecord, WarcRecord, read_records
from scraper.errors import InputError

BODY = b"<p>Slow bread</p>"
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + BODY


def block(version: int = 1) -> bytes:
    lines = f"{version} 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n".encode()
    more = " 200 - - 0 x.arc" if version == 2 else ""
    return f"filedesc://x.arc 0.0.0.0 20120320100405 text/plain{more} {len(lines)}\n".encode() + lines + b"\n"


def record(url: str, content: bytes = HTTP, length: object = None, more: str = "") -> bytes:
    stated = len(content) if length is None else length
    return f"{url} 192.0.2.1 20120320100405 text/html{more} {stated}\n".encode() + content + b"\n"


def read(tmp_path: Path, content: bytes) -> tuple[list[WarcRecord], list[DamagedRecord]]:
    path, target = tmp_path / "x.arc", tmp_path / "x.warc"
    path.write_bytes(content)
    with target.open("wb") as file:
        damaged = write_as_warc(path, file)
    found = list(read_records(target))
    assert all(isinstance(each, WarcRecord) for each in found)
    return [each for each in found if isinstance(each, WarcRecord)], damaged


def packed(*parts: bytes) -> bytes:
    return b"".join(map(gzip.compress, parts))


@pytest.mark.parametrize("join", [lambda *parts: b"".join(parts), packed], ids=["plain", "gzip"])
def test_each_record_keeps_url_time_and_bytes(tmp_path: Path, join: Callable[..., bytes]) -> None:
    dns = record("dns:blog.example", b"blog.example 192.0.2.1")
    found, damaged = read(
        tmp_path, join(block(), dns, record("http://blog.example/a b"), record("http://blog.example/c"))
    )
    assert damaged == []
    assert [each.kind for each in found] == ["warcinfo", "response", "response", "response"]
    assert [each.url for each in found[1:]] == [
        "dns:blog.example",
        "http://blog.example/a%20b",
        "http://blog.example/c",
    ]
    assert [each.status for each in found[1:]] == [None, 200, 200]
    assert found[2].payload == BODY
    assert found[2].date == datetime(2012, 3, 20, 10, 4, 5, tzinfo=UTC)
    assert len({each.record_id for each in found}) == 4


def test_version_2_has_more_columns(tmp_path: Path) -> None:
    found, damaged = read(tmp_path, block(2) + record("http://blog.example/", more=" 200 ABC - 77 x.arc"))
    assert ([each.url for each in found], damaged) == ([None, "http://blog.example/"], [])


@pytest.mark.parametrize("join", [lambda *parts: b"".join(parts), packed], ids=["plain", "gzip"])
@pytest.mark.parametrize("length", ["-1", "abc", 10**16])
def test_a_wrong_length_costs_no_other_record(tmp_path: Path, length: object, join: Callable[..., bytes]) -> None:
    parts = (block(), record("http://blog.example/wrong", length=length), record("http://blog.example/right"))
    found, damaged = read(tmp_path, join(*parts))
    assert [each.url for each in found] == [None, "http://blog.example/right"]
    assert [each.offset for each in damaged] == [len(join(block()))]
    assert damaged[0].reason.startswith("length is no number")


def test_a_file_that_was_cut_has_what_is_before_the_cut(tmp_path: Path) -> None:
    whole = block() + record("http://blog.example/a")
    found, damaged = read(tmp_path, whole + record("http://blog.example/b")[:-5])
    assert [each.url for each in found] == [None, "http://blog.example/a"]
    assert [(each.offset, each.reason) for each in damaged] == [
        (len(whole), f"cut off: {len(HTTP) - 4} of {len(HTTP)} bytes")
    ]


def test_what_is_no_arc_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.arc"
    path.write_bytes(b"<p>no</p>")
    with pytest.raises(InputError, match="not an ARC file"):
        write_as_warc(path, io.BytesIO())
