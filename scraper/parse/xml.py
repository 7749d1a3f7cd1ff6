"""What an XML document is, by its root element."""

from __future__ import annotations

from typing import Literal

XmlKind = Literal["feed", "sitemap", "other"]

LOOK = 65_536  # bytes within which the root element has to begin
ROOTS: dict[str, XmlKind] = {  # local names: RSS 2.0, Atom (RFC 4287), RSS 1.0; sitemaps.org 0.9
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}


def kind_of_xml(payload: bytes) -> XmlKind:
    """'feed' or 'sitemap' by the root element, else 'other'; never fails. Entities are not expanded, nothing is loaded.

    >>> kind_of_xml(b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>')
    'feed'
    """
    from lxml import etree

    parser = etree.XMLPullParser(("start",), resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        parser.feed(payload[:LOOK].lstrip())
        for _, element in parser.read_events():
            if isinstance(element, etree._Element):
                return ROOTS.get(etree.QName(element).localname.lower(), "other")
    except (etree.XMLSyntaxError, ValueError):
        return "other"
    return "other"
