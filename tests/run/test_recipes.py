"""An archive keeps the recipes that its pages were read with, and uses those that are selectors again."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.errors import UsageError
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.recipes import LoadedRecipe, load_recipe
from scraper.run.report import Report
from scraper.settings import Settings
from tests.run.conftest import POST_HTML, Rows

TOML = 'title = "p.byline"\n[match]\nurl = "https://blog.example/*"\n'
PYTHON = "def recipe(soup):\n    return {'title': soup.select_one('.byline').get_text()}\n"
PAGES = "SELECT posts.title, recipes.name FROM pages JOIN posts ON posts.id = pages.post_id LEFT JOIN recipes ON sha256 = recipe ORDER BY pages.id"


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "recipes"
    folder.mkdir()
    return folder


def write(path: Path, text: str) -> LoadedRecipe:
    path.write_text(text, encoding="utf-8")
    return load_recipe(path)


def take(db: Path, page: Path, number: int, recipe: LoadedRecipe | None = None) -> Report:
    """Imports a page that is a new one for each number."""
    page.write_bytes(POST_HTML.replace(b"/slow-bread", f"/slow-bread-{number}".encode()))
    return import_paths(db, [page], ImportOptions(), Settings(), recipe=recipe)


def test_a_recipe_is_kept_with_the_pages_that_were_read_with_it(
    db: Path, page_file: Path, given: Path, rows: Rows
) -> None:
    take(db, page_file, 1)
    take(db, page_file, 2, write(given / "own.toml", TOML))
    assert rows(PAGES) == [("Slow bread", None), ("By Ann Lee", "own.toml")]
    assert rows("SELECT name, kind, text, until FROM recipes") == [("own.toml", "toml", TOML, None)]


def test_selectors_are_used_again_for_the_pages_they_match(db: Path, page_file: Path, given: Path, rows: Rows) -> None:
    take(db, page_file, 1, write(given / "own.toml", TOML))
    take(db, page_file, 2)
    page_file.write_bytes(POST_HTML.replace(b"blog.example", b"other.example"))
    import_paths(db, [page_file], ImportOptions(), Settings())
    assert rows(PAGES) == [("By Ann Lee", "own.toml"), ("By Ann Lee", "own.toml"), ("Slow bread", None)]


def test_selectors_that_match_no_url_and_python_are_for_one_run(
    db: Path, page_file: Path, given: Path, rows: Rows
) -> None:
    take(db, page_file, 1, write(given / "all.toml", 'title = "p.byline"'))
    take(db, page_file, 2, write(given / "own.py", PYTHON))
    take(db, page_file, 3)
    assert rows(PAGES) == [("By Ann Lee", "all.toml"), ("By Ann Lee", "own.py"), ("Slow bread", None)]


def test_a_new_text_of_a_name_replaces_the_old_one_and_the_old_one_may_come_back(
    db: Path, page_file: Path, given: Path, rows: Rows
) -> None:
    newer = TOML.replace("p.byline", "time")
    for number, text in enumerate((TOML, newer, TOML)):
        take(db, page_file, number, write(given / "own.toml", text))
        assert rows("SELECT text FROM recipes WHERE until IS NULL") == [(text,)]
    assert [title for title, _ in rows(PAGES)] == ["By Ann Lee", "14 May 2012", "By Ann Lee"]


def test_a_page_on_which_a_recipe_fails_is_kept_without_it_and_told(
    db: Path, page_file: Path, given: Path, rows: Rows
) -> None:
    report = take(db, page_file, 1, write(given / "own.py", PYTHON.replace(".byline", ".none")))
    said = f"recipe failed: {given / 'own.py'}: line 2: AttributeError: 'NoneType' object has no attribute 'get_text'"
    assert report.exit_code == 3
    assert report.summary.endswith(f"; {said}")
    assert rows(PAGES) == [("Slow bread", None)]
    assert rows("SELECT level, url, message FROM run_events") == [("error", "https://blog.example/slow-bread-1", said)]


def test_a_page_without_a_post_is_read_without_a_recipe(db: Path, page_file: Path, given: Path, rows: Rows) -> None:
    page_file.write_text('<html><body class="home blog"><meta name=generator content="WordPress 6"></body></html>')
    report = import_paths(
        db, [page_file], ImportOptions(), Settings(), recipe=write(given / "own.py", "def recipe(soup): 1 / 0")
    )
    assert report.exit_code == 0
    assert rows("SELECT kind, recipe FROM pages") == [("listing", None)]


def test_a_file_that_is_no_text_is_told(given: Path) -> None:
    (given / "own.toml").write_bytes(b"\xff")
    with pytest.raises(UsageError, match=r"own\.toml: UnicodeDecodeError"):
        load_recipe(given / "own.toml")
