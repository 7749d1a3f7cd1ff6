"""`scraper.Archive`: reading changes nothing, takes no lock, and stays flat; what is written is there."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import tracemalloc
from itertools import islice
from pathlib import Path

import pytest

from scraper import Archive, ArchiveError, MissingExtra
from scraper.model import Post, Visit
from scraper.query.archive import Rows
from scraper.store.connection import open_for_writing
from tests.store import conftest as store
from tests.store.conftest import make_page, make_visit


def every_list(archive: Archive) -> list[Rows[object]]:
    return [archive.posts(), archive.threads(), archive.people(), archive.search("bread")]  # type: ignore[list-item]


def test_posts_threads_people_and_hits_are_what_is_there(path: Path) -> None:
    archive = Archive(path)
    posts = {post.id: post for post in archive.posts()}
    assert (posts[1].blog, posts[1].authors, posts[1].tags) == ("blog.example", ("José Núñez",), ("Crème brûlée",))
    assert (posts[3].author, posts[3].authors, posts[3].tags, posts[3].comments_held) == (None, (), (), 0)
    assert [(thread.post_id, len(thread.comments)) for thread in archive.threads()] == [(1, 2), (2, 2)]
    assert [(person.name, person.posts, person.comments_received) for person in archive.people()] == [
        ("José Núñez", 1, 2),
        ("山田健太", 1, 2),
    ]
    assert {hit.comment_id for hit in archive.search("bread in:comments")} == {1, 2}
    assert archive.post(1).title == "Slow food"  # type: ignore[union-attr]


def test_one_blog_is_chosen_by_its_host(path: Path) -> None:
    archive = Archive(path)
    assert [post.id for post in archive.posts(blog="ja.example")] == [2]
    assert [thread.post_id for thread in archive.threads(blog="ja.example")] == [2]
    assert [person.id for person in archive.people(blog="ja.example")] == [2]


def test_each_is_a_frame_in_one_line(path: Path) -> None:
    archive = Archive(path)
    posts, comments = archive.posts().to_frame(), archive.threads().to_frame()
    assert len(posts) == 3
    assert str(posts.published_earliest.dtype).endswith("UTC]")
    assert list(comments.post_id) == [1, 1, 2, 2]
    assert comments.author[0] == "Ann Lee"
    assert str(comments.parent_id.dtype) == "Int64"
    assert len(archive.people().to_frame()) == 2
    assert len(archive.search("bread").to_frame()) == 3


def test_a_frame_of_nothing_has_its_columns(path: Path) -> None:
    for rows in every_list(Archive(path)):
        full = rows.to_frame()
        assert list(full.columns) == list(rows.columns) == list(next(rows.records()))
    empty = path.with_name("empty.db")
    open_for_writing(empty).close()
    for rows in every_list(Archive(empty)):
        assert (len(rows.to_frame()), list(rows.to_frame().columns)) == (0, list(rows.columns))


def test_reading_neither_waits_for_a_writer_nor_changes_the_file(path: Path) -> None:
    before = hashlib.sha256(path.read_bytes()).digest()
    writer = sqlite3.connect(path)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM comments")
    assert [len(list(rows)) for rows in every_list(Archive(path))] == [3, 2, 2, 3]
    writer.rollback()
    writer.close()
    with Archive(path) as archive:
        assert len(list(archive.posts())) == 3
    assert hashlib.sha256(path.read_bytes()).digest() == before


def test_a_loop_sees_one_moment_and_the_next_one_what_is_new(path: Path) -> None:
    posts = Archive(path).posts()
    reading = iter(posts)
    next(reading)
    writer = open_for_writing(path)
    writer.execute("UPDATE posts SET title = 'new'")
    writer.close()
    assert "new" not in {post.title for post in reading}
    assert {post.title for post in posts} == {"new"}


def test_memory_stays_flat(path: Path) -> None:
    writer = open_for_writing(path)
    writer.execute("BEGIN")
    text = "bread " * 2_000
    sql = "INSERT INTO posts (id, title, text, url, url_key, html, source, kind) VALUES (?1, 't', ?2, ?1, ?1, '', 'html', 'post')"
    writer.executemany(sql, ((number, text) for number in range(10, 1_500)))
    writer.execute("COMMIT")
    writer.close()
    tracemalloc.start()
    try:
        assert sum(1 for _ in Archive(path).posts()) > 1_400
        assert tracemalloc.get_traced_memory()[1] < 2_000_000  # all texts are 18 MB
    finally:
        tracemalloc.stop()


def test_nothing_is_made_where_there_is_no_archive(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "none.db")
    for rows in every_list(archive):
        with pytest.raises(ArchiveError, match="no such archive"):
            list(rows)
    assert list(tmp_path.iterdir()) == []


def test_what_is_recorded_is_there(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with Archive(path) as archive:
        archive.record([Visit("https://blog.example/a", "gone")])
        archive.record([Visit("https://blog.example/b", "gone")])
        assert list(archive.posts()) == []
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM pages").fetchone() == (2,)
    connection.close()
    with pytest.raises(ArchiveError, match="for reading only"):
        Archive(path, readonly=True).record([])


def test_what_is_recorded_is_found_and_after_a_change_by_its_new_words(tmp_path: Path) -> None:
    with Archive(tmp_path / "new.db") as archive:
        for at, text in enumerate(("図書館で読む", "映画を見る")):
            archive.record([make_visit(make_page(Post("日記", text=text, html=f"<p>{text}</p>")), store.at(at))])
        assert [hit.title for hit in archive.search("映画")] == ["日記"]
        assert list(archive.search("図書館")) == []


def test_without_pandas_the_extra_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match=r"blog-to-sqlite\[frames\]"):
        Archive(path).posts().to_frame()


def test_texts_of_any_kind_come_as_they_are(path: Path) -> None:
    hostile = "<script>alert(1)</script>\x1b[31m\u202e=cmd()'\""
    writer = open_for_writing(path)
    writer.execute("UPDATE comments SET author = ?, text = ? WHERE id = 1", (hostile, hostile))
    writer.execute("INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')")
    writer.execute("INSERT INTO comments_fts (comments_fts) VALUES ('rebuild')")
    writer.close()
    archive = Archive(path)
    (hit,) = archive.search("alert")
    assert hit.author == hostile
    assert archive.threads().to_frame().text[0] == hostile
    assert [len(list(islice(rows, 1))) for rows in every_list(archive)] == [1, 1, 1, 1]
