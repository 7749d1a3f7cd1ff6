from __future__ import annotations

import gzip
import random
import zlib
from datetime import UTC, datetime

import pytest

from scraper.capture.compose import PIECE, compose_response
from scraper.model import Exchange

NOW = datetime(2026, 5, 14, tzinfo=UTC)
URL = "http://tide.example/"


def response(body: bytes, coding: str | None) -> Exchange:
    headers = (("Content-Type", "text/html"), *((("Content-Encoding", coding),) if coding else ()))
    return Exchange(URL, b"", b"HTTP/1.1 200 OK\r\n\r\n", 200, headers, body, NOW)


@pytest.mark.parametrize("size", [0, 1, 40_000, 65_535, 65_536, 3 * PIECE + 17])
@pytest.mark.parametrize("coding", [None, "gzip"])
def test_a_response_is_one_gzip_member_that_holds_all_of_it(size: int, coding: str | None) -> None:
    body = random.Random(size).randbytes(size)
    record = b"".join(compose_response(response(body, coding), "<urn:uuid:1>", "<urn:uuid:2>", None))
    member = zlib.decompressobj(31)
    plain = member.decompress(record)
    assert member.eof and not member.unused_data
    assert plain.endswith(b"HTTP/1.1 200 OK\r\n\r\n" + body + b"\r\n\r\n")
    assert gzip.decompress(record) == plain


def test_what_is_coded_is_stored_as_it_is_beside_a_compressed_head() -> None:
    body = gzip.compress(b"The ferry goes at nine. " * 300)
    record = b"".join(compose_response(response(body, "gzip"), "<urn:uuid:1>", "<urn:uuid:2>", None))
    assert body in record
    assert b"WARC-Target-URI" not in record
