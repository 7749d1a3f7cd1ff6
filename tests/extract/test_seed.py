"""The page that the project began with, as HTML and as a text dump, holds what its expected.json says."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.extract import extract_page, extract_text
from scraper.model import Page
from scraper.text.prose import fold

CAPTURED = datetime(2024, 3, 20, 12, tzinfo=UTC)


@pytest.fixture(params=["page.html", "page.txt"])
def seed(request: pytest.FixtureRequest, shared: Path) -> tuple[Page, dict[str, Any]]:
    folder = shared / "seed"
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    content = (folder / request.param).read_bytes()
    if request.param == "page.html":
        return extract_page(content, None, fetched_at=CAPTURED), expected
    return extract_text(content, None), expected


def test_the_seed_page_gives_every_field(seed: tuple[Page, dict[str, Any]]) -> None:
    page, expected = seed
    post = page.post
    assert post is not None
    assert page.kind == "post"
    assert (post.title, post.section) == (expected["title"], expected["section"])
    assert (post.published and post.published.iso, post.published and post.published.precision) == ("2012-05-14", "day")
    assert (post.declared_comment_count, post.view_count) == (2, None)
    assert list(page.contexts) == expected["page_contexts"]
    kinds = {removal.kind for removal in page.removals}
    assert set(expected["stripped"]) - ({"jobs"} if page.source == "text" else set()) <= kinds


def test_the_seed_page_gives_every_word_and_no_chrome(seed: tuple[Page, dict[str, Any]]) -> None:
    page, expected = seed
    assert page.post is not None
    assert fold(page.post.text) == fold(" ".join(expected["body_paragraphs"]))
    assert len(page.post.text.split("\n")) == len(expected["body_paragraphs"])
    author = page.people[0]
    assert fold(author.bio_text or "") == fold(" ".join(expected["author"]["bio_paragraphs"]))
    assert (author.name, author.picture_alt) == (expected["author"]["name"], expected["author"]["picture_alt"])
    assert author.bio_source == expected["author"]["bio_attribution"]
    assert [byline.name for byline in page.post.bylines] == [expected["author"]["name"]]


def test_the_seed_page_gives_its_two_comments_and_invents_no_author(seed: tuple[Page, dict[str, Any]]) -> None:
    page, expected = seed
    assert len(page.comments) == len(expected["comments"])
    for comment, wanted in zip(page.comments, expected["comments"], strict=True):
        assert comment.author is None
        assert comment.parent is None
        assert comment.subject == wanted["subject"]
        assert fold(comment.text) == fold(" ".join(wanted["paragraphs"]))
        assert comment.published is not None
        assert comment.published.shown == wanted["date_raw"]
        if page.source == "html":
            earliest, latest = (datetime.fromisoformat(each) for each in wanted["interval_from_page_html"])
            assert comment.published.earliest is not None
            assert abs(comment.published.earliest - earliest) <= timedelta(days=1)
            assert comment.published.latest == latest
        else:
            assert comment.published.latest is None
            assert comment.published.earliest is not None
            assert comment.published.earliest.date().isoformat() in ("2012-05-13", "2012-05-14")
