"""Two rows of one post made one: `absorb_post`, where an address turns out to lead to a post that is held already."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from scraper.store.lookup.fulltext import drop_words
from scraper.store.past.sighting_rows import settle_absences
from scraper.store.planning.values import text_digest
from scraper.text.prose import fold


@dataclass(frozen=True, slots=True)
class _Comment:
    """What tells a comment from others, and what its sightings take from its row."""

    id: int
    platform_id: str | None
    author: str | None
    permalink: str | None
    subject: str | None
    text: str
    html: str
    last_capture_id: int | None

    @property
    def digest(self) -> str:
        return text_digest(self.subject, self.text)


def absorb_post(connection: sqlite3.Connection, old: int, new: int) -> None:
    """Gives the post `new` all that the archive has of `old`, whose row goes: captures, texts as they were, comments.

    A comment of both is one: by the platform's id, else by who says what. Which were absent when is found anew.
    """
    same = _same_comments(_comments(connection, old), _comments(connection, new))
    drop_words(connection, "comments", [mine.id for mine, _ in same])
    drop_words(connection, "posts", [old])
    for mine, other in same:
        _absorb_comment(connection, mine, other)
    for statement in _MOVES:
        connection.execute(statement, (new, old))
    title, text, html, capture_id = connection.execute(_TEXT, (old,)).fetchone()
    kept = connection.execute(_TEXT, (new,)).fetchone()
    if text and text_digest(title, text) != text_digest(kept[0], kept[1]):
        _add_revision(connection, "post_id", (new, capture_id, title, text, html))
    for statement in _REMOVALS:
        connection.execute(statement, (old,))
    settle_absences(connection, [new], {})


def _comments(connection: sqlite3.Connection, post_id: int) -> list[_Comment]:
    return [_Comment(*row) for row in connection.execute(_COMMENTS, (post_id,))]


def _same_comments(old: list[_Comment], new: list[_Comment]) -> list[tuple[_Comment, _Comment]]:
    """The comments that both posts have, each once. Two different ids are never the same comment."""
    by_id: dict[str | None, _Comment] = {each.platform_id: each for each in new if each.platform_id}
    found = [(each, by_id.pop(each.platform_id)) for each in old if each.platform_id in by_id]
    taken = {each.id for pair in found for each in pair}
    by_words: dict[tuple[bool, str, str], list[_Comment]] = {}
    for each in reversed(new):
        if each.id not in taken:
            by_words.setdefault((bool(each.platform_id), *_words(each)), []).append(each)
    for each in old:
        for has_id in (False,) if each.platform_id else (False, True):
            alike = by_words.get((has_id, *_words(each)))
            if alike and each.id not in taken:
                found.append((each, alike.pop()))
                break
    return found


def _words(comment: _Comment) -> tuple[str, str]:
    return fold(comment.author or ""), fold(comment.text)


def _absorb_comment(connection: sqlite3.Connection, old: _Comment, new: _Comment) -> None:
    """Gives one comment the sightings and texts of another one, whose row goes."""
    differs = old.digest != new.digest
    kept = (
        old.author if old.author != new.author else None,
        old.permalink if old.permalink != new.permalink else None,
        old.digest if differs else None,
    )
    connection.execute(_MOVE_SIGHTINGS, (new.id, *kept, old.id))
    connection.execute("UPDATE OR IGNORE revisions SET comment_id = ? WHERE comment_id = ?", (new.id, old.id))
    if differs:
        _add_revision(connection, "comment_id", (new.id, old.last_capture_id, old.subject, old.text, old.html))
    connection.execute("UPDATE comments SET parent_id = ? WHERE parent_id = ?", (new.id, old.id))
    connection.execute(_FIRST_SEEN, (new.id,))
    for statement in _COMMENT_REMOVALS:
        connection.execute(statement, (old.id,))


def _add_revision(
    connection: sqlite3.Connection, owner: str, values: tuple[int, int | None, str | None, str, str]
) -> None:
    row_id, capture_id, title, text, html = values
    connection.execute(
        f"INSERT OR IGNORE INTO revisions ({owner}, capture_id, cause, title, text, html, text_sha256)"
        " VALUES (?, ?, 'changed', ?, ?, ?, ?)",
        (row_id, capture_id, title, text, html, text_digest(title, text)),
    )


_TEXT = "SELECT title, text, html, capture_id FROM posts WHERE id = ?"
_COMMENTS = """
SELECT id, platform_id, author, permalink, subject, text, html, last_capture_id FROM comments
WHERE post_id = ? ORDER BY id"""
_MOVE_SIGHTINGS = """
INSERT OR IGNORE INTO comment_sightings (comment_id, capture_id, author, permalink, text_sha256)
SELECT ?, capture_id, coalesce(author, ?), coalesce(permalink, ?), coalesce(text_sha256, ?)
FROM comment_sightings WHERE comment_id = ?"""
_FIRST_SEEN = """
UPDATE comments SET first_capture_id = coalesce((
  SELECT capture_id FROM comment_sightings JOIN captures ON captures.id = capture_id
  WHERE comment_id = comments.id ORDER BY coalesce(fetched_at, ''), capture_id LIMIT 1
), first_capture_id) WHERE id = ?"""
_COMMENT_REMOVALS = (
    "DELETE FROM comment_sightings WHERE comment_id = ?",
    "DELETE FROM absences WHERE comment_id = ?",
    "DELETE FROM revisions WHERE comment_id = ?",
    "DELETE FROM comments WHERE id = ?",
)
_MOVES = (  # to the new one, from the old one
    "UPDATE comments SET post_id = ? WHERE post_id = ?",
    "UPDATE post_sightings SET post_id = ? WHERE post_id = ?",
    "UPDATE pages SET post_id = ? WHERE post_id = ?",
    "UPDATE OR IGNORE revisions SET post_id = ? WHERE post_id = ?",
)
_REMOVALS = (
    *(
        f"DELETE FROM {table} WHERE post_id = ?"
        for table in ("revisions", "post_people", "post_tags", "post_media", "links", "post_parts")
    ),
    "DELETE FROM posts WHERE id = ?",
)
