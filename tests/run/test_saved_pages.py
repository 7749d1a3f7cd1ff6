"""Pages that other programs saved, and mirrors, come in under their own addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.errors import UsageError
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.report import Report
from scraper.settings import Settings
from tests.parse.test_mhtml import message
from tests.parse.test_saved_from import HTTRACK, SINGLE_FILE
from tests.run.conftest import POST_HTML, Rows

PLAIN = POST_HTML.replace(b'rel="canonical"', b'rel="none"')


def take(db: Path, *paths: Path, options: ImportOptions | None = None) -> Report:
    return import_paths(db, paths, options or ImportOptions(), Settings())


def mhtml() -> bytes:
    body = PLAIN.decode().replace("=", "=3D")
    return message(body)


def test_a_page_in_a_message_is_a_page(db: Path, tmp_path: Path, rows: Rows) -> None:
    (tmp_path / "page.mhtml").write_bytes(mhtml())
    report = take(db, tmp_path / "page.mhtml")
    assert (report.states, report.exit_code) == ({"fetched": 1}, 0)
    assert rows("SELECT url, title FROM posts") == [("https://blog.example/slow-bread", "Slow bread")]
    assert rows("SELECT author FROM comments") == [("Bob",)]
    found = rows("SELECT content_type, fetched_at, origin FROM captures")
    assert found == [("multipart/related", "2024-03-20T11:00:00Z", "file")]
    assert take(db, tmp_path / "page.mhtml").states == {"held": 1}


def test_an_archive_that_was_lost_comes_back_with_its_messages(db: Path, tmp_path: Path, rows: Rows) -> None:
    (tmp_path / "page.mhtml").write_bytes(mhtml())
    take(db, tmp_path / "page.mhtml")
    before = rows("SELECT * FROM posts"), rows("SELECT * FROM comments")
    db.unlink()
    assert take(db, tmp_path / "page.mhtml").states == {"held": 1}
    assert (rows("SELECT * FROM posts"), rows("SELECT * FROM comments")) == before


def test_a_message_without_a_page_has_failed(db: Path, tmp_path: Path) -> None:
    (tmp_path / "page.mht").write_bytes(b"Content-Type: multipart/related\r\n\r\nno page")
    assert take(db, tmp_path / "page.mht").states == {"failed": 1}


@pytest.mark.parametrize(
    ("mark", "url"),
    [(SINGLE_FILE, "https://blog.example/slow-bread"), (HTTRACK, "http://blog.example/2012/05/rye.html")],
)
def test_the_program_that_saved_a_page_tells_its_url(
    db: Path, tmp_path: Path, rows: Rows, mark: bytes, url: str
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(mark + PLAIN)
    take(db, page)
    assert rows("SELECT url, fetched_at FROM captures") == [(url, "2024-03-20T12:00:00Z")]
    assert rows("SELECT url FROM posts") == [(url,)]
    assert take(db, page).states == {"held": 1}


def mirror(folder: Path, *names: str) -> Path:
    for number, name in enumerate(names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(PLAIN.replace(b"Slow bread", b"Bread %d" % number))
    return folder


@pytest.mark.parametrize("host", ["", "blog.example/"])
def test_a_mirrors_pages_have_the_urls_of_their_places(db: Path, tmp_path: Path, rows: Rows, host: str) -> None:
    folder = mirror(tmp_path / "saved", f"{host}index.html", f"{host}2012/rye.html", f"{host}index.html?p=1.html")
    report = take(db, folder, options=ImportOptions(url="https://blog.example/"))
    assert report.states == {"fetched": 3}
    found = {url for (url,) in rows("SELECT url FROM captures")}
    assert found == {
        "https://blog.example/",
        "https://blog.example/2012/rye.html",
        "https://blog.example/?p=1",
    }


def test_a_folder_named_by_the_host_is_the_whole_of_it(db: Path, tmp_path: Path, rows: Rows) -> None:
    folder = mirror(tmp_path / "blog.example", "sub/a.html", "sub/b c.html")
    take(db, folder, options=ImportOptions(url="https://blog.example/sub/"))
    found = {url for (url,) in rows("SELECT url FROM captures")}
    assert found == {"https://blog.example/sub/a.html", "https://blog.example/sub/b%20c.html"}


def test_a_mirrors_other_hosts_keep_theirs(db: Path, tmp_path: Path, rows: Rows) -> None:
    folder = mirror(tmp_path / "saved", "blog.example/a.html", "other.example/b.html")
    take(db, folder, options=ImportOptions(url="https://blog.example/"))
    found = {url for (url,) in rows("SELECT url FROM captures")}
    assert found == {"https://blog.example/a.html", "https://other.example/b.html"}


def test_one_url_for_two_files_is_an_error_of_usage(db: Path, tmp_path: Path) -> None:
    folder = mirror(tmp_path, "a.html", "b.html")
    with pytest.raises(UsageError, match="--url is for"):
        take(db, folder / "a.html", folder / "b.html", options=ImportOptions(url="https://blog.example/"))
