"""Threads that embedded services keep: `thread_address`, where one is asked for; `thread_leads`, where it goes on.

The comments themselves are read by extract/threads/service_comments.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import quote

from scraper.discover.apis import MOST_BYTES, MOST_PAGES, api_leads
from scraper.discover.queries import number, with_parameters
from scraper.discover.services import INTERFACES, Interface
from scraper.model import Elsewhere, Lead, Page
from scraper.parse.html import parse_html
from scraper.text.urls import path_of, resolve, without_fragment

TOPIC_LINKS = "a.post-date, header a.button, footer a.button"  # of the page that Discourse has embedded
GHOST = re.compile(r"([^?#]*/members/api/comments/)(?:post/[0-9a-f]{24}|[0-9a-f]{24}/replies)/\?")
GHOST_ID = re.compile(r"[0-9a-f]{24}")
TOPIC = re.compile(r"/t/(?:[^/?#]+/)?(\d{1,10})(?:/\d+)?/?(?:[?#].*)?$")


def thread_address(page: Page) -> str | None:
    """Where the service that keeps the post's comments is asked for them; None where the page does not say enough."""
    elsewhere, post = page.comments_elsewhere, page.post_url or page.url
    if elsewhere is None or post is None or page.kind != "post":
        return None
    of_service = (each for each in INTERFACES if each.service == elsewhere.service)
    found = (_address(each, elsewhere, without_fragment(post)) for each in of_service)
    return next((address for address in found if address), None)


def thread_leads(payload: bytes, url: str) -> tuple[Lead, ...]:
    """The next page of a service's answer, if there is one, and of Ghost's the answers that it leaves out. Never fails.

    Nothing else is asked for, whatever it names.

    :param url: the address that was asked; the next page's is made of it.
    """
    if len(payload) > MOST_BYTES:
        return ()
    try:
        value = json.loads(payload)
    except (ValueError, RecursionError):
        return _of_embedded_page(payload, url)
    if isinstance(value, dict) and (root := GHOST.match(url)):
        return tuple(Lead(each, "comment_api", "service") for each in _of_ghost(value, url, root[1]))
    if isinstance(value, dict) and "post_stream" in value:
        following = next((lead.url for lead in api_leads(payload, url)), None)
    else:
        following = next(_following(value, url), None)
    return (Lead(following, "comment_api", "service"),) if following else ()


def _address(interface: Interface, elsewhere: Elsewhere, post: str) -> str | None:
    server = resolve(post, elsewhere.server) if elsewhere.server else interface.server
    thread, account = elsewhere.thread_id, elsewhere.account or ""
    if thread is None and interface.by_page:
        thread = post if interface.by_page == "url" else path_of(post) or "/"
    if not server or "?" in server or not thread or not re.fullmatch(interface.thread, thread):
        return None
    needs_account = interface.is_named or "{account}" in interface.address
    if needs_account and not re.fullmatch(interface.account, account):
        return None
    base = without_fragment(server).rstrip("/")
    return interface.address.format(server=base, account=quote(account, safe="/"), thread=quote(thread, safe=""))


def _of_ghost(value: dict[str, Any], url: str, root: str) -> Iterator[str]:
    """The next page of Ghost's comments, and the answers to each of which the page has not all."""
    meta = value.get("meta")
    paging = meta.get("pagination") if isinstance(meta, dict) else None
    page, pages = number(url, "page", 1), paging.get("pages") if isinstance(paging, dict) else None
    if isinstance(pages, int) and page < min(pages, MOST_PAGES):
        yield with_parameters(url, page=page + 1)
    items = value.get("comments")
    for item in islice(items, number(url, "limit", 100)) if isinstance(items, list) else ():
        count = item.get("count") if isinstance(item, dict) else None
        shown, ident = (item.get("replies"), item.get("id")) if isinstance(item, dict) else (None, None)
        if not isinstance(count, dict) or not isinstance(shown, list) or not isinstance(ident, str):
            continue
        answers = count.get("replies")
        if isinstance(answers, int) and answers > len(shown) and GHOST_ID.fullmatch(ident):
            yield f"{root}{ident}/replies/?limit=100&page=1"


def _of_embedded_page(payload: bytes, url: str) -> tuple[Lead, ...]:
    """The topic that the page of Discourse's comments leads to, as JSON."""
    if "/embed/comments?" not in url:
        return ()
    document = parse_html(payload.decode("utf-8", "replace"))
    found = (TOPIC.search(link.get("href") or "") for link in document.select(TOPIC_LINKS))
    topic = next((each[1] for each in found if each), None)
    document.release()
    base = url.partition("/embed/comments?")[0]
    return (Lead(f"{base}/t/{topic}.json", "comment_api", "service"),) if topic else ()


def _following(value: Any, url: str) -> Iterator[str]:
    """The address of the next page, by how many pages or comments there are, else after a full one."""
    page = number(url, "page", 1)
    if page >= MOST_PAGES:
        return
    if isinstance(value, list):  # GitHub
        if len(value) >= number(url, "per_page", 30):
            yield with_parameters(url, page=page + 1)
        return
    if not isinstance(value, dict):
        return
    paging = value.get("paging")
    if isinstance(paging, dict) and isinstance(paging.get("total-pages"), int):  # webmention.io counts from 0
        if page + 1 < paging["total-pages"]:
            yield with_parameters(url, page=page + 1)
    elif isinstance(value.get("children"), list):
        if len(value["children"]) >= number(url, "per-page", 20):
            yield with_parameters(url, page=page + 1)
    elif isinstance(value.get("roots_count"), int) and isinstance(value.get("count"), int):  # Artalk
        offset = number(url, "offset", 0) + number(url, "limit", 100)
        if value.get("comments") and offset < value["count"]:
            yield with_parameters(url, offset=offset)
    else:  # Cusdis, Waline
        data = value["data"] if isinstance(value.get("data"), dict) else value
        pages = data.get("pageCount", data.get("totalPages"))
        if isinstance(pages, int) and page < pages:
            yield with_parameters(url, page=page + 1)
