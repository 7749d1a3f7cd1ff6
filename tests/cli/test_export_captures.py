"""Captures are exported from the command line to a file or to stdout, and what cannot be read is told."""

from __future__ import annotations

import gzip
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from scraper.cli.main import cli
from tests.export import archives

imported = archives.imported


def call(*words: object) -> Result:
    return CliRunner().invoke(cli, ["export", *map(str, words)])


def test_a_file_appears_and_the_captures_are_counted(imported: Path, tmp_path: Path) -> None:
    for form in ("warc", "wacz"):
        done = call(imported, tmp_path / f"out.{form}", "--to", form)
        assert (done.exit_code, done.stderr) == (0, f"{tmp_path / f'out.{form}'}: 5 captures\n")
    assert gzip.decompress((tmp_path / "out.warc").read_bytes()).count(b"WARC-Type: response") == 3
    with ZipFile(tmp_path / "out.wacz") as members:
        assert members.testzip() is None


def test_those_of_chosen_posts_go_to_stdout(imported: Path) -> None:
    done = call(imported, "-", "--to", "warc", "--where", "title = 'Rye'")
    assert (done.exit_code, done.stderr) == (0, "")
    found = gzip.decompress(done.stdout_bytes)
    assert b"https://blog.example/rye" in found and b"slow-bread\r\n" not in found


def test_a_condition_that_is_none_leaves_no_file(imported: Path, tmp_path: Path) -> None:
    done = call(imported, tmp_path / "out.wacz", "--to", "wacz", "--where", "title ==")
    assert (done.exit_code, (tmp_path / "out.wacz").exists()) == (2, False)


def test_captures_have_no_pseudonyms(imported: Path, tmp_path: Path) -> None:
    done = call(imported, tmp_path / "out.warc", "--to", "warc", "--pseudonymise")
    assert done.exit_code == 2 and "no pseudonyms" in done.stderr


@pytest.mark.parametrize("form", ["warc", "wacz"])
def test_records_that_are_lost_are_named_and_the_rest_is_written(form: str, imported: Path, tmp_path: Path) -> None:
    (first, _) = sorted(imported.with_suffix(".warc").glob("*.gz"))
    first.unlink()
    done = call(imported, tmp_path / "out", "--to", form)
    assert done.exit_code == 3
    lines = done.stderr.splitlines()
    assert len(lines) == 5 and lines[0].startswith("https://blog.example/") and lines[-1].endswith(": 1 capture")


def test_nothing_of_the_archive_is_replaced(imported: Path) -> None:
    segment = next(imported.with_suffix(".warc").glob("*.gz"))
    for place in (imported, segment):
        before = place.read_bytes()
        assert call(imported, place, "--to", "warc").exit_code == 2
        assert place.read_bytes() == before


@pytest.mark.parametrize("form", ["warc", "wacz"])
def test_an_earlier_export_is_replaced_unless_captures_cannot_be_read(
    form: str, imported: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert [call(imported, out, "--to", form).exit_code for _ in range(2)] == [0, 0]
    before = out.read_bytes()
    for segment in imported.with_suffix(".warc").iterdir():
        segment.unlink()
    done = call(imported, out, "--to", form)
    assert (done.exit_code, out.read_bytes() == before) == (3, True)
    assert done.stderr.splitlines()[-1].endswith(
        f"{out}: the earlier export stays, for 5 captures cannot be read; name a new file for the others"
    )


def test_of_an_archive_elsewhere_it_is_told_where_its_captures_are(imported: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert len(call(imported, tmp_path / "beside.db", "--to", "sqlite").stderr.splitlines()) == 1
    told = call(imported, elsewhere / "some.db", "--to", "sqlite").stderr.splitlines()[1]
    captures = imported.with_suffix(".warc")
    advice = f"copy that folder beside {elsewhere / 'some.db'}"
    assert told == f"its captures stay in {captures}, and `check` misses them; {advice}"
    captures.rename(elsewhere / captures.name)
    assert CliRunner().invoke(cli, ["check", str(elsewhere / "some.db")]).exit_code == 0
