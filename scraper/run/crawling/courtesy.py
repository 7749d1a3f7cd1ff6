"""`Courtesy`: how a run that asks for one URL after the other treats servers, and what it learns of them."""

from __future__ import annotations

from collections.abc import Callable

from scraper.fetch.requester import Requester
from scraper.fetch.robots import Rules
from scraper.model import Denied, Exchange, Failed
from scraper.run.crawling.asker import Manners
from scraper.run.crawling.asking import Asked, paced
from scraper.run.crawling.robots_book import RobotsBook, RobotsErrand
from scraper.run.crawling.rounds import Rounds
from scraper.run.session import Session
from scraper.store.crawls.frontier import HostRow, RobotsRow, Step


class Courtesy:
    """Servers are asked as a crawl asks them: `manners` begin with what the archive knows, `take_steps` is what is new.

    :param delay: the least time in seconds between two requests to the same servers.
    :param keep: is given each answer to a request for a robots.txt.
    """

    def __init__(self, session: Session, requester: Requester, delay: float, keep: Callable[[Exchange], None]) -> None:
        frontier = session.archive.frontier
        self._clock, self._records = session.watcher.clock, session.report.records
        self._delay, self._user_agent, self._keep = delay, requester.settings.user_agent, keep
        self._rounds, self._robots = Rounds.of(frontier.hosts().values()), RobotsBook(frontier.robots)
        self.manners = Manners(self._robots, self._rounds, self._clock, self._keep_pace, self._keep_robots)
        self._hosts: dict[str, HostRow] = {}
        self._rules: list[RobotsRow] = []

    def take_steps(self) -> list[Step]:
        """What was learned since the last time."""
        steps = [*(Step(host=row) for row in self._hosts.values()), *(Step(robots=row) for row in self._rules)]
        self._hosts, self._rules = {}, []
        return steps

    def _keep_pace(self, group: str, asked: Asked, rules: Rules | None) -> None:
        """Notes when the group may be asked again."""
        wanted = rules.crawl_delay(self._user_agent) if rules else None
        delay = max(self._delay, wanted or 0.0)
        pace = paced(self._rounds.pace(group), asked, self._clock(), delay)
        self._rounds.keep(group, pace)
        self._hosts[group] = HostRow(group, pace.ready_at, pace.latency, pace.failures, pace.waits_for)

    def _keep_robots(self, outcome: Exchange | Denied | Failed, found: RobotsErrand | RobotsRow, group: str) -> None:
        """Notes what came of a request for a robots.txt."""
        if isinstance(outcome, Exchange):
            self._keep(outcome)
            self._records["robots.txt"] += 1
        if isinstance(found, RobotsRow):
            self._robots.keep(found)
            self._rules.append(found)
