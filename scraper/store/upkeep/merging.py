"""What another archive knows besides its captures, in this one: `take_guidance`, `take_rest`.

Done again they change no row. The other is the copy of an archive of the same version.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from scraper.store.crawls.copying import beside

ANSWER = (  # columns of what the last answer of an address said
    "role, due_at, priority, tries, every_run, refusal, stated_at, checked_at, changed_at, rest, etag, last_modified,"
    " payload_sha256, signature"
)
SHARED = f"url, url_key, source, host_group, found_on, found_at, depth, hops, {ANSWER}"


def take_guidance(target: Path, other: Path) -> None:
    """Recipes and profiles of blogs, by which the other's captures are read."""
    with beside(other, target) as connection:
        connection.execute(_RECIPES)
        connection.execute(_END_RECIPES)
        _take_profiles(connection)


def take_rest(target: Path, other: Path) -> None:
    """Addresses and how they ended, what is crawled, and how servers are to be asked: of two answers the later one."""
    with beside(other, target) as connection:
        for statement in (_PAGES, _MEDIA, _CRAWLS, _FRONTIER, _LISTINGS, _HOSTS, _ROBOTS):
            connection.execute(statement)


def _take_profiles(connection: sqlite3.Connection) -> None:
    for profile_id, *values in connection.execute(_LEARNED).fetchall():
        made = connection.execute(_ADD_PROFILE, values).lastrowid
        for table, columns in _OF_PROFILES.items():
            connection.execute(
                f"INSERT INTO main.{table} (profile_id, {columns}) SELECT ?, {columns} FROM source.{table}"
                " WHERE profile_id = ?",
                (made, profile_id),
            )


_RECIPES = """
INSERT INTO main.recipes (sha256, name, kind, text, since, until)
SELECT sha256, name, kind, text, since, until FROM source.recipes WHERE true ON CONFLICT DO NOTHING"""
_END_RECIPES = """
UPDATE main.recipes SET until = newer.since FROM (
  SELECT name, since, sha256, row_number() OVER (PARTITION BY name ORDER BY since DESC, sha256) AS place
  FROM main.recipes WHERE until IS NULL
) AS newer
WHERE recipes.until IS NULL AND newer.name = recipes.name AND newer.place = 1 AND newer.sha256 <> recipes.sha256"""

_LEARNED = """
SELECT id, host, learned_at, pages, entries FROM source.profiles AS theirs
WHERE id = (SELECT max(id) FROM source.profiles WHERE host = theirs.host)
  AND NOT EXISTS (SELECT 1 FROM main.profiles WHERE host = theirs.host AND learned_at >= theirs.learned_at)
ORDER BY id"""
_ADD_PROFILE = "INSERT INTO main.profiles (host, learned_at, pages, entries) VALUES (?, ?, ?, ?)"
_OF_PROFILES = {
    "profile_selectors": "position, field, selector, votes, trials",
    "profile_blocks": "digest, tag, length, pages, excerpt",
}

# Addresses without a capture, and answers that came after the newest one.
_PAGES = """
INSERT INTO main.pages (url, url_key, state, reason, state_at)
SELECT url, url_key, state, reason, state_at FROM source.pages WHERE true ORDER BY id
ON CONFLICT (url_key) DO UPDATE SET state = excluded.state, reason = excluded.reason, state_at = excluded.state_at
WHERE excluded.state_at > coalesce(pages.state_at, '')"""
_MEDIA = """
UPDATE main.media SET state = theirs.state, reason = theirs.reason FROM source.media AS theirs
WHERE theirs.url = media.url AND theirs.capture_id IS NULL AND theirs.state IS NOT NULL
  AND media.capture_id IS NULL AND media.state IS NULL"""

_CRAWLS = """
INSERT INTO main.crawls (url, include, exclude, since, until, contact, added_at, moved_from)
SELECT url, include, exclude, since, until, contact, added_at, moved_from FROM source.crawls WHERE true ORDER BY id
ON CONFLICT (url) DO NOTHING"""
_SAME_CRAWL = """
JOIN source.crawls AS theirs ON theirs.id = their.crawl_id JOIN main.crawls AS ours ON ours.url = theirs.url"""
_FRONTIER = f"""
INSERT INTO main.frontier (crawl_id, {SHARED})
SELECT ours.id, {", ".join(f"their.{name.strip()}" for name in SHARED.split(","))}
FROM source.frontier AS their {_SAME_CRAWL} WHERE true ORDER BY their.id
ON CONFLICT (crawl_id, url_key) DO UPDATE SET
  {", ".join(f"{name.strip()} = excluded.{name.strip()}" for name in ANSWER.split(","))}
WHERE excluded.checked_at > coalesce(frontier.checked_at, '')"""
_LISTINGS = """
INSERT INTO main.listings (lister_id, address_id)
SELECT lister.id, address.id FROM source.listings
JOIN source.frontier AS their_lister ON their_lister.id = listings.lister_id
JOIN source.frontier AS their_address ON their_address.id = listings.address_id
JOIN source.crawls AS theirs ON theirs.id = their_lister.crawl_id JOIN main.crawls AS ours ON ours.url = theirs.url
JOIN main.frontier AS lister ON lister.crawl_id = ours.id AND lister.url_key = their_lister.url_key
JOIN main.frontier AS address ON address.crawl_id = ours.id AND address.url_key = their_address.url_key
WHERE true ON CONFLICT DO NOTHING"""
_HOSTS = """
INSERT INTO main.hosts (name, ready_at, latency, failures, waits_for)
SELECT name, ready_at, latency, failures, waits_for FROM source.hosts WHERE true
ON CONFLICT (name) DO UPDATE SET
  ready_at = excluded.ready_at, latency = excluded.latency, failures = excluded.failures, waits_for = excluded.waits_for
WHERE excluded.ready_at > coalesce(hosts.ready_at, '')"""
_ROBOTS = """
INSERT INTO main.robots (origin, asked_at, status, body, why)
SELECT origin, asked_at, status, body, why FROM source.robots WHERE true
ON CONFLICT (origin) DO UPDATE SET
  asked_at = excluded.asked_at, status = excluded.status, body = excluded.body, why = excluded.why
WHERE excluded.asked_at > robots.asked_at"""
