"""`Answers`: what the answers to a crawl mean: what of them is stored, and what they change of the frontier."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from scraper.discover.actions import action_of
from scraper.discover.frontier import (
    LISTERS,
    PRIORITIES,
    after_good_answer,
    after_last_try,
    after_refusal,
    unlisted,
)
from scraper.discover.pages import page_leads
from scraper.discover.places import is_about, listing_kind
from scraper.discover.service_threads import thread_leads
from scraper.extract.directives import find_directives
from scraper.extract.signature import newest_time, signature_of
from scraper.fetch.client import CUT, location_of, read_target
from scraper.fetch.deadline import Stopped
from scraper.model import (
    Address,
    Capture,
    Denied,
    Exchange,
    Failed,
    Lead,
    LeadRole,
    Visit,
)
from scraper.parse.image import image_type
from scraper.run.boundary import Mishap
from scraper.run.crawling.answer import Answer, Settled, failed, is_start, judged, unchanged, with_validators
from scraper.run.crawling.blog import Blog
from scraper.run.crawling.documents import read_document
from scraper.run.crawling.placing import Placing
from scraper.run.crawling.rendering import RENDERED_TYPE
from scraper.run.crawling.repeats import Repeats
from scraper.run.crawling.robots_book import RobotsBook
from scraper.run.outcomes import header
from scraper.run.reading import Linked, Source
from scraper.run.session import Session
from scraper.run.writing import fail
from scraper.settings import Settings
from scraper.store.crawls.frontier import Listing
from scraper.store.crawls.pictures import PICTURE
from scraper.text.urls import same_site, url_key

AGAIN = frozenset({408, 425, 429})  # and 5xx: the same request may be answered later
FOR_EVER = frozenset({301, 308})  # RFC 9110, 15.4
FEW_MISSED = 5  # addresses that a list may name no more, however few it listed
PUT_OFF = timedelta(hours=1)
NO_PAGES: frozenset[LeadRole] = frozenset({"feed", "sitemap", "post_api", "comment_feed", "comment_api", "media"})
NOT_AGAIN = frozenset({"budget", "tls"})  # failures that the next try would only repeat


class Answers:
    """Settles answers for the blogs of a crawl; new captures go to the session's segment."""

    def __init__(self, session: Session, blogs: dict[int, Blog], robots: RobotsBook, settings: Settings) -> None:
        self._session, self._blogs = session, blogs
        self._settings = settings
        self._frontier = session.archive.frontier
        self._placing = Placing(blogs, self._frontier, robots)
        self._repeats = Repeats()

    def receive(self, address: Address, exchange: Exchange, capture: Capture | None = None) -> Answer:
        """The answer as it is judged."""
        return judged(address, exchange, self._settings.max_page_bytes, capture)

    def source_of(self, answer: Answer) -> Source | None:
        """The page that has to be read before the answer can be settled; None where there is none."""
        if not answer.judgement.readable or answer.is_same or answer.exchange.truncated:
            return None
        if answer.address.role in NO_PAGES:
            return None
        exchange = answer.exchange
        profile = self._session.profile_of(exchange.url)
        return Source(
            answer.payload, exchange.url, fetched_at=exchange.started_at, headers=exchange.headers, profile=profile
        )

    def settle(self, answer: Answer, linked: Linked | Mishap | None, now: datetime) -> Settled:
        """What comes of the answer; `linked` is what was read of `source_of` it."""
        return self._counted(answer.address, self._settle(answer, linked, now))

    def _counted(self, address: Address, settled: Settled) -> Settled:
        """What came of a picture or of a service's comments is a record of the run: without them no run has failed."""
        name = "picture" if address.role == "media" else "service thread"
        if settled.ended is None or (address.role != "media" and address.source != "service"):
            return settled
        is_here = settled.ended.state in ("fetched", "not_modified")
        self._session.report.records[name if is_here else f"missing {name}"] += 1
        return replace(settled, ended=None)

    def _settle(self, answer: Answer, linked: Linked | Mishap | None, now: datetime) -> Settled:
        exchange, address = answer.exchange, answer.address
        if exchange.truncated:
            detail = f"{len(exchange.body)} bytes of the body came"
            return self._settle_failure(address, Failed(address.url, CUT[exchange.truncated], detail, (exchange,)), now)
        if exchange.status == 304:
            return self._settle_not_modified(address, now)
        if location_of(exchange) is not None:
            return self._settle_redirect(answer, now)
        if answer.judgement.state in ("gone", "failed"):
            return self._settle_no_page(answer, now)
        return self._settle_good(answer, linked, now)

    def _settle_no_page(self, answer: Answer, now: datetime) -> Settled:
        if answer.judgement.state == "gone":
            return self._settle_gone(answer, now)
        again = answer.exchange.status >= 500 or answer.exchange.status in AGAIN
        capture = None if again else self._capture(answer)
        return failed(answer.address, answer.judgement.reason or "failed", now, again=again, capture=capture)

    def _settle_good(self, answer: Answer, linked: Linked | Mishap | None, now: datetime) -> Settled:
        address = answer.address
        if address.role == "media":
            return self._settle_picture(answer, now)
        if answer.is_same:
            return unchanged(with_validators(after_good_answer(address, False, None, now), answer))
        if linked is None:
            return self._settle_document(answer, now)
        if isinstance(linked, Mishap):
            return self.settle_bug(answer, linked, now)
        return self._settle_page(answer, linked, now)

    def settle_bug(self, answer: Answer, mishap: Mishap, now: datetime) -> Settled:
        """What comes of an answer that brought a bug to light: it is stored, and failed."""
        visit = Visit(answer.address.url, "fetched", None, self._capture(answer), None, answer.notices)
        visit = fail(self._session, visit, mishap)
        return Settled((visit,), (after_last_try(answer.address, now),), visit)

    def settle_failure(self, address: Address, outcome: Failed | Denied, now: datetime) -> Settled:
        """What comes of a request without a usable answer."""
        return self._counted(address, self._settle_failure(address, outcome, now))

    def _settle_failure(self, address: Address, outcome: Failed | Denied, now: datetime) -> Settled:
        reason = f"{outcome.reason}: {outcome.detail}"
        if isinstance(outcome, Denied):
            return self.settle_refusal(address, reason, now)
        is_kept = bool(outcome.exchanges) and address.role != "media"
        capture = self._session.segment.write_exchange(outcome.exchanges[-1]) if is_kept else None
        return failed(address, reason, now, again=outcome.reason not in NOT_AGAIN, capture=capture)

    def settle_refusal(self, address: Address, reason: str, now: datetime) -> Settled:
        """What comes of an address that may not be asked for."""
        visit = Visit(address.url, "refused", reason)
        self._tell_of_start(address, visit)
        return self._counted(address, Settled((visit,), (after_refusal(address, now),), visit))

    def _tell_of_start(self, address: Address, visit: Visit) -> None:
        """Says of a blog's first page why it is not had: of other pages that is expected, and no failure of the run."""
        if is_start(address):
            self._session.report.is_waiting = True
            line = f"the blog's first page is {visit.state}: {visit.reason}"
            self._session.archive.event("warning", address.url, line)
            self._session.watcher.note(f"{address.url}: {line}")

    def settle_put_off(self, address: Address, why: str, is_down: bool, now: datetime) -> Settled:
        """What comes of an address whose robots.txt says nothing; one that was never asked for has no other state."""
        changed = replace(address, due_at=now + PUT_OFF)
        if address.checked_at is not None:
            return Settled((), (changed,))
        visit = Visit(address.url, "failed" if is_down else "refused", f"robots: {why}")
        return self._counted(address, Settled((visit,), (changed,), visit))

    # ---- good answers

    def _settle_not_modified(self, address: Address, now: datetime) -> Settled:
        if address.etag is None and address.last_modified is None:
            return failed(address, "protocol: 304 without having been asked for it", now, again=False)
        return unchanged(after_good_answer(address, False, None, now))

    def _settle_gone(self, answer: Answer, now: datetime) -> Settled:
        address = answer.address
        signature = f"status {answer.exchange.status}"
        is_news = address.signature != signature
        visit = Visit(address.url, "gone", answer.judgement.reason, self._capture(answer) if is_news else None)
        self._tell_of_start(address, visit)
        changed = after_good_answer(address, is_news, None, now, is_gone=True)
        changed = replace(changed, signature=signature, payload_sha256=None, etag=None, last_modified=None)
        return Settled((visit,), (changed,), visit)

    def _settle_document(self, answer: Answer, now: datetime) -> Settled:
        """A feed, a sitemap or another document that is no page."""
        address, reason = answer.address, answer.judgement.reason
        if answer.judgement.readable:
            return self._settle_no_document(answer, now)
        if self._asks_not(find_directives(None, answer.exchange.headers)):
            return _not_archived(after_refusal(address, now))
        leads, stated = read_document(answer)
        visit = Visit(address.url, "fetched", reason, self._capture(answer), None, answer.notices, stated)
        changed = with_validators(after_good_answer(address, True, None, now), answer)
        placed, keys = self._placing.place_named(address, leads, now)
        if address.role not in LISTERS:
            return Settled((visit,), (changed, *placed), visit)
        missed: Sequence[Address] = ()
        if address.every_run and address.role != "post_api":  # whose first page lists what changed last
            listed = self._frontier.listed(address.id)
            missed = unlisted(listed, keys, now, is_window=address.role == "feed")
            if len(missed) > max(FEW_MISSED, len(listed) / 2):  # more likely it is the list that has gone wrong
                self._session.archive.event("warning", address.url, f"lists {len(missed)} of {len(listed)} no more")
                missed = ()
        return Settled((visit,), (changed, *placed, *missed), visit, Listing(address.id, address.crawl_id, keys))

    def _settle_no_document(self, answer: Answer, now: datetime) -> Settled:
        """An HTML page where a feed, a sitemap or an interface was to be: as good as none, but it may lead on."""
        visit = Visit(answer.address.url, "skipped", f"an HTML page, no {answer.address.role.replace('_', ' ')}")
        changed = after_good_answer(answer.address, False, None, now, is_gone=True)
        leads = thread_leads(answer.payload, answer.address.url) if answer.address.source == "service" else ()
        placed = self._placing.place(answer.address, leads, now)
        return Settled((visit,), (changed, *placed), visit)

    def _settle_picture(self, answer: Answer, now: datetime) -> Settled:
        """A picture that was asked for: stored once by its bytes; what is none is not."""
        address, exchange = answer.address, answer.exchange
        if self._asks_not(find_directives(None, exchange.headers)):
            return _not_archived(after_refusal(address, now))
        kind = image_type(header(exchange.headers, "content-type"), answer.payload)
        changed = after_good_answer(address, kind is not None, None, now)
        if kind is None:
            visit = Visit(address.url, "skipped", f"no picture: {answer.judgement.reason or 'HTML'}")
            return Settled((visit,), (changed,), visit)
        same = self._session.archive.pictures.same_payload(hashlib.sha256(exchange.body).hexdigest())
        capture = answer.capture or self._session.segment.write_exchange(exchange, refers_to=same)
        visit = Visit(address.url, "fetched", f"{PICTURE}{kind}", capture, None, answer.notices)
        return Settled((visit,), (changed,), visit)

    def _settle_page(self, answer: Answer, linked: Linked, now: datetime) -> Settled:
        address, page = answer.address, linked.page
        blog = self._blogs[address.crawl_id]
        address, began = self._start_at(blog, address)
        is_post = page.post is not None  # of a list, what it links to tells whether it is as it was
        links = self._repeats.new_links(address.crawl_id, linked.links) if is_post else linked.links
        leads = page_leads(page, links, blog.lets_in, blog.is_post, blog.may_hold, blog.leaves_out)
        is_own = page.comment_page is None and address.role != "comment_page"  # others of a thread repeat its post
        if page.post is not None and is_own and self._repeats.says_again(address.crawl_id, page.post.text):
            leads = ()
        if is_start(address):
            leads = (*leads, *self._placing.first_guesses(page, leads, address.crawl_id, now))
        signature = signature_of(page, (lead.url for lead in leads))
        is_news = signature != address.signature
        changed = after_good_answer(address, is_news, newest_time(page), now)
        changed = replace(with_validators(changed, answer), signature=signature)
        placed = (*self._placing.place(address, leads, now), *began)
        if page.kind == "listing" or address.role == "listing":
            blog.read_list(address.url, leads, any(not each.id and each.role == "post" for each in placed), now)
        elif address.role == "comment_page":
            blog.read_thread(address.url, page.comments)
        if not is_news:
            return unchanged(changed, placed)
        if self._asks_not(page.robots):
            return _not_archived(changed, placed)
        if answer.rendered is None:
            visit = Visit(address.url, "fetched", None, self._capture(answer), page, answer.notices)
            return Settled((visit,), (changed, *placed), visit)
        raw = self._capture(answer)
        shown = self._session.segment.write_conversion(raw, answer.rendered, RENDERED_TYPE, now)
        visit = Visit(address.url, "fetched", None, shown, page, answer.notices)
        return Settled((Visit(address.url, "fetched", "rendered", raw), visit), (changed, *placed), visit)

    def _asks_not(self, directives: Iterable[str]) -> bool:
        return "noarchive" in directives and not self._settings.keep_noarchive

    def _settle_redirect(self, answer: Answer, now: datetime) -> Settled:
        address, exchange = answer.address, answer.exchange
        try:
            target, _ = read_target(address.url, location_of(exchange) or "")
        except Stopped as stop:
            return failed(address, f"{stop.reason}: {stop.detail}", now, again=False, capture=self._capture(answer))
        if target == address.url:
            return failed(address, f"redirects: in a circle, back to {target}", now, again=False)
        if address.hops >= self._settings.max_redirects:
            reason = f"redirects: {address.hops} in a row, the last to {target}"
            return failed(address, reason, now, again=False)
        signature = f"redirect to {target}"
        capture = None if signature == address.signature else self._capture(answer)
        reason = f"redirect to {header(exchange.headers, 'location')}"
        self._session.report.records["redirect"] += 1
        if url_key(target) == address.url_key:  # another spelling: it is asked for in place of the first
            visit = Visit(address.url, "fetched", reason, capture)
            return Settled((visit,), (replace(address, url=target, hops=address.hops + 1, due_at=now),))
        refusal = self._no_way(address, target)
        moves = is_start(address) and exchange.status in FOR_EVER and action_of(target) is None
        if refusal and not moves:
            visit = Visit(address.url, "refused", f"scope: redirects to {target}: {refusal}", capture)
            self._tell_of_start(address, visit)
            return Settled((visit,), (replace(after_refusal(address, now), signature=signature),), visit)
        led_to = [
            replace(each, hops=address.hops + 1, depth=address.depth, every_run=address.every_run)
            for each in self._placing.place(
                address, [Lead(target, address.role, address.source)], now, anywhere=bool(refusal)
            )
        ]
        changed = replace(after_good_answer(address, capture is not None, None, now), signature=signature)
        if exchange.status in FOR_EVER:
            changed = replace(changed, due_at=None, every_run=False)
        return Settled((Visit(address.url, "fetched", reason, capture),), (changed, *led_to))

    def _no_way(self, address: Address, target: str) -> str | None:
        """Why a redirect is not followed: it leads out of the blog, or from one service of comments to another."""
        if address.source == "service":
            return None if same_site(address.url, target) else "another site"
        return self._blogs[address.crawl_id].scope.refusal(target, "media" if address.role == "media" else None)

    def _start_at(self, blog: Blog, address: Address) -> tuple[Address, tuple[Address, ...]]:
        """The address, which the blog starts at from now on if that is its first page; and what it started at before.

        A blog may have been given by one of its posts; that is then a post as the others are.
        """
        if is_start(address):
            if blog.scope.refusal(address.url):
                self._move(blog, address.url)
            return address, ()
        before = blog.crawl.url
        if not blog.scope.is_front(address.url) or blog.scope.is_front(before):
            return address, ()
        if not self._frontier.move(blog.crawl.id, address.url):  # another choice of its posts starts there
            return address, ()
        self._session.archive.event("info", before, f"the blog's first page is {address.url}")
        blog.move(address.url)
        role: LeadRole = "listing" if listing_kind(before) else "page" if is_about(before) else "post"
        known = self._frontier.known(blog.crawl.id, {url_key(before)}).values()
        began = (each for each in known if is_start(each))
        others = tuple(replace(each, role=role, every_run=False, priority=PRIORITIES[role]) for each in began)
        return replace(address, role="home", depth=0, every_run=True), others

    def _move(self, blog: Blog, url: str) -> None:
        """Goes on with the blog where its first page has led to for ever, and has answered."""
        if self._frontier.move(blog.crawl.id, url):
            self._session.archive.event("info", blog.crawl.url, f"the blog is at {url} now")
            blog.move(url)
        else:
            self._session.archive.event("warning", blog.crawl.url, f"has moved to {url}, which is crawled already")

    def _capture(self, answer: Answer) -> Capture:
        return answer.capture or self._session.segment.write_exchange(answer.exchange)


def _not_archived(address: Address, placed: Sequence[Address] = ()) -> Settled:
    """What comes of what asks not to be archived: nothing of it is kept, so that it can be when that is allowed."""
    visit = Visit(address.url, "refused", "noarchive: the page asks not to be archived")
    changed = replace(address, etag=None, last_modified=None, payload_sha256=None, signature=None)
    return Settled((visit,), (changed, *placed), visit)
