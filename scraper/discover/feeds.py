"""What a feed leads to: `read_feed_leads` gives its posts, the feeds of their comments, and the feed's next page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from scraper.discover.changed import changed_at
from scraper.discover.queries import number, parameter, with_parameters
from scraper.model import Entry, Lead
from scraper.parse.feed import Channel, read_feed
from scraper.text.urls import resolve, url_key, without_fragment, without_query

MOST_ENTRIES = 5_000
MOST_PAGES = 1_000  # of one feed; a feed that answers any number with entries has an end all the same
MOST_CHARACTERS = 2_000  # of an address
# Addresses of feeds of comments: WordPress (also on a post's number), Blogger, and those who name them so.
COMMENT_FEED = re.compile(
    r"/comments?[/._-]|/comments?$|comments-(?:rss|atom)|[?&]feed=comments|[-_]comments?\.(?:xml|rss|atom)"
    r"|[?&]feed=\w+&(?:p|page_id)=\d|[?&](?:p|page_id)=\d+&feed=",
    re.I,
)
COMMENT_MARK = re.compile(r"#(?:comments?|respond|li-comment|cmt|c|t)[-_]?\d+$", re.I)
COMMENT_PAGE = re.compile(r"/comment-page-\d+(/?)$")  # WordPress ends a post's address as those of its pages
COMMENT_PARAMETERS = ("showComment", "replytocom", "cid", "cpage")
NEXT = ("next", "prev-archive")  # RFC 5005: further pages of a feed, and its archived documents


def read_feed_leads(payload: bytes, url: str) -> tuple[Lead, ...]:
    """The posts in the feed's order, then the feeds of their comments, the feed's next page and the blog's home.

    The entries of a feed of comments are no posts: it leads to the posts that they were written to, each once and as
    changed at the last of them. A post that is stated to have no comment has no feed of comments to ask for.

    :param payload: an RSS, Atom or JSON feed; anything else leads nowhere. Nothing makes it fail.
    :param url: the feed's own address.
    """
    channel = Channel()
    entries = tuple(islice(read_feed(payload, channel), MOST_ENTRIES))
    is_of_comments = is_comment_feed(url, entries)
    leads = _of_comments(entries, url) if is_of_comments else _of_posts(entries, url)
    if following := _next_page(channel, len(entries), url, is_of_comments):
        leads.append(Lead(following, "comment_feed" if is_of_comments else "feed", "feed"))
    if not is_of_comments and (home := _address(url, channel.home)):
        leads.append(Lead(home, "home", "feed"))
    return tuple(leads)


def is_comment_feed(url: str, entries: Iterable[Entry] = ()) -> bool:
    """Whether a feed is one of comments, by its address or because its entries are parts of pages.

    >>> is_comment_feed("https://blog.example/comments/feed/"), is_comment_feed("https://blog.example/feed/")
    (True, False)
    """
    if COMMENT_FEED.search(without_fragment(url).partition("//")[2]):
        return True
    links = [entry.url for entry in entries if entry.url]
    return bool(links) and 2 * sum(COMMENT_MARK.search(link) is not None for link in links) > len(links)


def _of_posts(entries: Iterable[Entry], url: str) -> list[Lead]:
    posts, threads = {}, {}
    for entry in entries:
        if (address := _address(url, entry.url)) and address not in posts:
            posts[address] = Lead(address, "post", "feed", changed_at(entry.updated) or changed_at(entry.published))
        if entry.comment_count != 0 and (address := _address(url, entry.comment_feed)):
            threads[address] = Lead(address, "comment_feed", "feed")
    return [*posts.values(), *threads.values()]


def _of_comments(entries: Iterable[Entry], url: str) -> list[Lead]:
    """The pages that the comments stand on, then their posts, each as changed at the last of them."""
    pages: dict[str, datetime | None] = {}
    posts: dict[str, datetime | None] = {}
    for entry in entries:
        if address := _address(url, entry.url):
            moment = changed_at(entry.published or entry.updated)
            post = COMMENT_PAGE.sub(r"\1", without_query(address, COMMENT_PARAMETERS))
            _keep_latest(posts, post, moment)
            if COMMENT_PAGE.search(address):
                _keep_latest(pages, address, moment)
    leads = [Lead(page, "comment_page", "feed", moment) for page, moment in pages.items()]
    return leads + [Lead(post, "post", "feed", moment) for post, moment in posts.items()]


def _keep_latest(moments: dict[str, datetime | None], url: str, moment: datetime | None) -> None:
    moments[url] = max((each for each in (moments.get(url), moment) if each), default=None)


def _next_page(channel: Channel, entries: int, url: str, is_of_comments: bool) -> str | None:
    """Where the feed goes on; a page without entries is the last, and so is one that names itself as the next."""
    if not entries:
        return None
    generator = channel.generator.lower()
    if "blogger" in generator:
        return _blogger_page(channel, entries, url)
    stated = next((found for rel in NEXT if (found := _address(url, channel.links.get(rel)))), None)
    if stated is None and "wordpress" in generator and not is_of_comments:  # its comments have one page of feed
        return _wordpress_page(channel, url)
    return stated if stated and url_key(stated) != url_key(url) else None


def _blogger_page(channel: Channel, entries: int, url: str) -> str | None:
    """Blogger's links name another host than the blog's; the numbers are the same at both."""
    following = (channel.start or number(url, "start-index", 1)) + entries
    if channel.total is None or following > channel.total:
        return None
    return with_parameters(url, **{"start-index": following})


def _wordpress_page(channel: Channel, url: str) -> str | None:
    """Answers from a cache that ignores the number have the first page's own address in them, and are not gone on."""
    page, own = number(url, "paged", 1), channel.links.get("self")
    if page >= MOST_PAGES or (page > 1 and own and parameter(own, "paged") != str(page)):
        return None
    return with_parameters(url, paged=page + 1)


def _address(base: str, stated: str | None) -> str | None:
    found = resolve(base, stated) if stated and len(stated) <= MOST_CHARACTERS else None
    return without_fragment(found) if found and len(found) <= MOST_CHARACTERS else None
