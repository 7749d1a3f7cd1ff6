"""What was forgotten out of an archive's segments: `clear_segments`, at the end of each run that writes.

One way for a request and for what comes in later: each sealed segment is searched once for all that is on the list;
one with something of it is written anew beside the old, rows are pointed there, and the old one goes. Each step may be
the last one: `finish_swaps` puts right what a killed run left, and what it did not get to is searched again.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from scraper.capture import disk
from scraper.capture.captures import is_capture
from scraper.capture.header import FORGOTTEN, FORGOTTEN_PARTS
from scraper.capture.records import DamagedRecord, WarcRecord, read_record, read_records
from scraper.capture.recovery import TORN, find_segments, is_sealed, read_captures
from scraper.capture.rewriting import Verdict, rewrite_segment
from scraper.capture.segment_file import seal_of
from scraper.errors import InputError
from scraper.model import MovedRecord
from scraper.parse.decode import decode
from scraper.run.upkeep.plain_forms import plain_forms
from scraper.store.archive import Archive
from scraper.store.takedowns.forget_book import Swap
from scraper.store.takedowns.forgotten import Forgotten

MOST = 256 * 1024 * 1024  # bytes of a record that are looked at; a larger one cannot be, and is cleared if it is text
UNSEEN = re.compile(r"is not known$|^cut at |^only ")  # what is said of a body that could not be read as a whole
OPAQUE = ("image/", "video/", "audio/", "font/")  # no text to be found in them


@dataclass(frozen=True, slots=True)
class Fresh:
    """What was put on the list behind the entry `before`, by who still knows its words: that is found faster."""

    forgotten: Forgotten
    before: int


def clear_segments(archive: Archive, now: datetime, fresh: Fresh | None = None) -> None:
    """Takes all that is on the list out of the archive's sealed segments, and removes torn ends and drafts.

    The caller holds the writer lock, and no segment is being written.
    """
    if not archive.forgotten:
        return
    for path in find_segments(archive.warc_folder):
        if is_sealed(path):
            try:
                _clear(archive, path, now, fresh)
            except InputError as error:  # what is no WARC file any more; `check` says so too
                archive.event("error", str(path), f"cannot be searched for what was forgotten: {error.message}")
    for aside in (*archive.warc_folder.glob(f"*{TORN}*"), *archive.warc_folder.glob("*.new")):
        _remove(aside)


def finish_swaps(archive: Archive) -> None:
    """Ends what a killed run began: of two files that stand for one segment, the one goes that no row points to."""
    for swap in archive.forget_book.swaps():
        _finish(archive, swap)


def follow_swaps(archive: Archive, path: Path, max_bytes: int) -> None:
    """Lets rows look in this segment for what they look for in one that is gone, and that it has replaced.

    So it is where the database is an older copy than its segments. What was taken out meanwhile goes out of the rows;
    where the segment is damaged nobody knows what that is, and the rows stay as they are.
    """
    names, new = archive.segment_names, _name_of(path)
    found = [each for each in names.beginning_with(_common_name(new)) if each != new]
    gone = [each for each in found if not (archive.path.parent / each).exists()]
    for old in gone if gone and not _is_damaged(path, max_bytes) else ():
        places = _places(path, max_bytes)
        held = [(offset, places.get(record_id)) for offset, record_id in names.records_in(old)]
        moved = [replace(left.pop(0), offset=offset) for offset, left in held if left]
        if moved:
            archive.forget_book.follow_swap(old, new, moved, path.stat().st_size)


def _is_damaged(path: Path, max_bytes: int) -> bool:
    """Whether any record of a segment cannot be read, or none."""
    try:
        return any(isinstance(record, DamagedRecord) for record in read_records(path, max_bytes))
    except InputError:  # which is told when its captures are taken in
        return True


def _places(path: Path, max_bytes: int) -> dict[str, list[MovedRecord]]:
    """Where the captures of a segment are, with the payloads of those out of which something was taken, by record id.

    A WARC file that was imported may have several of one id.
    """
    places: dict[str, list[MovedRecord]] = {}
    for record, capture in read_captures(path, max_bytes):
        is_changed = record.header.get(FORGOTTEN) or record.header.get(FORGOTTEN_PARTS)
        payload = (capture.payload_sha256, capture.payload_length) if is_changed else (None, 0)
        place = MovedRecord(0, capture.warc_offset, capture.warc_length, *payload)
        places.setdefault(capture.record_id, []).append(place)
    return places


def find_verdicts(
    path: Path, forgotten: Forgotten, waiting: Mapping[int, bool]
) -> Iterator[tuple[int, Verdict, DamagedRecord | WarcRecord]]:
    """What becomes of each record that cannot stay as it is.

    :param waiting: those that are known to hold something, by offset; True: the record goes as a whole.
    """
    for record in read_records(path, MOST):
        verdict = "drop" if isinstance(record, DamagedRecord) else _judge(record, forgotten, waiting)
        if verdict != "keep":
            yield record.offset, verdict, record


def _judge(record: WarcRecord, forgotten: Forgotten, waiting: Mapping[int, bool]) -> Verdict:
    if record.kind == "warcinfo":
        return "keep"
    if forgotten.has_url(record.url) or waiting.get(record.offset):
        return "drop"
    if record.header.get(FORGOTTEN):
        return "keep"
    if record.offset in waiting or _holds(record, forgotten):
        is_shown = record.offset in waiting  # in ways that words may not tell
        if not is_capture(record):
            return "drop"
        return "clear" if is_shown or mended(record, forgotten) is None else "mend"
    return "keep"


def mended(record: WarcRecord, forgotten: Forgotten) -> bytes | None:
    """The page without forgotten runs of words, in UTF-8; None where it is no page, or they are still in it."""
    body = record.read()
    stated = next((value for name, value in record.http_headers if name.lower() == "content-type"), None)
    is_page = (stated or record.content_type or "").lower().startswith("text/html")
    if not is_page or body.notices or record.kind == "revisit" or (record.url or "").startswith("urn:"):
        return None
    page = forgotten.phrases.scrub(decode(body.data, stated).text).encode()
    return None if _are_in(forgotten, page, "text/html; charset=utf-8") else page


def _holds(record: WarcRecord, forgotten: Forgotten) -> bool:
    """Whether a forgotten run of words is in the record, or may be in what cannot be seen of it."""
    if not forgotten.phrases:
        return False
    if not is_capture(record):
        return _are_in(forgotten, b"".join(record.raw_pieces()), None)
    fields = [value for name, value in record.header.fields if name.lower() != "warc-target-uri"]
    heads = "\n".join((*fields, *(value for _, value in record.http_headers)))
    if _are_in(forgotten, heads.encode("utf-8", "replace"), None):
        return True
    stated = next((value for name, value in record.http_headers if name.lower() == "content-type"), None)
    content_type = stated or record.content_type or ""
    if content_type.lower().startswith(OPAQUE):
        return False
    body = record.read()
    return any(map(UNSEEN.search, body.notices)) or _are_in(forgotten, body.data, content_type)


def _are_in(forgotten: Forgotten, data: bytes, content_type: str | None) -> bool:
    return any(map(forgotten.phrases.are_in, plain_forms(data, content_type)))


def _clear(archive: Archive, path: Path, now: datetime, fresh: Fresh | None) -> None:
    book, name = archive.forget_book, _name_of(path)
    searched, waiting = book.searched_to(name), book.waiting(name)
    if searched == book.newest() and not waiting:
        return
    forgotten = fresh.forgotten if fresh and searched == fresh.before else archive.forgotten
    verdicts: dict[int, Verdict] = {offset: verdict for offset, verdict, _ in find_verdicts(path, forgotten, waiting)}
    if verdicts:
        _replace(archive, path, forgotten, verdicts, now)
    else:
        book.searched(name)


def _replace(
    archive: Archive, path: Path, forgotten: Forgotten, verdicts: Mapping[int, Verdict], now: datetime
) -> None:
    book, name = archive.forget_book, _name_of(path)
    new = _free_name(path)
    swap = Swap(name, f"{new.parent.name}/{new.name}", is_done=False)
    book.begin_swap(swap)
    moved, length = rewrite_segment(path, new, verdicts, now, lambda offset: _mend_at(path, offset, forgotten))
    book.end_swap(swap, moved, length)
    _finish(archive, Swap(swap.warc_file, swap.replaced_by, is_done=True))
    repeats = book.waiting(_name_of(new))  # of captures that other records stand for, now that they are masked
    if repeats:
        _replace(archive, new, forgotten, dict.fromkeys(repeats, "drop"), now)


def _mend_at(path: Path, offset: int, forgotten: Forgotten) -> bytes:
    page = mended(read_record(path, offset, MOST), forgotten)
    assert page is not None, "it was when the verdict was found"
    return page


def _name_of(path: Path) -> str:
    """The segment as rows name it."""
    return f"{path.parent.name}/{path.name}"


def _free_name(path: Path) -> Path:
    """Another name of the same run and number, so that the order of segments stays."""
    while True:
        new = path.with_name(f"{_common_name(path.name)}{secrets.token_hex(2)}.warc.gz")
        if not new.exists():
            return new


def _common_name(name: str) -> str:
    """How the names of a segment and of what replaces it begin."""
    return f"{name.rpartition('-')[0]}-"


def _finish(archive: Archive, swap: Swap) -> None:
    leftover = swap.warc_file if swap.is_done else swap.replaced_by
    if leftover is not None:
        path = archive.warc_folder / leftover.rpartition("/")[2]
        for each in (path, seal_of(path)):
            _remove(each)
    archive.forget_book.forget_swap(swap)


def _remove(path: Path) -> None:
    with disk.about(path):
        disk.remove(path)
