"""The command as a person calls it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_httpserver import HTTPServer

from scraper.cli.main import cli

Call = Callable[..., Result]


@pytest.fixture(autouse=True)
def no_settings_of_the_user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("settings")))
    monkeypatch.delenv("BLOG_TO_SQLITE_CONFIG", raising=False)


@pytest.fixture
def call() -> Call:
    """Runs the command in this process; output and error output apart."""

    def run(*arguments: object, data: bytes | None = None) -> Result:
        return CliRunner().invoke(cli, [str(each) for each in arguments], input=data, prog_name="blog-to-sqlite")

    return run


@pytest.fixture
def program(repo_root: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """Starts the command in a process of its own."""

    def start(*arguments: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "scraper", *(str(each) for each in arguments)]
        environment = {**os.environ, "PYTHONPATH": str(repo_root)}
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)

    return start


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    path = tmp_path / "post.html"
    path.write_bytes(POST_HTML)
    return path


@pytest.fixture
def db(tmp_path: Path, page_file: Path, call: Call) -> Path:
    """An archive with one post, its author's bio, and a thread of two."""
    path = tmp_path / "voices.db"
    assert call("import", path, page_file, "-q").exit_code == 0
    return path


@pytest.fixture(scope="session")
def without_rights(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What to put before a command so that the modes of files hold for it, also where the tests run as root."""
    if os.getuid() != 0:
        return []
    rights = "-dac_override,-dac_read_search"
    command = ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}"]
    closed = tmp_path_factory.mktemp("rights") / "closed"
    closed.touch(0)
    if (
        shutil.which("setpriv") is None
        or subprocess.run([*command, "cat", closed], capture_output=True, check=False).returncode == 0
    ):
        pytest.skip("root may read and write anything here, and cannot lay that down")
    return command


@pytest.fixture
def web(httpserver: HTTPServer) -> HTTPServer:
    """A site without a robots.txt."""
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    return httpserver


def page(name: str) -> bytes:
    """A page of its own URL."""
    return POST_HTML.replace(b"slow-bread", name.encode())


def assert_plain(found: Result) -> list[str]:
    """The lines on stderr, which cannot steer a terminal; no traceback among them, and nothing on stdout."""
    assert isinstance(found.exception, SystemExit) or found.exception is None, found.exception
    assert found.stdout == ""
    assert not set(found.stderr) & set(STEERING)
    lines = found.stderr.splitlines()
    assert not any("Traceback" in line or "Usage:" in line for line in lines)
    return lines


def urls(db: Path) -> set[str]:
    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    try:
        return {url.removeprefix("https://blog.example/") for (url,) in connection.execute("SELECT url FROM posts")}
    finally:
        connection.close()


STEERING = "\x1b\x07\x9b\r\u202e\u2028"
POST_HTML = (
    b"""<!DOCTYPE html><html lang="en"><head><title>Slow bread</title>
<link rel="canonical" href="https://blog.example/slow-bread"><meta property="og:type" content="article"></head>
<body><nav><a href="/">Home</a> <a href="/about">About</a></nav>
<article><h1>Slow bread</h1><p class="byline">By <a rel="author" href="/ann">Ann Lee</a></p>
<time datetime="2012-05-14">14 May 2012</time>
<div class="entry-content">"""
    + b"<p>Bread takes its time, and nobody should hurry it, neither you nor I.</p>" * 8
    + b"""</div></article>
<div id="comments"><h2>2 comments</h2><ol class="comment-list">
<li id="comment-11" class="comment"><article id="div-comment-11" class="comment-body">
<div class="comment-author"><cite class="fn">Bob</cite></div><div class="comment-metadata"><a
href="https://blog.example/slow-bread#comment-11"><time datetime="2012-05-15T10:00:00+00:00">May 15, 2012</time></a></div>
<div class="comment-content"><p>Good\x1b[31m bread.</p></div></article>
<ol class="children"><li id="comment-12" class="comment"><article id="div-comment-12" class="comment-body">
<div class="comment-author"><cite class="fn">Cy</cite></div><div class="comment-metadata"><a
href="https://blog.example/slow-bread#comment-12"><time datetime="2012-05-16T10:00:00+00:00">May 16, 2012</time></a></div>
<div class="comment-content"><p>Indeed, Bob.</p></div></article></li></ol></li></ol></div></body></html>"""
)
ABOUT_HTML = (
    b"""<!DOCTYPE html><html lang="en"><head><title>About us</title>
<link rel="canonical" href="https://blog.example/about"></head><body><main><h1>About us</h1>"""
    + b"<p>We run a small bakery, and write of what we learn there about bread and patience.</p>" * 8
    + b"</main></body></html>"
)
