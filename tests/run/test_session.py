"""A run that is killed, fails or is interrupted leaves an archive that the next run completes."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from scraper.capture.records import read_payload
from scraper.errors import ArchiveError, ArchiveLocked
from scraper.model import Visit
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.session import Session, await_turn, writer_lock
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store.archive import Archive
from tests.run.conftest import POST_HTML, Rows

PAGES = 120  # more than a batch
KILLED_AT_THE_SECOND_WRITE = """
import os, signal, sys
from pathlib import Path
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.settings import Settings
from scraper.store.archive import Archive

real, calls = Archive.record, []

def record(self, *arguments):
    calls.append(1)
    if len(calls) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(self, *arguments)

Archive.record = record
import_paths(Path(sys.argv[1]), [Path(sys.argv[2])], ImportOptions(), Settings())
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "saved"
    made.mkdir()
    for number in range(PAGES):
        (made / f"{number:03}.html").write_bytes(POST_HTML.replace(b"slow-bread", b"bread-%d" % number))
    return made


def test_a_killed_import_is_completed_by_the_next_one(db: Path, folder: Path, rows: Rows, repo_root: Path) -> None:
    command = [sys.executable, "-c", KILLED_AT_THE_SECOND_WRITE, str(db), str(folder)]
    assert subprocess.run(command, cwd=repo_root, check=False).returncode == -9
    ((before,),) = rows("SELECT count(*) FROM posts")
    assert 0 < before < PAGES
    report = import_paths(db, [folder], ImportOptions(), Settings())
    assert (report.exit_code, report.inputs) == (0, PAGES)
    assert rows("SELECT count(*), count(DISTINCT url) FROM posts") == [(PAGES, PAGES)]
    places = rows("SELECT url, warc_file, warc_offset FROM captures")
    assert len(places) == PAGES
    for url, file, offset in places:
        assert url.rpartition("/")[2].encode() in read_payload(db.parent / file, offset)


def test_a_run_that_fails_says_so_in_its_row(db: Path, rows: Rows) -> None:
    Archive(db).close()
    with pytest.raises(ArchiveError), Session(db, "import", Settings(), Watcher()):
        raise ArchiveError("the disk is full", str(db))
    ((finished, code, counts),) = rows("SELECT finished_at, exit_code, counts FROM runs")
    assert (finished is not None, code, json.loads(counts)["inputs"]) == (True, 1, 0)


def test_an_interrupted_run_says_so_in_its_row(db: Path, rows: Rows) -> None:
    Archive(db).close()
    with pytest.raises(KeyboardInterrupt), Session(db, "import", Settings(), Watcher()):
        raise KeyboardInterrupt
    assert rows("SELECT exit_code, stop_reason FROM runs") == [(130, "SIGINT")]


@pytest.mark.parametrize("command", ["import", "grab", "crawl", "merge"])
@pytest.mark.parametrize("error", [None, ArchiveError("the disk is full"), KeyboardInterrupt()])
def test_where_nothing_came_in_no_archive_is_made(
    db: Path, tmp_path: Path, error: BaseException | None, command: str
) -> None:
    before = sorted(tmp_path.iterdir())
    with suppress(ArchiveError, KeyboardInterrupt), Session(db, command, Settings(), Watcher()) as session:
        if error is not None:
            raise error
    assert sorted(tmp_path.iterdir()) == before
    assert "; no archive was made" in session.report.summary


def test_an_archive_that_was_there_or_holds_a_failure_stays(db: Path, tmp_path: Path) -> None:
    with Session(db, "grab", Settings(), Watcher()) as session:
        session.archive.record([Visit("https://blog.example/", "failed", "no answer")])
    assert db.exists()
    assert "no archive was made" not in session.report.summary
    there = tmp_path / "there.db"
    there.touch()
    with Session(there, "import", Settings(), Watcher()):
        pass
    assert there.stat().st_size > 0


def test_a_session_that_captures_nothing_leaves_no_segment(db: Path) -> None:
    with Session(db, "import", Settings(), Watcher()):
        pass
    assert list(db.parent.rglob("*.warc.gz")) == []


def test_a_link_is_the_archive_that_it_leads_to(db: Path, tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    link = tmp_path / "away" / "link.db"
    link.symlink_to(db)
    for at, other in ((link, db), (db, link)):
        with writer_lock(at, Settings(), Watcher()), pytest.raises(ArchiveLocked):
            await_turn(other, Settings(), Watcher())
        with Session(at, "import", Settings(), Watcher()) as session, pytest.raises(ArchiveLocked):
            assert session.archive.warc_folder == db.with_suffix(".warc")
            session.archive.record([Visit("https://blog.example/", "failed", "no answer")])
            Session(other, "import", Settings(), Watcher()).__enter__()
    assert db.exists()
    assert [each.name for each in link.parent.iterdir()] == ["link.db"]
