"""Where a page stands among its topic's, in a forum whose addresses no platform's rules tell: `find_topic_page`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl

from scraper.extract.threads.record import Record
from scraper.parse.html import Document
from scraper.text.parts import numbered
from scraper.text.urls import path_of, resolve, url_key, without_fragment, without_query

MOST_LINKS = 5_000  # of a page that are looked at
MOST_PARAMETERS = 20  # of its address
CURRENT = "[aria-current], .active, .current, .selected"  # how pagers mark the page that is shown
BARE_NUMBER = re.compile(r"/\d+/?$")  # of a topic as often as of its page
NAMING = re.compile(r"[?&]([^?&#=]+)=(\d+)#\D*\2$")  # a message, in the address of its page and as a place there
SCRIPT = re.compile(r"/[^/]*\.\w{2,5}$")


@dataclass(frozen=True, slots=True)
class TopicPage:
    """The topic's address, the page's number where it is not the first, and the addresses of its other pages."""

    topic: str
    number: int | None
    others: tuple[str, ...]


def find_topic_page(
    document: Document, own: str | None, base: str | None, messages: Sequence[Record]
) -> TopicPage | None:
    """Which page of its topic this is; None where its address is the topic's and there is no other.

    A number in an address says little: the page has to link to others by addresses that differ in that alone. An
    address that names one of the page's messages is that of the page which shows it.
    """
    if not own or not own.startswith(("http://", "https://")):
        return None
    links = [link for node in document.body.select("a[href]")[:MOST_LINKS] if (link := _link(base, node.get("href")))]
    bare = {without_fragment(link) for link in links}
    named = _without_message(without_fragment(own), links, messages)
    keys = {_key(link) for link in bare}
    topic, number = named, None
    for home, stated in _numbered(named):
        if _key(home) in keys or any(each != stated for each in _pages_of(home, bare)):
            topic, number = home, stated
    pages = _pages_of(topic, bare)
    if named != own and pages and number is None:
        number = _marked(document, pages) or _not_linked(pages)
    others = [topic] if number is not None and number > 1 else []
    others += [pages[each] for each in sorted(pages) if each > 1 and each != number]
    if topic == without_fragment(own) and not others:
        return None
    return TopicPage(topic, number if number != 1 else None, tuple(others))


def _link(base: str | None, href: str | None) -> str | None:
    return resolve(base, href) if href and ("?" in href or not href.startswith("#")) else None


def _key(url: str) -> str:
    return url_key(url).rstrip("/")


def _numbered(url: str) -> Iterator[tuple[str, int]]:
    """The topic and the number that an address may name; a number that is all of the path's end is no page's."""
    for home, number in numbered(url):
        if not BARE_NUMBER.search(path_of(url)) or path_of(home) == path_of(url) or "/page/" in path_of(url):
            yield home, number


def _pages_of(topic: str, links: Iterable[str]) -> dict[int, str]:
    """The topic's pages by their numbers, as far as they are linked to."""
    key = _key(topic)
    found: dict[int, str] = {}
    for link in sorted(links):
        for home, number in _numbered(link):
            if _key(home) == key:
                found.setdefault(number, link)
    return found


def _without_message(own: str, links: Iterable[str], messages: Sequence[Record]) -> str:
    """The address without a parameter that names a message, as the links to the page's messages have it.

    What is left has to name the topic still: '/viewtopic.php?p=7' does not without it.
    """
    known = {message.identity for message in messages if message.identity}
    naming: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)  # a parameter's name -> numbers, with links
    for link in links:
        if said := NAMING.search(link):
            naming[said[1]].append((said[2], link))
    for name, value in islice(parse_qsl(own.partition("?")[2]), MOST_PARAMETERS):
        bare = without_query(own, {name})
        if not value.isdecimal() or ("?" not in bare and SCRIPT.search(path_of(bare))):
            continue
        shown = (each for each in naming[name] if each[0] in known)
        named = {number for number, link in shown if without_query(without_fragment(link), {name}) == bare}
        if value in named or len(named) > 1:
            return bare
    return own


def _marked(document: Document, pages: dict[int, str]) -> int | None:
    """The number that a pager marks as that of the page shown."""
    shown = (node.text() for node in document.body.select(CURRENT) if node.text_length < 4)
    numbers = (int(text) for text in shown if text.isdecimal())
    return next((number for number in numbers if not pages.keys().isdisjoint((number - 1, number, number + 1))), None)


def _not_linked(pages: dict[int, str]) -> int | None:
    """The one number up to the highest that no link has: a pager does not link to the page it is on."""
    missing = set(range(1, max(pages) + 2)) - pages.keys()
    return min(missing) if missing else None
