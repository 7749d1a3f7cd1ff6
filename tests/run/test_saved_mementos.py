"""Saved copies of captures get the URL and the time of the capture, from their place or from a list beside them."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.report import Report
from scraper.settings import Settings
from tests.run.conftest import POST, POST_HTML, TEXT, Rows, SiteWarc

EDITED = POST.format(text=TEXT + "<p>Later, one more paragraph on rye was added.</p>").encode()
CAPTURES = "SELECT url, fetched_at FROM captures ORDER BY fetched_at, url"


def take(db: Path, *paths: Path) -> Report:
    return import_paths(db, paths, ImportOptions(), Settings())


def put(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def digest(content: bytes) -> str:
    return base64.b32encode(hashlib.sha1(content).digest()).decode()


@pytest.mark.parametrize("layout", ["websites/{host}/{at}", "{at}/{host}"])
def test_a_folder_of_timestamps_has_captures_of_each_time(db: Path, tmp_path: Path, rows: Rows, layout: str) -> None:
    saved = tmp_path / "saved"
    for at, content in (("20120515000000", POST_HTML), ("20130101120000", EDITED)):
        put(saved / layout.format(host="blog.example", at=at) / "slow-bread" / "index.html", content)
    report = take(db, saved)
    assert (report.states, report.exit_code) == ({"fetched": 2}, 0)
    url = "https://blog.example/slow-bread/"
    assert rows(CAPTURES) == [(url, "2012-05-15T00:00:00Z"), (url, "2013-01-01T12:00:00Z")]
    assert rows("SELECT count(*) FROM posts") == [(1,)]
    assert rows("SELECT count(*) FROM revisions WHERE post_id IS NOT NULL") == [(1,)]
    assert take(db, saved).states == {"held": 2}


def test_a_list_tells_what_the_files_beside_it_are(db: Path, tmp_path: Path, rows: Rows) -> None:
    url, saved = "http://blog.example/?p=7", tmp_path / "saved"
    put(saved / "pages" / "1.html", POST_HTML)
    put(saved / "pages" / "2.html", EDITED)
    lines = [
        f"example,blog)/?p=7 20120515000000 {url} text/html 200 {digest(POST_HTML)} 10",
        f"example,blog)/?p=7 20120601000000 {url} text/html 200 {digest(POST_HTML)} 10",
        f"example,blog)/?p=7 20130101120000 {url} text/html 200 {digest(EDITED)} 10",
        f"example,blog)/?p=8 20130101120000 {url}8 text/html 200 {digest(b'not here')} 10",
        f"example,blog)/a.png 20130101120000 http://blog.example/a.png image/png 200 {digest(b'a')} 10",
        "no line",
    ]
    cdx = put(saved / "list.cdx", "\n".join(lines).encode())
    report = take(db, saved)
    assert report.states == {"fetched": 3, "damaged": 1}
    assert report.records == {
        "list of captures": 1,
        "listed, with a copy beside": 3,
        "listed without a copy beside": 1,
        "listed, not a page": 1,
    }
    assert rows(CAPTURES) == [
        (url, "2012-05-15T00:00:00Z"), (url, "2012-06-01T00:00:00Z"), (url, "2013-01-01T12:00:00Z"),
    ]  # fmt: skip
    assert rows(f"SELECT message FROM run_events WHERE url = '{cdx}:6'") == [("damaged line: no CDX line",)]


def test_the_index_of_a_warc_is_told_as_one(db: Path, tmp_path: Path, site: SiteWarc) -> None:
    saved = tmp_path / "saved"
    site.response("https://blog.example/slow-bread", "200 OK", "text/html", POST_HTML)
    put(saved / "site.warc.gz", site.done().read_bytes())
    put(saved / "site.cdx", b" CDX N b a m s k r M S V g\nexample,blog)/slow-bread 20120515000000 "
        b"https://blog.example/slow-bread text/html 200 " + digest(POST_HTML).encode() + b" - - 1 0 site.warc.gz\n")  # fmt: skip
    report = take(db, saved)
    assert (report.states, report.records) == (
        {"fetched": 1},
        {"list of captures": 1, "listed in a WARC file": 1},
    )


def test_neither_toolbar_nor_rewritten_links_reach_rows(db: Path, tmp_path: Path, rows: Rows) -> None:
    toolbar = (
        '<script>__wm.wombat("http://blog.example/slow-bread","20120515000000");</script><!-- BEGIN WAYBACK TOOLBAR '
        "INSERT --><p>The Wayback Machine has 19 captures of this page.</p><!-- END WAYBACK TOOLBAR INSERT -->"
    )
    link = '<a href="/web/20120515000000/http://blog.example/rye">nobody should hurry</a>'
    text = TEXT.replace("nobody should hurry", link)
    page = POST.format(text=text).replace("<body>", f"<body>{toolbar}")
    page = page.replace("https://blog.example", "https://web.archive.org/web/20120515000000/https://blog.example")
    put(tmp_path / "saved.html", page.encode())
    assert take(db, tmp_path / "saved.html").exit_code == 0
    assert rows(CAPTURES) == [("http://blog.example/slow-bread", "2012-05-15T00:00:00Z")]
    ((url, text, html),) = rows("SELECT url, text, html FROM posts")
    assert url == "https://blog.example/slow-bread"
    assert "captures of this page" not in text and "web/2012" not in html
    assert 'href="http://blog.example/rye"' in html
    assert rows("SELECT count(*) FROM links WHERE url LIKE '%web/2012%'") == [(0,)]
