"""`SeenPosts`: the posts that a batch of visits is about, as they are stored and as they were seen."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from scraper.model import Thread
from scraper.store.planning import state
from scraper.store.planning.gather import Gathered
from scraper.store.planning.intents import Intent, SignPost, WriteComment
from scraper.store.planning.plan import plan_post
from scraper.store.planning.values import Seen, Sighting, Stated, StoredPost
from scraper.store.upkeep.reread import find_lost, note_lost, rename_causes
from scraper.text.urls import url_key


class SeenPosts:
    """The posts that a batch is about, by URL key: what is stored of them, and what was seen."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        gathered: Gathered,
        threads: Sequence[Thread],
        aliases: Mapping[str, str],
        is_reread: bool,
        is_kept: bool,
    ) -> None:
        self._ids = gathered.ids
        self.signed: dict[str, SignPost] = {}
        self.places: dict[int, tuple[int | None, str]] = {}  # blog and URL key of the new posts, by id
        sightings, self.blogs = _sightings_by_post(gathered), _blogs_by_post(gathered)
        joined, stated = _threads_by_post(threads, aliases), _stated_by_post(connection, gathered)
        self.stored = state.load_posts(connection, sightings.keys() | joined.keys() | stated.keys())
        self._add_new(sightings)
        self._seen = {
            key: Seen(key, tuple(found.values()), joined.get(key), is_reread=is_reread, is_kept=is_kept)
            for key, found in sightings.items()
        }
        self._see_apart(Seen(key, (), thread, is_kept=is_kept) for key, thread in joined.items())
        self._see_apart(Seen(key, (), None, tuple(found), is_kept=is_kept) for key, found in stated.items())

    def _add_new(self, keys: Iterable[str]) -> None:
        """Gives each post a row that has none."""
        for key in keys:
            if key not in self.stored:
                self.stored[key] = StoredPost(self._ids.new("posts"))
                self.places[self.stored[key].id] = (self.blogs[key], key)

    def _see_apart(self, found: Iterable[Seen]) -> None:
        """Takes comments that came without a page of their post, where that is known."""
        for seen in found:
            if seen.url in self.stored:
                self._seen.setdefault(seen.url, seen)

    def plan(self) -> Iterator[Intent]:
        """All changes of posts and comments; the bylines that now sign a post are kept in `signed`."""
        for key, seen in self._seen.items():
            for intent in plan_post(self.stored[key], seen, self._ids.next["comments"]):
                if isinstance(intent, SignPost):
                    self.signed[key] = intent
                else:
                    yield intent
                    if isinstance(intent, WriteComment) and intent.new:
                        self._ids.new("comments")

    def seen(self) -> Iterator[tuple[StoredPost, Seen]]:
        """The posts as they were stored, with what was seen of each."""
        return ((self.stored[key], seen) for key, seen in self._seen.items())

    def note_rereading(self, connection: sqlite3.Connection, captures: set[int]) -> None:
        """Notes what of the rows that these captures gave they do not give any more."""
        note_lost(connection, find_lost(connection, captures, self.stored, self._seen))
        rename_causes(connection, self.stored, self._seen)

    def kinds(self) -> dict[int, str]:
        """What each post is that was stored before, by id."""
        return {post.id: post.values.kind for post in self.stored.values() if post.values is not None}

    def id_of(self, key: str | None) -> int | None:
        """The row of the post with this key."""
        return self.stored[key].id if key is not None else None


def _sightings_by_post(gathered: Gathered) -> dict[str, dict[object, Sighting]]:
    """The pages of each post; of several readings of one capture the last."""
    sightings: dict[str, dict[object, Sighting]] = defaultdict(dict)
    for item in gathered.items:
        if item.post_key is not None and item.visit.page is not None:
            at_home = item.page_key == item.post_key
            sighting = Sighting(item.capture_id, item.fetched_at, item.visit.page, at_home)
            sightings[item.post_key][item.capture_id or item.page_key] = sighting
    return sightings


def _blogs_by_post(gathered: Gathered) -> dict[str, int | None]:
    """The blog of each post, as the first of its pages has it."""
    blogs: dict[str, int | None] = {}
    for item in gathered.items:
        if item.post_key is not None and item.visit.page is not None:
            blogs.setdefault(item.post_key, item.blog_id)
    return blogs


def _threads_by_post(threads: Iterable[Thread], aliases: Mapping[str, str]) -> dict[str, Thread]:
    """The joined threads; that of a post's present address counts before that of one which it had before."""
    by_key = {url_key(thread.post_url): thread for thread in threads}
    joined = {aliases[key]: thread for key, thread in by_key.items() if key in aliases}
    return joined | {key: thread for key, thread in by_key.items() if key not in aliases}


def _stated_by_post(connection: sqlite3.Connection, gathered: Gathered) -> dict[str, list[Stated]]:
    """What feeds and interfaces state, by the key of the post that it is on; they may name another page of that."""
    found: dict[str, list[Stated]] = defaultdict(list)
    for item in gathered.items:
        for each in item.visit.stated:
            if each.post_url is not None:
                found[url_key(each.post_url)].append(Stated(each.comment, item.capture_id))
    posts = state.post_keys(connection, found) if found else {}
    by_post: dict[str, list[Stated]] = defaultdict(list)
    for key, comments in found.items():
        by_post[posts.get(key, key)] += comments
    return by_post
