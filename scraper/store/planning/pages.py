"""What a visit says of the page's row: its state, and how its newest capture was read. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scraper.model import Page, Visit
from scraper.store.planning.times import utc_text


@dataclass(frozen=True, slots=True)
class PageValues:
    """The columns of a page's row, in the table's order."""

    url: str
    url_key: str
    blog_id: int | None
    state: str
    reason: str | None
    state_at: str | None
    kind: str | None = None
    capture_id: int | None = None
    post_id: int | None = None
    comment_page: int | None = None
    canonical_url: str | None = None
    platform: str | None = None
    site_name: str | None = None
    encoding: str | None = None
    encoding_source: str | None = None
    source: str | None = None
    notices: str | None = None
    contexts: str | None = None
    extractor_version: str | None = None
    recipe: str | None = None
    post_page: int | None = None
    view: str | None = None
    robots: str | None = None


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page's row, and when the capture was fetched that it tells of."""

    id: int
    values: PageValues
    fetched_at: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A visit with the rows it belongs to; `now` stands in where the visit brought no capture."""

    visit: Visit
    url_key: str
    blog_id: int | None
    capture_id: int | None
    post_id: int | None
    now: str

    @property
    def fetched_at(self) -> str | None:
        capture = self.visit.capture
        return utc_text(capture.fetched_at) if capture and capture.fetched_at else None


def plan_page(stored: StoredPage | None, placed: Placed) -> PageValues:
    """The page's row after this visit.

    State and reading each come from the latest there is: an older capture that arrives later changes neither, and a
    visit without a readable page leaves the reading as it was.
    """
    values = stored.values if stored is not None else _new_values(placed)
    if stored is not None and _state_is_news(values, placed):
        at = placed.fetched_at if placed.visit.capture else placed.now
        values = replace(values, state=placed.visit.state, reason=placed.visit.reason, state_at=at)
    page = placed.visit.page
    if page is not None and (stored is None or is_newest_reading(stored, placed)):
        values = _with_reading(values, placed, page)
    return values


def is_newest_reading(stored: StoredPage, placed: Placed) -> bool:
    """Whether the visit's capture is at least as new as the one that the row tells of."""
    known = (stored.fetched_at or "", stored.values.capture_id or 0)
    return (placed.fetched_at or "", placed.capture_id or 0) >= known


def _new_values(placed: Placed) -> PageValues:
    visit = placed.visit
    at = placed.fetched_at if visit.capture else placed.now
    return PageValues(visit.url, placed.url_key, placed.blog_id, visit.state, visit.reason, at)


def _state_is_news(values: PageValues, placed: Placed) -> bool:
    if placed.visit.capture is None:
        news = (values.state, values.reason) != (placed.visit.state, placed.visit.reason)
        return news and placed.now >= (values.state_at or "")
    known = (values.state_at or "", values.capture_id or 0)
    return (placed.fetched_at or "", placed.capture_id or 0) >= known


def _with_reading(values: PageValues, placed: Placed, page: Page) -> PageValues:
    return replace(
        values,
        blog_id=placed.blog_id,
        kind=page.kind,
        capture_id=placed.capture_id,
        post_id=placed.post_id,
        comment_page=page.comment_page,
        canonical_url=page.canonical_url,
        platform=page.platform,
        site_name=page.site_name,
        encoding=page.encoding,
        encoding_source=page.encoding_source,
        source=page.source,
        notices=json_list(page.notices + placed.visit.notices),
        contexts=json_list(page.contexts),
        extractor_version=page.extractor_version,
        recipe=page.recipe,
        post_page=page.post_page,
        view=page.view,
        robots=", ".join(page.robots) or None,
    )


def json_list(values: Sequence[str]) -> str | None:
    """The strings as a JSON array, in characters rather than escapes; None for no strings.

    >>> json_list(("één",))
    '["één"]'
    """
    return json.dumps(list(values), ensure_ascii=False) if values else None
