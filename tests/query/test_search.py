"""What a person types is looked for, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scraper.query.search import count_by_facet, search
from scraper.store.lookup import hits
from scraper.store.reader import Reader


def found(archive: Reader, words: str) -> set[str]:
    """What is found: p1 is a post, c1 a comment."""
    return {f"c{hit.comment_id}" if hit.comment_id else f"p{hit.post_id}" for hit in search(archive, words)}


@pytest.mark.parametrize("words", ["e.org", '"two words"', "AND", "two AND words", "words two", 'two "', "!!! two"])
def test_words_that_stand_in_the_text_are_found(archive: Reader, words: str) -> None:
    assert found(archive, words) == {"p3"}


@pytest.mark.parametrize(
    "words", ['"words two"', "two absent", "body:two", "absent OR two", "", '"', '""', " \0 ", "-"]
)
def test_phrases_keep_their_order_and_operators_are_words(archive: Reader, words: str) -> None:
    assert found(archive, words) == set()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("c++", {"p3", "c1"}),
        ("CAFE", {"p3"}),
        ("cafe\u0301", {"p3"}),
        ("bread", {"p1", "c1", "c2"}),
        ("bread -yeast", {"p1", "c1"}),
        ('bread -"slow food"', {"c1", "c2"}),
        ("bread -図書館", {"p1", "c1", "c2"}),
        ("bread in:comments", {"c1", "c2"}),
        ("bread IN:Posts", {"p1"}),
        ("bread after:2013", {"c2"}),
        ("bread before:2013", {"p1", "c1"}),
        ("bread after:2012-05-14 before:2012-05-15", {"p1", "c1"}),
        ("bread after:2012-06", {"c2"}),
        ("after:2013-01 before:2013-02", {"p2", "c3"}),
        ("author:jose", {"p1"}),
        ("author:ose", set()),
        ('author:"Ann Lee"', {"c1"}),
        ("author:lee bread", {"c1"}),
        ("bread -author:lee -author:jose", {"c2"}),
        ("author:健太", {"p2", "c3"}),
        ("-author:健太 in:comments", {"c1", "c2", "c4"}),
        ('tag:"creme brulee"', {"p1", "c1", "c2"}),
        ("tag:読書 in:posts", {"p2"}),
        ("-tag:読書 in:posts", {"p1", "p3"}),
        ("blog:ja.example", {"p2", "c3", "c4"}),
        ('bread blog:"a blog"', {"p1", "c1", "c2"}),
        ("bread -blog:blog", set()),
        ("blog:nowhere.example", set()),
        ("図書館", {"p2", "c3"}),
        ("書", {"p2", "c3"}),
        ("図書 東京", {"c3"}),
        ("図館", set()),
        ("C言語", {"p2"}),
        ("D言語", set()),
        ("-C言語 図書館", {"c3"}),
        ("도서관", {"c4"}),
        ("책을", {"c4"}),
        ("図%館", set()),
        ("図!", set()),
    ],
)
def test_what_is_typed_finds(archive: Reader, words: str, expected: set[str]) -> None:
    assert found(archive, words) == expected


@pytest.mark.parametrize("words", ["in:spring", "after:lunch", "before:2012-13", "after:2012-05-14T10:00", "-in:posts"])
def test_what_looks_like_an_operator_and_is_none_is_a_word(archive: Reader, words: str) -> None:
    assert found(archive, f"bread {words}") <= {"p1", "c1", "c2"}
    assert (found(archive, f"bread {words}") == set()) is not words.startswith("-")


ANYTHING = st.text(st.characters()) | st.text(alphabet='"*()^:+-{}\0\ud800 aANDORNEAR,日本語😀é%_!')
OPERATORS = st.lists(
    st.tuples(
        st.sampled_from(["", "-"]), st.sampled_from(["", "author:", "tag:", "blog:", "in:", "after:", "-"]), ANYTHING
    )
).map(lambda parts: " ".join("".join(part) for part in parts))


@given(ANYTHING | OPERATORS)
@example('"')
@example('a AND "')
@example("NEAR(")
@example("^a*")
@example("日本\ud800語😀\0")
@example("author:" * 1000)
@example("a " * 1000)
@example("-a " * 1000)
@example("日" * 5000)
@example("a日 " * 1_000_000)
@example('"' * 1_000_000)
@example("bread -!!! -(")
@example("after:²⁰¹² before:２０１２")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_search_raises(archive: Reader, words: str) -> None:
    hits = search(archive, words, limit=1000)
    assert count_by_facet(archive, words).total == len(hits)


def test_posts_and_comments_are_found_with_snippets_best_first(archive: Reader) -> None:
    hits = search(archive, "bread")
    assert all("[bread]" in hit.snippet.lower() for hit in hits)
    assert [hit.rank for hit in hits] == sorted(hit.rank for hit in hits)
    assert {hit.blog for hit in hits} == {"blog.example"}


def test_a_page_of_results_is_that_part_of_all(archive: Reader) -> None:
    whole = search(archive, "bread")
    assert [search(archive, "bread", 1, at) for at in range(4)] == [*([hit] for hit in whole), []]


def test_marks_are_the_callers(archive: Reader) -> None:
    for words in ("yeast", "東京"):
        (hit,) = search(archive, words, marks=("<<", ">>"))
        assert f"<<{words}>>" in hit.snippet.lower()


def test_without_a_word_the_newest_come_first_and_show_how_they_begin(archive: Reader) -> None:
    hits = search(archive, "after:2012")
    assert [hit.published for hit in hits] == [
        "2013-02-01T10:00+09:00",
        "2013-01-02",
        "2013-01-01",
        "2012-05-14",
        "2012-05-14",
    ]
    assert hits[1].snippet == "東京の図書館は広い"


def test_of_an_author_the_newest_comes_first_and_shows_how_it_begins(archive: Reader) -> None:
    hits = search(archive, "author:健太")
    assert [(hit.comment_id, hit.published) for hit in hits] == [(3, "2013-01-02"), (None, "2013-01-01")]
    (hit,) = search(archive, "author:lee")
    assert (hit.snippet, hit.rank) == ("I bake bread every day, in C++ time", 0)


def test_a_title_is_searched_too(archive: Reader) -> None:
    (hit,) = search(archive, '"slow food"')
    assert (hit.kind, hit.url, hit.title, hit.published, hit.author) == (
        "post",
        "https://blog.example/slow",
        "Slow food",
        "2012-05-14",
        "José Núñez",
    )


def test_counts_are_by_blog_year_and_kind(archive: Reader) -> None:
    counts = count_by_facet(archive, "bread")
    assert (counts.total, counts.is_whole) == (3, True)
    assert counts.blogs == {"blog.example": 3}
    assert list(counts.years.items()) == [("2012", 2), ("2013", 1)]
    assert counts.kinds == {"comment": 2, "post": 1}
    assert count_by_facet(archive, "").total == 0


def test_of_very_many_matches_those_stored_last_are_weighed(archive: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hits, "MOST_RANKED", 1)
    assert found(archive, "bread in:comments") == {"c1", "c2"}  # as many as were asked for are always there
    assert [hit.comment_id for hit in search(archive, "bread in:comments", limit=1)] == [2]
    counts = count_by_facet(archive, "bread in:comments")
    assert (counts.total, counts.is_whole) == (2, False)
