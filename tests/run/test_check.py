"""A check names each kind of damage, changes nothing, and its repair mends what can be made anew."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.capture.records import read_records
from scraper.cli.main import cli
from scraper.run import batch
from scraper.run.check import check_archive, repair_archive
from scraper.run.files import ImportOptions
from scraper.run.imports import import_paths
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from tests.run.conftest import SiteWarc
from tests.run.faults import start_forked
from tests.run.inputs_of_five import fill_folder, fill_warc, make_post
from tests.run.soundness import assert_sound, exported

MOST_CHECKS = 500
Damage = Callable[[Path], None]


@pytest.fixture
def db(tmp_path: Path, site: SiteWarc) -> Path:
    """An archive of two runs, so of two segments: a WARC's posts and saved ones."""
    path = tmp_path / "voices.db"
    import_paths(path, [fill_warc(site)], ImportOptions(), Settings())
    import_paths(path, [fill_folder(tmp_path / "saved")], ImportOptions(), Settings())
    return path


def problems(db: Path) -> list[str]:
    return [f"{finding.about}: {finding.what}" for finding in check_archive(db).problems]


def notes(db: Path) -> list[str]:
    return [finding.what for finding in check_archive(db).findings if not finding.is_problem]


def repaired(db: Path) -> list[str]:
    return [f"{finding.about}: {finding.what}" for finding in repair_archive(db, Settings(), Watcher()).problems]


def digests(folder: Path) -> dict[str, str]:
    """Of every file, but for what SQLite puts beside a database that it reads: its index of the WAL, an empty WAL."""
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    kept = {name: data for name, data in files.items() if not name.endswith("-shm") and (data or "-wal" not in name)}
    return {name: hashlib.sha256(data).hexdigest() for name, data in kept.items()}


def segment(db: Path, number: int = 0) -> Path:
    return sorted(db.with_suffix(".warc").glob("*.warc.gz"))[number]


def change(path: Path, offset: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


def execute(db: Path, *statements: str) -> None:
    with closing(sqlite3.connect(db, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def small_batches() -> None:
    batch.MOST = 3


# ---- what nobody harmed


def test_a_sound_archive_has_no_findings_and_not_a_byte_of_it_changes(db: Path) -> None:
    before = digests(db.parent)
    checkup = check_archive(db)
    assert (checkup.findings, checkup.exit_code, checkup.segments) == ((), 0, 2)
    assert checkup.holdings is not None and checkup.holdings.posts > 5 and checkup.holdings.comments > 5
    assert digests(db.parent) == before


def test_an_archive_without_captures_is_sound(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    import_paths(tmp_path / "new.db", [tmp_path / "empty"], ImportOptions(), Settings())
    assert problems(tmp_path / "new.db") == []


def test_a_repair_of_a_sound_archive_changes_nothing_that_is_exported(db: Path) -> None:
    before = exported(db)
    assert repaired(db) == []
    assert exported(db) == before
    assert_sound(db)


def test_checks_while_an_import_runs_find_nothing_and_are_in_nobodys_way(db: Path, tmp_path: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    for number in range(10, 90):
        (more / f"{number}.html").write_bytes(make_post(number))
    writer = start_forked(["import", str(db), str(more), "-q"], tmp_path, small_batches)
    held = set()
    checks = 0
    while checks < MOST_CHECKS and os.waitid(os.P_PID, writer, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        checkup = check_archive(db)
        assert checkup.problems == () and checkup.holdings is not None
        held.add(checkup.holdings.captures)
        checks += 1
    _, status = os.waitpid(writer, 0)
    print(f"{checks} checks, which saw {len(held)} states of the archive")
    assert os.waitstatus_to_exitcode(status) == 0 and checks > 3
    assert (problems(db), notes(db)) == ([], [])
    assert_sound(db)


# ---- damage in segments


def record_of_a_response(db: Path) -> tuple[int, int]:
    """Offset and length of a record in the first segment that some row points at."""
    with closing(sqlite3.connect(db)) as connection:
        sql = "SELECT warc_offset, warc_length FROM captures WHERE warc_file LIKE ? AND url LIKE '%/bread-2' LIMIT 1"
        offset, length = connection.execute(sql, (f"%{segment(db).name}",)).fetchone()
    return offset, length


def flip_a_byte(db: Path) -> None:
    offset, length = record_of_a_response(db)
    byte = segment(db).read_bytes()[offset + length // 2]
    change(segment(db), offset + length // 2, bytes([byte ^ 0xFF]))


def swap_the_record(db: Path) -> None:
    """Another record of the very same length in its place: smaller, and a gzip member may carry a comment."""
    offset, length = record_of_a_response(db)
    record = gzip.decompress(segment(db).read_bytes()[offset : offset + length])
    other = gzip.compress(record.replace(b"Paragraph", b"aaaaaaaaa").replace(b"takes its time", b"a" * 14), 9, mtime=0)
    comment = b"x" * (length - len(other) - 1) + b"\0"
    assert len(comment) > 1
    change(segment(db), offset, other[:3] + b"\x10" + other[4:10] + comment + other[10:])


def cut_the_segment(db: Path) -> None:
    offset, length = record_of_a_response(db)
    with segment(db).open("r+b") as file:
        file.truncate(offset + length - 3)


def delete_the_segment(db: Path) -> None:
    segment(db).unlink()


def alter_the_seal(db: Path) -> None:
    seal = segment(db).with_name(segment(db).name + ".seal")
    said = json.loads(seal.read_text())
    seal.write_text(json.dumps({**said, "length": said["length"] + 1}))


def blank_the_seal(db: Path) -> None:
    segment(db).with_name(segment(db).name + ".seal").write_text("")


# ---- damage in the database


def forget_a_word(db: Path) -> None:
    execute(
        db, "INSERT INTO posts_fts (posts_fts, rowid, title, text) SELECT 'delete', id, title, text FROM posts LIMIT 1"
    )


def change_a_text_behind_the_index(db: Path) -> None:
    execute(db, "UPDATE comments SET text = text || ' unheard' WHERE id = (SELECT min(id) FROM comments)")


def point_a_row_elsewhere(db: Path) -> None:
    execute(db, "UPDATE captures SET warc_offset = warc_offset + 1 WHERE id = (SELECT min(id) FROM captures)")


def rename_a_capture(db: Path) -> None:
    execute(db, "UPDATE captures SET url = url || '?' WHERE id = (SELECT min(id) FROM captures)")


def orphan_a_comment(db: Path) -> None:
    execute(db, "UPDATE comments SET post_id = 9999 WHERE id = (SELECT min(id) FROM comments WHERE parent_id IS NULL)")


def orphan_evidence(db: Path) -> None:
    execute(
        db,
        "INSERT INTO claims VALUES (9999, 0, 'title', 'x', 'meta', 'meta', 0)",
        "INSERT INTO links VALUES (9999, 0, 'u', 't')",
    )


def answer_in_a_circle(db: Path) -> None:
    pair = "(SELECT id FROM comments WHERE parent_id IS NOT NULL LIMIT 1)"
    execute(db, f"UPDATE comments SET parent_id = id WHERE id = {pair}")


def take_a_post_off_its_pages(db: Path) -> None:
    execute(db, "UPDATE pages SET post_id = NULL WHERE post_id = (SELECT min(id) FROM posts)")


def overwrite_a_page(db: Path) -> None:
    """Nonsense in the middle of the table of posts."""
    execute(db, "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode = DELETE")
    with closing(sqlite3.connect(db)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'posts'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    change(db, (root - 1) * size + 1, b"\xff" * (size - 1))


def overwrite_the_index(db: Path) -> None:
    execute(db, "UPDATE posts_fts_data SET block = x'ffffffffffff' WHERE id > 10")


@pytest.mark.parametrize(
    ("harm", "said", "is_mended"),
    [
        (flip_a_byte, "damaged at byte", False),
        (swap_the_record, "is not the one that was captured (payload_sha256", False),
        (cut_the_segment, "damaged at byte", False),
        (delete_the_segment, "missing, and ", False),
        (alter_the_seal, "does not fit its segment", True),
        (blank_the_seal, "not a seal that can be read", True),
        (forget_a_word, "posts_fts: the full-text index is out of step with posts", True),
        (change_a_text_behind_the_index, "comments_fts: the full-text index is out of step with comments", True),
        (point_a_row_elsewhere, "no record at byte", False),
        (rename_a_capture, "is not the one that was captured (url)", False),
        (orphan_a_comment, "comments: 1 row refers to rows of posts that are not there", False),
        (orphan_evidence, "links: 1 row refers to rows of posts that are not there", True),
        (answer_in_a_circle, "stands in a circle of answers", False),
        (take_a_post_off_its_pages, "no page shows this post", False),
        (overwrite_a_page, "database: ", False),
        (overwrite_the_index, "posts_fts: ", True),
    ],
)  # fmt: skip
def test_damage_is_named_and_mended_where_it_can_be(db: Path, harm: Damage, said: str, is_mended: bool) -> None:
    harm(db)
    before = digests(db.parent)
    found = problems(db)
    assert any(said in problem for problem in found), found
    assert digests(db.parent) == before
    result = CliRunner().invoke(cli, ["check", str(db), "--repair"])
    assert isinstance(result.exception, SystemExit | None) and result.exit_code == (0 if is_mended else 1)
    if is_mended:
        assert problems(db) == []
        assert_sound(db)


def test_a_check_of_one_harmed_segment_still_reads_the_others(db: Path) -> None:
    flip_a_byte(db)
    found = problems(db)
    name = segment(db).name
    assert len(found) == 3 and sum(name in problem for problem in found) == 3
    assert sum(problem.startswith("https://blog.example/bread-2: no record at byte") for problem in found) == 1


def test_a_segment_that_was_never_sealed_is_a_note_and_a_repair_seals_it(db: Path) -> None:
    segment(db, 1).with_name(segment(db, 1).name + ".seal").unlink()
    assert problems(db) == [] and notes(db) == ["not sealed: being written, or left by a run that was cut short"]
    assert repaired(db) == [] and notes(db) == []
    assert_sound(db)


def test_captures_without_a_row_are_a_note_and_a_repair_takes_them_in(db: Path) -> None:
    before = exported(db)
    with closing(sqlite3.connect(db)) as connection:
        last = "(SELECT id FROM captures WHERE url LIKE '%/gone')"
        connection.execute(f"DELETE FROM removals WHERE capture_id IN {last}")
        connection.execute(f"DELETE FROM claims WHERE capture_id IN {last}")
        connection.execute("DELETE FROM pages WHERE url LIKE '%/gone'")
        connection.execute("DELETE FROM captures WHERE url LIKE '%/gone'")
        connection.commit()
    assert problems(db) == []
    assert notes(db) == ["1 capture has no row: the next run that writes takes them in"]
    assert exported(db) == before


def test_files_that_are_no_segments_are_a_note(db: Path) -> None:
    (db.with_suffix(".warc") / "other.warc.gz").write_bytes(b"x")
    assert problems(db) == [] and notes(db) == ["no segment of this archive; nothing refers to it"]


# ---- as a person sees it


def test_the_command_says_one_line_when_all_is_well(db: Path) -> None:
    result = CliRunner().invoke(cli, ["check", str(db)])
    assert result.exit_code == 0 and result.stderr == ""
    assert result.stdout.startswith(f"{db}: ") and result.stdout.endswith(" in 2 segments: sound\n")


def test_the_command_lists_problems_with_what_to_do_and_ends_with_1(db: Path) -> None:
    alter_the_seal(db)
    delete_the_segment_of_saved_pages = segment(db, 1)
    delete_the_segment_of_saved_pages.unlink()
    result = CliRunner().invoke(cli, ["check", str(db)])
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert ".seal: does not fit its segment (length or digest); --repair makes it anew" in result.stdout
    assert "restore it from a backup" in result.stdout
    assert result.stderr.endswith(": 2 problems\n")


def test_the_command_gives_json(db: Path) -> None:
    forget_a_word(db)
    result = CliRunner().invoke(cli, ["check", str(db), "--json"])
    said = json.loads(result.stdout)
    assert result.exit_code == 1 and [problem["about"] for problem in said["problems"]] == ["posts_fts"]
    assert said["holdings"]["captures"] == sum(
        1
        for path in (segment(db), segment(db, 1))
        for record in read_records(path)
        if record.kind != "warcinfo" and record.kind != "request"  # type: ignore[union-attr]
    )


@pytest.mark.parametrize("content", [b"", b"no database at all" * 99, None])
def test_what_is_no_archive_is_refused_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "other.db"
    if content is not None:
        path.write_bytes(content)
    result = CliRunner().invoke(cli, ["check", str(path)])
    assert result.exit_code == (2 if content is None else 1)
    assert result.stdout == "" and str(path) in result.stderr
