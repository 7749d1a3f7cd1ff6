"""The commands of the tutorial, run as they stand, say what it shows."""

from __future__ import annotations

import fnmatch
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.demo_server import BLOG, serve_folder

BLOCK = re.compile(r"^```console\n(.*?)^```", re.M | re.S)
SITE = "http://127.0.0.1:8321"


def commands(page: str) -> list[tuple[str, list[str]]]:
    """Each command with the lines that it is shown to print."""
    found: list[tuple[str, list[str]]] = []
    for block in BLOCK.findall(page):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def is_shown(shown: list[str], printed: str) -> bool:
    """Whether the lines are what was printed; … stands for anything, a line of it for any lines."""
    pattern = "\n".join(shown).replace("[", "[[]").replace("?", "[?]").replace("*", "[*]").replace("…", "*")
    return fnmatch.fnmatchcase(f"{printed.rstrip()}\n", f"{pattern}*\n")


def test_what_the_tutorial_shows_is_what_is_printed(repo_root: Path, tmp_path: Path) -> None:
    if not Path(sys.executable).with_name("blog-to-sqlite").exists():
        pytest.skip("the package is not installed in this environment")
    page = (repo_root / "docs" / "tutorial.md").read_text(encoding="utf-8")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    ran = commands(page)
    with serve_folder(BLOG) as server:
        for command, shown in ran:
            line = command.replace(SITE, server.site)
            done = subprocess.run(
                line,
                shell=True,
                cwd=tmp_path,
                capture_output=True,
                text=True,
                check=False,
                env={**os.environ, "PATH": path},
            )
            printed = (done.stderr + done.stdout).replace(server.site, SITE)
            assert done.returncode == 0, (command, done.stderr)
            assert is_shown(shown, printed), (command, printed)
    assert len(ran) > 10
