"""The addresses of commenters, where somebody asked to keep them: `write_contacts`, in a batch's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from scraper.model import PrivateContact


def write_contacts(connection: sqlite3.Connection, post_id: int, contacts: Sequence[PrivateContact]) -> None:
    """Writes them beside the post's comments; of two of one comment the later one counts."""
    connection.executemany(
        _WRITE, ((post_id, each.comment_id, each.text, each.author, each.email, each.ip) for each in contacts)
    )


# A comment without an id is found by its words.
_WRITE = """
INSERT INTO private_contacts (comment_id, email, ip)
SELECT id, ?5, ?6 FROM comments
WHERE post_id = ?1 AND CASE WHEN ?2 IS NULL THEN text = ?3 AND author IS ?4 ELSE platform_id = ?2 END
ORDER BY id LIMIT 1
ON CONFLICT (comment_id) DO UPDATE SET email = excluded.email, ip = excluded.ip
WHERE email IS NOT excluded.email OR ip IS NOT excluded.ip"""
