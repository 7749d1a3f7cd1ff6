from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.parse import sitemap
from scraper.parse.sitemap import Place, read_sitemap

URLSET = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://tide.example/ferry?a=1&amp;b=2 </loc><lastmod>2011-02-03</lastmod>
<image:image><image:loc>https://tide.example/ferry.png</image:loc></image:image></url>
<url><news:news><news:publication_date>2012-01-01</news:publication_date></news:news>
<loc><![CDATA[https://tide.example/bells]]></loc></url></urlset>"""
PLACES = [
    Place("https://tide.example/ferry?a=1&b=2", "2011-02-03"),
    Place("https://tide.example/bells", "", "2012-01-01"),
]


def places(payload: str | bytes) -> list[Place]:
    return list(read_sitemap(payload.encode() if isinstance(payload, str) else payload))


def test_a_urlset_gives_addresses_with_their_times() -> None:
    assert places(URLSET) == PLACES


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_its_encoding_is_its_own(encoding: str) -> None:
    assert places(URLSET.replace("UTF-8", encoding.removesuffix("-sig")).encode(encoding)) == PLACES


def test_it_may_be_packed_and_cut_short() -> None:
    many = "".join(
        f"<url><loc>https://tide.example/{number:x}/{number * 7919:x}</loc></url>" for number in range(9_000)
    )
    packed = gzip.compress(f"<urlset>{many}</urlset>".encode())
    assert len(places(packed)) == 9_000
    assert 1_000 < len(places(packed[: len(packed) // 2])) < 9_000


def test_an_index_gives_sitemaps() -> None:
    index = "<sitemapindex><sitemap><loc>https://tide.example/a.xml</loc></sitemap></sitemapindex>"
    assert places(index) == [Place("https://tide.example/a.xml", is_sitemap=True)]


def test_what_is_behind_damage_is_read() -> None:
    damaged = """<urlset><url><loc>https://tide.example/?a=1&b=2&copy=3</loc><bad></url>
<url><loc>https://tide.example/?a=1&amp;b=2</loc><lastmod>2011-02-03</url><url><loc>https://tide.example/c</loc>"""
    assert [place.url for place in places(damaged)] == [
        "https://tide.example/?a=1&b=2&copy=3", "https://tide.example/?a=1&b=2", "https://tide.example/c",
    ]  # fmt: skip


def test_a_text_has_an_address_a_line() -> None:
    text = "\ufeffhttps://tide.example/ferry\r\nnot one\n\nhttps://tide.example/bells"
    assert places(text) == [Place("https://tide.example/ferry"), Place("https://tide.example/bells")]


def test_entities_stay_as_they_are_written() -> None:
    bomb = '<!DOCTYPE u [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    url = "https://tide.example/&b;&f;"
    assert places(f"{bomb}<urlset><url><loc>{url}</loc></url></urlset>") == [Place(url)]


def test_there_is_an_end_to_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    one = "<url><loc>https://tide.example/a</loc></url>"
    monkeypatch.setattr(sitemap, "MOST_PLACES", 100)
    assert len(places(f"<urlset>{one * 101}")) == 100
    assert len(places("https://tide.example/a\n" * 101)) == 100
    monkeypatch.setattr(sitemap, "CHUNK", 1_000)
    monkeypatch.setattr(sitemap, "MOST_BYTES", 2_000)
    last = f"<urlset>{' ' * 3_000}{one}"
    assert places(last) == places(gzip.compress(last.encode())) == []
    monkeypatch.setattr(sitemap, "MOST_BYTES", 20_000)
    monkeypatch.setattr(sitemap, "MOST_ELEMENTS", 50)
    assert places(f"<urlset>{'<a/>' * 1_000}{one}") == []
    assert places(f"<urlset><url><loc>https://tide.example/{'a' * 2_001}</loc></url>") == []


def test_a_packed_bomb_is_unpacked_to_its_bound_only() -> None:
    import tracemalloc

    packed = gzip.compress(b"<urlset>" + b" " * 200_000_000, 1)
    tracemalloc.start()
    assert places(packed) == []
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


PIECES = st.sampled_from([b"<urlset>", b"<url>", b"</url>", b"<loc>", b"</loc>", b"https://x.example/", b"&", b"<![CDATA[",
                          b"<sitemap>", b"<lastmod>", b"\0", b"\xff", b"<!DOCTYPE", b"\x1f\x8b\x08", b"\n"])  # fmt: skip


@given(st.binary(max_size=200) | st.lists(PIECES, max_size=30).map(b"".join))
def test_no_bytes_fail(payload: bytes) -> None:
    assert all(place.url for place in places(payload))
    assert all(place.url for place in places(gzip.compress(payload)[:-9]))
