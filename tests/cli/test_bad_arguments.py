"""Wrong arguments, and streams that are closed: one line, exit code 2, and no traceback."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import POST_HTML, Call, assert_plain, page

NOISE = bytes(range(256)) * 40
SAVED, DB, NEW = "SAVED", "DB", "NEW"  # stand for a page, an archive, and a name that is free

# The command line, and what the line on stderr says. All are usage errors.
WRONG: dict[str, tuple[list[str], str]] = {
    "unknown verb": (["gather"], "no such command 'gather'; see `blog-to-sqlite --help`"),
    "verb that steers": (["\x1b[31m"], "no such command"),
    "unknown option of the program": (["--gather"], "no such option '--gather'; see `blog-to-sqlite --help`"),
    "unknown option of a verb": (["list", DB, "--gather"], "'--gather'; see `blog-to-sqlite list --help`"),
    "option without its value": (["check", DB, "--backup"], "requires an argument; see `blog-to-sqlite check --help`"),
    "program's option without its value": (["--config"], "requires an argument; see `blog-to-sqlite --help`"),
    "flag with a value": (["list", DB, "--all=3"], "not take a value; see `blog-to-sqlite list --help`"),
    "no archive": (["list"], "missing argument 'DB'; see `blog-to-sqlite list --help`"),
    "no path": (["import", NEW], "missing argument 'PATH...'; see `blog-to-sqlite import --help`"),
    "no URL": (["grab", NEW], "missing argument 'URL...'"),
    "no post": (["show", DB], "missing argument 'URL|ID'"),
    "no words": (["search", DB], "missing argument 'WORDS...'"),
    "no destination": (["export", DB], "missing argument 'DEST'"),
    "no format": (["export", DB, "-"], "missing option '--to'"),
    "no page": (["extract"], "missing argument 'FILE|URL|-'"),
    "one too many": (["list", DB, "more"], "unexpected extra argument (more)"),
    "no time": (["import", NEW, SAVED, "--fetched-at", "yesterday"], "'yesterday' is not an ISO 8601 time, like 2024-"),
    "no day": (["import", NEW, SAVED, "--fetched-at", "2024-02-30"], "is not an ISO 8601 time"),
    "no month": (
        ["crawl", NEW, "http://blog.example/", "--since", "2013-13"],
        "'2013-13' is no year, month, day or",
    ),
    "no last day": (
        ["show", DB, "1", "--as-of", "2013-00"],
        "'2013-00' is no year, month, day or time, like 2024-",
    ),
    "time after all": (["import", NEW, SAVED, "--fetched-at", "9999-12-31T23:59:59-14:00"], "is not an ISO 8601 time"),
    "time before all": (["explain", SAVED, "--fetched-at", "0001-01-01T00:00:00+14:00"], "is not an ISO 8601 time"),
    "no URL in --url": (["import", NEW, SAVED, "--url", "blog"], "'blog' is not an http or https URL"),
    "nothing in --url": (["import", NEW, SAVED, "--url", ""], "'' is not an http or https URL"),
    "script in --url": (["extract", SAVED, "--url", "javascript:alert(1)"], "is not an http or https URL"),
    "half a host in --url": (["explain", SAVED, "--url", "http://[::1"], "is not an http or https URL"),
    "--url for two files": (["import", NEW, SAVED, SAVED, "--url", "https://blog.example/"], "--url is for a single"),
    "no URL to grab": (["grab", NEW, "blog"], "blog: not an http or https URL"),
    "no scheme to grab": (["grab", NEW, "blog.example/a"], "not an http or https URL; https://blog.example/a would be"),
    "URL first": (
        ["crawl", "https://blog.example/", NEW],
        "'https://blog.example/' is a URL; the database stands before",
    ),
    "URL first to show": (["show", "https://blog.example/a", DB], "is a URL; the database stands before it"),
    "no scheme to crawl": (["crawl", NEW, "blog.example:81"], "https URL; https://blog.example:81 would be one"),
    "no scheme in --url": (["import", NEW, SAVED, "--url", "blog.example"], "https://blog.example would be one"),
    "URL that steers": (["grab", NEW, "mailto:\x1b[31m"], "mailto:\\x1b[31m: not an http or https URL"),
    "delay of words": (
        ["grab", NEW, "http://127.0.0.1/", "--delay", "soon"],
        "'soon' is not a number of seconds from 0 up",
    ),
    "delay below zero": (["grab", NEW, "http://127.0.0.1/", "--delay", "-1"], "'-1' is not a number of seconds from 0"),
    "delay of no number": (["grab", NEW, "http://127.0.0.1/", "--delay", "nan"], "'nan' is not a number of seconds"),
    "delay without end": (["grab", NEW, "http://127.0.0.1/", "--delay", "inf"], "'inf' is not a number of seconds"),
    "no network": (["grab", NEW, "http://127.0.0.1/", "--allow-net", "10.0.0.0/99"], "--allow-net: not a network"),
    "no wait": (["import", NEW, SAVED, "--wait=long"], "'long' is not a whole number from 0 to 1,000,000,000; see"),
    "no processes": (["merge", DB, DB, "--jobs", "1.5"], "'1.5' is not a whole number from 0 up; see"),
    "no hits": (["search", DB, "bread", "-n", "0"], "'0' is not a whole number from 1 to"),
    "too many hits": (["search", DB, "bread", "-n", "9" * 30], "9' is not a whole number from 1 to"),
    "unknown format": (["export", DB, "-", "--to", "nosuch"], "'nosuch' is not one of 'jsonl', 'markdown'"),
    "no folder to export to": (["export", DB, "no/a.jsonl", "--to", "jsonl"], "no: no such folder"),
    "folder to export to": (["export", DB, ".", "--to", "jsonl"], ".: a folder; name a file in it"),
    "device to export to": (
        ["export", DB, "/dev/full", "--to", "jsonl"],
        "/dev/full: not a regular file; '-' is stdout",
    ),
    "export over the archive": (["export", DB, DB, "--to", "jsonl"], "that is the archive itself"),
    "no such post": (["show", DB, "9" * 30], "no such post in the archive; `list --all` shows what there is"),
    "no post that steers": (["show", DB, "\x1b[31m"], "\\x1b[31m: no such post in the archive"),
    "no recipe": (["extract", SAVED, "--recipe", "absent.py"], "'absent.py' does not exist"),
}


def wanted(given: str, db: Path, tmp_path: Path) -> str:
    return {DB: str(db), SAVED: str(tmp_path / "post.html"), NEW: str(tmp_path / "new.db")}.get(given, given)


@pytest.mark.parametrize(("given", "why"), WRONG.values(), ids=list(WRONG))
def test_a_wrong_argument_is_told_in_one_line(
    call: Call, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: list[str], why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    found = call(*(wanted(each, db, tmp_path) for each in given))
    (line,) = assert_plain(found)
    assert found.exit_code == 2
    assert line.startswith("blog-to-sqlite: ") and why in line
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_no_argument_at_all_is_answered_with_the_help(call: Call) -> None:
    found = call()
    assert (found.exit_code, found.stdout) == (2, "")
    assert "Commands:" in found.stderr


@pytest.mark.parametrize("name", ["link.db", "hard.db", "voices.db.lock"])
def test_an_export_never_goes_over_the_archive(call: Call, db: Path, name: str) -> None:
    (db.parent / "link.db").symlink_to(db)
    os.link(db, db.parent / "hard.db")
    before = db.read_bytes()
    found = call("export", db, db.parent / name, "--to", "jsonl")
    assert (found.exit_code, len(assert_plain(found))) == (2, 1)
    assert (db.read_bytes(), (db.parent / "link.db").is_symlink()) == (before, True)


def test_an_export_writes_over_an_older_one(call: Call, db: Path) -> None:
    old = db.parent / "old.jsonl"
    old.write_text('{"url": "old"}\n')
    assert call("export", db, old, "--to", "jsonl").exit_code == 0
    assert "Slow bread" in old.read_text()
    assert call("export", db, old, "--to", "bibtex").exit_code == 2


# What is given to `extract` and `explain` in place of a page: the exit code and what is said.
NO_PAGES: dict[str, tuple[str, bytes | None, int, str]] = {
    "missing": ("absent.html", None, 2, "absent.html: no such file"),
    "name too long": ("l" * 300, None, 2, "no such file"),
    "name that steers": ("\x1b[31m", None, 2, "\\x1b[31m: no such file"),
    "folder": (".", None, 2, "a folder, not a page; `import` reads folders"),
    "nothing": ("", None, 2, "a folder, not a page"),
    "empty": ("a.html", b"", 3, "a.html: is empty"),
    "blank": ("a.html", b" \n\t", 3, "a.html: is empty"),
    "binary": ("a.html", NOISE, 3, "a.html: is neither HTML nor text"),
    "binary of no kind": ("a", NOISE, 2, "a: neither HTML, text nor WARC"),
    "zero bytes only": ("a.html", bytes(5000), 3, "a.html: is neither HTML nor text"),
    "cut gzip": (
        "a.html.gz",
        gzip.compress(POST_HTML)[:-20],
        3,
        "a.html.gz: cannot be read: its gzip data end too early",
    ),
    "WARC": ("a.warc", b"WARC/1.0\r\n", 2, "a.warc: a WARC file, not a page; `import` reads those"),
    "archive": ("voices.db", None, 2, "voices.db: a SQLite database"),
    "device": ("/dev/zero", None, 2, "/dev/zero: not a regular file"),
    "unreadable": ("/proc/self/mem", None, 3, "/proc/self/mem: cannot be read: Input/output error"),
    "FTP": ("ftp://blog.example/a", None, 2, "no such file"),
    "half a URL": ("http://", None, 3, "http://: "),
    "private address": ("http://127.0.0.1:1/", None, 3, "127.0.0.1 is not public"),
}


@pytest.mark.parametrize("verb", ["extract", "explain"])
@pytest.mark.parametrize(("name", "data", "code", "why"), NO_PAGES.values(), ids=list(NO_PAGES))
def test_what_is_no_page_is_told_in_one_line(
    call: Call,
    db: Path,
    monkeypatch: pytest.MonkeyPatch,
    verb: str,
    name: str,
    data: bytes | None,
    code: int,
    why: str,
) -> None:
    monkeypatch.chdir(db.parent)
    if data is not None:
        Path(name).write_bytes(data)
    found = call(verb, name)
    (line,) = assert_plain(found)
    assert found.exit_code == code
    assert line.startswith("blog-to-sqlite: ") and why in line


@pytest.mark.parametrize("verb", ["extract", "explain"])
@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "is empty"), (b"\n ", "is empty"), (NOISE, "neither HTML nor text"), (bytes(5000), "neither HTML nor text")],
    ids=["nothing", "blank", "binary", "zero bytes only"],
)
def test_standard_input_without_a_page_is_told(call: Call, verb: str, data: bytes, why: str) -> None:
    found = call(verb, "-", data=data)
    (line,) = assert_plain(found)
    assert found.exit_code == 3
    assert line.startswith("blog-to-sqlite: standard input: ") and why in line


def test_standard_input_is_unpacked_as_a_file_is(call: Call) -> None:
    assert call("extract", "-", data=gzip.compress(POST_HTML)).stdout == call("extract", "-", data=POST_HTML).stdout


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def shell(repo_root: Path) -> Run:
    """Runs a line of shell in which "$@" is the command."""

    def run(line: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scraper", *(str(each) for each in arguments)]
        environment: dict[str, Any] = {**os.environ, "PYTHONPATH": str(repo_root)}
        return subprocess.run(
            ["sh", "-c", line, "sh", *command], env=environment, capture_output=True, text=True, check=False
        )

    return run


def test_a_reader_that_leaves_early_is_no_failure(shell: Run, call: Call, db: Path, tmp_path: Path) -> None:
    for number in range(60):  # more than a pipe takes
        (tmp_path / f"{number}.html").write_bytes(page(f"post-{number}"))
    assert call("import", db, tmp_path, "-q").exit_code == 0
    done = shell('{ "$@"; echo "code $?" >&2; } | head -c 1', "export", db, "-", "--to", "jsonl")
    assert (done.stdout, done.stderr) == ("{", "code 0\n")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "given",
    [
        ("--help",),
        ("import", "--help"),
        ("list", DB),
        ("show", DB, "1"),
        ("explain", SAVED),
        ("export", DB, "-", "--to", "jsonl"),
        ("export", DB, "-", "--to", "warc"),
    ],
    ids=" ".join,
)
def test_a_full_disk_behind_stdout_is_told_in_one_line(
    shell: Run, db: Path, tmp_path: Path, given: tuple[str, ...], unbuffered: str
) -> None:
    done = shell(f'PYTHONUNBUFFERED={unbuffered} "$@" >/dev/full', *(wanted(each, db, tmp_path) for each in given))
    message = "blog-to-sqlite: standard output: cannot be written (No space left on device)\n"
    assert (done.returncode, done.stderr) == (1, message)


def test_closed_streams_are_no_bug(shell: Run, call: Call, db: Path, tmp_path: Path) -> None:
    before = call("export", db, "-", "--to", "jsonl").stdout
    for line in ('"$@" >&-', '"$@" <&-  >&- 2>&-'):
        done = shell(line, "export", db, "-", "--to", "jsonl")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (tmp_path / "new.html").write_bytes(page("new"))
    assert shell('"$@" <&- >&- 2>&-', "import", tmp_path / "new.db", tmp_path / "new.html", "--json").returncode == 0
    assert "Slow bread" in call("list", tmp_path / "new.db").stdout
    assert call("export", db, "-", "--to", "jsonl").stdout == before


@pytest.mark.parametrize("verb", ["extract", "explain"])
def test_a_closed_standard_input_is_told(shell: Run, verb: str) -> None:
    done = shell('"$@" <&-', verb, "-")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "blog-to-sqlite: standard input: is closed\n")


@pytest.mark.parametrize("share", ["0/3", "4/3", "3", "1/", "a/b", "-1/2", "1/2/3"])
def test_a_share_that_is_none_is_refused(call: Call, tmp_path: Path, share: str) -> None:
    found = call("crawl", tmp_path / "a.db", "https://blog.example/", f"--shard={share}")
    assert found.exit_code == 2
    assert "is not a share like 2/5" in found.stderr
