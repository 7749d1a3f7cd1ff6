from __future__ import annotations

import pytest

from scraper.parse.image import image_type


@pytest.mark.parametrize(
    ("declared", "payload", "found"),
    [
        ("image/png", b"\x89PNG\r\n\x1a\n....", "image/png"),
        ("image/png; charset=binary", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("IMAGE/WEBP", b"RIFF\1\2\3\4WEBPVP8 ", "image/webp"),
        ("image/avif", b"\0\0\0\x20ftypavif", "image/avif"),
        (
            "image/svg+xml",
            b'<?xml version="1.0"?>\n<!-- a -->\n<svg xmlns="http://www.w3.org/2000/svg"/>',
            "image/svg+xml",
        ),
        ("image/svg+xml", b"\xef\xbb\xbf<svg>", "image/svg+xml"),
        ("image/svg+xml", b"<html><svg></svg></html>", None),
        ("image/png", b"<svg></svg>", None),
        ("image/gif", b"<!DOCTYPE html><script>", None),
        ("image/heic", b"\0\0\0\x20ftypmp42", None),  # a film
        ("application/octet-stream", b"GIF89a", None),
        (None, b"GIF89a", None),
        ("image/png", b"", None),
    ],
)
def test_a_picture_is_what_both_its_server_and_its_bytes_call_one(
    declared: str | None, payload: bytes, found: str | None
) -> None:
    assert image_type(declared, payload) == found


def test_an_endless_comment_in_a_drawing_takes_no_time() -> None:
    assert image_type("image/svg+xml", b"<!--" * 500_000) is None
    assert image_type("image/svg+xml", b"<!--a-->" * 500_000) is None
