"""A batch's visits with the rows that they belong to: page, capture, blog. New rows get their ids here."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

from scraper.model import Capture, Page, Visit
from scraper.store.planning import state
from scraper.store.planning.pages import StoredPage
from scraper.store.planning.times import utc_text
from scraper.store.planning.values import Rank, has_post
from scraper.store.rows import CAPTURE_COLUMNS, Row
from scraper.text.urls import host_of, url_key


@dataclass(frozen=True, slots=True)
class Item:
    """A visit and its rows; `post_key` is the URL key of the post that its page is about, if it is about one."""

    visit: Visit
    page_key: str
    page_id: int
    capture_id: int | None
    fetched_at: str | None
    blog_id: int | None
    post_key: str | None

    @property
    def rank(self) -> Rank:
        return (self.fetched_at or "", self.capture_id or 0)


@dataclass(slots=True)
class Ids:
    """The ids that the new rows of a transaction get, by table."""

    next: dict[str, int]

    def new(self, table: str) -> int:
        """An id that no row of the table has."""
        row_id = self.next[table]
        self.next[table] = row_id + 1
        return row_id


@dataclass(slots=True)
class Gathered:
    """The visits of a batch in their order, the pages that are stored, and the rows that are new."""

    ids: Ids
    pages: dict[str, StoredPage]
    items: list[Item] = field(default_factory=list)
    capture_rows: list[Row] = field(default_factory=list)
    blog_rows: list[Row] = field(default_factory=list)  # id, host, url, name
    blog_names: list[Row] = field(default_factory=list)  # name, id: for a blog that had none


def gather(connection: sqlite3.Connection, visits: Sequence[Visit]) -> Gathered:
    """The visits with the ids of their rows, stored or new; nothing is written yet."""
    keys = [url_key(visit.url) for visit in visits]
    gathered = Gathered(Ids(state.load_next_ids(connection)), state.load_pages(connection, set(keys)))
    page_ids = {key: page.id for key, page in gathered.pages.items()}
    digests = {visit.capture.payload_sha256 for visit in visits if visit.capture}
    held = state.load_captures(connection, digests)
    blogs = _find_blogs(connection, visits, gathered)
    for visit, key in zip(visits, keys, strict=True):
        if key not in page_ids:
            page_ids[key] = gathered.ids.new("pages")
        capture_id = _place_capture(visit.capture, page_ids[key], held, gathered) if visit.capture else None
        page = visit.page
        gathered.items.append(
            Item(
                visit=visit,
                page_key=key,
                page_id=page_ids[key],
                capture_id=capture_id,
                fetched_at=utc_text(visit.capture.fetched_at) if visit.capture and visit.capture.fetched_at else None,
                blog_id=blogs.get(_site_of(visit, page) or "") if page else None,
                post_key=url_key(_post_url(visit, page)) if page and has_post(page) else None,
            )
        )
    return gathered


def _place_capture(capture: Capture, page_id: int, held: dict[tuple[str, str, str], int], gathered: Gathered) -> int:
    fetched_at = utc_text(capture.fetched_at) if capture.fetched_at else None
    identity = (capture.url, capture.payload_sha256, fetched_at or "")
    if identity not in held:
        held[identity] = gathered.ids.new("captures")
        before = utc_text(capture.fetched_before) if capture.fetched_before else None
        rest = [getattr(capture, column) for column in CAPTURE_COLUMNS[3:]]
        gathered.capture_rows.append((held[identity], page_id, capture.url, fetched_at, before, *rest))
    return held[identity]


def _find_blogs(connection: sqlite3.Connection, visits: Sequence[Visit], gathered: Gathered) -> dict[str, int]:
    """Ids of the blogs of all pages that could be read, by host. A blog keeps the first name that a page gave it."""
    shown: dict[str, tuple[str, str | None]] = {}
    for visit in visits:
        if visit.page is not None and (host := _site_of(visit, visit.page)):
            url, name = shown.get(host, (_post_url(visit, visit.page), None))
            shown[host] = (url if host_of(url) else visit.url, name or visit.page.site_name)
    known = state.load_blogs(connection, shown)
    ids = {host: blog_id for host, (blog_id, _) in known.items()}
    for host, (url, name) in shown.items():
        if host not in ids:
            ids[host] = gathered.ids.new("blogs")
            gathered.blog_rows.append((ids[host], host, _home_of(url), name))
        elif name and known[host][1] is None:
            gathered.blog_names.append((name, ids[host]))
    return ids


def _post_url(visit: Visit, page: Page) -> str:
    return page.post_url or page.url or visit.url


def _site_of(visit: Visit, page: Page) -> str | None:
    """The host that names the page's blog: lower case, without 'www.'; None for a page that nobody knows the URL of."""
    host = host_of(_post_url(visit, page)) or host_of(visit.url)
    return host.removeprefix("www.") if host else None


def _home_of(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.split('/', 1)[0]}/"
