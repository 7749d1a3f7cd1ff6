"""Who or what is to be forgotten: `find_target`, from what a person typed to rows of an archive."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from scraper.errors import UsageError
from scraper.store.planning.people import name_key
from scraper.store.rows import among
from scraper.store.takedowns.forgotten import tree_of
from scraper.text.phrases import words_of
from scraper.text.urls import other_slash, url_key

LONGEST = 12  # words of a name or an address
TargetKind = Literal["url", "comment", "person", "list"]


@dataclass(frozen=True, slots=True)
class Target:
    """What goes, by its rows: pages of these addresses and all of `trees`, posts, comments, people.

    `names` and `links` are what the person signs with; texts of others are searched for `mentions`.
    """

    kind: TargetKind
    keys: tuple[str, ...] = ()
    trees: tuple[str, ...] = ()
    posts: tuple[int, ...] = ()
    comments: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    mentions: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person typed, whether posts that a person signs go too, and whether the name goes out of others' texts.

    Without a word on `mentions` it does where it has several words: one may be anybody's, or no name at all.
    """

    what: str
    posts: bool = False
    mentions: bool | None = None


def find_target(connection: sqlite3.Connection, wish: Wish) -> Target:
    """What is meant: a comment's permalink, a post's address, a profile, any other address, or a name; 'post:7',
    'comment:7' and 'person:7' are rows. UsageError where that is nothing.
    """
    what = wish.what.strip()
    kind, _, number = what.partition(":")
    if kind in ("post", "comment", "person") and number.isascii() and number.isdigit() and len(number) < 19:
        return _by_row(connection, wish, kind, int(number))
    if "://" in what or what.startswith("urn:"):
        return _by_url(connection, wish, what)
    return _by_name(connection, wish, what)


def _by_row(connection: sqlite3.Connection, wish: Wish, kind: str, row_id: int) -> Target:
    table = {"post": "posts", "comment": "comments", "person": "people"}[kind]
    if not connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row_id,)).fetchone():
        raise UsageError(f"no such {kind} in the archive", wish.what)
    if kind == "comment":
        return Target("comment", comments=(row_id,))
    if kind == "post":
        return _post(connection, [row_id])
    name, url = connection.execute("SELECT name, url FROM people WHERE id = ?", (row_id,)).fetchone()
    named = connection.execute("SELECT DISTINCT name FROM post_people WHERE person_id = ?", (row_id,)).fetchall()
    return _person(connection, wish, [each for (each,) in [(name,), *named] if each], [url] if url else [])


def _by_url(connection: sqlite3.Connection, wish: Wish, url: str) -> Target:
    """What is held under the URL, or under the same with or without a slash at its end; else the URL itself."""
    ways = (url, other_slash(url))
    found = (_held_at(connection, wish, each) for each in ways)
    return next((each for each in found if each), Target("url", keys=tuple(map(url_key, ways))))


def _held_at(connection: sqlite3.Connection, wish: Wish, url: str) -> Target | None:
    key, fragment = url_key(url), url.partition("#")[2]
    comments = _ids(
        connection,
        "SELECT comments.id FROM comments JOIN posts ON posts.id = post_id"
        " WHERE permalink = ?1 AND (posts.url_key <> ?2 OR ?3 <> '')",
        (url, key, fragment),
    )
    if not comments and fragment:
        found = connection.execute("SELECT id, permalink FROM comments WHERE permalink LIKE ?", (f"%#{fragment}",))
        comments = [row_id for row_id, link in found if url_key(link) == key and link.endswith(f"#{fragment}")]
    if comments:
        return Target("comment", comments=tuple(comments))
    if posts := _ids(connection, "SELECT id FROM posts WHERE url_key = ? AND kind = 'post'", (key,)):
        return _post(connection, posts)
    people = _ids(connection, "SELECT id FROM people WHERE url_key = ?", (key,))
    links = [each for each in _texts(connection, "SELECT DISTINCT author_url FROM comments") if url_key(each) == key]
    if people or links:
        return _person(connection, wish, [], [url, *links])
    posts = _ids(connection, "SELECT post_id FROM pages WHERE url_key = ? AND post_id IS NOT NULL", (key,))
    if posts:
        return _post(connection, posts)
    is_known = connection.execute("SELECT 1 FROM pages WHERE url_key = ?", (key,)).fetchone()
    return Target("url", keys=(key,)) if is_known else None


def _by_name(connection: sqlite3.Connection, wish: Wish, name: str) -> Target:
    wanted = name_key(name)
    if wanted is None:
        raise UsageError("nobody has an empty name", wish.what)
    signed = _texts(
        connection,
        "SELECT name FROM people UNION SELECT name FROM post_people UNION SELECT author FROM comments"
        " UNION SELECT author FROM comment_sightings UNION SELECT name FROM person_sightings",
    )
    names = [each for each in signed if name_key(each) == wanted]
    if not names and "@" not in name:  # an e-mail address is signed by nobody, and may be anywhere
        raise UsageError("nobody of this name is in the archive, as an author or commenter", wish.what)
    return _person(connection, wish, [name, *names], [])


def _post(connection: sqlite3.Connection, posts: Iterable[int]) -> Target:
    ids = tuple(sorted(set(posts)))
    keys = _texts(connection, f"SELECT url_key FROM posts WHERE {among('id')}", (json.dumps(ids),))
    return Target("url", keys=tuple(keys), trees=tuple(filter(None, map(tree_of, keys))), posts=ids)


@dataclass(frozen=True, slots=True)
class _Signer:
    """The rows of a person, and all names and profiles in them."""

    people: frozenset[int]
    comments: frozenset[int]
    names: tuple[str, ...]
    links: frozenset[str]


def _person(connection: sqlite3.Connection, wish: Wish, names: list[str], urls: list[str]) -> Target:
    """The person by names, or else by profiles: those who only share a name with a profile's owner stay."""
    found, by_name = _find_signer(connection, names, urls), any(map(name_key, names))
    links = _own_links(connection, found)
    posts = _signed(connection, found.people) if wish.posts else ()
    post_keys = _texts(connection, f"SELECT url_key FROM posts WHERE {among('id')}", (json.dumps(posts),))
    pages = _own_pages(connection, links, found)
    known = found.names if by_name else _without_namesakes(connection, found)
    return Target(
        "person",
        keys=(*pages, *post_keys),
        trees=(*_own_trees(connection, pages), *filter(None, map(tree_of, post_keys))),
        posts=posts,
        comments=tuple(sorted(found.comments)),
        people=tuple(sorted(found.people)),
        names=found.names if by_name else (),
        links=tuple(sorted(links)),
        mentions=tuple(dict.fromkeys((*_named(known, wish.mentions), *_linked(links)))),
    )


def _find_signer(connection: sqlite3.Connection, names: Iterable[str], urls: Iterable[str]) -> _Signer:
    """Who signs with one of these names or profiles, or did so before."""
    keys = {name_key(each) for each in names} - {None}
    profiles = {url_key(url) for url in urls}

    def is_meant(name: str | None, url: str | None) -> bool:
        return name_key(name) in keys or bool(url and url_key(url) in profiles)

    presented = connection.execute("SELECT id, name, url, profiles FROM people").fetchall()
    people = [row for row in presented if is_meant(row[1], row[2])]
    signed = connection.execute("SELECT id, author, author_url FROM comments").fetchall()
    comments = [row for row in signed if is_meant(row[1], row[2])]
    earlier = connection.execute("SELECT comment_id, author FROM comment_sightings WHERE author IS NOT NULL")
    shown = (name for _, name, *_ in (*people, *comments) if name)
    stated = (url for _, _, url, *_ in (*people, *comments) if url)
    further = (url for *_, more in people for url in json.loads(more or "[]"))
    return _Signer(
        frozenset(row_id for row_id, *_ in people),
        frozenset([row_id for row_id, *_ in comments] + [row_id for row_id, name in earlier if is_meant(name, None)]),
        tuple(dict.fromkeys((*names, *shown))),
        frozenset((*urls, *stated, *further)),
    )


def _named(names: Iterable[str], mentions: bool | None) -> Iterable[tuple[str, ...]]:
    words = (words_of(name) for name in names if mentions is not False)
    return (each for each in words if 1 < len(each) <= LONGEST or (mentions and len(each) == 1))


def _without_namesakes(connection: sqlite3.Connection, found: _Signer) -> list[str]:
    """The names that nobody else signs with."""
    signed = connection.execute("SELECT id, author FROM comments WHERE author IS NOT NULL")
    others = {name_key(name) for row_id, name in signed if row_id not in found.comments}
    presented = connection.execute("SELECT id, name FROM people WHERE name IS NOT NULL")
    others |= {name_key(name) for row_id, name in presented if row_id not in found.people}
    return [name for name in found.names if name_key(name) not in others]


def _linked(links: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """The addresses as runs of words: host and path, without the query."""
    for link in links:
        words = words_of(link.partition("://")[2].partition("?")[0].partition("#")[0].removeprefix("www."))
        if 1 < len(words) <= LONGEST:
            yield words


def _own_links(connection: sqlite3.Connection, found: _Signer) -> set[str]:
    """The profiles that nobody else signs with, and that are no blog's home."""
    others = {
        url_key(link)
        for row_id, link in connection.execute("SELECT id, author_url FROM comments WHERE author_url IS NOT NULL")
        if row_id not in found.comments
    }
    rows = connection.execute("SELECT id, url FROM people WHERE url IS NOT NULL")
    others |= {url_key(url) for row_id, url in rows if row_id not in found.people}
    others |= set(_texts(connection, "SELECT url_key FROM posts WHERE kind = 'post'"))
    others |= {url_key(url) for url in _texts(connection, "SELECT url FROM blogs")}
    return {link for link in found.links if url_key(link) not in others}


def _own_pages(connection: sqlite3.Connection, own: set[str], found: _Signer) -> tuple[str, ...]:
    """The keys of a person's own pages, and of the pictures that only this person is shown with."""
    shown: dict[str, bool] = {}  # picture: whether somebody else has it
    for row_id, url in connection.execute("SELECT id, avatar_url FROM comments WHERE avatar_url IS NOT NULL"):
        shown[url] = shown.get(url, False) or row_id not in found.comments
    for row_id, url in connection.execute("SELECT person_id, picture_url FROM bios WHERE picture_url IS NOT NULL"):
        shown[url] = shown.get(url, False) or row_id not in found.people
    avatars = f"SELECT avatar_url FROM comments WHERE avatar_url IS NOT NULL AND {among('id')}"
    pictures = f"SELECT picture_url FROM bios WHERE picture_url IS NOT NULL AND {among('person_id')}"
    seen = {
        url
        for sql, ids in ((avatars, found.comments), (pictures, found.people))
        for url in _texts(connection, sql, (json.dumps(sorted(ids)),))
    }
    return tuple(sorted({url_key(link) for link in own} | {url_key(url) for url in seen if not shown[url]}))


def _own_trees(connection: sqlite3.Connection, keys: Iterable[str]) -> Iterable[str]:
    """Those of a person's pages below which no post stands: on some sites all posts stand below their author's page."""
    for key in keys:
        tree = tree_of(key)
        sql = "SELECT 1 FROM posts WHERE kind = 'post' AND url_key > ? AND url_key < ?"
        if tree and not connection.execute(sql, (f"{tree}/", f"{tree}0")).fetchone():
            yield tree


def _signed(connection: sqlite3.Connection, people: Iterable[int]) -> tuple[int, ...]:
    sql = f"SELECT DISTINCT post_id FROM post_people WHERE {among('person_id')} ORDER BY 1"
    return tuple(_ids(connection, sql, (json.dumps(sorted(people)),)))


def _ids(connection: sqlite3.Connection, sql: str, values: tuple[object, ...] = ()) -> list[int]:
    return [row_id for (row_id,) in connection.execute(sql, values)]


def _texts(connection: sqlite3.Connection, sql: str, values: tuple[object, ...] = ()) -> list[str]:
    return [text for (text,) in connection.execute(sql, values) if text is not None]
