"""`Repeats`: what the pages of a crawl have said before, in bounded memory: links of menus, texts at many addresses."""

from __future__ import annotations

from collections.abc import Iterable

from scraper.model import Outlink

MOST = 50_000  # links, and texts, that are remembered for all blogs of a run; then it begins anew
LEADING = 3  # pages with the same text lead on


class Repeats:
    """Remembers hashes only. To forget costs time, never an address."""

    def __init__(self) -> None:
        self._links: set[int] = set()
        self._texts: dict[int, int] = {}

    def new_links(self, crawl_id: int, links: Iterable[Outlink]) -> list[Outlink]:
        """The links that no page of the blog had which was asked about before, and those that a page declares."""
        new: list[Outlink] = []
        keys: list[int] = []
        for link in links:
            if link.declared:
                new.append(link)
            elif (key := hash((crawl_id, link))) not in self._links:
                new.append(link)
                keys.append(key)
        if len(self._links) > MOST:
            self._links.clear()
        self._links.update(keys)
        return new

    def says_again(self, crawl_id: int, text: str) -> bool:
        """Whether several pages of the blog have said this: what such a page links to is likely to say it as well."""
        if not text:  # a locked post, a teaser: that they show nothing makes them no repetition
            return False
        if len(self._texts) > MOST:
            self._texts.clear()
        key = hash((crawl_id, text))
        self._texts[key] = self._texts.get(key, 0) + 1
        return self._texts[key] > LEADING
