"""Where a batch ends changes nothing: neither the keys of comments nor what is known of their times."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.extract import join_thread
from scraper.model import Page, Visit, When
from scraper.store.archive import Archive
from tests.store.conftest import NOW, URL, at, between, make_comment, make_page, make_visit, rows

OTHER = make_page(url="https://blog.example/other", comments=(make_comment("Elsewhere", id="7"),))


def newest_page(days: int) -> Page:
    """The post's own page, which shows its newest comments, as of a day."""
    return make_page(
        comment_pages=(f"{URL}?page=1",),
        comments=(
            make_comment("An answer to an earlier one.", id="3", parent_ref="1", published=ago(days)),
            make_comment("The latest.", id="4", parent=0, position=1, depth=1),
        ),
    )


def ago(days: int) -> When:
    """'1 year ago', as it is bounded when it is read on that day."""
    return between(at(days - 730), at(days - 365), "1 year ago")


FIRST_PAGE = make_page(
    url=f"{URL}?page=1",
    post_url=URL,
    comment_page=1,
    comments=(make_comment("The first.", id="1"), make_comment("The second.", id="2", position=1, parent=0)),
)
VISITS = [
    make_visit(newest_page(0), at(0)),
    make_visit(OTHER, at(1)),
    make_visit(FIRST_PAGE, at(2)),
    make_visit(make_page(url="https://blog.example/node/9", post_url=URL, comments=newest_page(9).comments), at(9)),
]


def record(archive: Archive, visits: list[Visit]) -> None:
    pages = [visit.page for visit in visits if visit.page is not None]
    threads = [
        join_thread([page for page in pages if page.post_url == url])
        for url in dict.fromkeys(page.post_url for page in pages)
    ]
    archive.record(visits, threads, NOW)


@pytest.mark.parametrize("ends", [(4,), (1, 2, 3, 4), (2, 4), (3, 4), (1, 4)])
def test_comments_are_the_same_wherever_batches_end(tmp_path: Path, ends: tuple[int, ...]) -> None:
    with Archive(tmp_path / "voices.db", now=lambda: NOW) as archive:
        begin = 0
        for end in ends:
            record(archive, VISITS[begin:end])
            begin = end
        assert rows(archive, "SELECT id, text, parent_id FROM comments ORDER BY id") == [
            (1, "An answer to an earlier one.", 4),
            (2, "The latest.", 1),
            (3, "Elsewhere", None),
            (4, "The first.", None),
            (5, "The second.", 4),
        ]
        assert rows(archive, "SELECT published_earliest, published_latest FROM comments WHERE id = 1") == [
            ("2018-01-10T12:00:00Z", "2019-01-01T12:00:00Z")
        ]
        assert rows(archive, "SELECT first_capture_id, last_capture_id FROM comments WHERE id = 1") == [(1, 4)]


@pytest.mark.parametrize("together", [True, False])
def test_a_comment_s_place_is_that_on_its_page_whether_pages_came_together_or_not(
    archive: Archive, together: bool
) -> None:
    first = (make_comment("One.", id="1"), make_comment("Two.", id="2", position=1))
    second = (make_comment("Three.", id="3"), make_comment("Four.", id="4", position=1))
    pages = [make_page(comments=first), make_page(url=URL + "?page=1", post_url=URL, comment_page=1, comments=second)]
    visits = [make_visit(page, at(1)) for page in pages]
    for batch in [visits] if together else [[visit] for visit in visits]:
        archive.record(batch)
    found = rows(archive, "SELECT text, thread_page, position FROM comments ORDER BY id")
    assert found == [("One.", None, 0), ("Two.", None, 1), ("Three.", 1, 0), ("Four.", 1, 1)]
