"""`full_disk`: what is said where SQLite found no room."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import disk_usage

from scraper.errors import ArchiveError

NEARLY_NOTHING = 16 * 1024 * 1024  # bytes
PLACES = ("/var/tmp", "/usr/tmp", "/tmp")


def full_disk(path: Path) -> ArchiveError:
    """The error of a file for which there was no room; SQLite does not say whether it was one of its temporary files.

    Their folder is named too where next to nothing is free there and it is on another disk. No more can be told: what
    was written in vain is gone, so of two disks the one with less room may be any.
    """
    message = "the disk is full"
    folder = _temporary_folder()
    try:
        room = disk_usage(folder)
        if room.free < NEARLY_NOTHING and room != disk_usage(path.parent):
            message += f", or that of {folder}, where SQLite's temporary files are"
    except OSError:
        pass
    return ArchiveError(message, str(path))


def _temporary_folder() -> Path:
    """Where SQLite puts its temporary files: https://sqlite.org/tempfiles.html#temporary_file_storage_locations."""
    wanted = filter(None, (os.environ.get("SQLITE_TMPDIR"), os.environ.get("TMPDIR"), *PLACES))
    may_write = os.W_OK | os.X_OK
    return next((Path(each) for each in wanted if os.path.isdir(each) and os.access(each, may_write)), Path())
