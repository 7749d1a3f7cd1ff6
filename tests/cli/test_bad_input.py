"""What cannot be taken in costs one line and its exit code, and the inputs beside it are taken in."""

from __future__ import annotations

import gzip
import os
import re
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scraper.cli.main import cli
from scraper.run.check import check_archive
from tests.run.conftest import POST_HTML

GERMAN = "<h1>Größe</h1>" + "<p>Brot braucht seine Zeit, und niemand sollte drängen, sagt der Bäcker Jürgen.</p>" * 6
JAPANESE = "<h1>パン</h1>" + "<p>パンを焼くには時間がかかります。急いではいけませんと、パン屋は言いました。</p>" * 6
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + POST_HTML
HEAD = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:8a1c7e5e-0000-4000-8000-000000000001>\r\n"
    b"WARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Target-URI: https://warc.example/x\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %s\r\n\r\n"
)
WARC = HEAD % str(len(HTTP)).encode() + HTTP + b"\r\n\r\n"


def with_length(length: bytes) -> bytes:
    return HEAD % length + HTTP + b"\r\n\r\n"


FILES: dict[str, tuple[bytes, int, str]] = {  # name: what is in it, exit code beside a good file, what is said
    "binary.html": (bytes(range(256)) * 40, 3, "is neither HTML nor text: too many control characters"),
    "binary.bin": (bytes(range(128, 256)) * 40, 3, "neither HTML, text nor WARC"),
    "empty.html": (b"", 3, "is empty"),
    "blank.txt": (b" \n\t\n", 3, "is empty"),
    "cut.warc.gz": (gzip.compress(WARC)[:-30], 3, "damaged record: cut off inside a gzip member"),
    "long.warc": (with_length(b"999999"), 3, "damaged record: cut off: "),
    "negative.warc": (with_length(b"-5"), 3, "damaged record: no Content-Length"),
    "wordy.warc": (with_length(b"many"), 3, "damaged record: no Content-Length"),
    "not.warc.gz": (b"no gzip at all " * 50, 3, "not a WARC file"),
    "not.html.gz": (b"no gzip at all " * 50, 3, "named .gz, but neither gzip nor HTML"),
    "cut.html.gz": (gzip.compress(POST_HTML)[:-30], 3, "cannot be read: Compressed file ended"),
    "old.arc": (
        b"filedesc://old.arc 0.0.0.0 20240101000000 text/plain 76\n1 0 x\n",
        3,
        "an ARC file; only WARC is read",
    ),
    "site.wacz": (b"PK\x03\x04" + bytes(50), 3, "a ZIP or WACZ file; unpack it"),
    "bad\x1b[31m\nname\udcff.html": (b"", 3, "is empty"),
    f"{'x' * 240}.html": (b"", 3, "is empty"),
    "v018.warc": (WARC.replace(b"WARC/1.1", b"WARC/0.18"), 0, ""),
    "v11.warc": (WARC, 0, ""),
    "plain.html.gz": (POST_HTML.replace(b"slow-bread", b"plain"), 0, ""),
}


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, [os.fsdecode(arg) for arg in args])


def count(db: Path, table: str = "posts") -> int:
    with closing(sqlite3.connect(db)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def assert_plain(result: Result, lines: int) -> None:
    """So many lines for a person, no traceback, nothing that steers a terminal."""
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert len(result.stderr.splitlines()) == lines, result.stderr
    assert "Traceback" not in result.stderr and "\x1b" not in result.stderr


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "voices.db"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.html"
    path.write_bytes(POST_HTML)
    return path


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_told_in_one_line_and_the_good_one_is_taken_in(
    tmp_path: Path, db: Path, good: Path, name: str
) -> None:
    data, code, said = FILES[name]
    (tmp_path / name).write_bytes(data)
    result = run("import", db, tmp_path / name, good)
    assert result.exit_code == code
    assert_plain(result, 2 if code else 1)
    if code:
        line = result.stderr.splitlines()[0]
        assert line.startswith("failed: ") and said in line
        assert line.count(str(tmp_path)) == 1
        assert count(db, "run_events") == 1
    assert count(db) == (1 if code else 2)
    assert check_archive(db).findings == ()


@pytest.mark.parametrize("name", [name for name, (_, code, _) in FILES.items() if code])
def test_alone_it_fails_too(tmp_path: Path, db: Path, name: str) -> None:
    data, _, said = FILES[name]
    (tmp_path / name).write_bytes(data)
    result = run("import", db, tmp_path / name)
    assert result.exit_code in (2, 3) and said in result.stderr
    assert_plain(result, 1 if result.exit_code == 2 else 2)


def test_a_record_that_says_it_is_shorter_is_taken_so_far_and_the_rest_is_told(
    tmp_path: Path, db: Path, good: Path
) -> None:
    (tmp_path / "short.warc").write_bytes(with_length(b"900") + WARC.replace(b"warc.example/x", b"warc.example/next"))
    result = run("import", db, tmp_path / "short.warc", good)
    assert result.exit_code == 3 and re.search(r"short\.warc@\d+ \(damaged record: no WARC header\)", result.stderr)
    assert_plain(result, 2)
    with closing(sqlite3.connect(db)) as connection:
        urls = {url for (url,) in connection.execute("SELECT url FROM pages")}
    assert urls == {"https://warc.example/x", "https://warc.example/next", "https://blog.example/slow-bread"}


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        (GERMAN, "utf-16-le", ""),
        (GERMAN, "latin-1", "utf-8"),
        (GERMAN, "utf-8", "iso-8859-1"),
        (JAPANESE, "shift_jis", "iso-8859-1"),
        (JAPANESE, "euc_jp", ""),
    ],
)
def test_a_wrong_label_costs_no_text(tmp_path: Path, db: Path, text: str, encoding: str, label: str) -> None:
    (tmp_path / "page.html").write_bytes((f"<meta charset={label}>" * bool(label) + text).encode(encoding))
    assert run("import", db, tmp_path / "page.html").exit_code == 0
    with closing(sqlite3.connect(db)) as connection:
        (stored,) = connection.execute("SELECT text FROM posts").fetchone()
    paragraphs = re.findall("<p>(.*?)</p>", text)
    assert stored == "\n".join(paragraphs)


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as each:
        os.chdir(path.parent)  # a socket's name is short
        each.bind(path.name)


def make_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [make_fifo, make_socket, make_device])
def test_what_is_no_file_is_not_waited_for(
    tmp_path: Path, db: Path, good: Path, make: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "odd.html")
    result = run("import", db, tmp_path / "odd.html", good)
    assert result.exit_code == 3 and "not a regular file" in result.stderr
    assert_plain(result, 2)
    assert count(db) == 1


def test_links_out_of_a_folder_are_counted_and_not_followed(tmp_path: Path, db: Path, good: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    outside.mkdir()
    (outside / "secret.html").write_bytes(POST_HTML.replace(b"slow-bread", b"secret"))
    good.rename(folder / "good.html")
    for name, target in (
        ("file.html", outside / "secret.html"),
        ("folder", outside),
        ("loop", folder),
        ("no.html", "no"),
    ):
        (folder / name).symlink_to(target)
    result = run("import", db, folder)
    assert result.exit_code == 0 and "4 skipped" in result.stderr
    told = run("import", db, folder, "-v").stderr
    assert told.count("(a link out of the folder)") == 3 and "no.html (not a regular file)" in told
    assert count(db) == 1


def test_an_empty_folder_is_no_failure(tmp_path: Path, db: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("import", db, tmp_path / "empty")
    assert result.exit_code == 0 and result.stderr == "0 inputs: none; no new post or comment\n"


def test_a_missing_path_is_a_usage_error_and_makes_no_archive(tmp_path: Path, db: Path, good: Path) -> None:
    result = run("import", db, good, tmp_path / "missing.html")
    assert result.exit_code == 2 and "missing.html" in result.stderr
    assert_plain(result, 1)
    assert not db.exists()


def test_one_file_under_two_names_is_held_the_second_time(tmp_path: Path, db: Path, good: Path) -> None:
    (tmp_path / "same.html").hardlink_to(good)
    result = run("import", db, good, good, tmp_path / "same.html")
    assert result.exit_code == 0 and count(db) == 1 and count(db, "captures") == 1


def test_the_archives_own_files_are_no_harm_as_inputs(tmp_path: Path, db: Path, good: Path) -> None:
    run("import", db, good)
    result = run("import", db, db.with_suffix(".warc"), db, good)
    assert isinstance(result.exception, SystemExit | None) and result.exit_code in (0, 3)
    assert count(db) == 1
    assert check_archive(db).problems == ()


def conformance() -> list[Path]:
    folder = Path(__file__).parents[3] / "shared" / "conformance" / "warc"
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


@pytest.mark.skipif(not conformance(), reason="the third-party WARC files are not here")
def test_other_peoples_odd_files_end_with_a_documented_code(tmp_path: Path) -> None:
    codes: dict[int, set[str]] = {}
    for number, path in enumerate(conformance()):
        db = tmp_path / f"{number}.db"
        result = run("import", db, path, "-q")
        assert isinstance(result.exception, SystemExit | None), (path, result.exception)
        codes.setdefault(result.exit_code, set()).add(path.name)
        if db.exists():
            assert check_archive(db).problems == (), path
    not_read = {
        name for name in map(str, (path.name for path in conformance())) if re.search(r"\.arc(\.gz)?$|\.wacz$", name)
    }
    assert codes.keys() == {0, 2, 3}
    assert (codes[2], codes[3]) == (not_read, {"example-trunc.warc"})
