"""Stopped at any change of a disk, a run is completed by the same command, as if nothing had been."""

from __future__ import annotations

import re
import shutil
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from scraper.run.crawling.grab import grab
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.settings import Settings
from tests.run.conftest import SiteWarc
from tests.run.faults import KILLED, Kind, run_forked, run_with_fault
from tests.run.inputs_of_five import fill_folder, fill_warc, make_post
from tests.run.soundness import assert_sound, exported, recorded, rows


def complete(folder: Path, db: Path, *arguments: object) -> tuple[Any, ...]:
    """What the archive says after the command, which goes well."""
    ended = run_forked(["import", str(db), *map(str, arguments)], folder)
    assert ended.code == 0, ended
    assert_sound(folder / db)
    return exported(folder / db), recorded(folder / db)


@pytest.fixture
def source(request: pytest.FixtureRequest, tmp_path: Path, site: SiteWarc) -> Path:
    made = fill_folder(tmp_path / "saved") if request.param == "files" else fill_warc(site)
    import_paths(tmp_path / "warm.db", [made], ImportOptions(), Settings())  # children have all modules from here
    return made


@pytest.mark.parametrize(
    ("source", "kind"),
    [("files", "killed"), ("files", "ENOSPC"), ("warc", "killed"), ("warc", "EIO")],
    indirect=["source"],
)
def test_an_import_stopped_at_any_change_of_a_disk_is_completed(tmp_path: Path, source: Path, kind: Kind) -> None:
    wanted = complete(tmp_path, tmp_path / "whole.db", source)
    assert len(wanted[0]) == 5
    places = []
    for k in count(1):
        db = tmp_path / f"{k}.db"
        ended, place = run_with_fault(["import", str(db), str(source)], kind, k, tmp_path)
        if place is None:
            assert ended.code == 0
            break
        places.append(place)
        if kind == "killed":
            assert ended.code == KILLED, (k, place, ended)
        else:
            assert ended.code == 1, (k, place, ended)
            assert re.fullmatch(r"(gone: .*\n)?blog-to-sqlite: .*\n", ended.stderr), (k, place, ended)
        assert complete(tmp_path, db, source) == wanted, (k, place)
    print(f"{kind}: stopped at each of {len(places)} changes of a disk")
    assert len(places) > 20


def test_a_grab_killed_at_any_change_of_a_disk_is_completed(tmp_path: Path, web: HTTPServer) -> None:
    for number in (1, 2):
        web.expect_request(f"/bread-{number}").respond_with_data(make_post(number), content_type="text/html")
    web.expect_request("/old").respond_with_response(Response(status=301, headers={"Location": "/bread-2"}))
    web.expect_request("/gone").respond_with_data("", status=410)
    options = ["--allow-net", "127.0.0.1,localhost", "--delay", "0", "-q"]
    urls = [web.url_for(path) for path in ("/bread-1", "/old", "/gone")]
    grab(tmp_path / "warm.db", urls[:1], Settings(allow_net=("127.0.0.1", "localhost")), delay=0)

    def complete(db: Path) -> list[dict[str, Any]]:
        assert run_forked(["grab", str(db), *urls, *options], tmp_path).code == 0
        assert_sound(db, refetched=True)
        return exported(db)

    wanted = complete(tmp_path / "whole.db")
    assert len(wanted) == 2
    for k in count(1):
        db = tmp_path / f"{k}.db"
        ended, place = run_with_fault(["grab", str(db), *urls, *options], "killed", k, tmp_path)
        if place is None:
            break
        assert ended.code == KILLED, (k, place, ended)
        web.clear_log()
        assert complete(db) == wanted, (k, place)
        asked = [request.path for request, _ in web.log if request.path != "/robots.txt"]  # which may be known
        assert asked == ["/bread-1", "/old", "/bread-2", "/gone"]  # recovery asks nobody for anything
    print(f"grab killed at each of {k - 1} changes of a disk")
    assert k > 20


@pytest.mark.parametrize("source", ["warc"], indirect=True)
def test_a_recovery_killed_at_any_change_of_a_disk_is_completed(tmp_path: Path, source: Path) -> None:
    wanted = complete(tmp_path, tmp_path / "voices.db", source)
    arguments = ["import", "voices.db", str(source)]
    left = tmp_path / "left"
    left.mkdir()
    stop_at_last_write(left, arguments)
    (segment,) = (f"voices.warc/{path.name}" for path in left.glob("voices.warc/*.warc.gz"))
    places = []
    for k in count(1):
        folder = tmp_path / str(k)
        shutil.copytree(left, folder)
        ended, place = run_with_fault(arguments, "killed", k, folder)
        if place is None:
            break
        places.append(place)
        assert ended.code == KILLED, (k, place, ended)
        assert complete(folder, Path("voices.db"), source) == wanted, (k, place)
        assert (folder / f"{segment}.torn").stat().st_size > 0
        events = rows(folder / "voices.db", f"SELECT message FROM run_events WHERE url = '{segment}'")
        assert len(events) in (1, 2), (k, place)  # twice if it was killed between saying so and sealing
        assert all("a torn end, kept as" in message for (message,) in events)
    print(f"recovery killed at each of {len(places)} changes of a disk")
    assert len(places) > 20


def stop_at_last_write(folder: Path, arguments: list[str]) -> None:
    """An import that was killed in the middle of its last record, none of which has a row."""
    probe = folder.with_name("probe")
    writes = []
    for k in count(1):
        shutil.copytree(folder, probe)
        _, place = run_with_fault(arguments, "killed", k, probe, batch_of=100)
        shutil.rmtree(probe)
        if place is None:
            break
        writes += [k] if place.startswith("write") else []
    last_record = writes[-2]  # the last one of all is the seal's
    run_with_fault(arguments, "killed", last_record, folder, batch_of=100)
