"""Which post a page belongs to, and which page of its comments it is: `post_address`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl

from scraper.extract.platforms import GENERIC, Platform
from scraper.extract.threads.counts import as_count
from scraper.model import View
from scraper.parse.html import Document
from scraper.text.urls import host_of, path_of, resolve, same_site, url_key, without_fragment, without_query

TWIN_HOST = re.compile(r"(?:m|mobile|mobil|touch|wap|amp)\.(?=[^.]+\.)")
VIEW_WORDS: dict[str, View] = {"amp": "amp", "print": "print", "printable": "print", "printer": "print"}
PRINT_MARK = re.compile(
    r"/print(?:able)?/?$|/print(?:able)?(/)(?=[^/]+$)|[?&](?:print|printable)=(?:1|true|yes|y)$", re.I
)
PRINT_SIGNS = 'meta[name="robots" i][content*="noindex" i], [onload*="print("]'
MOST_LINKS = 200
HOME_PATH = re.compile(r"^/?(?:index\.\w{3,5}|home|default\.aspx?)?$", re.I)


def post_address(url: str | None, canonical: str | None, platform: Platform | None) -> tuple[str | None, int | None]:
    """The URL of the post that this page belongs to, and the number of the comment page that it is, if it is one.

    The platform's rule for the URL comes first, then the canonical link if it stays on this site.
    """
    number = comment_page_number(url, platform)
    own = _bare(url, platform)
    named = _bare(resolve(url, canonical) if canonical else None, platform)
    if named and own and not same_site(named, own) and not _is_twin_host(own, named):
        named = None
    if named and own and HOME_PATH.match(path_of(named)) and not HOME_PATH.match(path_of(own)):
        named = None  # templates that name the home page as canonical on every page
    return named or own, number


def view_of(url: str | None, post_url: str | None) -> View | None:
    """Which other view of its post's page the URL asks for: to print, AMP, for telephones. It tells of no identity.

    >>> view_of("https://m.blog.example/hello", "https://blog.example/hello")
    'mobile'
    >>> view_of("https://blog.example/hello/amp/", "https://blog.example/hello/")
    'amp'
    """
    if not url or not post_url or url == post_url:
        return None
    host, rest = host_of(url), without_fragment(url).partition("//")[2].partition("/")[2]
    if host is None or url_key(url) == url_key(post_url):
        return None
    if host != host_of(post_url) and (found := TWIN_HOST.match(host)):
        return "amp" if found[0] == "amp." else "mobile"
    views = {VIEW_WORDS[word] for word in re.split(r"[/?&.=]", rest.lower()) if word in VIEW_WORDS}
    said = {VIEW_WORDS[word] for word in re.split(r"[/?&.=]", post_url.lower()) if word in VIEW_WORDS}
    if re.search(r"[?&]m=1\b", rest):
        views.add("mobile")
    return min(views - said, default=None)


def print_address(document: Document, url: str | None, base: str | None) -> str | None:
    """The address of the post of which this page is the view to print; None where the page is none for certain.

    An address with the mark of a print view is not enough, since '/shop/print' may be a page of its own: the page has
    to link to the address without the mark, and to keep itself out of indexes or call the printer.
    """
    plain = PRINT_MARK.sub(r"\1", url) if url and "print" in url else None
    if not url or not plain or plain == url:
        return None
    key = url_key(plain).rstrip("/")
    if not document.select_one(PRINT_SIGNS):
        return None
    links = (resolve(base, node.get("href") or "") for node in document.body.select("a[href]")[:MOST_LINKS])
    found = next((link for link in links if link and url_key(link).rstrip("/") == key), None)
    return without_fragment(found) if found else None


def own_link(document: Document, platform: Platform, base: str | None) -> str | None:
    """The post's link to itself, as its platform prints one; None where several are shown."""
    for css in platform.permalink:
        links = {resolve(base, node.get("href") or "") for node in document.body.select(css)}
        if len(links) == 1:
            return links.pop()
    return None


def _is_twin_host(own: str, named: str) -> bool:
    """Whether a page on a host for telephones or AMP names one on the site's main host: 'm.blog.example' its 'www.'."""
    host, main = host_of(own) or "", host_of(named) or ""
    return main.removeprefix("www.") == TWIN_HOST.sub("", host) != host


def comment_pages(
    document: Document, selectors: Iterable[str], own: str | None, base: str | None, post_url: str | None,
    platform: Platform | None,
) -> tuple[str, ...]:  # fmt: skip
    """The URLs of the thread's other pages, as the page links to them. `own` is the page's URL."""
    nodes = [node for css in selectors for node in document.body.select(css)]
    if not nodes:
        return ()
    key = url_key(own) if own else None
    post = url_key(post_url or "")
    links: dict[str, None] = {}
    for node in nodes:
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
            return as_count(found[1]) if found.re.groups else rules.first_comment_page
    query = url.partition("#")[0].partition("?")[2]
    for pattern in rules.comment_page_query if query else ():
        found = re.search(pattern, query)
        if found:
            return as_count(found[2]) if found[2] else None
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
        for pattern in rules.comment_page_query:
            kept = r"\g<post>" if "(?P<post>" in pattern else rf"\g<1>{rules.first_comment_page}"
            url = re.sub(pattern, kept, url)
    for pattern in rules.comment_page:
        path = path_of(url)
        if re.search(pattern, path):
            start = url.index(path, url.index("//") + 2)
            first = str(rules.first_comment_page) if "(?P<first>" in pattern else _end_of_post
            url = url[:start] + re.sub(pattern, first, path) + url[start + len(path) :]
    return url


def _end_of_post(found: re.Match[str]) -> str:
    """What stays of the part of a path that names the comment page: a post ends in a slash as its comment pages do.

    A rule whose part does not begin with the slash before it leaves that to the post.
    """
    return "/" if found[0].startswith("/") and found[0].endswith("/") else ""
