"""A file's bytes are those of a page, or the reason why they are none is told."""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path

import pytest

from scraper.errors import InputError
from scraper.run.importing.contents import read_bytes, read_stream

HTML = b"<!DOCTYPE html><html><body><p>Hello</p></body></html>"


def test_packed_files_are_unpacked_up_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "page.html.gz"
    path.write_bytes(gzip.compress(HTML))
    assert read_bytes(path, 100) == HTML
    with pytest.raises(InputError, match="larger than 10 bytes"):
        read_bytes(path, 10)
    assert read_bytes(path, 2**62) == HTML
    path.write_bytes(gzip.compress(HTML)[:-9])
    with pytest.raises(InputError, match="cannot be read"):
        read_bytes(path, 100)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (bytes(range(256)) * 40, "neither HTML nor text"),
        (bytes(99), "neither HTML nor text"),
    ],
    ids=["nothing", "white space", "random bytes", "zeros"],
)
def test_a_file_without_text_is_refused_with_the_reason(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(content)
    with pytest.raises(InputError, match=why):
        read_bytes(file, 1_000_000)


def test_utf_16_without_a_mark_is_text(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes("<p>A page of words.</p>".encode("utf-16-le"))
    assert read_bytes(file, 1_000_000)


def test_what_is_open_already_is_named_in_messages() -> None:
    assert read_stream(BytesIO(gzip.compress(HTML)), 100, "standard input") == HTML
    with pytest.raises(InputError, match="standard input: larger than 10 bytes"):
        read_stream(BytesIO(HTML), 10, "standard input")
