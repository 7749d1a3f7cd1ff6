"""What a killed run left in its segment gets the rows that the run would have given it."""

from __future__ import annotations

import errno
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from scraper.capture.member import Member
from scraper.capture.records import WarcRecord, read_records
from scraper.errors import ArchiveError
from scraper.model import Visit
from scraper.run import writing
from scraper.run.crawling.grab import grab
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.leftovers import open_session
from scraper.run.report import Report
from scraper.run.session import Session
from scraper.run.upkeep.check import check_archive
from scraper.run.watcher import Stop, Watcher
from scraper.settings import Settings
from tests.run.conftest import POST_HTML, RSS, Rows, SiteWarc
from tests.run.inputs_of_five import fill_folder, fill_warc, make_post
from tests.run.soundness import assert_sound, exported, recorded

LOCAL = Settings(allow_net=("127.0.0.1", "localhost"), max_wire_bytes=20_000)
EMPTY = {"captures": [], "pages": []}


def take(db: Path, *paths: Path, options: ImportOptions | None = None, watcher: Watcher | None = None) -> Report:
    return import_paths(db, paths, options or ImportOptions(), Settings(), watcher)


def recover(db: Path, stop: Stop | None = None) -> list[str]:
    """The notes of a run that does nothing of its own."""
    notes: list[str] = []
    with open_session(db, "import", LOCAL, Watcher(stop or Stop(), note=notes.append)):
        pass
    return notes


def lose(db: Path, seals: bool = False) -> None:
    """The database is gone, and with `seals` those of the segments too."""
    for path in [*db.parent.glob(db.name + "*"), *(db.with_suffix(".warc").glob("*.seal") if seals else ())]:
        path.unlink()


@pytest.fixture
def left(db: Path, page_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The segment of an import that failed between writing its record and giving it a row."""

    def fail(session: Session, visits: list[Visit], *more: object) -> list[Visit]:
        raise ArchiveError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(writing, "_write", fail)
        with pytest.raises(ArchiveError):
            take(db, page_file)
    (segment,) = db.with_suffix(".warc").iterdir()
    return segment


# ---- one capture


def test_a_capture_without_a_row_gets_one_and_the_segment_its_seal(db: Path, left: Path, page_file: Path) -> None:
    assert recorded(db) == EMPTY
    assert recover(db) == ["recovered from a run that was cut short: 1 capture that had no row"]
    assert_sound(db)
    assert [post["title"] for post in exported(db)] == ["Slow bread"]
    assert take(db, page_file).states == {"held": 1}


def test_the_runs_events_say_what_was_recovered(db: Path, left: Path, rows: Rows) -> None:
    recover(db)
    ((command, level, segment, message),) = rows(
        "SELECT command, level, url, message FROM run_events JOIN runs ON runs.id = run_id"
    )
    assert (command, level, segment) == ("import", "warning", f"voices.warc/{left.name}")
    assert message == "recovered from a run that was cut short: 1 capture that had no row"


def test_what_is_recovered_is_no_input_of_the_run_that_does_it(db: Path, left: Path, tmp_path: Path) -> None:
    (tmp_path / "other.html").write_bytes(make_post(7))
    report = take(db, tmp_path / "other.html")
    assert (report.states, report.inputs, report.stored["posts_added"]) == ({"fetched": 1}, 1, 2)


def test_a_second_recovery_finds_nothing(db: Path, left: Path, rows: Rows) -> None:
    recover(db)
    before = {path: path.read_bytes() for path in db.with_suffix(".warc").iterdir()}, recorded(db)
    assert recover(db) == []
    assert ({path: path.read_bytes() for path in db.with_suffix(".warc").iterdir()}, recorded(db)) == before
    assert rows("SELECT count(*) FROM run_events") == [(1,)]


def test_readers_recover_nothing(db: Path, left: Path) -> None:
    before = {path.name: path.stat().st_size for path in left.parent.iterdir()}
    assert exported(db) == []
    assert {path.name: path.stat().st_size for path in left.parent.iterdir()} == before


def test_a_page_that_brings_a_bug_to_light_is_recovered_as_failed(
    db: Path, left: Path, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scraper.run import reading

    def read(source: reading.Source, recipes: object) -> object:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(reading, "read_source", read)
    recover(db)
    assert rows("SELECT state, reason FROM pages") == [("failed", "bug: ZeroDivisionError: a bug")]
    assert rows("SELECT count(*) FROM run_events WHERE traceback LIKE '%in read%'") == [(1,)]
    assert_sound(db)


def test_a_segment_torn_in_its_first_record_is_taken_away(db: Path, left: Path, rows: Rows) -> None:
    data = left.read_bytes()[:50]
    left.write_bytes(data)
    (note,) = recover(db)
    assert note == (f"recovered from a run that was cut short: a torn end, kept as voices.warc/{left.name}.torn")
    assert [(path.name, path.read_bytes()) for path in left.parent.iterdir()] == [(f"{left.name}.torn", data)]


def test_an_empty_segment_is_taken_away_in_silence(db: Path, left: Path) -> None:
    left.write_bytes(b"")
    assert recover(db) == []
    assert list(left.parent.iterdir()) == []


def test_captures_that_lost_their_bytes_are_told(db: Path, page_file: Path, rows: Rows) -> None:
    take(db, page_file)
    (segment,) = db.with_suffix(".warc").glob("*.gz")
    segment.with_name(segment.name + ".seal").unlink()
    segment.write_bytes(segment.read_bytes()[:-1])
    notes: list[str] = []
    assert take(db, page_file, watcher=Watcher(note=notes.append)).exit_code == 3
    (note,) = notes
    assert f"captures beyond the end of voices.warc/{segment.name} are lost" in note
    assert rows("SELECT level FROM run_events") == [("error",)]
    assert len(rows("SELECT * FROM captures")) == 1


# ---- the last record cut at every byte


def test_cut_at_every_byte_of_its_last_record_an_archive_keeps_the_others(tmp_path: Path, db: Path) -> None:
    pages = tmp_path / "saved"
    pages.mkdir()
    for name in ("a.txt", "b.txt"):
        (pages / name).write_text(f"A line of {name}, which is short.\n\nAnd another one.\n")
    take(db, pages)
    (segment,) = db.with_suffix(".warc").glob("*.gz")
    data = segment.read_bytes()
    last = max(record.offset for record in read_records(segment) if isinstance(record, WarcRecord))
    lose(db, seals=True)
    with Session(db, "import", LOCAL, Watcher()):
        pass  # an empty archive to start from each time
    empty = db.read_bytes()
    for size in range(last, len(data)):
        segment.write_bytes(data[:size])
        torn = f"; a torn end, kept as voices.warc/{segment.name}.torn" if size > last else ""
        assert recover(db) == ["recovered from a run that was cut short: 1 capture that had no row" + torn]
        assert segment.read_bytes() == data[:last]
        aside = segment.with_name(segment.name + ".torn")
        assert (aside.read_bytes() if size > last else b"") == data[last:size]
        assert len(recorded(db)["captures"]) == 1
        if size % 50 == 0:
            assert_sound(db)
        aside.unlink(missing_ok=True)
        lose(db, seals=True)
        db.write_bytes(empty)
    print(f"cut at each of {len(data) - last} bytes")


# ---- all of an archive: what was recorded is recorded again, exactly


def all_of(db: Path) -> tuple[Any, ...]:
    assert_sound(db, refetched=True)
    return recorded(db), exported(db)


@pytest.mark.parametrize("seals", [True, False])
def test_a_lost_database_comes_back_from_its_segments(db: Path, tmp_path: Path, site: SiteWarc, seals: bool) -> None:
    take(db, fill_folder(tmp_path / "saved"))
    take(db, fill_warc(site))
    before = all_of(db)
    lose(db, seals)
    (note,) = recover(db)
    assert note == f"recovered from a run that was cut short: {len(before[0]['captures'])} captures that had no row"
    assert all_of(db) == before


def test_fetched_pages_come_back_as_fetched(db: Path, web: HTTPServer) -> None:
    web.expect_request("/bread").respond_with_data(make_post(1), content_type="text/html; charset=utf-8")
    web.expect_request("/old").respond_with_response(Response(status=301, headers={"Location": "/bread"}))
    web.expect_request("/gone").respond_with_data("", status=410)
    web.expect_request("/feed").respond_with_data(RSS, content_type="application/rss+xml")
    web.expect_request("/large").respond_with_data(POST_HTML * 40, content_type="text/html")
    report = grab(db, [web.url_for(f"/{path}") for path in ("old", "gone", "feed", "large")], LOCAL, delay=0)
    assert report.states == {"fetched": 2, "gone": 1, "failed": 1}
    before = all_of(db)
    assert {(row[2], row[7]) for row in before[0]["captures"]} == {(None, "fetch")}
    assert any(str(row[2]).startswith("budget: 0 bytes") for row in before[0]["pages"])
    asked = len(web.log)
    lose(db)
    recover(db)
    assert all_of(db) == before
    assert len(web.log) == asked


def test_an_older_database_is_brought_up_to_its_segments(db: Path, tmp_path: Path, site: SiteWarc) -> None:
    take(db, fill_folder(tmp_path / "saved"))
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("VACUUM INTO ?", (str(tmp_path / "backup.db"),))
    take(db, fill_warc(site))
    before = all_of(db)
    lose(db)
    shutil.copy(tmp_path / "backup.db", db)
    recover(db)
    assert all_of(db) == before


def test_rows_lost_from_within_a_sealed_segment_come_back(db: Path, tmp_path: Path, site: SiteWarc) -> None:
    take(db, fill_warc(site))
    before = all_of(db)
    lose(db)
    stopped_after_two = Stop()

    def tell(visit: Visit) -> None:
        stopped_after_two.signal = signal.SIGTERM

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scraper.run.batch.MOST", 2)
        patch.setattr("scraper.run.leftovers.find_segments", lambda folder: [])
        take(db, site.path, watcher=Watcher(stopped_after_two, tell))
    assert 0 < len(recorded(db)["captures"]) < len(before[0]["captures"])
    recover(db)
    assert recorded(db) == before[0]


def test_a_file_whose_url_was_given_comes_back_under_it(db: Path, page_file: Path) -> None:
    options = ImportOptions(url="https://blog.example/a b")
    take(db, page_file, options=options)
    before = all_of(db)
    lose(db)
    recover(db)
    assert all_of(db) == before
    assert take(db, page_file, options=options).states == {"held": 1}


# ---- runs


def test_a_stopped_recovery_goes_on_in_the_next_run(db: Path, tmp_path: Path, site: SiteWarc) -> None:
    take(db, fill_warc(site))
    before = all_of(db)
    lose(db, seals=True)
    stop = Stop(signal=signal.SIGTERM)
    recover(db, stop)
    assert recorded(db) == EMPTY
    recover(db)
    assert all_of(db) == before


def test_a_killed_run_is_marked_as_interrupted_by_the_next(db: Path, page_file: Path, rows: Rows) -> None:
    take(db, page_file)
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE runs SET finished_at = NULL, exit_code = NULL, counts = NULL")  # as a kill leaves it
    take(db, page_file)
    ((ended, code, counts), (_, last, _)) = rows("SELECT finished_at, exit_code, counts FROM runs ORDER BY id")
    assert (ended is not None, code, counts, last) == (True, None, None, 0)
    assert rows("SELECT run_id, level, message FROM run_events") == [
        (1, "warning", "interrupted: the process ended before the run did")
    ]


@pytest.fixture
def unsealed(tmp_path: Path, db: Path) -> Path:
    """The one segment of an archive, all of whose records have rows, and no seal."""
    take(db, fill_folder(tmp_path / "saved"))
    (segment,) = db.with_suffix(".warc").glob("*.warc.gz")
    segment.with_name(segment.name + ".seal").unlink()
    return segment


def test_a_disk_that_gives_no_bytes_ends_the_run_and_nothing_is_cut(
    db: Path, unsealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = unsealed.read_bytes()
    read, failed = Member._fill, []

    def fail_once(member: Member) -> bool:
        if not failed:
            failed.append(1)
            raise OSError(errno.EIO, "Input/output error")
        return read(member)

    monkeypatch.setattr(Member, "_fill", fail_once)
    with pytest.raises(ArchiveError, match="nothing of it was changed"):
        recover(db)
    assert unsealed.read_bytes() == whole
    monkeypatch.undo()
    assert recover(db) == []
    assert_sound(db)


def test_a_damaged_beginning_costs_its_record_and_no_other(db: Path, unsealed: Path) -> None:
    before = exported(db)
    size = unsealed.stat().st_size
    with unsealed.open("r+b") as file:
        file.write(b"\0\0")
    (note,) = recover(db)
    assert "1 damaged place left as found" in note and "torn" not in note
    assert unsealed.stat().st_size == size and exported(db) == before
    assert [problem.is_problem for problem in check_archive(db).findings].count(True) <= 1


def test_nothing_is_cut_off_in_front_of_a_record_that_has_a_row(db: Path, unsealed: Path) -> None:
    size = unsealed.stat().st_size
    with unsealed.open("r+b") as file:
        file.seek(size - 40)
        file.write(bytes(20))
    recover(db)
    assert unsealed.stat().st_size == size


def test_a_second_torn_end_is_kept_beside_the_first(db: Path, unsealed: Path) -> None:
    for tail in (b"first torn end", b"second one"):
        with unsealed.open("ab") as file:
            file.write(tail)
        unsealed.with_name(unsealed.name + ".seal").unlink(missing_ok=True)
        recover(db)
    asides = [unsealed.with_name(unsealed.name + suffix).read_bytes() for suffix in (".torn", ".torn-2")]
    assert asides == [b"first torn end", b"second one"]
    assert_sound(db)
