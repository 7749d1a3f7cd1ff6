"""Documents that state comments apart from their post's page: `may_state`, and `read_statement` for what they say."""

from __future__ import annotations

from collections.abc import Iterable
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
from scraper.text.urls import same_site

STATING = frozenset({"comment_feed", "comment_api"})  # what a crawl asks for to have comments from it


def may_state(judgement: Judgement) -> bool:
    """Whether a capture that is judged so may state comments: a feed, or JSON.

    >>> may_state(Judgement("fetched", "feed")), may_state(Judgement("gone", "status 404"))
    (True, False)
    """
    reason = judgement.reason or ""
    return judgement.state == "fetched" and not judgement.readable and (reason == "feed" or "json" in reason)


def read_statement(
    reading: Reading,
    payload: bytes,
    url: str,
    role: str | None = None,
    found_on: str | None = None,
    *,
    is_ours: bool = False,
) -> Reading | Mishap:
    """The reading with the comments that the document states; where it does not say on which post, on `found_on`.

    :param role: what a crawl asked for it as. Where nobody knows that, as in an import, what came has to tell: only
        comments count that name their place on a page of the same site, and of feeds only those of comments are looked
        at.
    :param is_ours: whether a crawl of ours asked for it, as whatever: then all count that are of one post, too.
    """
    if role not in STATING and (role is not None or not may_state(reading.judgement)):
        return reading
    is_feed = reading.judgement.reason == "feed"
    read = partial(read_stated, payload, url) if role else partial(_recognised, payload, url, is_feed, is_ours)
    stated = attempt(read, PAGE_SECONDS)
    return stated if isinstance(stated, Mishap) else replace(reading, stated=placed(stated, url, found_on))


def placed(stated: Iterable[StatedComment], url: str, found_on: str | None) -> tuple[StatedComment, ...]:
    """Each with its post, which is `found_on` where the document at `url` says none.

    Those under posts of other sites than these two are left out: another site's word must not write there.
    """
    return tuple(
        each if each.post_url else replace(each, post_url=found_on)
        for each in stated
        if each.post_url is None
        or same_site(each.post_url, url)
        or (found_on is not None and same_site(each.post_url, found_on))
    )


def with_statement(reading: Reading, record: WarcRecord) -> Reading:
    """The same of a record that somebody else asked for; where that fails, with the Mishap in its page's place."""
    if not may_state(reading.judgement):
        return reading
    found = read_statement(reading, record.payload, record.url or "")
    return replace(reading, page=found) if isinstance(found, Mishap) else found


def _recognised(payload: bytes, url: str, is_feed: bool, is_ours: bool) -> tuple[StatedComment, ...]:
    """What a document states of which nobody knows why it was asked for."""
    if is_feed and not is_comment_feed(url, read_feed(payload)):
        return ()
    stated = read_stated(payload, url)
    if is_ours and (not is_feed or is_comment_feed(url)) and len({each.post_url for each in stated}) == 1:
        return stated
    return tuple(each for each in stated if _has_place(each, url))


def _has_place(stated: StatedComment, url: str) -> bool:
    """Whether its address is one within its post's, of the site that states it: what is listed may be a post."""
    permalink, post_url = stated.comment.permalink, stated.post_url
    if not (stated.comment.id and permalink and post_url and same_site(post_url, url)):
        return False
    if "#" in permalink:
        return same_site(permalink, post_url)
    return permalink.rstrip("/").startswith(post_url.rstrip("/") + "/")
