"""Those who watch over runs: the log, the metrics, and the command that is called where one fails."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from scraper.cli import logs
from scraper.cli.logs import RunLog
from scraper.cli.metrics import Measured, write_metrics
from scraper.run.report import Report
from tests.cli.conftest import STEERING, Call, page

ALWAYS = ("--contact", "me@example.org", "--allow-net", "localhost,127.0.0.0/8", "--delay", "0")
TAKE = "import sys; open(sys.argv[1], 'w').write(sys.stdin.read()); sys.exit(7)"
SHOW = "import json, os, sys; json.dump(dict(os.environ), open(sys.argv[1], 'w'))"


@pytest.fixture
def blog(web: HTTPServer) -> str:
    html = page("one").replace(b"https://blog.example", web.url_for("").encode())
    web.expect_request("/").respond_with_data(html, content_type="text/html")
    web.expect_request(re.compile(".*")).respond_with_data("", status=404)
    return web.url_for("/")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return tmp_path / "new.db"


def events(log: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.read_text().splitlines()]


def test_a_log_on_a_full_disk_is_told_once_and_fails_no_run(call: Call, new: Path, blog: str) -> None:
    assert call("crawl", new, blog, *ALWAYS).exit_code == 0
    found = call("update", new, *ALWAYS, "--log", "/dev/full")
    assert (found.exit_code, found.stderr) == (0, "/dev/full: the log cannot be written any more\n")


def test_a_log_has_a_line_for_each_page_as_json(call: Call, new: Path, blog: str, tmp_path: Path) -> None:
    log = tmp_path / "run.log"
    assert call("crawl", new, blog, *ALWAYS, "--log", log, "--log-format", "json").exit_code == 0
    first, *pages, last = events(log)
    assert (first["event"], first["command"], first["archive"]) == ("begin", "crawl", str(new))
    assert {"page"} == {each["event"] for each in pages}
    assert blog in {each["url"] for each in pages}
    assert (last["event"], last["exit_code"]) == ("end", 0)
    assert isinstance(last["counts"], dict)
    assert last["counts"]["inputs"] == len(pages)
    call("update", new, *ALWAYS, "--log", log, "--log-format", "json")
    assert [each["command"] for each in events(log) if each["event"] == "begin"] == ["crawl", "update"]


def test_a_log_as_text_has_the_same_and_steers_no_terminal(tmp_path: Path) -> None:
    with RunLog(tmp_path / "run.log", "text") as log:
        log.write("info", "page", state="fetched", url=f"https://blog.example/{STEERING}", reason=None)
        log.write("error", "end", exit_code=3, reason='a "b"\nc')
    first, second = (tmp_path / "run.log").read_text().splitlines()
    assert re.match(r"\d{4}-\d\d-\d\dT[\d:.]+Z INFO page state=fetched url=https://blog\.example/", first)
    assert not set(first) & set(STEERING)
    assert second.partition("Z ")[2] == 'ERROR end exit_code=3 reason="a \\"b\\"\\nc"'


def test_a_log_is_rotated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MOST_BYTES", 1000)
    with RunLog(tmp_path / "run.log", "json") as log:
        for number in range(200):
            log.write("info", "page", url=f"https://blog.example/{number}")
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["run.log", *(f"run.log.{number}" for number in range(1, logs.KEPT + 1))]
    assert all(path.stat().st_size <= 1000 for path in tmp_path.iterdir())


def test_metrics_are_what_prometheus_reads(call: Call, new: Path, blog: str, tmp_path: Path) -> None:
    metrics = tmp_path / "blog.prom"
    call("crawl", new, blog, *ALWAYS, "--metrics", metrics)
    text = metrics.read_text()
    label = f'archive="{new}",verb="crawl"'
    assert f"blog_to_sqlite_run_exit_code{{{label}}} 0\n" in text
    assert re.search(rf'^blog_to_sqlite_run_inputs\{{{re.escape(label)},state="fetched"\}} [1-9]', text, re.M)
    names = re.findall(r"^# TYPE (\w+) gauge$", text, re.M)
    samples = [line for line in text.splitlines() if not line.startswith("#")]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r'[a-z_]+\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\} [0-9.e+]+', line) for line in samples)
    assert [path.name for path in tmp_path.glob("blog*")] == ["blog.prom"]


def test_metrics_keep_when_a_run_last_succeeded(tmp_path: Path) -> None:
    path = tmp_path / "blog.prom"
    success = 'blog_to_sqlite_run_success_timestamp_seconds{archive="/a \\"b\\"\\\\.db",verb="update"} 1000.5\n'
    write_metrics(path, Measured('/a "b"\\.db', "update", 0, 1000.5, 2.0, Report()))
    assert success in path.read_text()
    write_metrics(path, Measured('/a "b"\\.db', "update", 1, 2000.0, 2.0, None))
    assert success in path.read_text()
    assert "run_exit_code" in path.read_text()


def test_a_failure_is_told_to_a_command_without_a_shell(
    call: Call, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BLOG_TO_SQLITE_PASSWORD", "hunter2")
    told = tmp_path / "told; touch here"
    command = f'{sys.executable} -c "{SHOW}" "{told}"'
    found = call("update", db, "--on-failure", command, "--metrics", tmp_path / "m.prom")
    assert found.exit_code == 2, "no blog is crawled in it"
    environment = json.loads(told.read_text())
    assert environment["BLOG_TO_SQLITE_EXIT_CODE"] == "2"
    assert environment["BLOG_TO_SQLITE_VERB"] == "update"
    assert environment["BLOG_TO_SQLITE_ARCHIVE"] == str(db)
    assert "no blog is crawled" in environment["BLOG_TO_SQLITE_REASON"]
    assert "hunter2" not in environment.values()
    assert "run_exit_code" in (tmp_path / "m.prom").read_text()


def test_an_archive_that_is_not_there_is_told_too(call: Call, tmp_path: Path) -> None:
    told = tmp_path / "told"
    found = call("update", tmp_path / "unmounted.db", "-q", "--on-failure", f"touch {told}")
    assert (found.exit_code, told.exists()) == (2, True)
    assert "unmounted.db: no such file" in found.stderr
    assert not (tmp_path / "unmounted.db").exists()


def test_the_command_reads_what_happened_and_its_own_failure_is_told(
    call: Call, new: Path, web: HTTPServer, tmp_path: Path
) -> None:
    web.expect_request("/").respond_with_data("gone mad", status=403)
    mail = tmp_path / "mail"
    found = call("crawl", new, web.url_for("/"), *ALWAYS, "--on-failure", f'{sys.executable} -c "{TAKE}" {mail}')
    assert found.exit_code == 3
    assert found.stderr.endswith(f"--on-failure: {sys.executable} ended with 7\n")
    first, second = mail.read_text().splitlines()
    assert first == f"crawl {new} ended with exit code 3"
    assert second.startswith("1 input: 1 failed; ") and second in found.stderr


def test_a_command_that_reads_nothing_is_no_trouble(call: Call, db: Path) -> None:
    assert "--on-failure" not in call("update", db, "--on-failure", "true").stderr


def test_the_counts_of_what_failed_are_told(call: Call, new: Path, web: HTTPServer, tmp_path: Path) -> None:
    web.expect_request("/").respond_with_data("gone mad", status=403)
    told = tmp_path / "told"
    command = f'{sys.executable} -c "{SHOW}" {told}'
    found = call("crawl", new, web.url_for("/"), *ALWAYS, "--limit", 1, "--on-failure", command)
    environment = json.loads(told.read_text())
    assert environment["BLOG_TO_SQLITE_EXIT_CODE"] == str(found.exit_code) != "0"
    assert environment["BLOG_TO_SQLITE_COUNT_FAILED"] == "1"
    assert environment["BLOG_TO_SQLITE_REASON"] in found.stderr
    assert json.loads(environment["BLOG_TO_SQLITE_COUNTS"])["failed"] == 1


def test_a_run_that_went_well_calls_nobody(call: Call, new: Path, blog: str, tmp_path: Path) -> None:
    told = tmp_path / "told"
    assert call("crawl", new, blog, *ALWAYS, "--on-failure", f"touch {told}").exit_code == 0
    assert not told.exists()


def test_a_run_that_its_own_budget_ended_calls_nobody(call: Call, new: Path, blog: str, tmp_path: Path) -> None:
    told = tmp_path / "told"
    found = call("crawl", new, blog, *ALWAYS, "--limit", 1, "--on-failure", f"touch {told}")
    assert (found.exit_code, found.stderr, told.exists()) == (5, "", False)


def test_a_command_that_is_not_there_is_told(call: Call, db: Path) -> None:
    found = call("update", db, "--on-failure", "/no/such/command --now")
    assert "--on-failure: /no/such/command cannot be run: No such file or directory" in found.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--on-failure", "mail 'ann"], "cannot be split into words"),
        (["--on-failure", "  "], "names no command"),
        (["--log", "no/such/folder/run.log"], "no such folder"),
        (["--metrics", "no/such/folder/m.prom"], "no such folder"),
        (["--log", "."], "is a directory"),
        (["--log-format", "xml"], "invalid value for '--log-format'"),
    ],
)
def test_what_cannot_be_written_or_called_is_refused_first(
    call: Call, db: Path, arguments: list[str], message: str
) -> None:
    found = call("update", db, *arguments)
    assert found.exit_code == 2
    assert message in found.stderr
