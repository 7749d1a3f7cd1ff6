"""`export_warc`: an archive's captures as one WARC file, record by record as they stand in its segments.

But for what `import --keep-private` kept, which is in no export.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from scraper import __version__
from scraper.capture.compose import compose_info, compress
from scraper.capture.public import is_exported, public_record
from scraper.capture.records import WarcRecord, read_record
from scraper.capture.stored import read_stored
from scraper.errors import InputError
from scraper.store.upkeep.holdings import Held, read_held

SOFTWARE = f"blog-to-sqlite/{__version__}"
LARGEST_HEAD = 65_536  # bytes of a record that are held in memory: no more of it is looked at
Tell = Callable[[str], object]
Write = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Placed:
    """A record where it stands in the new file, in bytes; `held` is the row that it is the capture of."""

    record: WarcRecord
    held: Held | None
    offset: int
    length: int


def export_warc(
    db: Path, write: Write, *, name: str, now: datetime, tell: Tell, posts: Sequence[int] | None = None
) -> int:
    """The number of captures written; `tell` gets a line for each that cannot be read, which is left out.

    `name` is what the file is called, `posts` the ids of those to choose. Requests come with what
    answers them, and before the first capture of a segment the record that says who made it.
    """
    return sum(each.held is not None for each in write_records(db, write, name, now, tell, posts))


def write_records(
    db: Path, write: Write, name: str, now: datetime, tell: Tell, posts: Sequence[int] | None
) -> Iterator[Placed]:
    """As `export_warc`: each record as it is written."""
    info_id = f"<{uuid4().urn}>"
    end = 0
    for piece in compose_info(info_id, now, name, db.name, SOFTWARE):
        write(piece)
        end += len(piece)
    for found, held in _records(db, tell, posts):
        try:
            record = _public(found, info_id, now)
        except InputError as error:
            tell(f"{found.url}: not exported: {error.message}")
            continue
        start = end
        for piece in _copied(record):
            write(piece)
            end += len(piece)
        yield Placed(record, held, start, end - start)


def _copied(record: WarcRecord) -> Iterable[bytes]:
    return record.stored_pieces() if record.own_member else compress(record.raw_pieces())


def _public(record: WarcRecord, info_id: str, now: datetime) -> WarcRecord:
    if not is_exported(record):
        return record
    return public_record(read_record(record.path, record.offset, record.entity_length), now, info_id)


def _records(db: Path, tell: Tell, posts: Sequence[int] | None) -> Iterator[tuple[WarcRecord, Held | None]]:
    folder = db.parent
    segment = ""
    for held in read_held(db, posts):
        try:
            found = read_stored(folder, held.warc_file, held.warc_offset, held.payload_sha256, LARGEST_HEAD)
            if held.warc_file != segment:
                segment = held.warc_file
                opening = read_record(found[0].path, 0, LARGEST_HEAD)
                if opening.kind == "warcinfo":
                    yield opening, None
        except InputError as error:
            tell(f"{held.url}: not exported: {error}")
            continue
        yield found[0], held
        yield from ((each, None) for each in found[1:])
