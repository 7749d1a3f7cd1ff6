"""The list of the forgotten as a file beside the segments, so that it is not lost with the database: `share_list`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from scraper.capture import disk
from scraper.errors import ArchiveError
from scraper.store.archive import Archive
from scraper.store.takedowns.forgotten import KINDS, Entry

NAME = "forgotten.jsonl"


def share_list(archive: Archive, now: datetime) -> None:
    """Lets database and file have what only one of them has; what is new to the database goes out of its rows.

    The caller holds the writer lock.
    """
    path = archive.warc_folder / NAME
    if not path.exists() and not archive.forgotten:
        return
    held = archive.forget_book.entries()
    listed = read_list(path, is_needed=not held)
    archive.forget_book.take(listed, now)
    everything = {*held, *listed}
    if everything != set(listed):
        archive.warc_folder.mkdir(exist_ok=True)
        lines = (json.dumps([each.key, each.kind, each.words, each.digest]) + "\n" for each in everything)
        with disk.about(path):
            disk.place(path, ("".join(sorted(lines)).encode(),))


def read_list(path: Path, *, is_needed: bool = True) -> tuple[Entry, ...]:
    """The entries in the file; none where there is none.

    Raises ArchiveError for lines that are none, if it is needed: taken for empty, it would let all in again.
    """
    if not path.exists():
        return ()
    try:
        return tuple(_entries(path))
    except (OSError, ValueError, TypeError) as error:
        if not is_needed:
            return ()
        raise ArchiveError(
            "cannot be read as the list of what was forgotten; restore it from a backup", str(path)
        ) from error


def _entries(path: Path) -> Iterator[Entry]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            key, kind, words, digest = json.loads(line)
            if kind not in KINDS or not isinstance(words, int) or not (isinstance(digest, str) and bytes.fromhex(key)):
                raise ValueError(line)
            yield Entry(key, kind, words, digest)
