"""`make bench` says what it misses, and its figures are those of their definitions."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest


@pytest.fixture(scope="module")
def table() -> ModuleType:
    path = Path(__file__).parent.parent / "benchmarks" / "table.py"
    spec = spec_from_file_location("bench_table", path)
    assert spec and spec.loader
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_without_pages_it_stops_with_a_plain_message(repo_root: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, repo_root / "benchmarks" / "bench.py"],
        env={**os.environ, "SHARED": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"No pages to measure on: {tmp_path} has no corpora/")


def test_an_empty_text_lowers_the_recall_alone(table: ModuleType) -> None:
    assert table.text_f1([(1.0, 0.0, 0.0), (0.0, 0.0, 1.0)]) == pytest.approx(2 * 1.0 * 0.5 / 1.5)
    assert table.text_f1([(0.0, 0.0, 1.0)]) == 0.0


def test_segments_are_counted_over_all_pages(table: ModuleType) -> None:
    assert table.segment_f1([(3, 1, 0), (0, 0, 2)]) == pytest.approx(6 / 9)


def test_an_interval_encloses_its_figure(table: ModuleType) -> None:
    title = next(measure for measure in table.MEASURES if measure.name == "title")
    values = [(index % 5, (float(index % 4 == 0),)) for index in range(100)]
    figure, interval = table.with_interval(title, values).split()
    low, high = interval.strip("()").split("-")
    assert float(low) < float(figure) == 0.25 < float(high)
    assert table.by_fold(title, values) == ".250 .250 .250 .250 .250"


def test_a_peer_without_the_field_has_an_empty_cell(table: ModuleType) -> None:
    score = SimpleNamespace(title_match=lambda gold, found: (int(gold == found), 0), score=lambda gold, found: {})
    rows = [{"id": "1", "fold": 0, "title": "A"}, {"id": "2", "fold": 1, "title": "B"}]
    outputs = [{"id": each, "ours": {"title": "A"}, "peer": {"text": "words"}} for each in "12"]
    figures, folds = table.quality(score, table.Run("set", rows, outputs, {}), ["ours", "peer"])
    assert figures == [("set", 2, "title", ".500 (.000-1.000)", "")]
    assert folds == [("set", "title", "1.000 .000 - - -", "")]
