"""`Selection`: what of an archive is exported, all of it as it is at one moment; `select` makes one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scraper.export.pseudonyms import Pseudonyms
from scraper.store.lookup.selecting import ArchivedPerson
from scraper.store.reader import ArchivedPost, Reader


@dataclass(frozen=True, slots=True)
class Selection:
    """Posts with their threads and people. It can be gone through more than once, with one post in memory at a time."""

    reader: Reader
    ids: list[int] | None = None  # None: all posts
    pseudonyms: Pseudonyms | None = None

    @property
    def path(self) -> Path:
        """The archive's database."""
        return self.reader.path

    def posts(self) -> Iterator[ArchivedPost]:
        """The posts, oldest first; those without a date before them."""
        for post in self.reader.export_posts(self.ids):
            yield self.pseudonyms.post(post) if self.pseudonyms else post

    def people(self) -> Iterator[ArchivedPerson]:
        """Who signs these posts; without a condition all people whom the archive knows."""
        return self.reader.export_people(self.ids)


@contextmanager
def select(db: Path, condition: str | None = None, key: bytes | None = None) -> Iterator[Selection]:
    """What an export of the archive at `db` is made of.

    :param condition: SQL over the columns of posts and of post_summary; None: all posts.
    :param key: of the pseudonyms that commenters go by; None: they keep their names.
    """
    with Reader(db) as reader, reader.snapshot():
        ids = None if condition is None else reader.find_posts(condition)
        yield Selection(reader, ids, None if key is None else _learned(reader, key))


def _learned(reader: Reader, key: bytes) -> Pseudonyms:
    """The pseudonyms of all who comment in the archive, selected or not: others name them too."""
    names: set[str] = set()
    urls: set[str] = set()
    for name, *addresses in reader.commenters():
        names.add(name or "")
        urls.update(filter(None, addresses))
    return Pseudonyms(key, names, urls, reader.hosts())
