"""The rows of pictures: which are missing and what shows them, and how asking for them ended. SQL only."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from scraper.model import Address, Capture
from scraper.store.crawls.address_rows import load_by_id
from scraper.store.planning.times import stored_moment
from scraper.store.rows import CAPTURE_COLUMNS, among

PICTURE = "picture: "  # how the reason of a page's state begins where its bytes are a picture's; the type follows


@dataclass(frozen=True, slots=True)
class PictureRow:
    """How asking for a picture ended, by its URL as pages have it."""

    url: str
    state: str
    reason: str | None = None
    media_type: str | None = None
    capture_id: int | None = None


@dataclass(frozen=True, slots=True)
class AskedPage:
    """What is known of an address: how it ended, and its newest good capture."""

    url: str
    state: str
    reason: str | None
    capture_id: int | None


class PictureShelf:
    """The pictures in an archive's database; `read` and `write` are the archive's, for errors of its own."""

    def __init__(
        self,
        read: Callable[[], AbstractContextManager[sqlite3.Connection]],
        write: Callable[[], AbstractContextManager[sqlite3.Connection]],
    ) -> None:
        self._read, self._write = read, write

    def missing(self) -> list[str]:
        """The URLs of all pictures that are not here."""
        with self._read() as connection:
            return [url for (url,) in connection.execute("SELECT url FROM media WHERE capture_id IS NULL ORDER BY id")]

    def shown(self, crawls: Collection[int], *, by_posts: bool) -> list[tuple[str, Address]]:
        """The missing pictures of people on the pages of these blogs, and of posts too, each with such a page.

        Pictures of people that had no row have one then.
        """
        among_crawls = json.dumps(sorted(crawls))
        with self._write() as connection:
            connection.execute(_ADD_PICTURES_OF_PEOPLE)
            found = dict(connection.execute(_SHOWN_BY_PEOPLE, (among_crawls,)).fetchall())
            if by_posts:
                found = dict(connection.execute(_SHOWN_BY_POSTS, (among_crawls,)).fetchall()) | found
            pages = load_by_id(connection, set(found.values()))
        return [(url, pages[page]) for url, page in found.items()]

    def asked(self, keys: Collection[str]) -> dict[str, AskedPage]:
        """What is known of the addresses with these URL keys."""
        with self._read() as connection:
            rows = connection.execute(_ASKED, (json.dumps(sorted(keys)),)).fetchall()
        return {key: AskedPage(*rest) for key, *rest in rows}

    def write(self, rows: Iterable[PictureRow]) -> None:
        """Writes how these ended, where that is news."""
        values = [(each.state, each.reason, each.media_type, each.capture_id, each.url) for each in rows]
        with self._write() as connection:
            connection.executemany(_WRITE, ((*each, *each[:4]) for each in values))

    def reason_of(self, sha256: str) -> str | None:
        """How the page of the first capture of a body with this digest ended."""
        with self._read() as connection:
            row = connection.execute(_REASON, (sha256,)).fetchone()
        return row[0] if row else None

    def are_any(self) -> bool:
        """Whether any picture was captured as one."""
        with self._read() as connection:
            row = connection.execute("SELECT 1 FROM pages WHERE reason GLOB ? LIMIT 1", (f"{PICTURE}*",)).fetchone()
        return row is not None

    def same_payload(self, sha256: str) -> Capture | None:
        """The first capture of a body with this digest: the one that has it, where others only refer to it."""
        with self._read() as connection:
            row = connection.execute(_SAME_PAYLOAD, (sha256,)).fetchone()
        if row is None:
            return None
        values = dict(zip(CAPTURE_COLUMNS, row, strict=True))
        times = {name: stored_moment(values[name]) for name in ("fetched_at", "fetched_before")}
        return Capture(**{**values, **times})


_ADD_PICTURES_OF_PEOPLE = """
INSERT INTO media (url) SELECT DISTINCT picture_url FROM bios WHERE picture_url IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM media WHERE url = picture_url) ORDER BY bios.id"""
_SHOWN_BY_PEOPLE = f"""
SELECT media.url, min(frontier.id) FROM media JOIN bios ON bios.picture_url = media.url
JOIN captures ON captures.id = bios.capture_id JOIN pages ON pages.id = captures.page_id
JOIN frontier ON frontier.url_key = pages.url_key
WHERE media.capture_id IS NULL AND {among("frontier.crawl_id")} GROUP BY media.id ORDER BY media.id"""
_SHOWN_BY_POSTS = f"""
SELECT media.url, min(frontier.id) FROM media JOIN post_media ON post_media.media_id = media.id
JOIN pages ON pages.post_id = post_media.post_id JOIN frontier ON frontier.url_key = pages.url_key
WHERE media.capture_id IS NULL AND {among("frontier.crawl_id")} GROUP BY media.id ORDER BY media.id"""
_ASKED = f"""
SELECT url_key, url, state, reason, (
  SELECT id FROM captures WHERE page_id = pages.id AND status BETWEEN 200 AND 299
  ORDER BY fetched_at DESC, id DESC LIMIT 1)
FROM pages WHERE {among("url_key")}"""
_WRITE = """
UPDATE media SET state = ?, reason = ?, media_type = ?, capture_id = ? WHERE url = ?
AND (state, reason, media_type, capture_id) IS NOT (?, ?, ?, ?)"""
_REASON = """
SELECT reason FROM captures JOIN pages ON pages.id = page_id WHERE payload_sha256 = ? AND origin <> 'warc'
ORDER BY captures.id LIMIT 1"""
_SAME_PAYLOAD = f"""
SELECT {", ".join(CAPTURE_COLUMNS)} FROM captures WHERE payload_sha256 = ? AND origin <> 'warc' ORDER BY id LIMIT 1"""
