"""Documents that state comments apart from their post's page: `may_state`, and `read_statement` for what they say."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from scraper.capture.records import WarcRecord
from scraper.discover.feeds import is_comment_feed
from scraper.extract.threads.stated_comments import read_stated
from scraper.model import StatedComment
from scraper.parse.feed import read_feed
from scraper.run.boundary import PAGE_SECONDS, Mishap, attempt
from scraper.run.captured import Reading
from scraper.run.outcomes import Judgement

STATING = frozenset({"comment_feed", "comment_api"})  # what a crawl asks for to have comments from it


def may_state(judgement: Judgement) -> bool:
    """Whether a capture that is judged so may state comments: a feed, or JSON.

    >>> may_state(Judgement("fetched", "feed")), may_state(Judgement("gone", "status 404"))
    (True, False)
    """
    reason = judgement.reason or ""
    return judgement.state == "fetched" and not judgement.readable and (reason == "feed" or "json" in reason)


def read_statement(
    reading: Reading, payload: bytes, url: str, role: str | None = None, found_on: str | None = None
) -> Reading | Mishap:
    """The reading with the comments that the document states; where it does not say on which post, on `found_on`.

    :param role: what a crawl asked for it as. Where nobody knows that, as in an import, what came has to tell: only
        comments count that name their place on a post's page, and of feeds only those of comments are looked at.
    """
    if role not in STATING and (role is not None or not may_state(reading.judgement)):
        return reading
    stated = attempt(partial(_stated_in, payload, url, reading.judgement.reason, role), PAGE_SECONDS)
    if isinstance(stated, Mishap):
        return stated
    return replace(
        reading, stated=tuple(each if each.post_url else replace(each, post_url=found_on) for each in stated)
    )


def with_statement(reading: Reading, record: WarcRecord) -> Reading:
    """The same of a record that was not asked for by us; where that fails the reading has the Mishap in its page's
    place.
    """
    if not may_state(reading.judgement):
        return reading
    found = read_statement(reading, record.payload, record.url or "")
    return replace(reading, page=found) if isinstance(found, Mishap) else found


def _stated_in(payload: bytes, url: str, reason: str | None, role: str | None) -> tuple[StatedComment, ...]:
    if role is not None:
        return read_stated(payload, url)
    if reason == "feed" and not is_comment_feed(url, read_feed(payload)):
        return ()
    return tuple(filter(_has_place, read_stated(payload, url)))


def _has_place(stated: StatedComment) -> bool:
    """Whether its address is one within its post's: what is listed as a comment may be a post."""
    permalink, post_url = stated.comment.permalink, stated.post_url
    if not (stated.comment.id and permalink and post_url):
        return False
    return "#" in permalink or permalink.rstrip("/").startswith(post_url.rstrip("/") + "/")
