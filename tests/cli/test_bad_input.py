"""Whatever is given to `import`: one line and a documented exit code for each, and the others are taken in."""

from __future__ import annotations

import gzip
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import POST_HTML, Call, assert_plain, page, urls

URL = "https://blog.example/slow-bread"
NOISE = bytes(range(256)) * 40  # no text in any encoding


Make = Callable[[Path], Path]


def file(name: str, data: bytes) -> Make:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return make


def fifo(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.html")
    return folder / "pipe.html"


def in_folder(make: Make) -> Make:
    """The same, but as something that lies in a folder with a page."""

    def made(folder: Path) -> Path:
        inner = folder / "saved"
        inner.mkdir()
        make(inner)
        (inner / "page.html").write_bytes(page("in-folder"))
        return inner

    return made


def listening(folder: Path) -> Path:
    path = folder / "socket.html"
    with socket.socket(socket.AF_UNIX) as server:
        here = os.open(folder, os.O_RDONLY)
        server.bind(f"/proc/self/fd/{here}/socket.html")  # the name of a socket has to be short
        os.close(here)
    return path


def link(name: str, target: str) -> Make:
    def make(folder: Path) -> Path:
        (folder / name).symlink_to(target)
        return folder / name

    return make


def empty_folder(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


ARC = b"filedesc://x.arc 0.0.0.0 20240101000000 text/plain 68\n1 0 X\n\n"
CUT_GZIP = gzip.compress(POST_HTML)[:-100]

# What is given, the exit code for it alone, that beside a good file, and what the line about it says.
ALONE_OR_NOT: dict[str, tuple[Make, int, int, str]] = {
    "missing": (lambda folder: folder / "absent.html", 2, 2, "does not exist"),
    "name too long": (lambda folder: folder / ("l" * 300), 2, 2, "does not exist"),
    "link to itself": (link("loop.html", "loop.html"), 2, 2, "does not exist"),
    "empty folder": (empty_folder, 0, 0, "nothing in it to read"),
    "binary": (file("a.html", NOISE), 3, 3, "neither HTML nor text"),
    "binary of no kind": (file("a", NOISE), 2, 3, "neither HTML, text nor WARC"),
    "zero bytes only": (file("a.html", bytes(5000)), 3, 3, "neither HTML nor text"),
    "empty file": (file("a.html", b""), 3, 3, "is empty"),
    "empty WARC": (file("a.warc", b""), 3, 3, "no WARC record in it"),
    "empty of no kind": (file("a", b""), 2, 3, "neither HTML, text nor WARC"),
    "no gzip": (file("a.warc.gz", b"hello"), 3, 3, "not a WARC file"),
    "damaged gzip": (file("a.html.gz", b"\x1f\x8b\x08\xff" + NOISE), 3, 3, "its gzip data are damaged"),
    "damaged gzip WARC": (file("a.warc.gz", b"\x1f\x8b\x08\xff" + NOISE), 3, 3, "not well-formed gzip"),
    "cut gzip": (file("a.html.gz", CUT_GZIP), 3, 3, "its gzip data end too early"),
    "FIFO": (fifo, 2, 3, "not a regular file"),
    "FIFO in a folder": (in_folder(fifo), 0, 0, "not a regular file"),
    "socket": (listening, 2, 3, "not a regular file"),
    "device": (lambda folder: Path("/dev/zero"), 2, 3, "not a regular file"),
    "link to a device": (link("zero.html", "/dev/zero"), 2, 3, "not a regular file"),
    "device in a folder": (in_folder(link("zero.html", "/dev/zero")), 0, 0, "a link out of the folder"),
    "unreadable page": (link("mem.html", "/proc/self/mem"), 3, 3, "cannot be read: Input/output error"),
    "unreadable of no kind": (link("mem", "/proc/self/mem"), 3, 3, "cannot be read: Input/output error"),
    "unreadable WARC": (link("mem.warc", "/proc/self/mem"), 3, 3, "cannot be read: Input/output error"),
    "ARC": (file("a.arc", ARC), 3, 3, "damaged record: cut off"),
    "packed ARC": (file("a.arc.gz", gzip.compress(ARC)), 3, 3, "damaged record: cut off"),
    "ARC named WARC": (file("a.warc", ARC), 3, 3, "an ARC file and no WARC"),
    "ARC in a folder": (in_folder(file("a.arc", ARC)), 3, 3, "damaged record: cut off"),
    "damaged WACZ": (file("a.wacz", b"PK\x03\x04..."), 3, 3, "cannot be read: File is not a zip file"),
    "WACZ named WARC": (file("a.warc", b"PK\x03\x04..."), 3, 3, "a ZIP file and no WARC"),
}


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.html"
    path.write_bytes(page("good"))
    return path


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    folder = tmp_path / "odd"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(("make", "alone", "beside", "why"), ALONE_OR_NOT.values(), ids=list(ALONE_OR_NOT))
def test_what_cannot_be_read_is_told_in_one_line(
    call: Call, tmp_path: Path, odd: Path, good: Path, make: Make, alone: int, beside: int, why: str
) -> None:
    path = make(odd)
    for inputs, code in (((path,), alone), ((path, good), beside)):
        db = tmp_path / f"{len(inputs)}.db"
        found = call("import", db, *inputs)
        lines = assert_plain(found)
        assert found.exit_code == code
        (line,) = [line for line in lines if why in line]
        assert path.name in line
        assert len(lines) == (1 if code in (0, 2) else 2)
        if code == 2:
            assert not db.exists()
        elif good in inputs:
            assert "good" in urls(db)


FRENCH = "<p>Le café est très bon à Noël, où l'été s'achève déjà.</p>" * 6
JAPANESE = "<p>パンは時間がかかる。だから急いではいけない。東京で書きました。</p>" * 6


@pytest.mark.parametrize(
    ("body", "label", "codec"),
    [
        (FRENCH, None, "utf-16-le"),
        (JAPANESE, None, "utf-16-be"),
        (FRENCH, "utf-8", "latin-1"),
        (JAPANESE, "iso-8859-1", "shift_jis"),
        (FRENCH, "iso-8859-1", "utf-8"),
    ],
    ids=["UTF-16 LE", "UTF-16 BE", "Latin-1 as UTF-8", "Shift_JIS as Latin-1", "UTF-8 as Latin-1"],
)
def test_a_wrong_label_spoils_no_text(call: Call, tmp_path: Path, body: str, label: str | None, codec: str) -> None:
    text = POST_HTML.decode().replace('<div class="entry-content">', f'<div class="entry-content">{body}')
    if label:
        text = text.replace("<head>", f'<head><meta charset="{label}">')
    path = tmp_path / "page.html"
    path.write_bytes(text.encode(codec))
    assert call("import", tmp_path / "a.db", path).exit_code == 0
    assert re.sub("<[^>]*>", "", body[: body.index("</p>")]) in call("show", tmp_path / "a.db", 1).stdout


def test_links_are_not_followed_out_of_a_folder_and_that_is_said(call: Call, tmp_path: Path, odd: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.html").write_bytes(page("secret"))
    (odd / "page.html").write_bytes(page("page"))
    for name, target in {
        "file.html": outside / "secret.html",
        "folder": outside,
        "itself": odd,
        "loop-a.html": "loop-b.html",
        "loop-b.html": "loop-a.html",
        "nowhere.html": "absent.html",
    }.items():
        (odd / name).symlink_to(target)
    found = call("import", tmp_path / "a.db", odd)
    assert (found.exit_code, urls(tmp_path / "a.db")) == (0, {"page"})
    (line,) = assert_plain(found)
    assert f"skipped {odd}/file.html and 2 more: a link out of the folder" in line
    assert f"skipped {odd}/loop-a.html and 2 more: a link that leads nowhere" in line
    told = assert_plain(call("import", tmp_path / "a.db", odd, "-v"))
    assert len([each for each in told if each.startswith("skipped: ")]) == 7  # with the page, which is held


def test_a_folder_too_deep_to_be_read_is_told_and_the_rest_is_read(call: Call, tmp_path: Path, odd: Path) -> None:
    (odd / "page.html").write_bytes(page("page"))
    begin = here = os.open(odd, os.O_RDONLY)
    for _ in range(1, 2200):  # longer than a path may be, and deeper than Python recurses
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        if here != begin:
            os.close(here)
        here = below
    try:
        found = call("import", tmp_path / "a.db", odd)
        failed, _ = assert_plain(found)
        assert failed.endswith("d (cannot be read: File name too long)")
        assert (found.exit_code, urls(tmp_path / "a.db")) == (3, {"page"})
    finally:
        os.close(here)
        os.close(begin)
        subprocess.run(["rm", "-rf", str(odd / "d")], check=True)  # pytest's own cleaning up recurses


NAMES = ["a\x1b[31mred", "a\nb", "a\rb", "a\tb", "a\u202eb", os.fsdecode(b"a\xff\xfeb"), "n" * 250]


@pytest.mark.parametrize("name", NAMES, ids=[f"{name[:8]!a}" for name in NAMES])
def test_no_name_of_a_file_reaches_the_terminal_as_it_is(call: Call, tmp_path: Path, odd: Path, name: str) -> None:
    (odd / name).write_bytes(NOISE)
    (odd / f"{name[:245]}.html").write_bytes(page("named"))
    db = tmp_path / "a.db"
    for arguments, code, lines in (
        ((db, odd / name), 2, 1),
        ((db, odd / f"{name[:240]}.absent"), 2, 1),
        ((db, odd / name, odd), 3, 2),
        ((tmp_path / name / "a.db", odd), 2, 1),
    ):
        found = call("import", *arguments)
        assert (found.exit_code, len(assert_plain(found))) == (code, lines)
        assert "\t" not in found.stderr
    assert urls(db) == {"named"}


def test_two_paths_to_one_file_are_one_capture(call: Call, tmp_path: Path, good: Path, odd: Path) -> None:
    (odd / "link.html").symlink_to(good)
    os.link(good, odd / "hard.html")
    found = call(
        "import", tmp_path / "a.db", good, good, odd / ".." / "good.html", odd / "link.html", odd / "hard.html"
    )
    assert found.exit_code == 0
    assert found.stderr == "5 inputs: 1 fetched, 4 held; 1 new post, 2 new comments\n"


def test_an_archive_given_to_itself_stays_as_it_is(call: Call, db: Path) -> None:
    assert call("import", db, db).exit_code == 2
    before = call("export", db, "-", "--to", "jsonl").stdout
    for own in (db.with_suffix(".warc"), db.parent):
        found = call("import", db, own)
        assert (found.exit_code, len(assert_plain(found))) == (0, 1)
        assert " held" in found.stderr and " fetched" not in found.stderr
    assert call("export", db, "-", "--to", "jsonl").stdout == before
    assert len(list(db.with_suffix(".warc").glob("*.warc.gz"))) == 1


@pytest.fixture
def roomy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A page on a file system whose clock goes on for ever."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        path = Path(folder) / "page.html"
        path.write_bytes(page("late"))
        os.utime(path, (10**12, 10**12))
        if path.stat().st_mtime != 10**12:
            pytest.skip("no file system here takes a time beyond the year 9999")
        yield path


def test_a_file_beyond_the_calendar_is_a_page_without_a_bound(call: Call, tmp_path: Path, roomy: Path) -> None:
    assert call("import", tmp_path / "a.db", roomy).exit_code == 0
    assert urls(tmp_path / "a.db") == {"late"}
    assert call("extract", roomy).exit_code == 0


@pytest.fixture
def locked(odd: Path) -> Iterator[Path]:
    """A folder with a page, and with a page and a folder that nobody may read."""
    (odd / "page.html").write_bytes(page("page"))
    (odd / "secret.html").write_bytes(page("secret"))
    (odd / "shut").mkdir()
    (odd / "secret.html").chmod(0)
    (odd / "shut").chmod(0)
    yield odd
    (odd / "shut").chmod(0o700)


def test_what_may_not_be_read_is_told_and_the_rest_is_read(
    locked: Path, tmp_path: Path, without_rights: list[str], repo_root: Path
) -> None:
    command = [*without_rights, sys.executable, "-m", "scraper", "import", str(tmp_path / "a.db"), str(locked)]
    done = subprocess.run(command, cwd=repo_root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    first, second, _ = done.stderr.splitlines()
    assert first == f"failed: {locked}/secret.html (cannot be read: Permission denied)"
    assert second == f"failed: {locked}/shut (cannot be read: Permission denied)"
    assert urls(tmp_path / "a.db") == {"page"}
