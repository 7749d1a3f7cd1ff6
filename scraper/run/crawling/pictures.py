"""`Pictures`: what pages show of pictures: which are asked for, and which rows the answers fill."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Literal

from scraper.discover.frontier import place_leads
from scraper.model import Address, Lead
from scraper.run.crawling.blog import Blog
from scraper.store.archive import Archive
from scraper.store.crawls.frontier import Step
from scraper.store.crawls.pictures import PICTURE, AskedPage, PictureRow
from scraper.text.hosting import politeness_group
from scraper.text.urls import resolve, url_key

MediaChoice = Literal["none", "pictures", "all"]  # nothing, people's pictures, those of posts too
REDIRECT = "redirect to "
MOST_HOPS = 10


class Pictures:
    """What of an archive's pictures a run asks for, on whichever host they are.

    They come from the rows of posts and bios, so that what earlier runs or imports stored without pictures gets them
    too. A row of `media` is filled from what became of its address, or of where that led; each time anew, so that
    nothing is lost with a run that is killed.
    """

    def __init__(self, archive: Archive, blogs: Mapping[int, Blog], choice: MediaChoice) -> None:
        self._archive, self._blogs, self._choice = archive, blogs, choice

    @property
    def are_wanted(self) -> bool:
        return self._choice != "none"

    def place(self, now: datetime) -> list[str]:
        """The groups that have something to ask, once all missing pictures that are shown are in the frontier."""
        if not self.are_wanted:
            return []
        shown = self._archive.pictures.shown(self._blogs, by_posts=self._choice == "all")
        self.link()
        missing = set(self._archive.pictures.missing())
        by_crawl: dict[int, list[tuple[str, Address]]] = defaultdict(list)
        for url, page in shown:
            if url in missing:
                by_crawl[page.crawl_id].append((url, page))
        placed = [each for crawl_id, found in by_crawl.items() for each in self._place(crawl_id, found, now)]
        self._archive.frontier.write(Step(placed))
        return sorted({each.group for each in placed})

    def link(self) -> None:
        """Fills the rows of pictures by what became of their addresses."""
        if not self.are_wanted:
            return
        led_to = {url: url_key(url) for url in self._archive.pictures.missing()}
        asked: dict[str, AskedPage] = {}
        looked_up: set[str] = set()
        led_on = led_to
        for _ in range(MOST_HOPS + 1):
            new = set(led_on.values()) - looked_up
            asked |= self._archive.pictures.asked(new)
            looked_up |= new
            led_on = {url: target for url, key in led_on.items() if (target := _target_key(asked.get(key)))}
            if not led_on:
                break
            led_to |= led_on
        self._archive.pictures.write(
            row for url, key in led_to.items() if key in asked and (row := _row_of(url, asked[key]))
        )

    def _place(self, crawl_id: int, found: list[tuple[str, Address]], now: datetime) -> Iterator[Address]:
        """The addresses of pictures that are new, or that a run without pictures had put off."""
        blog, refused = self._blogs[crawl_id], []
        known = self._archive.frontier.known(crawl_id, {url_key(url) for url, _ in found})
        for url, page in found:
            lead, key = Lead(url, "media", "link"), url_key(url)
            refusal = blog.scope.refusal(url, "media") or (
                known[key].refusal if key in known else blog.refusal_of(lead)
            )
            if refusal:
                refused.append(PictureRow(url, "refused", f"scope: {refusal}"))
            elif key not in known:
                for new in place_leads(page, [lead], {}, blog.refusal_of, politeness_group, now):
                    known[key] = new
                    yield new
            elif _was_put_off(known[key]):
                known[key] = replace(known[key], due_at=now)
                yield known[key]
        self._archive.pictures.write(refused)


def _was_put_off(address: Address) -> bool:
    return address.role == "media" and address.due_at is None and (address.checked_at is None or address.tries > 0)


def _target_key(asked: AskedPage | None) -> str | None:
    """The URL key of where the address led to; None where it led nowhere else."""
    if asked is None or asked.state != "fetched" or not (asked.reason or "").startswith(REDIRECT):
        return None
    target = resolve(asked.url, (asked.reason or "").removeprefix(REDIRECT))
    return url_key(target) if target else None


def _row_of(url: str, asked: AskedPage) -> PictureRow | None:
    """The row of a picture whose address ended so; None where it is not known how it ends."""
    reason = asked.reason or ""
    if asked.state == "fetched" and reason.startswith(PICTURE) and asked.capture_id is not None:
        return PictureRow(url, "fetched", None, reason.removeprefix(PICTURE), asked.capture_id)
    if asked.state in ("refused", "failed", "gone", "skipped"):
        return PictureRow(url, asked.state, asked.reason)
    return None
