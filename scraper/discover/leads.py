"""What a document that is no page leads to: `document_leads`, for feeds, sitemaps and answers of interfaces."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from scraper.discover.apis import api_leads
from scraper.discover.feeds import read_feed_leads
from scraper.discover.sitemaps import sitemap_leads
from scraper.model import Lead

DocumentKind = Literal["feed", "sitemap", "json"]


def document_leads(
    kind: DocumentKind, payload: bytes, url: str, headers: Iterable[tuple[str, str]] = (), *, depth: int = 0
) -> tuple[Lead, ...]:
    """The leads of one document, each address once, in an order that depends on nothing but the arguments.

    :param payload: the document without content coding; nothing in it makes this fail.
    :param url: the address that answered with it.
    :param headers: the answer's.
    :param depth: how many sitemap indexes led to it.
    """
    if kind == "feed":
        return read_feed_leads(payload, url)
    if kind == "sitemap":
        return sitemap_leads(payload, url, depth=depth)
    return api_leads(payload, url, headers)
