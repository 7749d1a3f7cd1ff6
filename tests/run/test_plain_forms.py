"""However a page packs, escapes or encodes its words, they are seen."""

from __future__ import annotations

import base64
import json
import quopri
import time

import pytest

from scraper.run.upkeep.plain_forms import plain_forms

WORDS = "Hélène Lefèvre wrote"
HTML = f"<p>{WORDS}</p>"
MESSAGE = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: %s\r\n\r\n%s\r\n--x--\r\n"


@pytest.mark.parametrize(
    "data",
    [
        HTML.encode(),
        HTML.encode("utf-16"),
        HTML.encode("latin-1"),
        WORDS.encode("ascii", "xmlcharrefreplace"),
        b"H&eacute;l&egrave;ne Lef&egrave;vre wrote",
        b"H&amp;eacute;l&amp;egrave;ne Lef&amp;egrave;vre wrote",
        json.dumps({"content": HTML}).encode(),
        json.dumps({"content": json.dumps([HTML])}).encode(),
        json.dumps({"content": HTML.encode("ascii", "xmlcharrefreplace").decode()}).encode(),
        b"q=H%C3%A9l%C3%A8ne%20Lef%C3%A8vre%20wrote",
        "<b>H</b>élène Lefè<wbr>vre wrote".encode(),
        MESSAGE % (b"quoted-printable", quopri.encodestring(HTML.encode())),
        MESSAGE % (b"base64", base64.encodebytes(HTML.encode())),
    ],
)  # fmt: skip
def test_the_words_are_among_the_forms(data: bytes) -> None:
    assert any(WORDS in form for form in plain_forms(data))


@pytest.mark.parametrize(
    "data",
    [
        b"<" * 200_000,
        b"a<b " * 50_000,
        b"&#" * 100_000,
        b"%25" * 100_000,
        b"\\u12" * 50_000,
        b"\\ud800" * 1000,
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
        + b"--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" * 2000,
        bytes(range(256)) * 500,
    ],
)
def test_hostile_bytes_end_soon(data: bytes) -> None:
    begin = time.process_time()
    assert all(isinstance(form, str) for form in plain_forms(data))
    assert time.process_time() - begin < 5
