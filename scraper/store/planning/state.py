"""What is stored of the things that a batch is about, each kind in one or two queries."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from scraper.model import Byline, Image, Link
from scraper.store.planning.pages import PageValues, StoredPage
from scraper.store.planning.people import BioValues, PersonValues, StoredBio, StoredPeople
from scraper.store.planning.values import PostLists, StoredComment, StoredPart, StoredPost
from scraper.store.rows import (
    BIO_COLUMNS,
    COMMENT_COLUMNS,
    PAGE_COLUMNS,
    POST_COLUMNS,
    among,
    comment_from_row,
    post_from_row,
)
from scraper.text.parts import Part

_IDS = ("blogs", "pages", "captures", "posts", "people", "comments")
_NEXT_IDS = "SELECT " + ", ".join(f"(SELECT coalesce(max(id), 0) + 1 FROM {table})" for table in _IDS)


def _of(table: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{table}.{column}" for column in columns)


def load_next_ids(connection: sqlite3.Connection) -> dict[str, int]:
    """The id that the next new row of each table gets."""
    return dict(zip(_IDS, connection.execute(_NEXT_IDS).fetchone(), strict=True))


def load_blogs(connection: sqlite3.Connection, hosts: Collection[str]) -> dict[str, tuple[int, str | None]]:
    """Id and name of the blogs on these hosts."""
    rows = _select(connection, f"SELECT host, id, name FROM blogs WHERE {among('host')}", hosts)
    return {host: (blog_id, name) for host, blog_id, name in rows}


def load_pages(connection: sqlite3.Connection, url_keys: Collection[str]) -> dict[str, StoredPage]:
    """The pages with these URL keys."""
    sql = (
        f"SELECT pages.id, captures.fetched_at, {_of('pages', PAGE_COLUMNS)} FROM pages"
        f" LEFT JOIN captures ON captures.id = pages.capture_id WHERE {among('pages.url_key')}"
    )
    pages = (StoredPage(row[0], PageValues(*row[2:]), row[1]) for row in _select(connection, sql, url_keys))
    return {page.values.url_key: page for page in pages}


def load_captures(connection: sqlite3.Connection, digests: Collection[str]) -> dict[tuple[str, str, str], int]:
    """Ids of the captures with these payloads, by URL, payload digest and time ('' where that is not known)."""
    sql = f"SELECT url, payload_sha256, coalesce(fetched_at, ''), id FROM captures WHERE {among('payload_sha256')}"
    return {(url, digest, at): capture_id for url, digest, at, capture_id in _select(connection, sql, digests)}


def load_posts(connection: sqlite3.Connection, url_keys: Collection[str]) -> dict[str, StoredPost]:
    """The posts with these URL keys, with all that hangs on them."""
    sql = (
        "SELECT posts.id, posts.url_key, captures.fetched_at, coalesce(pages.url_key = posts.url_key, 1), pages.view,"
        f" {_of('posts', POST_COLUMNS)} FROM posts LEFT JOIN captures ON captures.id = posts.capture_id"
        f" LEFT JOIN pages ON pages.id = captures.page_id WHERE {among('posts.url_key')}"
    )
    rows = _select(connection, sql, url_keys)
    if not rows:
        return {}
    ids = [row[0] for row in rows]
    lists, bylines = _load_lists(connection, ids), _load_bylines(connection, ids)
    comments = _load_comments(connection, ids)
    revisions = _load_revisions(connection, "post_id", ids)
    parts = _load_parts(connection, ids)
    return {
        row[1]: StoredPost(
            id=row[0],
            values=post_from_row(row[5:]),
            fetched_at=row[2],
            at_home=bool(row[3]),
            is_view=row[4] is not None,
            lists=lists[row[0]],
            bylines=tuple(bylines[row[0]]),
            revisions=frozenset(revisions[row[0]]),
            comments=tuple(comments[row[0]]),
            parts=tuple(parts[row[0]]),
        )
        for row in rows
    }


def post_keys(connection: sqlite3.Connection, page_keys: Collection[str]) -> dict[str, str]:
    """The URL keys of the posts that these pages belong to, by the pages' own."""
    sql = "SELECT pages.url_key, posts.url_key FROM pages JOIN posts ON posts.id = pages.post_id"
    return dict(_select(connection, f"{sql} WHERE {among('pages.url_key')}", page_keys))


def load_people(
    connection: sqlite3.Connection, name_keys: Collection[str], url_keys: Collection[str], post_ids: Collection[int]
) -> StoredPeople:
    """The people with these names or profiles, or who sign these posts, with their bios."""
    signed = _select(connection, f"SELECT post_id, person_id FROM post_people WHERE {among('post_id')}", post_ids)
    sql = (
        "SELECT id, blog_id, name, name_key, url, url_key, profiles FROM people"
        f" WHERE {among('name_key')} OR {among('url_key')} OR {among('id')} ORDER BY id"
    )
    lists = (list(name_keys), list(url_keys), [person_id for _, person_id in signed])
    people = [
        (row_id, PersonValues(blog_id, name, key, url, url_key, tuple(json.loads(profiles or "[]"))))
        for row_id, blog_id, name, key, url, url_key, profiles in connection.execute(sql, [*map(json.dumps, lists)])
    ]
    if not people:
        return StoredPeople()
    ids = [person_id for person_id, _ in people]
    revisions = _load_revisions(connection, "person_id", ids)
    sql = (
        f"SELECT bios.person_id, coalesce(captures.fetched_at, ''), {_of('bios', BIO_COLUMNS)} FROM bios"
        f" LEFT JOIN captures ON captures.id = bios.capture_id WHERE {among('bios.person_id')}"
    )
    bios = [
        (row[0], StoredBio(BioValues(*row[2:]), (row[1], row[2] or 0), frozenset(revisions[row[0]])))
        for row in _select(connection, sql, ids)
    ]
    return StoredPeople(tuple(people), tuple(bios), tuple(signed))


def load_names(connection: sqlite3.Connection, table: str, column: str, names: Collection[str]) -> dict[str, int]:
    """Ids by name of the rows of a table of names, such as tags or media."""
    return dict(_select(connection, f"SELECT {column}, id FROM {table} WHERE {among(column)}", names))


def _load_comments(connection: sqlite3.Connection, post_ids: Collection[int]) -> dict[int, list[StoredComment]]:
    sql = (
        "SELECT comments.post_id, comments.id, coalesce(first.fetched_at, ''), coalesce(last.fetched_at, ''),"
        f" {_of('comments', COMMENT_COLUMNS)} FROM comments"
        " LEFT JOIN captures AS first ON first.id = comments.first_capture_id"
        " LEFT JOIN captures AS last ON last.id = comments.last_capture_id"
        f" WHERE {among('comments.post_id')} ORDER BY comments.id"
    )
    found: dict[int, list[StoredComment]] = defaultdict(list)
    rows = _select(connection, sql, post_ids)
    if not rows:
        return found
    revisions = _load_revisions(connection, "comment_id", [row[1] for row in rows])
    for post_id, row_id, first_at, last_at, *row in rows:
        values = comment_from_row(row)
        first, last = (first_at, values.first_capture_id or 0), (last_at, values.last_capture_id or 0)
        found[post_id].append(StoredComment(row_id, values, first, last, frozenset(revisions[row_id])))
    return found


def _load_parts(connection: sqlite3.Connection, post_ids: Collection[int]) -> dict[int, list[StoredPart]]:
    parts: dict[int, list[StoredPart]] = defaultdict(list)
    sql = (
        "SELECT post_id, coalesce(captures.fetched_at, ''), capture_id, number, text, html, images, links"
        f" FROM post_parts LEFT JOIN captures ON captures.id = capture_id WHERE {among('post_id')} ORDER BY number"
    )
    for post_id, at, capture_id, number, text, html, images, links in _select(connection, sql, post_ids):
        shown = (tuple(Image(*each) for each in json.loads(images)), tuple(Link(*each) for each in json.loads(links)))
        parts[post_id].append(StoredPart(Part(number, text, html, *shown), capture_id, (at, capture_id or 0)))
    return parts


def _load_lists(connection: sqlite3.Connection, post_ids: Collection[int]) -> dict[int, PostLists]:
    tags: dict[int, list[tuple[str, str]]] = defaultdict(list)
    images: dict[int, list[Image]] = defaultdict(list)
    links: dict[int, list[Link]] = defaultdict(list)
    sql = f"SELECT post_id, kind, name FROM post_tags JOIN tags ON tags.id = tag_id WHERE {among('post_id')}"
    for post_id, kind, name in _select(connection, sql + " ORDER BY post_id, kind DESC, position", post_ids):
        tags[post_id].append((kind, name))  # kind: tags before categories, as values.post_lists has them
    sql = "SELECT post_id, url, alt, caption FROM post_media JOIN media ON media.id = media_id"
    for post_id, *image in _select(connection, f"{sql} WHERE {among('post_id')} ORDER BY post_id, position", post_ids):
        images[post_id].append(Image(*image))
    sql = f"SELECT post_id, url, text FROM links WHERE {among('post_id')} ORDER BY post_id, position"
    for post_id, *link in _select(connection, sql, post_ids):
        links[post_id].append(Link(*link))
    return {key: PostLists(tuple(tags[key]), tuple(images[key]), tuple(links[key])) for key in post_ids}


def _load_bylines(connection: sqlite3.Connection, post_ids: Collection[int]) -> dict[int, list[Byline]]:
    bylines: dict[int, list[Byline]] = defaultdict(list)
    sql = (
        "SELECT post_id, post_people.name, people.url, role FROM post_people JOIN people ON people.id = person_id"
        f" WHERE {among('post_id')} ORDER BY post_id, position"
    )
    for post_id, *byline in _select(connection, sql, post_ids):
        bylines[post_id].append(Byline(*byline))
    return bylines


def _load_revisions(connection: sqlite3.Connection, column: str, ids: Collection[int]) -> dict[int, list[str]]:
    return _digests(_select(connection, f"SELECT {column}, text_sha256 FROM revisions WHERE {among(column)}", ids))


def _digests(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    digests: dict[int, list[str]] = defaultdict(list)
    for row_id, digest in rows:
        digests[row_id].append(digest)
    return digests


def _select(connection: sqlite3.Connection, sql: str, values: Collection[Any]) -> list[Any]:
    """All rows of a query whose only parameter is a JSON list; none for an empty list."""
    return connection.execute(sql, (json.dumps(list(values)),)).fetchall() if values else []
