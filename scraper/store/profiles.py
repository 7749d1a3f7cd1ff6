"""Profiles of blogs in the archive: of whom there are some, `load_profile`, and `add_profile` in a transaction."""

from __future__ import annotations

import sqlite3

from scraper.model import Profile, Recurring, Taught


def load_profile(connection: sqlite3.Connection, host: str) -> Profile | None:
    """The host's profile that is in force; None where there is none."""
    row = connection.execute(_NEWEST, (host,)).fetchone()
    if row is None:
        return None
    profile_id, pages, entries = row
    selectors = tuple(Taught(*each) for each in connection.execute(_SELECTORS, (profile_id,)))
    template = tuple(Recurring(*each) for each in connection.execute(_BLOCKS, (profile_id,)))
    return Profile(host, pages, entries, selectors, template)


def profiled_hosts(connection: sqlite3.Connection) -> frozenset[str]:
    """The hosts that have a profile."""
    return frozenset(host for (host,) in connection.execute("SELECT DISTINCT host FROM profiles"))


def add_profile(connection: sqlite3.Connection, profile: Profile, run_id: int | None, now: str) -> None:
    """Writes a profile, which from now on is the one in force."""
    cursor = connection.execute(_ADD, (profile.host, now, run_id, profile.pages, profile.entries))
    connection.executemany(
        _ADD_SELECTOR,
        (
            (cursor.lastrowid, position, each.field, each.selector, each.votes, each.trials)
            for position, each in enumerate(profile.selectors)
        ),
    )
    connection.executemany(
        _ADD_BLOCK,
        ((cursor.lastrowid, each.digest, each.tag, each.length, each.pages, each.excerpt) for each in profile.template),
    )


_NEWEST = "SELECT id, pages, entries FROM profiles WHERE host = ? ORDER BY id DESC LIMIT 1"
_SELECTORS = "SELECT field, selector, votes, trials FROM profile_selectors WHERE profile_id = ? ORDER BY position"
_BLOCKS = """
SELECT digest, tag, length, pages, excerpt FROM profile_blocks WHERE profile_id = ? ORDER BY pages DESC, digest"""
_ADD = "INSERT INTO profiles (host, learned_at, run_id, pages, entries) VALUES (?, ?, ?, ?, ?)"
_ADD_SELECTOR = "INSERT INTO profile_selectors VALUES (?, ?, ?, ?, ?, ?)"
_ADD_BLOCK = "INSERT INTO profile_blocks VALUES (?, ?, ?, ?, ?, ?)"
