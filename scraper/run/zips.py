"""The members of a ZIP file, read within bounds and never written under their names: `open_zip`."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from scraper.errors import InputError
from scraper.run.bounded import Bounded

MOST_MEMBERS = 200_000
MOST_BYTES = 64 * 1024 * 1024  # of one that is read whole


class Members:
    """The members of an open ZIP file, by their names in its order; folders left out."""

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        found = archive.infolist()
        if len(found) > MOST_MEMBERS:
            raise InputError(f"more than {MOST_MEMBERS} members", str(path))
        self._archive = archive
        self._path = path
        self._by_name = {each.filename: each for each in found if not each.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members."""
        return tuple(self._by_name)

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """The member's bytes as a stream. Raises InputError where they are damaged, encrypted, or too many."""
        info = self._by_name[name]
        where = f"{self._path}!{name}"
        try:
            member = self._archive.open(info)
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
            raise InputError(f"cannot be read: {error}", where) from error
        with member:
            yield cast(BinaryIO, Bounded(cast(BinaryIO, member), info.compress_size, where))

    def read(self, name: str) -> bytes:
        """The whole member. Raises InputError as `open` does, and for one of more than MOST_BYTES."""
        with self.open(name) as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise InputError(f"larger than {MOST_BYTES} bytes", f"{self._path}!{name}")
        return data

    def text(self, name: str) -> str | None:
        """The whole member as text; None where there is none of this name, or it cannot be read."""
        if name not in self._by_name:
            return None
        try:
            return self.read(name).decode("utf-8", "replace")
        except InputError:
            return None


@contextmanager
def open_zip(path: Path) -> Iterator[Members]:
    """The file's members. Raises InputError where it is no ZIP file, or a damaged one."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError(f"cannot be read: {error}", str(path)) from error
    with archive:
        yield Members(archive, path)
