from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scraper.model import Byline, Page, Person, Post, When
from scraper.store.archive import Archive
from scraper.store.lookup.wanted import Part, Wanted
from scraper.store.reader import Reader
from tests.store.conftest import NOW, URL, at, between, day, make_comment, make_page, make_visit, rows

DATES = {"a": day(2014, 1, 1), "b": day(2012, 1, 1), "c": None, "d": day(2013, 1, 1)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "voices.db"
    with Archive(path) as archive:
        archive.record([make_visit(_page(name)) for name in DATES], [], NOW)
    return path


@pytest.fixture
def reader(path: Path) -> Iterator[Reader]:
    with Reader(path) as opened:
        yield opened


def _page(name: str):  # type: ignore[no-untyped-def]
    post = Post(name, text=f"text {name}", bylines=(Byline("Bob" if name < "c" else "Cy"),), published=DATES[name])
    comments = (
        make_comment(f"{name}2", id=f"{name}2", position=1, parent=1),
        make_comment(f"{name}1", id=f"{name}1", position=0),
    )
    url = f"{URL}/{name}"
    return make_page(
        replace(post, tags=("t",), categories=("k",)),
        url=url,
        comments=comments,
        people=(Person("Bob", bio_text="A doctor."),),
    )


def test_posts_are_listed_newest_first_and_undated_last(reader: Reader) -> None:
    assert [post.title for post in reader.posts()] == ["a", "d", "b", "c"]
    assert [post.title for post in reader.posts(limit=2)] == ["a", "d"]
    first = next(reader.posts())
    assert (first.author, first.published, first.comments_held, first.captures) == ("Bob", "2014-01-01", 2, 1)


def test_posts_of_an_author_are_found_however_the_name_is_written(reader: Reader) -> None:
    assert [post.title for post in reader.posts(author=" BOB ")] == ["a", "b"]
    assert list(reader.posts(author="nobody")) == []


@pytest.mark.parametrize(
    "key", [1, "1", f"{URL}/a", f"{URL}/a?utm_source=x#comments", f"{URL}/a".replace("https", "http")]
)
def test_a_post_is_found_by_id_and_by_any_spelling_of_its_url(reader: Reader, key: int | str) -> None:
    post = reader.post(key)
    assert post is not None
    assert post.title == "a"


@pytest.mark.parametrize("key", [99, "99", "9" * 400, "", "https://blog.example/none", "²"])
def test_what_is_not_there_is_none(reader: Reader, key: int | str) -> None:
    assert reader.post(key) is None


def test_a_post_comes_whole(reader: Reader) -> None:
    post = reader.post(1)
    assert post is not None
    assert (post.text, post.published.iso, post.captured_at) == ("text a", "2014-01-01", "2020-01-01T12:00:00Z")
    assert (post.tags, post.categories) == (("t",), ("k",))
    assert [(each.name, each.role, each.bio_text) for each in post.signers] == [("Bob", "author", "A doctor.")]
    assert [(each.id, each.text, each.parent_id) for each in post.comments] == [(1, "a1", None), (2, "a2", 1)]


def test_exports_run_from_the_oldest_to_the_newest(reader: Reader) -> None:
    posts = list(reader.export_posts())
    assert [post.title for post in posts] == ["c", "b", "d", "a"]
    assert posts[1] == reader.post(2)


def test_an_export_shows_one_moment_while_a_writer_is_at_work(reader: Reader, path: Path) -> None:
    posts = reader.export_posts()
    next(posts)
    with Archive(path) as archive:
        archive.record(
            [make_visit(replace(_page("a"), post=Post("new", text="new", published=DATES["a"])), at(9))], [], NOW
        )
    assert reader.stats().captures == 4  # within the export's snapshot
    assert [post.title for post in posts] == ["b", "d", "a"]
    assert reader.stats().captures == 5


def test_an_export_may_be_left_half_way(path: Path) -> None:
    with Reader(path) as reader:
        posts = reader.export_posts()
        assert next(posts).title == "c"
    posts.close()


@pytest.fixture
def with_about(path: Path) -> Path:
    bylines = (Byline("Dee"),)
    page = make_page(Post("Us", text="We bake.", bylines=bylines), url=f"{URL}/us", kind="about")
    with Archive(path) as archive:
        archive.record([make_visit(replace(page, comments=(make_comment("Hello.", id="1"),)))], [], NOW)
    return path


def test_other_pages_are_listed_only_with_all_kinds(with_about: Path) -> None:
    with Reader(with_about) as reader:
        assert {post.kind for post in reader.posts()} == {"post"}
        assert [post.title for post in reader.posts(all_kinds=True) if post.kind == "about"] == ["Us"]
        assert list(reader.posts(author="Dee")) == []
        found = reader.post(f"{URL}/us")
        assert found is not None
        assert (found.kind, found.text) == ("about", "We bake.")
        assert found in list(reader.export_posts())
        assert [hit.kind for hit in reader.find(Wanted((Part("text", "bake"),)), 9)] == ["about"]


def test_stats_count_posts_and_other_pages_apart(with_about: Path) -> None:
    with Reader(with_about) as reader:
        stats = reader.stats()
    assert (stats.posts, stats.others, stats.authors, stats.threads, stats.comments) == (4, 1, 2, 4, 9)


def test_stats_count_what_is_held(reader: Reader, path: Path) -> None:
    stats = reader.stats()
    assert (stats.blogs, stats.posts, stats.authors, stats.people_with_bio) == (1, 4, 2, 1)
    assert (stats.comments, stats.threads, stats.captures, stats.pages) == (8, 4, 4, {"fetched": 4})


POST = f"{URL}/long"


def _part(number: int | None, *ids: int, days: int | None = None) -> Page:
    """A page of a post's comments, given by their ids and by a day, where they have one."""
    comments = tuple(
        make_comment(f"c{each}", id=str(each) if days is None else None, position=place, published=_on(days, each))
        for place, each in enumerate(ids)
    )
    url = POST if number is None else f"{POST}/comment-page-{number}/"
    post = Post("Long", text="A text that all of its pages show.")
    return make_page(post, url=url, post_url=POST, comment_page=number, comments=comments)


def _on(days: int | None, number: int) -> When | None:
    return None if days is None else between(at(days + number), at(days + number + 1))


OWN_IS_LAST = (_part(None, 7, 8), _part(1, 1, 2), _part(2, 4, 5))
OWN_IS_FIRST = (_part(None, 1, 2), _part(2, 4, 5), _part(3, 7, 8))
OWN_IS_LAST_BY_TIME = (_part(None, 7, 8, days=0), _part(1, 1, 2, days=0), _part(2, 4, 5, days=0))
ONLY_NUMBERED = (_part(10, 7, 8), _part(2, 4, 5), _part(1, 1, 2))


@pytest.mark.parametrize("parts", [OWN_IS_LAST, OWN_IS_FIRST, OWN_IS_LAST_BY_TIME, ONLY_NUMBERED])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_comment_pages_stand_in_their_order_whichever_came_first(
    tmp_path: Path, parts: tuple[Page, ...], order: tuple[int, ...]
) -> None:
    path = tmp_path / "parts.db"
    with Archive(path) as archive:
        for number, place in enumerate(order):
            archive.record([make_visit(parts[place], at(5000 + number))], [], NOW)
    wanted = ["c1", "c2", "c4", "c5", "c7", "c8"]
    with Reader(path) as reader:
        assert [comment.text for comment in reader.thread(1)] == wanted
    assert [text for (text,) in rows(path, "SELECT text FROM thread ORDER BY path")] == wanted


@pytest.mark.parametrize("url", [f"{POST}/comment-page-2/", f"{POST}/comment-page-2/#comment-4", f"{URL}/node/1"])
def test_a_post_is_found_by_any_of_its_pages(tmp_path: Path, url: str) -> None:
    path = tmp_path / "parts.db"
    alias = replace(_part(None, 1), url=f"{URL}/node/1")
    with Archive(path) as archive:
        archive.record([make_visit(page) for page in (*OWN_IS_FIRST, alias)], [], NOW)
    with Reader(path) as reader:
        post = reader.post(url)
    assert post is not None
    assert post.url == POST


def test_a_post_under_the_url_goes_before_a_page_of_another_post(path: Path) -> None:
    alias = make_page(url=f"{URL}/x", post_url=f"{URL}/a")
    with Archive(path) as archive:
        archive.record([make_visit(alias, at(1)), make_visit(replace(alias, url=f"{URL}/y", post_url=f"{URL}/x"))])
    with Reader(path) as reader:
        post = reader.post(f"{URL}/x")
    assert post is not None
    assert post.url == f"{URL}/x"
