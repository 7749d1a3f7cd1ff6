"""Where an archive's captures are: beside it, in the folder of its name, unless one of the two was moved or copied.

Rows name a segment with its folder. So an archive under another name looks for them where they were; `take_over` lets
its rows name those that are whole in its own folder by now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from scraper.capture.recovery import find_segments
from scraper.capture.seal import read_seal
from scraper.errors import ArchiveError
from scraper.model import Finding
from scraper.run.upkeep.backup import LIST
from scraper.store.archive import Archive
from scraper.store.guest import is_archive
from scraper.store.upkeep.segment_names import Extent
from scraper.text.prose import counted

ENDINGS = (".db", ".sqlite", ".sqlite3", ".db3", ".sdb", ".sqlite-db")  # the first are the more usual


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A folder, mostly of another name, in which rows look for captures, and its segments as they name them."""

    folder: Path
    segments: Mapping[str, Extent]

    @property
    def captures(self) -> int:
        return sum(each.captures for each in self.segments.values())

    @property
    def amount(self) -> str:
        segments = counted(len(self.segments), "segment")
        return f"{counted(self.captures, 'capture')} in {segments}" if self.captures else segments

    @property
    def are(self) -> str:
        return "is" if (self.captures or len(self.segments)) == 1 else "are"

    @property
    def looked_for(self) -> str:
        said = f"{self.amount} {self.are} looked for in it"
        return f"{said} in vain" if self.folder.is_dir() else f"no such folder; {said}"

    @property
    def found(self) -> Elsewhere:
        """Those of the segments that are there."""
        return self._those(lambda name: _size(self.folder.parent / name) is not None)

    @property
    def lost(self) -> Elsewhere:
        """The others."""
        return self._those(lambda name: _size(self.folder.parent / name) is None)

    def outside(self, own: Path) -> Elsewhere:
        """Those that are not whole in the archive's own folder."""
        return self._those(lambda name: not _is_whole(own, name, self.segments[name]))

    def inside(self, own: Path) -> Elsewhere:
        """Those that are."""
        return self._those(lambda name: _is_whole(own, name, self.segments[name]))

    def _those(self, are_meant: Callable[[str], bool]) -> Elsewhere:
        return replace(self, segments={name: self.segments[name] for name in self.segments if are_meant(name)})


def refuse_shared(path: Path) -> None:
    """ArchiveError for an archive whose captures would go into the folder of another one, as voices.bak's into that of
    voices.db, or through a link: each would take the other's for its own.
    """
    own = path.with_suffix(".warc")
    owner = min([path, *_namesakes(path)], key=lambda each: _rank(each, path))
    if owner != path:
        what = f"its captures would go into {own.name}, the folder of {owner.name}"
        raise ArchiveError(f"{what}; give it a name that differs before its ending too", str(path))
    others = _namesakes(own.resolve()) if own.is_symlink() else []
    others = [each for each in others if not (path.exists() and each.samefile(path))]
    if others:
        what = f"its captures would go into {own.resolve()}, the folder of {others[0].name} there"
        raise ArchiveError(f"{what}; put a copy of that folder in place of the link", str(path))


def take_over(archive: Archive) -> int:
    """How many segments rows have named in a folder of another name, and now name in the archive's own, where they
    are whole. The caller holds the writer lock.
    """
    own = archive.warc_folder
    names = archive.segment_names.outside(own.name)
    found = {name: f"{own.name}/{_file(name)}" for name, extent in names.items() if _is_whole(own, name, extent)}
    if found:
        archive.segment_names.change(found)
    return len(found)


def find_parts(archive: Archive) -> frozenset[Path]:
    """The files in the archive's own folder that `take_over` leaves alone, as what a copy that was cut short has made.

    Nothing is read out of them, nor are they changed: what rows look for is elsewhere, or was.
    """
    own = archive.warc_folder
    names = archive.segment_names.outside(own.name)
    parts = {_file(name) for name, extent in names.items() if not _is_whole(own, name, extent)}
    return frozenset(path for path in find_segments(own) if path.name in parts) if parts else frozenset()


def find_ends(archive: Archive) -> dict[str, int]:
    """How far each segment was taken in that rows name in another folder, by the name it has in the archive's own."""
    own = archive.warc_folder.name
    return {f"{own}/{_file(name)}": extent.end for name, extent in archive.segment_names.outside(own).items()}


def about_parts(archive: Archive) -> Iterator[Finding]:
    """That there are such files, as a note."""
    if parts := find_parts(archive):
        are, them, others = ("is", "it", "") if len(parts) == 1 else ("are", "them", " and others")
        which = f"{counted(len(parts), 'segment')} in it ({min(parts).name}{others})"
        what = f"{which} {are} not what rows look for in another folder"
        cause = f"as after a copy that was cut short, and {are} left alone"
        yield Finding(
            str(archive.warc_folder), f"{what}, {cause}", f"copy {them} again, or move {them} away", is_problem=False
        )


def refuse_missing(archive: Archive, path: Path, tell: Callable[[str], object]) -> None:
    """ArchiveError where rows look for captures in vain; `tell` gets a line for each folder where some are there.

    :param path: of the archive, of which the open one may be a copy.
    """
    for finding in find_missing(archive, path):
        message = f"{finding.what}; {finding.advice}"
        if not _holds_any(archive, path):
            raise ArchiveError(message, finding.about)
        tell(f"{finding.about}: {message}")


def refuse_elsewhere(archive: Archive, tell: Callable[[str], object]) -> None:
    """ArchiveError where a segment is in a folder of another name only, which may be another archive's; `tell` gets a
    line where none is there any more.
    """
    own = archive.warc_folder
    for each in _elsewhere(archive, archive.path):
        left = each.outside(own)
        there, lost = left.found, left.lost
        if there.segments:
            what = f"{there.amount} {there.are} in {each.folder.name}, out of which nothing would be taken"
            raise ArchiveError(f"{what}; move that folder, or copy what is in it, to {own} first", str(archive.path))
        if lost.captures:
            tell(f"{each.folder}: {lost.amount} {lost.are} not there any more; nothing is taken out of copies of it")
    for part in about_parts(archive):
        raise ArchiveError(f"{part.what}; {part.advice}, first", part.about)


def find_missing(archive: Archive, path: Path) -> Iterator[Finding]:
    """The folders in which rows of the archive at `path` look for captures in vain: they are not there, or are those
    of others by now.
    """
    own = path.with_suffix(".warc")
    for each in _missing(archive, path):
        if each.folder == own:
            yield Finding(str(own), each.looked_for, "move it there, or restore it from a copy")
            continue
        if each.inside(own).segments:
            advice = f"the next command that writes puts it right, as `check --repair {path.name}` does"
        else:
            advice = f"move what was in it to {own}"
        what = f"{each.looked_for}: {path.name} seems to have been renamed, or to be a copy"
        yield Finding(str(each.folder), what, advice)


def find_missing_segments(archive: Archive) -> frozenset[str]:
    """The segments that `find_missing` speaks of."""
    return frozenset(name for each in _missing(archive, archive.path) for name in each.segments)


def find_elsewhere(archive: Archive) -> Iterator[Finding]:
    """The folders of another name that captures are in: no fault, but they may be another archive's."""
    own = archive.warc_folder
    for each in _elsewhere(archive, archive.path):
        there = each.found
        if there.captures:
            owners = sorted(path.name for path in _namesakes(each.folder))
            whose = f", the folder of {owners[0]}" if owners else ""
            what = f"{there.amount} {there.are} in {each.folder.name}{whose}: the archive was renamed or copied"
            advice = f"to have them apart, {'copy what is in it' if owners else 'move it'} to {own}"
            yield Finding(str(archive.path), what, advice, is_problem=False)


def _missing(archive: Archive, path: Path) -> Iterator[Elsewhere]:
    """What rows look for in folders that are not there; in others, what is not there but in the archive's own."""
    own = path.with_suffix(".warc")
    for each in (Elsewhere(own, archive.segment_names.inside(own.name)), *_elsewhere(archive, path)):
        missing = each.lost.inside(own) if each.folder.is_dir() else each
        if missing.captures:
            yield missing


def _holds_any(archive: Archive, path: Path) -> bool:
    """Whether a segment is there in which rows of the archive at `path` look for captures."""
    own = path.with_suffix(".warc")
    places = [Elsewhere(own, archive.segment_names.inside(own.name)), *_elsewhere(archive, path)]
    return any(each.found.captures for each in places)


def _elsewhere(archive: Archive, path: Path) -> list[Elsewhere]:
    """The folders of other names whose segments rows of the archive at `path` name."""
    by_folder: dict[str, dict[str, Extent]] = {}
    for name, extent in archive.segment_names.outside(path.with_suffix(".warc").name).items():
        place = PurePosixPath(name)
        if not place.is_absolute() and len(place.parts) == 2 and ".." not in place.parts:  # others: see check.py
            by_folder.setdefault(place.parts[0], {})[name] = extent
    return [Elsewhere(path.with_name(name), held) for name, held in sorted(by_folder.items())]


def _is_whole(own: Path, name: str, extent: Extent) -> bool:
    """Whether the archive's own folder has all of a segment that rows name in another one: as far as they go, or as far
    as a recovery found it; and as much as the other folder still has.
    """
    path = own / _file(name)
    size, other = _size(path), _size(own.parent / name)
    if size is None or other not in (None, size):
        return False
    seal = read_seal(path)
    return size >= extent.end or (seal is not None and seal.length == size)


def _file(name: str) -> str:
    """The name of the segment's file."""
    return PurePosixPath(name).name


def _size(path: Path) -> int | None:
    """How many bytes the file has; None for what is no file."""
    try:
        found = path.stat()
    except (OSError, ValueError):  # a row may name anything
        return None
    return found.st_size if S_ISREG(found.st_mode) else None


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


def _rank(each: Path, path: Path) -> tuple[bool, bool, bool, bool, int, str]:
    """The least is whose the folder is: one with an archive's ending, as what is made anew beside its old database may
    have, that is there already; that is no backup, and was written to under this name.
    """
    is_known = each.suffix in ENDINGS
    ending = ENDINGS.index(each.suffix) if is_known else len(ENDINGS)
    has_list, has_lock = (each.with_name(each.name + end).exists() for end in (LIST, ".lock"))
    return not is_known, each == path and not each.exists(), has_list, not has_lock, ending, each.name
