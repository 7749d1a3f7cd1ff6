"""Feeds and interfaces in what is imported: what they state is held as a crawl would hold it, wherever they stand."""

from __future__ import annotations

import gzip
import json
import signal
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from scraper.extract.threads.stated_comments import read_stated
from scraper.model import StatedComment, Visit
from scraper.run.captured import Reading
from scraper.run.importing import imports
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.importing.intake import Intake
from scraper.run.importing.warcs import take_put_off
from scraper.run.outcomes import Judgement
from scraper.run.processing.process import ProcessOptions, process
from scraper.run.report import Report
from scraper.run.stating import placed, read_statement
from scraper.run.upkeep.rebuild import rebuild
from scraper.run.upkeep.reparse import reparse
from scraper.run.watcher import Stop, Watcher
from scraper.settings import Settings
from tests.run.conftest import SiteWarc
from tests.run.contents_of import content
from tests.run.soundness import assert_sound, rows
from tests.run.test_read_again import article, comment, completed  # noqa: F401 (a fixture)
from tests.web.pictures import TEXT

BASE = "https://tide.example"
POSTS = ("/2012/05/ferry/", "/2012/05/buoy/", "/2012/05/rope/", "/2012/05/lamp.html", "/t/anchor/7")
ITEM = (
    "<item><title>By: Bob</title><link>{url}#comment-2</link><dc:creator>Bob</dc:creator>"
    "<pubDate>Tue, 15 May 2012 10:00:00 +0000</pubDate><content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>"
)
RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Comments</title>{items}</channel></rss>'
)
HELD = (
    "SELECT substr(posts.url, 21), comments.text FROM comments JOIN posts ON posts.id = post_id ORDER BY posts.url, 2"
)
WHOLE = sorted((path, text) for path in POSTS for text in ("One.", f"Two, of {path}."))


def two(path: str) -> str:
    return f"Two, of {path}."


def documents() -> list[tuple[str, str, bytes]]:
    """Where each stands, its type, and itself: each states the second comment of another post."""
    ferry, buoy, rope, lamp, anchor = POSTS
    wordpress = [{"id": 2, "post": 7, "parent": 1, "author_name": "Bob", "date_gmt": "2012-05-15T10:00:00",
                  "link": f"{BASE}{ferry}#comment-2", "content": {"rendered": f"<p>{two(ferry)}</p>"}}]  # fmt: skip
    feeds = {path: ITEM.format(url=BASE + path, text=two(path)) for path in (buoy, rope)}
    blogger = {"feed": {"entry": [{
        "id": {"$t": "tag:blogger.com,1999:blog-1.post-2"}, "content": {"$t": two(lamp)},
        "published": {"$t": "2012-05-15T10:00:00Z"}, "author": [{"name": {"$t": "Bob"}}],
        "link": [{"rel": "alternate", "href": f"{BASE}{lamp}?showComment=2#c2"}],
    }]}}  # fmt: skip
    messages = [{"post_number": number, "username": "bob", "cooked": f"<p>{text}</p>", "created_at": "2012-05-15T10:00:00Z"}
                for number, text in ((1, "The topic."), (2, two(anchor)))]  # fmt: skip
    discourse = {"id": 7, "slug": "anchor", "post_stream": {"posts": messages}}
    as_json = "application/json; charset=utf-8"
    return [
        ("/wp-json/wp/v2/comments?post=7", as_json, json.dumps(wordpress).encode()),
        (f"{buoy}feed/", "application/rss+xml", RSS.format(items=feeds[buoy]).encode()),
        ("/comments/feed/", "text/xml", RSS.format(items=feeds[buoy] + feeds[rope]).encode()),
        ("/feeds/2/comments/default?alt=json", as_json, json.dumps(blogger).encode()),
        (f"{anchor}.json", as_json, json.dumps(discourse).encode()),
    ]


def page(path: str, comments: str = comment(1, "One."), count: int = 2) -> bytes:
    """A post of its own words."""
    prose = " ".join(f"Of the {path} the {number}th keeper says that it was not always so." for number in range(12))
    return article(BASE, f"About {path}", comments, count).replace(TEXT.encode(), prose.encode())


def fill(site: SiteWarc) -> Path:
    """A WARC of posts that show the first of two comments, and, before them, of the documents that state the second."""
    for path, kind, body in documents():
        site.response(BASE + path, "200 OK", kind, body)
    for path in POSTS:
        site.response(BASE + path, "200 OK", "text/html", page(path))
    return site.done()


def take(db: Path, *paths: Path, watcher: Watcher | None = None) -> Report:
    return import_paths(db, paths, ImportOptions(), Settings(), watcher)


@pytest.fixture
def filled(db: Path, site: SiteWarc) -> Path:
    take(db, fill(site))
    return db


def test_what_documents_state_is_held_though_they_stand_before_the_posts(db: Path, site: SiteWarc) -> None:
    report = take(db, fill(site))
    assert (report.states, report.exit_code) == ({"fetched": 10}, 0)
    assert rows(db, HELD) == WHOLE
    assert rows(db, "SELECT count(*) FROM posts WHERE comments_complete") == [(5,)]
    assert_sound(db)


def test_imported_again_nothing_changes(filled: Path, site: SiteWarc) -> None:
    before = content(filled)
    assert take(filled, site.path).states == {"held": 10}
    assert content(filled) == before


def as_one_member(path: Path) -> Path:
    whole = path.with_name("whole.warc.gz")
    whole.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())))
    return whole


def as_wacz(path: Path) -> Path:
    packed = path.with_name("site.wacz")
    with zipfile.ZipFile(packed, "w") as file:
        file.write(path, "archive/data.warc.gz")
    return packed


@pytest.mark.parametrize("made", [as_one_member, as_wacz])
def test_it_is_the_same_in_other_packings(db: Path, site: SiteWarc, made: object) -> None:
    assert callable(made)
    assert take(db, made(fill(site))).states == {"fetched": 10}
    assert rows(db, HELD) == WHOLE


def test_documents_and_posts_may_be_in_files_of_their_own(db: Path, tmp_path: Path) -> None:
    first, second = SiteWarc(tmp_path / "a.warc.gz"), SiteWarc(tmp_path / "b.warc.gz")
    for path, kind, body in documents():
        first.response(BASE + path, "200 OK", kind, body)
    for path in POSTS:
        second.response(BASE + path, "200 OK", "text/html", page(path))
    take(db, first.done(), second.done())
    assert rows(db, HELD) == WHOLE


def test_only_the_file_of_which_something_was_put_off_is_read_once_more(
    db: Path, site: SiteWarc, monkeypatch: pytest.MonkeyPatch
) -> None:
    stating = fill(site)
    beside = stating.with_name(stating.name.removesuffix(".warc.gz"))  # whose name the other's begins with
    beside.write_bytes(b"filedesc://x.arc 0.0.0.0 20050101000000 text/plain 20\n1 0 InternetArchive\n")
    read_last: list[str] = []

    def take_last(intake: Intake, path: Path, stop: Stop, name: str) -> None:
        read_last.append(name)
        take_put_off(intake, path, stop, name)

    monkeypatch.setattr(imports, "take_put_off", take_last)
    assert take(db, beside, stating).states["fetched"] == 10
    assert rows(db, HELD) == WHOLE
    assert read_last == [str(stating)]


def test_a_shard_has_it_too(site: SiteWarc, tmp_path: Path) -> None:
    process([fill(site)], tmp_path / "out", ProcessOptions("serial"), Settings())
    (shard,) = (tmp_path / "out").rglob("*.db")
    assert rows(shard, HELD) == WHOLE


def test_made_again_from_its_segments_it_is_the_same(filled: Path) -> None:
    before = content(filled)
    for path in filled.parent.glob(f"{filled.name}*"):
        path.unlink()
    rebuild(filled, filled.with_suffix(".warc"), Settings(), readers=0)
    assert content(filled) == before


def test_read_again_nothing_changes_and_what_was_lost_comes_again(filled: Path) -> None:
    before = content(filled)
    assert reparse(filled, Settings(), readers=0).changes == {}
    assert content(filled) == before
    with closing(sqlite3.connect(filled)) as connection, connection:
        connection.execute("INSERT INTO comments_fts (comments_fts) VALUES ('delete-all')")
        connection.execute("DELETE FROM comments WHERE text <> 'One.'")
        connection.execute("INSERT INTO comments_fts (comments_fts) VALUES ('rebuild')")
    assert reparse(filled, Settings(), readers=0).changes[("comment", "new")] == 5
    assert rows(filled, HELD) == WHOLE


def test_an_import_that_was_stopped_before_the_documents_is_completed(db: Path, site: SiteWarc) -> None:
    path, stop, told = fill(site), Stop(), []

    def tell(visit: Visit) -> None:
        told.append(visit)
        stop.signal = signal.SIGTERM

    take(db, path, watcher=Watcher(stop, tell))
    assert 0 < len(told) < 10
    take(db, path)
    assert rows(db, HELD) == WHOLE


def test_the_segments_of_a_crawl_make_the_threads_of_the_crawl(completed: Path, db: Path) -> None:  # noqa: F811
    take(db, *completed.with_suffix(".warc").glob("*.warc.gz"))
    sql = "SELECT text, platform_id, parent_ref, published, published_shown, position FROM comments ORDER BY id"
    assert rows(db, sql) == rows(completed, sql)
    assert len(rows(db, sql)) == 3


@pytest.mark.parametrize(
    ("path", "kind", "body"),
    [
        ("/feed/", "application/rss+xml", RSS.format(items=ITEM.format(url=BASE + POSTS[0], text="The post itself."))),
        ("/feeds/posts/default?alt=json", "application/json", json.dumps({"feed": {"entry": [{
            "id": {"$t": "tag:blogger.com,1999:blog-1.post-7"}, "content": {"$t": "The post itself."},
            "link": [{"rel": "alternate", "href": BASE + POSTS[0]}],
        }]}})),
        ("/api/v1/post/7/comments", "application/json", json.dumps({"comments": [{"id": 2, "body": "Whose?"}]})),
        ("/feed.json", "application/feed+json", "{"),
        ("/n.json", "application/json", "7"),
    ],
    ids=["feed", "blogger", "nameless", "broken", "number"],
)  # fmt: skip
def test_documents_that_name_no_place_of_a_comment_add_none(
    path: str, kind: str, body: str, db: Path, site: SiteWarc
) -> None:
    site.response(BASE + path, "200 OK", kind, body.replace("#comment-2", "").encode())
    site.response(BASE + POSTS[0], "200 OK", "text/html", page(POSTS[0], "", 1))
    assert take(db, site.done()).states == {"fetched": 2}
    assert rows(db, "SELECT text FROM comments") == []


def test_another_sites_feed_writes_under_no_post(db: Path, site: SiteWarc) -> None:
    path = POSTS[0]
    forged = RSS.format(items=ITEM.format(url=BASE + path, text="Forged words."))
    site.response("https://shoal.example/comments/feed/", "200 OK", "application/rss+xml", forged.encode())
    site.response(BASE + path, "200 OK", "text/html", page(path))
    assert take(db, site.done()).states == {"fetched": 2}
    assert rows(db, "SELECT text FROM comments") == [("One.",)]


FERRY = f"{BASE}{POSTS[0]}"
COMMENT = read_stated(RSS.format(items=ITEM.format(url=FERRY, text="Two.")).encode(), f"{FERRY}feed/")[0].comment


@pytest.mark.parametrize(
    ("post_url", "found_on", "where"),
    [
        (None, FERRY, FERRY),
        (None, None, None),
        (FERRY, None, FERRY),
        ("https://shoal.example/a/", FERRY, "https://shoal.example/a/"),  # of the document's own site
        ("https://reef.example/a/", FERRY, "nowhere"),
        ("https://reef.example/a/", None, "nowhere"),
    ],
)
def test_comments_are_placed_on_posts_of_the_sites_that_speak(
    post_url: str | None, found_on: str | None, where: str | None
) -> None:
    url = f"{FERRY}feed/" if post_url == FERRY else "https://shoal.example/feed/"
    placings = placed([StatedComment(COMMENT, post_url)], url, found_on)
    assert [each.post_url for each in placings] == ([] if where == "nowhere" else [where])


def test_a_rebuild_takes_a_posts_feed_whose_comments_have_no_numbers() -> None:
    feed = RSS.format(items=ITEM.format(url=FERRY, text="Two.").replace("#comment-2", "#When:10:00"))
    read = Reading(Judgement("fetched", "feed"))
    ours = read_statement(read, feed.encode(), f"{FERRY}comments/feed/", is_ours=True)
    theirs = read_statement(read, feed.encode(), f"{FERRY}comments/feed/")
    assert isinstance(ours, Reading)
    assert isinstance(theirs, Reading)
    assert ([each.comment.text for each in ours.stated], theirs.stated) == (["Two."], ())
