"""`move_rows`: the rows of a segment that was written anew, with what was forgotten taken out of its records."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from scraper.model import MovedRecord
from scraper.store.crawls import removing

NoteCleared = Callable[[str, str, str | None], bool]


def move_rows(
    connection: sqlite3.Connection, old: str, new: str | None, moved: Sequence[MovedRecord], note_cleared: NoteCleared
) -> list[int]:
    """Lets the captures in the segment `old` be those in `new`; those of which no record is left go.

    Two copies of a capture are one again when what told them apart is taken out: then the other one's row stays, and
    all that referred to this one refers to it. The offsets in `new` of such records come back: nothing needs them.

    :param note_cleared: is told of each capture that was cleared: URL, payload and time; False: it was before.
    """
    places = {each.offset: each for each in moved}
    rows = connection.execute(_CAPTURES, (old,)).fetchall()
    connection.execute("PRAGMA defer_foreign_keys = ON")  # until the transaction ends
    removing.make_marks(connection)
    kept = [(places[row[1]], *row) for row in rows if row[1] in places and places[row[1]].new_offset is not None]
    _remove(connection, {row[0] for row in rows}.difference(row[1] for row in kept))
    repeats: list[int] = []
    for place, row_id, _, url, sha256, fetched_at, page_id, record_id in kept:
        if place.payload_sha256 is not None:
            known_as = None if note_cleared(url, sha256, fetched_at) else record_id
            values = (place.payload_sha256, url, fetched_at, row_id, page_id, known_as)
            same = connection.execute(_SAME, values).fetchone()
            if same is not None and place.new_offset is not None:
                _refer_to(connection, row_id, same[0])
                _remove(connection, {row_id})
                repeats.append(place.new_offset)
                continue
            connection.execute(_CLEAR, (place.payload_sha256, place.payload_length, row_id))
        connection.execute(_MOVE, (new, place.new_offset, place.new_length, row_id))
    removing.unmark(connection)
    return repeats


def _refer_to(connection: sqlite3.Connection, old: int, new: int) -> None:
    """Lets all that refers to a capture refer to another, but for what that has already."""
    for table, column in connection.execute(_REFERRING).fetchall():
        connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?", (new, old))


def _remove(connection: sqlite3.Connection, captures: set[int]) -> None:
    """Removes the captures' rows and what is known only from them; texts and pages stay."""
    connection.executemany("INSERT INTO temp.own_captures VALUES (?)", [(each,) for each in sorted(captures)])
    for table in ("bios", "pages"):
        connection.execute(
            f"UPDATE {table} SET capture_id = NULL WHERE capture_id IN (SELECT id FROM temp.own_captures)"
        )
    removing.remove_marked(connection)
    connection.execute("DELETE FROM temp.own_captures")


_CAPTURES = """
SELECT id, warc_offset, url, payload_sha256, fetched_at, page_id, record_id FROM captures WHERE warc_file = ?"""
_SAME = """
SELECT id FROM captures
WHERE payload_sha256 = ?1 AND url = ?2 AND coalesce(fetched_at, '') = coalesce(?3, '') AND id <> ?4
UNION ALL
SELECT id FROM captures WHERE page_id = ?5 AND fetched_at IS ?3 AND url = ?2 AND record_id = ?6 AND id <> ?4
LIMIT 1"""
_MOVE = "UPDATE captures SET warc_file = ?, warc_offset = ?, warc_length = ? WHERE id = ?"
_CLEAR = "UPDATE captures SET payload_sha256 = ?, payload_length = ? WHERE id = ?"
_REFERRING = """
SELECT tables.name, keys."from" FROM sqlite_master AS tables JOIN pragma_foreign_key_list(tables.name) AS keys
WHERE tables.type = 'table' AND keys."table" = 'captures'"""
