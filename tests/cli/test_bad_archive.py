"""Whatever stands where the archive should be: every verb says so in one line, with its exit code, and changes nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.cli.main import cli
from scraper.store.schema import VERSION
from tests.cli.conftest import POST_HTML, Call, assert_plain, page

READING = ("list", "show", "search", "stats", "export")
WRITING = ("grab", "import")
CRAWLING = ("crawl", "update")  # they find the operator's contact in the archive
ALL = (
    *READING,
    "check",
    *WRITING,
    *CRAWLING,
)  # of damage inside, check has more to say than one line: tests/run/test_check.py

Spoil = Callable[[Path], None]


def arguments(verb: str, db: Path, new: Path) -> tuple[object, ...]:
    """The verb as it would be called on an archive, so that it reads posts and comments, or writes."""
    more: dict[str, tuple[object, ...]] = {
        "grab": ("http://127.0.0.1:1/",),  # refused before it is asked for, but an event of the run
        "import": (new,),
        "crawl": ("http://127.0.0.1:1/",),
        "update": (),
        "list": (),
        "show": ("1",),
        "search": ("bread",),
        "stats": (),
        "export": ("-", "--to", "jsonl"),
        "check": (),
    }
    return (verb, db, *more[verb])


def foreign(db: Path) -> None:
    db.unlink()
    connection = sqlite3.connect(db)
    connection.execute("CREATE TABLE posts (id)")
    connection.commit()
    connection.close()


def newer(db: Path) -> None:
    connection = sqlite3.connect(db)
    connection.execute("PRAGMA user_version = 999")
    connection.close()


def cut_to(size: int) -> Spoil:
    def cut(db: Path) -> None:
        db.write_bytes(db.read_bytes()[:size])

    return cut


def written(data: bytes) -> Spoil:
    def write(db: Path) -> None:
        db.write_bytes(data)

    return write


def folder(db: Path) -> None:
    db.unlink()
    db.mkdir()


def pipe(db: Path) -> None:
    db.unlink()
    os.mkfifo(db)


def device(db: Path) -> None:
    db.unlink()
    db.symlink_to("/dev/zero")


def no_parent(db: Path) -> None:
    shutil.rmtree(db.parent)


def flipped(*names: str, begin: int = 0, end: int = 4096) -> Spoil:
    """Turns over the bits of the first page of these tables' b-trees, from `begin` to `end` of the page."""

    def flip(db: Path) -> None:
        connection = sqlite3.connect(db)
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        starts = [size * (connection.execute(sql, (name,)).fetchone()[0] - 1) for name in names]
        connection.close()
        data = bytearray(db.read_bytes())
        for start in starts:
            for at in range(start + begin, start + end):
                data[at] ^= 0xFF
        db.write_bytes(data)

    return flip


def other_schema(old: bytes, new: bytes) -> Spoil:
    def change(db: Path) -> None:
        data = db.read_bytes()
        assert old in data
        db.write_bytes(data.replace(old, new, 1))

    return change


def renumbered(db: Path) -> None:
    """Gives the only post another number in its table, but not in the table's indexes."""
    connection = sqlite3.connect(db)
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'posts'").fetchone()
    connection.close()
    data = bytearray(db.read_bytes())
    start = page_size * (root - 1)
    at = start + int.from_bytes(data[start + 8 : start + 10])  # its cell: a length of some bytes, then its number
    while data[at] & 0x80:
        at += 1
    assert data[at + 1] == 1
    data[at + 1] = 5
    db.write_bytes(data)


DAMAGED = "the database is damaged"
NOT_OURS = "a SQLite database, but not an archive of this program"

# What stands there, the verbs that meet it, their exit code, and what they say.
SPOILED: dict[str, tuple[Spoil, tuple[str, ...], int, str]] = {
    "not ours": (foreign, ALL, 1, NOT_OURS),
    "newer": (newer, ALL, 4, f"written by a newer version (schema 999, this one knows {VERSION})"),
    "text": (written(b"no database, but long enough\n" * 200), ALL, 1, "not a SQLite database"),
    "a page": (written(POST_HTML), ALL, 1, "not a SQLite database"),
    "empty": (written(b""), READING, 1, "an empty file, not an archive"),
    "cut in its header": (cut_to(50), READING + WRITING, 1, DAMAGED),
    "cut in its schema": (cut_to(5000), READING + WRITING, 1, DAMAGED),
    "cut in the middle": (cut_to(4096 * 20), READING + WRITING, 1, DAMAGED),
    "posts turned over": (flipped("posts"), READING + WRITING, 1, DAMAGED),
    "comments turned over": (flipped("comments"), ("show", "search", "stats", "export", *WRITING), 1, DAMAGED),
    "index turned over": (flipped("posts_fts_data"), ("search",), 1, DAMAGED),
    "runs turned over": (flipped("runs"), WRITING, 1, DAMAGED),
    "middle of a page": (flipped("posts", begin=3800), READING, 1, "damaged (a text is not UTF-8)"),
    "a row that is lost": (renumbered, ("export",), 1, "damaged (post 1 is only in an index)"),
    "a name that is no text": (other_schema(b"TABLE posts", b"TABLE po\xf3ts"), READING + WRITING, 1, DAMAGED),
    "a folder": (folder, READING + WRITING, 2, "is a directory"),
    "a FIFO": (pipe, READING + WRITING, 2, "not a regular file"),
    "a device": (device, READING + WRITING, 2, "not a regular file"),
    "missing": (Path.unlink, READING, 2, "does not exist"),
    "no folder for it": (no_parent, READING, 2, "does not exist"),
    "no folder for a new one": (no_parent, WRITING, 2, "no such folder"),
}
CASES = [(name, verb) for name, (_, verbs, _, _) in SPOILED.items() for verb in verbs]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with one post and its thread."""
    saved = tmp_path_factory.mktemp("sound") / "post.html"
    saved.write_bytes(POST_HTML)
    path = saved.with_name("voices.db")
    assert CliRunner().invoke(cli, ["import", str(path), str(saved)]).exit_code == 0
    return path


@pytest.fixture
def apart(sound: Path, tmp_path: Path) -> Path:
    """A copy of it in a folder of its own, without its captures: nothing mends it on the way."""
    home = tmp_path / "home"
    home.mkdir()
    return shutil.copy(sound, home / sound.name)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A page that the archive does not hold."""
    path = tmp_path / "new.html"
    path.write_bytes(page("new"))
    return path


@pytest.mark.parametrize(("name", "verb"), CASES, ids=[f"{verb}, {name}" for name, verb in CASES])
def test_what_is_no_sound_archive_is_told_in_one_line(call: Call, apart: Path, new: Path, name: str, verb: str) -> None:
    spoil, _, code, why = SPOILED[name]
    spoil(apart)
    before = apart.read_bytes() if apart.is_file() else None
    found = call(*arguments(verb, apart, new))
    (line,) = assert_plain(found)
    assert found.exit_code == code
    assert line.startswith("blog-to-sqlite: ") and why in line
    assert (apart if why != "no such folder" else apart.parent).name in line
    if before is not None and verb in READING:
        assert apart.read_bytes() == before


@pytest.mark.parametrize("spoil", [foreign, newer, written(b"text\n" * 2000)], ids=["not ours", "newer", "text"])
def test_what_is_not_ours_is_not_written_to(call: Call, apart: Path, new: Path, spoil: Spoil) -> None:
    spoil(apart)
    before, beside = apart.read_bytes(), set(apart.parent.iterdir())
    for verb in (*WRITING, *CRAWLING):
        call(*arguments(verb, apart, new))
        assert set(apart.parent.iterdir()) == beside, verb
    assert apart.read_bytes() == before


@pytest.mark.parametrize("spoil", [foreign, newer, written(b"text\n" * 2000)], ids=["not ours", "newer", "text"])
def test_a_lock_s_file_that_was_there_stays(call: Call, apart: Path, new: Path, spoil: Spoil) -> None:
    spoil(apart)
    lock = apart.with_name("voices.db.lock")
    lock.touch()
    call("import", apart, new)
    assert lock.read_bytes() == b""


def test_an_empty_or_missing_file_becomes_an_archive(call: Call, tmp_path: Path, new: Path) -> None:
    (tmp_path / "empty.db").touch()
    for name in ("empty.db", "missing.db"):
        assert call("import", tmp_path / name, new).exit_code == 0
        assert "Slow bread" in call("list", tmp_path / name).stdout


def test_an_archive_is_not_named_like_its_captures(call: Call, tmp_path: Path, new: Path) -> None:
    found = call("import", tmp_path / "voices.warc", new)
    (line,) = assert_plain(found)
    assert found.exit_code == 2
    assert "voices.warc" in line
    assert not (tmp_path / "voices.warc").exists()


def test_a_file_in_place_of_the_captures_ends_the_run(call: Call, apart: Path, new: Path) -> None:
    apart.with_suffix(".warc").write_text("in the way")
    found = call("import", apart, new)
    (line,) = assert_plain(found)
    assert found.exit_code == 1
    assert "voices.warc: cannot be written" in line
    assert "Slow bread" in call("list", apart).stdout


def test_a_folder_in_place_of_the_lock_is_told(call: Call, apart: Path, new: Path) -> None:
    apart.with_name("voices.db.lock").mkdir()
    found = call("import", apart, new)
    (line,) = assert_plain(found)
    assert found.exit_code == 1
    assert "voices.db.lock: no lock file can be opened" in line


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "why"),
    [(0o400, 0o700, "cannot be written to"), (0o400, 0o500, "cannot be written to")],
    ids=["the file", "the file and its folder"],
)
def test_a_read_only_archive_is_read_and_not_written(
    apart: Path, new: Path, repo_root: Path, without_rights: list[str], file_mode: int, folder_mode: int, why: str
) -> None:
    apart.chmod(file_mode)
    apart.parent.chmod(folder_mode)
    before = apart.read_bytes()
    try:
        for verb in READING + WRITING:
            command = [sys.executable, "-m", "scraper", *(str(each) for each in arguments(verb, apart, new))]
            done = subprocess.run(
                [*without_rights, *command], cwd=repo_root, capture_output=True, text=True, check=False
            )
            if verb in READING:
                assert (done.returncode, done.stderr) == (0, ""), verb
                assert ("Slow bread" if verb != "stats" else "commenter") in done.stdout
            else:
                assert (done.returncode, done.stdout) == (1, ""), verb
                (line,) = done.stderr.splitlines()
                assert line.startswith("blog-to-sqlite: ") and str(apart) in line and why in line
    finally:
        apart.parent.chmod(0o700)
    assert apart.read_bytes() == before


def test_an_archive_that_may_not_be_read_is_told(apart: Path, repo_root: Path, without_rights: list[str]) -> None:
    apart.chmod(0)
    command = [*without_rights, sys.executable, "-m", "scraper", "list", str(apart)]
    done = subprocess.run(command, cwd=repo_root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"blog-to-sqlite: {apart}: cannot be opened\n"
