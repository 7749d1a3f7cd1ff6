"""What may not be written or read costs one line and its exit code, also where the tests run as root."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import requests  # noqa: F401 - a child without rights may not be able to read the libraries any more
from click.testing import CliRunner

import scraper.cli.commands.schedule
import scraper.run.crawling.crawl  # noqa: F401
from scraper.cli.main import VERBS, cli
from tests.run.conftest import POST_HTML
from tests.run.faults import run_forked
from tests.run.permissions import become_nobody

CALLS = {  # what follows the verb; DB and PAGE stand for the archive and a good page
    "grab": ("DB", "http://127.0.0.1:9/", "-q"),
    "import": ("DB", "PAGE", "-q"),
    "list": ("DB",),
    "show": ("DB", "1"),
    "search": ("DB", "bread"),
    "stats": ("DB",),
    "export": ("DB", "-", "--to", "jsonl"),
    "check": ("DB",),
    "check --repair": ("DB",),
    "crawl": ("DB", "http://127.0.0.1:9/", "--contact", "me@example.org", "-q"),
    "coverage": ("DB",),
    "runs": ("DB",),
    "changes": ("DB",),
    "schedule": ("DB",),
    "reparse": ("DB", "-q"),
    "forget": ("DB", "post:1", "--yes"),
    "backup": ("DB", "COPY"),
    "merge": ("DB", "OTHER", "-q"),
}
WRITERS = ("grab", "import", "crawl", "check --repair", "reparse", "forget", "merge")
TOLD = {
    "coverage": "no blog is crawled in it yet; `crawl` begins one\n",
    "schedule": "no blog is crawled in it yet; `crawl` begins one, before the first night\n",
}
FOR_CRAWLED = {"update", "remove"}  # of an archive in which nothing was crawled they say so, before they write
STAYS = {"serve"}  # until it is interrupted: see tests/web_page
WITHOUT_ARCHIVE = {"extract", "explain", "rebuild", "process"}  # the last two make some, where there must be none


def test_every_verb_that_has_an_archive_is_tried() -> None:
    assert {verb.split()[0] for verb in CALLS} | WITHOUT_ARCHIVE | FOR_CRAWLED | STAYS == set(VERBS)


@pytest.mark.parametrize("what", ["file", "folder"])
@pytest.mark.parametrize("verb", CALLS)
def test_where_nothing_can_be_written_readers_read_and_writers_say_so(open_folder: Path, verb: str, what: str) -> None:
    folder = open_folder / "archive"
    folder.mkdir()
    db, page = folder / "voices.db", folder / "page.html"
    page.write_bytes(POST_HTML)
    assert CliRunner().invoke(cli, ["import", str(db), str(page), "-q"]).exit_code == 0
    db.with_name("voices.db.lock").unlink()
    db.chmod(0o444)
    folder.chmod(0o777 if what == "file" else 0o555)
    before = contents(folder)
    other = shutil.copy(db, open_folder / "other.db")
    shutil.copytree(db.with_suffix(".warc"), open_folder / "voices.warc")
    places = {"DB": str(db), "PAGE": str(page), "COPY": str(open_folder / "copy.db"), "OTHER": str(other)}
    ended = run_forked([*verb.split(), *(places.get(each, each) for each in CALLS[verb])], open_folder, become_nobody)
    if verb in WRITERS:
        assert (ended.code, ended.stdout) == (1, ""), ended.stderr
        assert re.fullmatch(rf"blog-to-sqlite: {folder}/voices\.db(\.lock)?: [^\n]*\n", ended.stderr), ended.stderr
    else:
        assert (ended.code, ended.stderr) == (0, TOLD.get(verb, ""))
        assert re.search(
            "bread|in 1 segment: sound|import|no blog|1 WARC file|Ann Lee|crontab", ended.stdout + ended.stderr
        )
    assert contents(folder) == before


def test_an_archive_in_a_folder_that_cannot_be_written_is_merged(open_folder: Path) -> None:
    folder = open_folder / "archive"
    folder.mkdir()
    (open_folder / "page.html").write_bytes(POST_HTML)
    words = ["import", str(folder / "voices.db"), str(open_folder / "page.html"), "-q"]
    assert CliRunner().invoke(cli, words).exit_code == 0
    (folder / "voices.db").chmod(0o444)
    folder.chmod(0o555)
    ended = run_forked(["merge", "new.db", str(folder / "voices.db"), "--jobs", "0"], open_folder, become_nobody)
    assert (ended.code, ended.stdout) == (0, ""), ended.stderr
    assert ended.stderr.startswith("1 input: 1 fetched; 1 new post")


@pytest.mark.parametrize("name", ["locked.html", "locked.warc"])
def test_a_file_that_may_not_be_read_is_said_and_the_good_one_is_taken(open_folder: Path, name: str) -> None:
    (open_folder / name).write_bytes(POST_HTML)
    (open_folder / name).chmod(0)
    shutil.copyfile(open_folder / name, open_folder / "good.html")
    for beside, summary in (([], "1 input: 1 failed; "), (["good.html"], "2 inputs: 1 failed, 1 fetched; 1 new post")):
        ended = run_forked(["import", "voices.db", name, *beside], open_folder, become_nobody)
        assert (ended.code, ended.stdout) == (3, "")
        first, last = ended.stderr.splitlines()
        assert first.startswith(f"failed: {name} (cannot be read") and "Permission denied" in first
        assert last.startswith(summary)


def contents(folder: Path) -> dict[str, bytes]:
    """All files but those that a database or a lock is used with."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.name: path.read_bytes() for path in files if not re.search(r"(\.lock|-wal|-shm)$", path.name)}


@pytest.mark.parametrize("verb", ["import", "list"])
def test_what_another_user_s_reader_left_is_named_and_no_lock_is_left_beside_it(open_folder: Path, verb: str) -> None:
    db, page = open_folder / "voices.db", open_folder / "page.html"
    page.write_bytes(POST_HTML)
    assert CliRunner().invoke(cli, ["import", str(db), str(page), "-q"]).exit_code == 0
    db.with_name("voices.db.lock").unlink()
    db.chmod(0o666)
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as reader:
        reader.execute("SELECT 1 FROM sqlite_master").fetchone()
    for end in ("-wal", "-shm"):
        Path(f"{db}{end}").chmod(0o644 if verb == "import" else 0o600)
    ended = run_forked([verb, str(db), *([str(page)] if verb == "import" else [])], open_folder, become_nobody)
    assert (ended.code, ended.stdout) == (1, "")
    said = (
        r"voices\.db: cannot be (written to|opened): voices\.db-(shm|wal) beside it belongs to another user's program"
    )
    assert re.search(said, ended.stderr)
    assert not db.with_name("voices.db.lock").exists()
