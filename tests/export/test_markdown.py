"""A post as Markdown that other programs read as what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.export.exporting import export_archive
from scraper.export.formats import FORMATS


@pytest.fixture
def text(made_blog: Path, tmp_path: Path) -> str:
    export_archive(made_blog, tmp_path / "out", FORMATS["markdown"])
    assert {path.name for path in (tmp_path / "out").glob("*.md")} == {
        "2012-05-14-slow-bread-bob-stone-s-way-7.md",
        "undated-rye-8.md",
        "undated-about-9.md",
    }
    return (tmp_path / "out" / "2012-05-14-slow-bread-bob-stone-s-way-7.md").read_text(encoding="utf-8")


def test_front_matter_says_what_is_known(text: str) -> None:
    yaml = pytest.importorskip("yaml", reason="PyYAML comes with Datasette (extra 'web')")
    fields = yaml.safe_load(text.split("---\n")[1])
    assert (fields["title"], fields["date"]) == ("Slow bread: Bob Stone's way", "2012-05-14T10:04:00+02:00")
    assert (fields["authors"], fields["tags"], fields["comments"]) == (["Ann Lee"], ["bread"], 4)
    assert fields["captured_at"] == "2024-03-20T12:00:00Z"
    assert "modified" not in fields


def test_the_text_keeps_its_structure(text: str) -> None:
    assert "\n# Slow bread: Bob Stone's way\n" in text
    assert "\n## Flour\n" in text
    assert "Ask **Bob Stone** or @cy, or see\n[his page](https://bob.example/bread)" in text
    assert "\n````\nx = 1 < 2\n```\n````\n" in text
    assert "\n- one\n\n  - two\n" in text
    assert "[\\[A loaf\\]](https://pictures.example/loaf.png)" in text


def test_comments_are_a_nested_list_with_permalinks_and_honest_dates(text: str) -> None:
    thread = text.partition("\n## 4 comments\n")[2]
    assert "\n- **Bob Stone** · 2012-05-15 · [permalink](https://blog.example/2012/slow-bread#c-4711)\n" in thread
    assert "\n    - **cy** · 11 years ago (2012-08-01 to 2012-08-31)\n" in thread
    assert "\n        - **Ann Lee** · author of the post\n\n            Well said, @bob stone.\n" in thread
    assert "\n- **(no name)** · pingback\n\n    Elsewhere\n" in thread
