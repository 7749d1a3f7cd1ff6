"""Runs of words taken out of every text of an archive's database: `scrub_all`."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from scraper.store.cleaning import storable
from scraper.store.planning.values import text_digest
from scraper.text.phrases import Phrases

# Addresses, which are not changed: rows are known by them. Names in them stay.
ADDRESSES = frozenset(
    {
        *(("pages", name) for name in ("url", "url_key", "canonical_url")),
        *((table, name) for table in ("posts", "people") for name in ("url", "url_key")),
        *(("comments", name) for name in ("permalink", "parent_ref", "platform_id")),
        *(("blogs", name) for name in ("url", "host")),
        ("comment_sightings", "permalink"),
        ("media", "url"),
        ("profiles", "host"),
    }
)
WHOLE_TABLES = frozenset(  # nothing but addresses, digests and numbers
    {
        *("captures", "frontier", "listings", "crawls", "hosts", "robots", "reparses", "reparse_queue"),
        *("reparse_changes", "segments_read", "forgotten", "takedowns", "records_to_clear", "segments_searched"),
        *("segment_swaps", "post_sightings", "absences"),
    }
)
JSON = frozenset({"contexts", "counts", "images", "links", "notices", "profiles", "settings"})  # columns that hold it
_SIGHTINGS = {  # of a text's digest
    "post_id": ("post_sightings", "text_sha256"),
    "comment_id": ("comment_sightings", "text_sha256"),
    "person_id": ("person_sightings", "bio_sha256"),
}
_OWNERS = {"posts": ("post_id", "id"), "comments": ("comment_id", "id"), "bios": ("person_id", "person_id")}


def scrub_all(connection: sqlite3.Connection, phrases: Phrases, *, is_rehearsal: bool = False) -> Counter[str]:
    """How many rows of each table had one of the phrases, which is now taken out; a rehearsal only counts.

    Digests of texts are made anew. Full-text indexes are the caller's.
    """
    counts: Counter[str] = Counter()
    for table, keys, columns in _tables(connection):
        changed = list(_changed(connection, phrases, table, keys, columns)) if phrases and columns else []
        if changed:
            counts[table] = len(changed)
        for key, values in () if is_rehearsal else changed:
            _write(connection, table, dict(zip(keys, key, strict=True)), values)
    return counts


def _tables(connection: sqlite3.Connection) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each table with the columns of its key, and those that hold texts."""
    for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall():
        if name in WHOLE_TABLES or name.startswith("sqlite_") or "_fts" in name or not sql:
            continue
        info = connection.execute(f"PRAGMA table_info({name})").fetchall()
        keys = [column for _, column, _, _, _, place in sorted(info, key=lambda each: each[5]) if place]
        texts = [column for _, column, kind, _, _, place in info if kind == "TEXT" and not place]
        yield name, keys or ["rowid"], [each for each in texts if (name, each) not in ADDRESSES]


def _changed(
    connection: sqlite3.Connection, phrases: Phrases, table: str, keys: Sequence[str], columns: Sequence[str]
) -> Iterator[tuple[tuple[object, ...], dict[str, str]]]:
    rows = connection.execute(f"SELECT {', '.join((*keys, *columns))} FROM {table}")
    for row in rows:
        texts = zip(columns, row[len(keys) :], strict=True)
        values = {
            column: new
            for column, text in texts
            if isinstance(text, str) and (new := _scrubbed(column, text, phrases)) != text
        }
        if values:
            yield row[: len(keys)], values


def _scrubbed(column: str, text: str, phrases: Phrases) -> str:
    """The column's text, or each text of its JSON, without the phrases."""
    if column == "html":
        return phrases.scrub_html(text)
    if column not in JSON or ("\\" not in text and not phrases.are_in(text)):
        return phrases.scrub(text)
    try:
        value = json.loads(text)
        scrubbed = _scrubbed_parts(value, phrases)
        return text if scrubbed == value else storable(json.dumps(scrubbed, ensure_ascii=False))
    except (ValueError, RecursionError):
        return phrases.scrub(text)


def _scrubbed_parts(value: Any, phrases: Phrases) -> Any:
    if isinstance(value, str):
        return phrases.scrub(value)
    if isinstance(value, list):
        return [_scrubbed_parts(each, phrases) for each in value]
    if isinstance(value, dict):
        return {name: _scrubbed_parts(each, phrases) for name, each in value.items()}
    return value


def _write(connection: sqlite3.Connection, table: str, key: dict[str, object], values: dict[str, str]) -> None:
    where = " AND ".join(f"{name} = ?" for name in key)
    select = f"SELECT * FROM {table} WHERE {where}"
    cursor = connection.execute(select, tuple(key.values()))
    before = dict(zip([each[0] for each in cursor.description], cursor.fetchone(), strict=True))
    after = before | values
    if table == "revisions":
        _write_revision(connection, before, after)
        return
    if table in _OWNERS:
        owner, column = _OWNERS[table]
        _redigest(connection, owner, before[column], _digest(before), _digest(after))
    sets = ", ".join(f"{name} = ?" for name in values)
    update = f"UPDATE OR IGNORE {table} SET {sets} WHERE {where}"
    if connection.execute(update, (*values.values(), *key.values())).rowcount == 0:  # another row says so already
        unlike = [f"{value} {'-'.join(map(str, key.values()))}" for value in values.values()]
        connection.execute(update.replace("OR IGNORE ", ""), (*unlike, *key.values()))


def _write_revision(connection: sqlite3.Connection, before: dict[str, object], after: dict[str, object]) -> None:
    owner = next(name for name in _SIGHTINGS if before[name] is not None)
    digest = _digest(after)
    _redigest(connection, owner, before[owner], str(before["text_sha256"]), digest)
    values = (after["title"], after["text"], after["html"], digest, before["id"])
    sql = "UPDATE OR IGNORE revisions SET title = ?, text = ?, html = ?, text_sha256 = ? WHERE id = ?"
    if connection.execute(sql, values).rowcount == 0:  # two that differed in nothing else
        connection.execute("DELETE FROM revisions WHERE id = ?", (before["id"],))


def _digest(row: dict[str, object]) -> str:
    title = row.get("title") or row.get("subject")
    return text_digest(str(title) if title else None, str(row["text"] or ""))


def _redigest(connection: sqlite3.Connection, owner: str, owner_id: object, old: str, new: str) -> None:
    table, column = _SIGHTINGS[owner]
    connection.execute(f"UPDATE {table} SET {column} = ? WHERE {owner} = ? AND {column} = ?", (new, owner_id, old))
