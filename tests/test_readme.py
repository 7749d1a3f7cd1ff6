"""The Python examples of README.md run as they stand, one after the other, in an empty folder with a saved page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Golden

_EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.M | re.S)


def test_the_examples_run_and_show_the_post(
    repo_root: Path,
    tmp_path: Path,
    load_golden: Callable[[str], Golden],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    examples = _EXAMPLE.findall((repo_root / "README.md").read_text(encoding="utf-8"))
    golden = load_golden("wordpress--classic-thread")
    (tmp_path / "page.html").write_bytes(golden.page)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for example in examples:
        exec(compile(example, "README.md", "exec"), names)
    extracted, *_, archived = capsys.readouterr().out.splitlines()
    assert len(examples) == 2
    assert extracted.startswith(golden.expected["title"])
    assert golden.expected["title"] in archived
    assert sorted(path.name for path in tmp_path.glob("*.db")) == ["voices.db"]
