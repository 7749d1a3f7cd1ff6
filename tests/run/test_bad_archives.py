"""Every verb tells in one line, with its exit code, what is no archive that it can use, and leaves it as it was."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.cli.main import VERBS, cli
from tests.run.conftest import POST_HTML
from tests.run.faults import run_forked
from tests.run.permissions import become_nobody

CALLS = {  # what follows the verb; DB and PAGE stand for the archive and a good page
    "grab": ("DB", "http://127.0.0.1:9/", "-q"),
    "import": ("DB", "PAGE", "-q"),
    "list": ("DB",),
    "show": ("DB", "1"),
    "search": ("DB", "bread"),
    "export": ("DB", "-", "--to", "jsonl"),
    "check": ("DB",),
    "check --repair": ("DB",),
}
WRITERS = ("grab", "import", "check --repair")
WITHOUT_ARCHIVE = {"extract", "explain"}
REFUSED_ADDRESS = 3  # how a good `grab` of the page above ends


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound archive and a page, in a folder."""
    folder = tmp_path_factory.mktemp("sound")
    (folder / "page.html").write_bytes(POST_HTML)
    assert CliRunner().invoke(cli, ["import", str(folder / "voices.db"), str(folder / "page.html")]).exit_code == 0
    return folder


def change(db: Path, statement: str) -> None:
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(statement)


def be_text(db: Path) -> None:
    db.write_text("not a database at all, but long enough to look at\n" * 99)


def be_another(db: Path) -> None:
    db.unlink()
    change(db, "CREATE TABLE posts (id)")


def be_damaged(db: Path) -> None:
    data = db.read_bytes()
    db.write_bytes(data[:4096] + b"\xaa" * (len(data) - 4096))


def be_cut(db: Path) -> None:
    data = db.read_bytes()
    db.write_bytes(data[: len(data) // 2])


def be_folder(db: Path) -> None:
    db.unlink()
    db.mkdir()


STATES: dict[str, tuple[Callable[[Path], object], int, str]] = {
    "text": (be_text, 1, "not a SQLite database"),
    "another program's": (be_another, 1, "not an archive of this program"),
    "newer": (lambda db: change(db, "PRAGMA user_version = 999"), 4, "written by a newer version"),
    "damaged": (be_damaged, 1, "damaged"),
    "cut": (be_cut, 1, "damaged"),
    "a folder": (be_folder, 2, "directory"),
}


def arguments(verb: str, folder: Path) -> list[str]:
    places = {"DB": str(folder / "voices.db"), "PAGE": str(folder / "page.html")}
    return [*verb.split(), *(places.get(each, each) for each in CALLS[verb])]


def contents(folder: Path) -> dict[str, bytes]:
    """All files but those that a database or a lock is used with."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.name: path.read_bytes() for path in files if not re.search(r"(\.lock|-wal|-shm)$", path.name)}


def test_every_verb_that_has_an_archive_is_tried() -> None:
    assert {verb.split()[0] for verb in CALLS} | WITHOUT_ARCHIVE == set(VERBS)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", CALLS)
def test_what_cannot_be_used_is_told_and_left_as_it_was(sound: Path, tmp_path: Path, verb: str, state: str) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(sound, folder)
    spoil, code, said = STATES[state]
    spoil(folder / "voices.db")
    before = contents(folder)
    done = CliRunner().invoke(cli, arguments(verb, folder))
    assert done.exit_code == code, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    lines = done.output.splitlines()
    assert said in lines[-1] or said in lines[0], done.output
    assert str(folder / "voices.db") in done.output
    assert code == 2 or len(lines) == 1 or verb.startswith("check")
    assert contents(folder) == before


@pytest.mark.parametrize("verb", CALLS)
def test_an_empty_file_is_no_archive_to_readers_and_a_place_for_one_to_writers(
    sound: Path, tmp_path: Path, verb: str
) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    shutil.copy(sound / "page.html", folder)
    (folder / "voices.db").touch()
    done = CliRunner().invoke(cli, arguments(verb, folder))
    if verb in ("grab", "import"):
        assert done.exit_code == (REFUSED_ADDRESS if verb == "grab" else 0)
        assert CliRunner().invoke(cli, ["check", str(folder / "voices.db")]).exit_code == 0
    else:
        assert (done.exit_code, done.output) == (
            1,
            f"blog-to-sqlite: {folder / 'voices.db'}: an empty file, not an archive\n",
        )
        assert (folder / "voices.db").stat().st_size == 0


@pytest.mark.parametrize("what", ["file", "folder"])
@pytest.mark.parametrize("verb", CALLS)
def test_where_nothing_can_be_written_readers_read_and_writers_say_so(
    sound: Path, open_folder: Path, verb: str, what: str
) -> None:
    folder = open_folder / "archive"
    shutil.copytree(sound, folder)
    (folder / "voices.db.lock").unlink()
    (folder / "voices.db").chmod(0o444)
    (folder / "page.html").chmod(0o644)
    folder.chmod(0o777 if what == "file" else 0o555)
    before = contents(folder)
    ended = run_forked(arguments(verb, folder), open_folder, become_nobody)
    if verb in WRITERS:
        assert (ended.code, ended.stdout) == (1, "")
        assert re.fullmatch(rf"blog-to-sqlite: {folder}/voices\.db(\.lock)?: [^\n]*\n", ended.stderr), ended.stderr
    else:
        assert (ended.code, ended.stderr) == (0, "")
        assert "bread" in ended.stdout or "sound; 1 segment" in ended.stdout
    assert contents(folder) == before
