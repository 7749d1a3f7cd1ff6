"""What the pages say, asked over HTTP as a browser does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.demo import make_demo
from tests.web_page.conftest import Served, rows, serving

PAGES = (
    "/", "/blogs/1", "/blogs/1?month=2021", "/blogs/1?kind=all", "/posts/1", "/posts/2", "/posts/2/history", "/posts/9000",
    "/posts/9000?page=2", "/posts/2?answers=closed", "/posts/2?at=2030-01-01", "/posts/2?at=9999-12-31T23:59-23:59", "/posts", "/posts?kind=all", "/people", "/people/1", "/signed?name=Speaker+1",
    "/search", "/search?q=bell", "/search?q=xyzzy", "/captures/1", "/health", "/runs/1", "/archive", "/archive/posts",
    "/archive/posts/1", "/archive/thread", "/archive?sql=select+id+from+posts",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_with_its_policy(demo: Served, page: str) -> None:
    answer, text = demo.ask(page)
    assert answer.status == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy and "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "<script" not in text and "<style" not in text
    assert not re.search(r'<[^>]+\sstyle="', text)
    assert text.count("<h1") == 1


@pytest.mark.parametrize("page", ["/posts/999", "/blogs/999", "/people/999", "/captures/999", "/comments/999", "/runs/999",
                                  "/pictures/999", "/posts/999999999999999999", "/nothing", "/-/plugins", "/-/permissions"])  # fmt: skip
def test_what_is_not_there_is_not_found(demo: Served, page: str) -> None:
    assert demo.ask(page)[0].status == 404


def test_the_first_page_counts_what_is_held(demo: Served) -> None:
    ((posts,),) = rows(demo.archive, "SELECT count(*) FROM posts WHERE kind = 'post'")
    text = demo.text("/")
    assert f'<dt>Posts</dt><dd><a href="/posts">{posts}</a></dd>' in text
    assert "Eleven kinds of fog" in text


def test_a_blog_has_a_plot_and_its_numbers(demo: Served) -> None:
    text = demo.text("/blogs/1")
    assert text.count("<rect") >= 3
    assert "<desc" in text and 'role="img"' in text
    assert re.search(
        r'<th scope="row"><a href="/blogs/1\?month=2021-05#posts">May 2021</a></th><td class="num">1</td>', text
    )


def test_posts_of_a_month_only(demo: Served) -> None:
    assert "Eleven kinds of fog" in demo.text("/blogs/1?month=2021-05")
    assert "Eleven kinds of fog" not in demo.text("/blogs/1?month=2021-03")


def fog(demo: Served) -> int:
    ((key,),) = rows(demo.archive, "SELECT id FROM posts WHERE url LIKE '%eleven-kinds%'")
    return int(key)


def test_a_post_shows_its_author_its_thread_and_what_is_not_there_any_more(demo: Served) -> None:
    ((key,),) = rows(demo.archive, "SELECT post_id FROM revisions WHERE post_id IS NOT NULL")
    text = demo.text(f"/posts/{key}")
    assert 'href="/people/' in text
    assert "Not there any more since" in text
    assert "The page says that this comment was deleted" in text
    assert ">edited<" in text
    assert re.search(r"\d+ of \d+ declared held", text) or "declared" not in text
    ((comments,),) = rows(demo.archive, f"SELECT count(*) FROM comments WHERE post_id = {key}")
    assert text.count('<article class="comment') == comments


def test_answers_are_folded_without_scripts(demo: Served) -> None:
    key = fog(demo)
    assert "<details open><summary>" in demo.text(f"/posts/{key}")
    closed = demo.text(f"/posts/{key}?answers=closed")
    assert "<details><summary>" in closed and "<details open>" not in closed


def test_a_long_thread_comes_in_pages_of_bounded_depth(demo: Served) -> None:
    seen: set[str] = set()
    for number in range(1, 14):
        text = demo.text(f"/posts/9000?page={number}")
        assert len(text) < 400_000
        seen.update(re.findall(r'id="c(\d+)"', text))
        nested = deepest = 0
        for token in re.findall(r"<ol|</ol>", text):
            nested += 1 if token == "<ol" else -1
            deepest = max(deepest, nested)
        assert deepest < 12
    assert len(seen) == 2_500
    assert "in answer to" in demo.text("/posts/9000?page=3")


def test_a_comment_has_an_address_of_its_own(demo: Served) -> None:
    answer, _ = demo.ask("/comments/102000")
    assert answer.status == 302
    place = answer.headers["Location"]
    assert place == "/posts/9000?page=11#c102000"
    assert 'id="c102000"' in demo.text(place.partition("#")[0])


def test_one_page_of_a_thread_is_of_then_what_it_is_now(demo: Served) -> None:
    now, then = (re.findall(r'id="c(\d+)"', demo.text(f"/posts/9000?page=3{at}")) for at in ("", "&at=2030-01-01"))
    assert len(now) == 200 and then == now


def test_a_post_that_was_not_held_yet_is_said(demo: Served) -> None:
    answer, text = demo.ask("/posts/1?at=2001-01-01")
    assert answer.status == 404 and "did not hold this post yet" in text


@pytest.mark.parametrize("typed", ["foo", "2024-02-30", "2024"])
def test_a_time_that_is_none_is_said_and_not_taken_for_now(demo: Served, typed: str) -> None:
    answer, text = demo.ask(f"/posts/1?at={typed}")
    assert answer.status == 400
    assert f"{typed}: a day is wanted" in text


def test_more_comments_than_the_page_declares_are_not_told_as_a_part_of_them(tmp_path: Path) -> None:
    pytest.importorskip("datasette")
    make_demo(tmp_path / "voices.db")
    with serving(tmp_path / "voices.db") as served:
        assert "<span>5 comments held, 4 declared</span>" in served.text("/posts")


def test_an_address_of_no_page_is_told_in_our_words(demo: Served) -> None:
    _, text = demo.ask("/nothing")
    assert "Not in this archive" in text and "No page has this address." in text
    assert "Database" not in text


def test_a_search_says_what_it_took_for_a_word(demo: Served) -> None:
    said = "Looked for as a word: <bdi>after:20x takes a year, month or day"
    assert said in demo.text("/search?q=fog+after:20x")
    assert "Looked for as a word" not in demo.text("/search?q=fog+after:2012")


def test_a_time_of_which_only_bounds_are_known_is_shown_as_such(demo: Served) -> None:
    assert "between 1 January 2011 and 1 January 2012" in demo.text("/posts/9000")
    assert "“12 years ago”" in demo.text("/posts/9000")


def test_history_tells_what_differs(demo: Served) -> None:
    ((key,),) = rows(demo.archive, "SELECT post_id FROM revisions WHERE post_id IS NOT NULL")
    text = demo.text(f"/posts/{key}/history")
    assert "A paragraph that was taken out again." in text
    assert re.search(r"<del><span[^>]*>removed: </span>[^<]*A paragraph that was taken out again\.</del>", text)
    assert "Zebras graze elsewhere." in text
    assert "Comments that are not there any more" in text
    assert "A paragraph that was taken out again." in demo.text(f"/posts/{key}?at=2020-06-01")


def test_pictures_come_from_the_archive_or_are_links(demo: Served) -> None:
    ((key,),) = rows(demo.archive, "SELECT id FROM posts WHERE url LIKE '%tide-clock%'")
    text = demo.text(f"/posts/{key}")
    assert '<img src="/pictures/77" alt="A clock"' in text
    assert 'href="http://elsewhere.example/p.png"' in text and 'src="http' not in text
    answer, _ = demo.ask("/pictures/77")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/png")


def test_a_capture_says_where_each_field_comes_from_and_what_went(demo: Served) -> None:
    ((key, taken, removed),) = rows(
        demo.archive,
        "SELECT id, (SELECT value FROM claims WHERE capture_id = captures.id AND field = 'title' AND accepted),"
        " (SELECT count(*) FROM removals WHERE capture_id = captures.id) FROM captures"
        " WHERE url LIKE '%tide-clock%' AND id IN (SELECT capture_id FROM pages)",
    )
    text = demo.text(f"/captures/{key}")
    assert taken in text and '<span class="state good">taken</span>' in text
    assert f"{removed} block" in text
    answer, source = demo.ask(f"/captures/{key}/source")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "<html" in source.lower()


def test_a_person_has_posts_and_comments(demo: Served) -> None:
    ((key, name),) = rows(
        demo.archive, "SELECT person_id, name FROM post_people GROUP BY person_id ORDER BY count(*) DESC LIMIT 1"
    )
    text = demo.text(f"/people/{key}")
    assert name in text and 'href="/posts/' in text
    assert "Words 2498." in demo.text("/signed?name=Speaker+6")
    assert "358 comments" in demo.text("/signed?name=Speaker+0")


def test_search_finds_marks_and_narrows(demo: Served) -> None:
    text = demo.text("/search?q=bell")
    assert "<mark>" in text and 'aria-label="Narrow the results"' in text
    posts, comments = demo.text("/search?q=bell&kind=posts"), demo.text("/search?q=bell&kind=comments")
    assert "/posts/" in posts and 'href="/comments/' not in posts
    assert 'aria-current="true"' in posts and posts != comments
    assert "2021" in demo.text("/search?q=bell&year=2021") and "Nothing found" in demo.text("/search?q=bell&year=1999")
    answer, _ = demo.ask("/search?q=http://long.example/1")
    assert (answer.status, answer.headers["Location"]) == (302, "/posts/9000")


@pytest.mark.parametrize(
    "typed", ["%22", "a+AND", "*", "%00", "NEAR(", "col:x", "%F0%9F%98%80", "%ED%A0%80", "a" * 1000, "-", "author:"]
)
def test_no_search_breaks_the_page(demo: Served, typed: str) -> None:
    assert demo.ask(f"/search?q={typed}")[0].status == 200


def test_what_a_writer_adds_is_there_at_once(demo: Served) -> None:
    import sqlite3

    writer = sqlite3.connect(demo.archive, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO blogs (id, host, url, name) VALUES (500, 'new.example', 'http://new.example/', 'New')")
    assert demo.ask("/blogs/500")[0].status == 404
    assert demo.ask("/")[0].status == 200
    writer.execute("COMMIT")
    assert "New" in demo.text("/blogs/500")
    assert "500" in demo.text("/archive/blogs/500.json")
    writer.execute("DELETE FROM blogs WHERE id = 500")
    writer.close()


def test_an_imported_capture_has_all_its_pages(captured: Served) -> None:
    posts = rows(captured.archive, "SELECT id FROM posts")
    pages = [f"/posts/{key}{part}" for (key,) in posts[:: max(1, len(posts) // 12)] for part in ("", "/history")]
    pages += ["/", "/blogs/1", "/health", "/captures/9", "/people/1", "/search?q=the", "/archive/comments"]
    assert len(pages) > 20
    assert {page: captured.ask(page)[0].status for page in pages} == dict.fromkeys(pages, 200)


def test_an_empty_archive_has_a_first_page(tmp_path: object) -> None:
    from pathlib import Path

    from scraper.store.connection import open_for_writing

    archive = Path(str(tmp_path)) / "empty.db"
    open_for_writing(archive).close()
    with serving(archive) as served:
        assert "Nothing is held yet" in served.text("/")
        for page in ("/health", "/search?q=x", "/archive"):
            served.text(page)
