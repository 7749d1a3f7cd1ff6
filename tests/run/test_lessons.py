"""An import learns of a blog before it reads it."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from scraper.capture.records import WarcRecord, read_records
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.importing.single import read_single
from scraper.settings import Settings
from tests.extract import blog
from tests.run.conftest import Rows, SiteWarc

POSTS = 12


def take(db: Path, *paths: Path) -> None:
    assert import_paths(db, paths, ImportOptions(), Settings()).exit_code == 0


def feed(numbers: range) -> bytes:
    items = "".join(
        f"<item><title>{blog.title(n)}</title><link>{blog.url(n)}</link><author>{blog.AUTHORS[n % 2]}</author>"
        f"<pubDate>{n + 1} Mar 2011 09:00:00 +0000</pubDate><description>{escape(blog.prose(n))}</description></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()


def fill(site: SiteWarc, numbers: range, fed: range) -> Path:
    for number in numbers:
        site.response(blog.url(number), "200 OK", "text/html", blog.page(number).encode())
    site.response("https://tide.example/feed", "200 OK", "application/rss+xml", feed(fed))
    return site.done()


@pytest.fixture
def warc(site: SiteWarc) -> Path:
    return fill(site, range(POSTS), range(8, 12))


def test_posts_that_the_feed_does_not_cover_are_read_by_what_it_taught(db: Path, warc: Path, rows: Rows) -> None:
    take(db, warc)
    found = rows("SELECT url, title FROM posts ORDER BY published")
    assert found == [(blog.url(number), blog.title(number)) for number in range(POSTS)]
    assert rows("SELECT count(*) FROM posts WHERE text LIKE '%calendar%' OR text LIKE '%mail boat%'") == [(0,)]
    assert rows("SELECT DISTINCT name FROM post_people ORDER BY name") == [(name,) for name in blog.AUTHORS]


def test_the_profile_is_stored_with_its_run_and_told_as_an_event(db: Path, warc: Path, rows: Rows) -> None:
    take(db, warc)
    assert rows("SELECT host, pages, entries, run_id FROM profiles") == [("tide.example", POSTS, 4, 1)]
    assert ("title", "div.qa-h", 4, 4) in rows("SELECT field, selector, votes, trials FROM profile_selectors")
    (message,) = rows("SELECT message FROM run_events WHERE url = 'tide.example'")[0]
    assert message.startswith(f"learned from {POSTS} pages and 4 entries: selectors for title, author")


def test_the_same_import_again_learns_nothing(db: Path, warc: Path, rows: Rows) -> None:
    take(db, warc)
    take(db, warc)
    assert rows("SELECT count(*) FROM profiles") == [(1,)]


def test_what_was_learned_holds_for_a_page_that_comes_later(db: Path, warc: Path, tmp_path: Path, rows: Rows) -> None:
    take(db, warc)
    later = tmp_path / "later.html"
    later.write_text(blog.page(13).replace("<head>", f"<head><link rel=canonical href={blog.url(13)}>"))
    take(db, later)
    assert rows(f"SELECT title FROM posts WHERE url = '{blog.url(13)}'") == [(blog.title(13),)]


def test_a_record_whose_body_is_damaged_teaches_nothing_and_stops_nothing(
    db: Path, warc: Path, tmp_path: Path, rows: Rows
) -> None:
    damaged = tmp_path / "damaged.warc.gz"
    records = [one for one in read_records(warc) if isinstance(one, WarcRecord)]
    packed = bytearray(warc.read_bytes())
    packed[records[3].offset + records[3].length - 6] ^= 1  # the checksum of a member
    damaged.write_bytes(packed)
    assert import_paths(db, [damaged], ImportOptions(), Settings()).exit_code == 3
    assert rows("SELECT pages FROM profiles") == [(POSTS - 1,)]


def test_a_folder_of_saved_pages_teaches_its_template(db: Path, tmp_path: Path, rows: Rows) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    for number in range(6):
        html = blog.page(number).replace("<head>", f"<head><link rel=canonical href={blog.url(number)}>")
        (folder / f"{number}.html").write_text(html)
    take(db, folder)
    assert rows("SELECT host, pages, entries FROM profiles") == [("tide.example", 6, 0)]
    assert rows("SELECT count(*) FROM posts WHERE text LIKE '%mail boat%'") == [(0,)]


def test_explain_shows_what_a_profile_decided(db: Path, warc: Path, tmp_path: Path) -> None:
    take(db, warc)
    saved = tmp_path / "saved.html"
    saved.write_text(blog.page(13))
    page = read_single(str(saved), Settings(), url=blog.url(13), archive=db)
    assert {claim.field for claim in page.claims if claim.accepted and claim.source == "profile"} >= {"title", "author"}
    assert "template" in {removal.kind for removal in page.removals}
    assert read_single(str(saved), Settings(), url="https://other.example/", archive=db).claims == (
        read_single(str(saved), Settings(), url="https://other.example/").claims
    )


def test_four_pages_make_no_profile(db: Path, site: SiteWarc, rows: Rows) -> None:
    take(db, fill(site, range(4), range(4)))
    assert rows("SELECT count(*) FROM profiles") == [(0,)]
