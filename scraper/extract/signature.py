"""Whether a page says what it said before: `signature_of` what it says, and not of its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime

from scraper.model import Page, When


def signature_of(page: Page, addresses: Iterable[str] = ()) -> str:
    """Hex; the same for two captures of a page on which nothing happened that a reader would call news.

    Adverts, votes, view counts and times that are told from now do not count. Of a page without a post, what it lists
    counts: `addresses`.
    """
    digest = hashlib.sha256()
    for part in _parts(page, addresses):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def newest_time(page: Page) -> datetime | None:
    """When anything on the page last happened, as far as it shows: its post, a change of it, its newest comment."""
    post = page.post
    times = [comment.published for comment in page.comments]
    times += [post.published, post.modified] if post else []
    return max((when.earliest for when in times if when and when.earliest), default=None)


def _parts(page: Page, addresses: Iterable[str]) -> Iterator[str]:
    yield page.kind
    post = page.post
    if post is not None:
        yield from (post.title or "", post.subtitle or "", post.text, _shown(post.published), post.withheld or "")
        yield from (byline.name for byline in post.bylines)
        yield from (*post.tags, *post.categories)
        yield str(post.declared_comment_count)
    else:
        yield from addresses
    for person in page.people:
        yield from (person.name or "", person.bio_text or "", person.picture_url or "")
    for comment in page.comments:
        yield from (comment.id or "", comment.parent_ref or str(comment.parent), comment.author or "")
        yield from (comment.subject or "", comment.text, comment.kind, comment.state, _shown(comment.published))


def _shown(when: When | None) -> str:
    return (when.iso or "") if when is not None and when.precision != "interval" else ""
