"""A database that is not an archive, or not any more, costs one line and the documented code, whatever the verb."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scraper.cli.main import cli
from tests.run.conftest import POST_HTML

READING = (
    ["list"],
    ["show", "1"],
    ["search", "bread"],
    ["export", "-", "--to", "jsonl"],
    ["check"],
    ["check", "--repair"],
)
WRITING = (["import", "good.html"], ["grab", "https://blog.example/x"])


def run(db: Path, verb: list[str]) -> Result:
    return CliRunner().invoke(cli, [verb[0], str(db), *verb[1:]])


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("good.html").write_bytes(POST_HTML)
    path = tmp_path / "voices.db"
    assert run(path, ["import", "good.html"]).exit_code == 0
    return path


def not_ours(db: Path) -> None:
    db.unlink()
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("CREATE TABLE letters (a)")


def text_file(db: Path) -> None:
    db.write_text("Dear diary, this is no database. " * 200)


def newer(db: Path) -> None:
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("PRAGMA user_version = 99")


def folder(db: Path) -> None:
    db.unlink()
    db.mkdir()


def empty(db: Path) -> None:
    db.write_bytes(b"")


def torn_off(db: Path) -> None:
    os.truncate(db, 5_000)


def scribbled_on(db: Path) -> None:
    """Nonsense over every page but the first."""
    size = db.stat().st_size
    with db.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))


def missing(db: Path) -> None:
    db.unlink()


Harm = Callable[[Path], None]
CODES: list[tuple[Harm, int, int, str]] = [  # exit codes of reading and of writing verbs, and what is said
    (not_ours, 1, 1, "not an archive of this program"),
    (text_file, 1, 1, "not a SQLite database"),
    (newer, 4, 4, "written by a newer version"),
    (folder, 2, 2, "is a directory"),
    (torn_off, 1, 1, "damaged"),
    (scribbled_on, 1, 1, "damaged"),
    (missing, 2, 0, "does not exist"),
    (empty, 1, 0, "an empty file, not an archive"),
]


@pytest.mark.parametrize("verb", READING, ids=lambda verb: verb[0])
@pytest.mark.parametrize(("harm", "code", "_", "said"), CODES)
def test_verbs_that_read_say_what_is_wrong(db: Path, harm: Harm, code: int, _: int, said: str, verb: list[str]) -> None:
    harm(db)
    result = run(db, verb)
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert result.exit_code == code, (result.stdout, result.stderr)
    lines = (result.stderr or result.stdout).splitlines()
    assert said in lines[0] and str(db) in result.stderr
    assert len(result.stderr.splitlines()) == 1 and "Traceback" not in result.stderr


@pytest.mark.parametrize("verb", WRITING, ids=lambda verb: verb[0])
@pytest.mark.parametrize(("harm", "_", "code", "said"), [each for each in CODES if each[2]])
def test_verbs_that_write_say_so_and_leave_it_as_it_is(
    db: Path, harm: Harm, _: int, code: int, said: str, verb: list[str]
) -> None:
    harm(db)
    before = db.read_bytes() if db.is_file() else None
    result = run(db, verb)
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert result.exit_code == code and said in result.stderr, result.stderr
    assert len(result.stderr.splitlines()) == 1 and str(db) in result.stderr
    assert (db.read_bytes() if db.is_file() else None) == before


@pytest.mark.parametrize("harm", [missing, empty])
def test_where_there_is_none_an_import_makes_one_from_its_segments(db: Path, harm: Harm) -> None:
    harm(db)
    result = run(db, ["import", "good.html"])
    assert result.exit_code == 0
    assert "1 capture that had no row" in result.stderr and "1 held" in result.stderr
    assert run(db, ["check"]).exit_code == 0


def test_a_missing_folder_is_a_usage_error(tmp_path: Path) -> None:
    result = run(tmp_path / "no" / "voices.db", ["import", os.fspath(Path(__file__))])
    assert result.exit_code == 2 and "no such folder" in result.stderr and len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [[], ["nosuch"], ["--nosuch"], ["import"], ["import", "x.db"], ["grab", "x.db"]])
def test_wrong_arguments_are_one_line_that_names_the_help(arguments: list[str]) -> None:
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 2
    if arguments:
        assert len(result.stderr.splitlines()) == 1 and result.stderr.endswith("--help\n")
    else:
        assert "Commands:" in result.output
