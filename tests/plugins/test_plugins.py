"""A package that is installed beside this one can describe a platform, and add a format of exports."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "bakery"
PAGE = """<meta name="generator" content="Bakery 3"><title>Rye - Our oven</title>
<div class="loaf"><b>Rye</b> <i class="baker">Ann Miller</i>
<div class="dough"><p>Three days of sour dough, one of patience, and half an hour of heat make a loaf of rye.</p></div></div>
<div class="crumbs"><div class="crumb" id="crumb-7"><u class="who">Tom</u><div class="what">Mine is flat.</div></div></div>
"""


def install(folder: Path, value: str | None = None) -> None:
    """What an installer makes of the example: the module, and the file that names its entry points."""
    project = tomllib.loads((HERE / "pyproject.toml").read_text())["project"]
    info = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    lines = []
    for group, points in project["entry-points"].items():
        lines += [f"[{group}]", *(f"{name} = {value or stated}" for name, stated in points.items())]
    (info / "entry_points.txt").write_text("\n".join(lines))
    for module in HERE.glob("*.py"):
        shutil.copy(module, folder)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{Path(__file__).parents[2]}"}
    words = [sys.executable, "-m", "scraper", *arguments]
    return subprocess.run(words, env=environment, cwd=folder, capture_output=True, text=True, check=False)


def test_a_platform_of_a_plug_in_is_read_as_it_says(tmp_path: Path) -> None:
    install(tmp_path / "site")
    (tmp_path / "rye.html").write_text(PAGE)
    done = run(tmp_path / "site", "extract", str(tmp_path / "rye.html"))
    page = json.loads(done.stdout)
    assert page["platform"] == "bakery"
    assert page["post"]["title"] == "Rye"
    assert [each["name"] for each in page["post"]["bylines"]] == ["Ann Miller"]
    assert [(each["id"], each["author"], each["text"]) for each in page["comments"]] == [("7", "Tom", "Mine is flat.")]


def test_readers_in_processes_of_their_own_know_it_too(tmp_path: Path) -> None:
    install(tmp_path / "site")
    (tmp_path / "rye.html").write_text(PAGE)
    db = tmp_path / "loaves.db"
    done = run(tmp_path / "site", "import", str(db), str(tmp_path / "rye.html"), "--url", "https://oven.example/rye")
    assert done.returncode == 0, done.stderr
    done = run(tmp_path / "site", "reparse", str(db), "--jobs", "1", "--dry-run")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_a_format_of_a_plug_in_is_one_of_export_s(tmp_path: Path) -> None:
    install(tmp_path / "site")
    (tmp_path / "rye.html").write_text(PAGE)
    db = str(tmp_path / "loaves.db")
    assert run(tmp_path / "site", "import", db, str(tmp_path / "rye.html"), "-q").returncode == 0
    done = run(tmp_path / "site", "export", db, "-", "--to", "labels")
    assert (done.returncode, done.stdout) == (0, "Rye: 1\n"), done.stderr
    assert "labels    a line for each loaf" in run(tmp_path / "site", "export", "--help").stdout


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("no_such_module:BAKERY", "cannot be loaded: ModuleNotFoundError"),
        ("stale_flour:BAKERY", "cannot be loaded: ZeroDivisionError: no loaves"),
        ("json:dumps", "is a function, not a Platform"),
    ],
    ids=["missing", "raising", "no platform"],
)
def test_a_plug_in_that_is_broken_is_named(tmp_path: Path, value: str, said: str) -> None:
    install(tmp_path / "site", value)
    (tmp_path / "site" / "stale_flour.py").write_text("raise ZeroDivisionError('no loaves')\n")
    (tmp_path / "rye.html").write_text(PAGE)
    done = run(tmp_path / "site", "extract", str(tmp_path / "rye.html"))
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith(f"blog-to-sqlite: plug-in bakery ({value}): {said}")
    assert done.stderr.count("\n") == 1
