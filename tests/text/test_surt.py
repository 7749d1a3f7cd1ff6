"""Keys of URLs are those by which replay tools look them up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.text.surt import surt

KEYS = {  # as the library `surt` has them
    "http://example.com": "com,example)/",
    "https://example.com/?p=12": "com,example)/?p=12",
    "http://www2.Example.com:80/a/../b/./c//d/?B=2&a=1&a": "com,example)/b/c/d?a&a=1&b=2",
    "http://127.0.0.1:8080/x%20y?q=%E4%BD%A0%25": "1,0,0,127:8080)/x%20y?q=%e4%bd%a0%25",
    "http://user:pw@example.com/%7Efoo/?": "com,example)/~foo",
    "http://bücher.example/ä?ö=ü": "example,xn--bcher-kva)/%c3%a4?%c3%b6=%c3%bc",
    "http://example.com/a?x=1&PHPSESSID=0123456789abcdef0123456789abcdef": "com,example)/a?&x=1",
    "http://example.com/a?b=1&": "com,example)/a?&b=1",
    "urn:sha256:00ff": "urn:sha256:00ff",
}


@pytest.mark.parametrize(("url", "key"), KEYS.items())
def test_a_url_has_the_key_that_others_give_it(url: str, key: str) -> None:
    assert surt(url) == key


@given(st.text(), st.text())
def test_no_url_is_too_odd(path: str, query: str) -> None:
    assert surt(path) is not None
    key = surt(f"http://example.com/{path}?{query}")
    assert key.isascii() or not key.startswith("com,")
