"""What is released: built from this tree, installed where nothing else is, with the oldest packages that it asks for."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

DATA = ("scraper/py.typed", "scraper/extract/data/blocks.npz", "scraper/store/migrations/0001_archive.sql")
MAN = "share/man/man1/blog-to-sqlite.1"
OFFLINE = re.compile(
    r"connection (broken|refused|reset)|newconnectionerror|name resolution|network is unreachable", re.I
)


def run(*words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in words], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def built(repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    done = run(sys.executable, "-m", "hatchling", "build", "-d", folder, folder=repo_root)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_wheel_holds_all_that_the_program_reads(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert set(DATA) <= set(names)
    assert [name for name in names if name.endswith(MAN)]
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "data/"))]


def test_the_source_holds_what_it_takes_to_build_and_test_it(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    assert {
        *DATA,
        "pyproject.toml",
        "Makefile",
        "LICENSE",
        "README.md",
        "tests/test_package.py",
        "docs/tutorial.md",
    } <= names


def test_it_runs_with_the_oldest_packages_that_it_asks_for(built: Path, repo_root: Path, tmp_path: Path) -> None:
    project = tomllib.loads((repo_root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest = tmp_path / "oldest.txt"
    oldest.write_text("\n".join(each.replace(">=", "==") for each in project["dependencies"]))
    venv.create(tmp_path / "venv", with_pip=True)
    (wheel,) = built.glob("*.whl")
    python = tmp_path / "venv" / "bin" / "python"
    done = run(python, "-m", "pip", "install", "-q", wheel, "-c", oldest, folder=tmp_path)
    if done.returncode != 0 and OFFLINE.search(done.stderr):
        pytest.skip("no network for the packages")
    assert done.returncode == 0, done.stderr
    command, blog = python.with_name("blog-to-sqlite"), repo_root / "tests" / "fixtures" / "demo-blog"
    done = run(command, "import", "a.db", blog, "--url", "https://blog.example/", folder=tmp_path)
    assert (done.returncode, "6 new posts" in done.stderr) == (0, True), done.stderr
    assert "sound" in run(command, "check", "a.db", folder=tmp_path).stdout
