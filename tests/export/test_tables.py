"""CSV and Parquet hold what the archive's rows hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.export import parquet
from scraper.export.csv_tables import cell
from scraper.export.exporting import export_archive
from scraper.export.formats import FORMATS
from tests.export.reading import read_parquet, read_table


def test_csv_has_times_parents_people_and_no_html(made_blog: Path, tmp_path: Path) -> None:
    export_archive(made_blog, tmp_path / "out", FORMATS["csv"])
    posts = {row["id"]: row for row in read_table(tmp_path / "out" / "posts.csv")}
    assert (posts["7"]["authors"], posts["7"]["tags"], posts["7"]["comments_held"]) == ("Ann Lee", "bread", "4")
    assert posts["7"]["text"].split("\n")[0] == "Flour"
    comments = read_table(tmp_path / "out" / "comments.csv")
    cy = next(row for row in comments if row["author"] == "cy")
    assert (cy["post_id"], cy["parent_id"], cy["published"]) == ("7", "11", "")
    assert (cy["published_earliest"], cy["published_precision"]) == ("2012-08-01T00:00:00Z", "interval")
    assert cy["captured_at"] == "2024-03-20T12:00:00Z"
    assert "html" not in cy
    assert [row["name"] for row in read_table(tmp_path / "out" / "people.csv")] == ["Ann Lee", "Nobody"]


def test_people_of_a_condition_are_those_who_sign(made_blog: Path, tmp_path: Path) -> None:
    export_archive(made_blog, tmp_path / "out", FORMATS["csv"], condition="id = 7")
    assert [row["bio_text"] for row in read_table(tmp_path / "out" / "people.csv")] == ["Ann bakes."]


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "\x1b=1", "\u202e=1"]
)
def test_what_looks_like_a_formula_is_text(text: str) -> None:
    assert cell(text).startswith("'")


@pytest.mark.parametrize("value", ["a=1", "1-2", "", None, -5, "'=1"])
def test_other_values_stay(value: object) -> None:
    assert cell(value) == value


def test_parquet_has_lists_numbers_and_nulls(made_blog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import duckdb

    monkeypatch.setattr(parquet, "GROUP_ROWS", 1)
    export_archive(made_blog, tmp_path / "out", FORMATS["parquet"])
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT p.authors, p.tags, count(*), sum(c.by_post_author::int), count(c.author) "
            "FROM read_parquet(?) p JOIN read_parquet(?) c ON c.post_id = p.id GROUP BY ALL",
            [str(tmp_path / "out" / "posts.parquet"), str(tmp_path / "out" / "comments.parquet")],
        ).fetchall()
        groups = connection.execute(
            "SELECT count(DISTINCT row_group_id) FROM parquet_metadata(?)", [str(tmp_path / "out" / "comments.parquet")]
        ).fetchall()
    assert found == [(["Ann Lee"], ["bread"], 4, 1, 3)]
    assert groups == [(4,)]
    assert read_parquet(tmp_path / "out") == (3, 4)
