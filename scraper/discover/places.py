"""What an address names by its words alone: a list of posts, a feed, a file, a page about the blog. Pure and cached."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from scraper.discover.place_words import ABOUT, FILES, LISTING, LISTING_PARAMETERS, LISTINGS
from scraper.discover.queries import parameters
from scraper.text.urls import path_of, without_fragment

FEED = re.compile(
    r"(?:/|^)(?:feed|feeds|rss|rss2|atom|rdf)/?$|/(?:feed|rss|rss2|atom|index|blog|posts|all)\.(?:xml|rss|rdf|atom)$"
    r"|/feed/(?:atom|rss2?|rdf)/?$|/feeds?/(?:posts/|\w+\.xml$)|/feed\.json$|[?&]feed=(?:rss|atom|rdf)",
    re.I,
)
SITEMAP = re.compile(r"sitemap[^/]*\.xml(?:\.gz)?$", re.I)
DATED_POST = re.compile(r"/(?:19|20)\d\d/(?:[01]?\d/)?(?:[0-3]?\d/)?[^/]*[^\W\d][^/]*/?$")
ABOUT_NAMES = frozenset(ABOUT.split())
HOME = re.compile(r"/?(?:index\.\w{3,5}|default\.aspx?)?$", re.I)


@lru_cache(maxsize=2048)
def listing_kind(url: str) -> str | None:
    """What kind of list of posts this is: 'pager', 'date', 'archive', 'category', 'tag' or 'author'; or None.

    >>> listing_kind("https://blog.example/2012/05/"), listing_kind("https://blog.example/2012/05/hello/")
    ('date', None)
    >>> listing_kind("https://blog.example/kategorie/reisen/page/2/")
    'pager'
    """
    path = unquote(path_of(url)).lower()
    found = next((kind for kind, pattern in LISTINGS if pattern.search(path)), None) if LISTING.search(path) else None
    if found or "?" not in url:
        return found
    values = parameters(url)
    for kind, name, pattern in LISTING_PARAMETERS:
        value = values.get(name)
        if value and pattern.match(value):
            return kind
    return None


@lru_cache(maxsize=2048)
def is_feed(url: str) -> bool:
    """Whether the address is one that feeds have.

    >>> is_feed("https://blog.example/feed/"), is_feed("https://blog.example/how-to-feed-cats/")
    (True, False)
    """
    rest = without_fragment(url).partition("//")[2].lower()
    is_likely = "feed" in rest or "rss" in rest or "atom" in rest or "xml" in rest or "rdf" in rest
    return is_likely and FEED.search(rest) is not None


@lru_cache(maxsize=2048)
def is_sitemap(url: str) -> bool:
    return SITEMAP.search(path_of(url)) is not None


@lru_cache(maxsize=2048)
def is_file(url: str) -> bool:
    """Whether the path ends as those of pictures and other files do, which hold no page.

    >>> is_file("https://blog.example/a/ferry.JPG"), is_file("https://blog.example/node.js-tips")
    (True, False)
    """
    path = path_of(url)
    return "." in path and path.rpartition("/")[2].rpartition(".")[2].lower() in FILES


def is_dated_post(url: str) -> bool:
    """Whether the path ends in a day or month and a name behind it, as those of posts do."""
    return DATED_POST.search(unquote(path_of(url))) is not None


def is_about(url: str) -> bool:
    """Whether the last word of the path is one that pages about a blog or its author have."""
    last = unquote(path_of(url)).rstrip("/").rpartition("/")[2].lower()
    return last.partition(".")[0].replace("_", "-") in ABOUT_NAMES


def is_home(url: str) -> bool:
    """Whether the address is a host's first page."""
    return "?" not in url and HOME.fullmatch(path_of(url)) is not None
