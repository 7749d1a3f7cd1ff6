"""`Crawler`: the loop of a crawl. It asks, has read, and writes: one page of a group of servers at a time.

Requests run in threads and pages are read in processes; this thread alone decides and writes. What was in hand when a
run was killed is due again or, where its capture was stored, settled from that (`settle_captured`).
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from scraper.fetch.client import origin_of
from scraper.fetch.requester import Requester
from scraper.fetch.robots import Rules
from scraper.model import Address, Denied, Exchange, Failed, LeadRole
from scraper.run.boundary import Mishap, attempt
from scraper.run.crawling.answer import Answer, Settled
from scraper.run.crawling.answers import Answers
from scraper.run.crawling.asker import Asker, Manners
from scraper.run.crawling.asking import Asked, ask, ask_robots, conditions, paced
from scraper.run.crawling.blog import Blog
from scraper.run.crawling.pictures import MediaChoice, Pictures
from scraper.run.crawling.progress import Tally
from scraper.run.crawling.rendering import Renderer, rendered_source
from scraper.run.crawling.robots_book import RobotsBook, RobotsErrand, go_on, settle_robots
from scraper.run.crawling.rounds import Rounds
from scraper.run.crawling.settled import Writing
from scraper.run.crawling.shares import Share
from scraper.run.readers import Readers
from scraper.run.reading import Linked, Source
from scraper.run.session import Session
from scraper.store.crawls.frontier import RobotsRow
from scraper.text.hosting import politeness_group

LOOK = 0.5  # seconds at most until it is looked again whether the run is to stop
ASIDE = 50  # addresses in a row that turn out not to be asked for, until others have their turn
HELD = 0.1  # seconds at most that an answer waits for others to be written with it


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """How a crawl goes about it. `delay` is in seconds; `limit` is how many addresses are asked for in all.

    With `roles`, only what is taken for one of them is asked for.
    """

    delay: float = 1.0
    limit: int | None = None
    seconds: float | None = None  # for the whole run
    fetchers: int = 8  # groups that are asked at one time
    readers: int = 1  # processes that read pages; 0: this one does
    roles: frozenset[LeadRole] = frozenset()
    media: MediaChoice = "none"
    share: Share = field(default_factory=Share)  # servers of another one are not asked; what they have stays due

    @property
    def told(self) -> dict[str, object]:
        """What the run's row is to say of them, as JSON has it."""
        share = f"{self.share.number}/{self.share.of}"
        told = {"delay": self.delay, "limit": self.limit, "max_time": self.seconds, "media": self.media, "shard": share}
        return {**told, "fetchers": self.fetchers, "readers": self.readers}


class Crawler:
    """A crawl of these blogs in a session. `run` returns when nothing is due, or when it is to stop."""

    def __init__(
        self, session: Session, blogs: dict[int, Blog], requester: Requester, readers: Readers,
        renderer: Renderer, options: CrawlOptions,
    ) -> None:  # fmt: skip
        self._session, self._blogs, self._requester, self._readers = session, blogs, requester, readers
        settings = requester.settings
        self._settings, self._options = settings, options
        self._frontier = session.archive.frontier
        self._rounds = Rounds.of(self._frontier.hosts().values(), options.share)
        self._robots = RobotsBook(self._frontier.robots)
        self.answers = Answers(session, blogs, self._robots, settings)
        self._pictures = Pictures(session.archive, blogs, "none" if options.roles else options.media)
        self._renderer = renderer
        self._unrendered: list[tuple[str, Answer, Source, Linked | Mishap]] = []  # pages; their groups stay busy
        self._errands: dict[str, list[RobotsErrand]] = defaultdict(list)
        self._pending: dict[Future[Any], Callable[[Future[Any]], None]] = {}
        self._without_rules: set[str] = set()  # groups of which a robots.txt is being asked for
        self._unruled: dict[str, str] = {}  # origins without a robots.txt to go by, and why
        manners = Manners(self._robots, self._rounds, self._now, self._count_asked, self._write_robots)
        self._asker = Asker(requester.without_secrets(), manners)
        self._asked = 0
        names = {key: blog.crawl.url for key, blog in blogs.items()}
        self._tally = Tally(names, self._count_due, session.watcher.progress)
        self._writing = Writing(session, self._rounds, self._tally)
        self._ends_at = time.monotonic() + options.seconds if options.seconds is not None else None

    def run(self) -> None:
        """Asks for what is due until nothing is; stops early where it is to, with the pages in hand finished."""
        self._pictures.place(self._now())
        self._rounds.add(self._frontier.due(self._blogs, self._now()), self._now())
        threads = ThreadPoolExecutor(self._options.fetchers, thread_name_prefix="fetch")
        try:
            while True:
                if self._unrendered and not self._pending and not len(self._writing):
                    self._render(*self._unrendered.pop(0))
                if not self._unrendered:  # a page is rendered while nobody else is asked for anything
                    self._ask_all(threads)
                self._tally.tell()
                if len(self._writing) and len(self._pending) < self._options.fetchers:  # there is nobody else to ask
                    self._write_ready()
                    continue
                if self._unrendered and not self._pending:
                    continue
                if not self._pending and (self._is_over or not self._goes_on()):
                    break
                self._wait()
        except BaseException:
            self._requester.abort()
            raise
        finally:
            threads.shutdown(cancel_futures=True)
        self._pictures.link()
        aside = None if self._pictures.are_wanted else "media"
        due = self._frontier.due(self._blogs, self._now(), but=aside)
        if self._is_spent:
            self._session.report.spent = "time" if self._is_late else "requests"
        self._session.report.is_cut = self._is_spent and any(map(self._rounds.has, due))
        self._tell_who_waits()

    def settle_captured(self, answer: Answer) -> None:
        """Settles an address by a capture that an earlier run stored without getting to its end.

        Not a page that is to be rendered, which that run had not come to: it is asked for again.
        """
        source = self.answers.source_of(answer)
        linked = self._readers.result(self._readers.read(source), source) if source else None
        if self._renderer.wants(answer.payload, linked.page if isinstance(linked, Linked) else None):
            return
        self._writing.write_one(self._settled(answer, linked))

    @property
    def _is_over(self) -> bool:
        """Whether nothing more may be asked for in this run."""
        return self._is_spent or self._session.watcher.stop.is_wanted

    @property
    def _is_spent(self) -> bool:
        """Whether a budget of the run is used up."""
        if self._options.limit is not None and self._asked >= self._options.limit:
            return True
        return self._is_late

    @property
    def _is_late(self) -> bool:
        return self._ends_at is not None and time.monotonic() >= self._ends_at

    def _now(self) -> datetime:
        return self._session.watcher.clock()

    # ---- asking

    def _ask_all(self, threads: ThreadPoolExecutor) -> None:
        """Gives every free thread a request, as far as there are groups that may be asked."""
        for _ in range(self._options.fetchers - len(self._pending)):
            if self._is_over or (group := self._rounds.take(self._now())) is None:
                return
            self._ask_group(threads, group)

    def _ask_group(self, threads: ThreadPoolExecutor, group: str) -> None:
        """Asks the group for what is next of it; where nothing is, it has no turn any more."""
        if self._errands[group]:
            self._run_errand(threads, group, self._errands[group].pop(0))
            return
        if group in self._without_rules:  # its robots.txt is asked for elsewhere
            self._rounds.give_back(group, self._now(), has_more=False)
            return
        address, aside = self._choose(group)
        self._writing.write_all(aside)
        if address is None:
            self._rounds.give_back(group, self._now(), has_more=bool(aside))
        elif self._robots.rules(address.url, self._now()) is None:
            origin = origin_of(address.url)
            self._without_rules.add(group)
            self._run_errand(threads, group, RobotsErrand(origin, group, f"{origin}/robots.txt"))
        else:
            self._asked += 1
            work = partial(ask, self._requester, address.url, self._most_bytes(address), conditions(address))
            self._pending[threads.submit(work)] = partial(self._receive, group, address)

    def _choose(self, group: str) -> tuple[Address | None, list[Settled]]:
        """The next address of the group that is asked for, and what comes of those before it, which are not.

        None too where these are many: then the group is to wait until others had their turn.
        """
        aside: list[Settled] = []
        for address in self._following(group):
            settled = self._set_aside(address)
            if settled is None:
                return address, aside
            aside.append(settled)
        return None, aside

    def _following(self, group: str) -> Iterator[Address]:
        """Some of what is due of the group; the first is looked up alone, since mostly it is the one."""
        first = self._next(group)
        yield from first
        if first:
            yield from (each for each in self._next(group, ASIDE) if each.id != first[0].id)

    def _next(self, group: str, most: int = 1) -> list[Address]:
        return self._frontier.next(group, self._blogs, self._now(), self._options.roles, most)

    def _set_aside(self, address: Address) -> Settled | None:
        """What comes of an address that is not asked for now; None where it is, or its robots.txt has to be first."""
        if not self._is_needed(address):
            return Settled((), (replace(address, due_at=None),))
        rules = self._robots.rules(address.url, self._now())
        if rules is None:
            return None
        if rules.verdict is False:
            return self._put_off(address, rules)
        if rules.allows(self._settings.user_agent, address.url):
            return None
        return self.answers.settle_refusal(address, f"robots: robots.txt disallows {address.url}", self._now())

    def _is_needed(self, address: Address) -> bool:
        """Whether the address has to be asked for; what only lists posts that are known goes into reserve."""
        return self._pictures.are_wanted if address.role == "media" else self._blogs[address.crawl_id].needs(address)

    def _most_bytes(self, address: Address) -> int:
        settings = self._settings
        return settings.max_media_bytes if address.role == "media" else settings.max_wire_bytes

    def _put_off(self, address: Address, rules: Rules) -> Settled:
        """Leaves an address to a later run whose robots.txt says nothing that one may go by."""
        origin = origin_of(address.url)
        if address.role != "media":
            self._unruled[origin] = rules.why
        return self.answers.settle_put_off(address, rules.why, self._robots.is_down(origin), self._now())

    def _run_errand(self, threads: ThreadPoolExecutor, group: str, errand: RobotsErrand) -> None:
        work = partial(ask_robots, self._requester, errand.url)
        self._pending[threads.submit(work)] = partial(self._receive_robots, group, errand)

    # ---- answers

    def _wait(self) -> None:
        """Until something has come, or a group may be asked."""
        is_free = len(self._pending) < self._options.fetchers and not self._is_over
        pause = min(self._rounds.wait(self._now()), LOOK) if is_free and len(self._rounds) else LOOK
        if not self._pending:
            time.sleep(pause)
            return
        done, _ = wait(
            self._pending, timeout=min(pause, HELD) if len(self._writing) else pause, return_when=FIRST_COMPLETED
        )
        for future in done:
            self._pending.pop(future)(future)
        if not done:
            self._write_ready()

    def _receive(self, group: str, address: Address, future: Future[Asked]) -> None:
        asked = future.result()
        self._make_way(address)
        self._keep_pace(group, asked, self._robots.rules(address.url, self._now()))
        if not isinstance(asked.outcome, Exchange):
            self._finish(group, self.answers.settle_failure(address, asked.outcome, self._now()))
            return
        answer = self.answers.receive(address, asked.outcome)
        source = self.answers.source_of(answer)
        if source is None:
            self._finish(group, self._settled(answer, None))
            return
        self._pending[self._readers.read(source)] = partial(self._receive_reading, group, answer, source)

    def _receive_reading(self, group: str, answer: Answer, source: Source, future: Future[Linked | Mishap]) -> None:
        self._make_way(answer.address)
        linked = self._readers.result(future, source)
        if self._renderer.wants(answer.payload, linked.page if isinstance(linked, Linked) else None):
            self._unrendered.append((group, answer, source, linked))
            return
        self._finish(group, self._settled(answer, linked))

    def _settled(self, answer: Answer, linked: Linked | Mishap | None) -> Settled:
        """What comes of the answer; one that brings a bug to light is a failure of its own, and ends no crawl."""
        settled = attempt(lambda: self.answers.settle(answer, linked, self._now()))
        return self.answers.settle_bug(answer, settled, self._now()) if isinstance(settled, Mishap) else settled

    def _render(self, group: str, answer: Answer, source: Source, linked: Linked | Mishap) -> None:
        """Settles a page by what it shows once its scripts have run; where that fails, by what it is without."""
        html: bytes | str = "the run is over"
        if not self._is_over:
            html = self._renderer.render(answer.exchange, answer.payload, self._ask_for_page)
        if isinstance(html, str):
            self._session.archive.event("warning", answer.address.url, f"not rendered: {html}")
        else:
            source = rendered_source(source, html)
            linked = self._readers.result(self._readers.read(source), source)
            answer = replace(answer, rendered=html)
        self._finish(group, self._settled(answer, linked))

    def _receive_robots(self, group: str, errand: RobotsErrand, future: Future[Asked]) -> None:
        """A robots.txt, or one more hop on the way to it, maybe to another group that then has to be asked."""
        asked = future.result()
        found = self._sent_on(go_on(errand, asked, self._now()))
        before = self._robots.last(errand.origin)
        row = found if isinstance(found, RobotsRow) else None
        rules = self._robots.keep(row) if row else None
        self._keep_pace(group, asked, rules)
        self._writing.write_one(settle_robots(self._session, asked.outcome, found, before), group, row)
        self._rounds.give_back(group, self._now())
        if row is not None:
            self._without_rules.discard(errand.group)
            self._rounds.add((errand.group,), self._now())

    def _sent_on(self, found: RobotsErrand | RobotsRow) -> RobotsErrand | RobotsRow:
        """An errand that goes on waits for its turn with those who are to be asked, if they are not left alone."""
        if isinstance(found, RobotsRow):
            return found
        group = politeness_group(found.url)
        self._rounds.add((group,), self._now())
        if group in self._rounds.left or not self._rounds.has(group):
            return RobotsRow(found.origin, self._now(), None, b"", f"robots.txt: {group} is left alone")
        self._errands[group].append(found)
        return found

    def _keep_pace(self, group: str, asked: Asked, rules: Rules | None) -> None:
        wanted = rules.crawl_delay(self._settings.user_agent) if rules else None
        delay = max(self._options.delay, wanted or 0.0)
        self._rounds.keep(group, paced(self._rounds.pace(group), asked, self._now(), delay))

    def _ask_for_page(self, url: str, headers: Mapping[str, str]) -> Exchange | None:
        """What a page asks for that is being rendered; nothing more once the run is over."""
        return None if self._is_over else self._asker.ask(url, headers)

    def _count_asked(self, group: str, asked: Asked, rules: Rules | None) -> None:
        """Notes a request that a page made which is being rendered."""
        self._asked += rules is not None
        self._keep_pace(group, asked, rules)

    def _write_robots(self, outcome: Exchange | Denied | Failed, found: RobotsErrand | RobotsRow, group: str) -> None:
        before = self._robots.last(found.origin)
        row = found if isinstance(found, RobotsRow) else None
        if row is not None:
            self._robots.keep(row)
        self._writing.write_one(settle_robots(self._session, outcome, found, before), group, row)

    # ---- writing

    def _finish(self, group: str, settled: Settled) -> None:
        self._writing.add(group, settled)
        if self._writing.is_full:
            self._write_ready()

    def _make_way(self, address: Address) -> None:
        """Writes what is ready of the same blog, so that what follows is judged by it."""
        if self._writing.has_of(address.crawl_id):
            self._write_ready()

    def _write_ready(self) -> None:
        """Stores what is ready, and gives its groups a turn."""
        for group in self._writing.write():
            has_more = bool(self._errands[group]) or bool(self._next(group))
            self._rounds.give_back(group, self._now(), has_more=has_more)

    def _count_due(self) -> dict[int, int]:
        return self._frontier.count_due(self._blogs, self._now())

    def _goes_on(self) -> bool:
        """Whether there is still something to be asked for: a group that waits, threads that are short, or pictures."""
        if not len(self._rounds) and not self._options.roles:
            for role in ("comment_api", "comment_feed"):
                self._rounds.add(self._frontier.wake(self._blogs, role, self._now()), self._now())
                if len(self._rounds):
                    return True
            self._rounds.add(self._pictures.place(self._now()), self._now())
        return len(self._rounds) > 0

    def _tell_who_waits(self) -> None:
        """Says who was left alone though there is something to ask for."""
        for origin, why in self._unruled.items():
            self._note(f"{origin} is left alone: {why}")
        due = self._frontier.due(self._blogs, self._now()) if self._rounds.left else {}
        due_pages = self._frontier.due(self._blogs, self._now(), but="media") if self._rounds.left else {}
        for group, pace in self._rounds.left.items():
            until = f" until {pace.ready_at:%Y-%m-%d %H:%M} UTC" if pace.wait(self._now()) and pace.ready_at else ""
            line = f"{group} is left alone{until}: {pace.waits_for or 'it asks for a long rest'}"
            number = due.get(group, 0)
            waits = "1 address waits" if number == 1 else f"{number:,} addresses wait"
            self._note(f"{line}; {waits}", is_waiting=group in due_pages)

    def _note(self, line: str, *, is_waiting: bool = True) -> None:
        self._session.archive.event("warning", None, line)
        self._session.watcher.note(line)
        self._session.report.is_waiting |= is_waiting
