"""`Placing`: what documents lead to, as addresses of the frontier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from scraper.discover.frontier import place_leads
from scraper.discover.seeds import guessed_leads
from scraper.model import Address, Lead, Page
from scraper.run.crawling.blog import Blog
from scraper.run.crawling.robots_book import RobotsBook
from scraper.store.crawls.frontier import Frontier
from scraper.text.hosting import politeness_group
from scraper.text.urls import url_key

PART = 1000  # leads of a sitemap that are placed at one time: the URLs that `url_key` and `shape_of` remember


class Placing:
    """Judges leads by their blog, and holds them against what the frontier has; nothing is written."""

    def __init__(self, blogs: dict[int, Blog], frontier: Frontier, robots: RobotsBook) -> None:
        self._blogs, self._frontier, self._robots = blogs, frontier, robots

    def place(
        self, address: Address, leads: Sequence[Lead], now: datetime, *, anywhere: bool = False
    ) -> tuple[Address, ...]:
        """What the document's leads change of the frontier; those that are of no concern to the blog are dropped."""
        return self.place_named(address, leads, now, anywhere=anywhere)[0]

    def place_named(
        self, address: Address, leads: Sequence[Lead], now: datetime, *, anywhere: bool = False
    ) -> tuple[tuple[Address, ...], frozenset[str]]:
        """The same, and the URL keys of all that the document names.

        Long sitemaps are placed in parts, while what was made of their URLs is remembered.
        """
        blog = self._blogs[address.crawl_id]
        part = PART if address.role == "sitemap" else max(1, len(leads))  # of a feed, all leads say how it goes on
        placed: dict[str, Address] = {}
        keys: set[str] = set()
        for start in range(0, len(leads), part):
            some = leads[start : start + part]
            named = {url_key(lead.url) for lead in some} - {address.url_key}
            keys |= named
            known = self._frontier.known(address.crawl_id, named - placed.keys())
            known |= {key: placed[key] for key in named & placed.keys()}
            ours = [lead for lead in some if url_key(lead.url) in named and (anywhere or blog.lets_in(lead))]
            new = place_leads(address, ours, known, blog.refusal_of, politeness_group, now)
            blog.learn(new)
            placed |= {each.url_key: each for each in new}
        return tuple(placed.values()), frozenset(keys)

    def first_guesses(self, page: Page, leads: Sequence[Lead], crawl_id: int, now: datetime) -> Iterator[Lead]:
        """What robots.txt names, and what is tried where neither that nor the first page has named any."""
        rules = self._robots.rules(page.url or "", now)
        named = [Lead(url, "sitemap", "robots") for url in (rules.sitemaps if rules else ())]
        roles = {lead.role for lead in (*leads, *named)} | self._frontier.roles(crawl_id)
        yield from named
        yield from guessed_leads(self._blogs[crawl_id].scope.front_of(page.url or ""), page.platform, roles)
