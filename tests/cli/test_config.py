"""The settings file: what it says, what comes before it, and what is wrong with it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from scraper.cli.config import default_path, find_settings, read_config, settings_page
from scraper.errors import UsageError
from scraper.settings import ABOUT, Settings
from tests.cli.conftest import Call

NOT_IN_FILES = {"secrets", "lock_wait"}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def settings_of_last_run(db: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(db)) as connection:
        (said,) = connection.execute("SELECT settings FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    found: dict[str, Any] = json.loads(said)
    return found


def test_the_page_says_what_the_settings_are(repo_root: Path) -> None:
    page = (repo_root / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page == settings_page(), (
        'write it anew: python -c "from scraper.cli.config import settings_page as p; print(p(), end=str())"'
    )


def test_every_setting_has_a_key_but_secrets() -> None:
    assert set(ABOUT) == {each.name for each in fields(Settings)} - NOT_IN_FILES
    assert all(f"| `{key}` | " in settings_page() for key in ABOUT)


def test_each_key_is_taken(config: Path) -> None:
    config.write_text(
        'user_agent = "me"\ncontact = "you@example.org"\nproxy = "http://proxy.example:3128"\nrender = "needed"\n'
        'allow_net = ["10.0.0.0/8"]\nmax_wire_bytes = 1\nmax_media_bytes = 2\nmax_page_bytes = 3\nconnect_timeout = 4\n'
        "read_timeout = 5.5\ndeadline = 6\nkeep_noarchive = true\nmax_redirects = 7\nsegment_bytes = 8\n"
        "min_free_bytes = 1_000\n"
    )
    said = read_config(config)
    assert set(said) == set(ABOUT)
    assert find_settings(config) == Settings(
        "me", "you@example.org", "http://proxy.example:3128", "needed", (), ("10.0.0.0/8",), 1, 2, 3, 4.0, 5.5, 6.0,
        True, 7, 8, 1000,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("speed = 1", "speed: no such setting"),
        ('secrets = ["a"]', "secrets: no such setting"),
        ("lock_wait = 1", "lock_wait: no such setting"),
        ("contact = 1", "contact: a string is wanted"),
        ('contact = ""', "contact: a string is wanted"),
        ('max_redirects = "3"', "max_redirects: a whole number is wanted"),
        ("max_redirects = 3.5", "max_redirects: a whole number is wanted"),
        ("max_redirects = true", "max_redirects: a whole number is wanted"),
        ("max_wire_bytes = -1", "max_wire_bytes: at least 0 is wanted"),
        ("deadline = inf", "deadline: a number is wanted"),
        ("deadline = nan", "deadline: a number is wanted"),
        ("connect_timeout = 1e12", "connect_timeout: a number is wanted"),
        ("max_page_bytes = 9223372036854775808", "max_page_bytes: a whole number is wanted"),
        ("max_page_bytes = 0", "max_page_bytes: at least 1 is wanted"),
        ("connect_timeout = 0", "connect_timeout: at least 0.001 is wanted"),
        ("read_timeout = 0.0", "read_timeout: at least 0.001 is wanted"),
        ("deadline = 0", "deadline: at least 0.001 is wanted"),
        ("min_free_bytes = 1" + 400 * "0", "min_free_bytes: a whole number is wanted"),
        ("min_free_bytes = 1" + 5000 * "0", "not TOML: "),
        ("keep_noarchive = 1", "keep_noarchive: true or false is wanted"),
        ('allow_net = "10.0.0.0/8"', "allow_net: a list of strings is wanted"),
        ("allow_net = [1]", "allow_net: a list of strings is wanted"),
        ('render = "often"', 'render: one of "none", "needed", "always" is wanted'),
        ("[contact]", "contact: a string is wanted"),
        ("contact = ", "not TOML: "),
    ],
)
def test_what_is_wrong_is_told_with_file_and_key(call: Call, db: Path, config: Path, text: str, message: str) -> None:
    config.write_text(text)
    found = call("--config", config, "update", db)
    assert found.exit_code == 2
    assert found.stderr.startswith(f"blog-to-sqlite: {config}: {message}")
    assert len(found.stderr.splitlines()) == 1


def test_a_proxy_that_is_wrong_is_not_shown(config: Path) -> None:
    config.write_text('proxy = ["http://me:hunter2@proxy.example"]')
    with pytest.raises(UsageError) as error:
        read_config(config)
    assert "hunter2" not in str(error.value)


def test_a_file_that_cannot_be_read_is_told(call: Call, db: Path, config: Path) -> None:
    assert "does not exist" in call("--config", config, "update", db).stderr
    config.write_bytes(b"contact = '\xff'")
    assert call("--config", config, "update", db).stderr == f"blog-to-sqlite: {config}: not UTF-8\n"


def test_the_file_of_the_user_is_found(
    call: Call, db: Path, page_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    default_path().parent.mkdir(parents=True)
    default_path().write_text("max_page_bytes = 100")
    assert "larger than 100 bytes" in call("import", db, page_file).stderr
    assert settings_of_last_run(db)["max_page_bytes"] == 100
    config = tmp_path / "other.toml"
    config.write_text("max_page_bytes = 1_000_000")
    monkeypatch.setenv("BLOG_TO_SQLITE_CONFIG", str(config))
    assert call("import", db, page_file).exit_code == 0
    assert settings_of_last_run(db)["max_page_bytes"] == 1_000_000


def test_a_relative_home_of_settings_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "here")
    assert default_path() == Path.home() / ".config" / "blog-to-sqlite" / "settings.toml"


def test_options_come_before_the_file(call: Call, db: Path, config: Path) -> None:
    config.write_text('contact = "file@example.org"\nallow_net = ["127.0.0.1"]\nmax_redirects = 2')
    url = "http://127.0.0.1:9/"
    call("--config", config, "grab", db, url, "--contact", "option@example.org", "--allow-net", "127.0.0.2")
    said = settings_of_last_run(db)
    assert (said["contact"], said["allow_net"]) == ("option@example.org", ["127.0.0.1", "127.0.0.2"])
    assert said["max_redirects"] == 2
