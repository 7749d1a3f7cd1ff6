"""`read_single`: one page from a file, a URL or standard input, without an archive."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal

from scraper.errors import InputError, UsageError
from scraper.model import Fetched, Page, Profile
from scraper.run.importing.contents import modified_at, read_bytes, read_stream
from scraper.run.importing.inputs import judge_file
from scraper.run.payloads import looks_like_html
from scraper.run.reading import Knowledge, Source, no_profile, read_saved
from scraper.run.recipes import LoadedRecipe
from scraper.settings import Settings
from scraper.text.urls import blog_host


def read_single(
    source: str,
    settings: Settings,
    *,
    url: str | None = None,
    fetched_at: datetime | None = None,
    recipe: LoadedRecipe | None = None,
    archive: Path | None = None,
) -> Page:
    """The page at a URL or in a file ('-' is standard input), by the recipe if there is one.

    `archive` is one whose profile of the page's blog is used; it is only read.

    A URL is fetched by the same rules as any other. Raises UsageError for a missing file, one that is no page or a
    recipe that goes wrong, InputError for what cannot be read or fetched.
    """
    if source.lower().startswith(("http://", "https://")):
        found = _fetched(source, settings)
    elif source == "-":
        found = _piped(settings, url, fetched_at)
    else:
        found = _in_file(Path(source), settings, url, fetched_at)
    page = read_saved(found, Knowledge(partial(_profile_for, archive) if archive else no_profile))
    if recipe is None:
        return page
    from scraper.extract.recipe.recipes import with_recipe

    times = {"fetched_at": found.fetched_at, "fetched_before": found.fetched_before}
    made = with_recipe(page, found.payload, recipe.recipe, **times)
    return replace(made, recipe=recipe.text.sha256)


def profile_in(archive: Path, host: str | None) -> Profile | None:
    """What the archive has learned of the blog on this host; it is only read."""
    from scraper.store.archive import Archive

    if host is None:
        return None
    with Archive(archive, readonly=True) as opened:
        return opened.profile_of(host)


def _profile_for(archive: Path, url: str | None) -> Profile | None:
    return profile_in(archive, blog_host(url) if url else None)


def _fetched(url: str, settings: Settings) -> Source:
    from scraper.capture.coding import decode_body
    from scraper.fetch.client import Client

    with Client(settings) as client:
        outcome = client.fetch(url)
    if not isinstance(outcome, Fetched):
        raise InputError(f"{outcome.reason}: {outcome.detail}", url)
    answer = outcome.exchanges[-1]
    if not 200 <= answer.status < 300:
        raise InputError(f"status {answer.status}", answer.url)
    body = decode_body(answer.body, answer.headers, settings.max_page_bytes)
    return Source(body.data, answer.url, fetched_at=answer.started_at, headers=answer.headers)


def _piped(settings: Settings, url: str | None, fetched_at: datetime | None) -> Source:
    if sys.stdin is None:
        raise UsageError("is closed", "standard input")
    payload = read_stream(sys.stdin.buffer, settings.max_page_bytes, "standard input")
    kind: Literal["html", "text"] = "html" if looks_like_html(payload) else "text"
    return Source(payload, url, kind, fetched_at=fetched_at)


def _in_file(path: Path, settings: Settings, url: str | None, fetched_at: datetime | None) -> Source:
    if not os.path.exists(path):  # Path.exists raises where a name is too long
        raise UsageError("no such file", str(path))
    if path.is_dir():
        raise UsageError("a folder, not a page; `import` reads folders", str(path))
    found = judge_file(path)
    if found.kind == "failed":
        raise InputError(found.reason or "cannot be read", str(path))
    if found.kind not in ("html", "text"):
        what = "a WARC file" if found.kind == "warc" else "one that holds pages"
        raise UsageError(found.reason or f"{what}, not a page; `import` reads those", str(path))
    payload = read_bytes(path, settings.max_page_bytes)
    before = None if fetched_at else modified_at(path)
    return Source(payload, url, found.kind, fetched_at=fetched_at, fetched_before=before)
