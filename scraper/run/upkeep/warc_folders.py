"""Where an archive's captures are: beside it, in the folder of its name, unless one of the two was moved or copied.

Rows name a segment with its folder. So an archive under another name looks for them where they were; `take_over` lets
its rows name those that are in its own folder by now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scraper.errors import ArchiveError
from scraper.model import Finding
from scraper.store.archive import Archive
from scraper.store.guest import is_archive
from scraper.text.prose import counted

ENDINGS = (".db", ".sqlite", ".sqlite3")  # of archives whose names differ by these alone, the first has the folder


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A folder, mostly of another name, in which rows look for captures: its segments, and how many."""

    folder: Path
    segments: tuple[str, ...]
    captures: int

    @property
    def amount(self) -> str:
        return f"{counted(self.captures, 'capture')} in {counted(len(self.segments), 'segment')}"

    @property
    def are(self) -> str:
        return "is" if self.captures == 1 else "are"

    @property
    def looked_for(self) -> str:
        return f"no such folder; {self.amount} {self.are} looked for in it"


def refuse_shared(path: Path) -> None:
    """ArchiveError for an archive whose captures would go into the folder of another one, as voices.bak's into that of
    voices.db: each would take the other's for its own.
    """
    owner = min([path, *_namesakes(path)], key=lambda each: _rank(each, path))
    if owner != path:
        what = f"its captures would go into {path.with_suffix('.warc').name}, the folder of {owner.name}"
        raise ArchiveError(f"{what}; give it a name that differs before its ending too", str(path))


def take_over(archive: Archive) -> int:
    """How many segments rows have looked for in a folder of another name, and now name in the archive's own, where
    they are. The caller holds the writer lock.
    """
    own = archive.warc_folder
    names = archive.segment_names.outside(own.name)
    found = {name: f"{own.name}/{PurePosixPath(name).name}" for name in names if _is_in(own, name)}
    if found:
        archive.segment_names.change(found)
    return len(found)


def refuse_missing(archive: Archive, path: Path, tell: Callable[[str], object]) -> None:
    """ArchiveError where no folder is there in which rows look for captures; `tell` gets a line for each of several.

    :param path: of the archive, of which the open one may be a copy.
    """
    for finding in find_missing(archive, path):
        message = f"{finding.what}; {finding.advice}"
        if not _holds_any(archive, path):
            raise ArchiveError(message, finding.about)
        tell(f"{finding.about}: {message}")


def refuse_elsewhere(archive: Archive) -> None:
    """ArchiveError where captures are in a folder of another name only, which may be another archive's."""
    own = archive.warc_folder
    for each in _elsewhere(archive, archive.path):
        if not all(_is_in(own, segment) for segment in each.segments):
            what = f"{each.amount} {each.are} in {each.folder.name}, out of which nothing would be taken"
            raise ArchiveError(f"{what}; move that folder, or copy what is in it, to {own} first", str(archive.path))


def find_missing(archive: Archive, path: Path) -> Iterator[Finding]:
    """The folders that are not there, in which rows of the archive at `path` look for captures."""
    own = path.with_suffix(".warc")
    if not own.is_dir() and (held := archive.segment_names.inside(own.name)):
        missing = Elsewhere(own, tuple(held), sum(held.values()))
        yield Finding(str(own), missing.looked_for, "move it there, or restore it from a copy")
    for each in _elsewhere(archive, path):
        if each.folder.is_dir():
            continue
        if any(_is_in(own, segment) for segment in each.segments):
            advice = f"the next command that writes puts it right, as `check --repair {path.name}` does"
        else:
            advice = f"move what was in it to {own}"
        what = f"{each.looked_for}: {path.name} seems to have been renamed, or to be a copy"
        yield Finding(str(each.folder), what, advice)


def find_elsewhere(archive: Archive) -> Iterator[Finding]:
    """The folders of another name that captures are in: no fault, but they may be another archive's."""
    own = archive.warc_folder
    for each in _elsewhere(archive, archive.path):
        if each.folder.is_dir():
            owners = sorted(path.name for path in _namesakes(each.folder))
            whose = f", the folder of {owners[0]}" if owners else ""
            what = f"{each.amount} {each.are} in {each.folder.name}{whose}: the archive was renamed or copied"
            advice = f"to have them apart, {'copy what is in it' if owners else 'move it'} to {own}"
            yield Finding(str(archive.path), what, advice, is_problem=False)


def _holds_any(archive: Archive, path: Path) -> bool:
    """Whether one of the folders is there in which rows of the archive at `path` look for captures."""
    own = path.with_suffix(".warc")
    is_own = own.is_dir() and bool(archive.segment_names.inside(own.name))
    return is_own or any(each.folder.is_dir() for each in _elsewhere(archive, path))


def _elsewhere(archive: Archive, path: Path) -> list[Elsewhere]:
    """The folders of other names in which rows of the archive at `path` look for captures."""
    by_folder: dict[str, dict[str, int]] = {}
    for name, captures in archive.segment_names.outside(path.with_suffix(".warc").name).items():
        place = PurePosixPath(name)
        if not place.is_absolute() and len(place.parts) == 2 and ".." not in place.parts:  # others: see check.py
            by_folder.setdefault(place.parts[0], {})[name] = captures
    found = sorted(by_folder.items())
    return [Elsewhere(path.with_name(name), tuple(held), sum(held.values())) for name, held in found]


def _is_in(folder: Path, segment: str) -> bool:
    return (folder / PurePosixPath(segment).name).is_file()


def _namesakes(path: Path) -> list[Path]:
    """The other archives beside it whose captures go into the same folder as this one's."""
    folder = path.with_suffix(".warc")
    try:
        beside = [each for each in path.parent.iterdir() if each.name.startswith(folder.stem)]
    except OSError:  # a folder that may be entered, and not be listed
        return []
    named = (each for each in beside if each.with_suffix(".warc") == folder and each.name != path.name)
    return [
        each for each in named if not (path.exists() and each.exists() and each.samefile(path)) and is_archive(each)
    ]


def _rank(each: Path, path: Path) -> tuple[bool, bool, int, str]:
    """The least is whose the folder is: one with an archive's ending, as what is made anew beside its old database may
    have, that is there already.
    """
    is_known = each.suffix in ENDINGS
    ending = ENDINGS.index(each.suffix) if is_known else len(ENDINGS)
    return not is_known, each == path and not each.exists(), ending, each.name
