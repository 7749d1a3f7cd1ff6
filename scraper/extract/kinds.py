"""What a page is: a post, a listing of posts, an about page, or something else; and which post it belongs to."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from scraper.extract.platforms import GENERIC, PLATFORMS, Platform
from scraper.model import PageKind
from scraper.parse.html import Document
from scraper.parse.metadata import Claims
from scraper.text.urls import resolve, same_site, without_fragment, without_query

LISTING_PATH = re.compile(
    r"/(?:category|categories|tag|tags|topic|topics|author|authors|archive|archives|page/\d+)(?:/[^/]+){0,2}/?$", re.I
)
ABOUT_PATH = re.compile(
    r"/(?:about(?:[-_](?:us|me|the-author))?|ueber(?:-(?:uns|mich))?|bio|biography|impressum|imprint|a-propos|acerca-de|sobre|chi-siamo)(?:\.\w{3,5})?/?$",
    re.I,
)
HOME_PATH = re.compile(r"^/?(?:index\.\w{3,5}|home|default\.aspx?)?$", re.I)
DATED_PATH = re.compile(r"^/\d{4}(?:/\d{1,2}){0,2}/?$")
POST_TYPES = frozenset(
    {
        "article",
        "blogposting",
        "newsarticle",
        "blog",
        "socialmediaposting",
        "techarticle",
        "review",
        "opinionnewsarticle",
        "reportagenewsarticle",
    }
)
ENTRIES = ".hentry, .h-entry, article"
MANY = 3  # entries with a linked heading each that make a listing


def find_platform(document: Document, claims: Claims) -> Platform | None:
    """The platform whose generator or signs the page shows."""
    generators = [claim.value for claim in claims.of("generator")]
    for platform in PLATFORMS:
        if platform.generator and any(re.match(platform.generator, value, re.I) for value in generators):
            return platform
    for platform in PLATFORMS:
        if any(document.select_one(css) for css in platform.signs):
            return platform
    return None


def page_kind(document: Document, platform: Platform | None, claims: Claims, url: str | None) -> tuple[PageKind, str]:
    """The page's kind and the rule that told it."""
    if platform:
        for css, kind in platform.kinds:
            if document.select_one(css):
                return ("about" if kind == "other" and _is_about(url) else kind), f"{platform.name}: {css}"
    types = {claim.value.lower() for claim in claims.of("type")}
    if types & POST_TYPES:
        return "post", "declared type"
    parts = urlsplit(url or "")
    if _is_about(url):
        return "about", "path"
    if url and not parts.query and HOME_PATH.match(parts.path):
        return "listing", "home page"
    if LISTING_PATH.search(parts.path) or DATED_PATH.match(parts.path):
        return "listing", "path"
    if _linked_entries(document) >= MANY:
        return "listing", f"{MANY} or more entries with linked headings"
    return "post", "no sign of another kind"


def post_address(url: str | None, canonical: str | None, platform: Platform | None) -> tuple[str | None, int | None]:
    """The URL of the post that this page belongs to, and the number of the comment page that it is, if it is one.

    The platform's rule for the URL comes first, then the canonical link if it stays on this site.
    """
    number = comment_page_number(url, platform)
    own = _bare(url, platform)
    named = _bare(resolve(url, canonical) if canonical else None, platform)
    if named and own and not same_site(named, own):
        named = None
    if named and own and HOME_PATH.match(urlsplit(named).path) and not HOME_PATH.match(urlsplit(own).path):
        named = None  # templates that name the home page as canonical on every page
    return named or own, number


def comment_page_number(url: str | None, platform: Platform | None) -> int | None:
    """Which page of a post's comments this URL asks for, or None."""
    if not url:
        return None
    rules = platform or GENERIC
    parts = urlsplit(url)
    for pattern in rules.comment_page:
        found = re.search(pattern, parts.path)
        if found:
            return int(found[1])
    for name, value in parse_qsl(parts.query):
        if name in rules.comment_page_parameters and value.isdecimal():
            return int(value)
    return None


def _bare(url: str | None, platform: Platform | None) -> str | None:
    if not url or not url.startswith(("http://", "https://")):
        return url
    rules = platform or GENERIC
    url = without_fragment(url)
    if "?" in url:
        url = without_query(url, (*rules.comment_page_parameters, *rules.twin_parameters))
    for pattern in rules.comment_page:
        parts = urlsplit(url)
        path = re.sub(pattern, "/", parts.path)
        if path != parts.path:
            url = parts._replace(path=path).geturl()
    return url


def _is_about(url: str | None) -> bool:
    return bool(url and ABOUT_PATH.search(urlsplit(url).path))


def _linked_entries(document: Document) -> int:
    count = 0
    for entry in document.body.select(ENTRIES):
        if any(up.names.find("comment") >= 0 for up in (entry, *entry.ancestors())):
            continue
        if entry.select_one("h1 a[href], h2 a[href], h3 a[href]") and entry.text_length > 100:
            count += 1
    return count
