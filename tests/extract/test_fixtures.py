"""Every golden fixture reads as a person says it should, field by field."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.extract import extract_page, extract_text, join_thread
from scraper.extract.recipe.recipes import with_recipe
from scraper.extract.recipe.selector_recipe import parse_recipe
from scraper.model import Page
from tests.conftest import FIXTURES, Golden
from tests.extract.compare import differences


def page_of(golden: Golden) -> Page:
    read = extract_text if golden.is_text else extract_page
    page = read(golden.page, golden.url, fetched_at=golden.fetched_at, headers=golden.headers)
    file = golden.folder / "recipe.toml"
    if not file.exists():
        return page
    recipe = parse_recipe(file.read_text(encoding="utf-8"), file.name)
    return with_recipe(page, golden.page, recipe, fetched_at=golden.fetched_at)


def test_a_fixture_reads_as_expected(golden: Golden) -> None:
    assert differences(page_of(golden), golden.expected) == []


@pytest.mark.parametrize("file", sorted(FIXTURES.glob("*--*/thread.json")), ids=lambda file: file.parent.name)
@pytest.mark.parametrize("first", ["as listed", "reversed"])
def test_comment_pages_join_to_one_thread_whichever_comes_first(
    file: Path, first: str, load_golden: Callable[[str], Golden]
) -> None:
    stated = json.loads(file.read_text(encoding="utf-8"))
    folders = stated["pages"] if first == "as listed" else stated["pages"][::-1]
    thread = join_thread([page_of(load_golden(name)) for name in folders])
    assert thread.post_url == stated["post_url"]
    assert [comment.id for comment in thread.comments] == [each["id"] for each in stated["comments"]]
    parents = [thread.comments[c.parent].id if c.parent is not None else None for c in thread.comments]
    assert parents == [each["parent"] for each in stated["comments"]]
