"""Comments that a platform states apart from the page: `read_stated` reads feeds of comments and open JSON.

Feeds (RSS, Atom, JSON Feed) as WordPress, Blogger and others give them per post or per blog; the JSON of WordPress
(`/wp-json/wp/v2/comments`), Blogger (`?alt=json`), Discourse (`/t/ID.json`) and Substack (`/api/v1/post/ID/comments`).
What waits for moderation or was deleted is left out. Pure, and for no input does it fail.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import Any

from scraper.extract.addresses import post_address
from scraper.extract.comment_words import ANSWERS
from scraper.extract.platforms import GENERIC
from scraper.extract.render import Rendered, render
from scraper.model import Comment, CommentKind, StatedComment, When
from scraper.parse.feed import MOST_BYTES, MOST_CHARACTERS, read_feed
from scraper.parse.html import parse_html
from scraper.parse.node import Node
from scraper.text.dates import read_time
from scraper.text.prose import fold, whole_characters
from scraper.text.urls import resolve, without_query

MOST_COMMENTS = 100_000  # of one document
ANSWERING = 150  # characters of a first line that links to the comment that is answered
TWINS = ("showComment", "replytocom", "cid", "cpage")  # in links to a comment, which name no other post
KINDS: dict[str, CommentKind] = {"pingback": "pingback", "trackback": "trackback"}
IDENTITY = re.compile(rf"{GENERIC.comments.identity}|#(?:cmt|t|c)(\d+)$", re.I)
LAST_NUMBER = re.compile(r"(\d+)/?$")


@dataclass(frozen=True, slots=True)
class _Stated:
    """What a document says of one comment, as it stands there; empty where it says nothing."""

    ident: str | None = None
    permalink: str = ""
    parent_ref: str | None = None
    author: str = ""
    author_url: str = ""
    avatar_url: str = ""
    published: str = ""
    html: str = ""
    kind: CommentKind = "comment"
    post_url: str = ""


def read_stated(payload: bytes, url: str | None = None) -> tuple[StatedComment, ...]:
    """The comments of a feed or of a platform's JSON, in the document's order; none where it is neither.

    :param url: the document's own address, against which relative links are resolved.
    """
    head = payload[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    found = _of_json(payload) if head in (b"{", b"[") else None
    stated = _of_feed(payload) if found is None else found
    return tuple(_with(each, place, url) for place, each in enumerate(islice(stated, MOST_COMMENTS)))


def _of_feed(payload: bytes) -> Iterator[_Stated]:
    for entry in read_feed(payload):
        yield _Stated(
            ident=_identity(entry.url or ""),
            permalink=entry.url or "",
            author=entry.authors[0] if entry.authors else "",
            published=entry.published or "",
            html=entry.html,
        )


def _of_json(payload: bytes) -> Iterator[_Stated] | None:
    """The comments of the JSON that is known; None where this is none of it."""
    if len(payload) > MOST_BYTES:
        return iter(())
    try:
        value = json.loads(payload)
    except (ValueError, RecursionError):
        return iter(())
    if isinstance(value, list):
        return _of_wordpress(value)
    if "post_stream" in value:
        return _of_discourse(value)
    if "comments" in value:
        return _of_substack(value["comments"])
    return _of_blogger(_object(value["feed"])) if "feed" in value else None


def _of_wordpress(items: list[Any]) -> Iterator[_Stated]:
    for item in filter(_is_object, items):
        if item.get("status", "approved") != "approved" or "author_name" not in item:
            continue
        day, pictures = _text(item.get("date_gmt")), list(_object(item.get("author_avatar_urls")).values())
        yield _Stated(
            ident=_number(item.get("id")),
            permalink=_text(item.get("link")),
            parent_ref=_number(item.get("parent")),
            author=_text(item.get("author_name")),
            author_url=_text(item.get("author_url")),
            avatar_url=_text(pictures[-1]) if pictures else "",
            published=f"{day}Z" if day else _text(item.get("date")),
            html=_text(_object(item.get("content")).get("rendered")),
            kind=KINDS.get(_text(item.get("type")), "comment"),
        )


def _of_blogger(feed: dict[str, Any]) -> Iterator[_Stated]:
    for item in filter(_is_object, _list(feed.get("entry"))):
        links = filter(_is_object, _list(item.get("link")))
        hrefs = {_text(link.get("rel")): _text(link.get("href")) for link in links}
        author = _object(next(iter(_list(item.get("author"))), None))
        answered, own = LAST_NUMBER.search(hrefs.get("related", "")), LAST_NUMBER.search(_inner(item.get("id")))
        yield _Stated(
            ident=own[1] if own else None,
            permalink=hrefs.get("alternate", ""),
            parent_ref=answered[1] if answered else None,
            author=_inner(author.get("name")),
            author_url=_inner(author.get("uri")),
            avatar_url=_text(_object(author.get("gd$image")).get("src")),
            published=_inner(item.get("published")),
            html=_inner(item.get("content")) or _inner(item.get("summary")),
        )


def _of_discourse(topic: dict[str, Any]) -> Iterator[_Stated]:
    address = f"/t/{_text(topic.get('slug')) or '-'}/{_number(topic.get('id'))}"
    for item in filter(_is_object, _list(_object(topic["post_stream"]).get("posts"))):
        number, name = _number(item.get("post_number")), _text(item.get("username"))
        if number in (None, "1") or any(item.get(state) for state in ("deleted_at", "user_deleted", "hidden")):
            continue  # the first opened the topic
        yield _Stated(
            ident=number,
            permalink=f"{address}/{number}",
            parent_ref=_number(item.get("reply_to_post_number")),
            author=name,
            author_url=f"/u/{name}" if name else "",
            published=_text(item.get("created_at")),
            html=_text(item.get("cooked")),
            post_url=address,
        )


def _of_substack(items: Any) -> Iterator[_Stated]:
    waiting: list[tuple[Any, str | None]] = [(item, None) for item in reversed(_list(items))]
    while waiting:
        item, above = waiting.pop()
        if not _is_object(item):
            continue
        ident, body = _number(item.get("id")), _text(item.get("body"))
        waiting.extend((child, ident) for child in reversed(_list(item.get("children"))))
        if body and not item.get("deleted"):
            yield _Stated(
                ident=ident,
                parent_ref=above,
                author=_text(item.get("name")),
                avatar_url=_text(item.get("photo_url")),
                published=_text(item.get("date")),
                html="".join(f"<p>{escape(line)}</p>" for line in body.split("\n") if line.strip()),
            )


def _with(stated: _Stated, place: int, base: str | None) -> StatedComment:
    permalink = _url(base, stated.permalink)
    body, answered = _rendered(stated.html, permalink or base)
    comment = Comment(
        id=stated.ident,
        permalink=permalink,
        parent=None,
        parent_ref=(stated.parent_ref if stated.parent_ref != "0" else None) or answered,
        position=place,
        depth=0,
        author=fold(stated.author) or None,
        author_url=_url(base, stated.author_url),
        avatar_url=_url(base, stated.avatar_url),
        by_post_author=False,
        subject=None,
        published=_time(stated.published),
        html=body.html,
        text=body.text,
        kind=stated.kind,
    )
    post_url = _url(base, stated.post_url)
    if permalink and not post_url:
        post_url = post_address(without_query(permalink, TWINS), None, None)[0]
    return StatedComment(comment, post_url)


def _rendered(html: str, base: str | None) -> tuple[Rendered, str | None]:
    """The comment's words, and the id of the comment that a first line 'In reply to' names; that line is left out."""
    document = parse_html(html)
    first = next(iter(document.body.below), None)
    answered = _answered(first) if first is not None else None
    body = render(document.body, base, [first] if first is not None and answered else [], keep_labelled=True)
    document.release()
    return body, answered


def _answered(line: Node) -> str | None:
    """The comment that a line names, where it says nothing else: a word for 'in reply to', a link, a full stop."""
    link = line.select_one("a[href*='#']") if line.text_length < ANSWERING else None
    if link is None:
        return None
    before, _, after = line.text().partition(link.text())
    is_alone = ANSWERS.search(before.rstrip()) is not None and not after.strip(" .:")
    return _identity(link.get("href") or "") if is_alone else None


def _time(stated: str) -> When | None:
    when = read_time(stated) if stated else None
    return when if when is not None and when.local is not None else None


def _identity(link: str) -> str | None:
    """The platform's id in the fragment of a link to the comment."""
    found = IDENTITY.search(f"#{link.partition('#')[2]}") if "#" in link else None
    return next((group for group in found.groups() if group), None) if found else None


def _url(base: str | None, stated: str) -> str | None:
    return resolve(base, stated) if stated else None


# ---- values of JSON that may be anything


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return whole_characters(value[:MOST_CHARACTERS]) if isinstance(value, str) else ""


def _inner(value: Any) -> str:
    """The text of Google's `{"$t": text}`."""
    return _text(_object(value).get("$t"))


def _number(value: Any) -> str | None:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
