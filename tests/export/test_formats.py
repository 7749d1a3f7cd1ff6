"""The table of formats is what the command offers; what is not installed is told with what to install."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scraper.export.formats import EXTRAS, FORMATS, all_formats, load_exporter
from tests.export.conftest import Call


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_has_an_exporter_and_a_line_in_the_help(form: str, call: Call) -> None:
    assert callable(load_exporter(FORMATS[form]))
    told = " ".join(call("export", "--help").stdout.split())
    assert f"{form} {FORMATS[form].about}" in told


@pytest.mark.parametrize(("form", "module"), EXTRAS.items())
def test_a_missing_extra_is_named_and_nothing_is_written(
    form: str, module: str, blog: Path, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    found = call("export", blog, tmp_path / "out", "--to", form)
    needed = f"--to {form}: needs the extra: pip install 'blog-to-sqlite[{form}]'"
    assert (found.exit_code, found.stdout, found.stderr) == (2, "", f"blog-to-sqlite: {needed}\n")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", [name for name, each in FORMATS.items() if each.makes != "text"])
def test_only_a_text_goes_to_stdout(form: str, blog: Path, call: Call) -> None:
    found = call("export", blog, "-", "--to", form)
    assert (found.exit_code, found.stderr) == (
        2,
        f"blog-to-sqlite: DEST: --to {form} makes a {FORMATS[form].makes}; name one\n",
    )


def test_how_many_posts_were_written_is_told_beside_the_results(blog: Path, tmp_path: Path, call: Call) -> None:
    found = call("export", blog, tmp_path / "out", "--to", "csv", "--where", "id = 7")
    assert (found.exit_code, found.stdout, found.stderr) == (0, "", f"{tmp_path / 'out'}: 1 post or page\n")


@pytest.mark.parametrize("where", ["id > 0", "id < 0"])
@pytest.mark.parametrize("form", [name for name, each in all_formats().items() if each.makes != "folder"])
def test_an_earlier_export_is_replaced_unasked(form: str, where: str, blog: Path, tmp_path: Path, call: Call) -> None:
    words = ("export", blog, tmp_path / "out", "--to", form, "--where", where)
    assert [call(*words).exit_code, call(*words).exit_code] == ([0, 2] if form == "sqlite" else [0, 0])
