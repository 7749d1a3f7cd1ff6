"""Posts and comments to cite, with dates that say no more than is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scraper.export.citations import is_full_name
from scraper.export.exporting import export_archive
from scraper.export.formats import FORMATS
from tests.export.reading import bibtex_entries


@pytest.fixture
def items(made_blog: Path, tmp_path: Path) -> dict[str, dict[str, Any]]:
    export_archive(made_blog, tmp_path / "csl", FORMATS["csl-json"])
    return {item["id"]: item for item in json.loads((tmp_path / "csl").read_text(encoding="utf-8"))}


def test_csl_has_the_post_with_the_day_of_its_capture(items: dict[str, dict[str, Any]]) -> None:
    post = items["lee-2012-post-7"]
    assert (post["type"], post["author"]) == ("post-weblog", [{"given": "Ann", "family": "Lee"}])
    assert (post["issued"], post["accessed"]) == ({"date-parts": [[2012, 5, 14]]}, {"date-parts": [[2024, 3, 20]]})
    assert (post["container-title"], post["URL"]) == ("The Bakery", "https://blog.example/2012/slow-bread")
    assert "issued" not in items["post-8"]


def test_csl_has_each_comment_and_an_interval_is_circa(items: dict[str, dict[str, Any]]) -> None:
    bob, cy = items["stone-2012-comment-11"], items["cy-2012-comment-12"]
    assert (bob["URL"], bob["issued"]) == (
        "https://blog.example/2012/slow-bread#c-4711",
        {"date-parts": [[2012, 5, 15]]},
    )
    assert bob["title"] == "Comment on “Slow bread: Bob Stone's way”"
    assert cy["issued"] == {"date-parts": [[2012, 8, 1], [2012, 8, 31]], "circa": True}
    assert cy["author"] == [{"literal": "cy"}]
    assert "“11 years ago” when captured on 2024-03-20, that is between 2012-08-01 and 2012-08-31" in cy["note"]


def test_bibtex_says_the_same(made_blog: Path, tmp_path: Path) -> None:
    export_archive(made_blog, tmp_path / "bib", FORMATS["bibtex"])
    entries = bibtex_entries((tmp_path / "bib").read_text(encoding="utf-8"))
    post, cy = entries["lee-2012-post-7"], entries["cy-2012-comment-12"]
    for field in (
        "author = {Ann Lee}",
        "date = {2012-05-14}",
        "year = {2012}",
        "month = {5}",
        "urldate = {2024-03-20}",
    ):
        assert field in post
    assert "author = {{cy}}" in cy
    assert "year = {circa 2012}" in cy
    assert "date = {2012-08-01/2012-08-31}" in cy


@pytest.mark.parametrize(
    ("name", "is_full"),
    [("Ann Lee", True), ("Jean-Luc O’Neill", True), ("cy", False), ("Rock and Roll 7", False), ("x" * 200, False)],
)
def test_only_what_looks_like_a_full_name_is_taken_apart(name: str, is_full: bool) -> None:
    assert is_full_name(name) == is_full
