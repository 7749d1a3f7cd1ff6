"""`process`: a shard for each WARC, whoever makes it, whole or not at all, and a line for each record."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import ArchiveError, UsageError
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.importing.inputs import Input
from scraper.run.processing.attempts import Attempt
from scraper.run.processing.page_limits import deadline_of, limited_memory
from scraper.run.processing.process import EngineName, Processed, ProcessOptions, process
from scraper.run.processing.shard import DEADLY
from scraper.run.processing.shelf import Shard
from scraper.run.upkeep.check import check_archive
from scraper.settings import Settings
from tests.run.conftest import SiteWarc
from tests.run.inputs_of_five import make_post
from tests.run.shards import content_of, fill, manifest_of, said_by, write_posts

SERIAL = ProcessOptions("serial")


@dataclass(frozen=True)
class Made:
    """WARCs, and their shards as one process makes them."""

    warcs: Path
    out: Path
    done: Processed


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("process")
    warcs = fill(folder / "warcs")
    return Made(warcs, folder / "out", run(warcs, folder / "out"))


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    return write_posts(tmp_path / "a.warc.gz", range(10, 14))


def run(folder: Path, out: Path, options: ProcessOptions = SERIAL) -> Processed:
    return process([folder], out, options, Settings())


def test_a_shard_says_what_an_import_of_its_warc_says(made: Made, tmp_path: Path) -> None:
    shards = said_by(made.out)
    assert sorted(shards) == ["a", "b", "damaged", "site"]
    for name in ("damaged", "site"):
        alone = tmp_path / f"{name}.db"
        import_paths(alone, [made.warcs / f"{name}.warc.gz"], ImportOptions(), Settings())
        assert content_of(alone) == shards[name][0]


@pytest.mark.parametrize("engine", ["pool", "dask"])
def test_whoever_makes_the_shards_they_are_the_same(engine: EngineName, made: Made, tmp_path: Path) -> None:
    run(made.warcs, tmp_path / "out", ProcessOptions(engine, jobs=2))
    assert said_by(tmp_path / "out") == said_by(made.out)


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(made: Made, tmp_path: Path) -> None:
    killed = []

    def kill_a_worker(shard: Shard) -> None:
        if not killed:
            workers = _children_of(os.getpid(), "spawn_main")
            killed.append(workers[-1])
            os.kill(workers[-1], signal.SIGKILL)

    options = ProcessOptions("dask", jobs=2)
    done = process([made.warcs], tmp_path / "out", options, Settings(), None, kill_a_worker)
    assert killed
    assert len(done.shards) == 4
    assert said_by(tmp_path / "out") == said_by(made.out)


def test_a_shard_is_a_sound_archive_with_its_captures(made: Made) -> None:
    checked = check_archive(made.out / "site" / "site.db")
    assert checked.holdings is not None
    assert checked.holdings.captures > 0
    assert checked.problems == ()


def test_counts_in_are_counts_out(made: Made) -> None:
    done = made.done
    for shard in done.shards:
        lines = manifest_of(made.out / shard.name)
        assert len(lines) == shard.records == sum(shard.states.values())
        assert len({line["offset"] for line in lines}) == len(lines)
    states = {shard.name: shard.states for shard in done.shards}
    assert states["a"] == {"fetched": 4, "no capture": 5}
    assert states["damaged"] == {"damaged": 1, "fetched": 2}
    assert done.exit_code == 3
    assert done.counts["records"] == sum(done.states.values()) == sum(shard.records for shard in done.shards)


def test_the_slowest_page_is_named(made: Made) -> None:
    lines = [json.loads(line) for line in (made.out / "a" / "manifest.jsonl").read_text().splitlines()]
    (shard,) = (each for each in made.done.shards if each.name == "a")
    assert shard.slowest is not None
    (line,) = (each for each in lines if each["offset"] == shard.slowest["offset"])
    assert line["url"] == shard.slowest["url"]
    assert line["seconds"] == max(each.get("seconds", 0) for each in lines)


def test_again_nothing_is_done_but_for_a_file_that_changed(warc: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(warc, out)
    before = (out / "a" / "done.json").stat().st_mtime_ns
    again = run(warc, out)
    assert (len(again.shards), again.held, again.exit_code) == (0, 1, 0)
    assert (out / "a" / "done.json").stat().st_mtime_ns == before
    write_posts(warc, range(10, 16))
    assert [shard.pages for shard in run(warc, out).shards] == [6]
    assert len(content_of(out / "a" / "a.db")["posts"]) == 6
    assert sorted(path.name for path in out.iterdir()) == ["a"]


def test_a_run_that_was_killed_goes_on_with_what_is_unfinished(tmp_path: Path) -> None:
    folder, out = tmp_path / "warcs", tmp_path / "out"
    folder.mkdir()
    for number in range(5):
        write_posts(folder / f"{number}.warc.gz", range(100 * number, 100 * number + 30 - 5 * number))
    killed = _start(folder, out)
    _until(lambda: len(list(out.glob("[!.]*/done.json"))) >= 2)
    killed.kill()
    killed.communicate()
    done = {path: path.stat().st_mtime_ns for path in out.glob("[!.]*/done.json")}
    assert 2 <= len(done) < 5
    again = run(folder, out)
    assert (again.held, len(again.shards)) == (len(done), 5 - len(done))
    assert {path: path.stat().st_mtime_ns for path in done} == done
    run(folder, tmp_path / "whole")
    assert said_by(out) == said_by(tmp_path / "whole")


def test_an_interrupt_ends_a_run_at_once(tmp_path: Path) -> None:
    folder, out = tmp_path / "warcs", tmp_path / "out"
    folder.mkdir()
    for number in range(3):
        write_posts(folder / f"{number}.warc.gz", range(100 * number, 100 * number + 20 + 80 * (number > 0)))
    running = _start(folder, out)
    _until(lambda: any(out.glob("[!.]*/done.json")))
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=20)
    assert running.returncode == 130, said
    assert not any(path.name.startswith(".") and path.suffix != ".part" and path.is_dir() for path in out.iterdir())


def test_a_page_that_takes_too_long_has_failed_and_is_named(tmp_path: Path) -> None:
    site = SiteWarc(tmp_path / "a.warc.gz")
    for number, more in ((1, ""), (2, " word" * 300_000)):
        site.response(f"https://blog.example/bread-{number}", "200 OK", "text/html", make_post(number, more))
    done = run(site.done(), tmp_path / "out", ProcessOptions("serial", page_seconds=0.02))
    failed = [line for line in manifest_of(tmp_path / "out" / "a") if line["state"] == "failed"]
    assert [line["url"] for line in failed] == ["https://blog.example/bread-2"]
    assert "PageTooSlow" in failed[0]["reason"]
    assert (done.states["failed"], done.exit_code) == (1, 3)


def test_a_record_at_which_two_processes_ended_is_left_out(made: Made, warc: Path, tmp_path: Path) -> None:
    offset = next(line["offset"] for line in manifest_of(made.out / "a") if line["type"] == "response")
    (tmp_path / "out").mkdir()
    for _ in range(2):
        _die_at(tmp_path / "out" / ".a.attempts", offset)
    run(made.warcs / "a.warc.gz", tmp_path / "out")
    lines = manifest_of(tmp_path / "out" / "a")
    assert [line["offset"] for line in lines if line.get("reason") == DEADLY] == [offset]
    assert [line["state"] for line in lines].count("fetched") == 3
    assert not (tmp_path / "out" / ".a.attempts").exists()


def test_one_death_leaves_nothing_out(tmp_path: Path) -> None:
    path = tmp_path / "attempts"
    with Attempt(path) as first:
        first.come_to(7)
        first.leave()
    for place in (7, 8):
        _die_at(path, place)
    with Attempt(path) as last:
        assert last.deadly == frozenset()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_a_person_ends_is_no_death_at_a_page(tmp_path: Path, number: int) -> None:
    site = SiteWarc(tmp_path / "a.warc.gz")
    site.response("https://blog.example/bread", "200 OK", "text/html", make_post(1, " <i>word</i>" * 20_000))
    warc, attempts = site.done(), tmp_path / "out" / ".a.attempts"
    running = _start(warc, tmp_path / "out")
    _until(lambda: attempts.exists() and any(map(bytes.isdigit, attempts.read_bytes().split())))
    running.send_signal(number)
    running.communicate(timeout=20)
    with Attempt(attempts):
        assert not any(map(bytes.isdigit, attempts.read_bytes().split()))


def test_what_another_process_is_at_is_left_to_it(warc: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.run.processing.attempts.PATIENCE", 0.1)
    (tmp_path / "out").mkdir()
    with Attempt(tmp_path / "out" / ".a.attempts"):
        done = run(warc, tmp_path / "out")
    assert list(done.failed.values()) == ["another process is at it"]


def test_memory_that_a_page_wants_beyond_its_limit_is_not_given() -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with limited_memory(100_000_000), pytest.raises(MemoryError):
        bytearray(200_000_000)
    with limited_memory(100_000_000):
        assert len(bytearray(50_000_000)) == 50_000_000
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_what_python_cannot_interrupt_ends_its_process() -> None:
    pid = os.fork()
    if not pid:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPROF})
        with deadline_of(0.02):
            while True:
                pass
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGVTALRM
    with deadline_of(1000.0):
        assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0


def test_shards_as_parquet_say_the_same(made: Made, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    run(made.warcs, tmp_path / "tables", ProcessOptions("serial", form="parquet"))
    assert not list((tmp_path / "tables").rglob("*.db*"))
    query = "SELECT url, title, text FROM {} ORDER BY 1, 2, 3"
    posts = duckdb.sql(query.format(f"'{tmp_path}/tables/*/posts.parquet'")).fetchall()
    wanted = []
    for db in made.out.glob("[!.]*/*.db"):
        with closing(sqlite3.connect(db)) as connection:
            wanted += connection.execute(query.format("posts")).fetchall()
    assert posts == sorted(wanted)
    assert len(posts) > 10


def test_the_queries_of_the_docs_run_over_shards(
    made: Made, tmp_path: Path, repo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    duckdb = pytest.importorskip("duckdb")
    run(made.warcs, tmp_path / "shards", ProcessOptions("serial", form="parquet"))
    monkeypatch.chdir(tmp_path)
    page = (repo_root / "docs" / "scale.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```sql\n(.*?)^```", page, re.M | re.S)
    by_file, by_comments, by_state = (duckdb.sql(query).fetchall() for query in block.split(";") if query.strip())
    assert len(by_file) == 4
    assert by_comments[0][2] > by_comments[-1][2]
    assert dict(by_state) == dict(made.done.states)


def fill_two_of_one_name(folder: Path) -> tuple[Path, Path]:
    for number, name in enumerate(("x", "y")):
        (folder / name).mkdir()
        write_posts(folder / name / "rec.warc.gz", range(number + 1))
    return folder / "x", folder / "y"


def test_warcs_of_one_name_have_shards_of_their_own(tmp_path: Path) -> None:
    done = process(fill_two_of_one_name(tmp_path), tmp_path / "out", SERIAL, Settings())
    assert len(done.shards) == len(list((tmp_path / "out").glob("rec-*/done.json"))) == 2
    assert process([tmp_path / "y"], tmp_path / "out", SERIAL, Settings()).held == 1


def test_a_shard_keeps_its_name_beside_a_newcomer(tmp_path: Path) -> None:
    x, y = fill_two_of_one_name(tmp_path)
    process([x], tmp_path / "out", SERIAL, Settings())
    both = process([y, x], tmp_path / "out", SERIAL, Settings())
    assert (both.held, [shard.warc for shard in both.shards]) == (1, [str(y / "rec.warc.gz")])
    write_posts(x / "rec.warc.gz", range(3))
    assert [shard.name for shard in process([x, y], tmp_path / "out", SERIAL, Settings()).shards] == ["rec"]
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_shard_of_another_file_is_not_replaced(tmp_path: Path) -> None:
    x, y = fill_two_of_one_name(tmp_path)
    (first,) = process([x], tmp_path / "out", SERIAL, Settings()).shards
    (second,) = process([y], tmp_path / "out", SERIAL, Settings()).shards
    assert first.name == "rec" != second.name
    with pytest.raises(UsageError, match=r"its shard would stand where that of .*/x/rec.warc.gz is"):
        first.is_of(y / "rec.warc.gz", "sqlite")


def test_a_warc_that_was_moved_has_its_shard_already(tmp_path: Path) -> None:
    x, y = fill_two_of_one_name(tmp_path)
    process([x], tmp_path / "out", SERIAL, Settings())
    (x / "rec.warc.gz").rename(y / "rec.warc.gz")
    assert process([y], tmp_path / "out", SERIAL, Settings()).held == 1


def test_a_file_without_records_has_no_shard(warc: Path, tmp_path: Path) -> None:
    empty, notes = tmp_path / "empty.warc", tmp_path / "notes.txt"
    empty.write_bytes(b"")
    notes.write_text("no WARC")
    done = process([warc, empty, notes], tmp_path / "out", SERIAL, Settings())
    assert done.failed == {str(empty): "no WARC record in it", str(notes): "no WARC; `import` reads other files"}
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a"]


def test_a_warc_that_goes_away_meanwhile_fails_alone(tmp_path: Path) -> None:
    warcs = [write_posts(tmp_path / f"{number}.warc.gz", range(number)) for number in (9, 6, 3)]

    def lose(shard: Shard) -> None:
        warcs[1].unlink(missing_ok=True)

    done = process(warcs, tmp_path / "out", SERIAL, Settings(), None, lose)
    assert done.failed == {str(warcs[1]): "cannot be read: No such file or directory"}
    assert (sorted(path.name for path in (tmp_path / "out").iterdir()), done.exit_code) == (["3", "9"], 3)


def test_a_warc_that_is_gone_once_it_was_found_fails_alone(warc: Path, tmp_path: Path) -> None:
    (tmp_path / "gone.warc.gz").symlink_to(tmp_path / "nowhere")
    found = [Input(tmp_path / "gone.warc.gz", "warc"), Input(warc, "warc")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scraper.run.processing.process.find_inputs", lambda paths: found)
        done = run(warc, tmp_path / "out")
    assert (list(done.failed), len(done.shards)) == ([str(tmp_path / "gone.warc.gz")], 1)


def test_no_warc_and_no_folder_to_write_to_are_errors(warc: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(UsageError, match="no WARC"):
        run(tmp_path / "none", tmp_path / "out")
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveError, match="cannot be made"):
        run(warc, tmp_path / "file" / "out")
    (tmp_path / "out" / "a").mkdir(parents=True)
    with pytest.raises(UsageError, match="stands where a shard belongs"):
        run(warc, tmp_path / "out")


def _start(folder: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "scraper", "process", str(folder), "--out", str(out), "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _die_at(attempts: Path, place: int) -> None:
    """An attempt whose process ends at this place."""
    pid = os.fork()
    if not pid:
        with Attempt(attempts) as attempt:
            attempt.come_to(place)
            os._exit(9)
    os.waitpid(pid, 0)


def _children_of(parent: int, word: str) -> list[int]:
    """The processes below this one whose command line has the word."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            line = next(each for each in status.read_text().splitlines() if each.startswith("PPid:"))
            command = (status.parent / "cmdline").read_text()
        except (OSError, StopIteration):
            continue
        if int(line.split()[1]) == parent:
            found += [int(status.parent.name)] if word in command else []
            found += _children_of(int(status.parent.name), word)
    return sorted(found)


def _until(comes: Any) -> None:
    ends = time.monotonic() + 30
    while not comes():
        assert time.monotonic() < ends, "it did not come"
        time.sleep(0.01)
