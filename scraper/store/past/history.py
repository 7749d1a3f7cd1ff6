"""The history of a batch: what its captures show, what was lost, and which comments are not there any more."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from scraper.model import Page
from scraper.store.past.sighting_rows import (
    PersonSighting,
    settle_absences,
    write_confirmed,
    write_losses,
    write_people_seen,
    write_sightings,
)
from scraper.store.past.sightings import comment_sightings, former_comments, post_sighting
from scraper.store.planning.gather import Gathered, Item
from scraper.store.planning.intents import AddRevision, Intent, WriteComment
from scraper.store.planning.pages import StoredPage
from scraper.store.planning.people import name_key
from scraper.store.planning.values import Seen, StoredPost, text_digest
from scraper.store.rows import Row, among
from scraper.text.urls import url_key

MOVED = "redirect to "


def write_history(
    connection: sqlite3.Connection,
    gathered: Gathered,
    posts: Iterable[tuple[StoredPost, Seen]],
    intents: Sequence[Intent],
    now: str,
) -> None:
    """Write what the batch adds to the archive's history; its other rows are written already.

    `posts` are the posts that the batch is about, as they were stored before, with what was seen of them.
    """
    posts = list(posts)
    by_post = _by_post(posts, intents)
    shown = [post_sighting(stored.id, each) for stored, seen in posts for each in seen.sightings]
    comments = chain.from_iterable(comment_sightings(post, seen, by_post[post.id]) for post, seen in posts)
    former = chain.from_iterable(former_comments(post, by_post[post.id]) for post, _ in posts)
    write_sightings(connection, [each for each in shown if each is not None], list(comments), former)
    write_losses(connection, _losses(gathered.items, now))
    confirmed = write_confirmed(connection, _confirmed(gathered.items, gathered.pages), now)
    again = [post.id for post, seen in posts if post.values is not None or len(seen.sightings) > 1]
    single = {post.id: seen.sightings[0].capture_id for post, seen in posts if len(seen.sightings) == 1}
    news = {post_id: capture_id for post_id, capture_id in single.items() if capture_id and post_id not in confirmed}
    settle_absences(connection, {*again, *confirmed}, news)
    write_people_seen(connection, _people_seen(connection, gathered.items))


def _by_post(posts: Iterable[tuple[StoredPost, Seen]], intents: Sequence[Intent]) -> Mapping[int, list[Intent]]:
    """The intents that are about comments, by the post."""
    post_of = {comment.id: post.id for post, _ in posts for comment in post.comments}
    post_of |= {each.id: each.post_id for each in intents if isinstance(each, WriteComment)}
    found: dict[int, list[Intent]] = defaultdict(list)
    for each in intents:
        if isinstance(each, WriteComment):
            found[each.post_id].append(each)
        elif isinstance(each, AddRevision) and each.comment_id is not None:
            found[post_of[each.comment_id]].append(each)
    return found


def _losses(items: Iterable[Item], now: str) -> Iterator[Row]:
    for item in items:
        visit = item.visit
        at = item.fetched_at if visit.capture is not None else now
        if at is None:
            continue
        if visit.state in ("gone", "failed", "refused"):
            yield (item.page_id, at, visit.state, visit.reason)
        elif visit.state == "fetched" and visit.reason is not None and visit.reason.startswith(MOVED):
            yield (item.page_id, at, "moved", visit.reason.removeprefix(MOVED))


def _confirmed(items: Iterable[Item], pages: Mapping[str, StoredPage]) -> Iterator[int]:
    """The captures of pages that were said to be as they were. `pages` are those of before the batch."""
    for item in items:
        if item.visit.state == "not_modified" and item.visit.capture is None and item.page_key in pages:
            capture_id = pages[item.page_key].values.capture_id
            if capture_id is not None:
                yield capture_id


# ---- people


def _people_seen(connection: sqlite3.Connection, items: Sequence[Item]) -> list[PersonSighting]:
    """Who is named or presented with a bio by which capture, as far as rows of people are about them."""
    named = [(item, *each) for item in items if item.visit.page for each in _named(item.visit.page)]
    if not named:
        return []
    by_url: dict[tuple[int | None, str], int] = {}
    by_name: dict[tuple[int | None, str], int] = {}
    urls = sorted({url_key(url) for _, _, url, _ in named if url})
    names = sorted({key for _, name, _, _ in named if (key := name_key(name))})
    for person_id, blog_id, name, url in connection.execute(_PEOPLE, (json.dumps(urls), json.dumps(names))):
        if url is not None:
            by_url.setdefault((blog_id, url), person_id)
        if name is not None:
            by_name.setdefault((blog_id, name), person_id)
    found: dict[tuple[int, int], PersonSighting] = {}
    for item, name, url, bio in named:
        key = name_key(name)
        person_id = by_url.get((item.blog_id, url_key(url))) if url else by_name.get((item.blog_id, key or ""))
        if person_id is not None and item.capture_id is not None:
            digest = text_digest(None, bio) if bio else None
            found.setdefault((person_id, item.capture_id), PersonSighting(person_id, item.capture_id, name, digest))
    return [*found.values()]


def _named(page: Page) -> Iterator[tuple[str | None, str | None, str | None]]:
    """Name, URL and bio: of the people with a bio, then of who signs with an account."""
    if page.kind == "listing":
        return
    for person in page.people:
        if person.bio_text:
            yield (person.name, person.url, person.bio_text)
    for byline in page.post.bylines if page.post else ():
        if byline.url and name_key(byline.name):
            yield (byline.name, byline.url, None)


_PEOPLE = f"""
SELECT id, blog_id, name_key, url_key FROM people
WHERE {among("url_key")} OR {among("name_key")} ORDER BY url_key IS NOT NULL, id"""
