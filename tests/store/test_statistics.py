"""An archive in numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.errors import UsageError
from scraper.store.connection import open_for_writing
from scraper.store.lookup.statistics import AuthorCount, CommenterCount, Delays, Month, read_statistics

POST = """
INSERT INTO posts (id, blog_id, url, url_key, kind, title, text, html, source, published, published_earliest,
  published_latest, published_precision) VALUES (?1, ?2, ?1, ?1, ?3, 't', '', '', 'html', ?4, ?5, ?6, ?7)"""
COMMENT = """
INSERT INTO comments (id, post_id, parent_id, author, published, published_earliest, published_latest,
  published_precision, kind, state, position, depth, by_post_author, text, html)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'comment', 'visible', 0, 0, 0, '', '')"""


def minute(text: str) -> tuple[str, str, str, str]:
    return (text, f"{text}:00Z", f"{text}:59Z", "minute")


def day(text: str) -> tuple[str, str, str, str]:
    return (text, f"{text}T00:00:00Z", f"{text}T23:59:59Z", "day")


def interval(earliest: str, latest: str) -> tuple[None, str, str, str]:
    return (None, f"{earliest}T00:00:00Z", f"{latest}T00:00:00Z", "interval")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "voices.db"
    writer = open_for_writing(path)
    blogs = [(1, "a.example", "https://a.example/"), (2, "b.example", "https://b.example/")]
    writer.executemany("INSERT INTO blogs (id, host, url) VALUES (?, ?, ?)", blogs)
    writer.executemany(
        POST,
        [
            (1, 1, "post", *minute("2012-05-14T10:00")),
            (2, 1, "post", *day("2012-07-01")),
            (3, 2, "post", "2013", "2013-01-01T00:00:00Z", "2014-01-01T00:00:00Z", "year"),
            (4, 1, "about", None, None, None, None),
        ],
    )
    writer.executemany(
        COMMENT,
        [
            (1, 1, None, "Bob", *minute("2012-05-14T11:00")),
            (2, 1, 1, "Cy", *minute("2012-05-14T11:30")),
            (3, 1, 1, "Bob", *day("2012-05-15")),
            (4, 2, None, "Bob", *interval("2012-07-01", "2012-07-20")),
            (5, 3, None, "Bob", *interval("2012-07-01", "2013-07-20")),
        ],
    )
    ping = COMMENT.replace("'comment'", "'pingback'")
    writer.execute(ping, (6, 1, None, "Blog", *day("2012-05-15")))
    deleted = COMMENT.replace("'visible'", "'deleted'")
    writer.execute(deleted, (7, 1, None, None, *day("2012-05-15")))
    writer.execute("INSERT INTO people (id, blog_id, name, name_key) VALUES (1, 1, 'Ann', 'ann')")
    writer.execute("INSERT INTO post_people VALUES (1, 0, 1, 'author', 'Ann')")
    writer.close()
    return path


def test_numbers_are_by_month_person_and_delay(path: Path) -> None:
    found = read_statistics(path)
    assert (found.blogs, found.posts, found.other_pages, found.comments) == (2, 3, 1, 5)
    assert (found.pings, found.authors, found.commenters) == (1, 1, 3)
    assert found.months == (Month("2012-05", 1, 3), Month("2012-07", 1, 1))
    assert (found.posts_without_month, found.comments_without_month) == (1, 1)
    assert found.top_authors == (AuthorCount("Ann", "a.example", 1, 3),)
    assert found.top_commenters[0] == CommenterCount("Bob", "a.example", 3, 2)
    assert found.first_comments == Delays(1, 3600, 3600, 3600)
    assert found.answers == Delays(1, 1800, 1800, 1800)  # what is known to the day alone tells no time


def test_a_blog_is_asked_for_by_its_host(path: Path) -> None:
    found = read_statistics(path, "https://www.B.example/", top=0)
    assert (found.blogs, found.posts, found.other_pages, found.comments) == (1, 1, 0, 1)
    assert found.top_commenters == ()
    with pytest.raises(UsageError, match=r"c\.example: no such blog in the archive; it has a\.example, b\.example"):
        read_statistics(path, "c.example")


def test_an_empty_archive_has_nothing(tmp_path: Path) -> None:
    open_for_writing(tmp_path / "voices.db").close()
    found = read_statistics(tmp_path / "voices.db")
    assert (found.posts, found.months, found.first_comments, found.coverage) == (0, (), None, ())
