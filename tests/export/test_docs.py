"""The commands of docs/exporting.md run as they stand."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from scraper.export.formats import FORMATS
from tests.export.conftest import Call


def test_every_command_makes_what_the_page_says(
    repo_root: Path, blog: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (repo_root / "docs" / "exporting.md").read_text(encoding="utf-8")
    monkeypatch.chdir(blog.parent)
    commands = re.findall(r"^ {4}blog-to-sqlite (.*)$|`blog-to-sqlite (.*?)` \|$", page, re.M)
    shown = set()
    for command in (indented or in_table for indented, in_table in commands):
        words = shlex.split(command)
        assert call(*words).exit_code == 0, command
        form, dest = words[words.index("--to") + 1], Path(words[2])
        assert dest.is_dir() == (FORMATS[form].makes == "folder")
        shown.add(form)
    assert shown == set(FORMATS)
    table = re.findall(r"^\| `(.*?)` \| (?:a )?(\w+) \|", page, re.M)
    assert table == [(form.name, form.makes) for form in FORMATS.values()]
