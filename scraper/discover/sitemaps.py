"""What a sitemap leads to: `sitemap_leads` gives the pages of a sitemap, or the sitemaps of an index."""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.discover.changed import changed_at
from scraper.discover.place_words import SITEMAP_ORDER, SITEMAPS
from scraper.discover.places import is_dated_post, is_file, is_home, is_sitemap, listing_kind
from scraper.model import Lead, LeadRole
from scraper.parse.sitemap import Place, read_sitemap
from scraper.text.urls import path_of, resolve, without_fragment

DEEPEST = 2  # indexes below one another; the protocol has one
ROLES: dict[str, LeadRole] = {
    "post": "post", "page": "page", "category": "listing", "tag": "listing", "author": "author",
}  # fmt: skip
NAMES = tuple((kind, re.compile(rf"(?:{words})$")) for kind, words in SITEMAPS)


def sitemap_leads(payload: bytes, url: str, *, depth: int = 0) -> tuple[Lead, ...]:
    """The leads in the document's order; the sitemaps of an index sorted, those of posts first.

    What a page is taken for is told by the sitemap's name ('post-sitemap.xml', 'wp-sitemap-users-1.xml'), else by its
    own address. Sitemaps of pictures and files are no leads, nor what they list.

    :param payload: a sitemap or an index, packed or not, or a text with an address a line; nothing makes it fail.
    :param url: the sitemap's own address.
    :param depth: how many indexes led to it; the sitemaps of an index below DEEPEST others are left out.
    """
    own = sitemap_kind(url)
    pages: dict[str, Lead] = {}
    sitemaps: dict[str, Lead] = {}
    for place in read_sitemap(payload):
        address = resolve(url, place.url)
        if address is None or address == url:
            continue
        address, updated = without_fragment(address), changed_at(place.changed or place.published)
        if place.is_sitemap or is_sitemap(address):
            if depth < DEEPEST:
                sitemaps.setdefault(address, Lead(address, "sitemap", "sitemap", updated))
        elif own != "media" and not is_file(address):
            pages.setdefault(address, Lead(address, _role(address, place, own), "sitemap", updated))
    order = {kind: number for number, kind in enumerate(SITEMAP_ORDER)}
    kinds = [(order[sitemap_kind(lead.url)], lead) for lead in sitemaps.values()]
    kinds = [each for each in kinds if each[0] != order["media"]]
    return (*(lead for _, lead in sorted(kinds, key=lambda each: each[0])), *pages.values())


@lru_cache(maxsize=1024)
def sitemap_kind(url: str) -> str:
    """What a sitemap lists by its name: 'post', 'page', 'category', 'tag', 'author' or 'media'; '' if it says nothing.

    >>> sitemap_kind("https://blog.example/wp-sitemap-posts-page-1.xml")
    'page'
    """
    words = [word for word in re.split(r"[^a-z]+", path_of(url).rpartition("/")[2].lower()) if word]
    return next((kind for kind, pattern in NAMES if any(pattern.match(word) for word in words)), "")


def _role(url: str, place: Place, kind: str) -> LeadRole:
    if is_home(url):
        return "home"
    if kind:
        return ROLES[kind]
    if place.published:  # the news extension
        return "post"
    listing = listing_kind(url)
    if listing:
        return "author" if listing == "author" else "listing"
    return "post" if is_dated_post(url) else "page"
