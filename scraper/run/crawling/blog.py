"""`Blog`: what a run knows of one crawled blog, to judge its addresses by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from scraper.discover.frontier import only_lists
from scraper.discover.patterns import PostPatterns, learn_patterns
from scraper.discover.scope import Scope, scope_of
from scraper.discover.traps import Traps
from scraper.model import Address, Comment, Crawl, Lead
from scraper.store.crawls.frontier import Found, Frontier

MOST_EXAMPLES = 300  # addresses of posts that its patterns are learned from
STATED = frozenset({"feed", "sitemap", "api"})
MOST_BARREN = 60
MOST_OUTSIDE = 1_000  # posts elsewhere on the host that are counted
COVERED = 0.95  # of the posts that are known are listed: then lists of posts are not needed
_DAY = re.compile(r"/((?:19|20)\d\d)/(\d\d?)/(?:(\d\d?)/)?")


class Blog:
    """Scope, traps and patterns of one blog.

    Variants of addresses and examples of posts come from the frontier, whatever became of them, so that the next run
    judges alike. Lists that went on without new posts are of this run only: what they led to is asked for again.
    """

    def __init__(
        self,
        crawl: Crawl,
        frontier: Frontier,
        now: datetime,
        leave_out: Callable[[Lead, str], None] = lambda lead, reason: None,
    ) -> None:
        self.crawl = crawl
        self.scope: Scope = scope_of(crawl.url, crawl.include, crawl.exclude)
        self._frontier, self._leave_out = frontier, leave_out
        self._traps = Traps(now.year)
        self._posts: list[str] = []
        self._others: list[str] = []
        self._patterns: PostPatterns | None = None
        self._is_covered: bool | None = None
        self._probes: frozenset[str] = frozenset()
        self._has_learned = False
        self.outside: set[str] = set()  # posts that feeds list, elsewhere on the blog's host
        self._barren = 0  # lists in a row without a new post

    def learn(self, addresses: Iterable[Address]) -> None:
        """Notes addresses that come into the frontier."""
        if self._has_learned:
            for address in addresses:
                self._note_example(address)

    def _look_back(self) -> None:
        """Notes what is in the frontier, before the first address is judged: in most runs of most blogs none is."""
        if not self._has_learned:
            self._has_learned = True
            for found in self._frontier.found(self.crawl.id):
                if found.role != "media":
                    self._traps.add(found.url)
                self._note_example(found)

    def _note_example(self, address: Address | Found) -> None:
        if address.source in STATED and address.role in ("post", "page", "listing"):
            examples = self._posts if address.role == "post" else self._others
            if len(examples) < MOST_EXAMPLES:
                examples.append(address.url)
                self._patterns = None

    def lets_in(self, lead: Lead) -> bool:
        """Whether the lead belongs to the blog, and to the days that were asked for."""
        reason = self.scope.refusal(lead.url, lead.role, lead.source) or self._other_days(lead)
        if reason is not None:
            self._leave_out(lead, reason)
            is_told = len(self.outside) < MOST_OUTSIDE and lead.source == "feed" and lead.role == "post"
            if is_told and self.scope.is_beside(lead.url):
                self.outside.add(lead.url)
        return reason is None

    def _other_days(self, lead: Lead) -> str | None:
        """Why the lead is none of the days that were asked for."""
        since, until = self.crawl.since, self.crawl.until
        if lead.role != "post" or (since is None and until is None):
            return None
        first, last = _days_of(lead.url)
        if since is not None and (
            (last is not None and last < since) or (lead.updated is not None and lead.updated.date() < since)
        ):
            return f"from before {since}"
        return f"from after {until}" if until is not None and first is not None and first > until else None

    def may_hold(self, url: str) -> bool:
        """Whether an address with this host may be one of the blog's."""
        is_near = self.scope.may_hold(url)
        if not is_near:
            self._leave_out(Lead(url, "page", "link"), "another site")
        return is_near

    def leaves_out(self, url: str) -> bool:
        """Whether the operator's patterns leave the address out, whatever it is taken for."""
        reason = self.scope.excluded(url)
        if reason is not None:
            self._leave_out(Lead(url, "page", "link"), reason)
        return reason is not None

    def refusal_of(self, lead: Lead) -> str | None:
        """Why an address of the blog is never asked for; one that may be counts for the next of its page already."""
        self._look_back()
        reason = self._traps.judge(lead.url, lead.role)
        if reason is None and lead.role != "media":
            self._traps.add(lead.url)
        return reason

    def read_list(self, url: str, leads: Iterable[Lead], brings_news: bool, now: datetime) -> None:
        """Notes what a list of posts led to: one that goes on without new ones has no end, nor have lists of lists."""
        self._traps.settle(url, [lead.url for lead in leads if lead.role == "post"])
        self._barren = 0 if brings_news else self._barren + 1
        if brings_news and self._is_covered:  # the sitemap does not name all posts
            self._is_covered = False
            self._frontier.wake_lists(self.crawl.id, now)

    def read_thread(self, url: str, comments: Iterable[Comment]) -> None:
        """Notes what a page of comments has: pages of a thread that go on without any have no end."""
        self._traps.settle(url, [each.id or f"{each.author} {each.text}" for each in comments])

    def is_post(self, url: str) -> bool:
        """Whether the URL looks like those of the blog's posts."""
        self._look_back()
        if self._patterns is None:
            self._patterns = learn_patterns(self._posts, self._others)
        return self._patterns.matches(url)

    def needs(self, address: Address) -> bool:
        """Whether the address has to be asked for: lists of posts not where sitemaps or interfaces name all posts.

        That they do is tried by two lists, the first and the oldest one. And not where many lists in a row, the
        likelier ones first, have brought no post that was not known; nor what the operator leaves out by now.
        """
        lead = Lead(address.url, address.role, address.source, address.stated_at)
        if self.scope.left_out(address.url, address.role) or self._other_days(lead):
            return False
        if not only_lists(address):
            return True
        if self._barren >= MOST_BARREN:
            return False
        if self._is_covered is None:
            listed, known = self._frontier.listed_posts(self.crawl.id)
            self._is_covered = listed > 0 and listed >= COVERED * known
            self._probes = _probes_among(self._frontier.lists(self.crawl.id)) if self._is_covered else frozenset()
        return not self._is_covered or address.url_key in self._probes

    def move(self, url: str) -> None:
        """The blog is at this URL from now on."""
        self.crawl = replace(self.crawl, url=url)
        self.scope = scope_of(url, self.crawl.include, self.crawl.exclude)


def _probes_among(lists: Sequence[Address]) -> frozenset[str]:
    """The URL keys of the first list and of that with the oldest posts; none where a list was read before."""
    if not lists or any(each.checked_at for each in lists):
        return frozenset()
    dated = [(first, each) for each in lists if (first := _days_of(each.url)[0]) is not None]
    oldest = min(dated, key=lambda pair: pair[0])[1] if dated else lists[-1]
    return frozenset({lists[0].url_key, oldest.url_key})


def _days_of(url: str) -> tuple[date | None, date | None]:
    """The first and the last day that a dated address may be of."""
    found = _DAY.search(url)
    if found is None:
        return None, None
    year, month, day = int(found[1]), int(found[2]), int(found[3] or 0)
    try:
        first = date(year, month, day or 1)
    except ValueError:
        return None, None
    return first, first if day else date(year + month // 12, month % 12 + 1, 1)
