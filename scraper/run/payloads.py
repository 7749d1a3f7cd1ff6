"""What the payload of a response is: `kind_of_payload`. Pure."""

from __future__ import annotations

import re
import zlib
from typing import Literal

from scraper.parse.xml import kind_of_xml

PayloadKind = Literal["html", "feed", "sitemap", "other"]

LOOK = 65_536
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|article|div|p|h1)\b", re.I)
_XML_ROOT = re.compile(rb"<\?xml|<(?:rss|feed|rdf:rdf|urlset|sitemapindex)\b", re.I)


def kind_of_payload(content_type: str | None, payload: bytes) -> PayloadKind:
    """What the bytes are, by the declared type and their beginning: feeds are often served as text/html.

    >>> kind_of_payload("text/html; charset=utf-8", b"<rss version='2.0'></rss>")
    'feed'
    """
    declared = (content_type or "").partition(";")[0].strip().lower()
    head = _unpacked_head(payload)
    if _XML_ROOT.match(head):
        kind = kind_of_xml(head)
        if kind != "other":
            return kind
    if declared in HTML_TYPES or (not declared and looks_like_html(head)):
        return "html"
    return "other"


def looks_like_html(head: bytes) -> bool:
    """Whether the first bytes of a document show HTML's own tags, also in UTF-16."""
    return b"<" in head and _HTML.search(head[:4096].replace(b"\0", b"")) is not None


def _unpacked_head(payload: bytes) -> bytes:
    head = payload[:LOOK]
    if head.startswith(b"\x1f\x8b"):  # a sitemap.xml.gz is often not declared as a content coding
        try:
            head = zlib.decompressobj(31).decompress(head, LOOK)
        except zlib.error:
            return b""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()
