"""What a link would do if it were followed: `action_of`. A crawler reads; it logs nobody out and buys nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, unquote_plus

from scraper.discover.action_words import (
    ACTING,
    ANYWHERE,
    DOING,
    DOWNLOADS,
    FIRST,
    FIRST_OF_A_THING,
    LAST,
    NAMING,
    PAIRS,
    PARAMETERS,
    PICTURES,
    READING,
    SEARCH_PARAMETERS,
    SEARCH_SEGMENTS,
    STRICT,
)
from scraper.model import LeadRole
from scraper.text.urls import path_of, without_fragment

_SCRIPT = re.compile(r"\.(?:php\d?|aspx?|ashx|jsp|jspa|do|cgi|pl|html?|cfm|mvc|action)\Z")
_ENDING = re.compile(r"\.([a-z0-9]{2,7})\Z")
_DATED = re.compile(r"/(?:19|20)\d\d/(?:[01]?\d/){0,2}")
_SOURCES = frozenset({"feed", "comment_feed", "sitemap", "post_api", "comment_api"})


@lru_cache(maxsize=2048)
def action_of(url: str, role: LeadRole | None = None) -> str | None:
    """What following this link would do, or what else than a page it leads to, in a few words; None for a page.

    Words are looked at where they act only: not in a slug after a date, nor where they are somebody's name. Feeds,
    sitemaps and APIs may have endings that no page has ('.xml.gz'), media those of pictures.

    >>> action_of("https://example.org/user/logout?token=1"), action_of("https://example.org/author/admin/")
    ('logs in or out', None)
    """
    bare = without_fragment(url)
    segments = _segments(bare)
    parameters = _parameters(bare)
    return (
        _by_path(segments, dated=_DATED.search(bare) is not None)
        or _by_parameters(segments, parameters)
        or _as_search(segments, parameters)
        or _as_file(segments, role)
    )


def _segments(url: str) -> list[str]:
    path = path_of(url)
    if "%" not in path:
        return [segment for segment in path.lower().split("/") if segment]
    return [unquote(segment).lower() for segment in path.split("/") if segment]


def _parameters(url: str) -> list[tuple[str, str]]:
    """The parameters of an address; some who add theirs to '/?p=7' write '/?p=7?share=mail'."""
    query = url.partition("?")[2]
    if not query:
        return []
    pairs = (part.partition("=") for part in re.split("[&;?]", query) if part)
    return [(unquote_plus(name).lower().replace("-", "_"), unquote_plus(value).lower()) for name, _, value in pairs]


def _by_path(segments: list[str], dated: bool) -> str | None:
    if not segments:
        return None
    words = [_without_script(segment).replace("_", "-") for segment in segments]
    anywhere, pairs = _table("ANYWHERE"), _table("PAIRS")
    if found := _table("FIRST").get(words[0]):
        return found
    if len(words) > 1 and words[1].isdigit() and (found := _table("FIRST_OF_A_THING").get(words[0])):
        return found
    for before, word, whole in zip(["", *words], words, segments, strict=False):
        found = anywhere.get(word) or anywhere.get(whole)
        if pair := pairs.get(f"{before}/{word}"):
            return pair
        if found and before not in NAMING and not (dated and before.isdigit() and found != "a trackback"):
            return found
    before = words[-2] if len(words) > 1 else ""
    if _is_program(segments[-1]) or (before not in NAMING and _is_one_thing(before, dated)):
        return _table("LAST").get(words[-1])
    return None


def _without_script(segment: str) -> str:
    return _SCRIPT.sub("", segment) if "." in segment else segment


def _is_program(segment: str) -> bool:
    return "." in segment and _SCRIPT.search(segment) is not None and not segment.endswith((".html", ".htm"))


def _is_one_thing(segment: str, dated: bool) -> bool:
    """Whether a segment is a number that is no part of a date, or a slug: what follows is then about that one thing."""
    if dated:
        return segment != "" and not segment.isdigit()
    return "-" in segment or any(character.isdigit() for character in segment)


def _by_parameters(segments: list[str], parameters: list[tuple[str, str]]) -> str | None:
    for name, value in parameters:
        found = _table("PARAMETERS").get(name)
        if found:
            return found
        if name in DOING and value and (value in ACTING or (name in STRICT and value not in READING)):
            return f"acts ({name}={value[:20]})"
    return None


def _as_search(segments: list[str], parameters: list[tuple[str, str]]) -> str | None:
    """Not Blogger's lists, '/search/label/x' and '/search?updated-max=...', and not Drupal's pages, '?q=node/1'."""
    searched = [value for name, value in parameters if name in SEARCH_PARAMETERS]
    last = _without_script(segments[-1]) if segments else ""
    if last in SEARCH_SEGMENTS and (searched or not parameters):
        return "a search"
    if len(segments) > 1 and segments[0] in SEARCH_SEGMENTS and segments[1] != "label":
        return "a search"
    is_root = not segments or last == "index"
    if is_root and any(name == "s" and value and not value.isdigit() for name, value in parameters):
        return "a search"
    return None


def _as_file(segments: list[str], role: LeadRole | None) -> str | None:
    ending = _ENDING.search(segments[-1]) if segments and role not in _SOURCES else None
    if ending and (ending[1] in DOWNLOADS or (ending[1] in PICTURES and role != "media")):
        return f"a file (.{ending[1]})"
    return None


@lru_cache(maxsize=8)
def _table(name: str) -> dict[str, str]:
    """A table the other way round: what each word does."""
    tables = {"ANYWHERE": ANYWHERE, "LAST": LAST, "FIRST": FIRST, "PAIRS": PAIRS, "PARAMETERS": PARAMETERS}
    table = tables.get(name, FIRST_OF_A_THING)
    return {word: does for does, words in table.items() for word in words.split()}
