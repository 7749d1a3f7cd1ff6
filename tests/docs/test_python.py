"""The examples of docs/python.md run as they stand, one after the other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest


def test_the_examples_run(repo_root: Path, voices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pandas")
    page = (repo_root / "docs" / "python.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)
    names: dict[str, object] = {}
    for example in examples:
        exec(compile(example, "python.md", "exec"), names)
    said = capsys.readouterr().out
    assert len(examples) == 3
    assert "2012-05-14T10:00+00:00 Ann Lee Slow rye 5" in said
    assert "Morag counts waves." in said
    assert "Slow rye ['Ann has baked since 1990.'] 5" in said
