"""What a person types is looked for, whatever it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scraper.query.search import search, search_expression
from scraper.store.reader import Reader


@pytest.fixture(scope="module")
def table() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE texts USING fts5(body)")
    connection.execute("INSERT INTO texts VALUES ('learning c++ at example e.org AND two words of it')")
    yield connection
    connection.close()


def found(table: sqlite3.Connection, words: str) -> int:
    expression = search_expression(words)
    if expression is None:
        return 0
    return int(table.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", [expression]).fetchone()[0])


@pytest.mark.parametrize("words", ["c++", "e.org", '"two words"', "AND", "two AND words", "words two", 'two "'])
def test_words_that_stand_in_the_text_are_found(table: sqlite3.Connection, words: str) -> None:
    assert found(table, words) == 1


@pytest.mark.parametrize("words", ['"words two"', "two absent", "body:two", "absent OR two", "", '"', '""', " \0 "])
def test_phrases_keep_their_order_and_operators_are_words(table: sqlite3.Connection, words: str) -> None:
    assert found(table, words) == 0


@given(st.text(st.characters()) | st.text(alphabet='"*()^:+-{}\0\ud800 aANDORNEAR,日本語😀'))
@example('"')
@example('a AND "')
@example("NEAR(")
@example("^a*")
@example("日本\ud800語😀\0")
def test_no_text_raises(table: sqlite3.Connection, words: str) -> None:
    assert found(table, words) in (0, 1)


def test_posts_and_comments_are_found_with_snippets(archive: Reader) -> None:
    hits = search(archive, "bread")
    assert {(hit.kind, hit.comment_id or hit.post_id) for hit in hits} == {("post", 1), ("comment", 1), ("comment", 2)}
    assert all("[bread]" in hit.snippet.lower() for hit in hits)
    assert [hit.rank for hit in hits] == sorted(hit.rank for hit in hits)


def test_the_limit_holds_for_posts_and_comments_together(archive: Reader) -> None:
    assert len(search(archive, "bread", limit=2)) == 2


def test_a_title_is_searched_too(archive: Reader) -> None:
    (hit,) = search(archive, '"slow food"')
    assert (hit.kind, hit.url, hit.title, hit.published) == (
        "post",
        "https://blog.example/slow",
        "Slow food",
        "2012-05-14",
    )


def test_words_without_spaces_between_them_are_found_inside_a_text(archive: Reader) -> None:
    hits = search(archive, "図書館")
    assert {(hit.kind, hit.comment_id or hit.post_id) for hit in hits} == {("post", 2), ("comment", 3)}
    assert all("[図書館]" in hit.snippet for hit in hits)


def test_signs_of_like_are_letters_to_a_scan(archive: Reader) -> None:
    assert [search(archive, words) for words in ("図%館", "_書", "図!")] == [[], [], []]


@given(words=st.text(alphabet='"*()^:日本語\0\ud800%_! a'))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_search_raises(archive: Reader, words: str) -> None:
    assert isinstance(search(archive, words), list)
