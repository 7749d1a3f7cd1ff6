"""`ForgetBook`: the list of the forgotten in a database, requests that were carried out, and what is left to do."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from scraper.model import Capture, MovedRecord
from scraper.store.planning.times import utc_text
from scraper.store.takedowns.forget_target import Wish, find_target
from scraper.store.takedowns.forgetting import Plan, carry_out, plan_forgetting, plan_listed
from scraper.store.takedowns.forgotten import Entry, Forgotten, capture_name, make_entry
from scraper.store.takedowns.moved_rows import move_rows

Connect = Callable[[], AbstractContextManager[sqlite3.Connection]]


@dataclass(frozen=True, slots=True)
class Takedown:
    """A request that was carried out: what kind of thing went, when, rows by table, and WARC records.

    `cleaned_at` is None while traces may be in free space of the database's files.
    """

    kind: str
    at: str
    counts: Mapping[str, int]
    records: int
    cleaned_at: str | None


@dataclass(frozen=True, slots=True)
class Swap:
    """A segment on its way to be replaced, if by any; done: rows point to the new one."""

    warc_file: str
    replaced_by: str | None
    is_done: bool


class ForgetBook:
    """What an archive has forgotten; `read` and `write` are the archive's, for errors of its own."""

    def __init__(self, read: Connect, write: Connect) -> None:
        self._read, self._write = read, write

    def entries(self) -> tuple[Entry, ...]:
        """The whole list."""
        with self._read() as connection:
            return load_entries(connection)

    def take(self, entries: Iterable[Entry], now: datetime) -> None:
        """Puts entries on the list that were made elsewhere: in a file beside the segments, or in another archive.

        In the same transaction what is new takes all that it is of out of the rows; segments stay as they are.
        """
        new = set(entries).difference(self.entries())
        if not new:
            return
        with self._write() as connection:
            plan = plan_listed(connection, Forgotten(new))
            add_entries(connection, new)
            carry_out(connection, plan)
            if plan.counts:
                _log(connection, plan, now)

    def preview(self, wish: Wish) -> Plan:
        """What would go; nothing is changed. UsageError where nothing is meant."""
        with self._read() as connection:
            connection.execute("BEGIN")
            try:
                return plan_forgetting(connection, find_target(connection, wish), _key_of(connection))
            finally:
                connection.execute("ROLLBACK")

    def forget(self, wish: Wish, now: datetime) -> Plan:
        """Takes it out of all rows, and puts it on the list, in one transaction; segments stay as they are."""
        with self._write() as connection:
            plan = plan_forgetting(connection, find_target(connection, wish), _key_of(connection))
            add_entries(connection, plan.entries)
            carry_out(connection, plan)
            _log(connection, plan, now)
            return plan

    def takedowns(self) -> list[Takedown]:
        """All requests that were carried out, the oldest first."""
        with self._read() as connection:
            rows = connection.execute("SELECT kind, at, counts, records, cleaned_at FROM takedowns ORDER BY id")
            return [Takedown(kind, at, json.loads(counts), *rest) for kind, at, counts, *rest in rows]

    def newest(self) -> int:
        """The newest entry of the list that segments are searched for."""
        with self._read() as connection:
            return _newest(connection)

    def searched_to(self, warc_file: str) -> int:
        """The newest entry that the segment was searched for; 0 if for none."""
        with self._read() as connection:
            return int((connection.execute(_SEARCHED, (warc_file,)).fetchone() or (0,))[0])

    def waiting(self, warc_file: str) -> Mapping[int, bool]:
        """The segment's records that are to be cleared, by their offsets; True: to go as a whole."""
        with self._read() as connection:
            return {offset: bool(whole) for offset, whole in connection.execute(_WAITING, (warc_file,))}

    def uncleared(self) -> Mapping[str, int]:
        """How many records have still to be cleared, by segment."""
        with self._read() as connection:
            return dict(connection.execute(_UNCLEARED).fetchall())

    def searched(self, warc_file: str) -> None:
        """Notes that the segment holds nothing of what is on the list now."""
        with self._write() as connection:
            connection.execute("DELETE FROM records_to_clear WHERE warc_file = ?", (warc_file,))
            _note_searched(connection, warc_file)

    def swaps(self) -> list[Swap]:
        """The segments that a run began to replace."""
        with self._read() as connection:
            rows = connection.execute("SELECT warc_file, replaced_by, is_done FROM segment_swaps").fetchall()
        return [Swap(old, new, bool(done)) for old, new, done in rows]

    def begin_swap(self, swap: Swap) -> None:
        """Notes what is to be replaced by what, before there is such a file."""
        with self._write() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO segment_swaps VALUES (?, ?, 0)", (swap.warc_file, swap.replaced_by)
            )

    def end_swap(self, swap: Swap, moved: Sequence[MovedRecord], length: int) -> None:
        """Lets all rows of the old segment point to the new one, which is on the disk whole and so long."""
        with self._write() as connection:
            note = partial(_note_cleared, connection)
            repeats = move_rows(connection, swap.warc_file, swap.replaced_by, moved, note)
            _leave_segment(connection, swap.warc_file)
            connection.execute("UPDATE segment_swaps SET is_done = 1 WHERE warc_file = ?", (swap.warc_file,))
            changed = sum(each.new_offset is None or each.payload_sha256 is not None for each in moved)
            connection.execute("UPDATE takedowns SET records = records + ? WHERE cleaned_at IS NULL", (changed,))
            if swap.replaced_by is not None:
                connection.execute("INSERT OR REPLACE INTO segments_read VALUES (?, ?)", (swap.replaced_by, length))
                _note_searched(connection, swap.replaced_by)
                connection.executemany(_TO_CLEAR, [(swap.replaced_by, offset, 1) for offset in repeats])

    def follow_swap(self, old: str, new: str, moved: Sequence[MovedRecord], length: int) -> None:
        """Lets all rows of a segment that is gone point to the one that replaced it, which another database knew of.

        What is still to be cleared of it is so of that one, which nobody here has searched yet.
        """
        with self._write() as connection:
            places = {each.offset: each.new_offset for each in moved}
            waiting = connection.execute(_WAITING, (old,)).fetchall()
            was_read = connection.execute("SELECT 1 FROM segments_read WHERE warc_file = ?", (old,)).fetchone()
            repeats = move_rows(connection, old, new, moved, partial(_note_cleared, connection))
            _leave_segment(connection, old)
            if was_read:
                connection.execute("INSERT OR REPLACE INTO segments_read VALUES (?, ?)", (new, length))
            to_clear = [(new, places[offset], whole) for offset, whole in waiting if offset in places]
            connection.executemany(_TO_CLEAR, [*to_clear, *((new, offset, 1) for offset in repeats)])

    def forget_swap(self, swap: Swap) -> None:
        """The file that was in the way is gone."""
        with self._write() as connection:
            connection.execute("DELETE FROM segment_swaps WHERE warc_file = ?", (swap.warc_file,))

    def clean(self, now: datetime) -> bool:
        """Leaves nothing of what was removed in the database's own files; False while a reader is in the way."""
        with self._read() as connection:
            if not connection.execute("SELECT 1 FROM takedowns WHERE cleaned_at IS NULL").fetchone():
                return True
            connection.execute("VACUUM")
            if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                return False
        with self._write() as connection:
            connection.execute("UPDATE takedowns SET cleaned_at = ? WHERE cleaned_at IS NULL", (utc_text(now),))
        return True


def load_entries(connection: sqlite3.Connection) -> tuple[Entry, ...]:
    """All of the list."""
    return tuple(Entry(*row) for row in connection.execute("SELECT digest_key, kind, words, digest FROM forgotten"))


def load_forgotten(connection: sqlite3.Connection) -> Forgotten:
    """The list, to be asked."""
    return Forgotten(load_entries(connection))


def newest_entry(connection: sqlite3.Connection) -> int:
    """Which state the list is in: 0 for an empty one."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM forgotten").fetchone()[0])


def add_entries(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Puts entries on the list."""
    rows = [(each.key, each.kind, each.words, each.digest) for each in entries]
    connection.executemany(_ADD, rows)


def note_to_clear(connection: sqlite3.Connection, captures: Iterable[Capture], *, is_whole: bool) -> None:
    """Notes the captures whose records still hold what was withheld."""
    rows = [(each.warc_file, each.warc_offset, int(is_whole)) for each in captures]
    connection.executemany(_TO_CLEAR, rows)


def _log(connection: sqlite3.Connection, plan: Plan, now: datetime) -> None:
    connection.execute(_LOG, (utc_text(now), plan.target.kind, json.dumps(dict(plan.counts))))


def _note_cleared(connection: sqlite3.Connection, url: str, sha256: str, fetched_at: str | None) -> bool:
    """Lets the same capture not come in again; False where it was cleared before."""
    entry = make_entry(_key_of(connection), "capture", capture_name(url, sha256, fetched_at))
    before = connection.total_changes
    add_entries(connection, [entry])
    return connection.total_changes > before


def _leave_segment(connection: sqlite3.Connection, warc_file: str) -> None:
    for table in ("segments_read", "segments_searched", "records_to_clear"):
        connection.execute(f"DELETE FROM {table} WHERE warc_file = ?", (warc_file,))


def _note_searched(connection: sqlite3.Connection, warc_file: str) -> None:
    connection.execute("INSERT OR REPLACE INTO segments_searched VALUES (?, ?)", (warc_file, _newest(connection)))


def _newest(connection: sqlite3.Connection) -> int:
    """The newest entry that segments are searched for."""
    sql = "SELECT coalesce(max(id), 0) FROM forgotten WHERE kind <> 'capture'"
    return int(connection.execute(sql).fetchone()[0])


def _key_of(connection: sqlite3.Connection) -> str:
    """The archive's own key; a new one where nothing was forgotten so far."""
    row = connection.execute("SELECT digest_key FROM forgotten ORDER BY id LIMIT 1").fetchone()
    return row[0] if row else secrets.token_hex(16)


_LOG = "INSERT INTO takedowns (run_id, at, kind, counts) VALUES ((SELECT max(id) FROM runs), ?, ?, ?)"
_ADD = "INSERT INTO forgotten (digest_key, kind, words, digest) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_TO_CLEAR = "INSERT OR REPLACE INTO records_to_clear VALUES (?, ?, ?)"
_SEARCHED = "SELECT forgotten_id FROM segments_searched WHERE warc_file = ?"
_UNCLEARED = "SELECT warc_file, count(*) FROM records_to_clear GROUP BY warc_file ORDER BY warc_file"
_WAITING = "SELECT warc_offset, is_whole FROM records_to_clear WHERE warc_file = ?"
