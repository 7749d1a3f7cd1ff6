"""`serve` as a person calls it; its pages are in tests/web_page."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.conftest import Call


def test_it_says_where_it_is_and_ends_quietly(program: Callable[..., subprocess.Popen[bytes]], db: Path) -> None:
    pytest.importorskip("datasette")
    server = program("serve", db, "--port", "0")
    assert server.stdout is not None
    address = server.stdout.readline().decode().strip()
    assert urlopen(address).status == 200
    assert urlopen(f"{address}archive/posts").status == 200
    server.send_signal(signal.SIGINT)
    out, err = server.communicate(timeout=20)
    assert (server.returncode, out) == (0, b"")
    assert err == b"Ctrl-C ends it\n"
    assert not Path(f"{db}-wal").exists()
    assert not Path(f"{db}-shm").exists()


def test_a_taken_port_is_one_line(call: Call, db: Path) -> None:
    pytest.importorskip("datasette")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = call("serve", db, "--port", port)
    assert done.exit_code == 1
    assert done.stderr == f"blog-to-sqlite: 127.0.0.1:{port}: taken; --port says another one\n"


def test_what_is_no_archive_is_said_before_anything_is_served(call: Call, tmp_path: Path) -> None:
    pytest.importorskip("datasette")
    text = tmp_path / "text.db"
    text.write_text("no database, but long enough to be one" * 100, encoding="utf-8")
    assert call("serve", text).exit_code == 1
    assert call("serve", tmp_path / "none.db").exit_code == 2
    assert call("serve", text, "--port", "70000").exit_code == 2


def test_without_the_extra_it_names_it(db: Path) -> None:
    packages = ["datasette", "jinja2", "markupsafe", "uvicorn"]
    lines = [
        "import sys",
        f"sys.modules.update(dict.fromkeys({packages}))",
        "from scraper.cli.main import main",
        "main()",
    ]
    done = subprocess.run(
        [sys.executable, "-c", "; ".join(lines), "serve", str(db)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "blog-to-sqlite: serve: needs the extra: pip install 'blog-to-sqlite[web]'\n"
