"""Comments in the answers of embedded services: `read_service`.

Isso, Remark42, webmention.io, Cusdis, Waline, Artalk, Ghost and GitHub's issues (utterances), each as documented where
discover/services.py says. What was deleted or waits for approval is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from typing import Any

from scraper.extract.threads.stated_values import Stated, is_object, list_of, number_of, object_of, text_of
from scraper.model import CommentKind

MENTIONS: dict[str, CommentKind] = {"in-reply-to": "comment", "mention-of": "pingback"}  # others say no words
GHOST_ANSWERS = re.compile(r"/members/api/comments/([0-9a-f]{24})/replies/")
ISSO_SHOWN = (None, 1)  # mode 2 waits, 4 was deleted
Item = dict[str, Any]


def read_service(value: Any, url: str | None = None) -> Iterator[Stated] | None:
    """The comments of a service's answer, in its order; None where the JSON is of none that is known.

    :param url: the address that was asked, which alone names the comment whose answers Ghost was asked for.
    """
    if isinstance(value, list):
        first: Item = next(filter(is_object, value), {})
        return _of_github(value) if "issue_url" in first else None
    if not isinstance(value, dict):
        return iter(())
    comments = list_of(value.get("comments"))
    if "roots_count" in value:
        return _of_artalk(comments)
    if (told := _told_by_one(comments, url)) is not None:
        return told
    if "total_replies" in value:
        return _nested(value.get("replies"), "replies", _of_isso)
    if value.get("type") == "feed" and "children" in value:
        return _of_mentions(list_of(value["children"]))
    data = value["data"] if is_object(value.get("data")) else value
    if "pageCount" in data:
        return _nested(data.get("data"), "replies", _of_cusdis)
    return _nested(data.get("data"), "children", _of_waline) if "totalPages" in data else None


def _told_by_one(comments: list[Any], url: str | None) -> Iterator[Stated] | None:
    """The comments of a service whose answer only they themselves tell from those of others."""
    shown = [each for each in comments if is_object(each)]
    if any("member" in each and "html" in each for each in shown):
        answered = GHOST_ANSWERS.search(url or "")
        return _nested(comments, "replies", _of_ghost, answered[1] if answered else None)
    return _of_remark(comments) if any("locator" in each for each in shown) else None


def _nested(
    items: Any, below: str, read: Callable[[Item, str | None], Stated | None], answered: str | None = None
) -> Iterator[Stated]:
    """All comments, each before its answers; `below` is where those stand, in a list or in the 'data' of an object.

    :param answered: the comment that all of them answer.
    """
    waiting: list[tuple[Any, str | None]] = [(item, answered) for item in reversed(list_of(items))]
    while waiting:
        item, above = waiting.pop()
        if not is_object(item):
            continue
        stated = read(item, above)
        answers = item.get(below)
        answers = answers.get("data") if is_object(answers) else answers
        ident = stated.ident if stated else above
        waiting.extend((child, ident) for child in reversed(list_of(answers)))
        if stated:
            yield stated


def _of_isso(item: Item, above: str | None) -> Stated | None:
    if item.get("mode") not in ISSO_SHOWN:
        return None
    return replace(
        _signed(item, "author", "website", "gravatar_image"),
        ident=number_of(item.get("id")),
        parent_ref=number_of(item.get("parent")) or above,
        published=_moment(item.get("created")),
        html=text_of(item.get("text")),
    )


def _of_cusdis(item: Item, above: str | None) -> Stated | None:
    if item.get("approved") is False or item.get("deletedAt"):
        return None
    return Stated(
        ident=text_of(item.get("id")) or None,
        parent_ref=text_of(item.get("parentId")) or above,
        author=text_of(item.get("by_nickname")),
        published=text_of(item.get("createdAt")),
        html=text_of(item.get("parsedContent")) or _paragraphs(item.get("content")),
    )


def _of_waline(item: Item, above: str | None) -> Stated | None:
    if item.get("status", "approved") not in ("approved", "", None):
        return None
    return replace(
        _signed(item, "nick", "link", "avatar"),
        ident=_ident(item.get("objectId")),
        parent_ref=_ident(item.get("pid")) or above,
        published=text_of(item.get("insertedAt")) or _moment(item.get("time"), 1000),
        html=text_of(item.get("comment")),
    )


def _of_ghost(item: Item, above: str | None) -> Stated | None:
    if item.get("status") != "published":
        return None
    return replace(
        _signed(object_of(item.get("member")), "name", picture="avatar_image"),
        ident=text_of(item.get("id")) or None,
        parent_ref=text_of(item.get("in_reply_to_id")) or above,
        published=text_of(item.get("created_at")),
        html=text_of(item.get("html")),
    )


def _of_remark(items: list[Any]) -> Iterator[Stated]:
    for item in filter(is_object, items):
        user = object_of(item.get("user"))
        if not item.get("delete"):
            yield replace(
                _signed(user, "name", picture="picture"),
                ident=text_of(item.get("id")) or None,
                parent_ref=text_of(item.get("pid")) or None,
                published=text_of(item.get("time")),
                html=text_of(item.get("text")),
            )


def _of_artalk(items: list[Any]) -> Iterator[Stated]:
    for item in filter(is_object, items):
        if not item.get("is_pending"):
            yield Stated(
                ident=number_of(item.get("id")),
                parent_ref=number_of(item.get("rid")),
                author=text_of(item.get("nick")),
                author_url=text_of(item.get("link")),
                published=text_of(item.get("date")),
                html=text_of(item.get("content_marked")) or _paragraphs(item.get("content")),
            )


def _of_mentions(items: list[Any]) -> Iterator[Stated]:
    for item in filter(is_object, items):
        kind = MENTIONS.get(text_of(item.get("wm-property")))
        author, content = object_of(item.get("author")), object_of(item.get("content"))
        if kind and not item.get("wm-private"):
            yield replace(
                _signed(author, "name", "url", "photo"),
                ident=number_of(item.get("wm-id")),
                permalink=text_of(item.get("url")) or text_of(item.get("wm-source")),
                published=text_of(item.get("published")) or text_of(item.get("wm-received")),
                html=text_of(content.get("html")) or _paragraphs(content.get("text")),
                kind=kind,
                post_url=text_of(item.get("wm-target")),
            )


def _of_github(items: list[Any]) -> Iterator[Stated]:
    """An issue's comments. Without a header that asks for more their words are Markdown, which stays as it is."""
    for item in filter(is_object, items):
        user = object_of(item.get("user"))
        yield replace(
            _signed(user, "login", "html_url", "avatar_url"),
            ident=number_of(item.get("id")),
            permalink=text_of(item.get("html_url")),
            published=text_of(item.get("created_at")),
            html=text_of(item.get("body_html")) or _paragraphs(item.get("body")),
        )


def _signed(user: Item, name: str, url: str = "", picture: str = "") -> Stated:
    """A comment of this person, whose values have these names; the rest of it is not known yet."""
    return Stated(
        author=text_of(user.get(name)), author_url=text_of(user.get(url)), avatar_url=text_of(user.get(picture))
    )


def _ident(value: Any) -> str | None:
    return number_of(value) or text_of(value) or None


def _moment(value: Any, per_second: int = 1) -> str:
    """A number of seconds since 1970, or of parts of them, as a time in UTC."""
    if not isinstance(value, (int, float)):
        return ""
    try:
        return datetime.fromtimestamp(int(value / per_second), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _paragraphs(value: Any) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text_of(value).split("\n") if line.strip())
