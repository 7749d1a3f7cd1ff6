"""`grab`: these URLs, fetched once, into an archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from scraper.capture.coding import decode_body
from scraper.errors import UsageError
from scraper.fetch.access import limit_to, url_auth
from scraper.fetch.client import read_target
from scraper.fetch.deadline import Stopped
from scraper.fetch.requester import Requester
from scraper.model import Denied, Exchange, Fetched, FetchOutcome, Visit, VisitState
from scraper.run.boundary import PAGE_SECONDS, Mishap, attempt
from scraper.run.crawling.asker import Asker
from scraper.run.crawling.courtesy import Courtesy
from scraper.run.crawling.rendering import RENDERED_TYPE, Renderer, need_renderer, rendered_source
from scraper.run.leftovers import open_session
from scraper.run.outcomes import header, judge_response
from scraper.run.reading import Source, read_source
from scraper.run.recipes import LoadedRecipe
from scraper.run.report import Report
from scraper.run.session import Session
from scraper.run.watcher import Watcher
from scraper.run.writing import fail, write_visits
from scraper.settings import Secret, Settings
from scraper.text.urls import no_web_address, resolve


def grab(
    archive_path: Path, urls: Sequence[str], settings: Settings, watcher: Watcher | None = None, delay: float = 1.0,
    recipe: LoadedRecipe | None = None,
) -> Report:  # fmt: skip
    """Fetches the URLs in their order into the archive, which is made if need be; returns the counts.

    `delay` is the least time in seconds between two requests to the same servers, which are asked as a crawl asks
    them; the archive remembers how. Each page is stored before the next is asked for. Raises UsageError, before
    anything is made or fetched, where one is no http(s) URL or a setting is wrong.
    """
    targets, secrets = _read_targets(urls)
    settings = replace(settings, secrets=limit_to((*secrets, *settings.secrets), targets))
    need_renderer(settings.render)
    watcher = watcher or Watcher()
    with (
        Requester(settings) as requester,
        Renderer(settings) as renderer,
        open_session(archive_path, "grab", settings, watcher, recipe) as session,
    ):
        grabber = _Grabber(session, requester, renderer, delay)
        for url in targets:
            if watcher.stop.is_wanted:
                break
            grabber.grab(url)
        return session.report


def _read_targets(urls: Sequence[str]) -> tuple[list[str], list[Secret]]:
    """The URLs without credentials, and these as secrets for their hosts."""
    targets, secrets = [], []
    for url in urls:
        try:
            target, pair = read_target(None, url)
        except Stopped:
            raise UsageError(no_web_address(url), url) from None
        targets.append(target)
        secrets += [url_auth(target, *pair)] if pair else []
    return targets, secrets


class _Grabber:
    """Asks for one URL after the other; all that one brought goes into one transaction, the URL's own visit last."""

    def __init__(self, session: Session, requester: Requester, renderer: Renderer, delay: float) -> None:
        self._session, self._renderer = session, renderer
        self._max_bytes = requester.settings.max_page_bytes
        self._records = session.report.records
        self._courtesy = Courtesy(
            session, requester, delay, lambda exchange: self._visits.append(self._visit(exchange))
        )
        self._asker = Asker(requester, self._courtesy.manners)
        self._page_asker = Asker(requester.without_secrets(), self._courtesy.manners)
        self._visits: list[Visit] = []

    def grab(self, url: str) -> None:
        """Stores what the URL brings, and tells how it ended."""
        self._visits = []
        if self._session.archive.forgotten.has_url(url):
            self._session.end(Visit(url, "refused", "forgotten"))
            return
        self._add_outcome(self._asker.fetch(url))
        visit = write_visits(self._session, self._visits, self._courtesy.take_steps())[-1]
        self._session.end(visit)
        if visit.state == "fetched" and (visit.page is None or visit.page.post is None):
            self._session.report.note_postless(visit.url, _what_else(visit))

    def _add(self, exchange: Exchange) -> None:
        self._visits.append(self._visit(exchange))

    def _add_outcome(self, outcome: FetchOutcome) -> None:
        """The redirects, then the answer, or what stands for one."""
        hops = list(outcome.exchanges)
        answer = hops.pop() if hops and (isinstance(outcome, Fetched) or hops[-1].truncated) else None
        for hop in hops:
            self._add(hop)
            self._records["redirect"] += 1
        if isinstance(outcome, Fetched):
            self._add_answer(outcome.exchanges[-1])
            return
        capture = self._session.segment.write_exchange(answer) if answer else None
        url = answer.url if answer else _last_target(outcome.url, hops)
        state: VisitState = "refused" if isinstance(outcome, Denied) else "failed"
        self._visits.append(Visit(url, state, f"{outcome.reason}: {outcome.detail}", capture))

    def _add_answer(self, exchange: Exchange) -> None:
        """The answer; of a page that says nothing without its scripts, also what it shows with them."""
        visit = self._visit(exchange)
        payload = decode_body(exchange.body, exchange.headers, self._max_bytes).data
        if visit.capture is None or not self._renderer.wants(payload, visit.page):
            self._visits.append(visit)
            return
        html = self._renderer.render(exchange, payload, self._page_asker.ask)
        if isinstance(html, str):
            self._session.archive.event("warning", exchange.url, f"not rendered: {html}")
            self._visits.append(visit)
            return
        now = self._session.watcher.clock()
        shown = self._session.segment.write_conversion(visit.capture, html, RENDERED_TYPE, now)
        source = Source(payload, exchange.url, fetched_at=exchange.started_at)
        self._visits.append(replace(visit, reason="rendered", page=None))
        self._visits.append(self._read(replace(visit, capture=shown), rendered_source(source, html)))

    def _visit(self, exchange: Exchange) -> Visit:
        """How one exchange ended, its bytes in the segment."""
        capture = self._session.segment.write_exchange(exchange)
        body = decode_body(exchange.body, exchange.headers, self._max_bytes)
        judgement = judge_response(exchange.status, exchange.headers, body.data)
        visit = Visit(exchange.url, judgement.state, judgement.reason, capture, None, body.notices)
        if not judgement.readable:
            return visit
        source = Source(body.data, exchange.url, fetched_at=exchange.started_at, headers=exchange.headers)
        return self._read(visit, source)

    def _read(self, visit: Visit, source: Source) -> Visit:
        """The visit with the page that the source shows."""
        source = replace(source, profile=self._session.profile_of(source.url))
        page = attempt(lambda: read_source(source, self._session.recipes), PAGE_SECONDS)
        return fail(self._session, visit, page) if isinstance(page, Mishap) else replace(visit, page=page)


def _what_else(visit: Visit) -> str:
    """What there is in place of a post, and how the posts that it tells of are had."""
    lists = "a list of posts" if visit.page is not None else "a feed" if visit.reason == "feed" else ""
    return f"{lists}, whose posts `crawl` takes in" if lists else visit.reason or "no page"


def _last_target(asked: str, hops: Sequence[Exchange]) -> str:
    """The URL that was not asked any more: where the last redirect leads, if there was one."""
    location = header(hops[-1].headers, "location") if hops else None
    target = resolve(hops[-1].url, location) if location else asked
    url, _ = read_target(None, target or asked)  # without credentials, which are stored nowhere
    return url
