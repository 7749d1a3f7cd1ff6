"""Comments that an embedded service keeps, asked for on its own host: held under the post, by the same rules as all."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.run.test_crawl import HERE, THERE, Pages, Place, page, redirect
from tests.web.server import Answer, Request, Web

POST = "/2012/05/harbour/"
HELD = """SELECT comments.platform_id, comments.author, comments.text, parent.platform_id, comments.published
FROM comments JOIN posts ON posts.id = comments.post_id LEFT JOIN comments AS parent ON parent.id = comments.parent_id
WHERE posts.title = 'Harbour' ORDER BY comments.id"""
ISSO = {
    "id": None, "total_replies": 3, "hidden_replies": 0,
    "replies": [
        {"id": 4, "parent": None, "author": "Ann", "website": "https://ann.example/", "created": 1464818460.7, "mode": 1,
         "text": "<p>One <script>alert(1)</script>side.</p>", "total_replies": 2, "hidden_replies": 0, "replies": [
            {"id": 6, "parent": 4, "author": None, "website": None, "created": 1464818520.0, "mode": 1,
             "text": "<p>Two.</p>"},
            {"id": 7, "parent": 4, "author": "Spam", "created": 1464818530.0, "mode": 2, "text": "<p>Buy.</p>"}]},
    ],
}  # fmt: skip
THREAD = [
    ("4", "Ann", "One side.", None, "2016-06-01T22:01:00+00:00"),
    ("6", None, "Two.", "4", "2016-06-01T22:02:00+00:00"),
]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    here, there = Pages(), Pages()
    with Web([HERE, THERE]) as web:
        web.put(HERE, here)
        web.put(THERE, there)
        yield Place(web, tmp_path / "voices.db", here.given, there.given)


def as_json(value: Any) -> Answer:
    return Answer(200, (("Content-Type", "application/json"),), json.dumps(value).encode())


def with_isso(place: Place, answer: Any) -> None:
    embed = f'<script data-isso="{place.url("/talk/", THERE)}" src="/embed.js"></script><section id="isso-thread"></section>'
    place.here |= {"/": page("Home", POST), POST: page("Harbour", comments=embed)}
    place.there["/talk/?uri=%2F2012%2F05%2Fharbour%2F"] = answer


def next_day(place: Place, path: str) -> None:
    """The page is to be visited again, a day after the service was last asked."""
    with contextlib.closing(sqlite3.connect(place.db)) as connection, connection:
        connection.execute("UPDATE frontier SET due_at = checked_at WHERE url = ?", (place.url(path),))
        day = "strftime('%Y-%m-%dT%H:%M:%SZ', checked_at, '-1 day')"
        connection.execute(f"UPDATE frontier SET checked_at = {day} WHERE source = 'service'")


def test_a_service_s_comments_are_held_under_the_post_that_embeds_it(place: Place) -> None:
    with_isso(place, as_json(ISSO))
    assert place.crawl().exit_code == 0
    assert place.rows(HELD) == THREAD
    sql = "SELECT comments_service, comments_server FROM posts WHERE title = 'Harbour'"
    assert place.rows(sql) == [("isso", place.url("/talk/", THERE))]


def test_a_post_has_its_comments_also_where_another_address_of_it_was_read(place: Place) -> None:
    with_isso(place, as_json(ISSO))
    canonical = f'<head><link rel="canonical" href="{place.url(POST)}">'
    place.here |= {"/": page("Home", f"{POST}?ref=home"), f"{POST}?ref=home": place.here.pop(POST)}
    place.here[f"{POST}?ref=home"] = str(place.here[f"{POST}?ref=home"]).replace("<head>", canonical)
    place.crawl()
    assert place.rows("SELECT url FROM posts WHERE title = 'Harbour'") == [(place.url(POST),)]
    assert place.rows(HELD) == THREAD


def test_a_service_is_asked_by_its_own_robots_txt(place: Place) -> None:
    with_isso(place, as_json(ISSO))
    place.there["/robots.txt"] = Answer(200, (("Content-Type", "text/plain"),), b"User-agent: *\nDisallow: /talk/")
    place.crawl()
    asked = [each.target for each in place.web.log if each.host == THERE]
    assert asked == ["/robots.txt"]
    assert place.rows(HELD) == []
    assert place.state("/talk/?uri=%2F2012%2F05%2Fharbour%2F", THERE)[0] == "refused"


def test_what_is_excluded_is_not_asked_of_a_service_either(place: Place) -> None:
    with_isso(place, as_json(ISSO))
    place.crawl(exclude=("*/talk/*",))
    assert [each.target for each in place.web.log if each.host == THERE] == []


def test_new_comments_of_a_service_are_found_with_the_next_visit_of_the_page(place: Place) -> None:
    with_isso(place, as_json(ISSO))
    place.crawl()
    more = json.loads(json.dumps(ISSO))
    more["replies"].append({"id": 9, "parent": None, "author": "Bob", "created": 1500000000, "text": "<p>Three.</p>"})
    with_isso(place, as_json(more))
    place.crawl()
    assert place.rows(HELD) == THREAD  # nothing is due yet
    next_day(place, POST)
    place.crawl()
    assert place.rows(HELD) == [*THREAD, ("9", "Bob", "Three.", None, "2017-07-14T02:40:00+00:00")]


def test_a_service_says_nothing_of_other_posts_and_leads_nowhere_else(place: Place) -> None:
    other = place.url("/other/")
    stated = [{"id": 1, "post": 7, "parent": 0, "author_name": "Ann", "date_gmt": "2023-05-11T10:00:00",
               "link": f"{other}#comment-1", "type": "comment", "content": {"rendered": "<p>Here.</p>"}}]  # fmt: skip
    with_isso(place, as_json(stated))
    place.here |= {"/": page("Home", POST, "/other/"), "/other/": page("Other")}
    place.crawl()
    assert [row[2] for row in place.rows(HELD)] == ["Here."]
    assert place.rows("SELECT url FROM frontier WHERE source = 'api'") == []


def test_a_service_may_answer_in_pages(place: Place) -> None:
    embed = (
        f'<div id="cusdis_thread" data-host="{place.url("", THERE)}" data-app-id="k-1" data-page-id="harbour"></div>'
    )
    place.here |= {"/": page("Home", POST), POST: page("Harbour", comments=embed)}
    for number in (1, 2):
        comment = {"id": f"c{number}", "by_nickname": "Ann", "createdAt": f"2021-04-0{number}T10:00:00.000Z",
                   "parsedContent": f"<p>Side {number}.</p>", "replies": {"data": [], "pageCount": 1}}  # fmt: skip
        place.there[f"/api/open/comments?appId=k-1&pageId=harbour&page={number}"] = as_json(
            {"data": {"commentCount": 2, "pageSize": 1, "pageCount": 2, "data": [comment]}}
        )
    place.crawl()
    assert [row[:3] for row in place.rows(HELD)] == [("c1", "Ann", "Side 1."), ("c2", "Ann", "Side 2.")]


def test_a_topic_is_found_by_the_page_that_discourse_has_embedded(place: Place) -> None:
    post, forum = place.url(POST), place.url("/", THERE)
    script = f"<script>DiscourseEmbed = {{discourseUrl: '{forum}', discourseEmbedUrl: '{post}'}};</script>"
    place.here |= {
        "/": page("Home", POST), POST: page("Harbour", comments=f'<div id="discourse-comments"></div>{script}')
    }  # fmt: skip
    posts = [
        {"post_number": 1, "username": "blog", "cooked": "<p>Opening.</p>", "created_at": "2012-05-15T08:00:00.000Z"},
        {"post_number": 2, "username": "bob", "cooked": "<p>One.</p>", "created_at": "2012-05-15T10:04:00.000Z"},
    ]
    quoted = post.replace(":", "%3A").replace("/", "%2F")
    place.there |= {
        f"/embed/comments?embed_url={quoted}": f'<article><a class="post-date" href="{forum}t/harbour/7/2">May</a>',
        "/t/7.json": as_json({"id": 7, "slug": "harbour", "post_stream": {"posts": posts, "stream": [1, 2]}}),
    }
    place.crawl()
    assert [row[:3] for row in place.rows(HELD)] == [("2", "bob", "One.")]


@pytest.mark.parametrize(("host", "held"), [(THERE, THREAD), (HERE, [])])
def test_a_service_s_redirects_stay_on_its_host(place: Place, host: str, held: list[Any]) -> None:
    with_isso(place, redirect(place.url("/moved/?uri=x", host)))
    place.there["/moved/?uri=x"] = place.here["/moved/?uri=x"] = as_json(ISSO)
    place.crawl()
    assert place.rows(HELD) == held


def test_only_what_the_table_makes_leaves_the_blog(place: Place) -> None:
    def answer(request: Request) -> Answer:
        raise AssertionError(request.target)

    place.web.put(THERE, type("Silent", (), {"answer": staticmethod(answer)})())
    link = place.url("/talk/?uri=%2F2012%2F05%2Fharbour%2F", THERE)
    place.here |= {"/": page("Home", POST, link), POST: page("Harbour", link)}
    place.crawl()
    assert [each for each in place.web.log if each.host == THERE] == []


@pytest.mark.parametrize("answer", [Answer(500), Answer(403), Answer(404)], ids=["broken", "forbidden", "gone"])
def test_a_service_that_gives_no_thread_makes_no_run_fail(place: Place, answer: Answer) -> None:
    with_isso(place, answer)
    report = place.crawl()
    assert (report.exit_code, report.records["missing service thread"]) == (0, 1)
    assert place.rows("SELECT comments_service FROM posts WHERE title = 'Harbour'") == [("isso",)]
    states = place.rows("SELECT state FROM pages WHERE url LIKE '%/talk/%'")
    assert states == [("gone" if answer.status == 404 else "failed",)]
