"""What comes in, without what is on the list of the forgotten: `withhold`. Every way into the archive leads here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from scraper.model import Capture, Comment, Page, StatedComment, Thread, Visit
from scraper.store.takedowns.forgotten import Forgotten
from scraper.text.phrases import Phrases

T = TypeVar("T")
KEPT = frozenset({"url", "canonical_url", "post_url", "permalink", "parent_ref", "comment_pages", "post_pages", "id"})
HTML = frozenset({"html", "bio_html"})
_SIGNED = "author"  # in the field of a claim about who signs
ADDRESSED = ("Link", "Image", "Byline", "Person")  # of which the address is taken out as well


@dataclass(frozen=True, slots=True)
class Withheld:
    """What may be written, and the captures whose records are to be cleared: those of `whole` go altogether."""

    visits: tuple[Visit, ...]
    threads: tuple[Thread, ...]
    whole: tuple[Capture, ...] = ()
    cleared: tuple[Capture, ...] = ()


def withhold(forgotten: Forgotten, visits: Sequence[Visit], threads: Sequence[Thread]) -> Withheld:
    """The visits and threads without what was forgotten. Of a comment a placeholder stays, so that answers do."""
    kept: list[Visit] = []
    whole: list[Capture] = []
    cleared: list[Capture] = []
    for visit in visits:
        page = visit.page
        if forgotten.has_url(visit.url, *((page.url, page.post_url) if page else ())):
            whole += [visit.capture] if visit.capture else []
            continue
        reason, notices = scrubbed((visit.reason, visit.notices), forgotten.phrases)
        shown = replace(
            visit,
            reason=reason,
            notices=notices,
            page=_page(forgotten, page),
            stated=_stated(forgotten, visit.stated),
        )
        if shown != visit:
            cleared += [visit.capture] if visit.capture else []
            shown = replace(shown, page=shown.page and replace(shown.page, claims=(), removals=(), contexts=()))
        kept.append(shown)
    left = [
        scrubbed(replace(thread, comments=_comments(forgotten, thread.post_url, thread.comments)), forgotten.phrases)
        for thread in threads
        if not forgotten.has_url(thread.post_url)
    ]
    return Withheld(tuple(kept), tuple(left), tuple(whole), tuple(cleared))


def _page(forgotten: Forgotten, page: Page | None) -> Page | None:
    if page is None:
        return None
    post = page.post
    if post is not None:
        bylines = tuple(each for each in post.bylines if not forgotten.has_signer(each.name, each.url))
        post = post if bylines == post.bylines else replace(post, bylines=bylines)
    people = tuple(each for each in page.people if not forgotten.has_signer(each.name, each.url))
    comments = _comments(forgotten, page.post_url or page.url, page.comments)
    claims = tuple(
        each for each in page.claims if not (_SIGNED in each.field and forgotten.has_signer(each.value, None))
    )
    return scrubbed(replace(page, post=post, people=people, comments=comments, claims=claims), forgotten.phrases)


def _comments(forgotten: Forgotten, post_url: str | None, comments: tuple[Comment, ...]) -> tuple[Comment, ...]:
    return tuple(emptied(each) if forgotten.has_comment(post_url, each) else each for each in comments)


def _stated(forgotten: Forgotten, stated: tuple[StatedComment, ...]) -> tuple[StatedComment, ...]:
    return tuple(
        replace(each, comment=scrubbed(each.comment, forgotten.phrases))
        for each in stated
        if not forgotten.has_url(each.post_url) and not forgotten.has_comment(each.post_url, each.comment)
    )


def emptied(comment: Comment) -> Comment:
    """The comment's place in its thread, without who said what."""
    return replace(
        comment,
        permalink=None if comment.id else comment.permalink,
        author=None,
        author_url=None,
        avatar_url=None,
        by_post_author=False,
        subject=None,
        html="",
        text="",
        state="deleted",
        votes=None,
    )


def scrubbed(value: T, phrases: Phrases) -> T:
    """The value with forgotten runs of words taken out of its texts, however deep they stand; addresses stay."""
    found: T = _scrubbed(value, phrases) if phrases else value
    return found


def _scrubbed(value: Any, phrases: Phrases) -> Any:
    if isinstance(value, str):
        return phrases.scrub(value)
    if isinstance(value, tuple):
        parts = tuple(_scrubbed(part, phrases) for part in value)
        return value if parts == value else parts
    if is_dataclass(value) and not isinstance(value, type):
        kept = KEPT - {"url"} if type(value).__name__ in ADDRESSED else KEPT
        changes = {}
        for part in fields(value):
            old = getattr(value, part.name)
            if part.name in kept or old is None:
                continue
            new = phrases.scrub_html(old) if part.name in HTML else _scrubbed(old, phrases)
            if new != old:
                changes[part.name] = new
        return replace(value, **changes) if changes else value
    return value
