"""`Asker`: one URL at once, redirects and robots.txt included, by the rules of all requests of a crawl."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from scraper.fetch.client import CUT, DENIALS, location_of, origin_of, read_target
from scraper.fetch.deadline import Stopped
from scraper.fetch.requester import Requester
from scraper.fetch.robots import Rules
from scraper.model import Denied, Exchange, Failed, Fetched, FetchOutcome
from scraper.run.crawling.asking import NO_HEADERS, Asked, ask, ask_robots
from scraper.run.crawling.robots_book import RobotsBook, RobotsErrand, go_on
from scraper.run.crawling.rounds import PATIENCE, Rounds
from scraper.store.crawls.frontier import RobotsRow
from scraper.text.hosting import politeness_group

LONGEST_PAUSE = 30.0  # seconds; servers that rest for longer are not waited for while a page is rendered


@dataclass(frozen=True, slots=True)
class Manners:
    """What is known of those who are asked, and who keeps what came: each answer's pace, each step to a robots.txt."""

    robots: RobotsBook
    rounds: Rounds
    clock: Callable[[], datetime]
    keep_pace: Callable[[str, Asked, Rules | None], None]
    keep_robots: Callable[[Exchange | Denied | Failed, RobotsErrand | RobotsRow, str], None]


class Asker:
    """Asks while nothing else of the run is in flight: so no group of servers is asked two things at a time."""

    def __init__(self, requester: Requester, manners: Manners) -> None:
        self._requester, self._settings = requester, requester.settings
        self._manners = manners

    def ask(self, url: str, headers: Mapping[str, str]) -> Exchange | None:
        """The answer for a page's script; None where a rule forbids it, or nothing usable came soon."""
        outcome = self.fetch(url, headers, LONGEST_PAUSE)
        return outcome.exchanges[-1] if isinstance(outcome, Fetched) else None

    def fetch(self, url: str, headers: Mapping[str, str] = NO_HEADERS, patience: float = PATIENCE) -> FetchOutcome:
        """Fetched with the answer (whatever its HTTP status) and the redirects before it, or Denied, or Failed.

        Waits before each request until its servers may be asked, but no longer than `patience`, in seconds.
        """
        exchanges: list[Exchange] = []
        try:
            for exchange in self._hops(url, headers, patience):
                exchanges.append(exchange)
                if exchange.truncated:
                    raise Stopped(CUT[exchange.truncated], f"{len(exchange.body)} bytes of the body came")
        except Stopped as stop:
            shape = Denied if stop.reason in DENIALS else Failed
            return shape(url, stop.reason, stop.detail, tuple(exchanges))
        return Fetched(url, tuple(exchanges))

    def _hops(self, url: str, headers: Mapping[str, str], patience: float) -> Iterator[Exchange]:
        """One exchange after the other until one redirects no further; Stopped where the next may not be made."""
        current, _ = read_target(None, url)
        seen: set[str] = set()
        budget = self._settings.max_wire_bytes
        while True:
            if current in seen:
                raise Stopped("redirects", f"in a circle, back to {current}")
            if len(seen) > self._settings.max_redirects:
                raise Stopped("redirects", f"{len(seen)} in a row, the last to {current}")
            seen.add(current)
            rules = self._judge(current, patience)
            asked = self._paced(current, partial(ask, self._requester, current, budget, headers), rules, patience)
            if not isinstance(asked.outcome, Exchange):
                raise Stopped(asked.outcome.reason, asked.outcome.detail)
            yield asked.outcome
            budget = max(0, budget - len(asked.outcome.body))
            location = location_of(asked.outcome)
            if location is None:
                return
            current, _ = read_target(current, location)

    def _judge(self, url: str, patience: float) -> Rules:
        """The rules of the URL's origin, which let this program fetch it; else Stopped."""
        rules = self._rules(url, patience)
        if rules.allows(self._settings.user_agent, url):
            return rules
        row = self._manners.robots.outcome(origin_of(url))
        if row is not None and row.status is None and row.why:  # nothing came: for the reason that the page has too
            reason, _, detail = row.why.removeprefix("robots.txt: ").partition(": ")
            raise Stopped(reason, f"robots.txt: {detail}")
        raise Stopped("robots", rules.why if rules.verdict is not None else f"robots.txt disallows {url}")

    def _rules(self, url: str, patience: float) -> Rules:
        """The rules for this URL, asked for if need be."""
        manners, origin = self._manners, origin_of(url)
        errand = RobotsErrand(origin, politeness_group(url), f"{origin}/robots.txt")
        while (rules := manners.robots.rules(url, manners.clock())) is None:
            asked = self._paced(errand.url, partial(ask_robots, self._requester, errand.url), None, patience)
            found = go_on(errand, asked, manners.clock())
            manners.keep_robots(asked.outcome, found, politeness_group(errand.url))
            errand = found if isinstance(found, RobotsErrand) else errand
        return rules

    def _paced(self, url: str, work: Callable[[], Asked], rules: Rules | None, patience: float) -> Asked:
        """One request once its group may be asked; Stopped where that is not soon."""
        group = politeness_group(url)
        pace = self._manners.rounds.pace(group)
        if not self._manners.rounds.has(group):
            raise Stopped("pace", f"{group} is left to another share")
        pause = pace.wait(self._manners.clock())
        if pause > patience:
            until = f"{pace.ready_at:%Y-%m-%d %H:%M} UTC" if pace.ready_at else "later"
            raise Stopped("pace", f"{group} is left alone until {until}: {pace.waits_for or 'it asks for a long rest'}")
        time.sleep(pause)
        asked = work()
        self._manners.keep_pace(group, asked, rules)
        return asked
