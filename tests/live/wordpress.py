"""A real WordPress on loopback, with a known content: `running_wordpress` starts it, and stops it when its block ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OURS = Path(__file__).parent
SECONDS = 240  # a slow machine takes this long to fill it
# What of the gold the theme does not show: of a pingback only its title and link.
SHOWN = {"pings": "short"}


@dataclass(frozen=True, slots=True)
class Request:
    """What the site was asked, and how it answered; `began` and `ended` are its clock's."""

    method: str
    path: str
    status: int
    headers: dict[str, str]
    began: float
    ended: float


@dataclass(frozen=True, slots=True)
class WordPress:
    """A running site: its address, its folder, and the folder of the scripts that made it."""

    url: str
    folder: Path
    tools: Path

    def add_comment(self, post_key: int, author: str, text: str, parent: str | None = None) -> str:
        """The new comment's id."""
        return self._php(self.tools / "add_comment.php", post_key, author, text, *([parent] if parent else [])).split()[
            0
        ]

    def add_post(self, title: str, html: str) -> str:
        """The new post's address."""
        return self._php(self.tools / "add_post.php", title, html)

    def edit_post(self, post_key: int, html: str) -> str:
        """The address of the post, at whose end this stands now."""
        return self._php(OURS / "change_post.php", post_key, "edit", html)

    def trash_post(self, post_key: int) -> str:
        """The address at which the post stood."""
        return self._php(OURS / "change_post.php", post_key, "trash")

    def unpublish_post(self, post_key: int) -> str:
        """The address at which the post stood; it is a draft now."""
        return self._php(OURS / "change_post.php", post_key, "draft")

    def write_gold(self, path: Path) -> list[dict[str, Any]]:
        """What its own database holds now, by the scorer's names; in the file too."""
        raw = path.with_suffix(".raw")
        environment = {**os.environ, "RIG_DIR": str(self.folder), "RIG_URL": self.url}
        raw.write_bytes(_output(["php", self.tools / "dump_gold.php"], environment))
        form = ["--engine", "wordpress", "--theme", "twentytwentyone", "--shown", json.dumps(SHOWN)]
        _output(["python3", self.tools / "gold.py", raw, path, *form])
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def take_requests(self) -> list[Request]:
        """All requests since the last call, in the order in which they came."""
        log = self.folder / "requests.jsonl"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return sorted((Request(**json.loads(line)) for line in lines), key=lambda request: request.began)

    def _php(self, script: Path, *arguments: object) -> str:
        key, *rest = arguments
        return _output(["php", script, self.folder, key, *rest]).decode().strip()


@contextmanager
def running_wordpress(
    tools: Path, theme: str = "twentytwentyone", locale: str = "en_US", options: dict[str, Any] | None = None
) -> Iterator[WordPress]:
    """The site, filled and answering, in a temporary folder; its processes are gone when the block ends, however it does.

    `options` are those of the site's start: permalink, order of comments, which of their pages comes first ...
    """
    with tempfile.TemporaryDirectory(prefix="wp-") as name:
        folder = Path(name)
        guard = _guard(tools, folder)
        try:
            port = _free_port()
            url = f"http://127.0.0.1:{port}"
            kind = [tools / "content.json", theme, locale, url, json.dumps(options or {})]
            _output(["bash", tools / "start_wordpress.sh", folder, port, *kind])
            _log_requests(folder)
            site = WordPress(url, folder, tools)
            _wait_until_ready(site)
            yield site
        finally:
            pids = pids_of(folder)
            subprocess.run(["bash", tools / "stop_wordpress.sh", folder], check=False, stdin=subprocess.DEVNULL)
            _wait_until_gone(pids)
            guard.kill()
            guard.wait()


def _guard(tools: Path, folder: Path) -> subprocess.Popen[bytes]:
    """A process that does the same if this one is killed, which runs no `finally`."""
    watch = 'while kill -0 "$1" 2>/dev/null; do sleep 1; done; bash "$2" "$3"; rm -rf "$3"'
    command = ["bash", "-c", watch, "guard", str(os.getpid()), str(tools / "stop_wordpress.sh"), str(folder)]
    silent = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent, start_new_session=True)


def _log_requests(folder: Path) -> None:
    """Puts our router before the site's own, before the first request is answered."""
    shutil.move(folder / "router.php", folder / "site_router.php")
    shutil.copy(OURS / "logged_router.php", folder / "router.php")


def _wait_until_ready(site: WordPress) -> None:
    """Returns when the home page answers with 200, and something notes it."""
    deadline = time.monotonic() + 30
    while True:
        with suppress(OSError), urllib.request.urlopen(site.url, timeout=30) as answer:
            assert answer.read()  # to the end, for only then the request is noted
            assert [request.path for request in site.take_requests()] == ["/"]
            return
        assert time.monotonic() < deadline, (site.folder / "http.log").read_text(encoding="utf-8")
        time.sleep(0.05)


def pids_of(folder: Path) -> list[int]:
    """The processes that the site's start left word of, and the children of these."""
    pids = [int(file.read_text()) for file in folder.glob("*.pid")]
    for pid in tuple(pids):
        with suppress(OSError):
            pids += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split())
    return pids


def _wait_until_gone(pids: list[int]) -> None:
    """Returns when none of the processes is left; those that do not go when asked are killed."""
    deadline = time.monotonic() + 10
    while left := [pid for pid in pids if Path(f"/proc/{pid}").exists()]:
        if time.monotonic() > deadline:
            for pid in left:
                with suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            raise AssertionError(f"had to be killed: {left}")
        time.sleep(0.05)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _output(command: list[object], environment: dict[str, str] | None = None) -> bytes:
    """What a command that has to succeed prints."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words, capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS, check=False, env=environment,
        start_new_session=True,  # an interrupt at the terminal is for the tests, which then stop the site
    )  # fmt: skip
    assert done.returncode == 0, f"{words}: {done.stdout.decode()[-2000:]} {done.stderr.decode()[-2000:]}"
    return done.stdout
