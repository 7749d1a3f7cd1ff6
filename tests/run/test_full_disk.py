"""A disk that is full: one line, exit 1, nothing lost; with room again the same command completes."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.settings import Settings
from tests.run.faults import Ended, run_forked
from tests.run.inputs_of_five import make_post
from tests.run.soundness import assert_sound, exported

POSTS = 12
ROOM = 6 * 1024 * 1024  # bytes of the small file system
FREE = (0, 16, 64, 160, 256, 320, 400, 480, 640, 1500)  # KiB; the last one is enough


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Posts enough for a database of several hundred kB; the first of them is archived already."""
    folder = tmp_path / "saved"
    folder.mkdir()
    for number in range(POSTS):
        words = " ".join(f"word{number}x{each}" for each in range(900))
        (folder / f"{number:02}.html").write_bytes(make_post(number, words))
    return folder


@pytest.fixture
def begun(tmp_path: Path, saved: Path) -> Path:
    """A folder with an archive of the first post."""
    folder = tmp_path / "begun"
    folder.mkdir()
    import_paths(folder / "voices.db", [saved / "00.html"], ImportOptions(), Settings())
    return folder


@pytest.fixture
def wanted(tmp_path: Path, begun: Path, saved: Path) -> list[dict[str, Any]]:
    """What the archive says after an import that nothing stops."""
    folder = tmp_path / "whole"
    shutil.copytree(begun, folder)
    assert run_import(folder, saved).code == 0
    return exported(folder / "voices.db")


def run_import(folder: Path, saved: Path, prepare: Callable[[], None] = lambda: None) -> Ended:
    said = saved.parent / f"said-{folder.name}"
    said.mkdir(exist_ok=True)
    unwatched = saved.parent / "settings.toml"
    unwatched.write_text("min_free_bytes = 0")
    return run_forked(
        ["--config", str(unwatched), "import", str(folder / "voices.db"), str(saved), "-q"], said, prepare
    )


def assert_failed_well(ended: Ended, db: Path, wanted: list[dict[str, Any]]) -> None:
    assert ended.code == 1, ended
    assert re.fullmatch(r"blog-to-sqlite: [^\n]+\n", ended.stderr), ended
    assert exported(db) == wanted[: len(exported(db))] != []


def test_a_file_that_may_not_grow_ends_the_run_and_loses_nothing(
    tmp_path: Path, begun: Path, saved: Path, wanted: list[dict[str, Any]]
) -> None:
    codes, messages = [], set()
    for kilobytes in (1, 4, 10, 20, 40, 80, 160, 320, 640, 2000):
        folder = tmp_path / str(kilobytes)
        shutil.copytree(begun, folder)
        limit = kilobytes * 1024
        ended = run_import(folder, saved, lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        codes.append(ended.code)
        if ended.code:
            messages.add(ended.stderr.partition(": ")[2].rpartition(": ")[2])
            assert_failed_well(ended, folder / "voices.db", wanted)
            assert run_import(folder, saved).code == 0
        assert exported(folder / "voices.db") == wanted
        assert_sound(folder / "voices.db")
    print(f"exit codes by limit: {codes}; {messages}")
    assert codes[0] == 1 and codes[-1] == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system of a few MB can be mounted here: that takes root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_ends_the_run_and_loses_nothing(
    small_disk: Path, begun: Path, saved: Path, wanted: list[dict[str, Any]]
) -> None:
    codes, messages = [], set()
    for free in FREE:
        folder = small_disk / "archive"
        shutil.copytree(begun, folder)
        filler = small_disk / "filler"
        fill_but(filler, free * 1024)
        ended = run_import(folder, saved)
        codes.append(ended.code)
        if ended.code:
            messages.add(ended.stderr.partition(": ")[2].rpartition(": ")[2])
            assert_failed_well(ended, folder / "voices.db", wanted)
            filler.unlink()
            assert run_import(folder, saved).code == 0
        assert exported(folder / "voices.db") == wanted
        assert_sound(folder / "voices.db")
        filler.unlink(missing_ok=True)
        shutil.rmtree(folder)
    print(f"exit codes by kB that were free: {dict(zip(FREE, codes, strict=True))}; {messages}")
    assert codes[0] == 1 and codes[-1] == 0


def test_a_run_whose_end_has_no_room_in_the_database_itself_has_failed(
    small_disk: Path, begun: Path, saved: Path, wanted: list[dict[str, Any]]
) -> None:
    """What it wrote is in the WAL, which must not be taken for a rest that may go."""
    folder = small_disk / "archive"
    shutil.copytree(begun, folder)
    db, wal, filler = folder / "voices.db", folder / "voices.db-wal", small_disk / "filler"
    ended, free = None, 0
    while ended is None or (ended.code and exported(db) != wanted):  # as much as takes the WAL, and no more
        shutil.rmtree(folder)
        shutil.copytree(begun, folder)
        filler.unlink(missing_ok=True)
        free += 64 * 1024
        fill_but(filler, free)
        ended = run_import(folder, saved)
    assert (ended.code, ended.stderr) == (1, f"blog-to-sqlite: {db}: the disk is full\n")
    assert wal.stat().st_size
    filler.unlink()
    assert run_import(folder, saved).code == 0
    assert not wal.exists()
    assert exported(db) == wanted


def fill_but(path: Path, free: int) -> None:
    """A file that leaves so many bytes of its file system."""
    space = os.statvfs(path.parent)
    path.write_bytes(bytes(space.f_bavail * space.f_frsize - free))


@pytest.mark.parametrize(
    "arguments",
    [
        ["backup", "DB", "DISK/copy.db"],
        ["reparse", "DB", "--dry-run"],
        ["merge", "DB/../all.db", "DB"],
        *(["export", "DB", f"DISK/{form}", "--to", form] for form in ("sqlite", "csv", "html", "markdown", "parquet")),
        *(["export", "DB", f"DISK/{form}", "--to", form] for form in ("jsonl", "epub", "wxr", "warc", "wacz")),
    ],
    ids=lambda arguments: " ".join(arguments).replace("/", "-"),
)
def test_it_is_said_which_disk_is_full(
    small_disk: Path, begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    db = begun / "voices.db"
    monkeypatch.setattr("tempfile.tempdir", str(small_disk))
    fill_but(small_disk / "filler", 4096 if arguments[0] != "export" or arguments[-1] == "html" else 0)
    before = sorted(small_disk.iterdir())
    given = [each.replace("DB/..", str(begun)).replace("DB", str(db)) for each in arguments]
    ended = run_forked([each.replace("DISK", str(small_disk)) for each in given], tmp_path)
    assert ended.code == 1, ended
    named = (
        given[2].replace("DISK", str(small_disk)) if arguments[0] in ("backup", "export") else f"{small_disk}/[^\n]*"
    )
    assert re.fullmatch(rf"blog-to-sqlite: {named}: [^\n]*(the disk is full|No space left)[^\n]*\n", ended.stderr)
    assert sorted(small_disk.iterdir()) == before
    assert_sound(db)
