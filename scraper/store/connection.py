"""An open database that is certainly one of ours; the only place that opens it."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import chain, count
from pathlib import Path
from typing import TypeVar

from scraper.errors import ArchiveError, ArchiveLocked, ArchiveTooNew
from scraper.store.full_disk import full_disk
from scraper.store.guest import Guest, database_uri
from scraper.store.schema import APPLICATION_ID, VERSION, migrate

C = TypeVar("C", bound=sqlite3.Connection)

BUSY_MILLISECONDS = 10_000
ANEW = "restore a backup, or move the database away: the next command that writes makes it anew from the WARC files"
# UnicodeDecodeError: Python's, of a message of SQLite's that quotes a damaged schema.
FAILURES = (sqlite3.Error, UnicodeDecodeError)
DAMAGED = f"the database is damaged ({{}}); `check` says how, and `check --repair` may mend it; else {ANEW}"
EMPTY = "an empty file, not an archive"
WAL_BYTES = 64 * 1024 * 1024  # what is left of a WAL that grew larger while a reader was in its way


def archive_path(path: Path | str) -> Path:
    """Where the archive of that path is: a link is what it leads to, since what belongs to an archive is beside it."""
    return Path(os.path.realpath(path)) if os.path.islink(path) else Path(path)


def open_for_writing(path: Path, tell: Callable[[Path], None] = lambda copy: None) -> sqlite3.Connection:
    """A connection in autocommit mode to the archive at `path`, which is created or migrated where need be.

    An archive of an older version is copied before it is migrated, and `tell` is told where to. Raises ArchiveError
    (not ours, damaged, no folder, not writable), ArchiveTooNew or ArchiveLocked; a database that is not ours is left as
    it was. An empty file counts as none.
    """
    _check_path(path)
    try:
        connection = _connect(database_uri(path, "rwc"))
    except sqlite3.Error as error:
        raise database_error(error, path) from error
    try:
        version = _check_identity(connection, path)
        if 0 < version < VERSION:
            tell(_keep_copy(connection, path, version))
        if version < VERSION:
            migrate(connection)
        _use_wal(connection)
        connection.execute("PRAGMA cache_size = -32768")  # 32 MB: the pages that a batch of full-text rows touches
        connection.execute(f"PRAGMA journal_size_limit = {WAL_BYTES}")
        connection.execute("PRAGMA synchronous = NORMAL")  # in WAL mode enough against kill -9, never corrupts
    except BaseException as error:
        connection.close()
        if isinstance(error, FAILURES):
            raise database_error(error, path) from error
        raise
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A read-only connection to the archive at `path`; nothing that it holds is created, migrated or changed.

    What a writer that was killed while this one read has left in the WAL goes into the database at its closing.
    Closed, it leaves no file beside the archive that was not there, where this process may write; see guest.py.
    Raises ArchiveError (missing, empty, not ours, damaged) or ArchiveTooNew. On a medium that cannot be written or is
    full, and with no other process at work, SQLite is told that the file never changes: WAL mode would need a file
    beside it.
    """
    connection, version = _open_readonly(path)
    if version < VERSION:
        connection.close()
        older = "of an older version; the next command that writes copies it, and then upgrades it"
        raise ArchiveError(older if version else EMPTY, str(path))
    return connection


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection in a transaction, so that all queries see one state; closed at the end of the block."""
    connection = open_for_reading(path)
    try:
        with named_errors(path):
            connection.execute("BEGIN")
            yield connection
    finally:
        connection.close()


def refuse_empty(path: Path) -> None:
    """ArchiveError for a file that holds nothing: what was an archive and lost all, or never was one."""
    connection, version = _open_readonly(path)
    connection.close()
    if version == 0:
        raise ArchiveError(EMPTY, str(path))


def refuse_others(path: Path) -> None:
    """ArchiveError or ArchiveTooNew for what `open_for_writing` would refuse because of what it is.

    Nothing is made. What only a writer can tell, as behind the journal of one that was killed, is left to that.
    """
    _check_path(path)
    if not path.exists():
        return
    try:
        connection, _ = _open_readonly(path)
    except ArchiveError as error:
        if error.__cause__ is None or getattr(error.__cause__, "sqlite_errorname", "") == "SQLITE_NOTADB":
            raise
    else:
        connection.close()


def copy_any_version(path: Path, copy: Path) -> None:
    """Makes a copy of the database as it is at one moment, whoever writes meanwhile; that of an older one is migrated.

    Raises as `open_for_reading` does.
    """
    refuse_empty(path)
    source, _ = _open_readonly(path)
    with named_errors(path, copy), closing(source), closing(sqlite3.connect(copy, isolation_level=None)) as target:
        source.backup(target)
        migrate(target)


@contextmanager
def named_errors(path: Path, copy: Path | None = None) -> Iterator[None]:
    """What of FAILURES the block raises, as an error of ours; a full disk is that of the `copy` that is made there."""
    try:
        yield
    except FAILURES as error:
        raise database_error(error, path, copy) from error


def database_error(error: sqlite3.Error | UnicodeDecodeError, path: Path, copy: Path | None = None) -> ArchiveError:
    """One of FAILURES as an error of ours, in one line with the path. Some messages of SQLite quote damaged text."""
    message = str(error).splitlines()[0] if str(error) else type(error).__name__
    name = getattr(error, "sqlite_errorname", "")
    if isinstance(error, UnicodeDecodeError) or message.startswith("Could not decode"):  # without a code of SQLite's
        name, message = "SQLITE_CORRUPT", "a text is not UTF-8"
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return ArchiveLocked("another program is writing to it; try again later", str(path))
    if name.startswith("SQLITE_FULL"):
        return full_disk(copy or path)
    reasons = {
        "SQLITE_NOTADB": "not a SQLite database",
        "SQLITE_CORRUPT": DAMAGED.format(message),
        "SQLITE_IOERR_SHM": "the disk is full, or its memory cannot be shared",
        "SQLITE_READONLY": "cannot be written to",
        "SQLITE_CANTOPEN": "cannot be opened",
    }
    for prefix, reason in reasons.items():
        if name.startswith(prefix):
            return ArchiveError(reason + _in_the_way(path, name), str(path))
    return ArchiveError(f"the database failed: {message}", str(path))


def _in_the_way(path: Path, name: str) -> str:
    """What is said of a file beside the database that another user's program has left, where that is the reason."""
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
        wanted = os.R_OK | os.W_OK if name.startswith("SQLITE_READONLY") else os.R_OK
        for beside in (Path(f"{path}-wal"), Path(f"{path}-shm")):
            if beside.exists() and not os.access(beside, wanted):
                return f": {beside.name} beside it belongs to another user's program; once that has ended, take it away"
    return ""


def _open_readonly(path: Path) -> tuple[sqlite3.Connection, int]:
    """A read-only connection to the archive, and the version of its schema."""
    if not path.is_file():
        raise ArchiveError("not a regular file" if path.exists() else "no such archive", str(path))
    name = database_uri(path, "ro")
    real = Path(os.path.realpath(path))  # beside which SQLite puts its files
    is_at_rest = not Path(f"{real}-wal").exists()
    try:
        connection = _connect_guest(name)
        connection.tidied = real if is_at_rest else None
        try:
            return connection, _check_identity(connection, path)
        except sqlite3.OperationalError as error:
            if not _is_at_rest(path, error):
                raise
            connection = _connect_guest(name + "&immutable=1")
            return connection, _check_identity(connection, path)
    except FAILURES as error:
        raise database_error(error, path) from error


def _connect(uri: str) -> sqlite3.Connection:
    return _prepare(sqlite3.connect(uri, uri=True, isolation_level=None, cached_statements=256))


def _connect_guest(uri: str) -> Guest:
    return _prepare(sqlite3.connect(uri, uri=True, isolation_level=None, cached_statements=256, factory=Guest))


def _prepare(connection: C) -> C:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")  # first: all that follows may have to wait
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _keep_copy(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """The copy that is made of an archive of an older version, beside it, durable; no file is written over."""
    numbers = chain([""], (f"-{number}" for number in count(2)))
    names = (f"{path.stem}.schema-{version}{number}{path.suffix}" for number in numbers)
    copy = next(each for name in names if not (each := path.with_name(name)).exists())
    part = path.with_name(f"{copy.name}.part")
    try:
        part.unlink(missing_ok=True)
        target = sqlite3.connect(part, isolation_level=None)
        try:
            connection.backup(target)  # which syncs the file
        finally:
            target.close()
        part.chmod(path.stat().st_mode & 0o777)
        part.rename(copy)
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except BaseException as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            message = f"cannot be copied, which is done before it is upgraded: {error.strerror}"
            raise ArchiveError(message, str(path)) from error
        raise
    return copy


def _is_at_rest(path: Path, error: sqlite3.OperationalError) -> bool:
    """Whether it is for want of a place for SQLite's shared memory that the file was not opened, and it holds all."""
    wal = Path(f"{path}-wal")
    if error.sqlite_errorname.startswith("SQLITE_IOERR_SHM"):  # the disk is full: nobody can write there now
        return not wal.exists() or wal.stat().st_size == 0
    return not os.access(path.parent, os.W_OK) and not wal.exists()


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switches to WAL mode, once in an archive's life. SQLite does not wait for locks here, so this does."""
    give_up = time.monotonic() + BUSY_MILLISECONDS / 1000
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > give_up:
                raise
            time.sleep(0.01)


def _check_path(path: Path) -> None:
    if path.is_dir():
        raise ArchiveError("a folder, not an archive", str(path))
    if not path.parent.is_dir():
        raise ArchiveError("the folder of the archive does not exist", str(path))
    if path.exists() and not path.is_file():
        raise ArchiveError("not a regular file", str(path))
    if path.exists() and not os.access(path, os.W_OK):
        raise ArchiveError("cannot be written to", str(path))


def _check_identity(connection: sqlite3.Connection, path: Path) -> int:
    """The archive's schema version; 0 for a database with nothing in it, which is free to become one."""
    try:
        connection.execute("BEGIN")  # the three belong together, while another program may be creating the archive
        (objects,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute("COMMIT")
        if application_id != APPLICATION_ID and (application_id or version or objects):
            raise ArchiveError("a SQLite database, but not an archive of this program", str(path))
        if version > VERSION:
            raise ArchiveTooNew(f"written by a newer version (schema {version}, this one knows {VERSION})", str(path))
    except BaseException:
        connection.close()
        raise
    return int(version)
