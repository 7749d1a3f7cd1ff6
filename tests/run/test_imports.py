"""Files and WARCs end in the archive, each input as a row or a count, and none of them twice."""

from __future__ import annotations

import gzip
import hashlib
import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.capture.records import WarcRecord, read_records
from scraper.errors import UsageError
from scraper.model import Visit
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.report import Report
from scraper.run.watcher import Stop, Watcher
from scraper.settings import Settings
from tests.run.conftest import POST_HTML, RSS, Rows, SiteWarc

URL = "https://blog.example/slow-bread"
MOVED = ("Location", URL)
TABLES = [
    "blogs",
    "pages",
    "captures",
    "posts",
    "people",
    "post_people",
    "bios",
    "comments",
    "tags",
    "media",
    "links",
    "revisions",
    "removals",
    "claims",
]


def take(db: Path, *paths: Path, options: ImportOptions | None = None, watcher: Watcher | None = None) -> Report:
    return import_paths(db, paths, options or ImportOptions(), Settings(), watcher)


def fill(site: SiteWarc) -> Path:
    site.info()
    site.request(URL)
    site.response(URL, "200 OK", "text/html", POST_HTML)
    site.response("https://blog.example/feed", "200 OK", "application/rss+xml", RSS)
    site.response("https://blog.example/old", "301 Moved Permanently", "text/html", b"", MOVED)
    site.response("https://blog.example/gone", "404 Not Found", "text/html", b"<p>No such page</p>")
    site.response("https://blog.example/a.png", "200 OK", "image/png", b"\x89PNG")
    site.resource("https://blog.example/saved", "text/html", POST_HTML)
    site.revisit(URL, "2024-04-01T00:00:00Z")
    return site.done()


def test_a_saved_page_is_known_by_the_url_that_it_states(db: Path, page_file: Path, rows: Rows) -> None:
    report = take(db, page_file)
    assert (report.exit_code, dict(report.states)) == (0, {"fetched": 1})
    assert rows("SELECT url, title FROM posts") == [(URL, "Slow bread")]
    assert rows("SELECT author, text FROM comments") == [("Bob", "Good bread.")]


def test_a_files_time_only_bounds_when_it_was_fetched(db: Path, page_file: Path, rows: Rows) -> None:
    os.utime(page_file, (1_700_000_000, 1_700_000_000))
    take(db, page_file)
    assert rows("SELECT fetched_at, fetched_before, origin FROM captures") == [(None, "2023-11-14T22:13:20Z", "file")]


def test_url_and_time_are_what_the_person_says(db: Path, page_file: Path, rows: Rows) -> None:
    options = ImportOptions("https://blog.example/other", datetime(2024, 3, 20, 12, tzinfo=UTC))
    take(db, page_file, options=options)
    found = rows("SELECT url, fetched_at, fetched_before FROM captures")
    assert found == [("https://blog.example/other", "2024-03-20T12:00:00Z", None)]


def test_a_page_without_url_is_known_by_its_digest(db: Path, tmp_path: Path, rows: Rows) -> None:
    page = POST_HTML.replace(b"canonical", b"nothing")
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(page))
    take(db, tmp_path / "page.html.gz")
    name = f"urn:sha256:{hashlib.sha256(page).hexdigest()}"
    assert rows("SELECT url FROM captures UNION ALL SELECT url FROM posts") == [(name,), (name,)]


def test_the_same_input_twice_changes_no_row_and_adds_no_segment(
    db: Path, page_file: Path, site: SiteWarc, rows: Rows
) -> None:
    inputs = (page_file, fill(site))
    take(db, *inputs)
    before = {table: rows(f"SELECT * FROM {table}") for table in TABLES}
    segments = sorted(db.with_suffix(".warc").iterdir())
    report = take(db, *inputs)
    assert {table: rows(f"SELECT * FROM {table}") for table in TABLES} == before
    assert sorted(db.with_suffix(".warc").iterdir()) == segments
    assert (report.states, report.exit_code) == ({"held": 8}, 0)
    assert len(rows("SELECT * FROM runs")) == 2


def test_the_same_page_under_two_names_is_stored_once(db: Path, tmp_path: Path, rows: Rows) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    for name in ("a.html", "b.html"):
        (folder / name).write_bytes(POST_HTML)
    assert take(db, folder).states == {"fetched": 1, "held": 1}
    assert len(rows("SELECT * FROM captures")) == 1


def test_every_record_of_a_warc_is_a_row_or_a_count(db: Path, site: SiteWarc, rows: Rows) -> None:
    report = take(db, fill(site))
    assert report.states == {"fetched": 5, "gone": 1, "not_modified": 1}
    assert report.records == {"warcinfo": 1, "request": 1}
    assert (report.inputs + report.records.total(), report.exit_code) == (9, 0)
    assert len(rows("SELECT * FROM captures")) == 7
    assert dict(rows("SELECT substr(url, 22), reason FROM pages WHERE kind IS NULL")) == {
        "feed": "feed",
        "old": f"redirect to {URL}",
        "gone": "status 404",
        "a.png": "image/png",
    }


def test_a_copied_record_keeps_its_id_and_date(db: Path, site: SiteWarc, rows: Rows) -> None:
    path = fill(site)
    take(db, path)
    theirs = {each.record_id for each in read_records(path) if isinstance(each, WarcRecord)}
    ours = {record_id for (record_id,) in rows("SELECT record_id FROM captures")}
    assert ours <= theirs
    assert rows("SELECT DISTINCT fetched_at FROM captures WHERE url LIKE '%feed'") == [("2024-03-20T12:00:00Z",)]


def test_a_damaged_record_is_an_event_and_the_rest_is_taken(db: Path, site: SiteWarc, rows: Rows) -> None:
    site.response(URL, "200 OK", "text/html", POST_HTML)
    site.raw(b"\x1f\x8b\x08\x00 this is no gzip member")
    site.response("https://blog.example/feed", "200 OK", "application/rss+xml", RSS)
    report = take(db, site.done())
    assert (report.states["fetched"], report.exit_code) == (2, 3)
    assert report.states["damaged"] >= 1
    assert len(rows("SELECT * FROM run_events WHERE message LIKE 'damaged record%'")) == report.states["damaged"]


def test_a_text_dump_is_a_page(db: Path, shared: Path, rows: Rows) -> None:
    options = ImportOptions("https://blog.example/dump", datetime(2024, 3, 20, 12, tzinfo=UTC))
    report = take(db, shared / "seed" / "page.txt", options=options)
    assert report.exit_code == 0
    assert rows("SELECT url, source FROM posts") == [("https://blog.example/dump", "text")]


def test_files_that_are_no_pages_are_skipped_in_folders_and_failures_by_name(
    db: Path, page_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "style.css").write_text("p {}")
    assert (take(db, folder, page_file).exit_code, take(db, folder / "style.css", page_file).exit_code) == (0, 3)


def test_the_only_input_has_to_be_readable(db: Path, tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("p {}")
    with pytest.raises(UsageError, match="neither HTML"):
        take(db, tmp_path / "style.css")
    with pytest.raises(UsageError, match="--url is for a single"):
        take(db, tmp_path, options=ImportOptions(URL))
    assert not db.exists()


def test_a_bug_in_one_page_is_recorded_and_the_others_are_stored(
    db: Path, page_file: Path, tmp_path: Path, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scraper.run import reading

    def read(source: reading.Source, recipes: object) -> object:
        if b"poison" in source.payload:
            raise ZeroDivisionError("a bug")
        return real(source)

    real = reading.read_source
    monkeypatch.setattr(reading, "read_source", read)
    (tmp_path / "bad.html").write_bytes(b"<html>poison")
    report = take(db, tmp_path / "bad.html", page_file)
    assert (report.states, report.exit_code) == ({"failed": 1, "fetched": 1}, 3)
    ((level, message, trace),) = rows("SELECT level, message, traceback FROM run_events")
    assert (level, message) == ("error", "ZeroDivisionError: a bug")
    assert "in read" in trace
    assert rows("SELECT state, reason FROM pages WHERE url LIKE 'urn:%'") == [
        ("failed", "bug: ZeroDivisionError: a bug")
    ]


def test_a_signal_stops_the_run_after_the_page_in_hand(db: Path, tmp_path: Path, rows: Rows) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.html").write_bytes(POST_HTML.replace(b"slow-bread", b"bread-%d" % number))
    (folder / "1.css").write_text("p {}")
    stop = Stop()

    def tell(visit: Visit) -> None:
        stop.signal = signal.SIGINT

    report = take(db, folder, watcher=Watcher(stop, tell))
    assert report.exit_code == 130
    assert rows("SELECT url FROM posts") == [("https://blog.example/bread-0",)]
    assert rows("SELECT exit_code FROM runs") == [(130,)]


RELATIVE = POST_HTML.replace(b'datetime="2012-05-15T10:00:00+00:00">May 15, 2012', b">3 years 2 months ago")


def test_unchanged_pages_captured_again_count_as_no_change(db: Path, site: SiteWarc, rows: Rows) -> None:
    for day in (1, 2, 3):
        site.response(URL, "200 OK", "text/html", RELATIVE, date=f"2015-01-2{day}T12:00:00Z")
    site.response("https://blog.example/node/1", "200 OK", "text/html", RELATIVE, date="2015-01-24T12:00:00Z")
    report = take(db, site.done())
    assert rows("SELECT count(*) FROM captures") == [(4,)]
    assert rows("SELECT published_precision, last_capture_id FROM comments") == [("interval", 4)]
    assert {name: report.stored[name] for name in ("posts_added", "posts_changed", "comments_changed")} == {
        "posts_added": 1,
        "posts_changed": 0,
        "comments_changed": 0,
    }


def test_a_changed_page_counts_as_changed(db: Path, site: SiteWarc) -> None:
    site.response(URL, "200 OK", "text/html", POST_HTML, date="2024-01-20T12:00:00Z")
    edited = POST_HTML.replace(b"Good bread", b"Very good bread").replace(b"nobody", b"no one")
    site.response(URL, "200 OK", "text/html", edited, date="2024-02-20T12:00:00Z")
    report = take(db, site.done())
    assert (report.stored["posts_changed"], report.stored["comments_changed"]) == (1, 1)


def test_a_site_under_several_addresses_counts_as_unchanged(db: Path, shared: Path) -> None:
    report = take(db, shared / "captures" / "drupal7-seedlike.warc.gz")
    assert report.stored["posts_added"] == 30
    assert (report.stored["posts_changed"], report.stored["comments_changed"]) == (0, 0)


@pytest.mark.parametrize("fetched_at", [None, datetime(2024, 3, 20, 12, tzinfo=UTC)])
def test_our_own_segments_say_when_a_file_was_fetched(
    db: Path, page_file: Path, rows: Rows, tmp_path: Path, fetched_at: datetime | None
) -> None:
    os.utime(page_file, (1_700_000_000, 1_700_000_000))
    other = tmp_path / "other.db"
    import_paths(other, [page_file], ImportOptions(fetched_at=fetched_at), Settings())
    (segment,) = other.with_suffix(".warc").glob("*.warc.gz")
    assert take(db, segment).exit_code == 0
    wanted = ("2024-03-20T12:00:00Z", None) if fetched_at else (None, "2023-11-14T22:13:20Z")
    assert rows("SELECT fetched_at, fetched_before FROM captures") == [wanted]
    assert take(db, segment, page_file, options=ImportOptions(fetched_at=fetched_at)).states == {"held": 2}


def test_a_batch_of_large_pages_is_written_early(db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from scraper.run import batch

    folder = tmp_path / "saved"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.html").write_bytes(POST_HTML.replace(b"slow-bread", b"bread-%d" % number))
    written: list[int] = []
    real = batch.write_visits
    monkeypatch.setattr(
        batch, "write_visits", lambda session, visits: written.append(len(visits)) or real(session, visits)
    )
    monkeypatch.setattr(batch, "LONGEST", 60.0)
    monkeypatch.setattr(batch, "LARGEST", 2 * len(POST_HTML))
    take(db, folder)
    assert sum(written) == 6
    assert len(written) > 1
