"""`Asker`: one request at once, for a page that is being rendered, by the rules of all requests of a crawl."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from scraper.fetch.client import location_of, origin_of, read_target
from scraper.fetch.deadline import Stopped
from scraper.fetch.requester import Requester
from scraper.fetch.robots import Rules
from scraper.model import Denied, Exchange, Failed
from scraper.run.asking import Asked, ask, ask_robots
from scraper.run.robots_book import RobotsBook, RobotsErrand, go_on
from scraper.run.rounds import Rounds
from scraper.settings import Settings
from scraper.store.frontier import RobotsRow
from scraper.text.hosting import politeness_group

LONGEST_PAUSE = 30.0  # seconds; servers that want to be left alone for longer are not asked
KeepPace = Callable[[str, Asked, Rules | None], None]
KeepRobots = Callable[[Exchange | Denied | Failed, RobotsRow, str], None]


class Asker:
    """Asks while nothing else of the crawl is in flight: so no group of servers is asked two things at a time.

    Without cookies and passwords: what asks is somebody's script.
    """

    def __init__(
        self, requester: Requester, robots: RobotsBook, rounds: Rounds, settings: Settings,
        clock: Callable[[], datetime], keep_pace: KeepPace, keep_robots: KeepRobots,
    ) -> None:  # fmt: skip
        self._requester = requester.without_secrets()
        self._robots, self._rounds, self._settings = robots, rounds, settings
        self._now = clock
        self._keep_pace, self._keep_robots = keep_pace, keep_robots

    def ask(self, url: str, headers: Mapping[str, str]) -> Exchange | None:
        """The answer, with redirects followed; None where a rule forbids it, or nothing usable came."""
        try:
            for _ in range(self._settings.max_redirects + 1):
                url, _ = read_target(None, url)
                rules = self._rules(url)
                if rules is None or not rules.allows(self._settings.user_agent, url):
                    return None
                most = self._settings.max_wire_bytes
                work = partial(ask, self._requester, url, most, headers)
                asked = self._paced(url, work, rules)
                if asked is None or not isinstance(asked.outcome, Exchange):
                    return None
                location = location_of(asked.outcome)
                if location is None:
                    return asked.outcome
                url, _ = read_target(url, location)
        except Stopped:
            return None
        return None

    def _rules(self, url: str) -> Rules | None:
        """The rules for this URL, asked for if need be."""
        origin = origin_of(url)
        errand = RobotsErrand(origin, politeness_group(url), f"{origin}/robots.txt")
        while (rules := self._robots.rules(url, self._now())) is None:
            asked = self._paced(errand.url, partial(ask_robots, self._requester, errand.url), None)
            if asked is None:
                return None
            found = go_on(errand, asked, self._now())
            if isinstance(found, RobotsErrand):
                errand = found
            else:
                self._keep_robots(asked.outcome, found, politeness_group(errand.url))
        return rules

    def _paced(self, url: str, work: Callable[[], Asked], rules: Rules | None) -> Asked | None:
        """One request once its group may be asked; None where that is not soon."""
        group = politeness_group(url)
        pace = self._rounds.pace(group)
        pause = pace.wait(self._now())
        if pace.is_down or pause > LONGEST_PAUSE:
            return None
        time.sleep(pause)
        asked = work()
        self._keep_pace(group, asked, rules)
        return asked
