"""A person, a post or a comment taken out of an archive's database: `plan_forgetting`, then `carry_out` the plan.

Both in the caller's transaction. Segments are another matter: `records_to_clear` and the list say what goes there.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scraper.model import Comment
from scraper.store.crawls import removing
from scraper.store.lookup.fulltext import rebuild_all
from scraper.store.rows import among
from scraper.store.takedowns.forget_listed import find_listed
from scraper.store.takedowns.forget_target import Target
from scraper.store.takedowns.forget_words import own_phrases, vocabulary_of
from scraper.store.takedowns.forgotten import Entry, Forgotten, comment_names, make_entry, make_phrase, signers
from scraper.store.takedowns.scrubbing import scrub_all


@dataclass(frozen=True, slots=True)
class Plan:
    """What is put on the list, and how many rows go or change, by table; comments that leave a placeholder apart.

    `forgotten` is of these entries alone. Rows are marked in temporary tables. `whole` and `cleared` are the places of
    records that go, or are emptied.
    """

    target: Target
    entries: tuple[Entry, ...]
    forgotten: Forgotten
    counts: Mapping[str, int]
    whole: frozenset[tuple[str, int]]
    cleared: frozenset[tuple[str, int]]


def plan_forgetting(connection: sqlite3.Connection, target: Target, key: str) -> Plan:
    """Marks what goes, and says how much that is. Digests are made with `key` (hex)."""
    _mark(connection, target)
    words = own_phrases(connection, target.mentions)
    entries = tuple(dict.fromkeys((*_entries(connection, target, key), *(make_phrase(key, each) for each in words))))
    return _plan(connection, target, entries, Forgotten(entries, vocabulary_of(words)))


def plan_listed(connection: sqlite3.Connection, forgotten: Forgotten) -> Plan:
    """As `plan_forgetting`, of all that is on a list."""
    target = find_listed(connection, forgotten)
    _mark(connection, target)
    return _plan(connection, target, (), forgotten)


def _plan(connection: sqlite3.Connection, target: Target, entries: tuple[Entry, ...], forgotten: Forgotten) -> Plan:
    counts: Counter[str] = Counter()
    for name in removing.COUNTED:
        counts[name] = _count(connection, f"own_{name}")
    counts["comments_emptied"] = _count(connection, "emptied")
    counts["captures_cleared"] = _count(connection, "cleared")
    for table, number in scrub_all(connection, forgotten.phrases, is_rehearsal=True).items():
        counts[f"{table}_changed"] = number
    return Plan(
        target,
        entries,
        forgotten,
        {name: number for name, number in counts.items() if number},
        _places(connection, "own_captures"),
        _places(connection, "cleared"),
    )


def carry_out(connection: sqlite3.Connection, plan: Plan) -> None:
    """Removes and empties the marked rows, and takes phrases out of all others. The list is the caller's."""
    connection.execute("PRAGMA defer_foreign_keys = ON")  # until the transaction ends
    for whole, places in ((1, plan.whole), (0, plan.cleared)):
        connection.executemany(_TO_CLEAR, [(*place, whole) for place in sorted(places)])
    connection.execute(f"DELETE FROM post_people WHERE {_marked('person_id', 'own_people')}")
    _forget_addresses(connection, plan.target)
    connection.execute(_KEEP_BIOS)
    removing.remove_marked(connection)
    for sql in _EMPTY:
        connection.execute(sql)
    scrub_all(connection, plan.forgotten.phrases)
    rebuild_all(connection)
    connection.execute("DELETE FROM reparse_changes")
    unmark(connection)


def unmark(connection: sqlite3.Connection) -> None:
    """Removes the marks."""
    removing.unmark(connection)
    for name in ("emptied", "cleared"):
        connection.execute(f"DROP TABLE temp.{name}")


def _mark(connection: sqlite3.Connection, target: Target) -> None:
    removing.make_marks(connection)
    for name in ("emptied", "cleared"):
        connection.execute(f"CREATE TEMP TABLE {name} (id INTEGER PRIMARY KEY)")
    connection.execute(_PAGES, (json.dumps(target.posts), json.dumps(target.keys)))
    for tree in target.trees:
        connection.execute(_PAGES_BELOW, (f"{tree}/", f"{tree}0"))
    for name in ("posts", "people"):
        _insert(connection, f"own_{name}", getattr(target, name))
    removing.mark_rest(connection)
    _insert(connection, "emptied", target.comments)
    connection.execute("DELETE FROM temp.emptied WHERE id IN (SELECT id FROM temp.own_comments)")
    connection.execute(_CLAIMED, (json.dumps(target.names),))
    for sql in _CLEARED:
        connection.execute(f"INSERT OR IGNORE INTO temp.cleared {sql}")
    connection.execute("DELETE FROM temp.cleared WHERE id IS NULL OR id IN (SELECT id FROM temp.own_captures)")


def _entries(connection: sqlite3.Connection, target: Target, key: str) -> Iterator[Entry]:
    """What keeps it from coming in again."""
    own = connection.execute(
        f"SELECT url_key FROM pages WHERE {_marked('id', 'own_pages')}"
        f" UNION SELECT url_key FROM posts WHERE {_marked('id', 'own_posts')}"
    )
    for url in sorted({*target.keys, *(url for (url,) in own)}):
        yield make_entry(key, "url", url)
    for tree in target.trees:
        yield make_entry(key, "tree", tree)
    for name in target.names:
        yield from (make_entry(key, "signer", each) for each in signers(name, None))
    for link in target.links:
        yield from (make_entry(key, "signer", each) for each in signers(None, link))
    for post_url, comment in _said(connection):
        yield from (make_entry(key, "comment", each) for each in comment_names(post_url, comment))


def _said(connection: sqlite3.Connection) -> Iterator[tuple[str, Comment]]:
    """What the comments that are emptied say, and said, each with the address of its post."""
    for url, ref, link, author, text in connection.execute(_SAID):
        yield url, Comment(ref, link, None, None, 0, 0, author, None, None, False, None, None, "", text)


def _forget_addresses(connection: sqlite3.Connection, target: Target) -> None:
    """Takes the addresses of what goes off the crawls' lists."""
    connection.execute("CREATE TEMP TABLE own_addresses (id INTEGER PRIMARY KEY)")
    sql = "INSERT OR IGNORE INTO temp.own_addresses SELECT id FROM frontier WHERE"
    connection.execute(f"{sql} url_key IN (SELECT url_key FROM pages WHERE {_marked('id', 'own_pages')})")
    connection.execute(f"{sql} {among('url_key')}", (json.dumps(target.keys),))
    for tree in target.trees:
        connection.execute(f"{sql} url_key >= ? AND url_key < ?", (f"{tree}/", f"{tree}0"))
    for column in ("lister_id", "address_id"):
        connection.execute(f"DELETE FROM listings WHERE {_marked(column, 'own_addresses')}")
    urls = f"SELECT url FROM frontier WHERE {_marked('id', 'own_addresses')}"
    connection.execute(f"DELETE FROM run_events WHERE url IN ({urls})")
    connection.execute(f"UPDATE frontier SET found_on = NULL WHERE found_on IN ({urls})")
    connection.execute(f"DELETE FROM frontier WHERE {_marked('id', 'own_addresses')}")
    connection.execute("DROP TABLE temp.own_addresses")


def _insert(connection: sqlite3.Connection, table: str, ids: tuple[int, ...]) -> None:
    connection.executemany(f"INSERT OR IGNORE INTO temp.{table} VALUES (?)", [(row_id,) for row_id in ids])


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM temp.{table}").fetchone()[0])


def _places(connection: sqlite3.Connection, table: str) -> frozenset[tuple[str, int]]:
    return frozenset(connection.execute(f"SELECT warc_file, warc_offset FROM captures WHERE {_marked('id', table)}"))


def _marked(column: str, table: str) -> str:
    return f"{column} IN (SELECT id FROM temp.{table})"


_PAGES = f"INSERT OR IGNORE INTO temp.own_pages SELECT id FROM pages WHERE {among('post_id')} OR {among('url_key')}"
_PAGES_BELOW = "INSERT OR IGNORE INTO temp.own_pages SELECT id FROM pages WHERE url_key >= ? AND url_key < ?"
_TO_CLEAR = """
INSERT INTO records_to_clear VALUES (?, ?, ?)
ON CONFLICT DO UPDATE SET is_whole = max(is_whole, excluded.is_whole)"""
_SAID = f"""
SELECT posts.url_key, platform_id, permalink, author, comments.text
FROM comments JOIN posts ON posts.id = post_id WHERE {_marked("comments.id", "emptied")}
UNION ALL
SELECT posts.url_key, NULL, NULL, author, revisions.text
FROM revisions JOIN comments ON comments.id = revisions.comment_id JOIN posts ON posts.id = comments.post_id
WHERE {_marked("comments.id", "emptied")}"""
_CLAIMED = f"""
INSERT OR IGNORE INTO temp.cleared SELECT capture_id FROM claims WHERE field LIKE '%author%' AND {among("value")}"""
_CLEARED = (  # captures that show what goes; of one page at one moment also the answer that was rendered
    f"SELECT capture_id FROM comment_sightings WHERE {_marked('comment_id', 'emptied')}",
    f"SELECT first_capture_id FROM comments WHERE {_marked('id', 'emptied')} AND first_capture_id IS NOT NULL",
    f"SELECT last_capture_id FROM comments WHERE {_marked('id', 'emptied')} AND last_capture_id IS NOT NULL",
    f"SELECT capture_id FROM revisions WHERE capture_id IS NOT NULL"
    f" AND ({_marked('comment_id', 'emptied')} OR {_marked('person_id', 'own_people')})",
    f"SELECT capture_id FROM person_sightings WHERE {_marked('person_id', 'own_people')}",
    f"SELECT capture_id FROM bios WHERE capture_id IS NOT NULL AND {_marked('person_id', 'own_people')}",
    "SELECT captures.id FROM captures JOIN pages ON pages.id = captures.page_id WHERE post_id IN"
    f" (SELECT post_id FROM post_people WHERE {_marked('person_id', 'own_people')})",
    "SELECT captures.id FROM captures JOIN captures AS own ON own.page_id = captures.page_id"
    f" AND own.fetched_at = captures.fetched_at WHERE {_marked('own.id', 'cleared')}",
    "SELECT captures.id FROM captures WHERE payload_sha256 IN"
    f" (SELECT payload_sha256 FROM captures WHERE {_marked('id', 'cleared')} OR {_marked('id', 'own_captures')})",
)
_KEEP_BIOS = f"UPDATE bios SET capture_id = NULL WHERE {_marked('capture_id', 'own_captures')}"  # of those who stay
_EMPTY = (
    f"DELETE FROM private_contacts WHERE {_marked('comment_id', 'emptied')}",
    f"DELETE FROM revisions WHERE {_marked('comment_id', 'emptied')}",
    "UPDATE comment_sightings SET author = NULL, permalink = NULL, text_sha256 = NULL"
    f" WHERE {_marked('comment_id', 'emptied')}",
    "UPDATE comments SET author = NULL, author_url = NULL, avatar_url = NULL, by_post_author = 0, subject = NULL,"
    " text = '', html = '', votes = NULL, state = 'deleted',"
    " permalink = CASE WHEN platform_id IS NULL THEN permalink END"
    f" WHERE {_marked('id', 'emptied')}",
    f"DELETE FROM removals WHERE {_marked('capture_id', 'cleared')}",
    f"DELETE FROM claims WHERE {_marked('capture_id', 'cleared')}",
    f"UPDATE pages SET contexts = NULL WHERE {_marked('capture_id', 'cleared')}",
)
