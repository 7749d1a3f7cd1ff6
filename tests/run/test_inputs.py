"""Files and folders become inputs, each with what it is to be read as."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from scraper.errors import UsageError
from scraper.run.importing.inputs import Input, find_inputs, judge_file

HTML = b"<!DOCTYPE html><html><body><p>Hello</p></body></html>"


def kinds(*paths: Path) -> dict[str, str]:
    return {each.path.name: each.kind for each in find_inputs(paths)}


def test_files_are_told_by_name_and_else_by_their_first_bytes(tmp_path: Path) -> None:
    files = {
        "a.html": HTML,
        "b.PHP": HTML,
        "c.txt": b"A dump",
        "d.warc": b"WARC/1.0\r\n",
        "e.warc.gz": gzip.compress(b"WARC/1.1\r\n"),
        "f.html.gz": gzip.compress(HTML),
        "g": HTML,
        "h": gzip.compress(b"WARC/1.0\r\n"),
        "i.css": b"p { color: red }",
        "j.bin": b"\x1f\x8bnot gzip",
        "k": "<html><p>UTF-16</p>".encode("utf-16"),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    expected = ["html", "html", "text", "warc", "warc", "html", "html", "warc", "skipped", "skipped", "html"]
    assert list(kinds(tmp_path).values()) == expected


def test_folders_are_sorted_and_hidden_names_left_out(tmp_path: Path) -> None:
    for name in ("b/2.html", "a/1.html", ".git/x.html", "a/.hidden.html", "c.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(HTML)
    assert list(kinds(tmp_path)) == ["1.html", "2.html", "c.html"]


def test_links_out_of_the_folder_are_skipped(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    outside.mkdir()
    (outside / "secret.html").write_bytes(HTML)
    (folder / "page.html").write_bytes(HTML)
    (folder / "file-out.html").symlink_to(outside / "secret.html")
    (folder / "folder-out").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    (folder / "near.html").symlink_to(folder / "page.html")
    expected = {
        "file-out.html": "skipped",
        "folder-out": "skipped",
        "loop": "skipped",
        "near.html": "html",
        "page.html": "html",
    }
    assert kinds(folder) == expected


def test_what_a_browser_saves_beside_a_page_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "post.html").write_bytes(HTML)
    (tmp_path / "post_files").mkdir()
    (tmp_path / "post_files" / "advert.html").write_bytes(HTML)
    assert kinds(tmp_path) == {"post.html": "html", "advert.html": "skipped"}


def test_a_missing_path_is_a_usage_error_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        next(find_inputs([tmp_path, tmp_path / "absent"]))


def test_a_folder_with_nothing_in_it_is_a_skipped_input(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / ".hidden.html").write_bytes(HTML)
    assert list(find_inputs([tmp_path])) == [Input(tmp_path, "skipped", "nothing in it to read")]


def test_links_in_a_circle_are_skipped_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.html").symlink_to("b.html")
    (tmp_path / "b.html").symlink_to("a.html")
    assert {each.reason for each in find_inputs([tmp_path])} == {"a link that leads nowhere"}


def test_formats_that_are_not_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"SQLite format 3\0")
    found = judge_file(tmp_path / "a.db", named=True)
    assert (found.kind, found.named) == ("skipped", True)
    assert "a SQLite database" in (found.reason or "")


def test_an_arc_file_is_known_by_its_beginning(tmp_path: Path) -> None:
    for name, head in {"a": b"filedesc://", "a.arc.gz": gzip.compress(b"filedesc://")}.items():
        (tmp_path / name).write_bytes(head)
        assert judge_file(tmp_path / name) == Input(tmp_path / name, "arc")


def test_zip_files_are_known_by_the_names_in_them(tmp_path: Path) -> None:
    holds = {"wacz": "archive/data.warc.gz", "substack": "posts.csv", "takeout": "Takeout/Blogger/Blogs/a/feed.atom"}
    for kind, name in {**holds, "skipped": "../../etc/passwd"}.items():
        with zipfile.ZipFile(tmp_path / f"{kind}.zip", "w") as archive:
            archive.writestr(name, b"")
        assert judge_file(tmp_path / f"{kind}.zip").kind == kind


def test_a_damaged_zip_file_has_failed(tmp_path: Path) -> None:
    (tmp_path / "a.wacz").write_bytes(b"PK\x03\x04 and no more")
    assert judge_file(tmp_path / "a.wacz").kind == "failed"


def test_a_seal_beside_a_warc_file_is_named_as_one(tmp_path: Path) -> None:
    for name in ("20240320T120000Z-000000-00001-abcd.warc.gz", "20240320T120000Z-000000-00001-abcd.warc.gz.seal"):
        (tmp_path / name).write_bytes(b"{}")
    assert [(each.kind, each.reason) for each in find_inputs([tmp_path])] == [
        ("warc", None),
        ("skipped", "the seal of a WARC file"),
    ]
