"""Posts whose addresses moved: `follow_moves` finds the post that is held under its old address.

A page that leads to another one, which shows the same post, was that post's address: the post goes on under the new
one, and its old pages stay its own.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from urllib.parse import urlsplit

from scraper.model import Post
from scraper.store.past.absorb import absorb_post
from scraper.store.planning.gather import Gathered, Item
from scraper.store.rows import among
from scraper.text.prose import fold
from scraper.text.urls import resolve, url_key

MOVED = "redirect to "
RUN = 4  # words
ALIKE = 0.8  # share of the shorter text's runs of words that are in the other
LONGEST = 10  # redirects, one after the other
FEWEST = 8  # runs; shorter texts have to be the same


def follow_moves(connection: sqlite3.Connection, gathered: Gathered) -> dict[str, str]:
    """The URL keys under which posts are held, by those that items of the batch have for them and that differ.

    A post that is found under its old address is given its new one. The items are put under the keys that hold.
    """
    wanted = {item.post_key: item for item in gathered.items if item.post_key and item.visit.page}
    leads = _leads(gathered)
    if not leads and not connection.execute(_HAS_MOVED).fetchone()[0]:  # then only a page may be a post's old address
        wanted = {key: item for key, item in wanted.items() if item.page_key != key}
    held = {key for (key,) in connection.execute(_HELD, (json.dumps(list(wanted)),))} if wanted else set()
    aliases: dict[str, str] = {}
    for key, item in wanted.items():
        if key in held:
            continue
        known = connection.execute(_ALIAS, (key,)).fetchone()
        if known is not None:
            aliases[key] = known[0]
        elif (post := item.visit.page.post if item.visit.page else None) is not None:
            _take_over(connection, leads, item, post, key)
    if aliases:
        gathered.items = [
            replace(each, post_key=aliases.get(each.post_key or "", each.post_key)) for each in gathered.items
        ]
    return aliases


def join_moved(connection: sqlite3.Connection, gathered: Gathered) -> None:
    """Makes one of the posts at an address that leads to another one and at that, if they are the same.

    All that the batch brought is written already.
    """
    leads = _leads(gathered)
    for key in leads:
        target = key
        for _ in range(LONGEST):
            target = leads.get(target, target)
        found = connection.execute(_BOTH, (key, target)).fetchone()
        if found is not None and is_same(*found[2:]):
            absorb_post(connection, found[0], found[1])


def _leads(gathered: Gathered) -> dict[str, str]:
    """Where the batch's pages lead to, those that have not led elsewhere or shown something since; by URL keys."""
    found: dict[str, str] = {}
    for item in gathered.items:
        reason = item.visit.reason or ""
        target = resolve(item.visit.url, reason.removeprefix(MOVED)) if reason.startswith(MOVED) else None
        stored = gathered.pages.get(item.page_key)
        if target and (stored is None or (item.fetched_at or "") >= (stored.values.state_at or "")):
            found[item.page_key] = url_key(target)
    return found


def _take_over(connection: sqlite3.Connection, leads: Mapping[str, str], item: Item, post: Post, key: str) -> None:
    """Gives the post that leads here, if it is the same, this address."""
    leading = {item.page_key}
    for _ in range(LONGEST):
        leading |= {each for each, target in leads.items() if target in leading}
    spellings = _spellings(item.visit.url)
    for row_id, title, text in connection.execute(_LEADING, (json.dumps([*leading]), json.dumps(spellings))).fetchall():
        if is_same(title, text, post.title, post.text):
            connection.execute(_MOVE, (item.visit.url, key, item.blog_id, row_id))
            return


def _spellings(url: str) -> list[str]:
    """How redirects state this address: whole, under the other scheme, or from the host's root."""
    parts = urlsplit(url)
    path = parts._replace(scheme="", netloc="").geturl() or "/"
    return [url, f"{'http' if parts.scheme == 'https' else 'https'}{url[len(parts.scheme) :]}", path]


def is_same(title: str | None, text: str, other_title: str | None, other_text: str) -> bool:
    """Whether both are one post, in whatever template.

    >>> is_same("Rye", "Bread takes time.", "Rye", "Bread  takes time.")
    True
    """
    runs, others = _runs(text), _runs(other_text)
    if min(len(runs), len(others)) < FEWEST:
        return fold(text) == fold(other_text) and fold(title or "") == fold(other_title or "")
    return len(runs & others) >= ALIKE * min(len(runs), len(others))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return set(zip(*(islice(words, start, None) for start in range(RUN)), strict=False))


_HAS_MOVED = "SELECT EXISTS (SELECT 1 FROM page_losses WHERE state = 'moved')"
_HELD = f"SELECT url_key FROM posts WHERE {among('url_key')}"
_ALIAS = """
SELECT posts.url_key FROM pages JOIN posts ON posts.id = pages.post_id
WHERE pages.url_key = ? AND EXISTS (SELECT 1 FROM page_losses WHERE page_id = pages.id AND state = 'moved')"""
_LEADING = """
SELECT id, title, text FROM posts WHERE url_key IN (
  SELECT value FROM json_each(?1)
  UNION
  SELECT pages.url_key FROM page_losses JOIN pages ON pages.id = page_id
  WHERE page_losses.state = 'moved' AND page_losses.reason IN (SELECT value FROM json_each(?2))
  AND pages.reason = 'redirect to ' || page_losses.reason
) LIMIT 20"""
_BOTH = """
SELECT old.id, new.id, old.title, old.text, new.title, new.text
FROM posts AS old JOIN pages AS leading ON leading.url_key = ?1 AND leading.reason LIKE 'redirect to %'
JOIN pages ON pages.url_key = ?2 JOIN posts AS new ON new.id = pages.post_id
WHERE old.url_key = ?1 AND new.id <> old.id"""
_MOVE = "UPDATE posts SET url = ?, url_key = ?, blog_id = coalesce(?, blog_id) WHERE id = ?"
