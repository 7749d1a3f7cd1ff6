"""Whether a segment holds what the archive's rows and its seal say: `verify_segment`. Nothing is changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from scraper.capture.captures import CAPTURES
from scraper.capture.records import DamagedRecord, WarcRecord, read_records
from scraper.capture.recovery import CHUNK, captured, info_id_of, is_sealed
from scraper.capture.segment_file import place_seal, seal_of
from scraper.errors import InputError
from scraper.model import Capture, CaptureRow, Finding

COMPARED = ("url", "payload_sha256", "payload_length", "record_id", "warc_length")
LOST = "its bytes are lost: fetch or import it again"


def verify_segment(path: Path, rows: Iterable[CaptureRow], holds: Callable[[Capture], bool]) -> Iterator[Finding]:
    """What is wrong with a segment, in its order; read once, one record in memory at a time.

    :param rows: the captures that are said to be in it, read before this: a segment may grow meanwhile.
    :param holds: whether the archive has a capture of this URL, payload and time, wherever its record is.
    """
    about = f"{path.parent.name}/{path.name}"
    expected = {row.warc_offset: row for row in rows}
    sealed = is_sealed(path)
    unclaimed = 0
    try:
        info_id = info_id_of(path)
        for record in read_records(path, CHUNK):
            if isinstance(record, DamagedRecord):
                yield Finding(about, f"damaged at byte {record.offset}: {record.reason}", is_problem=sealed)
                continue
            row = expected.pop(record.offset, None)
            if row is not None:
                yield from _compare(record, row, info_id)
            elif record.kind in CAPTURES and record.url and not holds(captured(record, info_id)):
                unclaimed += 1
    except InputError as error:
        yield Finding(about, error.reason, is_problem=sealed or bool(expected))
    for row in expected.values():
        yield Finding(row.url, f"no record at byte {row.warc_offset} of {about}; {LOST}")
    if unclaimed:
        said = f"{unclaimed} {'capture has' if unclaimed == 1 else 'captures have'} no row"
        yield Finding(about, f"{said}: the next run that writes takes them in", is_problem=False)
    yield from _check_seal(path) if sealed else (_unsealed(about),)


def mend_seal(path: Path) -> None:
    """Seal the segment anew, as it is; for one that is known to be whole."""
    length, sha256 = _length_and_sha256(path)
    records = sum(isinstance(record, WarcRecord) for record in read_records(path, CHUNK))
    place_seal(path, length, sha256, records)


def _compare(record: WarcRecord, row: CaptureRow, info_id: str | None) -> Iterator[Finding]:
    found = captured(record, info_id)
    wrong = [name for name in COMPARED if getattr(found, name) != getattr(row, name)]
    if wrong:
        where = f"byte {row.warc_offset} of {found.warc_file}"
        yield Finding(row.url, f"the record at {where} is not the one that was captured ({', '.join(wrong)}); {LOST}")


def _check_seal(path: Path) -> Iterator[Finding]:
    seal = seal_of(path)
    about = f"{seal.parent.name}/{seal.name}"
    length, sha256 = _length_and_sha256(path)
    try:
        said = json.loads(seal.read_bytes())
        stated = (said["file"], said["length"], said["sha256"])
    except (ValueError, KeyError, TypeError):
        yield Finding(about, "not a seal that can be read", remedy="seal")
        return
    except OSError as error:
        yield Finding(about, f"cannot be read ({error.strerror})")
        return
    if stated != (path.name, length, sha256):
        yield Finding(about, "does not fit its segment (length or digest)", remedy="seal")


def _unsealed(about: str) -> Finding:
    return Finding(about, "not sealed: being written, or left by a run that was cut short", is_problem=False)


def _length_and_sha256(path: Path) -> tuple[int, str]:
    digest, length = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
            length += len(piece)
    return length, digest.hexdigest()
