"""A copy of an archive's database with the list of the segments that belong to it: `back_up`, and `read_backup`."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from scraper import __version__
from scraper.capture.seal import read_seal
from scraper.errors import ArchiveError, UsageError
from scraper.model import Finding
from scraper.store.archive import utc_now
from scraper.store.crawls.copying import copy_database, segment_ends
from scraper.store.planning.times import utc_text

LIST = ".json"  # of <backup>.json
CHUNK = 1024 * 1024
MOST = 64 * 1024 * 1024  # bytes of a list: a million segments
RESTORE = "restore the file from a copy that is as the backup lists it"
ANEW = "make another backup"


@dataclass(frozen=True, slots=True)
class BackedFile:
    """A file as a backup lists it. Of a segment that a run still writes: its length and digest as far as rows go.

    Length and digest are None where it was not there.
    """

    file: str
    length: int | None
    sha256: str | None
    is_sealed: bool = False


@dataclass(frozen=True, slots=True)
class Backup:
    """What is written beside the copy: of which archive and when, the copy itself, and the segments it refers to."""

    archive: str
    made_at: str
    version: str
    database: BackedFile
    segments: tuple[BackedFile, ...]

    @property
    def missing(self) -> tuple[BackedFile, ...]:
        return tuple(each for each in self.segments if each.sha256 is None)


def back_up(source: Path, target: Path, now: datetime | None = None) -> Backup:
    """Copies the database to `target`, and lists the segments in `<target>.json`; both appear whole, or not at all.

    Another process may write meanwhile: the copy is of one moment, and the list is of what the copy refers to.
    Raises UsageError where one of the two is there already, or the copy would be in the archive's folder of captures or
    share it; ArchiveError where the archive cannot be read, or the disk is full.
    """
    if not target.name or target.is_dir():
        raise UsageError("a folder; name the file that the copy is to be", str(target))
    listed = target.with_name(target.name + LIST)
    _refuse_to_overwrite(target, listed)
    _refuse_to_share(source, target)
    with _folder_beside(target) as folder:
        copy, lines = folder / "copy", folder / "list"
        try:
            with _about(target, copy):
                copy_database(source, copy)
            database = BackedFile(target.name, *_digest(copy), True)
            segments = tuple(_segments(source.parent, segment_ends(copy)))
            backup = Backup(str(source), utc_text(now or utc_now()), __version__, database, segments)
            lines.write_text(json.dumps(asdict(backup), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            for made, name in ((lines, listed), (copy, target)):  # with the list first, no copy is without one
                _sync(made)
                os.link(made, name)  # unlike a renaming it never replaces what came meanwhile
            _sync(target.parent)
        except FileExistsError as error:
            raise UsageError("there is one already; a backup overwrites nothing", str(error.filename2)) from error
        except OSError as error:
            raise ArchiveError(f"cannot be written ({error.strerror})", str(target)) from error
    return backup


@contextmanager
def _folder_beside(target: Path) -> Iterator[Path]:
    """A folder for what is not whole yet, that nobody else has; it goes with all that is in it."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise ArchiveError(f"cannot be written ({error.strerror})", str(target)) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _about(target: Path, copy: Path) -> Iterator[None]:
    """Errors about the copy that is not whole yet, as errors about what it was to become."""
    try:
        yield
    except ArchiveError as error:
        if error.about != str(copy):
            raise
        raise ArchiveError(error.message, str(target)) from error


def read_backup(path: Path) -> Backup:
    """The list beside a backup, by its own name or the backup's.

    Raises UsageError where there is none, and ArchiveError for what is none.
    """
    if not path.name or path.is_dir():
        raise UsageError("a folder; name the backup in it", str(path))
    listed = path if path.name.endswith(LIST) else path.with_name(path.name + LIST)
    try:
        with listed.open("rb") as file:
            said = json.loads(file.read(MOST))
        files = [BackedFile(**each) for each in (said["database"], *said["segments"])]
        if not all(map(_is_listed, files)):
            raise TypeError
        return Backup(str(said["archive"]), str(said["made_at"]), str(said["version"]), files[0], tuple(files[1:]))
    except FileNotFoundError as error:
        raise UsageError("no such file; `backup` writes it beside the copy", str(listed)) from error
    except OSError as error:
        raise ArchiveError(f"cannot be read ({error.strerror})", str(listed)) from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ArchiveError("not the list of a backup, or a damaged one", str(listed)) from error


def _is_listed(each: BackedFile) -> bool:
    """Whether its values are such as a list has; ValueError or TypeError for a name that no file can have."""
    is_name = b"\0" not in os.fsencode(each.file)
    return is_name and isinstance(each.length, int | None) and isinstance(each.sha256, str | None)


def find_differences(archive: Path, named: Collection[str], path: Path, backup: Backup) -> Iterator[Finding]:
    """What is not as the backup lists it: of the copy at `path`, or whose list is there, of the archive's segments, and
    of those that were copied beside the backup. They may have grown since, but not changed.

    :param named: the segments of the archive by the names that rows have for them now.
    """
    copy = path.with_name(path.name.removesuffix(LIST))
    if path.name.endswith(LIST) and not os.path.lexists(copy):  # a list may be kept alone, and asked for by its name
        what = "no such file: only the segments are held against the backup's list"
        yield Finding(str(copy), what, "name the copy in place of its list where it should be there", is_problem=False)
    else:
        yield from _differing(copy, replace(backup.database, length=None), ANEW)
    for each in backup.segments:
        place = PurePosixPath(each.file)
        if each.sha256 is None or each.length is None or place.is_absolute() or ".." in place.parts:
            continue  # that it was not there was said when the backup was made
        here, beside = _place_now(archive, named, place), copy.parent / place
        yield from _differing(here, each, RESTORE)
        if copy.parent.resolve() != archive.parent.resolve() and beside.parent.is_dir():  # else copied elsewhere
            yield from _differing(beside, each, RESTORE)


def _place_now(archive: Path, named: Collection[str], place: PurePosixPath) -> Path:
    """Where a listed segment is by now: in the archive's own folder, if it had another name when it was backed up."""
    listed, own = archive.parent / place, archive.with_suffix(".warc") / place.name
    is_own = f"{own.parent.name}/{own.name}" in named or (own.is_file() and not listed.is_file())
    return own if is_own else listed


def _differing(path: Path, listed: BackedFile, advice: str) -> Iterator[Finding]:
    """What the file is in place of what is listed; where it is listed without a length, to its end."""
    try:
        length, sha256 = _digest(path, listed.length)
    except OSError as error:
        yield Finding(str(path), f"the backup lists it, and it cannot be read ({error.strerror})", advice)
        return
    if listed.length is not None and length < listed.length:
        yield Finding(str(path), f"it has {length} bytes, and {listed.length} in the backup's list", advice)
    elif sha256 != listed.sha256:
        yield Finding(str(path), "it is not what the backup lists: the SHA-256 is another one", advice)


def _refuse_to_overwrite(*paths: Path) -> None:
    for path in paths:
        if path.exists() or path.is_symlink():
            raise UsageError("there is one already; a backup overwrites nothing", str(path))
        if path.parent.is_dir() and not os.access(path.parent, os.W_OK):
            raise ArchiveError("nothing can be written into this folder", str(path.parent))
        if not path.parent.is_dir():
            raise UsageError("no such folder", str(path.parent))


def _refuse_to_share(source: Path, target: Path) -> None:
    """UsageError where the copy would be among the archive's captures, or both databases would have one folder of them,
    so that nobody could tell whose it is.
    """
    folder = source.resolve().with_suffix(".warc")
    if folder.resolve() in target.resolve().parents:
        raise UsageError("in the folder of the archive's captures; name a place elsewhere", str(target))
    if target.parent.resolve() / target.with_suffix(".warc").name == folder:
        what = f"it would have {folder.name}, the captures of {source.name}, for its own"
        raise UsageError(f"{what}; give it a name that differs before its ending too", str(target))


def _segments(folder: Path, ends: dict[str, int]) -> Iterator[BackedFile]:
    for name, end in ends.items():
        path = folder / PurePosixPath(name)
        seal = read_seal(path)
        try:
            if seal is not None and seal.length == path.stat().st_size:
                yield BackedFile(
                    name, seal.length, seal.sha256, True
                )  # `check` reads whether the file is what was sealed
            else:
                yield BackedFile(name, *_digest(path, end))
        except OSError:
            yield BackedFile(name, None, None)


def _digest(path: Path, length: int | None = None) -> tuple[int, str]:
    """Length and SHA-256 (hex) of the file, or of its first `length` bytes as far as it has them."""
    digest, read = hashlib.sha256(), 0
    with path.open("rb") as file:
        while data := file.read(CHUNK if length is None else min(CHUNK, length - read)):
            digest.update(data)
            read += len(data)
    return read, digest.hexdigest()


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)
