"""The command line answers quickly, and its exit codes say what happened."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from scraper import __version__
from scraper.capture.lock import WriterLock
from scraper.cli.main import VERBS
from tests.cli.conftest import POST_HTML, Call

Start = Callable[..., "subprocess.Popen[bytes]"]


def test_help_imports_nothing_heavy(repo_root: Path) -> None:
    code = "import sys; from scraper.cli.main import cli; cli(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=repo_root, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & {"rich", "sqlite_utils", "sqlite3", "requests", "lxml", "turbohtml", "bs4"}


def test_help_takes_less_than_a_third_of_a_second_of_cpu(repo_root: Path) -> None:
    import resource

    taken = []
    for _ in range(3):  # the least of them: other work on the machine only adds
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "scraper", "--help"], cwd=repo_root, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(taken) < 0.3


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_help_with_an_example(call: Call, verb: str) -> None:
    found = call(verb, "--help")
    assert found.exit_code == 0
    assert re.search(rf"Examples?:\n +blog-to-sqlite {verb} ", found.output)


def test_the_version_is_told(call: Call) -> None:
    assert __version__ in call("--version").output


@pytest.mark.parametrize("verb", ["list", "show", "search", "export"])
def test_a_wrong_path_is_a_usage_error(call: Call, tmp_path: Path, verb: str) -> None:
    more = {"show": ["1"], "search": ["word"], "export": ["-", "--to", "jsonl"]}.get(verb, [])
    found = call(verb, tmp_path / "absent.db", *more)
    assert (found.exit_code, found.stdout) == (2, "")
    assert not (tmp_path / "absent.db").exists()


def test_import_of_a_missing_path_is_a_usage_error(call: Call, tmp_path: Path) -> None:
    assert call("import", tmp_path / "a.db", tmp_path / "absent.html").exit_code == 2
    assert call("import", tmp_path / "no" / "a.db", tmp_path).exit_code == 2
    assert call("extract", tmp_path / "absent.html").exit_code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("foreign", ["text", "sqlite"])
def test_what_is_not_ours_is_left_alone_with_one_line(
    call: Call, tmp_path: Path, page_file: Path, foreign: str
) -> None:
    path = tmp_path / "other.db"
    if foreign == "text":
        path.write_text("not a database at all, but long enough to look at\n" * 20)
    else:
        sqlite3.connect(path).execute("CREATE TABLE others (id)")
    before = path.read_bytes()
    for arguments in (("list", path), ("import", path, page_file)):
        found = call(*arguments)
        assert (found.exit_code, found.stdout) == (1, "")
        assert re.fullmatch(r"blog-to-sqlite: .*other\.db.*\n", found.stderr)
    assert path.read_bytes() == before


def test_a_locked_archive_is_told_apart(call: Call, db: Path, page_file: Path) -> None:
    with WriterLock(db, datetime.now(UTC)):
        found = call("import", db, page_file)
        assert call("list", db).exit_code == 0
    assert found.exit_code == 4
    assert "another process" in found.stderr


def test_a_newer_archive_is_told_apart(call: Call, db: Path, page_file: Path) -> None:
    connection = sqlite3.connect(db)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    assert (call("list", db).exit_code, call("import", db, page_file).exit_code) == (4, 4)


def test_results_go_to_stdout_and_the_summary_to_stderr(call: Call, db: Path, page_file: Path) -> None:
    again = call("import", db, page_file)
    assert (again.stdout, again.stderr) == ("", "1 input: 1 held; no new post or comment\n")
    assert call("import", db, page_file, "-q").output == ""
    assert '"held": 1' in call("import", db, page_file, "-q", "--json").stdout


def test_grab_takes_a_page_from_an_allowed_net(call: Call, tmp_path: Path, web: HTTPServer) -> None:
    web.expect_request("/slow-bread").respond_with_data(POST_HTML, content_type="text/html")
    url, path = web.url_for("/slow-bread"), tmp_path / "grabbed.db"
    found = call("grab", path, url, "--allow-net", "10.0.0.0/8,127.0.0.1,localhost", "--delay", "0")
    assert found.exit_code == 0, found.output
    assert "1 fetched" in found.stderr
    assert "Slow bread" in call("list", path).stdout


def test_grab_of_a_private_address_is_refused(call: Call, tmp_path: Path, web: HTTPServer) -> None:
    found = call("grab", tmp_path / "a.db", web.url_for("/"))
    assert found.exit_code == 3
    assert "refused: " in found.stderr


def test_a_closed_pipe_is_no_failure(program: Start, db: Path) -> None:
    process = program("export", db, "-", "--to", "jsonl")
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    with process.stderr as errors:
        assert (errors.read(), process.wait(30)) == (b"", 0)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_run_after_the_page_in_hand(
    program: Start, call: Call, tmp_path: Path, web: HTTPServer, number: int, code: int
) -> None:
    asked = threading.Event()

    def answer(request: Request) -> Response:
        asked.set()
        return Response(POST_HTML, content_type="text/html")

    web.expect_request("/slow-bread").respond_with_handler(answer)
    path, url = tmp_path / "grabbed.db", web.url_for("/slow-bread")
    process = program("grab", path, url, url, "--allow-net", "127.0.0.1,localhost", "--delay", "1")
    assert asked.wait(30)
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == code
    assert b"Traceback" not in errors
    assert "Slow bread" in call("list", path).stdout


def test_a_page_that_the_terminal_cannot_spell_is_shown_all_the_same(db: Path, repo_root: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "scraper", "show", str(db), "1"]
    done = subprocess.run(command, cwd=repo_root, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
