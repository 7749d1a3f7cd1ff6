"""`take_file`: one saved page or text dump into the archive."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from scraper.model import Page
from scraper.run.boundary import Mishap, attempt
from scraper.run.inputs import Input, read_bytes
from scraper.run.intake import Intake
from scraper.run.outcomes import Judgement
from scraper.run.reading import Source, read_saved

CONTENT_TYPES = {"html": "text/html", "text": "text/plain"}


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the person knows of the files: the URL of the only one, and when they were fetched (aware)."""

    url: str | None = None
    fetched_at: datetime | None = None


def take_file(intake: Intake, each: Input, options: ImportOptions, limit: int) -> None:
    """Reads the file and hands it on. Its modification time is an upper bound for when it was fetched.

    Its URL is the one given, else the one that the page states, else its digest. Raises InputError.
    """
    payload = read_bytes(each.path, limit)
    modified = datetime.fromtimestamp(each.path.stat().st_mtime, UTC)
    source = Source(
        payload,
        options.url,
        "text" if each.kind == "text" else "html",
        fetched_at=options.fetched_at,
        fetched_before=None if options.fetched_at else modified,
    )
    digest = hashlib.sha256(payload).hexdigest()
    name = f"urn:sha256:{digest}"
    page = attempt(lambda: _named(read_saved(source), name))
    url = source.url or (name if isinstance(page, Mishap) else page.url) or name
    if intake.is_held(url, digest, source.fetched_at):
        return
    capture = intake.session.segment.write_resource(
        url,
        payload,
        CONTENT_TYPES[source.kind],
        date=intake.session.watcher.clock(),
        fetched_at=source.fetched_at,
        fetched_before=source.fetched_before,
    )
    intake.add(capture, Judgement("fetched", None), page)


def _named(page: Page, name: str) -> Page:
    """The page under a name of our own, where neither the person nor the page itself knows its URL."""
    if page.url is not None:
        return page
    return replace(page, url=name, post_url=page.post_url or (name if page.kind == "post" else None))
