"""An archive as JSON lines has the fields that others rely on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scraper.export.jsonl import estimate_day, export_jsonl, in_order_of_time
from scraper.store.connection import open_for_writing
from scraper.store.planning.times import Time
from scraper.store.reader import Reader, ThreadComment

POST_FIELDS = "url kind title author authors published modified categories tags body bio declared_comment_count comments captured_at withheld"
COMMENT_FIELDS = (
    "id platform_id author url date date_estimate date_earliest date_latest date_shown subject parent text kind"
)
ROWS = """
INSERT INTO pages (id, url, url_key, state) VALUES (1, 'https://blog.example/a', 'blog.example/a', 'fetched');
INSERT INTO captures (id, page_id, url, fetched_at, payload_sha256, payload_length, record_id, warc_file, warc_offset, warc_length, origin)
  VALUES (1, 1, 'https://blog.example/a', '2024-03-20T12:00:00Z', 'ab', 1, 'urn:uuid:1', 'a.warc.gz', 0, 1, 'fetch');
INSERT INTO posts (id, capture_id, url, url_key, title, text, html, published, published_earliest, declared_comment_count, source, kind)
  VALUES (7, 1, 'https://blog.example/a', 'blog.example/a', 'A', 'One' || char(0x2028) || 'two', '', '2012-05-14', '2012-05-13T10:00:00Z', 3, 'html', 'post');
INSERT INTO people (id, name) VALUES (1, 'Ann Lee'), (2, 'Bob');
INSERT INTO post_people (post_id, position, person_id, role, name) VALUES (7, 1, 2, 'author', 'Bob'), (7, 0, 1, 'author', 'Ann');
INSERT INTO bios (person_id, text) VALUES (1, 'Ann bakes.'), (2, 'Bob eats.');
INSERT INTO tags (id, name) VALUES (1, 'bread'), (2, 'food');
INSERT INTO post_tags (post_id, kind, position, tag_id) VALUES (7, 'tag', 0, 2), (7, 'tag', 1, 1), (7, 'category', 0, 1);
INSERT INTO comments (id, post_id, parent_id, platform_id, author, author_url, subject, text, html, kind, state, position, depth,
    by_post_author, published, published_earliest, published_latest, published_shown)
  VALUES
  (5, 7, NULL, 'c-1', 'Cy', 'https://cy.example/', 'Hm', 'First', '', 'comment', 'visible', 0, 0, 0,
    NULL, '2012-08-01T00:00:00Z', '2012-08-31T00:00:00Z', '11 years ago'),
  (9, 7, 5, NULL, NULL, NULL, NULL, 'Second', '', 'pingback', 'visible', 1, 1, 0, '2012-05-15T23:30-05:00', NULL, NULL, NULL);
INSERT INTO posts (id, url, url_key, text, html, source, kind) VALUES (8, 'urn:sha256:00', 'urn:sha256:00', '', '', 'text', 'about');
"""


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    path = tmp_path / "voices.db"
    writer = open_for_writing(path)
    writer.executescript(ROWS)
    writer.close()
    with Reader(path) as opened:
        yield opened


@pytest.fixture
def lines(reader: Reader) -> list[dict[str, Any]]:
    written: list[str] = []
    assert export_jsonl(reader.export_posts(), written.append) == 2
    return [json.loads(line) for line in "".join(written).splitlines()]


def test_each_post_is_one_line_with_all_fields(lines: list[dict[str, Any]]) -> None:
    assert [" ".join(line) for line in lines] == [POST_FIELDS, POST_FIELDS]


def test_a_post_has_its_people_tags_and_capture(lines: list[dict[str, Any]]) -> None:
    post = lines[1]
    assert (post["author"], post["authors"], post["bio"]) == ("Ann", ["Ann", "Bob"], "Ann bakes.")
    assert (post["tags"], post["categories"]) == (["food", "bread"], ["bread"])
    assert (post["body"], post["captured_at"], post["kind"]) == ("One\u2028two", "2024-03-20T12:00:00Z", "post")


def test_what_is_not_known_is_null_or_empty(lines: list[dict[str, Any]]) -> None:
    post = lines[0]
    assert [post[name] for name in ("title", "author", "bio", "published", "captured_at")] == [None] * 5
    assert (post["authors"], post["tags"], post["comments"], post["body"]) == ([], [], [], "")


def test_every_kind_of_page_with_a_text_is_a_line_and_says_what_it_is(lines: list[dict[str, Any]]) -> None:
    assert [line["kind"] for line in lines] == ["about", "post"]


def test_comments_have_keys_parents_and_estimated_days(lines: list[dict[str, Any]]) -> None:
    first, second = lines[1]["comments"]
    assert " ".join(first) == COMMENT_FIELDS
    assert (first["id"], first["parent"], first["platform_id"], first["url"]) == (5, None, "c-1", "https://cy.example/")
    assert (first["date"], first["date_estimate"], first["date_shown"]) == (None, "2012-08-16", "11 years ago")
    assert (second["parent"], second["kind"], second["date_estimate"]) == (5, "pingback", "2012-05-15")


@pytest.mark.parametrize(
    ("published", "earliest", "latest", "day"),
    [
        ("2012-05-14", "2012-05-13T10:00:00Z", "2012-05-15T12:00:00Z", "2012-05-14"),
        ("2012", "2011-12-31T10:00:00Z", "2013-01-01T12:00:00Z", "2012-07-01"),
        (None, "2012-08-01T00:00:00Z", None, None),
        (None, None, None, None),
    ],
)
def test_an_estimate_needs_both_bounds(
    published: str | None, earliest: str | None, latest: str | None, day: str | None
) -> None:
    assert estimate_day(Time(published, earliest, latest)) == day


def comment(row_id: int, platform_id: str | None, earliest: str | None) -> ThreadComment:
    place = (row_id, None, platform_id, None, "comment", "visible", None, 0, 0, None, None)
    return ThreadComment(*place, False, None, "", "", Time(None, earliest, f"{earliest}-12" if earliest else None))


def test_comments_run_from_the_earliest_to_the_latest_and_undated_last() -> None:
    comments = (comment(1, "5", None), comment(2, "4", "2013"), comment(3, "30", "2012"), comment(4, "4", "2012"))
    assert [each.id for each in in_order_of_time(comments)] == [4, 3, 2, 1]


def test_ids_count_only_where_all_comments_have_a_number() -> None:
    comments = (comment(1, "30", "2012"), comment(2, "4", "2012"), comment(3, None, "2012"))
    assert [each.id for each in in_order_of_time(comments)] == [1, 2, 3]
    assert [each.id for each in in_order_of_time((*comments[:2], comment(3, "x1", "2012")))] == [1, 2, 3]
    assert [each.id for each in in_order_of_time(comments[:2])] == [2, 1]
    assert [each.id for each in in_order_of_time((*comments[:2], comment(3, "1" * 5000, "2012")))] == [1, 2, 3]


def test_ids_decide_where_bounds_only_tell_when_a_page_was_fetched() -> None:
    comments = (comment(1, "61", "2012-05-06"), comment(2, "63", "2012-05-01"), comment(3, "70", "2012-05-02"))
    comments = tuple(replace(each, published=replace(each.published, latest="2012-06")) for each in comments)
    assert [each.id for each in in_order_of_time(comments)] == [1, 2, 3]
    earlier = replace(comments[2], published=Time(None, "2012-03", "2012-04"))
    assert [each.id for each in in_order_of_time((*comments[:2], earlier))] == [3, 2, 1]


def test_an_export_has_comments_by_time_and_show_as_the_page_has_them(tmp_path: Path) -> None:
    path = tmp_path / "newest-first.db"
    writer = open_for_writing(path)
    writer.executescript(ROWS)
    writer.execute("UPDATE comments SET published_earliest = '2012-07-01T00:00:00Z' WHERE id = 9")
    writer.close()
    written: list[str] = []
    with Reader(path) as reader:
        export_jsonl(reader.export_posts(), written.append)
        shown = reader.post(7)
    assert [each["id"] for each in json.loads(written[1])["comments"]] == [9, 5]
    assert shown is not None
    assert [each.id for each in shown.comments] == [5, 9]
