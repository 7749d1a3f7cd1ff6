"""`schedule` prints what cron and systemd run as it is meant, whatever the archive is called."""

from __future__ import annotations

import json
import shlex
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from scraper.cli.units import Job, crontab_line, quiet_time, service_unit
from tests.cli.conftest import Call

NAMES = [
    "voices.db",
    "my voices.db",
    "100% voices.db",
    'it\'s $HOME "quoted" `ls` 50%.db',
    "back\\slash.db",
    "-x.db",
    "Zürich.db",
]


@pytest.fixture(params=NAMES)
def odd(request: pytest.FixtureRequest, db: Path) -> Path:
    """An archive with a name that is hard to say, in a folder of such a name."""
    folder = db.parent / f"in {request.param}"
    folder.mkdir()
    return Path(shutil.copy(db, folder / request.param))


def test_cron_runs_the_command_on_this_archive(call: Call, odd: Path) -> None:
    line = call("schedule", "--only", "crontab", "--", odd).stdout.rstrip("\n")
    minute, hour, *days, command = line.split(" ", 5)
    assert (days, int(minute) < 60, 2 <= int(hour) < 6) == (["*", "*", "*"], True, True)
    assert "%" not in command.replace(r"\%", "")
    given = command.replace(r"\%", "%")  # as cron does, before the shell has it
    shown = subprocess.run(["sh", "-c", f"printf '%s\\n' {given}"], capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[-3:] == ["update", str(odd), "--quiet"]
    assert shlex.split(given)[-2] == str(odd)


def test_an_archive_without_a_crawl_is_told_before_its_first_night(call: Call, db: Path) -> None:
    said = "no blog is crawled in it yet; `crawl` begins one, before the first night\n"
    assert call("schedule", db).stderr == said
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(
            "INSERT INTO crawls (url, include, exclude, added_at) VALUES ('https://a.example/', '[]', '[]', 'x')"
        )
    assert call("schedule", db).stderr == ""


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_understands_the_units(call: Call, odd: Path, tmp_path: Path) -> None:
    parts = json.loads(call("schedule", "--json", "--", odd).stdout)
    for kind in ("service", "timer"):
        (tmp_path / f"{parts['name']}.{kind}").write_text(parts[kind])
    files = [str(tmp_path / f"{parts['name']}.{kind}") for kind in ("service", "timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False
    )
    said = [line for line in done.stderr.splitlines() if parts["name"] in line]
    assert said == []


def test_a_unit_says_words_and_paths_as_systemd_reads_them() -> None:
    db = Path('/srv/100% of "it"/a$b.db')
    unit = service_unit(Job(("/bin/run", "update", str(db), "a\\b"), db, "ann", 3, 5))
    lines = unit.splitlines()
    assert 'ExecStart="/bin/run" "update" "/srv/100%% of \\"it\\"/a$$b.db" "a\\\\b"' in lines
    assert 'ReadWritePaths="/srv/100%% of \\"it\\""' in lines
    assert 'WorkingDirectory=/srv/100%% of "it"' in lines
    assert {"ProtectSystem=strict", "NoNewPrivileges=yes", "PrivateTmp=yes", "User=ann"} <= set(lines)


def test_an_archive_in_a_shared_folder_is_not_hidden_from_its_service() -> None:
    db = Path("/tmp/a/voices.db")
    assert "PrivateTmp=no" in service_unit(Job(("/bin/run",), db, "ann", 3, 5)).splitlines()


def test_the_timer_catches_up_and_does_not_come_to_the_second(call: Call, db: Path) -> None:
    lines = call("schedule", db, "--only", "timer", "--at", "4:07").stdout.splitlines()
    assert {"OnCalendar=*-*-* 04:07:00", "Persistent=true", "RandomizedDelaySec=30min"} <= set(lines)


def test_archives_have_times_and_names_of_their_own(db: Path) -> None:
    paths = [Path(f"/srv/{number}/voices.db") for number in range(50)]
    assert len({quiet_time(path) for path in paths}) > 30
    jobs = [Job(("/bin/run",), path, "ann", 3, 5) for path in paths[:2]]
    assert jobs[0].name != jobs[1].name
    assert crontab_line(jobs[0]) == "5 3 * * * /bin/run"


def test_options_of_update_are_taken_along(call: Call, db: Path, tmp_path: Path) -> None:
    log = tmp_path / "logs" / "voices.log"
    log.parent.mkdir()
    found = call("schedule", db, "--only", "service", "--", "--max-time", "3600", "--log", log)
    assert f'"--max-time" "3600" "--log" "{log}"' in found.stdout
    assert f'ReadWritePaths="{db.parent}" "{log.parent}"' in found.stdout


def test_the_settings_file_is_taken_along(call: Call, db: Path, tmp_path: Path) -> None:
    config = tmp_path / "settings.toml"
    config.write_text('contact = "me@example.org"')
    assert f" --config {config} update " in call("--config", config, "schedule", db).stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--", "--no-such-option"], "no such option"),
        (["--", "--delay", "often"], "is not a number of seconds"),
        (["--", "--log", "voices.log"], "give voices.log with its whole path"),
        (["--at", "25:00"], "is not a time of day"),
        (["--at", "4"], "is not a time of day"),
        (["--", "--contact", "a\nb"], "control characters"),
    ],
)
def test_what_cannot_be_run_is_refused(
    call: Call, db: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(db.parent)
    found = call("schedule", db, *arguments)
    assert (found.exit_code, found.stdout) == (2, "")
    assert message in found.stderr
    assert len(found.stderr.splitlines()) == 1
