"""The documentation: its reference is what the program says, its links lead somewhere, and it builds without a warning."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)(?:#[^)\s]*)?\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.M | re.S)


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, check=False, env={**os.environ, **environment})


def test_the_reference_is_what_help_says(repo_root: Path) -> None:
    done = run(sys.executable, str(repo_root / "scripts" / "reference.py"), "--check")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_site_builds_without_a_warning(repo_root: Path, tmp_path: Path) -> None:
    done = run(
        sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", str(repo_root / "docs"), str(tmp_path)
    )
    assert done.returncode == 0, done.stderr
    assert "blog-to-sqlite crawl" in (tmp_path / "cli.html").read_text(encoding="utf-8")


def test_links_between_pages_lead_somewhere(repo_root: Path) -> None:
    pages = [*repo_root.glob("*.md"), *(repo_root / "docs").rglob("*.md"), *(repo_root / "benchmarks").glob("*.md")]
    broken = [
        (page.name, target)
        for page in pages
        for target in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))
        if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists()
    ]
    assert len(pages) > 10
    assert broken == []


def test_the_man_page_is_sound(repo_root: Path) -> None:
    if shutil.which("man") is None:
        pytest.skip("man is not installed")
    done = run("man", "--warnings", "-l", str(repo_root / "docs" / "blog-to-sqlite.1"), LC_ALL="C.UTF-8", MANWIDTH="80")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Fetch a whole blog into DB" in done.stdout


def test_a_shell_completes_verbs_and_options() -> None:
    words = (sys.executable, "-c", "from scraper.cli.main import main; main()")
    verbs = run(*words, _BLOG_TO_SQLITE_COMPLETE="bash_complete", COMP_WORDS="blog-to-sqlite cr", COMP_CWORD="1")
    assert "plain,crawl" in verbs.stdout.splitlines()
    asked = "blog-to-sqlite export a.db b --t"
    options = run(*words, _BLOG_TO_SQLITE_COMPLETE="bash_complete", COMP_WORDS=asked, COMP_CWORD="4")
    assert "plain,--to" in options.stdout.splitlines()
