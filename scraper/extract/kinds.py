"""What a page is: a post, a listing of posts, an about page, or something else; and on which platform."""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.extract.addresses import HOME_PATH
from scraper.extract.blocks.block_arrays import is_prose
from scraper.extract.entries import LINKED_HEADINGS, SOME_TEXT, entries_rule
from scraper.extract.platforms import Platform, all_platforms
from scraper.model import PageKind
from scraper.parse.html import Document
from scraper.parse.metadata import Claims
from scraper.parse.selectors import alternatives
from scraper.text.urls import host_of, path_of

LISTING_PATH = re.compile(
    r"/(?:(?:categor(?:y|ies)|tags?|topics?(?!/\d+[/-][^/]*[a-z]|/(?=[^/]*[a-z])[^/]*-\d+/?$)|authors?|taxonomy/term|labels?"
    r"|kategorien?|schlagw(?:ort|oerter))(?:/[^/]+){0,2}"
    r"|archives?(?:\.html?|/(?:19|20)\d\d(?:[/_-]\d\d?){0,2}(?:\.\w{3,5})?|/cat_[^/]+)?"
    r"|(?:users?|members?)(?:/profile)?/[^/]+(?:/(?:posts|topics|comments))?|page/\d+|index\d+\.html?)/?$",
    re.I,
)
# Addresses under which no engine puts a post: what such a page declares of itself its theme says of all pages.
NO_POST_PATH = re.compile(
    r"(?:/(?:tags?|categor(?:y|ies))/[^/]+|/archives?(?:\.html?|/(?:19|20)\d\d(?:/\d\d?)?)?|/index\d+\.html?"
    r"|^(?:/blog|/posts?|/[a-z]{2})?/page/\d+)/?$",
    re.I,
)
# A post's number that looks like a year, or the day of the only post that day.
MAY_BE_POST = re.compile(r"^(?:(?:/archives?)?/(?:19|20)\d\d|/(?:19|20)\d\d/\d\d?/\d\d?)/?$")
FILES = re.compile(r"(?:Index of|Directory listing for) /")  # as Apache, nginx and Python's server title a folder
INDEX = re.compile(r"/index\.html?$", re.I)
ABOUT_PATH = re.compile(
    r"/(?:about(?:[-_](?:us|me|the-author))?|ueber(?:-(?:uns|mich))?|bio|biography|impressum|imprint|a-propos|acerca-de|sobre|chi-siamo)(?:\.\w{3,5})?/?$",
    re.I,
)
PAGE_QUERY = re.compile(r"(?:(?:page|paged|pg|seite|pagina)=\d+)?")  # of a list
DATED_PATH = re.compile(r"^/(?:19|20)\d\d(?:/\d{1,2}){0,2}/?$")
DATED_POST = re.compile(r"/(?:19|20)\d\d/\d\d/(?:\d\d/)?(?!page/|feed/?$)(?=[^/]*[a-z])[^/]*/?$", re.I)
LOGIN_PATH = re.compile(r"/(?:wp-login|(?:user[-_])?log[-_]?in|sign[-_]?in)(?:\.\w{3,5})?/?$", re.I)
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
LITTLE = 300  # characters of prose that a page may have which asks its reader to log in
FEW = 3  # of those on a page whose address already says so


def find_platform(document: Document, claims: Claims) -> Platform | None:
    """The platform whose generator or signs the page shows; of a plug-in and what it is one of, the plug-in."""
    generators = [claim.value for claim in claims.of("generator")]
    named = next((each for each in all_platforms() if _is_named(each, generators)), None)
    words = document.words
    for platform, signs, needed in _signs():
        if named is not None and platform.plugin_of != named.name:
            continue
        if (needed is None or not needed.isdisjoint(words)) and document.select_one(signs):
            return platform
    return named


def _is_named(platform: Platform, generators: list[str]) -> bool:
    return bool(platform.generator) and any(re.match(platform.generator, value, re.I) for value in generators)


@lru_cache(maxsize=1)
def _signs() -> tuple[tuple[Platform, str, frozenset[str] | None], ...]:
    """Each platform with its signs as one selector, and the classes and ids of which a page with one has any."""
    joined = [(platform, ", ".join(platform.signs)) for platform in all_platforms() if platform.signs]
    needs = [alternatives(signs) for _, signs in joined]
    return tuple((*each, None if need.anywhere else need.names) for each, need in zip(joined, needs, strict=True))


def page_kind(document: Document, platform: Platform | None, claims: Claims, url: str | None) -> tuple[PageKind, str]:
    """The page's kind and the rule that told it."""
    if platform:
        for css, kind in platform.kinds:
            if document.select_one(css):
                if kind == "listing" and any(DATED_POST.search(claim.value) for claim in claims.of("canonical_url")):
                    return "post", "canonical address of a post"  # themes call their sections 'blog' and 'home', too
                return ("about" if kind == "other" and is_about(url) else kind), f"{platform.name}: {css}"
    path = INDEX.sub("/", path_of(url or ""))
    if is_about(url):
        return "about", "path"
    query = (url or "").partition("?")[2]
    is_home = bool(url and host_of(url) and HOME_PATH.match(path) and PAGE_QUERY.fullmatch(query))
    types = {claim.value.lower() for claim in claims.of("type")}
    if types & POST_TYPES and not _is_of_posts(document, url, path, is_home=is_home):
        return "post", "declared type"
    if is_home:
        return _listing_or_other(document, "home page")
    if LISTING_PATH.search(path) or DATED_PATH.match(path):
        return _listing_or_other(document, "path")
    if rule := entries_rule(document, url):
        return "listing", rule
    why = _no_post(document, claims, path)
    return ("other", why) if why else ("post", "no sign of another kind")


def _no_post(document: Document, claims: Claims, path: str) -> str | None:
    """What makes a page that is no list something else than a post."""
    if any(claim.where == "title" and FILES.match(claim.value) for claim in claims.of("title")):
        return "a folder's files"
    return "asks to log in" if LOGIN_PATH.search(path) and _asks_to_log_in(document) else None


def _is_of_posts(document: Document, url: str | None, path: str, *, is_home: bool) -> bool:
    """Whether a page that declares itself a post lists posts: themes declare it of all their pages."""
    if MAY_BE_POST.match(path) and sum(block.length for block in document.blocks if is_prose(block)) >= LITTLE:
        return _listing_or_other(document, "path")[0] == "listing" or entries_rule(document, url) is not None
    if NO_POST_PATH.search(path) or DATED_PATH.match(path):
        return True
    if is_home and sum(each.text_length > SOME_TEXT for each in document.body.select("article")) >= FEW:
        return True
    return (is_home or LISTING_PATH.search(path) is not None) and entries_rule(document, url) is not None


def _listing_or_other(document: Document, rule: str) -> tuple[PageKind, str]:
    """A page whose address is a listing's is one if it has headings that lead on; a shop's home page has text."""
    headings = {link.get("href") for link in document.body.select(LINKED_HEADINGS)}
    return ("listing", rule) if len(headings) >= FEW else ("other", f"{rule} without entries")


def _asks_to_log_in(document: Document) -> bool:
    """Whether the page has a field for a password and next to no text."""
    has_field = document.body.select_one("input[type=password]") is not None
    return has_field and sum(block.length for block in document.blocks if is_prose(block)) < LITTLE


def is_about(url: str | None) -> bool:
    """Whether its address is that of a page about the blog or its author, and not of a post of that name.

    >>> is_about("https://blog.example/about/index.html"), is_about("https://blog.example/2012/05/about")
    (True, False)
    """
    path = INDEX.sub("/", path_of(url or ""))
    return ABOUT_PATH.search(path) is not None and DATED_POST.search(path) is None
