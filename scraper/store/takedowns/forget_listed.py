"""What of an archive is on a list that came from elsewhere: `find_listed`, by digests alone."""

from __future__ import annotations

import sqlite3

from scraper.model import Comment
from scraper.store.takedowns.forget_target import Target
from scraper.store.takedowns.forgotten import Forgotten


def find_listed(connection: sqlite3.Connection, forgotten: Forgotten) -> Target:
    """All pages, posts, comments and people that are on the list."""
    pages = connection.execute("SELECT url_key, url FROM pages").fetchall()
    posts = connection.execute("SELECT id, url FROM posts").fetchall()
    people = connection.execute("SELECT id, name, url FROM people").fetchall()
    comments = connection.execute(_COMMENTS).fetchall()
    return Target(
        "list",
        keys=tuple(key for key, url in pages if forgotten.has_url(url)),
        posts=tuple(row_id for row_id, url in posts if forgotten.has_url(url)),
        people=tuple(row_id for row_id, name, url in people if forgotten.has_signer(name, url)),
        comments=tuple(row_id for row_id, url, *said in comments if forgotten.has_comment(url, _comment(*said))),
    )


def _comment(ref: str | None, link: str | None, author: str | None, author_url: str | None, text: str) -> Comment:
    return Comment(ref, link, None, None, 0, 0, author, author_url, None, False, None, None, "", text)


_COMMENTS = """
SELECT comments.id, posts.url_key, platform_id, permalink, author, author_url, comments.text
FROM comments JOIN posts ON posts.id = post_id
WHERE comments.author IS NOT NULL OR comments.text <> ''"""
