"""An exported post as a Page: what a page of it would show, from what its own software says of it."""

from __future__ import annotations

from collections.abc import Sequence

from scraper.extract.assembly import EXTRACTOR_VERSION
from scraper.extract.kinds import is_about
from scraper.extract.layout.render import Rendered, render
from scraper.extract.threads.nesting import rooted
from scraper.model import Byline, Comment, CommentKind, Page, PageKind, Person, Post, When
from scraper.parse.exports.stored import read_stored
from scraper.parse.exports.values import ExportedComment, ExportedPerson, ExportedPost
from scraper.parse.html import parse_html
from scraper.text.breaks import break_lines
from scraper.text.dates import read_time
from scraper.text.prose import fold
from scraper.text.urls import resolve

KINDS: dict[str, CommentKind] = {"pingback": "pingback", "trackback": "trackback"}
SOURCE = "export"


def extract_export(payload: bytes, url: str | None = None) -> Page:
    """The Page of a stored record of an export (see parse/exports/stored.py); one of kind 'other' where it is none."""
    exported = read_stored(payload)
    own = url or (exported.url if exported else None)
    post = _post(exported, own) if exported else None
    comments = _comments(exported.comments, own) if exported else ()
    return Page(
        url=own,
        canonical_url=None,
        post_url=own,
        comment_page=None,
        comment_pages=(),
        kind=_kind(exported, own),
        post=post,
        people=tuple(_person(each, own) for each in exported.authors) if exported else (),
        comments=comments,
        comments_complete=exported.comments_complete if exported else None,
        comments_elsewhere=None,
        site_name=fold(exported.site_name or "") or None if exported else None,
        platform=exported.platform if exported else None,
        encoding="utf-8",
        encoding_source=SOURCE,
        contexts=(),
        removals=(),
        claims=(),
        notices=() if exported else ("no record of an export",),
        source="html",
        extractor_version=EXTRACTOR_VERSION,
    )


def _kind(exported: ExportedPost | None, url: str | None) -> PageKind:
    """What the page of it would be; of a page that is no post, as far as its address tells."""
    if exported is None or exported.kind == "other":
        return "about" if exported is not None and is_about(url) else "other"
    return "post"


def _post(exported: ExportedPost, base: str | None) -> Post:
    body = _rendered(exported.html, exported.breaks, base)
    return Post(
        title=fold(exported.title or "") or None,
        subtitle=fold(exported.subtitle or "") or None,
        bylines=tuple(Byline(fold(each.name), _url(base, each.url)) for each in exported.authors),
        published=_time(exported.published),
        modified=_time(exported.modified),
        html=body.html,
        text=body.text,
        language=exported.language,
        tags=exported.tags,
        categories=exported.categories,
        images=body.images,
        links=body.links,
    )


def _person(stated: ExportedPerson, base: str | None) -> Person:
    bio = _rendered(stated.bio, True, base) if stated.bio else None
    return Person(
        name=fold(stated.name) or None,
        url=_url(base, stated.url),
        bio_text=bio.text or None if bio else None,
        bio_html=bio.html or None if bio else None,
        picture_url=_url(base, stated.picture_url),
    )


def _comments(stated: Sequence[ExportedComment], base: str | None) -> tuple[Comment, ...]:
    """The comments in the export's order, each with its parent where that is among them."""
    places = {each.id: place for place, each in reversed([*enumerate(stated)]) if each.id}
    above = [places.get(each.parent or "") for each in stated]
    return tuple(
        _comment(each, place, parent, depth, base)
        for place, (each, (parent, depth)) in enumerate(zip(stated, rooted(above, [0] * len(stated)), strict=True))
    )


def _comment(stated: ExportedComment, place: int, parent: int | None, depth: int, base: str | None) -> Comment:
    body = _rendered(stated.html, stated.breaks, base)
    return Comment(
        id=stated.id,
        permalink=_url(base, stated.permalink),
        parent=parent,
        parent_ref=stated.parent,
        position=place,
        depth=depth,
        author=fold(stated.author or "") or None,
        author_url=_url(base, stated.author_url),
        avatar_url=None,
        by_post_author=stated.by_post_author,
        subject=fold(stated.subject or "") or None,
        published=_time(stated.published),
        html=body.html,
        text=body.text,
        kind=KINDS.get(stated.kind, "comment"),
    )


def _rendered(html: str, breaks: bool, base: str | None) -> Rendered:
    document = parse_html(break_lines(html) if breaks else html)
    body = render(document.body, base, keep_labelled=True)
    document.release()
    return body


def _time(stated: str | None) -> When | None:
    """The time as stated: ISO 8601, or two moments with a slash between, of which '..' is an open one."""
    if stated and "/" in stated:
        return _interval(stated)
    when = read_time(stated) if stated else None
    return when if when is not None and when.local is not None else None


def _interval(stated: str) -> When | None:
    begin, _, end = stated.partition("/")
    bounds = [None if each == ".." else read_time(each) for each in (begin, end)]
    earliest, latest = (each.earliest if each and each.precision == "second" else None for each in bounds)
    if earliest is None and latest is None:
        return None
    return When(earliest, latest, None, None, "interval", stated)


def _url(base: str | None, stated: str | None) -> str | None:
    return resolve(base, stated) if stated else None
