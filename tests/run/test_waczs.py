"""The WARC files of a WACZ are read as if they had been given themselves."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.report import Report
from scraper.settings import Settings
from tests.run.conftest import POST_HTML, RSS, Rows, SiteWarc

URL = "https://blog.example/slow-bread"
CONTENT = ("posts", "comments", "captures", "pages")


def take(db: Path, *paths: Path) -> Report:
    return import_paths(db, paths, ImportOptions(), Settings())


def wacz(folder: Path, warcs: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> Path:
    path = folder / "site.wacz"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("datapackage.json", "{}")
        for name, content in warcs.items():
            archive.writestr(name, content)
        archive.writestr("pages/pages.jsonl", "{}")
    return path


def fill(site: SiteWarc) -> bytes:
    site.info()
    site.response(URL, "200 OK", "text/html", POST_HTML)
    site.response("https://blog.example/feed", "200 OK", "application/rss+xml", RSS)
    return site.done().read_bytes()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_wacz_is_its_warcs(db: Path, tmp_path: Path, site: SiteWarc, rows: Rows, method: int) -> None:
    path = wacz(tmp_path, {"archive/data.warc.gz": fill(site)}, method)
    report = take(db, path)
    assert (report.states, report.exit_code) == ({"fetched": 2}, 0)
    assert report.records == {"warcinfo": 1, "WACZ member without records": 2}
    found = {table: len(rows(f"SELECT * FROM {table}")) for table in CONTENT}
    assert take(db, path).states == {"held": 2}
    assert take(db, site.path).states == {"held": 2}
    assert {table: len(rows(f"SELECT * FROM {table}")) for table in CONTENT} == found


def test_a_member_named_out_of_its_folder_is_written_nowhere(db: Path, tmp_path: Path, site: SiteWarc) -> None:
    inner = tmp_path / "in"
    inner.mkdir()
    content = fill(site)
    path = wacz(inner, {"archive/a.warc.gz": content, "../../evil.warc.gz": content})
    assert take(db, path).states == {"fetched": 2, "held": 2}
    assert not list(tmp_path.rglob("evil*"))


def test_a_member_that_is_damaged_is_read_as_far_as_it_goes(db: Path, tmp_path: Path, site: SiteWarc) -> None:
    content = fill(site)
    path = wacz(tmp_path, {"archive/data.warc.gz": content})
    whole = path.read_bytes()
    at = whole.index(content) + len(content) - 20
    path.write_bytes(whole[:at] + b"\0" + whole[at + 1 :])
    report = take(db, path)
    assert report.states["fetched"] >= 1
    assert report.states["damaged"] >= 1
    assert report.exit_code == 3


def test_a_wacz_without_a_warc_has_failed(db: Path, tmp_path: Path) -> None:
    report = take(db, wacz(tmp_path, {"archive/readme.txt": b"no WARC"}))
    assert (report.states, report.exit_code) == ({"failed": 1}, 3)


def test_one_member_that_is_no_warc_does_not_stop_the_others(db: Path, tmp_path: Path, site: SiteWarc) -> None:
    report = take(db, wacz(tmp_path, {"archive/a.warc.gz": b"rubbish", "archive/b.warc.gz": fill(site)}))
    assert report.states == {"failed": 1, "fetched": 2}


def streamed(content: bytes) -> bytes:
    """A WACZ written to a pipe: each member's size stands behind it."""
    pipe = io.BytesIO()
    pipe.seekable = lambda: False  # type: ignore[method-assign]
    pipe.tell = lambda: (_ for _ in ()).throw(OSError)  # type: ignore[method-assign]
    with zipfile.ZipFile(pipe, "w") as archive:
        for name, each in (("datapackage.json", b"{}"), ("archive/a.warc.gz", content), ("archive/b.warc.gz", content)):
            archive.writestr(name, each)
    return pipe.getvalue()


@pytest.mark.parametrize("is_streamed", [False, True])
def test_a_wacz_that_is_cut_off_is_read_as_far_as_it_goes(
    db: Path, tmp_path: Path, site: SiteWarc, is_streamed: bool
) -> None:
    content = fill(site)
    path = wacz(tmp_path, {"archive/a.warc.gz": content, "archive/b.warc.gz": content})
    whole = streamed(content) if is_streamed else path.read_bytes()
    path.write_bytes(whole[: whole.rindex(content) + len(content) // 2])
    report = take(db, path)
    assert (report.states["fetched"], report.exit_code) == (2, 3)
    assert report.states["damaged"] >= 2  # its list, and its last member


def test_a_zip_file_that_is_no_more_than_a_mark_has_failed(db: Path, tmp_path: Path) -> None:
    (tmp_path / "a.wacz").write_bytes(b"PK\x03\x04")
    assert take(db, tmp_path / "a.wacz").states == {"failed": 1}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_both_read(db: Path, tmp_path: Path, site: SiteWarc) -> None:
    path = wacz(tmp_path, {"archive/a.warc.gz": fill(site)})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("archive/a.warc.gz", b"rubbish")
    assert take(db, path).states == {"fetched": 2, "failed": 1}
