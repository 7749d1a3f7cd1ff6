"""What a document of a crawl says that is no page: `read_document`, for feeds, sitemaps and answers of interfaces."""

from __future__ import annotations

from dataclasses import replace

from scraper.discover.leads import DocumentKind, document_leads
from scraper.discover.service_threads import thread_leads
from scraper.extract.threads.stated_comments import read_stated
from scraper.model import Address, Lead, StatedComment
from scraper.run.crawling.answer import Answer
from scraper.run.stating import placed


def read_document(answer: Answer) -> tuple[tuple[Lead, ...], tuple[StatedComment, ...]]:
    """The leads of the document, and the comments that it states; none of either where it is something else."""
    address = answer.address
    if address.source == "service":
        return thread_leads(answer.payload, address.url), _of_service(answer)
    kind = _kind(address, answer.judgement.reason)
    stated = _stated(answer) if address.role in ("comment_feed", "comment_api") else ()
    if kind is None:
        return (), stated
    above = max(0, address.depth - 1)  # indexes of a sitemap
    return document_leads(kind, answer.payload, address.url, answer.exchange.headers, depth=above), stated


def _kind(address: Address, reason: str | None) -> DocumentKind | None:
    """How the document is read: as what it shows to be, else as what it was asked for."""
    if reason == "feed":
        return "feed"
    if reason == "sitemap" or address.role == "sitemap":
        return "sitemap"
    is_json = "json" in (reason or "") and address.role in ("feed", "post_api", "comment_feed", "comment_api")
    return "json" if is_json else None


def _stated(answer: Answer) -> tuple[StatedComment, ...]:
    """The comments that the answer states; where it does not say on which post, on that whose page named it."""
    address = answer.address
    return placed(read_stated(answer.payload, address.url), address.url, address.found_on)


def _of_service(answer: Answer) -> tuple[StatedComment, ...]:
    """The comments of an embedded service's answer: they are on the post whose page embeds it, whatever they say."""
    stated = read_stated(answer.payload, answer.address.url)
    return tuple(replace(each, post_url=answer.address.found_on) for each in stated)
