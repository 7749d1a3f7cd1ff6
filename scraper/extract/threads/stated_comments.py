"""Comments that a platform states apart from the page: `read_stated` reads feeds of comments and open JSON.

Feeds (RSS, Atom, JSON Feed) as WordPress, Blogger and others give them per post or per blog; the JSON of WordPress
(`/wp-json/wp/v2/comments`), Blogger (`?alt=json`), Discourse (`/t/ID.json`) and Substack (`/api/v1/post/ID/comments`),
and that of embedded services (`service_comments.py`).
What waits for moderation or was deleted is left out. Pure, and for no input does it fail.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from itertools import islice
from typing import Any

from scraper.extract.addresses import post_address
from scraper.extract.layout.render import Rendered, render
from scraper.extract.platforms import GENERIC
from scraper.extract.threads.comment_words import ANSWERS
from scraper.extract.threads.service_comments import read_service
from scraper.extract.threads.stated_values import Stated, is_object, list_of, number_of, object_of, text_of
from scraper.model import Comment, CommentKind, StatedComment, When
from scraper.parse.feed import MOST_BYTES, read_feed
from scraper.parse.html import parse_html
from scraper.parse.node import Node
from scraper.text.dates import read_time
from scraper.text.prose import fold
from scraper.text.urls import resolve, without_query

MOST_COMMENTS = 100_000  # of one document
ANSWERING = 150  # characters of a first line that links to the comment that is answered
TWINS = ("showComment", "replytocom", "cid", "cpage")  # in links to a comment, which name no other post
KINDS: dict[str, CommentKind] = {"pingback": "pingback", "trackback": "trackback"}
IDENTITY = re.compile(rf"{GENERIC.comments.identity}|#(?:cmt|t|c)(\d+)$", re.I)
LAST_NUMBER = re.compile(r"(\d+)/?$")


def read_stated(payload: bytes, url: str | None = None) -> tuple[StatedComment, ...]:
    """The comments of a feed or of a platform's JSON, in the document's order; none where it is neither.

    :param url: the document's own address, against which relative links are resolved.
    """
    head = payload[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    found = _of_json(payload, url) if head in (b"{", b"[") else None
    stated = _of_feed(payload) if found is None else found
    return tuple(_with(each, place, url) for place, each in enumerate(islice(stated, MOST_COMMENTS)))


def _of_feed(payload: bytes) -> Iterator[Stated]:
    for entry in read_feed(payload):
        yield Stated(
            ident=_identity(entry.url or ""),
            permalink=entry.url or "",
            author=entry.authors[0] if entry.authors else "",
            published=entry.published or "",
            html=entry.html,
        )


def _of_json(payload: bytes, url: str | None) -> Iterator[Stated] | None:
    """The comments of the JSON that is known; None where this is none of it."""
    if len(payload) > MOST_BYTES:
        return iter(())
    try:
        value = json.loads(payload)
    except (ValueError, RecursionError):
        return iter(())
    of_service = read_service(value, url)
    if of_service is not None:
        return of_service
    if isinstance(value, list):
        return _of_wordpress(value)
    if "post_stream" in value:
        return _of_discourse(value)
    if "comments" in value:
        return _of_substack(value["comments"])
    return _of_blogger(object_of(value["feed"])) if "feed" in value else None


def _of_wordpress(items: list[Any]) -> Iterator[Stated]:
    for item in filter(is_object, items):
        if item.get("status", "approved") != "approved" or "author_name" not in item:
            continue
        day, pictures = text_of(item.get("date_gmt")), list(object_of(item.get("author_avatar_urls")).values())
        yield Stated(
            ident=number_of(item.get("id")),
            permalink=text_of(item.get("link")),
            parent_ref=number_of(item.get("parent")),
            author=text_of(item.get("author_name")),
            author_url=text_of(item.get("author_url")),
            avatar_url=text_of(pictures[-1]) if pictures else "",
            published=f"{day}Z" if day else text_of(item.get("date")),
            html=text_of(object_of(item.get("content")).get("rendered")),
            kind=KINDS.get(text_of(item.get("type")), "comment"),
        )


def _of_blogger(feed: dict[str, Any]) -> Iterator[Stated]:
    for item in filter(is_object, list_of(feed.get("entry"))):
        links = filter(is_object, list_of(item.get("link")))
        hrefs = {text_of(link.get("rel")): text_of(link.get("href")) for link in links}
        author = object_of(next(iter(list_of(item.get("author"))), None))
        answered, own = LAST_NUMBER.search(hrefs.get("related", "")), LAST_NUMBER.search(_inner(item.get("id")))
        yield Stated(
            ident=own[1] if own else None,
            permalink=hrefs.get("alternate", ""),
            parent_ref=answered[1] if answered else None,
            author=_inner(author.get("name")),
            author_url=_inner(author.get("uri")),
            avatar_url=text_of(object_of(author.get("gd$image")).get("src")),
            published=_inner(item.get("published")),
            html=_inner(item.get("content")) or _inner(item.get("summary")),
        )


def _of_discourse(topic: dict[str, Any]) -> Iterator[Stated]:
    address = f"/t/{text_of(topic.get('slug')) or '-'}/{number_of(topic.get('id'))}"
    for item in filter(is_object, list_of(object_of(topic["post_stream"]).get("posts"))):
        number, name = number_of(item.get("post_number")), text_of(item.get("username"))
        if number in (None, "1") or any(item.get(state) for state in ("deleted_at", "user_deleted", "hidden")):
            continue  # the first opened the topic
        yield Stated(
            ident=number,
            permalink=f"{address}/{number}",
            parent_ref=number_of(item.get("reply_to_post_number")),
            author=name,
            author_url=f"/u/{name}" if name else "",
            published=text_of(item.get("created_at")),
            html=text_of(item.get("cooked")),
            post_url=address,
        )


def _of_substack(items: Any) -> Iterator[Stated]:
    waiting: list[tuple[Any, str | None]] = [(item, None) for item in reversed(list_of(items))]
    while waiting:
        item, above = waiting.pop()
        if not is_object(item):
            continue
        ident, body = number_of(item.get("id")), text_of(item.get("body"))
        waiting.extend((child, ident) for child in reversed(list_of(item.get("children"))))
        if body and not item.get("deleted"):
            yield Stated(
                ident=ident,
                parent_ref=above,
                author=text_of(item.get("name")),
                avatar_url=text_of(item.get("photo_url")),
                published=text_of(item.get("date")),
                html="".join(f"<p>{escape(line)}</p>" for line in body.split("\n") if line.strip()),
            )


def _with(stated: Stated, place: int, base: str | None) -> StatedComment:
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


def _inner(value: Any) -> str:
    """The text of Google's `{"$t": text}`."""
    return text_of(object_of(value).get("$t"))
