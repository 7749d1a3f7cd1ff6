"""What is released: built from this tree, installed where nothing else is, with the oldest packages that it asks for
and, by each Python that the machine has, with the newest.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

DATA = (
    "scraper/py.typed",
    "scraper/extract/data/blocks.npz",
    "scraper/extract/data/words.npz",
    "scraper/store/migrations/0001_archive.sql",
)
MAN = "share/man/man1/blog-to-sqlite.1"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
# Python 3.12.0 to 3.12.3 take SQL's ?1 for a name, which no later one does.
NO_WARNINGS = "error,ignore:Binding:DeprecationWarning"
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


@pytest.fixture(scope="module")
def pythons(repo_root: Path) -> dict[str, str]:
    """The interpreters that this machine has, by version."""
    said = run("sh", "scripts/pythons.sh", "--list", folder=repo_root).stdout
    return dict(line.split(" ", 1) for line in said.splitlines())


def install(python: str | None, wheel: Path, folder: Path, *more: str | Path) -> Path:
    """The folder of commands of an environment where the wheel is, and what it asks for."""
    if python is None:
        pytest.skip("no such Python on the PATH or among pyenv's")
    made = run(python, "-m", "venv", "--without-pip", folder / "venv", folder=folder)
    assert made.returncode == 0, made.stderr
    place = folder / "venv" / "bin"
    pip = (sys.executable, "-m", "pip", "--python", place / "python", "install", "-q", "--no-compile")
    done = run(*pip, wheel, *more, folder=folder)
    if done.returncode != 0 and OFFLINE.search(done.stderr):
        pytest.skip("no network for the packages")
    assert done.returncode == 0, done.stderr
    return place


def test_it_runs_with_the_oldest_packages_that_it_asks_for(
    built: Path, pythons: dict[str, str], repo_root: Path, tmp_path: Path
) -> None:
    project = tomllib.loads((repo_root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest = tmp_path / "oldest.txt"
    oldest.write_text("\n".join(each.replace(">=", "==") for each in project["dependencies"]))
    (wheel,) = built.glob("*.whl")
    python = pythons.get(project["requires-python"].removeprefix(">="))
    command = install(python, wheel, tmp_path, "-c", oldest) / "blog-to-sqlite"
    blog = repo_root / "tests" / "fixtures" / "demo-blog"
    done = run(command, "import", "a.db", blog, "--url", "https://blog.example/", folder=tmp_path)
    assert (done.returncode, "6 new posts" in done.stderr) == (0, True), done.stderr
    assert "sound" in run(command, "check", "a.db", folder=tmp_path).stdout


@pytest.mark.parametrize("version", PYTHONS)
def test_it_runs_with_the_newest_packages(
    version: str,
    built: Path,
    pythons: dict[str, str],
    repo_root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (wheel,) = built.glob("*.whl")
    command = install(pythons.get(version), wheel, tmp_path) / "blog-to-sqlite"
    monkeypatch.setenv("PYTHONWARNINGS", NO_WARNINGS)
    blog = repo_root / "tests" / "fixtures" / "demo-blog"
    for words, told in (
        (("import", "a.db", blog, "--url", "https://blog.example/"), "6 new posts, 1 other page, 15 new comments"),
        (("process", "a.warc", "--out", "shards", "--jobs", "2"), "1 shard made"),
        (("reparse", "a.db", "--jobs", "2"), "nothing changed"),
        (("search", "a.db", "fog"), "Eleven kinds of fog"),
        (("export", "a.db", "a.jsonl", "--to", "jsonl"), "7 posts"),
        (("check", "a.db"), "sound"),
    ):
        done = run(command, *words, folder=tmp_path)
        assert (done.returncode, told in done.stdout + done.stderr) == (0, True), done.stdout + done.stderr
        assert "Warning" not in done.stderr


def test_the_pythons_that_are_named_are_those_that_are_tried(repo_root: Path) -> None:
    project = tomllib.loads((repo_root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [each for each in project["classifiers"] if each.startswith("Programming Language :: Python :: 3.")]
    assert [each.rpartition(" ")[2] for each in named] == list(PYTHONS[: len(named)])
    script = (repo_root / "scripts" / "pythons.sh").read_text(encoding="utf-8")
    assert f"for version in {' '.join(PYTHONS)}; do" in script
