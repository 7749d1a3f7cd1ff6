"""The demo archive, in an empty folder, as the documentation calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.demo import make_demo


@pytest.fixture
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_demo(tmp_path / "voices.db")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "voices.db"
