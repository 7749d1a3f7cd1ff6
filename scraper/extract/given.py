"""What every step of the extraction is given: the page, and how it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scraper.extract.platforms import GENERIC, Platform
from scraper.extract.taught.profile import Knowledge
from scraper.parse.html import Document
from scraper.parse.metadata import Claims
from scraper.text.dates import Rounding
from scraper.text.urls import resolve


@dataclass(frozen=True, slots=True)
class Origin:
    """How a page's bytes came: its URL, response headers, and when they were captured or at the latest."""

    url: str | None
    headers: tuple[tuple[str, str], ...]
    fetched_at: datetime | None
    fetched_before: datetime | None

    @property
    def latest(self) -> datetime | None:
        """Nothing that the page shows is later."""
        return self.fetched_at or self.fetched_before

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(frozen=True, slots=True)
class Given:
    """One page and what is known before its first step.

    `base` is what relative links are resolved against; `platform` is None where no platform is recognised, `known`
    where nothing was learned from other pages of the blog.
    """

    document: Document
    claims: Claims
    origin: Origin
    platform: Platform | None
    known: Knowledge | None
    base: str | None

    @property
    def platforms(self) -> tuple[Platform, ...]:
        """The platforms whose rules hold, the generic one last."""
        return (self.platform, GENERIC) if self.platform else (GENERIC,)

    @property
    def rules(self) -> tuple[Platform, ...]:
        """The same behind what the blog's own feed and pages taught."""
        return (self.known.rules, *self.platforms) if self.known else self.platforms

    @property
    def rounding(self) -> Rounding:
        return self.platform.rounding if self.platform else "calendar"


def stated_base(document: Document, claims: Claims, url: str | None) -> str | None:
    """What relative links are resolved against: the stated base, else the page's own address.

    A saved page without an address has its canonical link for one.
    """
    stated = document.select_one("base[href]")
    return (
        (resolve(url, stated.get("href") or "") if stated else None)
        or url
        or next((found for claim in claims.of("canonical_url") if (found := resolve(None, claim.value))), None)
    )
