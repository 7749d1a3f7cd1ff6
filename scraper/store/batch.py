"""One batch of visits in an open transaction: what is stored is read, the changes are planned, then written."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from scraper.model import Byline, Page, Person, Thread, Visit
from scraper.store import writes
from scraper.store.contacts import write_contacts
from scraper.store.past.history import write_history
from scraper.store.past.moves import follow_moves, join_moved
from scraper.store.planning import state
from scraper.store.planning.gather import Gathered, gather
from scraper.store.planning.intents import AddRevision, Intent, WriteComment, WriteLists, WritePart, WritePost
from scraper.store.planning.numbering import number_comments
from scraper.store.planning.pages import PageValues, Placed, StoredPage, is_newest_reading, plan_page
from scraper.store.planning.people import (
    PeopleIntent,
    Presented,
    WriteBio,
    WritePerson,
    WriteSigners,
    name_key,
    plan_people,
)
from scraper.store.planning.times import utc_text
from scraper.store.seen_posts import SeenPosts
from scraper.store.upkeep.evidence import write_evidence
from scraper.text.urls import url_key

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows one transaction wrote, by what they are."""

    pages: int = 0  # new or changed
    captures: int = 0
    posts_added: int = 0
    posts_changed: int = 0  # as a reader sees it: a newer capture of the same is no change
    others_added: int = 0  # rows of posts whose page is of another kind
    others_changed: int = 0
    comments_added: int = 0
    comments_changed: int = 0  # likewise
    people_added: int = 0
    bios: int = 0  # new or changed
    revisions: int = 0


def write_batch(
    connection: sqlite3.Connection,
    visits: Sequence[Visit],
    threads: Sequence[Thread],
    now: datetime,
    *,
    is_reread: bool = False,
    is_kept: bool = False,
) -> Counts:
    """What was written of these visits and joined threads: nothing where all of it is stored already.

    The transaction is the caller's; references between rows are checked when it ends. Of several readings of one
    capture the last one counts. With `is_reread` all of these captures were read before, and it is noted what they do
    not say any more. With `is_kept` something was forgotten out of captures: what rows say may have its source no more.
    """
    gathered = gather(connection, visits)
    aliases = follow_moves(connection, gathered)
    posts = SeenPosts(connection, gathered, threads, aliases, is_reread, is_kept)
    first = gathered.ids.next["comments"]
    planned = number_comments(tuple(posts.plan()), first)
    intents = _Intents((*planned, *_plan_people(connection, gathered, posts)))
    pages = _plan_pages(gathered, posts, utc_text(now))
    if is_reread:
        posts.note_rereading(connection, {item.capture_id for item in gathered.items if item.capture_id})
    _write_pages(connection, gathered, pages)
    _write_posts(connection, posts, intents)
    _write_people(connection, intents)
    _write_contacts(connection, gathered, posts)
    _write_evidence(connection, pages)
    write_history(connection, gathered, posts.seen(), planned, utc_text(now))
    join_moved(connection, gathered)
    return _counts(gathered, pages, posts, intents)


class _Intents:
    """Intents by their kind."""

    def __init__(self, intents: Iterable[Intent | PeopleIntent]) -> None:
        self._by_kind: dict[type, list[Any]] = defaultdict(list)
        for intent in intents:
            self._by_kind[type(intent)].append(intent)

    def of(self, kind: type[T]) -> list[T]:
        """All intents of this kind, in order."""
        return self._by_kind[kind]


def _people_of(page: Page, post_key: str | None) -> tuple[Person, ...]:
    """Whom the page presents: of a listing only the one whose own page it is."""
    if post_key is not None or page.kind == "about":
        return page.people
    if page.kind != "listing" or not page.url:
        return ()
    key = url_key(page.url)
    return tuple(person for person in page.people if person.url and url_key(person.url) == key)


def _plan_people(connection: sqlite3.Connection, gathered: Gathered, posts: SeenPosts) -> tuple[PeopleIntent, ...]:
    presented = [
        Presented(posts.blogs.get(key), None, ("", 0), (), intent.post_id, intent.bylines)
        for key, intent in posts.signed.items()
    ]
    for item in gathered.items:
        page = item.visit.page
        people = _people_of(page, item.post_key) if page is not None else ()
        if people:
            post_id = posts.id_of(item.post_key)
            presented.append(Presented(item.blog_id, item.capture_id, item.rank, people, post_id))
    if not presented:
        return ()
    named: list[Person | Byline] = []
    for shown in presented:
        named += [*shown.people, *(shown.bylines or ())]
    names = {name for each in named if (name := name_key(each.name))}
    urls = {url_key(each.url) for each in named if each.url}
    stored = state.load_people(connection, names, urls, [post.id for post in posts.stored.values()])
    return plan_people(stored, presented, gathered.ids.next["people"])


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages' rows after a batch, by URL key, and the readings that they tell of, by capture."""

    stored: dict[str, StoredPage]
    rows: dict[str, StoredPage]
    read: dict[int, Page]

    def changed(self) -> Iterator[tuple[int, PageValues, bool]]:
        """Id, values and whether the row is new, of the rows that are to be written."""
        for key, page in self.rows.items():
            old = self.stored.get(key)
            if old is None or old.values != page.values:
                yield (page.id, page.values, old is None)


def _plan_pages(gathered: Gathered, posts: SeenPosts, now: str) -> _Pages:
    pages = _Pages(gathered.pages, dict(gathered.pages), {})
    for item in gathered.items:
        placed = Placed(item.visit, item.page_key, item.blog_id, item.capture_id, posts.id_of(item.post_key), now)
        old = pages.rows.get(item.page_key)
        fetched_at = old.fetched_at if old else None
        page = item.visit.page
        if page is not None and (old is None or is_newest_reading(old, placed)):
            fetched_at = item.fetched_at
            if old is not None and old.values.capture_id is not None:
                pages.read.pop(old.values.capture_id, None)
            if item.capture_id is not None:
                pages.read[item.capture_id] = page
        pages.rows[item.page_key] = StoredPage(item.page_id, plan_page(old, placed), fetched_at)
    return pages


def _write_pages(connection: sqlite3.Connection, gathered: Gathered, pages: _Pages) -> None:
    writes.write_blogs(connection, gathered.blog_rows, gathered.blog_names)
    writes.write_pages(connection, list(pages.changed()))
    writes.write_captures(connection, gathered.capture_rows)


def _write_posts(connection: sqlite3.Connection, posts: SeenPosts, intents: _Intents) -> None:
    writes.write_posts(connection, intents.of(WritePost), posts.places)
    writes.write_parts(connection, intents.of(WritePart))
    writes.write_lists(connection, intents.of(WriteLists), posts.places)
    writes.write_comments(connection, intents.of(WriteComment))


def _write_people(connection: sqlite3.Connection, intents: _Intents) -> None:
    writes.write_people(connection, intents.of(WritePerson))
    writes.write_bios(connection, intents.of(WriteBio))
    writes.write_signers(connection, intents.of(WriteSigners))
    writes.write_revisions(connection, intents.of(AddRevision))


def _write_contacts(connection: sqlite3.Connection, gathered: Gathered, posts: SeenPosts) -> None:
    for item in gathered.items:
        post_id = posts.id_of(item.post_key) if item.visit.contacts else None
        if post_id is not None:
            write_contacts(connection, post_id, item.visit.contacts)


def _write_evidence(connection: sqlite3.Connection, pages: _Pages) -> None:
    before = {page.values.capture_id for page in pages.stored.values()} - {None}
    now = {page.values.capture_id for page in pages.rows.values()}
    stored = [capture_id for capture_id in pages.read if capture_id in before]
    outdated = [capture_id for capture_id in before - now if capture_id is not None]
    write_evidence(connection, pages.read, stored, outdated)


def _counts(gathered: Gathered, pages: _Pages, found: SeenPosts, intents: _Intents) -> Counts:
    posts, comments = intents.of(WritePost), intents.of(WriteComment)
    changed = {intent.id for intent in posts if intent.news}
    changed |= {intent.post_id for intent in intents.of(WriteLists) if intent.tags is not None}
    changed |= {intent.post_id for intent in found.signed.values()}
    changed -= found.places.keys()  # those are new
    kinds = found.kinds() | {intent.id: intent.values.kind for intent in posts}
    added_posts = Counter(kinds[intent.id] == "post" for intent in posts if intent.new)
    changed_posts = Counter(kinds[post_id] == "post" for post_id in changed)
    return Counts(
        pages=sum(1 for _ in pages.changed()),
        captures=len(gathered.capture_rows),
        posts_added=added_posts[True],
        posts_changed=changed_posts[True],
        others_added=added_posts[False],
        others_changed=changed_posts[False],
        comments_added=sum(intent.new for intent in comments),
        comments_changed=sum(intent.news for intent in comments),
        people_added=sum(intent.new for intent in intents.of(WritePerson)),
        bios=len(intents.of(WriteBio)),
        revisions=len(intents.of(AddRevision)),
    )
