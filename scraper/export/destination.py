"""`made_file` and `made_folder`: where an export goes. It is written beside, and takes its place when it is whole."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from scraper import __version__
from scraper.errors import ArchiveError, UsageError
from scraper.export.beginnings import may_be

MARK = ".blog-to-sqlite-export"  # a file in each folder that we made, written last
BESIDE = ("-wal", "-shm", "-journal")  # what a database may have beside it
SQLITE = b"SQLite format 3\0"
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # only who writes gets these


@contextmanager
def made_file(path: Path, db: Path, form: str) -> Iterator[Path]:
    """A new file, which replaces the one at `path` at the end of the block; after an error all is as it was.

    Raises UsageError where that is no regular file, is a database or anything else that does not begin as exports in
    this format do, or belongs to the archive at `db`.
    """
    _check_place(path, db)
    if path.exists():
        if path.is_dir():
            raise UsageError("a folder; name a file in it", str(path))
        if not path.is_file():
            raise UsageError("not a regular file; '-' is stdout", str(path))
        with path.open("rb") as file:
            if file.read(len(SQLITE)) == SQLITE:
                raise UsageError("a database; move it away first", str(path))
        if not may_be(path, form):
            raise UsageError(f"not an earlier export to {form}; move it away first", str(path))
    target = path.resolve()  # a link stays a link
    temporary = _beside(target)
    try:
        with _named(path, temporary):
            temporary.touch(exist_ok=False)
            yield temporary
            _sync(temporary)
        temporary.replace(target)
    finally:
        for end in ("", *BESIDE):
            Path(f"{temporary}{end}").unlink(missing_ok=True)


@contextmanager
def made_folder(path: Path, db: Path, form: str) -> Iterator[Path]:
    """A new folder, which replaces the one at `path` at the end of the block; after an error all is as it was.

    Raises UsageError where there is anything but an empty folder, or an export of the same format that nobody changed
    since: what others put there is never removed.
    """
    _check_place(path, db)
    target = path.resolve()
    if target.exists():
        _check_ours(target, path, form)
    temporary = _beside(target)
    replaced = temporary.with_name(f"{temporary.name}.old")
    try:
        with _named(path, temporary):
            temporary.mkdir()
            yield temporary
            mark = json.dumps({"format": form, "version": __version__})
            (temporary / MARK).write_text(f"{mark}\n", encoding="utf-8")
        if not target.exists():
            temporary.rename(target)
            return
        _check_ours(target, path, form)  # again: an export may take minutes
        target.rename(replaced)
        try:
            temporary.rename(target)
        except OSError:
            replaced.rename(target)
            raise
        shutil.rmtree(replaced, ignore_errors=True)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def _named(path: Path, temporary: Path) -> Iterator[None]:
    """Errors about what is not whole yet, and of want of room, which name no file, as ArchiveError about `path`."""
    try:
        yield
    except ArchiveError as error:
        if not str(error.about).startswith(str(temporary)):
            raise
        raise ArchiveError(error.message, str(path)) from error
    except OSError as error:
        is_own = str(error.filename).startswith(str(temporary)) if error.filename else error.errno in NO_ROOM
        if not is_own:
            raise
        raise ArchiveError(f"cannot be written ({error.strerror or error})", str(path)) from error


def _beside(target: Path) -> Path:
    """A name that nothing has: containers that write to one folder have the same process ids."""
    return target.with_name(f".{target.name}.{uuid4().hex[:8]}")


def _check_place(path: Path, db: Path) -> None:
    own = (db, *(Path(f"{db}{end}") for end in (*BESIDE, ".lock", ".pseudonyms")), db.with_suffix(".warc"))
    if any(each.exists() and path.exists() and path.samefile(each) for each in own):
        raise UsageError("that is the archive itself", str(path))
    if db.with_suffix(".warc").resolve() in path.resolve().parents:
        raise UsageError("in the folder of the archive's captures", str(path))
    if not path.parent.is_dir():
        raise UsageError("no such folder", str(path.parent))
    if not path.resolve().name:
        raise UsageError("no place for an export", str(path))


def _check_ours(target: Path, path: Path, form: str) -> None:
    if not target.is_dir():
        raise UsageError(f"there is a file; {form} makes a folder", str(path))
    mark = target / MARK
    if not mark.is_file():
        if any(target.iterdir()):
            raise UsageError("a folder with other files in it; name a new one", str(path))
        return
    try:
        was = json.loads(mark.read_text(encoding="utf-8"))["format"]
    except (OSError, ValueError, KeyError, TypeError):
        was = None
    if was != form:
        raise UsageError(f"a folder with another export ({was or 'unknown'}); name a new one", str(path))
    since = mark.stat().st_mtime_ns
    for each in target.rglob("*"):
        if each.lstat().st_mtime_ns > since:
            raise UsageError(f"{each.relative_to(target)} was changed since it was exported; move it away", str(path))
    if target.stat().st_mtime_ns > since:
        raise UsageError("files came or went since it was exported; move it away", str(path))


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
