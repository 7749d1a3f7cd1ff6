"""Which addresses of crawls are due, by their rows, and what makes them so. SQL only; nothing is decided."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import fields
from datetime import datetime

from scraper.model import Address, Capture, LeadRole
from scraper.store.crawls.address_rows import COLUMNS, SELECT, address_of
from scraper.store.planning.times import stored_moment, utc_text

_CAPTURE = tuple(field.name for field in fields(Capture))
_BEGIN_RUN = """
UPDATE frontier SET due_at = ? WHERE every_run = 1 AND refusal IS NULL AND (due_at IS NULL OR due_at > ?)
AND NOT (role = 'sitemap' AND source = 'sitemap' AND tries = 0 AND stated_at IS NOT NULL AND stated_at <= checked_at)
AND NOT (role = 'home' AND EXISTS (
  SELECT 1 FROM frontier AS feed WHERE feed.crawl_id = frontier.crawl_id AND feed.role = 'feed' AND feed.every_run = 1
  AND feed.payload_sha256 IS NOT NULL AND feed.tries = 0
))"""
# The index of what has a time is read from group to group and from priority to priority: not what is due later.
_GROUPS = """
WITH RECURSIVE groups(name) AS (
  SELECT min(host_group) FROM frontier WHERE due_at IS NOT NULL
  UNION ALL
  SELECT (SELECT min(host_group) FROM frontier WHERE due_at IS NOT NULL AND host_group > name)
  FROM groups WHERE name IS NOT NULL
)"""
_PRIORITIES = """, turns(name, priority) AS (
  SELECT name, (SELECT min(priority) FROM frontier WHERE due_at IS NOT NULL AND host_group = name)
  FROM groups WHERE name IS NOT NULL
  UNION ALL
  SELECT name, (
    SELECT min(priority) FROM frontier
    WHERE due_at IS NOT NULL AND host_group = name AND priority > turns.priority
  ) FROM turns WHERE priority IS NOT NULL
)"""
_ALL_DUE = f"""{_GROUPS}{_PRIORITIES}
SELECT %s FROM turns CROSS JOIN frontier INDEXED BY frontier_due
WHERE host_group = turns.name AND frontier.priority = turns.priority AND due_at IS NOT NULL AND due_at <= ?"""

_FIRST = f"""
{SELECT} WHERE id = (
  SELECT id FROM frontier INDEXED BY frontier_due WHERE host_group = ? AND due_at IS NOT NULL
  ORDER BY priority, due_at, id LIMIT 1
)"""


def wake_lists(connection: sqlite3.Connection, crawl_id: int, now: datetime) -> None:
    """Makes lists due that were not asked for because a sitemap seemed to name all posts."""
    sql = "UPDATE frontier SET due_at = ? WHERE crawl_id = ? AND role IN ('listing', 'feed') AND due_at IS NULL"
    connection.execute(f"{sql} AND checked_at IS NULL AND refusal IS NULL", (utc_text(now), crawl_id))


def wake_reserve(connection: sqlite3.Connection, crawls: Collection[int], role: str, now: datetime) -> list[str]:
    """The groups of what was made due: addresses in reserve that may have what a held thread lacks.

    A page whose comments a service keeps does not change with them: that is asked as often as the page.
    """
    sql = f"""
UPDATE frontier SET due_at = ? WHERE role = ? AND due_at IS NULL AND refusal IS NULL AND {_in("crawl_id", crawls)}
AND every_run = 0 AND EXISTS (
  SELECT 1 FROM frontier AS parent JOIN pages ON pages.url_key = parent.url_key JOIN posts ON posts.id = pages.post_id
  WHERE parent.crawl_id = frontier.crawl_id AND parent.url = frontier.found_on
  AND CASE frontier.source WHEN 'service'
    THEN posts.comments_service IS NOT NULL AND (frontier.checked_at IS NULL OR frontier.checked_at < parent.checked_at)
    ELSE posts.declared_comment_count
      > (SELECT count(*) FROM comments WHERE post_id = posts.id AND (state = 'visible' OR text = ''))
      AND (frontier.checked_at IS NULL OR frontier.checked_at < parent.changed_at)
  END
) RETURNING host_group"""
    return sorted({group for (group,) in connection.execute(sql, (utc_text(now), role)).fetchall()})


def load_unsettled(connection: sqlite3.Connection, crawls: Collection[int]) -> list[tuple[Address, Capture]]:
    """Addresses that are due, each with the newest capture of its page that came after its last answer."""
    columns = ", ".join(f"captures.{name}" for name in _CAPTURE)
    sql = f"""
SELECT {", ".join(f"frontier.{name}" for name in COLUMNS)}, {columns}, max(captures.fetched_at) FROM frontier
JOIN pages ON pages.url_key = frontier.url_key
JOIN captures ON captures.page_id = pages.id AND captures.url = frontier.url AND captures.origin = 'fetch'
  AND captures.status IS NOT NULL
WHERE frontier.due_at IS NOT NULL AND {_in("frontier.crawl_id", crawls)}
  AND captures.fetched_at >= coalesce(frontier.checked_at, frontier.found_at)
GROUP BY frontier.id ORDER BY captures.fetched_at, captures.id"""
    found = []
    for row in connection.execute(sql).fetchall():
        address = address_of(row[: len(COLUMNS)])
        values = dict(zip(_CAPTURE, row[len(COLUMNS) : -1], strict=True))
        values["fetched_at"] = stored_moment(values["fetched_at"])
        values["fetched_before"] = stored_moment(values["fetched_before"])
        if address.checked_at is None or (values["fetched_at"] and values["fetched_at"] > address.checked_at):
            found.append((address, Capture(**values)))
    return found


def next_due(
    connection: sqlite3.Connection,
    group: str,
    crawls: Collection[int],
    now: datetime,
    roles: Collection[LeadRole] = (),
    most: int = 1,
) -> list[Address]:
    """The first addresses of the group that are due: by priority, then who is due longest, then who was found first.

    With `roles`, of those that are taken for one of them. Looked up for each priority that there is, so that it does
    not matter how many others are not due yet; but mostly the first of all is one that is meant.
    """
    if most == 1 and not roles:
        first = [address_of(row) for row in connection.execute(_FIRST, (group,))]
        if first and first[0].crawl_id in crawls and first[0].due_at is not None and first[0].due_at <= now:
            return first
    of_roles = " AND role IN (SELECT value FROM json_each(:roles))" if roles else ""
    sql = f"""
WITH RECURSIVE groups(name) AS (SELECT :group){_PRIORITIES}
{SELECT} WHERE id IN (
  SELECT first.value FROM turns CROSS JOIN json_each((
    SELECT json_group_array(id) FROM (
      SELECT id FROM frontier WHERE host_group = :group AND priority = turns.priority AND due_at IS NOT NULL
      AND due_at <= :now AND {_in("crawl_id", crawls)}{of_roles} ORDER BY due_at, id LIMIT :most)
  )) AS first
) ORDER BY priority, due_at, id LIMIT :most"""
    values = {"group": group, "now": utc_text(now), "roles": json.dumps(sorted(roles)), "most": most}
    return [address_of(row) for row in connection.execute(sql, values)]


def due_groups(
    connection: sqlite3.Connection, crawls: Collection[int], now: datetime, *, but: str | None = None
) -> dict[str, int]:
    """How many addresses are due, those with the role `but` aside, by group, the one with the first address first."""
    sql = f"""
{_ALL_DUE % "host_group, count(*)"} AND {_in("crawl_id", crawls)} AND role IS NOT ?
GROUP BY host_group ORDER BY min(id)"""
    return dict(connection.execute(sql, (utc_text(now), but)).fetchall())


def due_crawls(connection: sqlite3.Connection, crawls: Collection[int], now: datetime) -> dict[int, int]:
    """How many addresses are due, by crawl."""
    sql = f"{_ALL_DUE % 'crawl_id, count(*)'} AND {_in('crawl_id', crawls)} GROUP BY crawl_id"
    return dict(connection.execute(sql, (utc_text(now),)).fetchall())


def begin_run(connection: sqlite3.Connection, crawls: Collection[int], now: datetime) -> None:
    """Makes what is asked for in each run due.

    But the first page of a blog only where no feed tells what is new, and the sitemaps of an index that says when they
    changed only where the index names them as changed.
    """
    at = utc_text(now)
    connection.execute(f"{_BEGIN_RUN} AND {_in('crawl_id', crawls)}", (at, at))


def _in(column: str, ids: Collection[int]) -> str:
    return f"{column} IN ({', '.join(str(int(each)) for each in sorted(ids))})"
