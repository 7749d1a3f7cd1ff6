from __future__ import annotations

import json
import time

import pytest

from scraper.model import Entry
from scraper.parse import feed
from scraper.parse.feed import read_feed

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
<channel><title>Tide Notes</title><link>https://tide.example/</link>
<item><title>The  ferry &amp; the ice</title><link>https://tide.example/ferry</link><dc:creator>Mara Quill</dc:creator>
<pubDate>Thu, 03 Feb 2011 09:00:00 +0000</pubDate><category>Sea</category><category>Ice</category>
<category>Sea</category><description>In short</description>
<content:encoded><![CDATA[<p>In January the ferry leaves late.</p>]]></content:encoded>
<slash:comments>7</slash:comments></item>
<item><title>Bells</title><guid>https://tide.example/bells</guid><author>ole@tide.example (Ole Brandt)</author>
<description>&lt;p&gt;They ring.&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Tide Notes</title><author><name>Nobody</name></author>
<entry><title>Ferry</title><link rel="edit" href="https://tide.example/edit/1"/>
<link rel="alternate" href="https://tide.example/ferry"/><author><name>Mara Quill</name></author>
<published>2011-02-03T09:00:00Z</published><updated>2011-02-04T09:00:00Z</updated><category term="sea" label="Sea"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It leaves <b>late</b>.</p></div></content>
</entry></feed>"""
NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://tide.example/ferry</loc>
<news:news><news:publication_date>2011-02-03</news:publication_date><news:title>Ferry</news:title></news:news></url>
<url><loc>https://tide.example/bells</loc><lastmod>2012-01-01</lastmod></url></urlset>"""


def entries(payload: str | bytes) -> list[Entry]:
    return list(read_feed(payload.encode() if isinstance(payload, str) else payload))


def test_an_rss_item_says_what_its_post_is() -> None:
    ferry, bells = entries(RSS)
    assert ferry == Entry(
        url="https://tide.example/ferry",
        title="The ferry & the ice",
        authors=("Mara Quill",),
        published="Thu, 03 Feb 2011 09:00:00 +0000",
        tags=("Sea", "Ice"),
        html="<p>In January the ferry leaves late.</p>",
        is_whole=True,
        comment_count=7,
    )
    assert bells == Entry(
        "https://tide.example/bells", "Bells", ("Ole Brandt",), html="<p>They ring.</p>", is_whole=False
    )


def test_an_atom_entry_has_its_own_author_and_the_alternate_link() -> None:
    (entry,) = entries(ATOM)
    assert (entry.url, entry.authors, entry.tags) == ("https://tide.example/ferry", ("Mara Quill",), ("Sea",))
    assert (entry.published, entry.updated) == ("2011-02-03T09:00:00Z", "2011-02-04T09:00:00Z")
    assert "<p>It leaves <b>late</b>.</p>" in entry.html


def test_a_json_feed_is_read() -> None:
    item = {
        "url": "https://tide.example/ferry",
        "title": "Ferry",
        "authors": [{"name": "Mara Quill"}, "no object"],
        "content_html": "<p>Late.</p>",
        "date_published": "2011-02-03T09:00:00Z",
        "tags": ["Sea", 3],
    }
    (entry,) = entries(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item, "no object"]}))
    assert (entry.url, entry.title, entry.authors, entry.tags) == (item["url"], "Ferry", ("Mara Quill",), ("Sea",))
    assert (entry.html, entry.is_whole, entry.published) == ("<p>Late.</p>", True, "2011-02-03T09:00:00Z")


def test_a_sitemap_gives_addresses_and_for_news_titles() -> None:
    ferry, bells = entries(NEWS)
    assert (ferry.url, ferry.title, ferry.published) == ("https://tide.example/ferry", "Ferry", "2011-02-03")
    assert (bells.url, bells.title, bells.updated) == ("https://tide.example/bells", None, "2012-01-01")


def test_the_address_that_a_proxy_replaced_is_the_posts() -> None:
    item = (
        "<rss xmlns:f='http://rssnamespace.org/feedburner/ext/1.0'><channel><item><link>http://proxy.example/~r/x</link>"
        "<f:origLink>https://tide.example/ferry</f:origLink></item></channel></rss>"
    )
    assert [entry.url for entry in entries(item)] == ["https://tide.example/ferry"]


def test_a_feed_that_ends_in_the_middle_gives_what_came() -> None:
    assert [entry.title for entry in entries(RSS[: RSS.index("<title>Bells") + 10])][:1] == ["The ferry & the ice"]


def test_entities_are_not_expanded() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{levels}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    item = "<rss><channel><item><title>A &e11; &f;</title><link>https://tide.example/a</link></item></channel></rss>"
    before = time.perf_counter()
    found = entries(bomb + item)
    assert time.perf_counter() - before < 1
    assert [entry for entry in found if len(entry.title or "") > 100 or "root" in (entry.title or "")] == []
    one = '<!DOCTYPE rss [<!ENTITY e "expanded">]>' + item.replace("&e11; &f;", "&e; word &nbsp; end")
    assert [entry.title for entry in entries(one)] == ["A &e; word end"]


def test_no_more_is_read_than_the_bounds_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    item = "<item><title>T</title><description>" + "x" * 1000 + "</description></item>"
    monkeypatch.setattr(feed, "MOST_CHARACTERS", 10)
    monkeypatch.setattr(feed, "MOST_ENTRIES", 3)
    found = entries(f"<rss><channel>{item * 5}</channel></rss>")
    assert [len(entry.html) for entry in found] == [10, 10, 10]
    monkeypatch.setattr(feed, "MOST_BYTES", len(item) * 2 + 50)
    monkeypatch.setattr(feed, "MOST_CHARACTERS", 1000)
    found = entries(f"<rss><channel>{item * 3}</channel></rss>")
    assert sum(len(entry.html) for entry in found) < feed.MOST_BYTES


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"<",
        b"<html><body><p>No feed</p></body></html>",
        b"{" * 100_000,
        b'{"version": "https://jsonfeed.org/version/1", "items": 3}',
        b'{"version": 1}',
        b"\xff\xfe<\x00r\x00s\x00s\x00>\x00",
        b"<rss><item" + b"<a>" * 10_000,
        b"plain text",
    ],
)
def test_what_is_no_feed_has_no_entries_with_a_title(payload: bytes) -> None:
    assert [entry.title for entry in read_feed(payload) if entry.title] == []


@pytest.mark.parametrize("damage", ["<title>Ice & bells</title>", "<title>Ice&nbsp;bells</title>", "<bad>"])
def test_damage_takes_nothing_from_what_follows_it(damage: str) -> None:
    item = """<item><link>https://tide.example/?a=1&amp;b=2</link><description>&lt;p&gt;R&amp;amp;D&lt;/p&gt;</description>
<category><![CDATA[Sea &amp; ice]]></category></item>"""
    (entry,) = entries(f"<rss><channel>{damage}{item}</channel></rss>")
    assert (entry.url, entry.html, entry.tags) == ("https://tide.example/?a=1&b=2", "<p>R&amp;D</p>", ("Sea & ice",))


def test_ampersands_of_attributes_and_of_elements_stay_what_they_are() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://tide.example/?a=1&amp;b=2"/>
<category term="R&amp;D"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><a href="?a=1&amp;b=2">R&amp;D
&lt;b&gt;</a></div></content></entry></feed>"""
    (entry,) = entries(atom)
    assert (entry.url, entry.tags) == ("https://tide.example/?a=1&b=2", ("R&D",))
    assert '<a href="?a=1&amp;b=2">R&amp;D\n&lt;b&gt;</a>' in entry.html
