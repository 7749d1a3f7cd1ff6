"""`take_export`: every post of an export into the archive, or into the counts.

Each post becomes a record of its own (see parse/exports/stored.py), so that a large export takes no more memory than a
small one, and a later import of the same blog adds only what is new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scraper.capture.header import escape_spaces
from scraper.errors import InputError
from scraper.model import Visit
from scraper.parse.exports.blogger import read_blogger
from scraper.parse.exports.disqus import read_disqus
from scraper.parse.exports.ghost import read_ghost
from scraper.parse.exports.kinds import ExportKind
from scraper.parse.exports.movable_type import read_movable_type
from scraper.parse.exports.stored import CONTENT_TYPE, write_stored
from scraper.parse.exports.substack import POSTS, read_substack
from scraper.parse.exports.values import Exported, ExportedPost, LeftOut, Made, without_contacts
from scraper.parse.exports.wxr import read_wxr
from scraper.run.boundary import PAGE_SECONDS, attempt
from scraper.run.captured import Reading, contacts_in
from scraper.run.importing.bounded import open_unpacked
from scraper.run.importing.contents import modified_at
from scraper.run.importing.intake import Intake
from scraper.run.importing.zips import Members, open_zip
from scraper.run.outcomes import Judgement
from scraper.run.reading import Source, read_source
from scraper.text.dates import read_time


@dataclass(frozen=True, slots=True)
class ExportFile:
    """An export, what it is, and what the person knows of it: where its blog is, and when it was made."""

    path: Path
    kind: ExportKind
    base: str | None = None
    made_at: datetime | None = None


def take_export(intake: Intake, export: ExportFile) -> None:
    """Reads the export to its end. Each published post becomes a visit; what is left out is counted with its reason.

    Comments come with their posts: those that do, and those that are left out, are counted beside the inputs. Raises
    InputError for a file that cannot be read, and for one without any record.
    """
    made_at = export.made_at
    empty = True
    for found in _read(export):
        if intake.session.watcher.stop.is_wanted:
            return
        if isinstance(found, Made):
            made_at = made_at or _moment(found.at)
            continue
        empty = False
        if isinstance(found, LeftOut):
            _leave_out(intake, found)
        else:
            _take_post(intake, export, found, made_at)
    if empty:
        raise InputError("no post in it", str(export.path))


def _read(export: ExportFile) -> Iterator[Exported]:
    if export.kind in ("substack", "takeout"):
        with open_zip(export.path) as members:
            yield from _read_members(export, members)
        return
    with open_unpacked(export.path) as stream:
        match export.kind:
            case "wxr":
                yield from read_wxr(stream)
            case "disqus":
                yield from read_disqus(stream)
            case "blogger":
                yield from read_blogger(stream, export.base)
            case "movable_type":
                yield from read_movable_type(stream, export.base)
            case _:
                yield from read_ghost(stream, export.base)


def _read_members(export: ExportFile, members: Members) -> Iterator[Exported]:
    names = members.names
    if export.kind == "substack":
        table = next(name for name in names if name.rpartition("/")[2] == POSTS)
        folder = table.removesuffix(POSTS)
        yield from read_substack(members.read(table), lambda name: members.text(f"{folder}posts/{name}"), export.base)
        return
    for name in names:
        if name.endswith("/feed.atom"):
            with members.open(name) as stream:
                yield from read_blogger(stream, export.base)


def _take_post(intake: Intake, export: ExportFile, post: ExportedPost, made_at: datetime | None) -> None:
    if post.comments:
        intake.session.report.records["comment"] += len(post.comments)
    payload = write_stored(post if intake.keep_private else without_contacts(post))
    url = escape_spaces(post.url)
    digest = hashlib.sha256(payload).hexdigest()
    if intake.is_unchanged(url, digest, CONTENT_TYPE) or intake.is_held(url, digest, made_at):
        return
    capture = intake.session.segment.write_resource(
        url,
        payload,
        CONTENT_TYPE,
        date=intake.session.watcher.clock(),
        fetched_at=made_at,
        fetched_before=None if made_at else modified_at(export.path),
    )
    intake.add(capture, read_post(payload, url))


def read_post(payload: bytes, url: str) -> Reading:
    """What the record of an exported post says."""
    page = attempt(lambda: read_source(Source(payload, url, "export")), PAGE_SECONDS)
    return Reading(Judgement("fetched", None), page, contacts=contacts_in(payload, page))


def _leave_out(intake: Intake, found: LeftOut) -> None:
    if found.part_of_post:
        intake.session.report.records[found.reason] += 1
    elif found.damaged:
        intake.drop(Visit(found.name, "failed", found.reason), "damaged")
    else:
        intake.drop(Visit(found.name, "skipped", found.reason))


def _moment(stated: str) -> datetime | None:
    when = read_time(stated)
    return when.earliest if when is not None and when.precision in ("minute", "second") else None
