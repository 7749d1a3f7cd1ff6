"""`grab_mementos`: what a web archive has of some URLs, into an archive of ours, each copy as of its own time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path

from scraper.capture.coding import decode_body
from scraper.capture.memento import original_of
from scraper.errors import UsageError
from scraper.fetch.pace import OF_THE_HOST
from scraper.fetch.requester import Requester
from scraper.model import Denied, Exchange, Failed, Fetched, Visit
from scraper.parse.cdx import Listed, NotListed, Resume, read_cdx
from scraper.run.boundary import PAGE_SECONDS, Mishap, attempt
from scraper.run.crawling.asker import Asker
from scraper.run.crawling.courtesy import Courtesy
from scraper.run.leftovers import open_session
from scraper.run.outcomes import judge_response
from scraper.run.reading import Source, read_source
from scraper.run.recipes import LoadedRecipe
from scraper.run.report import Report
from scraper.run.session import Session
from scraper.run.watcher import Watcher
from scraper.run.writing import fail, write_visits
from scraper.settings import Settings
from scraper.text.mementos import WAYBACK, Memento, list_address, memento_address
from scraper.text.urls import no_web_address, resolve, url_key

NONE = "not in the web archive"
SAME = "same as the copy before it"
LEFT_ALONE = frozenset({"robots", "pace", "address"})  # why nothing more is asked of the archive's servers
TRIES = 3  # of a request that the archive's servers have no answer to
READ = frozenset(
    ("text/html application/xhtml+xml application/rss+xml application/atom+xml application/rdf+xml text/xml"
     " application/xml warc/revisit unk").split()
) | {""}  # fmt: skip
Ended = Denied | Failed


@dataclass(frozen=True, slots=True)
class MementoOptions:
    """Which web archive is asked, for copies of which time (aware), and how seldom, in seconds."""

    server: str = WAYBACK
    since: datetime | None = None
    until: datetime | None = None
    delay: float = 1.0


def grab_mementos(
    archive_path: Path, urls: Sequence[str], options: MementoOptions, settings: Settings,
    watcher: Watcher | None = None, recipe: LoadedRecipe | None = None,
) -> Report:  # fmt: skip
    """Takes in all copies of pages and feeds that a web archive lists of the URLs, or of what begins with one that ends
    in '*'; returns the counts.

    Of copies in a row with the same bytes the first is asked for; what is held already is not asked for again. Each is
    stored before the next is asked for. Raises UsageError for what is no http(s) URL, and for settings that log in or
    render.
    """
    for url in (*urls, options.server):
        if resolve(None, url) is None:
            raise UsageError(no_web_address(url), url)
    if settings.secrets or settings.render != "none":
        raise UsageError("copies are taken as they are: with --wayback there is no --render, --cookies or --auth")
    watcher = watcher or Watcher()
    with Requester(settings) as requester, open_session(archive_path, "grab", settings, watcher, recipe) as session:
        collector = _Collector(session, requester, options)
        for url in urls:
            collector.collect(url)
        collector.keep()
        return session.report


class _Collector:
    """Asks one web archive for one thing after the other."""

    def __init__(self, session: Session, requester: Requester, options: MementoOptions) -> None:
        self._session, self._options = session, options
        self._max_bytes = requester.settings.max_page_bytes
        self._visits: list[Visit] = []
        self._courtesy = Courtesy(session, requester, options.delay, self._add_robots)
        self._asker = Asker(requester, self._courtesy.manners)
        self._is_over = False  # the archive's servers want to be left alone

    @property
    def _stops(self) -> bool:
        return self._is_over or self._session.watcher.stop.is_wanted

    def collect(self, url: str) -> None:
        """Takes in the copies of the URL, list by list."""
        before: Listed | None = None  # what was listed last, if it is held now, or one with the same bytes
        for each in self._listed(url):
            if isinstance(each, Visit):
                self._drop(each)
            elif self._stops:
                return
            elif isinstance(each, NotListed):
                where = f"list of {url}, line {each.line}"
                self._drop(Visit(where, "failed", f"damaged line: {each.reason}"), "damaged")
            else:
                reason = self._why_not(each, before)
                if reason is None:
                    before = each if self._take(each) else None
                    continue
                before = before if reason == SAME else None
                self._drop(Visit(each.url, "skipped", reason))

    def keep(self) -> None:
        """Stores what was learned of servers since the last copy."""
        steps = self._courtesy.take_steps()
        if self._visits or steps:
            write_visits(self._session, self._visits, steps)
        self._visits = []

    def _listed(self, url: str) -> Iterator[Listed | NotListed | Visit]:
        """What the archive lists of the URL, each part of a long list when it is needed; a Visit that says why none."""
        options = self._options
        resume: str | None = None
        for part in count():
            outcome = self._fetch(list_address(options.server, url, options.since, options.until, resume))
            if isinstance(outcome, Exchange) and outcome.status == 404 and part == 0:  # pywb's, where it has none
                yield Visit(url, "skipped", NONE)
                return
            if not isinstance(outcome, Exchange) or outcome.status != 200:
                yield self._bad_end(url, outcome, "the list of copies")
                return
            self._session.report.records["list of captures"] += 1
            text = decode_body(outcome.body, outcome.headers, self._max_bytes).data.decode("utf-8", "replace")
            found = list(read_cdx(text.split("\n")))
            if not found and part == 0:
                yield Visit(url, "skipped", NONE)
            yield from (each for each in found if not isinstance(each, Resume))
            before, resume = resume, next((each.key for each in found if isinstance(each, Resume)), None)
            if resume in (None, before):
                return

    def _why_not(self, listed: Listed, before: Listed | None) -> str | None:
        """Why the copy is not asked for; None where it is."""
        since, until = self._options.since, self._options.until
        if (since and listed.at < since) or (until and listed.at > until):
            return "of another time"
        if listed.status not in (None, 200):
            return f"status {listed.status}"
        if listed.media_type not in READ:
            return listed.media_type
        same = before is not None and before.digest == listed.digest and url_key(before.url) == url_key(listed.url)
        return SAME if same and listed.digest else None

    def _take(self, listed: Listed) -> bool:
        """Asks for the copy and stores it, or tells why there is none; whether it is held now."""
        if self._session.archive.forgotten.has_url(listed.url):
            self._session.end(Visit(listed.url, "refused", "forgotten"))
            return False
        if self._session.archive.has_capture(listed.url, listed.at):
            self._drop(Visit(listed.url, "skipped", "held already"), "held")
            return True
        address = memento_address(self._options.server, Memento(listed.url, listed.at))
        answer = self._fetch(address)
        original = original_of(answer) if isinstance(answer, Exchange) else None
        if original is None or not isinstance(answer, Exchange):
            self._drop(self._bad_end(address, answer, "the copy"))
            return False
        digest = hashlib.sha256(original.body).hexdigest()
        if self._session.archive.holds(original.url, digest, original.started_at):
            self._drop(Visit(original.url, "skipped", "held already"), "held")
            return True
        self._visits.append(self._visit(original, answer.url))
        written = write_visits(self._session, self._visits, self._courtesy.take_steps())
        self._visits = []
        self._session.end(written[-1])
        return True

    def _visit(self, original: Exchange, source: str) -> Visit:
        """The copy with what it shows, its bytes in the segment."""
        capture = self._session.segment.write_memento(original, source, self._session.watcher.clock())
        body = decode_body(original.body, original.headers, self._max_bytes)
        judgement = judge_response(original.status, original.headers, body.data)
        visit = Visit(original.url, judgement.state, judgement.reason, capture, None, body.notices)
        if not judgement.readable:
            return visit
        shown = Source(
            body.data,
            original.url,
            fetched_at=original.started_at,
            headers=original.headers,
            profile=self._session.profile_of(original.url),
        )
        page = attempt(lambda: read_source(shown, self._session.recipes), PAGE_SECONDS)
        return fail(self._session, visit, page) if isinstance(page, Mishap) else replace(visit, page=page)

    def _fetch(self, address: str) -> Exchange | Ended:
        """The answer, tried again where the servers have none; they are waited for as they ask."""
        outcome: Exchange | Ended = Failed(address, "protocol", "no answer")
        for _ in range(TRIES):
            fetched = self._asker.fetch(address)
            outcome = fetched.exchanges[-1] if isinstance(fetched, Fetched) else fetched
            if isinstance(outcome, Denied) or (isinstance(outcome, Exchange) and outcome.status not in OF_THE_HOST):
                break
        return outcome

    def _bad_end(self, url: str, outcome: Exchange | Ended, what: str) -> Visit:
        """Why something could not be had. Where its servers are to be left alone, nothing else is asked for."""
        if isinstance(outcome, Exchange):
            what = f"{what}: status {outcome.status}" if outcome.status >= 300 else f"{what}: no memento came"
            return Visit(url, "failed", what)
        self._is_over = isinstance(outcome, Denied) and outcome.reason in LEFT_ALONE
        self._session.report.is_waiting |= outcome.reason == "pace"
        reason = f"{what}: {outcome.reason}: {outcome.detail}"
        return Visit(url, "refused" if isinstance(outcome, Denied) else "failed", reason)

    def _drop(self, visit: Visit, state: str | None = None) -> None:
        """Counts what leaves no row; what went wrong is an event."""
        if visit.state != "skipped":
            self._session.archive.event("error", visit.url, visit.reason or visit.state)
        elif state is None:
            self._session.report.skip(visit.url, visit.reason or "not read")
        self._session.end(visit, state)

    def _add_robots(self, exchange: Exchange) -> None:
        """Keeps the answer to a request for a robots.txt, to be written with the next copy."""
        capture = self._session.segment.write_exchange(exchange)
        body = decode_body(exchange.body, exchange.headers, self._max_bytes)
        judgement = judge_response(exchange.status, exchange.headers, body.data)
        self._visits.append(Visit(exchange.url, judgement.state, judgement.reason, capture, None, body.notices))
