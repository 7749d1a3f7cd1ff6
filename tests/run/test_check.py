"""`check` names every kind of damage, changes nothing by itself, and mends only what is certain."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import tracemalloc
import warnings
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.capture import fixity
from scraper.capture.segment_file import seal_of
from scraper.cli.main import cli
from scraper.model import Visit
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.session import Session
from scraper.run.upkeep.check import check_archive
from scraper.run.upkeep.forget import forget
from scraper.run.watcher import Watcher, utc_now
from scraper.settings import Settings
from scraper.store.archive import Archive
from scraper.store.takedowns.forget_target import Wish
from tests.run.conftest import POST_HTML, SiteWarc
from tests.run.faults import in_small_batches, run_forked, start_forked
from tests.run.inputs_of_five import fill_folder, fill_warc, make_post
from tests.run.permissions import become_nobody, lock_up
from tests.run.soundness import assert_sound, exported, rows
from tests.store.conftest import make_page, make_visit

LARGE = 40_000_000  # bytes of a body


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a sound archive of two segments."""
    folder = tmp_path_factory.mktemp("template")
    (folder / "archive").mkdir()
    for source in (fill_folder(folder / "saved"), fill_warc(SiteWarc(folder / "site.warc.gz"))):
        import_paths(folder / "archive" / "voices.db", [source], ImportOptions(), Settings())
    return folder / "archive"


@pytest.fixture
def db(template: Path, tmp_path: Path) -> Path:
    shutil.copytree(template, tmp_path / "archive")
    return tmp_path / "archive" / "voices.db"


@dataclass(frozen=True, slots=True)
class Said:
    """What a check said, and with which exit code."""

    code: int
    lines: list[str]
    notes: list[str]

    def has(self, *words: str) -> bool:
        """Whether a line has all these words."""
        return any(all(word in line for word in words) for line in self.lines)


def digests(folder: Path) -> dict[str, str]:
    """Every file below the folder, but for what SQLite needs to read a database in WAL mode: an empty WAL, and -shm."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith("-shm") and (path.stat().st_size or "-wal" not in path.name)
    }


def check(db: Path) -> Said:
    """What a check said, which has not changed a byte."""
    before = digests(db.parent)
    said = call("check", db)
    assert digests(db.parent) == before
    return said


def call(*arguments: object) -> Said:
    done = CliRunner().invoke(cli, [str(each) for each in arguments], prog_name="blog-to-sqlite")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Said(done.exit_code, done.stdout.splitlines(), done.stderr.splitlines())


# ---- what can be wrong


@dataclass(frozen=True, slots=True)
class Place:
    """Where the record of a capture is."""

    id: int
    url: str
    path: Path
    offset: int
    length: int


def places(db: Path, segment: int = 1) -> list[Place]:
    """The captures in one of the two segments, in their order."""
    found = rows(
        db, "SELECT id, url, warc_file, warc_offset, warc_length FROM captures ORDER BY warc_file, warc_offset"
    )
    names = sorted({name for _, _, name, *_ in found})
    return [Place(row[0], row[1], db.parent / row[2], *row[3:]) for row in found if row[2] == names[segment]]


def change(db: Path, *statements: str) -> None:
    """Over a connection that keeps no reference whole."""
    with closing(sqlite3.connect(db)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def flip_a_byte(db: Path) -> None:
    place = places(db)[2]
    data = bytearray(place.path.read_bytes())
    data[place.offset + place.length // 2] ^= 0xFF
    place.path.write_bytes(data)


def swap_records(db: Path) -> None:
    first, second = places(db)[-2:]
    assert first.offset + first.length == second.offset
    data = first.path.read_bytes()
    one, other = data[first.offset : second.offset], data[second.offset : second.offset + second.length]
    first.path.write_bytes(data[: first.offset] + other + one + data[second.offset + second.length :])


def replace_record(db: Path) -> None:
    """Another record of the very same length in its place: smaller, and a gzip member may carry a comment."""
    place = next(each for each in places(db) if each.url.endswith("/bread-2"))
    data = place.path.read_bytes()
    record = gzip.decompress(data[place.offset : place.offset + place.length])
    other = gzip.compress(record.replace(b"Paragraph", b"aaaaaaaaa").replace(b"takes its time", b"a" * 14), 9, mtime=0)
    comment = b"x" * (place.length - len(other) - 1) + b"\0"
    assert len(comment) > 1
    other = other[:3] + b"\x10" + other[4:10] + comment + other[10:]
    place.path.write_bytes(data[: place.offset] + other + data[place.offset + place.length :])


def cut_segment(db: Path) -> None:
    place = places(db)[-1]
    os.truncate(place.path, place.offset + place.length // 2)


def cut_between_records(db: Path) -> None:
    place = places(db)[-1]
    os.truncate(place.path, place.offset)


def overwrite_segment(db: Path) -> None:
    path = places(db)[0].path
    path.write_bytes(b"\xaa" * path.stat().st_size)


def delete_segment(db: Path) -> None:
    places(db)[0].path.unlink()


def replace_segment_by_a_pipe(db: Path) -> None:
    path = places(db)[0].path
    path.unlink()
    os.mkfifo(path)


def change_seal(db: Path, **values: object) -> None:
    seal = seal_of(places(db)[0].path)
    seal.write_text(json.dumps(json.loads(seal.read_text()) | values))


def add_files(db: Path) -> None:
    folder = places(db)[0].path.parent
    (folder / "somebody.warc.gz").write_bytes(b"x")
    (folder / "gone.warc.gz.seal").write_bytes(b"{}")
    (folder / "notes.txt").write_text("mine")


def add_untraced_post(db: Path) -> None:
    with Archive(db) as archive:
        archive.record([make_visit(make_page())])
    change(
        db, "DELETE FROM pages WHERE url LIKE '%hello'", "UPDATE posts SET capture_id = NULL WHERE url LIKE '%hello'"
    )
    made_up = "SELECT id FROM captures WHERE warc_file = 'a.warc.gz'"
    change(
        db,
        f"DELETE FROM post_sightings WHERE capture_id IN ({made_up})",
        f"DELETE FROM captures WHERE id IN ({made_up})",
    )


def take_row_out_of_index(db: Path) -> None:
    select = "SELECT 'delete', id, title, text FROM posts WHERE id = 2"
    change(db, f"INSERT INTO posts_fts (posts_fts, rowid, title, text) {select}")


def put_index_out_of_step(db: Path) -> None:
    """A row changes while SQLite does not know of the index."""
    is_index = "name = 'posts_published_earliest'"
    (row,) = rows(db, f"SELECT * FROM sqlite_master WHERE {is_index}")
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(f"DELETE FROM sqlite_master WHERE {is_index}")
    change(db, "UPDATE posts SET published_earliest = '1999-01-01T00:00:00Z' WHERE id = 2")
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", row)


def point_at_each_other(db: Path) -> None:
    """One row at the place of another, which then has two."""
    here, there = places(db)[2:4]
    change(db, f"UPDATE captures SET warc_offset = {there.offset}, warc_length = {there.length} WHERE id = {here.id}")


def exchange_texts(db: Path) -> None:
    """The words are the same as before, but each in the other post."""
    longest, shortest = (
        rows(db, f"SELECT id, title, text FROM posts ORDER BY length(text) {way}")[0] for way in ("DESC", "ASC")
    )
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE posts SET title = ?, text = ? WHERE id = ?", (*longest[1:], shortest[0]))
        connection.execute("UPDATE posts SET title = ?, text = ? WHERE id = ?", (*shortest[1:], longest[0]))


def point(values: str) -> Callable[[Path], None]:
    return lambda db: change(db, f"UPDATE captures SET {values} WHERE id = {places(db)[2].id}")


URL = "https://blog.example/bread-"
FEED = "https://blog.example/feed"  # read last, since it may state comments
NOT_THERE = ("its capture should be at", "restore the file from a backup")
SEALED_OTHERWISE = ("SHA-256 is another one", "restore the file")
INDEX = ("voices.db: the full-text index of", "`check --repair` makes it anew")
LOST_TEXT = ("restore a backup, or move the database away",)
LOST, MENDED = False, True


DAMAGES: dict[str, tuple[Callable[[Path], object], bool, list[tuple[str, ...]]]] = {
    "a byte flipped": (flip_a_byte, LOST, [(*NOT_THERE, "https://", "cannot be read"), SEALED_OTHERWISE]),
    "records swapped": (swap_records, LOST, [(*NOT_THERE, "there is the record <urn"), SEALED_OTHERWISE]),
    "a record replaced": (replace_record, LOST, [(*NOT_THERE, URL, "the payload there is another"), SEALED_OTHERWISE]),
    "a segment cut": (cut_segment, LOST, [(*NOT_THERE, FEED, "cut off"), ("bytes and was sealed with", "restore the file")]),
    "a segment cut between records": (cut_between_records, LOST, [(*NOT_THERE, FEED, "beyond its last record")]),
    "a segment overwritten": (overwrite_segment, LOST, [(".warc.gz: cannot be read (not a WARC file); 11 captures",)]),
    "a segment deleted": (delete_segment, LOST, [(".warc.gz: missing; 11 captures are in it", "restore")]),
    "a pipe for a segment": (replace_segment_by_a_pipe, LOST, [(".warc.gz: no file; 11 captures are in it",)]),
    "a seal altered": (lambda db: change_seal(db, sha256="0" * 64), LOST, [("SHA-256", "restore the file from a backup")]),
    "a seal of another length": (lambda db: change_seal(db, length=7), LOST, [("was sealed with 7", "restore the file")]),
    "a seal of other records": (lambda db: change_seal(db, records="x"), MENDED, [("with x records", "seals it anew")]),
    "a seal cut": (lambda db: os.truncate(seal_of(places(db)[0].path), 9), MENDED, [("its seal cannot be read",)]),
    "strange files": (add_files, LOST, [("gone.warc.gz.seal: the segment that it seals is missing",)]),
    "an offset elsewhere": (point("warc_offset = 0"), LOST, [(*NOT_THERE, "at 0 of", "there is the record")]),
    "an offset of another": (point_at_each_other, LOST, [(*NOT_THERE, "there is the record")]),
    "an offset between records": (point("warc_offset = 5"), LOST, [(*NOT_THERE, "at 5 of", "no record begins there")]),
    "an offset beyond the end": (point("warc_offset = 1 << 40"), LOST, [(*NOT_THERE, "beyond its last record")]),
    "a length": (point("warc_length = 3"), LOST, [(*NOT_THERE, "bytes, not 3")]),
    "a file elsewhere": (point("warc_file = '../../etc/passwd'"), LOST, [("should be in ../../etc/passwd, outside",)]),
    "a file of no name": (point("warc_file = 'voices.warc/no.warc.gz'"), LOST, [("no.warc.gz: missing; 1 capture is in it",)]),
    "a digest": (point("payload_sha256 = 'ab'"), LOST, [(*NOT_THERE, "the payload there is another one")]),
    "a payload's length": (point("payload_length = 1"), LOST, [(*NOT_THERE, "the payload there is another one")]),
    "a record id": (point("record_id = '<urn:x>'"), LOST, [(*NOT_THERE, "there is the record <urn:uuid:")]),
    "a URL": (point("url = 'https://evil.example/'"), LOST, [("https://evil.example/: its", "what is there is of https://")]),
    "an index without a row": (take_row_out_of_index, MENDED, [INDEX]),
    "an index of old words": (lambda db: change(db, "UPDATE comments SET text = 'x' WHERE id = 1"), MENDED, [INDEX]),
    "an index of exchanged texts": (exchange_texts, MENDED, [INDEX]),
    "an index scribbled on": (lambda db: change(db, "UPDATE posts_fts_data SET block = x'ffffff' WHERE id > 9"), MENDED, [INDEX]),
    "an index of pairs": (
        lambda db: change(db, "INSERT INTO posts_bigrams_fts (rowid, title) VALUES (1, '図書')"),
        MENDED,
        [("the index of posts in scripts without spaces is not in step", "makes it anew")],
    ),
    "an index out of step": (put_index_out_of_step, MENDED, [("the index posts_published_earliest is not in step",)]),
    "an index emptied": (lambda db: change(db, "DELETE FROM posts_fts_data"), MENDED, [INDEX]),
    "an index dropped": (lambda db: change(db, "DROP TABLE posts_fts"), LOST, [("damaged (no table posts_fts)",)]),
    "evidence of no capture": (
        lambda db: change(db, "INSERT INTO removals VALUES (99, 0, 's', 'k', 'r', 'p', 1, 'e')"),
        MENDED,
        [("1 of the rows of removals have a capture_id that is not in captures", "takes them out")],
    ),
    "a signature of nobody": (
        lambda db: change(db, "UPDATE post_people SET person_id = 99 WHERE post_id = 2"),
        MENDED,
        [("1 of the rows of post_people have a person_id that is not in people",)],
    ),
    "a comment of no post": (
        lambda db: change(db, "UPDATE comments SET post_id = 99 WHERE id = 1"),
        LOST,
        [("1 of the rows of comments have a post_id that is not in posts (id 1)", *LOST_TEXT)],
    ),
    "a circle of answers": (
        lambda db: change(db, "UPDATE comments SET parent_id = id WHERE id = 2"),
        LOST,
        [("1 of the rows of comments stand in a circle of answers (id 2)", *LOST_TEXT)],
    ),
    "an answer to another post": (
        lambda db: change(db, "UPDATE comments SET parent_id = (SELECT max(id) FROM comments) WHERE id = 1"),
        LOST,
        [("1 of the rows of comments answer one of another post (id 1)", *LOST_TEXT)],
    ),
    "a post without a page": (add_untraced_post, LOST, [("hello: the post has no page and no capture",)]),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_each_damage_is_named_and_mended_only_where_that_is_certain(db: Path, name: str) -> None:
    damage, is_mended, lines = DAMAGES[name]
    damage(db)
    said = check(db)
    assert said.code == 1
    for words in lines:
        assert said.has(*words), said.lines
    before = digests(db.parent)
    repaired = call("check", db, "--repair")
    assert repaired.code == (0 if is_mended else 1)
    assert (
        [line for line in repaired.lines if line.startswith("mended: ")] if is_mended else repaired.lines == said.lines
    )
    after = check(db)
    assert (after.code, after.lines[:-1]) == (repaired.code, [x for x in repaired.lines[:-1] if "mended: " not in x])
    segments = {name: digest for name, digest in before.items() if name.endswith(".warc.gz")}
    assert segments.items() <= digests(db.parent).items()


def test_a_sound_archive_is_one_line_and_no_byte_is_changed(db: Path) -> None:
    said = check(db)
    assert (said.code, said.notes) == (0, [])
    assert said.lines == [f"{db}: 8 posts, 17 comments, 17 captures in 2 segments: sound"]
    found = json.loads(call("check", db, "--json").lines[0])
    holdings = {"posts": 8, "comments": 17, "captures": 17}
    assert found == {"problems": [], "notes": [], "mended": [], "holdings": holdings, "segments": 2}
    before = exported(db)
    assert call("check", db, "--repair").lines == said.lines
    assert exported(db) == before
    assert_sound(db)


def test_of_several_damages_what_can_be_mended_is_and_the_rest_stays_listed(db: Path) -> None:
    change_seal(db, records="x")
    take_row_out_of_index(db)
    change(db, "DELETE FROM posts WHERE id = 1")
    wrong = check(db)
    repaired = json.loads(call("check", db, "--repair", "--json").lines[0])
    mended, left = ([each["what"] for each in repaired[name]] for name in ("mended", "problems"))
    assert len(mended) + len(left) == len(wrong.lines)
    assert wrong.notes[-1].endswith(f": {len(wrong.lines)} problems")
    assert sum("the full-text index of posts" in message for message in mended) == 1
    assert sum("with x records" in message for message in mended) == 1
    assert sum("the rows of post_people" in message for message in mended) == 1
    assert {message.partition(" have a ")[0] for message in left} == {
        "1 of the rows of comments",
        "1 of the rows of pages",
    }
    assert rows(db, "SELECT count(*) FROM comments WHERE post_id = 1") == [(1,)]
    ((code, counted),) = rows(
        db, "SELECT exit_code, json_extract(counts, '$.inputs') FROM runs WHERE command = 'check'"
    )
    assert (code, counted) == (1, 0)
    events = rows(db, "SELECT message FROM run_events WHERE message LIKE 'mended: %'")
    assert [message for (message,) in events] == [f"mended: {message}" for message in mended]


def test_a_database_that_is_moved_away_is_made_anew_from_its_segments(db: Path, tmp_path: Path) -> None:
    before = exported(db)
    change(db, "DELETE FROM posts WHERE id = 1")
    assert check(db).has(*LOST_TEXT)
    db.rename(tmp_path / "moved.db")
    page = tmp_path / "page.css"
    page.write_text("p {}")
    call("import", db, db.with_suffix(".warc"))
    assert check(db).code == 0
    assert exported(db) == before


def test_every_page_of_the_database_overwritten_gives_a_list_and_no_traceback(db: Path) -> None:
    data = db.read_bytes()
    ends = []
    for number in range(len(data) // 4096):
        db.write_bytes(data[: number * 4096] + b"\xaa" * 4096 + data[(number + 1) * 4096 :])
        said = check(db)
        ends.append(said.code)
        if said.lines:
            assert said.has("damaged", *LOST_TEXT), said.lines
        else:
            assert len(said.notes) == 1 and str(db) in said.notes[0], said.notes
        assert call("check", db, "--repair").code == said.code
        assert db.read_bytes()[number * 4096 :][:4096] == b"\xaa" * 4096 and db.stat().st_size == len(data)
    print(f"{len(ends)} pages")
    assert set(ends) == {1}


def test_a_segment_of_a_killed_run_is_a_note_until_the_next_run_that_writes(
    db: Path, template: Path, tmp_path: Path
) -> None:
    last = places(db)[-1]
    seal_of(last.path).unlink()
    with last.path.open("ab") as file:
        file.write(last.path.read_bytes()[last.offset : last.offset + last.length // 2])
    said = check(db)
    assert said.code == 0
    assert [note for note in said.notes if "not sealed; the next command that writes looks it through" in note]
    repaired = call("check", db, "--repair")
    assert repaired.code == 0
    assert any("recovered" in note for note in repaired.notes)
    assert last.path.read_bytes() == (template / "voices.warc" / last.path.name).read_bytes()
    assert_sound(db)


def test_captures_without_a_row_are_a_note_until_the_next_run_that_writes(db: Path) -> None:
    older = db.with_name("older.db")
    shutil.copy(db, older)
    change(older, f"DELETE FROM captures WHERE id = {places(db)[-1].id}", "UPDATE pages SET capture_id = NULL")
    change(
        older,
        "UPDATE posts SET capture_id = NULL",
        "UPDATE comments SET last_capture_id = NULL, first_capture_id = NULL",
    )
    change(older, "UPDATE revisions SET capture_id = NULL", "DELETE FROM claims", "DELETE FROM removals")
    change(older, *(f"DELETE FROM {each}_sightings" for each in ("post", "comment", "person")))
    older.replace(db)
    said = check(db)
    assert (said.code, len(said.notes)) == (0, 1)
    assert "1 capture in it has no row; the next command that writes takes them in" in said.notes[0]
    call("check", db, "--repair")
    assert (check(db).code, check(db).notes) == (0, [])
    assert rows(db, "SELECT count(*) FROM captures") == [(17,)]


def test_what_was_forgotten_and_is_still_in_a_segment_is_a_problem_until_it_is_taken_out(db: Path) -> None:
    place = places(db)[-1]
    forget(db, Wish("https://elsewhere.example/"), Settings())
    ((segment, offset),) = rows(db, f"SELECT warc_file, warc_offset FROM captures WHERE id = {place.id}")
    change(db, f"INSERT INTO records_to_clear VALUES ('{segment}', {offset}, 0)")
    said = check(db)
    assert said.code == 1
    assert "1 record in it still holds what was forgotten" in str(said)
    call("check", db, "--repair")
    assert (check(db).code, check(db).notes) == (0, [])
    assert rows(db, "SELECT * FROM records_to_clear") == []


def test_people_of_bylines_that_changed_are_a_note(db: Path, tmp_path: Path) -> None:
    for number, name in enumerate(("Ann Lee", "Zoe Roe")):
        page = tmp_path / f"{number}.html"
        page.write_bytes(make_post(77).replace(b"Ann Lee", name.encode()).replace(b"/ann", b"/%d" % number))
        assert call("import", db, page, "-q", "--fetched-at", f"2024-01-0{number + 1}").code == 0
    said = check(db)
    assert (said.code, len(said.notes)) == (0, 1)
    assert "1 of the people sign nothing" in said.notes[0]


def test_files_that_nothing_refers_to_are_a_note(db: Path) -> None:
    add_files(db)
    (db.with_suffix(".warc") / "gone.warc.gz.seal").unlink()
    said = check(db)
    assert (said.code, len(said.notes)) == (0, 1)
    assert "somebody.warc.gz: no row and no seal knows it; `import` it, or move it away" in said.notes[0]


def test_pages_that_were_recorded_without_a_capture_are_no_problem(tmp_path: Path) -> None:
    db = tmp_path / "voices.db"
    with Archive(db) as archive:
        archive.record([Visit("https://blog.example/x", "fetched", page=make_page())])
    assert (check(db).code, check(db).notes) == (0, [])


def test_memory_stays_flat_whatever_a_record_holds(tmp_path: Path) -> None:
    db = tmp_path / "voices.db"
    with Session(db, "import", Settings(), Watcher()) as session:
        capture = session.segment.write_resource("https://e.org/big", b"0" * LARGE, "video/mp4", date=utc_now())
        session.segment.sync()
        session.archive.record([Visit(capture.url, "fetched", None, capture)])
    tracemalloc.start()
    try:
        assert check_archive(db).findings == ()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    print(f"{peak / 1e6:.1f} MB for a record of {LARGE / 1e6:.0f} MB")
    assert peak < LARGE / 8


def test_a_chunked_body_larger_than_what_is_kept_of_it_agrees_with_its_row(db: Path, site: SiteWarc) -> None:
    body = POST_HTML + b"<!-- " + b"x" * 3 * fixity.KEPT + b" -->"
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    site.response("https://blog.example/chunked", "200 OK", "text/html", chunked, ("Transfer-Encoding", "chunked"))
    assert call("import", db, site.done(), "-q").code == 0
    digest = hashlib.sha256(body).hexdigest()
    assert rows(db, f"SELECT count(*) FROM captures WHERE payload_sha256 = '{digest}'") == [(1,)]
    assert check(db).code == 0


# ---- beside a writer, and where nothing can be written

POSTS, CHECKERS = 80, 3


def start_checking(db: Path, said: Path, halfway: Event, over: Event) -> int:
    """A child that checks until the import is over, and writes how each check ended, and how many captures it saw."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        try:
            found = []
            while not over.is_set():
                ended = call("check", db, "--json")
                found.append((ended.code, json.loads(ended.lines[0])))
                if 1 < found[-1][1]["holdings"]["captures"] < POSTS:
                    halfway.set()
            said.write_text(json.dumps(found))
        finally:
            os._exit(0)
    return pid


def test_checks_while_an_import_runs_find_nothing_and_change_nothing(tmp_path: Path) -> None:
    saved, db, alone = tmp_path / "saved", tmp_path / "voices.db", tmp_path / "alone.db"
    saved.mkdir()
    for number in range(POSTS):
        (saved / f"{number:03}.html").write_bytes(make_post(number))
    import_paths(alone, [saved], ImportOptions(), Settings())
    import_paths(db, [saved / "000.html"], ImportOptions(), Settings())
    said = [tmp_path / f"checker-{number}" for number in range(CHECKERS)]
    forked = get_context("fork")
    halfway, over = forked.Event(), forked.Event()
    checkers = [start_checking(db, each, halfway, over) for each in said]
    writer = start_forked(["import", str(db), str(saved), "-q"], tmp_path, lambda: in_small_batches(halfway))
    ended = os.waitpid(writer, 0)[1]
    over.set()
    for status in (ended, *(os.waitpid(pid, 0)[1] for pid in checkers)):
        assert os.waitstatus_to_exitcode(status) == 0
    found = [each for file in said for each in json.loads(file.read_text())]
    assert {code for code, _ in found} == {0}
    assert not any(report["problems"] for _, report in found)
    seen = {report["holdings"]["captures"] for _, report in found}
    print(f"{len(found)} checks, which saw {len(seen)} states of the archive")
    assert any(1 < captures < POSTS for captures in seen)
    assert exported(db) == exported(alone)
    assert_sound(db)


def test_an_archive_that_cannot_be_written_is_checked_all_the_same(template: Path, open_folder: Path) -> None:
    shutil.copytree(template, open_folder / "archive")
    db = open_folder / "archive" / "voices.db"
    before = digests(db.parent)
    lock_up(db.parent)
    ended = run_forked(["check", str(db)], open_folder, become_nobody)
    assert (ended.code, ended.stderr) == (0, "")
    assert ended.stdout == f"{db}: 8 posts, 17 comments, 17 captures in 2 segments: sound\n"
    repaired = run_forked(["check", str(db), "--repair"], open_folder, become_nobody)
    assert (repaired.code, repaired.stderr.count("\n")) == (1, 1)
    assert "cannot be written to" in repaired.stderr
    assert digests(db.parent) == before
