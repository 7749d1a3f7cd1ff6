"""All that an archive's rows say, with names in place of keys, so that two archives can be compared: `content`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

CAPTURE = "(SELECT record_id || url || coalesce(fetched_at, '') FROM captures WHERE captures.id = {}.{})"
POST = "(SELECT url_key FROM posts WHERE posts.id = {}.{})"
PERSON = "(SELECT coalesce(url, '') || coalesce(name, '') FROM people WHERE people.id = {}.{})"
COMMENT = "(SELECT coalesce(permalink, '') || text FROM comments AS other WHERE other.id = {}.{})"
BLOG = "(SELECT host || url || coalesce(name, '') FROM blogs WHERE blogs.id = {}.{})"
NAMED = {  # what a row's key is said as
    "capture_id": CAPTURE, "first_capture_id": CAPTURE, "last_capture_id": CAPTURE, "post_id": POST, "person_id": PERSON,
    "comment_id": COMMENT, "parent_id": COMMENT, "blog_id": BLOG,
    "page_id": "(SELECT url_key FROM pages WHERE pages.id = {}.{})",
    "tag_id": "(SELECT name FROM tags WHERE tags.id = {}.{})", "media_id": "(SELECT url FROM media WHERE media.id = {}.{})",
}  # fmt: skip
TABLES = (
    *("posts", "people", "post_people", "bios", "comments", "tags", "post_tags", "media", "post_media", "links"),
    *("revisions", "captures", "post_parts", "blogs"),
)


def content(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the tables that hold what was read, with names for keys, in the order of what they say."""
    found = {}
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        for table in TABLES:
            columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})") if name != "id"]
            said = ", ".join(NAMED.get(name, "{0}.{1}").format(table, name) for name in columns)
            found[table] = sorted(connection.execute(f"SELECT {said} FROM {table}").fetchall(), key=repr)
    return found
