"""Pictures that a crawl fetches: which, from where, what is taken for one, and how each is found again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.capture.records import read_record
from scraper.model import Crawl
from scraper.run.crawling.crawl import CrawlOptions, crawl
from scraper.run.crawling.pictures import MediaChoice, Pictures
from scraper.run.crawling.remove import remove_blog
from scraper.run.report import Report
from scraper.run.upkeep.check import check_archive
from scraper.settings import Settings
from scraper.store.archive import Archive
from scraper.store.crawls.pictures import PictureShelf
from tests.run.soundness import assert_sound
from tests.web.crawling import CONTACT, rows, tracebacks
from tests.web.pictures import HTML, Pages, home, png, post
from tests.web.server import Answer, Web

BLOG, CDN = "127.0.0.1", "127.0.0.2"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def web() -> Iterator[Web]:
    with Web([BLOG, CDN]) as web:
        blog, cdn = Pages(), Pages()
        web.put(BLOG, blog)
        web.put(CDN, cdn)
        base, far = web.base(BLOG), web.base(CDN)
        first = (
            f"{base}/up/one.png",
            f"{far}/big.png",
            f"{far}/private/two.png",
            f"{far}/drawing.svg",
            f"{far}/old.jpg",
        )
        second = (f"{far}/same.png", f"{far}/page.png", f"{far}/text.png", f"{far}/gone.png", "http://10.0.0.1/a.png")
        blog.put("/", home(base))
        blog.put("/2012/05/kettle-and-lantern-1/", post(base, 1, first, f"{far}/ann.png"))
        blog.put("/2012/05/kettle-and-lantern-2/", post(base, 2, second, f"{far}/ann.png"))
        blog.put("/up/one.png", png(1), "image/png")
        cdn.put("/robots.txt", b"User-agent: *\nDisallow: /private/", "text/plain")
        cdn.put("/ann.png", png(9), "image/png")
        cdn.put("/same.png", png(1), "image/jpeg")
        cdn.put("/big.png", png(2) + bytes(5000), "image/png")
        cdn.put("/drawing.svg", SVG, "image/svg+xml")
        cdn.put("/page.png", b"<!DOCTYPE html><html><body>buy</body></html>", "image/png")
        cdn.put("/text.png", png(3), HTML)
        cdn.pages["/old.jpg"] = Answer(302, (("Location", "/new.jpg?x=1"),))
        cdn.put("/new.jpg?x=1", b"\xff\xd8\xff\xe0 a photograph", "image/jpeg")
        yield web


def run(web: Web, folder: Path, media: MediaChoice) -> tuple[Path, Report]:
    db = folder / "voices.db"
    settings = Settings(contact=CONTACT, allow_net=("127.0.0.0/8",), max_media_bytes=3000)
    options = CrawlOptions(delay=0, readers=0, media=media)
    return db, crawl(db, Crawl(web.base(BLOG) + "/"), options, settings)


def test_a_picture_whose_address_has_no_page_is_looked_up_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "voices.db"
    Archive(db).close()
    with sqlite3.connect(db) as connection:
        connection.execute(
            "INSERT INTO media (url) VALUES ('http://blog.example/a.png'), ('http://blog.example/b.png')"
        )
    asked: list[set[str]] = []
    look_up = PictureShelf.asked
    monkeypatch.setattr(PictureShelf, "asked", lambda shelf, keys: asked.append(set(keys)) or look_up(shelf, keys))
    with Archive(db) as archive:
        Pictures(archive, {}, "all").link()
    assert asked == [{"http://blog.example/a.png", "http://blog.example/b.png"}]


def targets(web: Web, host: str, since: int = 0) -> list[str]:
    return [each.target for each in web.log[since:] if each.host == host]


def media(db: Path) -> dict[str, tuple[str | None, str | None, str | None]]:
    found = rows(db, "SELECT url, state, reason, media_type FROM media")
    return {url.rpartition("/")[2]: rest for url, *rest in found}  # type: ignore[misc]


def test_without_being_told_to_a_crawl_asks_for_no_picture(web: Web, tmp_path: Path) -> None:
    db, report = run(web, tmp_path, "none")
    assert report.exit_code == 0
    assert targets(web, CDN) == [] and "/up/one.png" not in targets(web, BLOG)
    assert {tuple(row) for row in media(db).values()} == {(None, None, None)}


def test_pictures_of_people_are_fetched_alone_and_found_by_the_person(web: Web, tmp_path: Path) -> None:
    db, report = run(web, tmp_path, "pictures")
    assert report.exit_code == 0
    assert targets(web, CDN) == ["/robots.txt", "/ann.png"]
    sql = """
SELECT name, media_type, payload_length, warc_file, warc_offset FROM pictures JOIN people ON people.id = person_id"""
    ((name, kind, length, file, offset),) = rows(db, sql)
    assert (name, kind, length) == ("Ann Lee", "image/png", len(png(9)))
    assert read_record(tmp_path / file, offset).payload == png(9)
    assert_sound(db)


def test_each_picture_of_a_post_ends_as_a_row_with_its_state(web: Web, tmp_path: Path) -> None:
    db, report = run(web, tmp_path, "all")
    found = media(db)
    assert {name: row[0] for name, row in found.items()} == {
        "one.png": "fetched", "same.png": "fetched", "drawing.svg": "fetched", "old.jpg": "fetched", "ann.png": "fetched",
        "two.png": "refused", "a.png": "refused", "big.png": "failed", "gone.png": "gone",
        "page.png": "skipped", "text.png": "skipped",
    }  # fmt: skip
    assert (found["same.png"][2], found["drawing.svg"][2]) == ("image/png", "image/svg+xml")
    assert (found["two.png"][1] or "").startswith("robots: ")
    assert "address: 10.0.0.1" in (found["a.png"][1] or "")
    assert report.exit_code == 0, "pictures that are not to be had make no run fail"
    assert (report.records["picture"], report.records["missing picture"]) == (5, 6)
    assert rows(db, "SELECT count(*) FROM posts WHERE kind = 'post'") == [(2,)]
    assert tracebacks(db) == []
    assert_sound(db)


def test_the_same_bytes_are_stored_once(web: Web, tmp_path: Path) -> None:
    db, _ = run(web, tmp_path, "all")
    sql = "SELECT url, payload_sha256, warc_file, warc_offset FROM captures WHERE url LIKE '%/one.png' OR url LIKE '%/same.png'"
    found = rows(db, sql)
    assert len({sha256 for _, sha256, _, _ in found}) == 1 and len(found) == 2
    kinds = sorted(read_record(tmp_path / file, offset).kind for _, _, file, offset in found)
    assert kinds == ["response", "revisit"]
    places = rows(db, "SELECT DISTINCT warc_offset FROM pictures WHERE url LIKE '%/one.png' OR url LIKE '%/same.png'")
    assert len(places) == 1


def test_a_picture_behind_a_redirect_is_found_by_the_address_that_the_page_has(web: Web, tmp_path: Path) -> None:
    db, _ = run(web, tmp_path, "all")
    sql = "SELECT captures.url FROM media JOIN captures ON captures.id = capture_id WHERE media.url LIKE '%/old.jpg'"
    assert rows(db, sql) == [(web.base(CDN) + "/new.jpg?x=1",)]
    assert rows(db, "SELECT count(*) FROM media WHERE url LIKE '%/new.jpg%'") == [(0,)]


def test_a_picture_that_is_held_is_not_asked_for_again(web: Web, tmp_path: Path) -> None:
    run(web, tmp_path, "all")
    since = len(web.log)
    db, _ = run(web, tmp_path, "all")
    assert targets(web, CDN, since) == []
    assert media(db)["one.png"][0] == "fetched"


def test_pictures_of_posts_that_an_earlier_crawl_stored_without_them_are_fetched(web: Web, tmp_path: Path) -> None:
    run(web, tmp_path, "none")
    db, _ = run(web, tmp_path, "all")
    assert sum(row[0] == "fetched" for row in media(db).values()) == 5


def test_what_was_captured_but_not_settled_is_settled_from_the_captures(web: Web, tmp_path: Path) -> None:
    """As after a kill between the record and its row: the picture that was here already has but a revisit."""
    db, _ = run(web, tmp_path, "all")
    first = "SELECT min(warc_offset) FROM captures WHERE url LIKE '%.png' AND status = 200"
    with sqlite3.connect(db) as connection:
        connection.execute("UPDATE media SET state = NULL, capture_id = NULL, media_type = NULL")
        connection.execute("UPDATE frontier SET due_at = found_at, checked_at = NULL WHERE role = 'media'")
        connection.execute(f"DELETE FROM captures WHERE warc_offset >= ({first})")
        connection.execute("UPDATE pages SET state = 'failed', reason = 'killed' WHERE url LIKE '%.png'")
    connection.close()
    since = len(web.log)
    run(web, tmp_path, "all")
    assert not {"/same.png", "/ann.png"} & set(targets(web, CDN, since))
    assert sum(row[0] == "fetched" for row in media(db).values()) == 5


def test_a_blog_that_is_removed_takes_its_pictures_with_it(web: Web, tmp_path: Path) -> None:
    db, _ = run(web, tmp_path, "all")
    remove_blog(db, web.base(BLOG) + "/", Settings())
    assert rows(db, "SELECT count(*) FROM media") == [(0,)]
    assert check_archive(db).problems == ()


def test_pictures_do_not_count_as_pages_of_the_blog_nor_as_its_trouble(web: Web, tmp_path: Path) -> None:
    db, _ = run(web, tmp_path, "all")
    assert rows(db, "SELECT count(*) FROM frontier WHERE role = 'media'") > [(8,)]
    known = rows(db, "SELECT count(*) FROM frontier WHERE role <> 'media'")
    assert rows(db, "SELECT pages_known FROM coverage") == known
    assert rows(db, "SELECT example FROM crawl_health WHERE example LIKE '%.png'") == []
