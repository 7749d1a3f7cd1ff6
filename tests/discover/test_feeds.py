from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discover.feeds import is_comment_feed, read_feed_leads
from scraper.model import Lead

FEED = "https://tide.example/feed/"
HEAD = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>Tide Notes</title>"""
ITEMS = """<item><title>Ferry</title><link>https://tide.example/ferry/</link>
<pubDate>Thu, 03 Feb 2011 09:00:00 +0000</pubDate><wfw:commentRss>https://tide.example/ferry/feed/</wfw:commentRss>
<slash:comments>7</slash:comments></item><item><link>/bells/</link><slash:comments>0</slash:comments>
<wfw:commentRss>https://tide.example/bells/feed/</wfw:commentRss></item>"""
WORDPRESS = "<generator>https://wordpress.org/?v=6.1</generator>"


def wordpress(link: str = "", items: str = ITEMS) -> bytes:
    return f"{HEAD}<link>https://tide.example</link>{link}{WORDPRESS}{items}</channel></rss>".encode()


def urls(leads: tuple[Lead, ...], role: str) -> list[str]:
    return [lead.url for lead in leads if lead.role == role]


def test_a_feed_leads_to_posts_their_comments_its_next_page_and_home() -> None:
    assert read_feed_leads(wordpress(), FEED) == (
        Lead("https://tide.example/ferry/", "post", "feed", datetime(2011, 2, 3, 9, tzinfo=UTC)),
        Lead("https://tide.example/bells/", "post", "feed"),
        Lead("https://tide.example/ferry/feed/", "comment_feed", "feed"),
        Lead("https://tide.example/feed/?paged=2", "feed", "feed"),
        Lead("https://tide.example/", "home", "feed"),
    )


def test_wordpress_is_asked_on_until_a_page_is_empty() -> None:
    second = f"{FEED}?paged=2"
    own = f'<atom:link rel="self" href="{second}"/>'
    assert urls(read_feed_leads(wordpress(own), second), "feed") == [f"{FEED}?paged=3"]
    assert urls(read_feed_leads(wordpress(own, items=""), second), "feed") == []


def test_a_cache_that_gives_the_first_page_for_any_number_ends_it() -> None:
    own = f'<atom:link rel="self" href="{FEED}"/>'
    assert urls(read_feed_leads(wordpress(own), FEED), "feed") == [f"{FEED}?paged=2"]
    assert urls(read_feed_leads(wordpress(own), f"{FEED}?paged=2"), "feed") == []
    assert urls(read_feed_leads(wordpress(), f"{FEED}?paged=1000"), "feed") == []


def test_an_entry_of_a_comment_feed_is_no_post_but_tells_that_its_page_and_its_post_changed() -> None:
    def item(number: int, day: int, page: str = "") -> str:
        link = f"https://tide.example/ferry/{page}#comment-{number}"
        return f"<item><link>{link}</link><pubDate>{day:02} Feb 2011 09:00:00 +0000</pubDate></item>"

    feed = wordpress(items=item(7, 3) + item(8, 5, "comment-page-2/") + item(6, 1))
    last = datetime(2011, 2, 5, 9, tzinfo=UTC)
    expected = (
        Lead("https://tide.example/ferry/comment-page-2/", "comment_page", "feed", last),
        Lead("https://tide.example/ferry/", "post", "feed", last),
    )
    assert read_feed_leads(feed, "https://tide.example/comments/feed/") == expected
    assert read_feed_leads(feed, "https://tide.example/ferry/feed/") == expected


def test_a_comment_belongs_to_its_post_whether_that_ends_in_a_slash_or_not() -> None:
    link = "<item><link>https://tide.example/%s/comment-page-2%s#comment-6</link></item>"
    for post, end in (("ferry", "/"), ("ferry.html", "")):
        leads = read_feed_leads(wordpress(items=link % (post, end)), "https://tide.example/comments/feed/")
        assert urls(leads, "post") == [f"https://tide.example/{post}{end}"]


@pytest.mark.parametrize("query", ["feed=rss2&p=55", "p=55&feed=atom", "feed=comments-rss2"])
def test_wordpress_without_names_in_its_addresses_has_feeds_of_comments(query: str) -> None:
    assert is_comment_feed(f"https://tide.example/?{query}")
    assert not is_comment_feed("https://tide.example/?feed=rss2")


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:openSearch="http://a9.com/-/spec/opensearchrss/1.0/"
 xmlns:thr="http://purl.org/syndication/thread/1.0">%s<entry>
<link rel="replies" type="text/html" href="https://tide.example/2011/02/ferry.html#comment-form"/>
<link rel="replies" type="application/atom+xml" href="https://tide.example/feeds/71/comments/default"/>
<link rel="alternate" type="text/html" href="https://tide.example/2011/02/ferry.html"/>
<updated>2011-02-04T10:00:00+01:00</updated><published>2011-02-03T09:00:00Z</published>%s</entry></feed>"""


def test_an_atom_entry_has_its_replies_and_the_time_of_its_change() -> None:
    leads = read_feed_leads((ATOM % ("", "")).encode(), "https://tide.example/atom.xml")
    assert leads == (
        Lead("https://tide.example/2011/02/ferry.html", "post", "feed", datetime(2011, 2, 4, 9, tzinfo=UTC)),
        Lead("https://tide.example/feeds/71/comments/default", "comment_feed", "feed"),
    )
    quiet = read_feed_leads((ATOM % ("", "<thr:total>0</thr:total>")).encode(), "https://tide.example/atom.xml")
    assert urls(quiet, "comment_feed") == []


def test_an_atom_feed_names_its_next_page_or_its_archive() -> None:
    for rel in ("next", "prev-archive"):
        link = f'<link rel="{rel}" href="/atom/2.xml"/><link rel="hub" href="https://hub.example/"/>'
        leads = read_feed_leads((ATOM % (link, "")).encode(), "https://tide.example/atom.xml")
        assert urls(leads, "feed") == ["https://tide.example/atom/2.xml"]
    itself = '<link rel="next" href="/atom.xml"/>'
    assert urls(read_feed_leads((ATOM % (itself, "")).encode(), "https://tide.example/atom.xml"), "feed") == []


def test_bloggers_next_page_is_asked_of_the_blogs_own_host() -> None:
    numbers = "<openSearch:totalResults>%d</openSearch:totalResults><openSearch:startIndex>26</openSearch:startIndex>"
    about = '<generator version="7.00">Blogger</generator><link rel="next" href="https://blogger.example/x?start=27"/>'
    url = "https://tide.example/feeds/posts/default?start-index=26&max-results=25"
    more = read_feed_leads((ATOM % (about + numbers % 27, "")).encode(), url)
    assert urls(more, "feed") == ["https://tide.example/feeds/posts/default?max-results=25&start-index=27"]
    assert urls(read_feed_leads((ATOM % (about + numbers % 26, "")).encode(), url), "feed") == []


def test_a_json_feed_has_posts_a_next_page_and_a_home() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "home_page_url": "https://tide.example/",
        "next_url": "https://tide.example/2.json", "items": [{"url": "/ferry", "date_modified": "2011-02-03"}],
    }  # fmt: skip
    assert read_feed_leads(json.dumps(feed).encode(), "https://tide.example/feed.json") == (
        Lead("https://tide.example/ferry", "post", "feed", datetime(2011, 2, 4, 12, tzinfo=UTC)),
        Lead("https://tide.example/2.json", "feed", "feed"),
        Lead("https://tide.example/", "home", "feed"),
    )


PIECES = st.sampled_from(["<rss>", "<channel>", "<item>", "</item>", "<link>", "</link>", "<link rel='next' href='", "'/>",
                          "https://x.example/", "<generator>WordPress", "</generator>", "&", "<entry>", "{"])  # fmt: skip


@given(st.binary(max_size=200) | st.lists(PIECES, max_size=30).map(lambda pieces: "".join(pieces).encode()))
def test_no_bytes_fail(payload: bytes) -> None:
    for lead in read_feed_leads(payload, FEED):
        assert lead.url.startswith("http")
