"""Which post a page belongs to, and which page of its comments it is: `post_address`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl

from scraper.extract.counts import as_count
from scraper.extract.platforms import GENERIC, Platform
from scraper.parse.html import Document
from scraper.text.urls import path_of, resolve, same_site, url_key, without_fragment, without_query

HOME_PATH = re.compile(r"^/?(?:index\.\w{3,5}|home|default\.aspx?)?$", re.I)


def post_address(url: str | None, canonical: str | None, platform: Platform | None) -> tuple[str | None, int | None]:
    """The URL of the post that this page belongs to, and the number of the comment page that it is, if it is one.

    The platform's rule for the URL comes first, then the canonical link if it stays on this site.
    """
    number = comment_page_number(url, platform)
    own = _bare(url, platform)
    named = _bare(resolve(url, canonical) if canonical else None, platform)
    if named and own and not same_site(named, own):
        named = None
    if named and own and HOME_PATH.match(path_of(named)) and not HOME_PATH.match(path_of(own)):
        named = None  # templates that name the home page as canonical on every page
    return named or own, number


def comment_pages(
    document: Document, selectors: Iterable[str], own: str | None, base: str | None, post_url: str | None,
    platform: Platform | None,
) -> tuple[str, ...]:  # fmt: skip
    """The URLs of the thread's other pages, as the page links to them. `own` is the page's URL."""
    key = url_key(own) if own else None
    post = url_key(post_url or "")
    links: dict[str, None] = {}
    for css in selectors:
        for node in document.body.select(css):
            url = resolve(base, node.get("href") or "")
            if not url or url_key(url) == key:
                continue
            target, number = post_address(url, None, platform)
            if url_key(target or "") == post and (number is not None or url_key(url) == post):
                links[without_fragment(url)] = None
    return tuple(links)


def comment_page_number(url: str | None, platform: Platform | None) -> int | None:
    """Which page of a post's comments this URL asks for, or None."""
    if not url:
        return None
    rules = platform or GENERIC
    path = path_of(url)
    for pattern in rules.comment_page:
        found = re.search(pattern, path)
        if found:
            return as_count(found[1])
    query = url.partition("#")[0].partition("?")[2]
    for name, value in parse_qsl(query) if query else ():
        if name in rules.comment_page_parameters and value.isdecimal():
            return as_count(value)
    return None


def _bare(url: str | None, platform: Platform | None) -> str | None:
    if not url or not url.startswith(("http://", "https://")):
        return url
    rules = platform or GENERIC
    url = without_fragment(url)
    if "?" in url:
        url = without_query(url, (*rules.comment_page_parameters, *rules.twin_parameters))
    for pattern in rules.comment_page:
        path = path_of(url)
        if re.search(pattern, path):
            start = url.index(path, url.index("//") + 2)
            url = url[:start] + re.sub(pattern, "/", path) + url[start + len(path) :]
    return url
