"""From bytes to a `Page`: `read_payload`, and the threads of the pages that belong together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Literal

from scraper.model import Outlink, Page, Profile, Thread
from scraper.parse.rewritten import as_captured
from scraper.run.boundary import Mishap, attempt
from scraper.run.recipes import LoadedRecipe, read_with
from scraper.store.planning.values import has_post
from scraper.text.urls import url_key

SourceKind = Literal["html", "text", "mhtml", "export"]
ProfileOf = Callable[[str | None], Profile | None]


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one page and how they came. `url` None: unknown. `fetched_before` bounds an unknown time."""

    payload: bytes
    url: str | None
    kind: SourceKind = "html"
    fetched_at: datetime | None = None
    fetched_before: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    profile: Profile | None = None


def no_profile(url: str | None) -> None:
    """Nothing is known of any blog."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of blogs before their pages are read: by the archive, and by its user."""

    profile_of: ProfileOf = no_profile
    recipes: tuple[LoadedRecipe, ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """A page and its links."""

    page: Page
    links: tuple[Outlink, ...]

    def __reduce__(self) -> tuple[Callable[..., Linked], tuple[object, ...]]:
        """With the links as plain tuples, which go from process to process in a third of the time."""
        return _linked, (self.page, tuple(map(tuple, self.links)))


def _linked(page: Page, links: tuple[Sequence[Any], ...]) -> Linked:
    return Linked(page, tuple(map(Outlink._make, links)))


def read_source(source: Source, recipes: Sequence[LoadedRecipe] = ()) -> Page:
    """The page that the bytes show, by the recipe that is for it, if there is one."""
    from scraper.extract import extract_export, extract_page, extract_text

    if source.kind == "export":  # what a blog's own software says; recipes are for its pages
        return extract_export(source.payload, source.url)
    if source.kind == "mhtml":
        source = _unwrapped(source)
    if source.kind != "text":  # as a web archive showed it
        source = replace(source, payload=as_captured(source.payload))
    extract = extract_text if source.kind == "text" else partial(extract_page, profile=source.profile)
    page = extract(
        source.payload,
        source.url,
        fetched_at=source.fetched_at,
        headers=source.headers,
        fetched_before=source.fetched_before,
    )
    return read_with(recipes, page, source) if recipes else page


def _unwrapped(source: Source) -> Source:
    """The page within the message that it was saved as; an empty one where there is none."""
    from scraper.parse.mhtml import read_mhtml

    saved = read_mhtml(source.payload)
    headers = (("Content-Type", saved.content_type),) if saved else ()
    return replace(source, payload=saved.html if saved else b"", kind="html", headers=headers)


def read_linked(source: Source, recipes: Sequence[LoadedRecipe] = ()) -> Linked:
    """As `read_source`, of an HTML page that was fetched, and its links besides."""
    from scraper.extract.page import extract_linked

    page, links = extract_linked(
        source.payload, source.url, fetched_at=source.fetched_at, headers=source.headers, profile=source.profile
    )
    return Linked(read_with(recipes, page, source) if recipes else page, links)


def read_saved(source: Source, known: Knowledge) -> Page:
    """As `read_source`, by what is known of the page's blog.

    A page whose URL nobody told is read again under the URL that it states itself.
    """
    page = read_source(replace(source, profile=known.profile_of(source.url)), known.recipes)
    if source.url is None and page.canonical_url is not None:
        url = page.canonical_url
        return read_source(replace(source, url=url, profile=known.profile_of(url)), known.recipes)
    return page


def join_threads(pages: Sequence[Page]) -> tuple[list[Thread], dict[str, Mishap]]:
    """One Thread for each post that the pages belong to; where joining failed, the Mishap by the post's URL."""
    from scraper.extract import join_thread

    groups: dict[str, list[Page]] = {}
    for page in pages:
        if has_post(page) and page.post_url is not None:
            groups.setdefault(url_key(page.post_url), []).append(page)
    threads: list[Thread] = []
    mishaps: dict[str, Mishap] = {}
    for group in groups.values():
        thread = attempt(partial(join_thread, group))
        if isinstance(thread, Mishap):
            mishaps.update({page.post_url: thread for page in group if page.post_url})
        else:
            threads.append(thread)
    return threads, mishaps
