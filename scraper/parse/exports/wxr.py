"""WordPress's own export, WXR 1.0 to 1.2 (wp-admin/includes/export.php): `read_wxr`.

Posts and pages that are published come with their authors, categories, tags and approved comments, pingbacks and
trackbacks. The rest is left out by name: what is not published, what is locked by a password, comments that wait, were
refused or deleted, and records that are no text (pictures, menus, what plugins keep).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from scraper.parse.exports.elements import Flaw, attribute, long_text, name_of, parts_of, read_elements, text_of, words
from scraper.parse.exports.values import Exported, ExportedComment, ExportedPerson, ExportedPost, LeftOut, Made
from scraper.text.entities import unescape

KINDS = {"post": "post", "page": "other"}
STATES = {"1": "approved", "0": "unapproved", "spam": "spam", "trash": "trashed", "post-trashed": "trashed"}
COMMENT_KINDS = ("comment", "pingback", "trackback")
NO_TIME = "0000-00-00"
STEPS = 15 * 60  # seconds; all zones differ by a multiple
FARTHEST = 14 * 60 * 60
PUBLISHED, MODIFIED, SUBJECT = OURS = ("_archived_published", "_archived_modified", "_archived_subject")
BLOCKS = "<!-- wp:"  # a text of the block editor has its paragraphs marked

Parts = dict[str, list[Any]]


def read_wxr(stream: BinaryIO) -> Iterator[Exported]:
    """What the export holds, in its order. Never fails: what is damaged is left out and named."""
    channel: dict[str, str] = {}
    authors: dict[str, tuple[str, str]] = {}  # id and shown name, by login
    for element in read_elements(stream, 2):
        if isinstance(element, Flaw):
            yield LeftOut("the export", f"damaged: {element.message}", damaged=True)
            return
        name = name_of(element)
        if name == "item":
            yield from _item(parts_of(element), channel, authors)
        elif name == "wp:author":
            parts = parts_of(element)
            shown = _name(parts, "wp:author_display_name") or words(parts, "wp:author_login")
            authors[words(parts, "wp:author_login")] = (words(parts, "wp:author_id"), shown)
        elif name in ("title", "language"):
            channel[name] = text_of(element)
        elif name == "pubdate":
            yield Made(text_of(element))


def _item(parts: Parts, channel: dict[str, str], authors: dict[str, tuple[str, str]]) -> Iterator[Exported]:
    name = words(parts, "link") or words(parts, "guid") or words(parts, "title") or "an item without name"
    reason = _why_not(parts)
    comments = parts.get("wp:comment", [])
    if reason is not None:
        yield LeftOut(name, reason)
        yield from (LeftOut(name, "comment on what is left out", part_of_post=True) for _ in comments)
        return
    login = words(parts, "dc:creator") or words(parts, "creator")
    author_id, author = authors.get(login, ("", login))
    signers = _signers(parts, authors) or (author,)
    known = _known(parts, "wp:postmeta")
    kept: list[ExportedComment] = []
    for each in _comments(comments, name, author_id):
        if isinstance(each, LeftOut):
            yield each
        else:
            kept.append(each)
    html = long_text(parts, "content:encoded")
    yield ExportedPost(
        url=name,
        kind="post" if words(parts, "wp:post_type") == "post" else "other",
        platform="wordpress",
        title=_name(parts, "title") or None,
        authors=tuple(ExportedPerson(name) for name in signers if name),
        published=known.get(PUBLISHED) or _time(words(parts, "wp:post_date"), words(parts, "wp:post_date_gmt")),
        modified=known.get(MODIFIED) or _time(words(parts, "wp:post_modified"), words(parts, "wp:post_modified_gmt")),
        html=html,
        breaks=BLOCKS not in html,
        tags=_terms(parts, "post_tag"),
        categories=_terms(parts, "category"),
        language=channel.get("language"),
        site_name=channel.get("title"),
        comments=tuple(kept),
        comments_complete=True,
    )


def _comments(elements: Sequence[Any], name: str, author_id: str) -> Iterator[ExportedComment | LeftOut]:
    """The comments of the item of this name that are for readers, and why the others are not."""
    for each in map(parts_of, elements):
        state = STATES.get(words(each, "wp:comment_approved"), "unapproved")
        kind = words(each, "wp:comment_type") or "comment"
        if state != "approved":
            yield LeftOut(name, f"{state} comment", part_of_post=True)
        elif kind not in COMMENT_KINDS:
            yield LeftOut(name, f"comment of type {kind}", part_of_post=True)
        else:
            yield _comment(each, name, kind, author_id)


def _why_not(parts: Parts) -> str | None:
    """Why the item is not taken; None where it is."""
    kind, status = words(parts, "wp:post_type") or "post", words(parts, "wp:status") or "publish"
    if kind not in KINDS:
        return f"of type {kind}"
    if status != "publish":
        return f"not published: {status}"
    if words(parts, "wp:post_password"):
        return "locked by a password"
    return None


def _comment(parts: Parts, post_url: str, kind: str, author_id: str) -> ExportedComment:
    ident, user = words(parts, "wp:comment_id"), words(parts, "wp:comment_user_id")
    above = words(parts, "wp:comment_parent")
    known = _known(parts, "wp:commentmeta")
    return ExportedComment(
        id=ident or None,
        parent=above if above not in ("", "0") else None,
        author=_name(parts, "wp:comment_author") or None,
        author_url=words(parts, "wp:comment_author_url") or None,
        subject=known.get(SUBJECT),
        published=known.get(PUBLISHED) or _time(words(parts, "wp:comment_date"), words(parts, "wp:comment_date_gmt")),
        html=long_text(parts, "wp:comment_content"),
        breaks=True,
        kind=kind,
        permalink=f"{post_url}#comment-{ident}" if ident else None,
        by_post_author=bool(author_id) and user == author_id,
        email=words(parts, "wp:comment_author_email") or None,
        ip=words(parts, "wp:comment_author_ip") or None,
    )


def _terms(parts: Parts, domain: str) -> tuple[str, ...]:
    """Names of the item's categories or tags; an item says them once each, some exports twice."""
    found = (unescape(text_of(each)) for each in parts.get("category", ()) if attribute(each, "domain") == domain)
    return tuple(dict.fromkeys(filter(None, found)))


def _name(parts: Parts, name: str) -> str:
    """A title or name, which WordPress keeps with its ampersands escaped, or as it was typed."""
    return unescape(words(parts, name))


def _signers(parts: Parts, authors: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    """The names of all who sign, where several do (as the plugin Co-Authors Plus has them)."""
    found = (
        authors.get(attribute(each, "nicename").removeprefix("cap-"), ("", unescape(text_of(each))))[1]
        for each in parts.get("category", ())
        if attribute(each, "domain") == "author"
    )
    return tuple(dict.fromkeys(filter(None, found)))


def _known(parts: Parts, name: str) -> dict[str, str]:
    """What our own export says beside the fields that WordPress has (see export/wxr.py)."""
    found = ((words(each, "wp:meta_key"), words(each, "wp:meta_value")) for each in map(parts_of, parts.get(name, ())))
    return {key: value for key, value in found if key in OURS and value}


def _time(local: str, utc: str) -> str | None:
    """The wall clock with the offset that the same time in UTC tells; either of them where the other is missing.

    >>> _time("2012-05-14 10:04:00", "2012-05-14 08:04:00")
    '2012-05-14T10:04:00+02:00'
    """
    here, there = _clock(local), _clock(utc)
    if here is None or there is None:
        return f"{there.isoformat()}Z" if there else here.isoformat() if here else None
    offset = int((here - there).total_seconds())
    if offset % STEPS or abs(offset) > FARTHEST:
        return f"{there.isoformat()}Z"
    sign, minutes = "-" if offset < 0 else "+", abs(offset) // 60
    return f"{here.isoformat()}{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def _clock(stated: str) -> datetime | None:
    if stated.startswith(NO_TIME):
        return None
    try:
        return datetime.fromisoformat(stated).replace(tzinfo=None)
    except ValueError:
        return None
