"""`watch` lets one connection note what it changes of posts, comments and people.

Triggers of the connection's own, so that planning and writing are the same as ever, and nobody else's writes count.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence

_TIME = ("iso", "earliest", "latest", "precision", "shown")
_FIELDS: dict[tuple[str, str, str], tuple[str, ...]] = {  # of a table, what its rows are called, and their key
    ("posts", "post", "id"): (
        *("kind", "title", "subtitle", "section", "language", "text", "html", "published", "modified"),
        *("declared_comment_count", "comments_complete", "comments_service", "withheld", "platform"),
    ),
    ("comments", "comment", "id"): (
        *("parent_id", "platform_id", "permalink", "kind", "state", "author", "author_url", "avatar_url"),
        *("by_post_author", "subject", "text", "html", "votes", "published"),
    ),
    ("people", "person", "id"): ("name", "url", "profiles"),
    ("bios", "bio", "person_id"): ("text", "html", "source", "picture_url"),
}
_LISTS = {"post_people": "bylines", "post_tags": "tags", "post_media": "pictures", "links": "links"}
_NEW = {"posts": "post", "comments": "comment", "people": "person", "revisions": "revision"}


def _columns(field: str) -> Sequence[str]:
    """The columns of a field: a time has five."""
    return [f"{field}_{name}".removesuffix("_iso") for name in _TIME] if field in ("published", "modified") else [field]


def _note(what: str, key: str, field: str) -> str:
    return f"BEGIN INSERT OR IGNORE INTO reparse_changes VALUES ('{what}', {key}, '{field}', NULL); END"


def _note_change(what: str, key: str, field: str, old: str, new: str) -> str:
    """Notes a change of a field, or that it is undone: a feed gives back the times that its page does not tell."""
    place = f"('{what}', {key}, '{field}')"
    return (
        f"BEGIN INSERT OR IGNORE INTO reparse_changes VALUES ('{what}', {key}, '{field}', reparse_digest({old}));"
        f" DELETE FROM reparse_changes WHERE (what, row_id, field) = {place} AND was = reparse_digest({new}); END"
    )


def _triggers() -> Iterator[str]:
    for (table, what, key), fields in _FIELDS.items():
        for field in fields:
            columns = _columns(field)
            old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("old", "new"))
            head = f"CREATE TEMP TRIGGER reparse_{table}_{field} AFTER UPDATE OF {', '.join(columns)} ON main.{table}"
            yield f"{head} WHEN ({old}) IS NOT ({new}) {_note_change(what, f'new.{key}', field, old, new)}"
    for table, what in _NEW.items():
        yield f"CREATE TEMP TRIGGER reparse_{table}_new AFTER INSERT ON main.{table} {_note(what, 'new.id', 'new')}"
    yield f"CREATE TEMP TRIGGER reparse_bios_new AFTER INSERT ON main.bios {_note('bio', 'new.person_id', 'new')}"
    for table, field in _LISTS.items():
        for change, row in (("INSERT", "new"), ("DELETE", "old")):
            head = f"CREATE TEMP TRIGGER reparse_{table}_{change} AFTER {change} ON main.{table}"
            new = f"SELECT 1 FROM reparse_changes WHERE (what, row_id, field) = ('post', {row}.post_id, 'new')"
            yield f"{head} WHEN NOT EXISTS ({new}) {_note('post', f'{row}.post_id', field)}"


TRIGGERS = tuple(_triggers())


def watch(connection: sqlite3.Connection) -> None:
    """Lets the connection note its changes from now on; in a transaction of the caller's."""
    connection.create_function("reparse_digest", -1, _digest, deterministic=True)
    for statement in TRIGGERS:
        connection.execute(statement)


def _digest(*values: object) -> str:
    return hashlib.sha256(repr(values).encode("utf-8", "replace")).hexdigest()[:16]
