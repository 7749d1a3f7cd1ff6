"""Intents carried out: one executemany a kind of row, the full-text indexes after them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from scraper.model import Image, Link
from scraper.store.lookup.fulltext import Indexed, Indexes
from scraper.store.planning.intents import AddRevision, WriteComment, WriteLists, WritePart, WritePost
from scraper.store.planning.pages import PageValues, json_list
from scraper.store.planning.people import PersonValues, WriteBio, WritePerson, WriteSigners
from scraper.store.planning.state import load_names
from scraper.store.rows import (
    BIO_COLUMNS,
    CAPTURE_COLUMNS,
    COMMENT_COLUMNS,
    PAGE_COLUMNS,
    POST_COLUMNS,
    REVISION_COLUMNS,
    Row,
    among,
    bio_row,
    comment_row,
    insert_sql,
    page_row,
    post_row,
    revision_row,
    update_sql,
)

_PERSON_COLUMNS = ("blog_id", "name", "name_key", "url", "url_key", "profiles")

_INSERT_POST = insert_sql("posts", "id", "blog_id", "url_key", *POST_COLUMNS)
_UPDATE_POST = update_sql("posts", *POST_COLUMNS)
_INSERT_COMMENT = insert_sql("comments", "id", "post_id", *COMMENT_COLUMNS)
_UPDATE_COMMENT = update_sql("comments", *COMMENT_COLUMNS)
_INSERT_PAGE = insert_sql("pages", "id", *PAGE_COLUMNS)
_UPDATE_PAGE = update_sql("pages", *PAGE_COLUMNS)
_INSERT_CAPTURE = insert_sql("captures", "id", "page_id", *CAPTURE_COLUMNS)
_INSERT_PERSON = insert_sql("people", "id", *_PERSON_COLUMNS)
_UPDATE_PERSON = update_sql("people", *_PERSON_COLUMNS)
_INSERT_BIO = insert_sql("bios", *BIO_COLUMNS, "person_id")
_UPDATE_BIO = update_sql("bios", *BIO_COLUMNS, key="person_id")
_INSERT_SIGNER = insert_sql("post_people", "post_id", "position", "person_id", "role", "name")
_INSERT_REVISION = insert_sql("revisions", *REVISION_COLUMNS)
_INSERT_TAG = insert_sql("post_tags", "post_id", "kind", "position", "tag_id")
_INSERT_IMAGE = insert_sql("post_media", "post_id", "position", "media_id", "alt", "caption")
_INSERT_LINK = insert_sql("links", "post_id", "position", "url", "text")

_UPSERT_PART = (
    insert_sql("post_parts", "post_id", "number", "capture_id", "text", "html", "images", "links")
    + " ON CONFLICT (post_id, number) DO UPDATE SET capture_id = excluded.capture_id, text = excluded.text,"
    " html = excluded.html, images = excluded.images, links = excluded.links"
)


def write_blogs(connection: sqlite3.Connection, new: Sequence[Row], named: Sequence[Row]) -> None:
    """Write the rows of new blogs (id, host, url, name) and the names (name, id) of those that had none."""
    _write(connection, insert_sql("blogs", "id", "host", "url", "name"), new)
    _write(connection, update_sql("blogs", "name"), named)


def write_pages(connection: sqlite3.Connection, pages: Sequence[tuple[int, PageValues, bool]]) -> None:
    """Write the pages' rows, given as id, values and whether the row is new."""
    _write(connection, _INSERT_PAGE, ((row_id, *page_row(values)) for row_id, values, new in pages if new))
    _write(connection, _UPDATE_PAGE, ((*page_row(values), row_id) for row_id, values, new in pages if not new))


def write_captures(connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Write the rows of new captures: id, page id, CAPTURE_COLUMNS."""
    _write(connection, _INSERT_CAPTURE, rows)


def write_posts(
    connection: sqlite3.Connection, intents: Sequence[WritePost], places: dict[int, tuple[int | None, str]]
) -> None:
    """Write the posts' rows and their full-text index; `places` are blog and URL key of the new ones, by id."""
    with _indexes(connection, "posts", intents):
        new = ((i.id, *places[i.id], *post_row(i.values)) for i in intents if i.new)
        _write(connection, _INSERT_POST, new)
        _write(connection, _UPDATE_POST, ((*post_row(i.values), i.id) for i in intents if not i.new))


def write_parts(connection: sqlite3.Connection, intents: Sequence[WritePart]) -> None:
    """Write what each page holds of its post, in place of what it held."""
    _write(connection, _UPSERT_PART, map(_part_row, intents))


def write_comments(connection: sqlite3.Connection, intents: Sequence[WriteComment]) -> None:
    """Write the comments' rows and their full-text index."""
    with _indexes(connection, "comments", intents):
        _write(connection, _INSERT_COMMENT, ((i.id, i.post_id, *comment_row(i.values)) for i in intents if i.new))
        _write(connection, _UPDATE_COMMENT, ((*comment_row(i.values), i.id) for i in intents if not i.new))


def write_people(connection: sqlite3.Connection, intents: Sequence[WritePerson]) -> None:
    """Write the people's rows."""
    _write(connection, _INSERT_PERSON, ((i.id, *_person_row(i.values)) for i in intents if i.new))
    _write(connection, _UPDATE_PERSON, ((*_person_row(i.values), i.id) for i in intents if not i.new))


def write_bios(connection: sqlite3.Connection, intents: Sequence[WriteBio]) -> None:
    """Write the bios' rows."""
    _write(connection, _INSERT_BIO, ((*bio_row(i.values), i.person_id) for i in intents if i.new))
    _write(connection, _UPDATE_BIO, ((*bio_row(i.values), i.person_id) for i in intents if not i.new))


def write_signers(connection: sqlite3.Connection, intents: Sequence[WriteSigners]) -> None:
    """Write who signs which post, in place of who did."""
    _clear(connection, "post_people", "post_id", [i.post_id for i in intents])
    rows = ((i.post_id, position, *signer) for i in intents for position, signer in enumerate(i.signers))
    _write(connection, _INSERT_SIGNER, rows)


def write_revisions(connection: sqlite3.Connection, intents: Sequence[AddRevision]) -> None:
    """Write the texts as they were."""
    _write(connection, _INSERT_REVISION, map(revision_row, intents))


def write_lists(connection: sqlite3.Connection, intents: Sequence[WriteLists], new_posts: Collection[int]) -> None:
    """Write tags, pictures and links of posts, in place of what there was; posts that are new have none yet."""
    old = [i for i in intents if i.post_id not in new_posts]
    _clear(connection, "post_tags", "post_id", [i.post_id for i in old if i.tags is not None])
    _clear(connection, "post_media", "post_id", [i.post_id for i in old if i.images is not None])
    _clear(connection, "links", "post_id", [i.post_id for i in old if i.links is not None])
    tags = _name_ids(connection, "tags", "name", {name for i in intents for _, name in i.tags or ()})
    media = _name_ids(connection, "media", "url", {image.url for i in intents for image in i.images or ()})
    _write(connection, _INSERT_TAG, (row for i in intents for row in _tag_rows(i.post_id, i.tags or (), tags)))
    _write(connection, _INSERT_IMAGE, (row for i in intents for row in _image_rows(i.post_id, i.images or (), media)))
    _write(connection, _INSERT_LINK, (row for i in intents for row in _link_rows(i.post_id, i.links or ())))


def _indexes(
    connection: sqlite3.Connection, table: Indexed, intents: Sequence[WritePost] | Sequence[WriteComment]
) -> Indexes:
    new = [i.id for i in intents if i.new]
    return Indexes(connection, table, new, [i.id for i in intents if i.text_changed and not i.new])


def _write(connection: sqlite3.Connection, sql: str, rows: Iterable[Row]) -> None:
    connection.executemany(sql, rows)


def _clear(connection: sqlite3.Connection, table: str, column: str, ids: Collection[int]) -> None:
    """Take out what is written anew: lists and evidence only, never a post, a comment, a person or a text."""
    if ids:
        connection.execute(f"DELETE FROM {table} WHERE {among(column)}", (json.dumps(list(ids)),))


def _person_row(values: PersonValues) -> Row:
    profiles = json_list(values.profiles)
    return (values.blog_id, values.name, values.name_key, values.url, values.url_key, profiles)


def _part_row(intent: WritePart) -> Row:
    part = intent.part
    images = json.dumps([(each.url, each.alt, each.caption) for each in part.images], ensure_ascii=False)
    links = json.dumps([(each.url, each.text) for each in part.links], ensure_ascii=False)
    return (intent.post_id, part.number, intent.capture_id, part.text, part.html, images, links)


def _name_ids(connection: sqlite3.Connection, table: str, column: str, names: Collection[str]) -> dict[str, int]:
    """Ids of all these names; those that are new get a row."""
    ids = load_names(connection, table, column, names)
    new = sorted(name for name in names if name not in ids)
    if new:
        _write(connection, insert_sql(table, column), ((name,) for name in new))
        ids |= load_names(connection, table, column, new)
    return ids


def _tag_rows(post_id: int, tags: Sequence[tuple[str, str]], ids: dict[str, int]) -> Iterator[Row]:
    for kind, group in groupby(tags, key=_kind_of):
        for position, (_, name) in enumerate(group):
            yield (post_id, kind, position, ids[name])


def _kind_of(tag: tuple[str, str]) -> str:
    return tag[0]


def _image_rows(post_id: int, images: Sequence[Image], ids: dict[str, int]) -> Iterator[Row]:
    for position, image in enumerate(images):
        yield (post_id, position, ids[image.url], image.alt, image.caption)


def _link_rows(post_id: int, links: Sequence[Link]) -> Iterator[Row]:
    for position, link in enumerate(links):
        yield (post_id, position, link.url, link.text)
