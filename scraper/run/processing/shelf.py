"""`Shelf`: the folder that shards stand in, each whole or not at all, and what is in one: `Shard`."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from scraper.capture import disk
from scraper.errors import UsageError

MARKER = "done.json"
MANIFEST = "manifest.jsonl"
ENDS = (".gz", ".warc")
LONGEST = 100  # characters of a shard's name


@dataclass(frozen=True, slots=True)
class Shard:
    """What `done.json` says of a shard: what it was made of and by what, and what its manifest adds up to.

    `size` and `modified` (ns) are those of the WARC. `slowest` is the page that took the most CPU seconds.
    """

    name: str
    warc: str
    size: int
    modified: int
    form: str
    version: str
    records: int
    states: dict[str, int]
    stored: dict[str, int]
    pages: int
    cpu_seconds: float
    peak_memory: int  # bytes, of the process
    slowest: dict[str, Any] | None = None

    def is_as(self, warc: Path) -> bool:
        """Whether it was made of the file as it is now, wherever that was."""
        now = warc.stat()
        return (self.size, self.modified) == (now.st_size, now.st_mtime_ns)

    def is_of(self, warc: Path, form: str) -> bool:
        """Whether it was made, in this form, of the file as it is now.

        UsageError for the shard of another file, in whose place none is to come.
        """
        same = self.is_as(warc)
        if not same and self.warc != str(warc.absolute()):
            raise UsageError(f"its shard would stand where that of {self.warc} is: take another --out", str(warc))
        return same and self.form == form


class Shelf:
    """The folder at `path`: shard 'a' is `a/`, with its marker in it; names of what is unfinished begin with '.'."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def shard(self, name: str) -> Shard | None:
        """The finished shard of this name. UsageError where something stands there that is none."""
        folder = self.path / name
        if not folder.exists():
            return None
        try:
            said = json.loads((folder / MARKER).read_bytes())
            return Shard(**{each.name: said[each.name] for each in fields(Shard)})
        except (OSError, ValueError, KeyError, TypeError):
            raise UsageError("stands where a shard belongs, and is none", str(folder)) from None

    def names_of(self, warcs: Sequence[Path]) -> dict[Path, str]:
        """The name of each one's shard: that of the shard which it has already, or else the file's own.

        With a digest of its path where another file has that name: what stands here is not renamed for a newcomer.
        """
        stems = {warc: _stem(warc) for warc in warcs}
        many, paths = Counter(stems.values()), {str(warc.absolute()) for warc in warcs}
        names = {}
        for warc, stem in stems.items():
            own, found, path = f"{stem}-{_digest(warc)}", self.shard(stem), str(warc.absolute())
            is_free = found is None and many[stem] == 1
            is_its = found is not None and (found.warc == path or (found.warc not in paths and found.is_as(warc)))
            names[warc] = stem if (is_free or is_its) and self.shard(own) is None else own
        return names

    def attempts(self, name: str) -> Path:
        """The file of the attempts at it."""
        return self.path / f".{name}.attempts"

    def draft(self, name: str) -> Path:
        """A new folder for what is to become this shard, in place of any that an earlier attempt left."""
        folder = self.path / f".{name}.part"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def place(self, shard: Shard, draft: Path) -> None:
        """Gives the draft its name once all of it is on the disk, in place of a shard of an older file."""
        disk.place(draft / MARKER, [json.dumps(asdict(shard), indent=1).encode() + b"\n"])
        for path in draft.rglob("*"):
            if path.is_file():
                disk.sync_file(path)
        target, old = self.path / shard.name, self.path / f".{shard.name}.old"
        shutil.rmtree(old, ignore_errors=True)
        if target.exists():
            os.rename(target, old)
        disk.rename_folder(draft, target)
        shutil.rmtree(old, ignore_errors=True)


def _stem(warc: Path) -> str:
    name = warc.name
    for end in ENDS:
        name = name.removesuffix(end)
    return name.lstrip(".")[:LONGEST] or _digest(warc)


def _digest(warc: Path) -> str:
    return hashlib.sha256(os.fsencode(warc.absolute())).hexdigest()[:8]
