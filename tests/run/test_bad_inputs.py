"""Whatever is given to `import` ends with its exit code and one line, and what is good beside it is taken in."""

from __future__ import annotations

import gzip
import json
import os
import socket
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.cli.main import cli
from tests.run.conftest import POST_HTML, Rows
from tests.run.faults import run_forked
from tests.run.permissions import become_nobody
from tests.run.soundness import assert_sound

GOOD = "https://blog.example/slow-bread"
OTHER = POST_HTML.replace(b"slow-bread", b"other-bread").decode().replace("Slow bread", "Größe und Brot")


def write(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def record(number: int, version: str = "1.1", length: int | str | None = None) -> bytes:
    """A response of this WARC version, whose length is stated wrongly if one is given."""
    page = POST_HTML.replace(b"slow-bread", b"bread-%d" % number)
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    fields = {
        "WARC-Type": "response",
        "WARC-Record-ID": f"<urn:uuid:{number}>",
        "WARC-Date": "2024-03-20T12:00:00Z",
        "WARC-Target-URI": f"https://blog.example/bread-{number}",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": len(block) if length is None else length,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"WARC/{version}\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def packed(*records: bytes) -> bytes:
    return b"".join(map(gzip.compress, records))


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))  # a whole path can be too long for one


def make_links(path: Path) -> None:
    path.mkdir()
    (path.parent / "outside").mkdir()
    (path.parent / "outside" / "secret.html").write_bytes(POST_HTML.replace(b"slow-bread", b"secret"))
    (path / "folder").symlink_to(path.parent / "outside")
    (path / "file.html").symlink_to(path.parent / "outside" / "secret.html")
    (path / "nothing.html").symlink_to(path / "nowhere")
    (path / "near.html").write_bytes(OTHER.encode())


def make_wacz(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("archive/data.warc", record(1))


ARC = b"filedesc://x.arc 0.0.0.0 20240101000000 text/plain 76\n1 0 X\n\n" + POST_HTML
BINARY = bytes(range(256)) * 50
NO_GZIP = b"\x1f\x8b\x08" + b"x" * 99


@dataclass(frozen=True, slots=True)
class Case:
    """An input, the exit code alone, the one beside a good file, what is said, and which posts come of it."""

    name: str
    make: Callable[[Path], object]
    alone: int
    beside: int
    said: str
    posts: int = 0


CASES = [
    Case("missing.html", lambda path: None, 2, 2, "missing.html"),
    Case("folder", Path.mkdir, 0, 0, "1 skipped (a folder with nothing in it: 1)"),
    Case("binary.html", write(BINARY), 3, 3, "is neither HTML nor text"),
    Case("binary", write(BINARY), 2, 3, "neither HTML, text nor WARC"),
    Case("zeros.html", write(bytes(9999)), 3, 3, "is neither HTML nor text"),
    Case("empty.html", write(b""), 3, 3, "is empty"),
    Case("empty", write(b""), 2, 3, "is empty"),
    Case("empty.warc", write(b""), 3, 3, "no WARC record in it"),
    Case("empty.warc.gz", write(b""), 3, 3, "no WARC record in it"),
    Case("utf16.html", write(OTHER.encode("utf-16-le")), 0, 0, "", 1),
    Case("latin1.html", write(OTHER.replace("<head>", "<head><meta charset=utf-8>").encode("latin-1")), 0, 0, "", 1),
    Case("links", make_links, 0, 0, "(a link out of the folder: 2, a link to nothing: 1)", 1),
    Case("cut.warc", write((record(1) + record(2))[:-999]), 3, 3, "damaged record: cut off: ", 1),
    Case("cut.warc.gz", write(packed(record(1), record(2))[:-99]), 3, 3, "cut off inside a gzip member", 1),
    Case("old.warc", write(record(1, "0.18") + record(2, "0.18")), 0, 0, "", 2),
    Case("new.warc", write(record(1, "1.1") + record(2, "1.1")), 0, 0, "", 2),
    Case("short.warc", write(record(1, length=99) + record(2)), 3, 3, "damaged record: no WARC header", 1),
    Case("long.warc", write(record(1, length=99_999) + record(2)), 3, 3, "damaged record: cut off: ", 1),
    Case("long.warc.gz", write(packed(record(1, length=99_999), record(2))), 3, 3, "damaged record: cut off: ", 1),
    Case("no-length.warc", write(record(1, length="x") + record(2)), 3, 3, "damaged record: no Content-Length", 1),
    Case("huge.warc", write(record(1, length=10**17) + record(2)), 3, 3, "damaged record: cut off: ", 1),
    Case("negative.warc", write(record(1, length=-1) + record(2)), 3, 3, "damaged record: no Content-Length", 1),
    Case("text.warc.gz", write(b"this is no gzip"), 3, 3, "not a WARC file"),
    Case("no-gzip.warc.gz", write(NO_GZIP), 3, 3, "damaged record: not well-formed gzip"),
    Case("no-gzip.html.gz", write(NO_GZIP), 3, 3, "cannot be read"),
    Case("no-gzip", write(NO_GZIP), 2, 3, "not well-formed gzip"),
    Case("cut.html.gz", write(gzip.compress(POST_HTML)[:-99]), 3, 3, "cannot be read"),
    Case("pipe.html", os.mkfifo, 2, 3, "not a regular file"),
    Case("socket.html", make_socket, 2, 3, "not a regular file"),
    Case("old.arc", write(ARC), 2, 3, "an ARC file; only WARC is read"),
    Case("old.arc.gz", write(gzip.compress(ARC)), 2, 3, "an ARC file; only WARC is read"),
    Case("arc.warc", write(ARC), 3, 3, "an ARC file; only WARC is read"),
    Case("new.wacz", make_wacz, 2, 3, "a ZIP or WACZ file; unpack it"),
    Case("wacz.warc", make_wacz, 3, 3, "a ZIP or WACZ file; unpack it"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_input_ends_with_its_code_one_line_and_an_event(
    case: Case, db: Path, tmp_path: Path, page_file: Path, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / case.name
    case.make(path)
    for beside, code in (((), case.alone), ((page_file,), case.beside)):
        said = CliRunner().invoke(cli, ["import", str(db), str(path), *map(str, beside)])
        assert (said.exit_code, said.stdout) == (code, ""), said.output
        assert case.said in said.stderr and "Traceback" not in said.stderr
        if code == 2:
            assert not db.exists() and str(path) in said.stderr
            continue
        *failures, summary = said.stderr.splitlines()
        assert len(failures) == (code == 3)
        assert all(line.count(str(path)) == 1 for line in failures), failures
        skipped = summary.partition("skipped (")[2].partition(")")[0]
        told = rows("SELECT count(*) FROM run_events WHERE run_id = (SELECT max(id) FROM runs)")
        assert told == [(len(failures) + (len(skipped.split(",")) if skipped else 0),)]
        posts = [url for (url,) in rows("SELECT url FROM posts WHERE kind = 'post'")]
        assert len(posts) == case.posts + len(beside)
        assert (GOOD in posts) == bool(beside)
        assert_sound(db)


def test_a_wrong_label_does_not_spoil_the_words(db: Path, tmp_path: Path, rows: Rows) -> None:
    pages = {
        "utf16": OTHER.encode("utf-16-be"),
        "latin1": OTHER.replace("<head>", "<head><meta charset=utf-8>").replace("other-bread", "x").encode("latin-1"),
    }
    for name, page in pages.items():
        (tmp_path / f"{name}.html").write_bytes(page)
        assert CliRunner().invoke(cli, ["import", str(db), str(tmp_path / f"{name}.html")]).exit_code == 0
    assert rows("SELECT title FROM posts") == [("Größe und Brot",)] * 2
    assert rows("SELECT encoding FROM pages") == [("utf-16be",), ("windows-1252",)]


@pytest.mark.parametrize(("name", "alone"), [("locked.html", 3), ("locked", 2), ("locked.warc", 3), ("locked/", 3)])
def test_what_may_not_be_read_is_said_and_the_others_are_taken(open_folder: Path, name: str, alone: int) -> None:
    path = open_folder / name
    path.mkdir() if name.endswith("/") else path.write_bytes(POST_HTML)
    path.chmod(0)
    (open_folder / "good.html").write_bytes(POST_HTML)
    (open_folder / "good.html").chmod(0o644)
    for beside, code in (([], alone), (["good.html"], 3)):
        ended = run_forked(["import", "voices.db", str(path), *beside], open_folder, become_nobody)
        assert (ended.code, ended.stdout) == (code, "")
        first, *summary = ended.stderr.splitlines()
        assert str(path) in first and "cannot be read (Permission denied)" in first
        assert not summary if code == 2 else "1 failed" in summary[0]
    assert "1 fetched; 1 new post" in summary[0]


SOUND, NOT_READ, DAMAGED = 0, 2, 3
CONFORMANCE = {  # code and states of the inputs
    "bad.arc": (NOT_READ, {}),
    "cc.warc.gz": (SOUND, {"fetched": 1}),
    "example-bad-non-chunked.warc.gz": (SOUND, {"fetched": 1, "not_modified": 1}),
    "example-bad.warc.gz.bad": (SOUND, {"fetched": 2, "not_modified": 1}),
    "example-collection-with-lists.warc": (SOUND, {"fetched": 18}),
    "example-collection.warc": (SOUND, {"fetched": 1}),
    "example-digest.warc": (SOUND, {}),
    "example-iana.org-chunked.warc": (SOUND, {"fetched": 1}),
    "example-resource.warc.gz": (SOUND, {"fetched": 1, "not_modified": 1}),
    "example-space-in-target-uri.warc.gz": (SOUND, {"fetched": 1}),
    "example-space-in-url.arc": (NOT_READ, {}),
    "example-trunc.warc": (DAMAGED, {"fetched": 1, "damaged": 1}),
    "example-warcinfo-metadata.warc": (SOUND, {"fetched": 1}),
    "example-wget-bad-target-uri.warc.gz": (SOUND, {"fetched": 3}),
    "example-wrong-chunks.warc.gz": (SOUND, {"fetched": 1}),
    "example.arc": (NOT_READ, {}),
    "example.arc.gz": (NOT_READ, {}),
    "example.warc": (SOUND, {"fetched": 1, "not_modified": 1}),
    "example.warc.gz": (SOUND, {"fetched": 1, "not_modified": 1}),
    "gzip_extra_sl.warc.gz": (SOUND, {}),
    "invalid_example_1.wacz": (NOT_READ, {}),
    "invalid_signed_example_1.wacz": (NOT_READ, {}),
    "post-test.warc.gz": (SOUND, {"fetched": 3}),
    "valid_example_1.wacz": (NOT_READ, {}),
    "valid_example_2.wacz": (NOT_READ, {}),
    "valid_signed_example_1.wacz": (NOT_READ, {}),
}


def test_odd_files_of_other_tools_end_as_expected(shared: Path, tmp_path: Path) -> None:
    ends = {}
    for path in sorted((shared / "conformance" / "warc").iterdir()):
        db = tmp_path / f"{path.name}.db"
        done = CliRunner().invoke(cli, ["import", str(db), str(path), "--json"])
        assert "Traceback" not in done.output
        counts = json.loads(done.stdout) if done.exit_code != NOT_READ else {}
        states = ("fetched", "not_modified", "damaged", "failed", "skipped", "gone", "held")
        ends[path.name] = (done.exit_code, {name: counts[name] for name in states if name in counts})
        if done.exit_code != NOT_READ:
            assert CliRunner().invoke(cli, ["check", str(db)]).exit_code == 0
    assert ends == CONFORMANCE
