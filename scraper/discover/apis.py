"""What open interfaces of platforms lead to: WordPress, Blogger, Discourse, Substack. `api_leads` reads an answer.

The comments themselves are read by extract/threads/stated_comments.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from scraper.discover.changed import changed_at
from scraper.discover.feeds import COMMENT_PAGE, read_feed_leads
from scraper.discover.queries import number, parameter, with_parameters
from scraper.model import Lead, LeadRole
from scraper.text.urls import path_of, resolve, without_fragment

MOST_BYTES = 20_000_000
MOST_ITEMS = 5_000
MOST_PAGES = 1_000
MOST_CHARACTERS = 2_000
PER_PAGE = 100  # the most that WordPress gives
POST_FIELDS = "id,link,date_gmt,modified_gmt,type,status"
COMMENT_FIELDS = "id,post,parent,author_name,author_url,author_avatar_urls,date,date_gmt,link,content,type,status"
TOPIC_PAGE = 20  # messages in an answer of Discourse
Headers = Iterable[tuple[str, str]]


# ---- addresses to ask


def wordpress_posts(root: str) -> str:
    """The address of all posts' addresses and times, 100 an answer, those that changed last first.

    `root` is that of the interface.

    >>> wordpress_posts("https://blog.example/?rest_route=/").partition("&")[0]
    'https://blog.example/?rest_route=/wp/v2/posts'
    """
    return _wordpress(
        root, "wp/v2/posts", per_page=PER_PAGE, orderby="modified", order="desc", page=1, _fields=POST_FIELDS
    )


def wordpress_comments(root: str, post: int | None = None) -> str:
    """The address of a post's comments, or of the whole blog's: 100 an answer, those of a post oldest first."""
    if post is None:
        return _wordpress(root, "wp/v2/comments", per_page=PER_PAGE, page=1, _fields=COMMENT_FIELDS)
    return _wordpress(root, "wp/v2/comments", post=post, per_page=PER_PAGE, order="asc", page=1, _fields=COMMENT_FIELDS)


def substack_posts(home: str) -> str | None:
    return resolve(home, "/api/v1/archive?sort=new&offset=0&limit=50")


def _wordpress(root: str, route: str, **values: str | int) -> str:
    base = parameter(root, "rest_route")
    if base is not None:
        return with_parameters(root, rest_route=f"{base.rstrip('/')}/{route}", **values)
    return with_parameters(f"{without_fragment(root).rstrip('/')}/{route}", **values)


# ---- what they answer


def api_leads(payload: bytes, url: str, headers: Headers = ()) -> tuple[Lead, ...]:
    """The posts that the answer names, where their comments are, and the next page; of other JSON none. Never fails.

    :param url: the address that was asked; the next page's is made of it.
    :param headers: the answer's; WordPress says there how many pages there are.
    """
    if len(payload) > MOST_BYTES:
        return ()
    try:
        value = json.loads(payload)
    except (ValueError, RecursionError):
        return ()
    if isinstance(value, list):
        return _once(_of_list([item for item in value[:MOST_ITEMS] if isinstance(item, dict)], url, headers))
    if not isinstance(value, dict):
        return ()
    if "jsonfeed.org" in str(value.get("version")):
        return read_feed_leads(payload, url)
    if "post_stream" in value:
        return _once(_of_topic(value, url))
    if "topic_list" in value:
        return _once(_of_topics(_object(value["topic_list"]), url))
    return _once(_of_blogger(_object(value["feed"]), url)) if "feed" in value else ()


def _of_list(items: list[dict[str, Any]], url: str, headers: Headers) -> Iterator[Lead]:
    if not items:
        return
    first = items[0]
    if "author_name" in first and "post" in first:
        yield from _of_wordpress_comments(items, url, headers)
    elif "canonical_url" in first:
        yield from _of_substack(items, url)
    elif "link" in first:
        for item in items:
            if item.get("status", "publish") == "publish" and (address := _address(url, item.get("link"))):
                yield Lead(address, "post", "api", changed_at(_utc(item.get("modified_gmt") or item.get("date_gmt"))))
        if following := _wordpress_page(items, url, headers):
            yield Lead(following, "post_api", "api")


def _of_wordpress_comments(items: list[dict[str, Any]], url: str, headers: Headers) -> Iterator[Lead]:
    for item in items:
        if address := _address(url, item.get("link")):
            yield Lead(COMMENT_PAGE.sub(r"\1", address), "post", "api", changed_at(_utc(item.get("date_gmt"))))
    if following := _wordpress_page(items, url, headers):
        yield Lead(following, "comment_api", "api")


def _wordpress_page(items: list[dict[str, Any]], url: str, headers: Headers) -> str | None:
    """The next page: as many as the answer says there are, else after a full one."""
    page = number(url, "page", 1)
    stated = next((value.strip() for name, value in headers if name.lower() == "x-wp-totalpages"), "")
    if stated.isascii() and stated.isdecimal():
        more = page < int(stated[:9])
    else:
        more = len(items) >= number(url, "per_page", 10)
    return with_parameters(url, page=page + 1) if more and page < MOST_PAGES else None


def _of_substack(items: list[dict[str, Any]], url: str) -> Iterator[Lead]:
    for item in items:
        if address := _address(url, item.get("canonical_url")):
            yield Lead(address, "post", "api", changed_at(_text(item.get("post_date"))))
    for item in items:
        ident = item.get("id")
        if isinstance(ident, int) and item.get("comment_count") != 0:
            comments = _address(url, f"/api/v1/post/{ident}/comments?all_comments=true&sort=oldest_first")
            if comments:
                yield Lead(comments, "comment_api", "api")
    offset = number(url, "offset", 0) + len(items)
    if offset < MOST_PAGES * PER_PAGE:
        yield Lead(with_parameters(url, offset=offset), "post_api", "api")


def _of_topics(topics: dict[str, Any], url: str) -> Iterator[Lead]:
    """Discourse's list of topics, and where it goes on."""
    for topic in _list(topics.get("topics"))[:MOST_ITEMS]:
        if isinstance(topic, dict) and isinstance(topic.get("id"), int):
            address = _address(url, f"/t/{_text(topic.get('slug')) or '-'}/{topic['id']}")
            if address:
                yield Lead(address, "post", "api", changed_at(_text(topic.get("last_posted_at"))))
    more = _text(topics.get("more_topics_url"))
    path, _, query = more.partition("?")
    following = _address(url, f"{path if path.endswith('.json') else path + '.json'}?{query}") if more else None
    if following and following != url:
        yield Lead(following, "post_api", "api")


def _of_topic(topic: dict[str, Any], url: str) -> Iterator[Lead]:
    """Discourse's messages of one topic, of which an answer holds twenty."""
    stream, page = _list(_object(topic["post_stream"]).get("stream")), number(url, "page", 1)
    if len(stream) > page * TOPIC_PAGE and page < MOST_PAGES:
        yield Lead(with_parameters(url, page=page + 1), "comment_api", "api")


def _of_blogger(feed: dict[str, Any], url: str) -> Iterator[Lead]:
    """Blogger's feeds as JSON (`?alt=json`)."""
    entries = [entry for entry in _list(feed.get("entry"))[:MOST_ITEMS] if isinstance(entry, dict)]
    is_of_comments = "/comments/" in path_of(url)
    for entry in entries:
        links = [link for link in _list(entry.get("link")) if isinstance(link, dict)]
        address = next((_address(url, link.get("href")) for link in links if link.get("rel") == "alternate"), None)
        if address:
            moment = changed_at(_inner(entry.get("updated")) or _inner(entry.get("published")))
            yield Lead(address.partition("?")[0], "post", "api", moment)
        replies = [link for link in links if link.get("rel") == "replies" and "html" not in _text(link.get("type"))]
        if replies and _inner(entry.get("thr$total")) != "0" and (thread := _address(url, replies[0].get("href"))):
            yield Lead(thread, "comment_feed", "api")
    total, following = _inner(feed.get("openSearch$totalResults")), number(url, "start-index", 1) + len(entries)
    if entries and total.isascii() and total.isdecimal() and following <= int(total[:9]):
        role: LeadRole = "comment_api" if is_of_comments else "post_api"
        yield Lead(with_parameters(url, **{"start-index": following}), role, "api")


def _once(leads: Iterable[Lead]) -> tuple[Lead, ...]:
    """Each address once, as changed at the last of its times."""
    found: dict[str, Lead] = {}
    for lead in leads:
        known = found.get(lead.url)
        if known is None or (lead.updated and (known.updated is None or lead.updated > known.updated)):
            found[lead.url] = lead
    return tuple(found.values())


# ---- values of JSON that may be anything


def _address(base: str, stated: Any) -> str | None:
    found = resolve(base, stated) if isinstance(stated, str) and 0 < len(stated) <= MOST_CHARACTERS else None
    return without_fragment(found) if found and len(found) <= MOST_CHARACTERS else None


def _utc(stated: Any) -> str:
    """WordPress writes its times in UTC without saying so."""
    text = _text(stated)
    return f"{text}Z" if text and text[-1].isdecimal() else text


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value[:MOST_CHARACTERS] if isinstance(value, str) else ""


def _inner(value: Any) -> str:
    """The text of Google's `{"$t": text}`."""
    return _text(_object(value).get("$t"))
