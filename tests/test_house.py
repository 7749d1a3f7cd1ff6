"""What holds for the whole house: its public names, and that nothing heavy is loaded before it is needed."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

PUBLIC = {
    "ArchiveError",
    "ArchiveLocked",
    "ArchiveTooNew",
    "InputError",
    "MissingExtra",
    "ScraperError",
    "UsageError",
    "Archive",
    "extract_page",
    "join_thread",
    "Byline",
    "Claim",
    "Comment",
    "Page",
    "Person",
    "Post",
    "Removal",
    "Thread",
    "When",
}
HEAVY = ("bs4", "fastwarc", "lxml", "nh3", "requests", "rich", "sqlite_utils", "turbohtml", "urllib3", "warcio")
HELP_CPU_SECONDS = 0.6  # the goal is half of it (benchmarks/RESULTS.md); a busy machine must not fail this


def run_python(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, cwd=folder)


def test_public_names_are_exactly_these() -> None:
    import scraper

    assert set(scraper.__all__) == PUBLIC
    assert len(scraper.__all__) == len(PUBLIC)


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_each_public_name_can_be_had(name: str) -> None:
    import scraper

    assert getattr(scraper, name).__name__ == name


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    import scraper

    with pytest.raises(AttributeError, match="no_such_name"):
        scraper.no_such_name  # noqa: B018


@pytest.mark.parametrize("module", ["scraper", "scraper.cli.main", "scraper.model", "scraper.run"])
def test_import_loads_nothing_heavy(module: str) -> None:
    probe = f"import sys, {module}; print(*sorted(set(sys.modules) & set({HEAVY!r})))"
    done = run_python("-c", probe)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_help_costs_little_cpu() -> None:
    run_python("-m", "scraper", "--help")  # writes the byte code
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = run_python("-m", "scraper", "--help")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert done.returncode == 0, done.stderr
    assert "Usage:" in done.stdout
    assert cpu < HELP_CPU_SECONDS


def test_the_installed_command_is_the_module() -> None:
    command = Path(sys.executable).with_name("blog-to-sqlite")
    if not command.exists():
        pytest.skip("the package is not installed in this environment, so there is no command")
    installed = subprocess.run([str(command), "--version"], capture_output=True, text=True, check=False)
    assert installed.stdout == run_python("-m", "scraper", "--version").stdout != ""


def test_the_package_works_from_any_folder(tmp_path: Path) -> None:
    if not Path(sys.executable).with_name("blog-to-sqlite").exists():
        pytest.skip("the package is not installed in this environment, so only its own folder knows it")
    done = run_python("-c", "import scraper; print(scraper.__version__)", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().count(".") == 2


def test_the_map_of_the_house_names_every_module(repo_root: Path) -> None:
    page = (repo_root / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:[a-z_]+/)*(\w+\.py)`", page))
    there = {
        path.name
        for path in (repo_root / "scraper").rglob("*.py")
        if path.parent.name not in ("commands", "platforms") and not path.name.startswith("__")
    }
    assert (there - named, named - there) == (set(), set())
