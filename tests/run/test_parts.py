"""Saved pages of one post become one row, also where they are imported one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.settings import Settings
from scraper.store.reader import Reader
from tests.run.conftest import Rows

POST = "https://blog.example/2012/slow-bread/"
WORDS = ("It begins with rye, and with water from the well behind the house.", "It ends with butter, as all things do.")


def write(folder: Path, number: int) -> Path:
    pager = "".join(
        f'<span class="post-page-numbers current">{each}</span>'
        if each == number
        else f'<a class="post-page-numbers" href="{POST}{"" if each == 1 else "2/"}">{each}</a>'
        for each in (1, 2)
    )
    path = folder / f"{number}.html"
    path.write_text(
        f'<html><head><title>Slow bread</title><meta name="generator" content="WordPress 6"></head>'
        f'<body class="single single-post"><article class="post"><h1 class="entry-title">Slow bread</h1>'
        f'<div class="entry-content"><p>{WORDS[number - 1]}</p><p>{WORDS[number - 1]}</p>'
        f'<div class="page-links">Pages: {pager}</div></div></article></body></html>',
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_pages_imported_one_by_one_are_one_post(db: Path, tmp_path: Path, rows: Rows, order: tuple[int, int]) -> None:
    for number in order:
        options = ImportOptions(url=POST if number == 1 else f"{POST}2/")
        import_paths(db, [write(tmp_path, number)], options, Settings())
    text = "\n".join(words for words in WORDS for _ in range(2))
    assert rows("SELECT url, text, post_page, page_count FROM posts") == [(POST, text, 1, 2)]
    assert rows("SELECT url, post_page FROM pages ORDER BY url") == [(POST, 1), (f"{POST}2/", 2)]
    with Reader(db) as reader:
        for key in (POST, f"{POST}2/"):
            found = reader.post(key)
            assert found is not None and (found.text, found.missing_pages) == (text, ())


def test_a_reader_is_told_which_pages_are_missing(db: Path, tmp_path: Path) -> None:
    import_paths(db, [write(tmp_path, 2)], ImportOptions(url=f"{POST}2/"), Settings())
    with Reader(db) as reader:
        found = reader.post(POST)
    assert found is not None and found.missing_pages == (1,)
