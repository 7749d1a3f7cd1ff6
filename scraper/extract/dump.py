"""A text dump as a Page: parse/plaintext.py reads its lines, this module gives them their meaning."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape

from scraper.model import Byline, Claim, Comment, Page, Person, Post, Removal, When
from scraper.parse.decode import Decoded
from scraper.parse.plaintext import Dump, DumpComment, read_dump
from scraper.text.dates import read_time
from scraper.text.names import person_name, split_names
from scraper.text.prose import excerpt


def page_from_dump(
    decoded: Decoded, url: str | None, fetched_at: datetime | None, fetched_before: datetime | None, version: str
) -> Page:
    """The Page that a text dump shows. A dump without a line is a page of kind 'other' without a post.

    Times of comments are relative to the capture; without one they are bounded below by the post's own time only.
    """
    dump = read_dump(decoded.text)
    post = _post(dump) if dump else None
    comments = _comments(dump.comments, post.published if post else None, fetched_at, fetched_before) if dump else ()
    declared = post.declared_comment_count if post else None
    return Page(
        url=url,
        canonical_url=None,
        post_url=url,
        comment_page=None,
        comment_pages=(),
        kind="post" if post and post.text else "other",
        post=post,
        people=_people(dump) if dump else (),
        comments=comments,
        comments_complete=len(comments) == declared if declared is not None else None,
        comments_elsewhere=None,
        site_name=None,
        platform=None,
        encoding=decoded.encoding,
        encoding_source=decoded.source,
        contexts=dump.contexts if dump else (),
        removals=tuple(_removals(dump.removals)) if dump else (),
        claims=tuple(_claims(dump)) if dump else (),
        notices=decoded.notices,
        source="text",
        extractor_version=version,
    )


def _post(dump: Dump) -> Post:
    names = split_names(dump.byline) if dump.byline else ()
    bylines = tuple(Byline(name) for each in names if (name := person_name(each)))
    if not bylines and dump.author_name:
        bylines = (Byline(dump.author_name),)
    return Post(
        title=dump.title,
        bylines=bylines,
        published=read_time(dump.published_shown) if dump.published_shown else None,
        section=dump.section,
        html=_html(dump.paragraphs),
        text="\n".join(dump.paragraphs),
        tags=dump.tags,
        categories=dump.categories,
        declared_comment_count=dump.declared_comment_count,
        view_count=dump.view_count,
    )


def _people(dump: Dump) -> tuple[Person, ...]:
    if not dump.author_name and not dump.bio_paragraphs:
        return ()
    bio = "\n".join(dump.bio_paragraphs) or None
    html = _html(dump.bio_paragraphs) or None
    return (Person(dump.author_name, None, bio, html, dump.bio_source, None, dump.picture_alt),)


def _comments(
    stated: Iterable[DumpComment], published: When | None, fetched_at: datetime | None, fetched_before: datetime | None
) -> tuple[Comment, ...]:
    return tuple(
        Comment(
            id=None,
            permalink=None,
            parent=None,
            parent_ref=None,
            position=position,
            depth=0,
            author=each.author,
            author_url=None,
            avatar_url=None,
            by_post_author=False,
            subject=each.subject,
            published=_time(each.time_shown, published, fetched_at, fetched_before),
            html=_html(each.paragraphs),
            text="\n".join(each.paragraphs),
        )
        for position, each in enumerate(stated)
    )


def _time(
    shown: str | None, published: When | None, fetched_at: datetime | None, fetched_before: datetime | None
) -> When | None:
    if not shown:
        return None
    return read_time(shown, fetched_at=fetched_at, fetched_before=fetched_before, not_before=published)


def _html(paragraphs: Iterable[str]) -> str:
    return "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)


def _removals(removals: Iterable[tuple[str, str]]) -> Iterable[Removal]:
    for line, (kind, text) in enumerate(removals):
        yield Removal("text dump", kind, "label", f"block {line}", len(text), excerpt(text))


def _claims(dump: Dump) -> Iterable[Claim]:
    shown = (
        ("title", dump.title),
        ("published", dump.published_shown),
        ("author", dump.byline or dump.author_name),
        ("section", dump.section),
        ("comment_count", str(dump.declared_comment_count or "")),
        ("body", excerpt(" ".join(dump.paragraphs))),
    )
    for field, value in shown:
        if value:
            yield Claim(field, value, "text dump", "label or place", True)
