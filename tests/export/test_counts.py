"""What goes into an export comes out of it, in every format, read back by other tools."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.export.exporting import export_archive
from scraper.export.formats import FORMATS
from scraper.run.importing.imports import ImportOptions, import_paths
from scraper.settings import Settings
from tests.export.conftest import counts
from tests.export.reading import READERS

CAPTURES = ("drupal7-seedlike", "wordpress-tt1")


def test_every_format_can_be_read_back() -> None:
    assert READERS.keys() == FORMATS.keys()


@pytest.mark.parametrize("form", FORMATS)
def test_a_blog_has_as_many_posts_and_comments_in_every_format(form: str, made_blog: Path, tmp_path: Path) -> None:
    assert export_archive(made_blog, tmp_path / "out", FORMATS[form]) == 3
    assert READERS[form](tmp_path / "out") == counts(made_blog) == (3, 4)


@pytest.mark.parametrize("form", FORMATS)
def test_a_condition_chooses_posts_with_their_threads(form: str, made_blog: Path, tmp_path: Path) -> None:
    where = "kind = 'post' AND comments_held > 3"
    export_archive(made_blog, tmp_path / "out", FORMATS[form], condition=where)
    assert READERS[form](tmp_path / "out") == (1, 4)


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_selection_is_a_valid_export(form: str, made_blog: Path, tmp_path: Path) -> None:
    assert export_archive(made_blog, tmp_path / "out", FORMATS[form], condition="0") == 0
    assert READERS[form](tmp_path / "out")[1] == 0


@pytest.mark.parametrize("form", FORMATS)
def test_a_hostile_archive_loses_nothing(form: str, hostile: Path, tmp_path: Path) -> None:
    export_archive(hostile, tmp_path / "out", FORMATS[form])
    assert READERS[form](tmp_path / "out") == counts(hostile) == (10, 302)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", CAPTURES)
def test_every_capture_has_as_many_in_every_format(
    name: str, form: str, captured: dict[str, Path], tmp_path: Path
) -> None:
    db = captured[name]
    export_archive(db, tmp_path / "out", FORMATS[form])
    posts, comments = counts(db)
    assert READERS[form](tmp_path / "out") == (posts, comments)
    assert posts > 30
    assert comments > 250


@pytest.mark.parametrize("form", FORMATS)
def test_the_demo_blog_has_as_many_in_every_format(form: str, demo: Path, tmp_path: Path) -> None:
    export_archive(demo, tmp_path / "out", FORMATS[form])
    assert READERS[form](tmp_path / "out") == counts(demo) == (7, 15)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, fixtures_folder: Path) -> Path:
    db = tmp_path_factory.mktemp("demo") / "demo.db"
    import_paths(db, [fixtures_folder / "demo-blog"], ImportOptions(), Settings())
    return db


@pytest.fixture(scope="session")
def captured(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("captured")
    for name in CAPTURES:
        import_paths(folder / f"{name}.db", [shared / "captures" / f"{name}.warc.gz"], ImportOptions(), Settings())
    return {name: folder / f"{name}.db" for name in CAPTURES}
