"""What a blog says of its posts itself: `read_feed` gives the entries of a feed or sitemap.

RSS 0.9 to 2.0 (with content:encoded, dc:creator, slash:comments), Atom (RFC 4287), JSON Feed 1.1, sitemaps.org 0.9 with
the news extension. The reader goes on after errors; entities are not expanded, nothing is loaded, and what is read is
bounded: MOST_BYTES of the document, MOST_ENTRIES of it, and of each entry MOST_CHARACTERS.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from scraper.model import Entry
from scraper.parse.ampersands import STAND_IN, hide_ampersands, show_ampersands
from scraper.text.entities import unescape
from scraper.text.prose import fold, whole_characters

MOST_BYTES = 20_000_000
MOST_ENTRIES = 5_000
MOST_ELEMENTS = 1_000_000  # of the document
MOST_CHARACTERS = 500_000  # of one entry's content
MOST_NAMES = 50  # authors or categories of one entry
SHORT = 1_000  # characters of any other value
ENTRIES = frozenset({"item", "entry", "url"})
CHANNELS = frozenset({"channel", "feed", "rdf"})
ABOUT = frozenset({"link", "generator", "startindex", "totalresults"})  # what they say of themselves
# Element -> field; of several the first in this order that says something.
TITLES = ("title", "media:title", "news:title")
CONTENTS = ("content:encoded", "atom:content", "content")
SUMMARIES = ("description", "summary")
PUBLISHED = ("pubdate", "published", "issued", "date", "created", "news:publication_date")
UPDATED = ("updated", "modified", "lastmod")
AUTHORS = ("creator", "author")
PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://www.google.com/schemas/sitemap-news/0.9": "news:",
    "http://www.google.com/schemas/sitemap-image/1.1": "image:",
    "http://purl.org/rss/1.0/modules/slash/": "slash:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://wellformedweb.org/CommentAPI/": "wfw:",
    "http://purl.org/syndication/thread/1.0": "thr:",
}


@dataclass(slots=True)
class Channel:
    """What a feed says of itself, known once its entries are read: Atom's links by their relation, its software, its
    place among the feed's pages (OpenSearch's numbers, from 1), the home page of what it is about.
    """

    generator: str = ""
    home: str = ""
    links: dict[str, str] = field(default_factory=dict)
    start: int | None = None
    total: int | None = None


def read_feed(payload: bytes, channel: Channel | None = None) -> Iterator[Entry]:
    """The entries in the document's order, one in memory at a time; of what is no feed none. Never fails.

    What the feed says of itself goes into `channel`.
    """
    head = payload[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{"):
        yield from _of_json(payload, channel)
    elif head.startswith(b"<"):
        yield from _of_xml(payload, channel)


# ---- XML


def _of_xml(payload: bytes, channel: Channel | None) -> Iterator[Entry]:
    from lxml import etree

    stream = BytesIO(hide_ampersands(payload[:MOST_BYTES].lstrip()))
    events = etree.iterparse(
        stream, events=("end",), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    number = 0
    try:
        for count, (_, element) in enumerate(events):
            name = _name(element)
            if name not in ENTRIES:
                if channel is not None and name in ABOUT:
                    _note(channel, name, element)
                if count == MOST_ELEMENTS:
                    return
                continue
            yield _entry(element)
            number += 1
            if number == MOST_ENTRIES:
                return
            element.clear()
            while (before := element.getprevious()) is not None:  # else the root would keep every empty element
                element.getparent().remove(before)
    except (etree.XMLSyntaxError, ValueError):
        return


def _note(channel: Channel, name: str, element: Any) -> None:
    """What an element right in the feed says of it, and not in an entry; the first that says something counts."""
    parent = element.getparent()
    if parent is None or _name(parent) not in CHANNELS:
        return
    text, rel = _text(element), element.get("rel") or "alternate"
    if name == "link":
        target = _attribute(element, "href") or text
        channel.links.setdefault(rel[:SHORT], target[:SHORT])
        if rel == "alternate":
            channel.home = channel.home or target[:SHORT]
    elif name == "generator":
        channel.generator = channel.generator or f"{text} {element.get('uri') or ''}"[:SHORT].strip()
    elif name == "startindex":
        channel.start = _number(text)
    else:
        channel.total = _number(text)


def _entry(element: Any) -> Entry:
    parts: dict[str, list[Any]] = {}
    for child in element:
        if isinstance(child.tag, str):
            parts.setdefault(_name(child), []).append(child)
            if _name(child) == "news:news":
                for inner in child:
                    parts.setdefault(_name(inner), []).append(inner)
    content = next((text for name in CONTENTS for each in parts.get(name, ()) if (text := _markup(each))), "")
    summary = next((text for name in SUMMARIES for each in parts.get(name, ()) if (text := _markup(each))), "")
    return Entry(
        url=_link(parts),
        title=_first(parts, TITLES) or None,
        authors=_names(_author(each) for name in AUTHORS for each in parts.get(name, ())),
        published=_first(parts, PUBLISHED) or None,
        updated=_first(parts, UPDATED) or None,
        tags=_names(
            _attribute(each, "label") or _attribute(each, "term") or _text(each) for each in parts.get("category", ())
        ),
        html=content or summary,
        is_whole=bool(content),
        comment_count=_number(_first(parts, ("slash:comments", "thr:total"))),
        comment_feed=_comment_feed(parts),
    )


def _name(element: Any) -> str:
    """The local name in lower case, behind a prefix of our own for the namespaces whose names say something else."""
    if not isinstance(element.tag, str):
        return ""
    space, _, name = element.tag.rpartition("}")
    return PREFIXES.get(space[1:], "") + name.lower()


def _text(element: Any) -> str:
    return fold(unescape(show_ampersands("".join(element.itertext())[:SHORT])))  # titles are often escaped twice


def _attribute(element: Any, name: str) -> str:
    return show_ampersands(element.get(name) or "")


def _first(parts: dict[str, list[Any]], names: tuple[str, ...]) -> str:
    return next((text for name in names for each in parts.get(name, ()) if (text := _text(each))), "")


def _markup(element: Any) -> str:
    """The element's content as HTML: escaped or in CDATA it is text, in Atom's xhtml it is elements."""
    from lxml import etree

    if element.get("type") == "xhtml" or (len(element) and isinstance(element[0].tag, str)):
        markup = "".join(etree.tostring(each, encoding="unicode", method="html") for each in element)
        return markup[:MOST_CHARACTERS].replace(STAND_IN, "&")  # in which they are written as HTML has them
    return show_ampersands("".join(element.itertext())[:MOST_CHARACTERS]).strip()


def _link(parts: dict[str, list[Any]]) -> str | None:
    """The post's address: RSS's link, Atom's alternate link, a sitemap's loc, a guid that is a permalink."""
    for each in parts.get("origlink", ()):  # where a proxy has put its own address into link
        return _text(each) or None
    for each in parts.get("link", ()):
        if (each.get("rel") or "alternate") == "alternate" and (found := _attribute(each, "href") or _text(each)):
            return found
    for name in ("loc", "guid"):
        for each in parts.get(name, ()):
            if each.get("isPermaLink") != "false" and (found := _text(each)).startswith(("http://", "https://")):
                return found
    return None


def _comment_feed(parts: dict[str, list[Any]]) -> str | None:
    """Where the feed of the post's comments is: in a link of that relation (RFC 4685), or in wfw:commentRss."""
    links = (
        each for each in parts.get("link", ()) if each.get("rel") == "replies" and "html" not in each.get("type", "")
    )
    found = next((href for each in links if (href := _attribute(each, "href"))), None)
    return found[:SHORT] if found else _first(parts, ("wfw:commentrss",)) or None


def _author(element: Any) -> str:
    """The name: Atom's inner name element; of RSS's 'mail@host (Name)' what stands in the brackets."""
    name = next((each for each in element if _name(each) == "name"), None)
    text = _text(element if name is None else name)
    return text.partition("(")[2].rstrip(") ") if "@" in text and text.endswith(")") else text


def _names(found: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for each in found if (text := fold(each))))[:MOST_NAMES]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None


# ---- JSON Feed 1.1 (jsonfeed.org)


def _of_json(payload: bytes, channel: Channel | None) -> Iterator[Entry]:
    if len(payload) > MOST_BYTES:
        return
    try:
        feed = json.loads(payload)
    except (ValueError, RecursionError):
        return
    if not isinstance(feed, dict) or "jsonfeed.org" not in str(feed.get("version")):
        return
    if channel is not None:
        links = {"self": feed.get("feed_url"), "next": feed.get("next_url"), "alternate": feed.get("home_page_url")}
        channel.links = {rel: url[:SHORT] for rel, url in links.items() if isinstance(url, str)}
        channel.home = channel.links.get("alternate", "")
    items = feed.get("items")
    for item in (items if isinstance(items, list) else [])[:MOST_ENTRIES]:
        if isinstance(item, dict):
            yield _json_entry(item)


def _json_entry(item: dict[str, Any]) -> Entry:
    def text(name: str, limit: int = SHORT) -> str:
        value = item.get(name)
        return whole_characters(value[:limit]) if isinstance(value, str) else ""

    authors, tags = item.get("authors", [item.get("author")]), item.get("tags")
    content = text("content_html", MOST_CHARACTERS)
    return Entry(
        url=text("url") or None,
        title=fold(text("title")) or None,
        authors=_names(
            str(each.get("name") or "")[:SHORT]
            for each in (authors if isinstance(authors, list) else ())
            if isinstance(each, dict)
        ),
        published=text("date_published") or None,
        updated=text("date_modified") or None,
        tags=_names(each[:SHORT] for each in (tags if isinstance(tags, list) else ()) if isinstance(each, str)),
        html=content or text("content_text", MOST_CHARACTERS) or text("summary"),
        is_whole=bool(content),
        comment_count=None,
    )
