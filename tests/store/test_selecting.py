"""A condition in SQL chooses posts, and can do nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.errors import UsageError
from scraper.store.lookup import selecting
from scraper.store.reader import Reader
from tests.export.conftest import make_blog


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_blog(tmp_path_factory.mktemp("blog") / "voices.db")


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        ("1", [8, 9, 7]),
        ("kind = 'post'", [8, 7]),
        ("author = 'Ann Lee' AND comments_held = 4 AND published > '2012'", [7]),
        ("id IN (SELECT post_id FROM comments WHERE author = 'cy') -- those of cy", [7]),
        ("id IN (SELECT rowid FROM posts_fts WHERE posts_fts MATCH 'winter')", [8]),
        ("lower(title) LIKE '%rye%' OR length(text) > 1e6", [8]),
        ("0", []),
    ],
)
def test_a_condition_may_ask_anything_of_posts(condition: str, ids: list[int], db: Path) -> None:
    with Reader(db) as reader:
        assert reader.find_posts(condition) == ids
        assert reader.find_posts("1") == [8, 9, 7]


@pytest.mark.parametrize(
    "condition",
    [
        "",
        "no_such_column",
        "1; DELETE FROM posts",
        "1) UNION SELECT 1 FROM posts WHERE (",
        "title = ?",
        "load_extension('x')",
        "id IN (SELECT 1 FROM pragma_table_info('posts'))",
        "(SELECT readfile('/etc/passwd'))",
        "(ATTACH 'x' AS y)",
        "\0",
        "\ud800",
    ],
)
def test_what_is_no_condition_is_told_in_one_line(condition: str, db: Path) -> None:
    with Reader(db) as reader, pytest.raises(UsageError, match="--where"):
        reader.find_posts(condition)


def test_rows_that_are_no_posts_are_left_out(db: Path) -> None:
    with Reader(db) as reader:
        assert reader.find_posts("0) UNION SELECT 4711 UNION SELECT id FROM posts WHERE (id = 8") == [8]


def test_a_condition_without_end_is_stopped(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selecting, "LONGEST_SECONDS", 0.2)
    endless = "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n)"
    with Reader(db) as reader:
        with pytest.raises(UsageError, match="longer than"):
            reader.find_posts(endless)
        assert reader.find_posts("id = 7") == [7]
